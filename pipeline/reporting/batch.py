"""The record of a run over an archive → what a person sees of it."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from pipeline.reporting.common import act_name
from pipeline.rule import all_rules
from pipeline.wording import Words
from schemas.finding import Severity
from schemas.report import Fact, Line, Report, ReportColumn, ReportRow, ReportSection, ReportTable, TableCell, Tone, cell, line, piece

OUTCOME_WORDS = {
    "read": "прочитано",
    "duplicate": "повторы",
    "unchanged": "без изменений с прошлого раза",
    "refused": "отказано",
    "timed-out": "не хватило времени",
    "out-of-memory": "не хватило памяти",
    "crashed": "аварийно",
}
_BAD = ("refused", "timed-out", "out-of-memory", "crashed")
_SEVERITIES = {"error": Tone.ERROR, "warning": Tone.WARNING, "note": Tone.NOTE}
_SHOWN = 50


def batch_report(record: dict[str, Any], words: Words) -> Report:
    """The run: outcomes, what was not read and why, gaps, findings by rule, the slowest files, what changed since the run before."""
    sections = [
        *_not_read(record, words),
        *_against_former(record, words),
        *_gaps(record, words),
        *_rules(record, words),
        *_slowest(record, words),
    ]
    facts = [Fact(name=words("Файлов"), value=str(len(record["files"])))]
    for outcome, count in record["outcomes"].items():
        tone = Tone.ERROR if count and outcome in _BAD else Tone.PLAIN
        if count or outcome == "read":
            facts.append(Fact(name=words(OUTCOME_WORDS[outcome]).capitalize(), value=str(count), tone=tone))
    facts.append(Fact(name=words("Программ в реестре"), value=str(len(record["programmes"]))))
    if record["failed_steps"]:
        facts.append(Fact(name=words("Шагов не сравнено"), value=str(record["failed_steps"]), tone=Tone.ERROR))
    return Report(language=words.language, title=words("Обработка архива"), facts=tuple(facts), sections=tuple(sections), data=record)


def _table(words: Words, titles: tuple[str, ...], rows: Sequence[tuple[TableCell, ...]], numeric: tuple[int, ...] = ()) -> ReportTable:
    columns = tuple(ReportColumn(title=words(title), numeric=number in numeric) for number, title in enumerate(titles))
    return ReportTable(columns=columns, rows=tuple(ReportRow(cells=cells) for cells in rows))


def _more(found: list[Any], words: Words) -> tuple[Line, ...]:
    left = len(found) - _SHOWN
    return (
        (line(piece(words("показаны первые {shown}, ещё {left} — в отчёте JSON", shown=str(_SHOWN), left=str(left)), Tone.QUIET)),)
        if left > 0
        else ()
    )


def _not_read(record: dict[str, Any], words: Words) -> Iterator[ReportSection]:
    found = [file for file in record["files"] if file["filed"] in _BAD]
    if found:
        rows = [(cell(file["file"]), cell(piece(words(OUTCOME_WORDS[file["filed"]]), Tone.ERROR)), cell(_reason(file["reason"], words)))
                for file in found[:_SHOWN]]  # fmt: skip
        yield ReportSection(title=words("Не прочитано"), lines=_more(found, words), table=_table(words, ("Файл", "Исход", "Почему"), rows))


def _reason(reason: str | None, words: Words) -> str:
    """A reason is a text of ours, and a detail in brackets that is not."""
    text, bracket, detail = (reason or "").partition(" (")
    return f"{words(text)}{bracket}{detail}" if text else ""


def _against_former(record: dict[str, Any], words: Words) -> Iterator[ReportSection]:
    former = record["against_former"]
    rows = [
        (cell(piece(words("теперь не читается"), Tone.ERROR)), cell(loss["file"]), cell(_reason(loss["reason"], words)))
        for loss in former["losses"]
    ]
    rows += [
        (cell(words("прочитано иначе")), cell(one["file"]), cell(words.count("{n} изменение", "{n} изменения", one["values"])))
        for one in former["changed"]
    ]
    rows += [(cell(words("теперь читается")), cell(gain), cell("")) for gain in former["gains"]]
    rows += [(cell(words("файла больше нет")), cell(gone), cell("")) for gone in former["gone"]]
    if rows:
        title = words("По сравнению с прошлым разом")
        yield ReportSection(title=title, lines=_more(rows, words), table=_table(words, ("Что", "Файл", "Подробности"), rows[:_SHOWN]))


def _gaps(record: dict[str, Any], words: Words) -> Iterator[ReportSection]:
    found = record["gaps"]
    if found:
        titles = {programme["number"]: programme["title"] for programme in record["programmes"]}
        rows = [(cell(gap["programme"]), cell(titles.get(gap["programme"], "")), cell(piece(act_name(gap["date"], gap["number"], words), Tone.WARNING)))
                for gap in found[:_SHOWN]]  # fmt: skip
        table = _table(words, ("№", "Программа", "Нет редакции"), rows)
        yield ReportSection(title=words("Не хватает редакций"), lines=_more(found, words), table=table)


def _twins(record: dict[str, Any], words: Words) -> Iterator[ReportSection]:
    found = record["twins"]
    if found:
        rows = [(cell(one["programme"]), cell(one["edition"] or "?"), cell(one["file"]), cell(one["other"]),
                 cell(piece(str(one["differences"]), Tone.ERROR), numeric=True)) for one in found[:_SHOWN]]  # fmt: skip
        table = _table(words, ("№", "Редакция", "Файл", "Другой файл", "Отличий"), rows, (4,))
        yield ReportSection(title=words("Одна редакция из разных файлов, и они расходятся"), lines=_more(found, words), table=table)


def _rules(record: dict[str, Any], words: Words) -> Iterator[ReportSection]:
    found = sorted(record["rules"], key=lambda rule: ([s.value for s in Severity].index(rule["severity"]), -rule["findings"], rule["code"]))
    if found:
        titles = {rule.code: rule.title for rule in all_rules()}
        rows = [(cell(piece(rule["code"], _SEVERITIES[rule["severity"]])), cell(words(titles.get(rule["code"], ""))),
                 cell(str(rule["findings"]), numeric=True), cell(str(rule["documents"]), numeric=True)) for rule in found]  # fmt: skip
        yield ReportSection(
            title=words("Находки по проверкам"), table=_table(words, ("Проверка", "Что проверяется", "Находок", "Документов"), rows, (2, 3))
        )


def _slowest(record: dict[str, Any], words: Words) -> Iterator[ReportSection]:
    found = record["slowest"][:10]
    if found:
        rows = [(cell(file["file"]), cell(words.number(Decimal(f"{file['seconds']:.2f}")), numeric=True)) for file in found]
        yield ReportSection(title=words("Самые долгие"), table=_table(words, ("Файл", "Секунд"), rows, (1,)))
