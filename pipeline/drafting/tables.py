"""An appendix with a table in two editions → instructions on its rows and cells, or none where it is better restated.

The bands of the two tables are paired as the comparison pairs the things that they tell of; within a
pair each cell that differs is an instruction. Bands that came, went or bear another number follow.
"""

from collections.abc import Iterator
from typing import NamedTuple

from extractors.columns import Columns, is_numbering
from extractors.locate import Appendix
from extractors.text import joined, squeeze
from pipeline.drafting.bands import Band, position, steps
from pipeline.drafting.cutting import cut, flat_text, whole_rows
from pipeline.drafting.instructions import Instruction, operation
from pipeline.drafting.order import CannotTell, Column, ordered
from pipeline.drafting.phrases import one_value, operations, quoted, replacing, restated
from pipeline.drafting.rewording import Rewording, is_sound, rewording
from schemas.address import Address
from schemas.amendment import Operation, Step, Unit, Verb
from schemas.blocks import Cell, Paragraph, Table

MOST_CELLS = 150
"""More cells than this are not told one by one: the appendix is restated."""
LARGEST_SHARE = 0.25
"""Nor is more than this share of the table's written cells."""


class Side(NamedTuple):
    """An appendix of one edition: what it bears as number, its tables, its bands."""

    appendix: Appendix
    number: str
    bands: list[Band]

    @property
    def step(self) -> Step:
        """The appendix as a structural unit."""
        return Step(unit=Unit.APPENDIX, number=self.number or None)

    @property
    def columns(self) -> Columns:
        """The meaning of the columns, of the first table."""
        return self.appendix.tables[0][1]


def table_instructions(old: Side, new: Side, pairs: dict[Address, Address]) -> tuple[Instruction, ...] | None:
    """The instructions that make the one table of the other; None where it is better restated as a whole."""
    try:
        found = tuple(_Tables(old, new, pairs).instructions())
    except CannotTell:
        return None
    told = sum(line.told() for line in found)
    written = sum(bool(squeeze(cell.text)) for table, _ in old.appendix.tables for cell in table.cells)
    return None if told > MOST_CELLS or told > LARGEST_SHARE * written else found


class _Tables:
    def __init__(self, old: Side, new: Side, pairs: dict[Address, Address]) -> None:
        self.old, self.new = old, new
        self.pairs = self._paired(pairs)

    def _paired(self, pairs: dict[Address, Address]) -> list[tuple[Band | None, Band | None]]:
        """The bands of the old table with theirs in the new one, then those that are new."""
        latter = {(band.kind, band.address): band for band in self.new.bands if band.address is not None}
        heads = iter([band for band in self.new.bands if band.address is None])
        found: list[tuple[Band | None, Band | None]] = []
        for band in self.old.bands:
            key = (band.kind, pairs.get(band.address, None if band.kind == "thing" else band.address)) if band.address else None
            found.append((band, latter.pop(key, None) if key else next(heads, None)))  # type: ignore[arg-type]  # the key of a band
        return [*found, *((None, band) for band in (*latter.values(), *heads))]

    def instructions(self) -> Iterator[Instruction]:
        """The cells in the order of the former table, then what came and went."""
        if [len(tables.tables) for tables in (self.old.appendix, self.new.appendix)] != [len(self.old.appendix.tables)] * 2:
            raise CannotTell
        for was, becomes in self.pairs:
            if was is not None and becomes is not None:
                yield from self._band(was, becomes)
        yield from ordered(self.pairs, self.new.bands, self.old.step, self._place_of_number)

    def _place_of_number(self, band: Band) -> Column | None:
        column = self._number_column()
        return None if column is None else self._column(band.table, band.rows[0][column])

    def _number_column(self) -> int | None:
        roles = self.old.columns.roles
        number = roles.get("number")
        return None if number is None or number == roles.get("name") else number

    def _band(self, was: Band, becomes: Band) -> Iterator[Instruction]:
        """The cells that differ, row by row; where the rows are not the same ones, the band is said anew."""
        if was.table.width != becomes.table.width:
            raise CannotTell
        if flat_text(cut(was.table, was.first, was.stop)) == flat_text(cut(becomes.table, becomes.first, becomes.stop)):
            return
        if was.kind == "header":
            raise CannotTell
        path = steps(was, self.old.bands)
        if path is None:
            raise CannotTell
        if was.stop - was.first != becomes.stop - becomes.first:
            yield self._anew(was, becomes, path)
            return
        lines = list(self._rows(was, becomes, path))
        if lines:
            yield Instruction(f"в строке {_called(path)}", inner=tuple(lines))

    def _anew(self, was: Band, becomes: Band, path: tuple[Step, ...]) -> Instruction:
        if (
            was.number != becomes.number
            or not whole_rows(was.table, was.first, was.stop)
            or not whole_rows(becomes.table, becomes.first, becomes.stop)
        ):
            raise CannotTell
        return restated(f"строку {_called(path)}", (self.old.step, *path), (cut(becomes.table, becomes.first, becomes.stop),))

    def _rows(self, was: Band, becomes: Band, path: tuple[Step, ...]) -> Iterator[Instruction]:
        """A line for each row of the grid in which something differs."""
        skipped = self._number_column() if was.kind == "thing" and was.number != becomes.number else None
        for n, (left, right) in enumerate(zip(was.rows, becomes.rows, strict=True)):
            cells = [
                (a, Cell.of(n, column, 1, 1, b.blocks if _opens(b, becomes.first + n, column) else ()))
                for column, (a, b) in enumerate(zip(left, right, strict=True))
                if column != skipped and _said(a, was.first + n, column) != _said(b, becomes.first + n, column)
            ]
            if any(not _opens(a, was.first + n, b.column) for a, b in cells):
                raise CannotTell
            if cells:
                yield from self._cells(was, n, cells, path)

    def _cells(self, band: Band, n: int, cells: list[tuple[Cell, Cell]], path: tuple[Step, ...]) -> Iterator[Instruction]:
        where = self._position(band, n, cells)
        locus = (self.old.step, *path, *((Step(unit=Unit.ROW, label=where),) if where else ()))
        prefix = f"в позиции {quoted(where)} " if where else ""
        told: list[str] = []
        made: list[Operation] = []
        for was, becomes in cells:
            place = None if _is_wide(was) else self._column(band.table, was)
            target = (*locus, place.step) if place else locus
            within = f"в графе {place.words} " if place else ""
            found = _rewordings(was, becomes, self._around(band, n, was) if not where else "")
            if found is not None:
                told.append(within + replacing(found))
                made += operations(target, found)
            elif place is None:
                raise CannotTell
            elif not joined(becomes.text):
                told.append(within + _struck(was))
                made.append(operation(Verb.DELETE, target, old=joined(was.text)))
            else:
                yield self._anew_in(band, n, was, becomes, path, place)
        if told:
            yield Instruction(prefix + ", ".join(told), operations=tuple(made))

    def _around(self, band: Band, n: int, cell: Cell) -> str:
        """What else stands in the column of a cell, or in the row if the cell is as wide as it."""
        column = [row[cell.column] for row in band.rows] if not _is_wide(cell) else band.rows[n]
        return "\n".join(other.text for other in dict.fromkeys(column) if other is not cell)

    def _anew_in(self, band: Band, n: int, was: Cell, becomes: Cell, path: tuple[Step, ...], place: Column) -> Instruction:
        """A cell said anew; where the column has several cells in the band, the row has to be named too."""
        several = len(dict.fromkeys(row[was.column] for row in band.rows)) > 1
        where = self._named_row(band, n, {was.column}) if several else None
        locus = (self.old.step, *path, *((Step(unit=Unit.ROW, label=where),) if where else ()), place.step)
        return restated(f"{f'в позиции {quoted(where)} ' if where else ''}графу {place.words}", locus, _paragraphs(becomes))

    def _position(self, band: Band, n: int, cells: list[tuple[Cell, Cell]]) -> str | None:
        """How the row is told from the others of its band; none is needed for what stands once in the band."""
        if band.stop - band.first == 1:
            return None
        texts = {self.old.columns.roles.get(name) for name in ("number", "name", "responsible", "result")}
        if n == 0 and all(was.column in texts for was, _ in cells):
            return None
        return self._named_row(band, n, {was.column for was, _ in cells})

    def _named_row(self, band: Band, n: int, changed: set[int]) -> str:
        """The words that tell a row from the others of its band."""
        roles = self.old.columns.roles
        apart = {column for _, column in self.old.columns.money} | {made.column for made in self.old.columns.yearly}
        named = {column for name, column in roles.items() if name in ("number", "responsible", "result")}
        found = position(band, band.first + n, sorted(apart | named | changed))
        if found is None:
            raise CannotTell
        return found

    def _column(self, table: Table, cell: Cell) -> Column:
        """How the column is called: by the number that the table gives it, else by its heading, else by its count."""
        head = table.grid[: self.old.columns.header]
        number = next((squeeze(row[cell.column].text) for row in head if is_numbering(row)), "")
        if number:
            return Column(number, Step(unit=Unit.COLUMN, number=number))
        names = [_heading(head, column) for column in range(table.width)]
        if names[cell.column] and names.count(names[cell.column]) == 1:
            return Column(quoted(names[cell.column]), Step(unit=Unit.COLUMN, label=names[cell.column]))
        return Column(str(cell.column + 1), Step(unit=Unit.COLUMN, number=str(cell.column + 1)))


def _opens(cell: Cell, row: int, column: int) -> bool:
    return (cell.row, cell.column) == (row, column)


def _said(cell: Cell, row: int, column: int) -> str:
    """What stands in a slot; one that a cell above or before covers says nothing."""
    return joined(cell.text) if _opens(cell, row, column) else ""


def _is_wide(cell: Cell) -> bool:
    return cell.column_span > 1


def _heading(head: list[list[Cell]], column: int) -> str:
    return next((text for row in reversed(head) if (text := squeeze(row[column].text))), "")


def _called(path: tuple[Step, ...]) -> str:
    step = path[-1]
    return " ".join(filter(None, (step.number, quoted(step.label) if step.label else "")))


def _rewordings(was: Cell, becomes: Cell, around: str) -> tuple[Rewording, ...] | None:
    """The words or figures to be replaced in a cell; None where its whole content is said anew.

    `around` is what else stands in the column, where the act does not say in which row the cell is.
    """
    old, new = joined(was.text), joined(becomes.text)
    if not old or not new or any(isinstance(block, Table) for cell in (was, becomes) for block in cell.blocks):
        return None
    if "\n" not in old + new:
        short = one_value(old, new) if " " not in old + new and is_sound(old) and is_sound(new) and old not in around else None
        return (short,) if short else rewording(old, new, around)
    left, right = old.split("\n"), new.split("\n")
    differ = [(a, b) for a, b in zip(left, right, strict=False) if a != b]
    if len(left) != len(right) or len(differ) != 1:
        return None
    others = "\n".join(line for line in left if line != differ[0][0])
    return rewording(*differ[0], f"{others}\n{around}")


def _struck(cell: Cell) -> str:
    text = joined(cell.text)
    return f"{'цифры' if text[:1].isdigit() else 'слова'} {quoted(text)} исключить"


def _paragraphs(cell: Cell) -> tuple[Paragraph | Table, ...]:
    return tuple(block for block in cell.blocks if not isinstance(block, Paragraph) or squeeze(block.text))
