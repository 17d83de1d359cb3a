"""A resolution → what a lawyer sees of it: whose act it is, what it amends, its instructions, the rest of its items, what was not understood."""

import datetime as dt
from collections.abc import Iterator

from extractors.text import shortened
from pipeline.reporting.units import CLAUSE_NAMES, VERB_NAMES, path_words
from pipeline.wording import Words
from schemas.amendment import AmendedAct, Clause, InForce, Operation, Resolution, TheAct
from schemas.report import Fact, Line, Report, ReportColumn, ReportRow, ReportSection, ReportTable, Tone, cell, line, piece

_LONGEST = 400


def resolution_report(resolution: Resolution, words: Words) -> Report:
    """A resolution as a lawyer reads it."""
    facts = (
        Fact(name=words("Изменяемых актов"), value=str(len(resolution.amends))),
        Fact(name=words("Указаний"), value=str(len(resolution.operations))),
        Fact(name=words("Прочих пунктов"), value=str(len(resolution.clauses))),
        Fact(name=words("Приложений"), value=str(len(resolution.annexes))),
        Fact(name=words("Не понято"), value=str(len(resolution.unread)), tone=Tone.WARNING if resolution.unread else Tone.PLAIN),
    )
    sections = (_requisites(resolution, words), _amended(resolution, words), _instructions(resolution, words), _clauses(resolution, words),
                _annexes(resolution, words), _edition(resolution, words), _unread(resolution, words))  # fmt: skip
    return Report(language=words.language, title=words("Постановление"), subtitle=act_lines(resolution.act, words), facts=facts,
                  sections=tuple(s for s in sections if s.lines or (s.table and s.table.rows)), data=resolution.record())  # fmt: skip


def act_lines(act: TheAct, words: Words) -> tuple[str, ...]:
    """Whose act it is, of which day and number, and what it is about."""
    when = words("от {date} № {number}", date=_date(act.date, words), number=act.number or "?")
    title = f"«{act.title}»" if act.title else words("акт без заголовка")
    return (f"{act.issuer or words('орган не назван')}, {when}", title)


def _date(iso: str | None, words: Words) -> str:
    return words.date(dt.date.fromisoformat(iso) if iso else None)


def _requisites(resolution: Resolution, words: Words) -> ReportSection:
    """Preamble, signature, entry into force, control: each as a row of its name and its wording."""
    rows = [
        (words("Преамбула"), resolution.preamble),
        (words("Вступление в силу"), _force(resolution, words)),
        (words("Контроль"), resolution.control),
        *((words("Подписал"), f"{one.post} {one.name}") for one in resolution.signatories),
    ]
    made = tuple(ReportRow(cells=(cell(piece(name, Tone.STRONG)), cell(shortened(text, _LONGEST)))) for name, text in rows if text)
    return ReportSection(
        title=words("Реквизиты"),
        table=ReportTable(columns=(ReportColumn(title=words("Что")), ReportColumn(title=words("Содержание"))), rows=made),
    )


def _force(resolution: Resolution, words: Words) -> str:
    """The wording, and the days that follow from it."""
    days = "; ".join(day for one in resolution.in_force for day in _days(one, words))
    return "\n".join(filter(None, (resolution.entry_into_force, f"({days})" if days else "")))


def _days(one: InForce, words: Words) -> Iterator[str]:
    part = f"{words(one.unit)} {', '.join(one.numbers)}: " if one.unit else ""
    if one.effective:
        yield part + words("действует с {date}", date=_date(one.effective, words))
    if one.retroactive:
        yield part + words("распространяется на отношения с {date}", date=_date(one.retroactive, words))


def _amended(resolution: Resolution, words: Words) -> ReportSection:
    return ReportSection(
        title=words("Что изменяется"), lines=tuple(made for act in resolution.amends for made in _amended_lines(act, words))
    )


def _amended_lines(act: AmendedAct, words: Words) -> Iterator[Line]:
    when = words("от {date} № {number}", date=_date(act.date, words), number=act.number or "?")
    yield line(piece(f"{act.issuer or words('орган не назван')}, {when}", Tone.STRONG), indent=1)
    if act.title:
        yield line(f"«{act.title}»", indent=2)
    if act.former:
        listed = ", ".join(words("от {date} № {number}", date=_date(date, words), number=number or "?") for date, number in act.former)
        yield line(words("с изменениями: {acts}", acts=listed), indent=2)
    if not act.all_told:
        yield line(piece(words("названы не все прежние изменения"), Tone.WARNING), indent=2)


def _instructions(resolution: Resolution, words: Words) -> ReportSection:
    columns = (ReportColumn(title=words("Пункт"), width=8), ReportColumn(title=words("Действие"), width=20), ReportColumn(title=words("Где"), width=34),
               ReportColumn(title=words("Прежние слова"), width=30), ReportColumn(title=words("Новые слова"), width=40))  # fmt: skip
    rows = tuple(_instruction(operation, words) for operation in resolution.operations)
    return ReportSection(title=words("Указания"), table=ReportTable(columns=columns, rows=rows))


def _instruction(operation: Operation, words: Words) -> ReportRow:
    where = path_words(operation.locus, words) or (words.address(operation.target) if operation.target else "")
    new = operation.new or (words("приложение {number}", number=operation.annex) if operation.annex else "")
    kind = words(VERB_NAMES[operation.kind]) if operation.kind else words("не понято")
    return ReportRow(cells=(cell(operation.item), cell(piece(kind, Tone.STRONG)), cell(where or shortened(operation.text, 160)),
                            cell(shortened(operation.old or "", 200)), cell(shortened(new, 300))),
                     tone=Tone.PLAIN if operation.kind else Tone.WARNING)  # fmt: skip


def _clauses(resolution: Resolution, words: Words) -> ReportSection:
    columns = (
        ReportColumn(title=words("Пункт"), width=8),
        ReportColumn(title=words("О чём"), width=22),
        ReportColumn(title=words("Текст")),
    )
    rows = tuple(_clause(clause, words) for clause in resolution.clauses)
    return ReportSection(title=words("Прочие пункты"), table=ReportTable(columns=columns, rows=rows))


def _clause(clause: Clause, words: Words) -> ReportRow:
    kind = words(CLAUSE_NAMES[clause.kind]) if clause.kind in CLAUSE_NAMES else ""
    return ReportRow(cells=(cell(clause.item), cell(kind), cell(shortened(clause.text, _LONGEST))))


def _annexes(resolution: Resolution, words: Words) -> ReportSection:
    columns = (ReportColumn(title="№", width=6), ReportColumn(title=words("Содержание")), ReportColumn(title=words("Где")))
    rows = tuple(
        ReportRow(cells=(cell(annex.number or ""), cell(shortened(annex.title, 200)), cell(words.place(annex.place))))
        for annex in resolution.annexes
    )
    return ReportSection(title=words("Приложения к постановлению"), table=ReportTable(columns=columns, rows=rows))


def _edition(resolution: Resolution, words: Words) -> ReportSection:
    """The programme that the act carries, by its name."""
    carried = resolution.edition
    lines = (line(f"«{carried.programme.title}»", indent=1),) if carried else ()
    return ReportSection(title=words("Программа в приложении"), lines=lines)


def _unread(resolution: Resolution, words: Words) -> ReportSection:
    columns = (ReportColumn(title=words("Где")), ReportColumn(title=words("Текст")), ReportColumn(title=words("Почему не понято")))
    rows = tuple(
        ReportRow(cells=(cell(words.place(item.place)), cell(shortened(item.text, 200)), cell(words.reason(item.reason))))
        for item in resolution.unread
    )
    return ReportSection(title=words("Не понято"), table=ReportTable(columns=columns, rows=rows))
