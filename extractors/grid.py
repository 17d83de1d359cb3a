"""Rows of cells with spans → a grid in which every slot is covered by exactly one cell."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from schemas.blocks import Block, Cell

Merge = Literal["", "start", "continue"]


LooseCell = tuple[tuple[Block, ...], int, Merge]
"""A cell as a file states it: its blocks, its width in slots, its part in a vertical merge."""


class LooseRow(NamedTuple):
    """A row as a file states it; `before` and `after` are slots left out at its ends."""

    cells: tuple[LooseCell, ...]
    before: int = 0
    after: int = 0

    def width(self) -> int:
        """Slots from the table's left edge to the end of the row."""
        return self.before + sum([span for _, span, _ in self.cells]) + self.after


class _Growing:
    """A cell that may still grow downwards."""

    __slots__ = ("blocks", "column", "row", "rows", "span")

    def __init__(self, row: int, column: int, span: int, blocks: tuple[Block, ...]) -> None:
        self.row, self.column, self.span, self.blocks, self.rows = row, column, span, blocks, 1

    def cell(self) -> Cell:
        return Cell.of(self.row, self.column, self.rows, self.span, self.blocks)


def lay(rows: Iterable[LooseRow]) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
    """Lay loose rows out on a grid.

    Returns the cells, and apart from them the contents of cells that a vertical
    merge hides (a person does not see them, so they are no part of the grid).
    Slots that no cell covers (a row that starts late or ends early) get an empty one.
    A continuation with nothing of its width above it begins a cell of its own.
    """
    rows = list(rows)
    width = max((row.width() for row in rows), default=0)
    laid: list[Cell | _Growing] = []
    hidden: list[Cell] = []
    above: dict[int, _Growing] = {}
    for number, row in enumerate(rows):
        open_here: dict[int, _Growing] = {}
        column = row.before
        if row.before:
            laid.append(Cell.of(number, 0, 1, row.before, ()))
        for blocks, span, merge in row.cells:
            if not merge:
                laid.append(Cell.of(number, column, 1, span, blocks))
                column += span
                continue
            top = above.get(column) if merge == "continue" else None
            if top is not None and top.span == span:
                top.rows += 1
                open_here[column] = top
                if blocks:
                    hidden.append(Cell.of(number, column, 1, span, blocks))
            else:
                cell = _Growing(number, column, span, blocks)
                laid.append(cell)
                open_here[column] = cell
            column += span
        if column < width:
            laid.append(Cell.of(number, column, 1, width - column, ()))
        above = open_here
    return tuple(cell if isinstance(cell, Cell) else cell.cell() for cell in laid), tuple(hidden)
