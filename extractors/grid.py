"""Rows of cells with spans → a grid in which every slot is covered by exactly one cell."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from schemas.blocks import Block, Cell, cell_of, text_of

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
        return self.before + sum([cell[1] for cell in self.cells]) + self.after


class _Growing:
    """A cell that may still grow downwards."""

    __slots__ = ("blocks", "column", "row", "rows", "span")

    def __init__(self, row: int, column: int, span: int, blocks: tuple[Block, ...]) -> None:
        self.row, self.column, self.span, self.blocks, self.rows = row, column, span, blocks, 1

    def cell(self) -> Cell:
        return Cell.of(self.row, self.column, self.rows, self.span, self.blocks)


def width_of(rows: Iterable[LooseRow]) -> int:
    """Slots from the left edge of a table to the end of its widest row."""
    return max((row.width() for row in rows), default=0)


def lay(rows: Iterable[LooseRow], width: int | None = None) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
    """Lay loose rows out on a grid; `width` is their width where it is known already.

    Returns the cells, and apart from them the texts of cells that a vertical
    merge hides (a person does not see them, so they are no part of the grid).
    Slots that no cell covers (a row that starts late or ends early) get an empty one.
    A continuation with nothing of its width above it begins a cell of its own.
    """
    rows = list(rows)
    width = width_of(rows) if width is None else width
    laid: list[Cell | _Growing] = []
    hidden: list[Cell] = []
    texts: dict[int, str] = {}  # of blocks that many cells share
    above: dict[int, _Growing] = {}
    for number, (cells, column, _) in enumerate(rows):
        open_here: dict[int, _Growing] = {}
        if column:
            laid.append(Cell.of(number, 0, 1, column, ()))
        for blocks, span, merge in cells:
            text = texts.get(id(blocks))
            if text is None:
                text = texts[id(blocks)] = text_of(blocks)
            if not merge:
                laid.append(cell_of((number, column, 1, span, blocks, text)))
                column += span
                continue
            top = above.get(column) if merge == "continue" else None
            if top is not None and top.span == span:
                top.rows += 1
                open_here[column] = top
                if text:
                    hidden.append(Cell.of(number, column, 1, span, blocks))
            else:
                cell = _Growing(number, column, span, blocks)
                laid.append(cell)
                open_here[column] = cell
            column += span
        if column < width:
            laid.append(Cell.of(number, column, 1, width - column, ()))
        above = open_here
    return tuple([cell.cell() if isinstance(cell, _Growing) else cell for cell in laid]), tuple(hidden)
