"""What a structural unit is in a document: blocks that follow each other, slots of a table, or signs of a paragraph."""

from collections.abc import Iterator
from typing import NamedTuple

from extractors.text import joined, shortened
from pipeline.carrying.paths import Path, Spots
from schemas.amendment import Unit
from schemas.blocks import Cell
from schemas.place import Place


class Run(NamedTuple):
    """The blocks of a container from `start` up to `stop`: a section, an item, a paragraph, an appendix, the whole text."""

    container: Path
    start: int
    stop: int
    unit: Unit


class Slots(NamedTuple):
    """The slots of a table in rows `top`…`bottom` and columns `left`…`right`, ends excluded: rows, columns, cells.

    `unit` is ROW, COLUMN or what the rows are (TASK, ACTIVITY, INDICATOR, PASSPORT for a row of the passport);
    `content` the column from which on a row of the passport holds what its label names.
    """

    table: Path
    top: int
    bottom: int
    left: int
    right: int
    unit: Unit
    content: int = 0


class Signs(NamedTuple):
    """Signs of one paragraph: a sentence."""

    paragraph: Path
    start: int
    end: int
    unit: Unit = Unit.SENTENCE


Scope = Run | Slots | Signs


class Area(NamedTuple):
    """A paragraph, and which of its signs are meant."""

    paragraph: Path
    start: int
    end: int


def areas(scope: Scope, spots: Spots) -> Iterator[Area]:
    """The written paragraphs of a scope in reading order."""
    if isinstance(scope, Signs):
        yield Area(scope.paragraph, scope.start, scope.end)
        return
    tops = [(*scope.container, n) for n in range(scope.start, scope.stop)] if isinstance(scope, Run) else cells_of(scope, spots)
    for top in tops:
        for path in spots.paragraphs(top):
            yield Area(path, 0, len(spots.text(path)))


def cells_of(scope: Slots, spots: Spots) -> list[Path]:
    """The cells that begin in the rows of the scope and stand in its columns; a heading over all columns stands in no column."""
    table = spots.table(scope.table)
    everything = scope.left == 0 and scope.right == table.width
    return [
        (*scope.table, number) for number, cell in enumerate(table.cells)
        if scope.top <= cell.row < scope.bottom and (everything or _in_columns(cell, scope, table.width))
    ]  # fmt: skip


def _in_columns(cell: Cell, scope: Slots, width: int) -> bool:
    first, end = cell.column, cell.column + cell.column_span
    if scope.left <= first and end <= scope.right:
        return True
    covers = first < scope.right and scope.left < end
    return covers and cell.column_span - 1 <= max(1, scope.right - scope.left) and cell.column_span < width - 1


def place(scope: Scope, spots: Spots) -> Place:
    """Where the scope begins."""
    if isinstance(scope, Run):
        path = (*scope.container, scope.start)
        return spots.place(path) if path in spots.nodes else Place()
    if isinstance(scope, Signs):
        return spots.place(scope.paragraph)._replace(span=(scope.start, scope.end))
    cells = cells_of(scope, spots)
    return spots.place(cells[0]) if cells else Place(table=spots.table(scope.table).index, row=scope.top, column=scope.left)


def text(scope: Scope, spots: Spots) -> str:
    """The text of the scope, whole, paragraph by paragraph."""
    return joined("\n".join(spots.text(area.paragraph)[area.start : area.end] for area in areas(scope, spots)))


def shown(scope: Scope, spots: Spots) -> dict[str, object]:
    """The scope as a candidate for people: its place and the beginning of its text."""
    return {"place": place(scope, spots).record(), "text": shortened(text(scope, spots).replace("\n", " "), 160)}
