"""How each line of an act was understood → a report: its words, the context, the place, the operation, or the reason why not."""

from collections.abc import Iterator, Sequence
from typing import Any

from extractors.amendment.operations import Reading
from extractors.amendment.phrases import Kind, Token
from extractors.amendment.targets import Path
from extractors.text import shortened
from pipeline.reporting.units import CLAUSE_NAMES, VERB_NAMES, path_words, step_words
from pipeline.wording import Words
from schemas.amendment import Operation, Step
from schemas.blocks import Table
from schemas.report import Fact, Report, ReportColumn, ReportRow, ReportSection, ReportTable, Tone, cell, piece

_SHOWN = 300  # signs of a new wording in the text
KIND_NAMES = {
    Kind.VERB: "действие",
    Kind.MANNER: "как",
    Kind.PLACE: "место",
    Kind.OLD: "прежний текст",
    Kind.NEW: "новый текст",
    Kind.ANCHOR: "около чего",
    Kind.OBJECT: "предмет",
    Kind.QUOTE: "в кавычках",
    Kind.FIGURE: "число",
    Kind.NUMBER: "номер",
    Kind.ORDINAL: "номер",
    Kind.PAYLOAD: "новый текст ниже",
    Kind.PRONOUN: "местоимение",
    Kind.ASIDE: "оговорка",
    Kind.ACT: "акт",
    Kind.NEGATION: "отрицание",
    Kind.PREPOSITION: "предлог",
    Kind.WORD: "неизвестное слово",
    Kind.ADJECTIVE: "определение",
    Kind.UNIT: "структурная единица",
    Kind.LAST: "номер",
    Kind.DESCRIPTION: "описание",
}
MARK_NAMES = {
    "unbalanced-quotes": "кавычки без пары",
    "new-wording-without-quotes": "новый текст без кавычек, конец найден по строению",
    "quote-not-closed": "кавычки нового текста не закрыты, конец найден по строению",
    "old-row-quoted": "строка названа её прежним текстом",
    "paired-in-order": "прежние и новые слова сопоставлены по порядку",
    "annex-not-found": "приложения с новым текстом нет",
    "nothing-to-add": "текста того, что добавляется, нет",
    "units-in-a-row": "структурные единицы названы подряд, от широкой к узкой",
    "settled-by-hand": "решено человеком",
}


def explained_report(read: Sequence[Reading], source: str | None, words: Words) -> Report:
    """Every line in order; `data` is the machine's form."""
    sections = tuple(_section(reading, words) for reading in read)
    understood = [operation for reading in read for operation in reading.operations if operation.status != "not-understood"]
    failed = sum(operation.status == "not-understood" for reading in read for operation in reading.operations)
    facts = (
        Fact(name=words("Понято действий"), value=str(len(understood))),
        Fact(name=words("Не понято"), value=str(failed), tone=Tone.WARNING if failed else Tone.PLAIN),
        Fact(name=words("Ничего не изменяет"), value=str(sum(reading.clause is not None for reading in read))),
    )
    data = {"source": source, "lines": [_record(reading) for reading in read]}
    return Report(
        language=words.language,
        title=words("Как поняты указания"),
        subtitle=(source,) if source else (),
        facts=facts,
        sections=sections,
        data=data,
    )


def _section(reading: Reading, words: Words) -> ReportSection:
    title = shortened(reading.line.written, 110) if reading.line.table is None else words("таблица")
    rows = [*_context(reading, words), *_words_of(reading, words), *_outcome(reading, words)]
    table = ReportTable(
        columns=(ReportColumn(title=""), ReportColumn(title="")),
        rows=tuple(ReportRow(cells=(cell(piece(name, Tone.QUIET)), cell(piece(text, tone)))) for name, text, tone in rows),
        indent=1,
    )
    return ReportSection(title=title, lines=(table,))


_Row = tuple[str, str, Tone]


def _context(reading: Reading, words: Words) -> Iterator[_Row]:
    said = _paths(reading.contexts, words)
    if said:
        yield words("контекст"), said, Tone.PLAIN


def _words_of(reading: Reading, words: Words) -> Iterator[_Row]:
    for token in reading.tokens if reading.clause is None else ():
        if token.kind not in (Kind.SIGN, Kind.AND):
            text = words("новый текст") if token.kind is Kind.PAYLOAD else token.text
            tone = Tone.WARNING if token.kind in (Kind.WORD, Kind.NEGATION) else Tone.PLAIN
            yield words(KIND_NAMES[token.kind]), _said(token, text, words), tone


def _said(token: Token, text: str, words: Words) -> str:
    meant = _paths(token.paths, words)
    return f"{text}  =  {meant}" if meant else text


def _outcome(reading: Reading, words: Words) -> Iterator[_Row]:
    for operation in reading.operations:
        yield from _operation(operation, words)
    if reading.act is not None:
        yield words("изменяется акт"), " ".join(filter(None, (reading.act.date, "№", reading.act.number))), Tone.STRONG
    if reading.opens:
        yield words("контекст для строк ниже"), _paths(reading.opens, words), Tone.STRONG
    if reading.clause is not None:
        kind = words(CLAUSE_NAMES[reading.clause.kind]) if reading.clause.kind in CLAUSE_NAMES else words("нет слов об изменениях")
        yield words("ничего не изменяет"), kind, Tone.NOTE


def _operation(operation: Operation, words: Words) -> Iterator[_Row]:
    if operation.status == "not-understood":
        yield words("НЕ ПОНЯТО"), words.reason(operation.reason or ""), Tone.ERROR
        for number, candidate in enumerate(operation.candidates, 1):
            steps = [Step.model_validate(step) for step in candidate.get("locus", ())]
            yield words("возможно ({number})", number=number), path_words(steps, words), Tone.WARNING
        return
    assert operation.kind is not None  # what is understood has a verb
    yield words("ОПЕРАЦИЯ"), words(VERB_NAMES[operation.kind]), Tone.STRONG
    yield words("где"), path_words(operation.locus, words) or words("в программе"), Tone.PLAIN
    if operation.target is not None:
        yield words("адрес"), words.address(operation.target), Tone.PLAIN
    for name, text in _contents(operation, words):
        yield name, shortened(text, _SHOWN), Tone.PLAIN
    yield words("уверенность"), _confidence(operation, words), Tone.WARNING if operation.marks else Tone.PLAIN


def _contents(operation: Operation, words: Words) -> Iterator[tuple[str, str]]:
    if operation.added:
        yield words("что добавить"), ", ".join(step_words(step, words) for step in operation.added)
    if operation.after:
        yield words("перед чем") if operation.before else words("после чего"), path_words(operation.after, words)
    if operation.old is not None:
        yield words("прежний текст"), operation.old
    if operation.annex is not None:
        yield words("текст в приложении"), operation.annex or words("без номера")
    if operation.new is not None:
        yield words("новый текст"), operation.new
    tables = sum(isinstance(block, Table) for block in operation.payload)
    if tables:
        yield words("таблиц в новом тексте"), str(tables)
    for column, text in operation.by_column:
        yield words("графа «{source}»", source=column), text
    if operation.everywhere:
        yield words("сколько раз"), words("везде, где встретится")
    if operation.inflected:
        yield words("падеж"), words("каждый раз свой")
    if operation.effective:
        yield words("действует с"), operation.effective
    if operation.settled:
        yield words("решено человеком"), operation.settled


def _confidence(operation: Operation, words: Words) -> str:
    if not operation.marks:
        return words("полная")
    return words("с оговорками: {marks}", marks="; ".join(words(MARK_NAMES.get(mark, mark)) for mark in operation.marks))


def _paths(paths: Sequence[Path], words: Words) -> str:
    return "; ".join(path_words(path, words) for path in paths if path)


def _record(reading: Reading) -> dict[str, Any]:
    return {
        "item": reading.item,
        "text": reading.line.written,
        "place": reading.line.place.record(),
        "context": [_locus(path) for path in reading.contexts if path],
        "tokens": [_token(token) for token in reading.tokens],
        "opens": [_locus(path) for path in reading.opens],
        "operations": [operation.record() | {"confidence": confidence(operation)} for operation in reading.operations],
        "clause": reading.clause.record() if reading.clause else None,
        "amends": reading.act.record() if reading.act else None,
    }


def _locus(path: Path) -> list[dict[str, Any]]:
    return [step.record() for step in path]


def _token(token: Token) -> dict[str, Any]:
    made = {"kind": token.kind.value, "text": token.text, "span": [token.start, token.end], "name": str(token.name) or None}
    paths = [_locus(path) for path in token.paths]
    return made | ({"values": list(token.values)} if token.values else {}) | ({"paths": paths} if paths else {})


def confidence(operation: Operation) -> str:
    """How sure the reading of an operation is: "full", "with-liberties" (its marks say which), "none"."""
    if operation.status == "not-understood":
        return "none"
    return "with-liberties" if operation.marks else "full"
