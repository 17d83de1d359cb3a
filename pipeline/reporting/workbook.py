"""The changelog as the sheets of a workbook: one row a thing, one column a property."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from extractors.text import shortened
from pipeline.reporting.amounts import amounts_sheet
from pipeline.reporting.common import edition_name, identity, numbered
from pipeline.reporting.facets import FIELD_WORDS
from pipeline.reporting.findings_sheet import findings_sheet
from pipeline.reporting.names import Names
from pipeline.reporting.sources import places_of
from pipeline.reporting.told import KIND_WORDS, ROLE_TONES, ROLE_WORDS, TRAIT_WORDS, what
from pipeline.reporting.trails import trails_sheet
from pipeline.reporting.wordings import former_and_new, wording
from pipeline.wording import Words
from schemas.amount import Amount
from schemas.change import Change, Comparison, History, Kind, Share
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


def history_sheets(
    history: History, findings: Sequence[Sequence[Finding]], names: Sequence[str], facts: Sequence[Fact], words: Words
) -> tuple[ReportSection, ...]:
    """Summary, the history of the amounts, the changes and the findings of all steps."""
    lines = [
        line(piece(words("История изменений программы"), Tone.STRONG)),
        *(line(text) for text in identity(history.editions[-1], words)),
    ]
    lines += [line(name) for name in names] + [line(f"{fact.name}: ", piece(fact.value, fact.tone)) for fact in facts]
    steps = [(f"{old} → {new}", step, Names(step)) for (old, new), step in zip(pairwise(names), history.steps, strict=True)]
    told = [(title, change, things) for title, step, things in steps for change in in_order(step.changes)]
    rows = tuple(_change(place, change, things, words, title) for place, (title, change, things) in enumerate(told))
    found = [(step.new.source.file, finding) for step, those in zip(history.steps, findings, strict=True) for finding in those]
    return (
        ReportSection(title=words("Сводка"), lines=tuple(lines)), trails_sheet(history, names, words),
        ReportSection(title=words("Изменения"), table=ReportTable(columns=_columns(words, (words("Шаг"),)), rows=rows)), findings_sheet(found, words),
    )  # fmt: skip


def in_order(changes: Sequence[Change]) -> list[Change]:
    """What is only written otherwise behind all else."""
    return sorted(changes, key=lambda change: change.form)


def _summary(comparison: Comparison, facts: Sequence[Fact], words: Words) -> ReportSection:
    """Which programme, which editions, how many changes; then from the old total to the new one, as a sum."""
    lines: list[Line] = [line(piece(words("Что изменила поправка"), Tone.STRONG))]
    lines += [line(text) for text in identity(comparison.new, words)]
    lines.append(line(f"{edition_name(comparison.old, words)} → {edition_name(comparison.new, words)}"))
    lines += [line(f"{fact.name}: ", piece(fact.value, fact.tone)) for fact in facts]
    shares = [item for told in _shares(comparison, Names(comparison), words) for item in told]
    return ReportSection(title=words("Сводка"), lines=(*lines, *shares), table=_waterfall(comparison, Names(comparison), words))


def _shares(comparison: Comparison, names: Names, words: Words) -> Iterator[tuple[Line | ReportTable, ...]]:
    """The money by task, year and source, each as a table of figures whose differences are formulas."""
    totals = comparison.totals
    for title, shares in (
        (words("Задача"), totals.by_task), (words("Год"), totals.by_year), (words("Источник"), totals.by_source),
    ):  # fmt: skip
        known = [share for share in shares if share.old is not None and share.new is not None and (share.old or share.new)]
        if any(share.delta for share in known):
            columns = (
                ReportColumn(title=title), ReportColumn(title=words("Наименование")), ReportColumn(title=words("Было"), numeric=True),
                ReportColumn(title=words("Стало"), numeric=True), ReportColumn(title=words("Разница"), numeric=True),
                ReportColumn(title=words("Не объяснено"), numeric=True),
            )  # fmt: skip
            rows = tuple(_share(place, share, names, words) for place, share in enumerate(known))
            yield line(""), ReportTable(columns=columns, rows=rows)


def _share(place: int, share: Share, names: Names, words: Words) -> ReportRow:
    address, delta = share.address, Decimal(0) if share.delta is None else share.delta
    name = words.column(share.key) if address.column else names.at(address, is_new=True) or names.at(address, is_new=False)
    figure = Figure(value=delta, signed=True, plus=((place, 3),), minus=((place, 2),))
    rest = share.unexplained or Decimal(0)
    return ReportRow(
        cells=(
            cell("" if address.column else share.key), cell(shortened(name)), numbered(share.old or Decimal(0), words), numbered(share.new or Decimal(0), words),
            cell(words.number(delta, signed=True), numeric=True, figure=figure), numbered(rest, words, signed=True) if rest else cell(),
        ),
        tone=Tone.UNEXPLAINED if rest else Tone.PLAIN,
    )  # fmt: skip


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
    rows = tuple(_change(place, change, names, words) for place, change in enumerate(in_order(comparison.changes)))
    return ReportSection(title=words("Изменения"), table=ReportTable(columns=_columns(words), rows=rows))


def _columns(words: Words, last: tuple[str, ...] = ()) -> tuple[ReportColumn, ...]:
    wide = (
        ("№", 7), (words("Часть"), 15), (words("Задача"), 8), (words("Год"), 8), (words("Что изменено"), 16), (words("Где"), 40),
        (words("Наименование"), 40), (words("Было"), 36), (words("Стало"), 36),
    )  # fmt: skip
    narrow = (
        (words("Характер"), 17), (words("Вместе"), 8), (words("Особенности"), 24), (words("Место в прежнем файле"), 28),
        (words("Место в новом файле"), 28), *((title, 44) for title in last),
    )  # fmt: skip
    return (
        *(ReportColumn(title=title, width=width) for title, width in wide),
        ReportColumn(title=words("Разница"), numeric=True, width=13),
        *(ReportColumn(title=title, width=width) for title, width in narrow),
    )


def _change(place: int, change: Change, names: Names, words: Words, step: str = "") -> ReportRow:
    address = change.address_new or change.address_old
    assert address is not None  # a change stands somewhere
    whole = change.field == "name" and change.kind != Kind.ALTERED
    tone = Tone.QUIET if change.form else ROLE_TONES[change.role] if change.role else Tone.PLAIN
    nature = [words(KIND_WORDS[change.kind])] if change.kind != Kind.ALTERED or not change.role else []
    nature += [words(ROLE_WORDS[change.role])] if change.role else []
    places = (_place(change.place_old, change.old, words), _place(change.place_new, change.new, words))
    traits = [*(words(TRAIT_WORDS[trait]) for trait in change.traits), *([words("изменена только запись")] if change.form else [])]
    traits += [words("сопоставлено с сомнением")] if change.pairing is not None and change.pairing.doubtful else []
    return ReportRow(
        cells=(
            cell(change.id), cell(words.part(address.part)), cell(address.task or ""),
            cell(words("ВСЕГО") if address.year == "total" else address.year or ""), cell(words(FIELD_WORDS["whole" if whole else change.field])),
            cell(words.address(address, with_part=False) or words.part(address.part)), cell(shortened(names.of(change))), *_sides(change, words),
            _delta(place, change, words), cell(piece(", ".join(nature), tone)), cell(change.group or ""), cell("; ".join(traits)), *(cell(text) for text in places),
            *([cell(step)] if step else []),
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
