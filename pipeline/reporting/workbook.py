"""The changelog as the sheets of a workbook: one row a thing, one column a property."""

from collections.abc import Sequence
from decimal import Decimal

from extractors.text import shortened
from pipeline.reporting.amounts import amounts_sheet
from pipeline.reporting.common import edition_name, identity, numbered
from pipeline.reporting.facets import FIELD_WORDS
from pipeline.reporting.findings_sheet import findings_sheet
from pipeline.reporting.names import Names
from pipeline.reporting.sources import places_of
from pipeline.reporting.told import KIND_WORDS, ROLE_TONES, ROLE_WORDS, TRAIT_WORDS, what
from pipeline.reporting.wordings import former_and_new, wording
from pipeline.wording import Words
from schemas.amount import Amount
from schemas.change import Change, Comparison, Kind
from schemas.finding import Finding
from schemas.place import Place
from schemas.report import (
    Fact,
    Figure,
    Line,
    ReportColumn,
    ReportRow,
    ReportSection,
    ReportTable,
    TableCell,
    Tone,
    cell,
    line,
    piece,
)

_BEFORE, _AFTER = 7, 8  # the columns of the changes in which the two wordings stand


def diff_sheets(comparison: Comparison, findings: Sequence[Finding], facts: Sequence[Fact], words: Words) -> tuple[ReportSection, ...]:
    """Summary, changes, amounts, findings."""
    names = Names(comparison)
    return (
        _summary(comparison, facts, words),
        _changes(comparison, names, words),
        amounts_sheet(comparison, names, words),
        findings_sheet([(comparison.new.source.file, finding) for finding in findings], words),
    )


def _summary(comparison: Comparison, facts: Sequence[Fact], words: Words) -> ReportSection:
    """Which programme, which editions, how many changes; then from the old total to the new one, as a sum."""
    lines: list[Line] = [line(piece(words("Что изменила поправка"), Tone.STRONG))]
    lines += [line(text) for text in identity(comparison.new, words)]
    lines.append(line(f"{edition_name(comparison.old, words)} → {edition_name(comparison.new, words)}"))
    lines += [line(f"{fact.name}: ", piece(fact.value, fact.tone)) for fact in facts]
    return ReportSection(title=words("Сводка"), lines=tuple(lines), table=_waterfall(comparison, Names(comparison), words))


def _waterfall(comparison: Comparison, names: Names, words: Words) -> ReportTable | None:
    totals = comparison.totals
    if totals.old is None or totals.new is None:
        return None
    by_id = {change.id: change for change in comparison.changes}
    steps: list[tuple[TableCell, TableCell, Decimal]] = [(cell(), cell(piece(words("было"), Tone.STRONG)), totals.old)]
    steps += [(cell(item.change), cell(*what(by_id[item.change], names, words)), item.delta) for item in totals.explained]
    steps += [(cell(), cell(words("округление")), totals.rounding)] if totals.rounding else []
    steps += [(cell(), cell(piece(words("не объяснено"), Tone.UNEXPLAINED)), totals.unexplained)] if totals.unexplained else []
    rows = [ReportRow(cells=(number, name, numbered(value, words, signed=place > 0))) for place, (number, name, value) in enumerate(steps)]
    after = Figure(value=totals.new, plus=tuple((row, 2) for row in range(len(rows))))
    rows.append(
        ReportRow(
            cells=(cell(), cell(piece(words("стало"), Tone.STRONG)), cell(words.number(totals.new), numeric=True, figure=after)),
            tone=Tone.STRONG,
        )
    )
    columns = (
        ReportColumn(title="№", width=9), ReportColumn(title=words("Из чего сложилось"), width=90),
        ReportColumn(title=comparison.new.unit or words("сумма"), numeric=True, width=16),
    )  # fmt: skip
    return ReportTable(columns=columns, rows=tuple(rows))


def _changes(comparison: Comparison, names: Names, words: Words) -> ReportSection:
    wide = (
        ("№", 7), (words("Часть"), 15), (words("Задача"), 8), (words("Год"), 8), (words("Что изменено"), 16), (words("Где"), 40),
        (words("Наименование"), 40), (words("Было"), 36), (words("Стало"), 36),
    )  # fmt: skip
    narrow = ((words("Характер"), 17), (words("Особенности"), 24), (words("Место в прежнем файле"), 28), (words("Место в новом файле"), 28))
    columns = (
        *(ReportColumn(title=title, width=width) for title, width in wide),
        ReportColumn(title=words("Разница"), numeric=True, width=13),
        *(ReportColumn(title=title, width=width) for title, width in narrow),
    )
    rows = tuple(_change(place, change, names, words) for place, change in enumerate(comparison.changes))
    return ReportSection(title=words("Изменения"), table=ReportTable(columns=columns, rows=rows))


def _change(place: int, change: Change, names: Names, words: Words) -> ReportRow:
    address = change.address_new or change.address_old
    assert address is not None  # a change stands somewhere
    whole = change.field == "name" and change.kind != Kind.ALTERED
    tone = ROLE_TONES[change.role] if change.role else Tone.PLAIN
    nature = [words(KIND_WORDS[change.kind])] if change.kind != Kind.ALTERED or not change.role else []
    nature += [words(ROLE_WORDS[change.role])] if change.role else []
    places = (_place(change.place_old, change.old, words), _place(change.place_new, change.new, words))
    traits = [*(words(TRAIT_WORDS[trait]) for trait in change.traits), *([words("изменена только запись")] if change.form else [])]
    return ReportRow(
        cells=(
            cell(change.id), cell(words.part(address.part)), cell(address.task or ""),
            cell(words("ВСЕГО") if address.year == "total" else address.year or ""), cell(words(FIELD_WORDS["whole" if whole else change.field])),
            cell(words.address(address, with_part=False) or words.part(address.part)), cell(shortened(names.of(change))), *_sides(change, words),
            _delta(place, change, words), cell(piece(", ".join(nature), tone)), cell("; ".join(traits)), *(cell(text) for text in places),
        ),
        tone=tone,
    )  # fmt: skip


def _sides(change: Change, words: Words) -> tuple[TableCell, TableCell]:
    """The wordings, amounts as numbers."""
    if isinstance(change.new or change.old, Amount) and not change.form:
        before, after = (_amount(value, words) if value is not None else cell() for value in (change.old, change.new))
        return before, after
    return former_and_new(change, words)


def _amount(value: object, words: Words) -> TableCell:
    if isinstance(value, Amount) and value.value is not None:
        return numbered(value.value, words)
    return cell(wording(value, words), numeric=True)


def _delta(place: int, change: Change, words: Words) -> TableCell:
    """The difference: of two figures by a formula, of whole activities as it is."""
    if change.delta is None:
        return cell()
    sides = ((change.new, _AFTER), (change.old, _BEFORE))
    given = [isinstance(value, Amount) and value.value is not None for value, _ in sides]
    figures = all(value is None or isinstance(value, Amount) for value, _ in sides) and not change.form
    cells = [((place, column),) if there and figures else () for there, (_, column) in zip(given, sides, strict=True)]
    figure = Figure(value=change.delta, signed=True, plus=cells[0], minus=cells[1])
    return cell(words.number(change.delta, signed=True), numeric=True, figure=figure)


def _place(known: Place | None, value: object, words: Words) -> str:
    place = known or next(iter(places_of(value)), None)
    return words.place(place) if place else ""
