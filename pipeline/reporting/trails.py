"""How each amount went from edition to edition: a row for each that ever changed."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from extractors.text import shortened
from pipeline.reporting.common import numbered
from pipeline.reporting.footing import lined_up
from pipeline.reporting.names import Names
from pipeline.wording import PARTS, Words
from schemas.address import Address
from schemas.amount import Amount
from schemas.change import Change, History, Role, Trail
from schemas.report import Figure, Piece, ReportColumn, ReportRow, ReportSection, ReportTable, TableCell, Tone, cell, piece

PART_ORDER = list(PARTS)
_NAME = 70  # signs of the name of what an amount stands for

Facets = Callable[[Address], dict[str, tuple[str, ...]]]


class Told(NamedTuple):
    """A trail, with those of the same row that went the same way in other columns."""

    trail: Trail
    others: tuple[Trail, ...]
    number: int

    @property
    def address(self) -> Address:
        """Where it stands in the last edition that has it."""
        return last(self.trail)


def last(trail: Trail) -> Address:
    """Where the amount stands in the last edition that has it."""
    return next(address for address in reversed(trail.addresses) if address is not None)


def told(trails: Sequence[Trail]) -> tuple[Told, ...]:
    """One row's figures that went alike in several columns are told once; zeros of what came or went are not told."""
    groups: dict[object, list[Trail]] = {}
    for trail in sorted((trail for trail in trails if any(value and value.value for value in trail.values)), key=_order):
        row = tuple(address and address.at(column=None, source=None) for address in trail.addresses)
        groups.setdefault((row, tuple(value and value.value for value in trail.values)), []).append(trail)
    return tuple(Told(first, tuple(others), number) for number, (first, *others) in enumerate(groups.values(), 1))


def _order(trail: Trail) -> tuple[object, ...]:
    """What is no longer there stands where it stood: by task, activity and year; a total behind its terms."""
    address = last(trail)
    if address.part != "appendix2":
        return (PART_ORDER.index(address.part),)
    return PART_ORDER.index(address.part), _natural(address.task), _natural(address.activity), address.year or ""


def _natural(number: str | None) -> tuple[object, ...]:
    """«2» before «10»; what has no number comes last."""
    if number is None:
        return (True,)
    return (False, *((not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in number.split(".")))


class Trails:
    """Sets the trails of a history as tables; `facets` gives what a trail can be sought by, `anchors` where each step tells of a change."""

    def __init__(
        self, history: History, names: Sequence[str], facets: Facets, anchors: Sequence[Callable[[str], str]], words: Words
    ) -> None:
        self._names, self._facets, self._anchors, self._words = names, facets, anchors, words
        self._names_in = [Names(step) for step in (history.steps[0], *history.steps)]
        self._changes = [{change.id: change for change in step.changes} for step in history.steps]
        self.rows = told(history.trails)

    def sections(self) -> Iterator[ReportSection]:
        """What changed in its own right, and folded what merely followed."""
        words = self._words
        own = [one for one in self.rows if not self._follows(one)]
        followed = [one for one in self.rows if self._follows(one)]
        if own:
            yield ReportSection(title=words("Как менялись суммы и показатели"), table=self.table(own))
        if followed:
            fold = words.count("{n} строка", "{n} строк", len(followed))
            yield ReportSection(title=words("Итоги, изменившиеся вслед за слагаемыми"), table=self.table(followed), fold=fold)

    def _follows(self, one: Told) -> bool:
        roles = [change.role for trail in (one.trail, *one.others) for change in self._told_by(trail) if change is not None]
        return bool(roles) and all(role == Role.DERIVED for role in roles)

    def _told_by(self, trail: Trail) -> list[Change | None]:
        return [known.get(number or "") for known, number in zip(self._changes, trail.changes, strict=True)]

    def table(self, rows: Sequence[Told]) -> ReportTable:
        """A row for each of these, under the parts of the programme."""
        words = self._words
        columns = (
            ReportColumn(title=words("Где")), *(ReportColumn(title=name, numeric=True) for name in self._names),
            ReportColumn(title=words("Разница"), numeric=True),
        )  # fmt: skip
        made = []
        for part in PARTS:
            held = [one for one in rows if one.address.part == part]
            if held:
                made.append(ReportRow(cells=(cell(words.part(part)),), heading=True))
            made += [self._row(one) for one in held]
        return lined_up(ReportTable(columns=columns, rows=tuple(made)))

    def _row(self, one: Told) -> ReportRow:
        words, address = self._words, one.address
        delta = "" if one.trail.delta is None else words.number(one.trail.delta, signed=True)
        values = [cell(piece(shown(one.trail.values[0], words)), numeric=True)]
        for anchor, value, change in zip(self._anchors, one.trail.values[1:], one.trail.changes, strict=True):
            said = piece(shown(value, words), Tone.STRONG if change else Tone.PLAIN, anchor(change) if change else None)
            values.append(cell(said, numeric=True))
        cells = (cell(*self._where(one)), *values, cell(delta, numeric=True))
        return ReportRow(cells=cells, anchor=f"trail{one.number}", facets=self._facets(address))

    def _where(self, one: Told) -> Iterator[Piece]:
        words, address = self._words, one.address
        others = (last(trail) for trail in one.others)
        columns = [words.column(other.column or other.source or "") for other in others]
        yield piece("; ".join([words.address(address, with_part=False) or words.part(address.part), *columns]))
        name = self._name(one.trail) if address.activity or address.indicator else ""
        if name:
            yield piece(f" «{shortened(name, _NAME)}»", Tone.QUIET)

    def _name(self, trail: Trail) -> str:
        """What the thing is called in the last edition that has it."""
        return next((names.at(address, is_new=number > 0) for number, names, address in self._editions(trail) if address is not None), "")

    def _editions(self, trail: Trail) -> Iterator[tuple[int, Names, Address | None]]:
        return reversed(list(zip(range(len(trail.addresses)), self._names_in, trail.addresses, strict=True)))


def shown(amount: Amount | None, words: Words) -> str:
    """A value of a trail in words."""
    if amount is None:
        return "—"
    return words.number(amount.value) if amount.value is not None else amount.raw.strip() or "—"


def trails_sheet(history: History, names: Sequence[str], words: Words) -> ReportSection:
    """The same as a sheet of figures: the difference is a formula."""
    things = Names(history.steps[-1])
    wide = ((words("Часть"), 15), (words("Задача"), 8), (words("Где"), 40), (words("Наименование"), 44))
    columns = (
        *(ReportColumn(title=title, width=width) for title, width in wide),
        *(ReportColumn(title=name, numeric=True, width=18) for name in names),
        ReportColumn(title=words("Разница"), numeric=True, width=14),
    )
    rows = []
    for place, trail in enumerate(history.trails):
        address = last(trail)
        values = [_figure(value, words) for value in trail.values]
        ends = tuple(((place, len(wide) + number),) if values[number].figure else () for number in (-1 % len(values), 0))
        delta = cell()
        if trail.delta is not None and all(ends):
            figure = Figure(value=trail.delta, signed=True, plus=ends[0], minus=ends[1])
            delta = cell(words.number(trail.delta, signed=True), numeric=True, figure=figure)
        said = words.address(address, with_part=False) or words.part(address.part)
        head = (
            cell(words.part(address.part)),
            cell(address.task or ""),
            cell(said),
            cell(shortened(things.at(address, is_new=True), _NAME)),
        )
        rows.append(ReportRow(cells=(*head, *values, delta)))
    return ReportSection(title=words("История сумм"), table=ReportTable(columns=columns, rows=tuple(rows)))


def _figure(amount: Amount | None, words: Words) -> TableCell:
    if amount is None or amount.value is None:
        return cell(shown(amount, words) if amount is not None else "", numeric=True)
    return numbered(amount.value, words)
