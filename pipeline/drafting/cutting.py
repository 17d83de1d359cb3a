"""Pieces of tables: some of the rows as a table of their own, and what stands in it."""

from extractors.text import joined
from schemas.blocks import Cell, Table


def cut(table: Table, first: int, stop: int) -> Table:
    """The rows from `first` up to `stop`, as a table; cells merged beyond them end with them."""
    found = []
    for cell in table.cells:
        top, bottom = max(cell.row, first), min(cell.row + cell.row_span, stop)
        if top < bottom:
            found.append(Cell.of(top - first, cell.column, bottom - top, cell.column_span, cell.blocks if cell.row >= first else ()))
    return Table(0, tuple(sorted(found, key=lambda cell: (cell.row, cell.column))))


def whole_rows(table: Table, first: int, stop: int) -> bool:
    """Whether no cell reaches into these rows from outside, or out of them."""
    return all(first <= cell.row and cell.row + cell.row_span <= stop for slots in table.grid[first:stop] for cell in slots)


def cells_of(table: Table) -> tuple[Cell, ...]:
    """The cells, each once, in reading order."""
    return tuple(sorted(table.cells, key=lambda cell: (cell.row, cell.column)))


def flat_text(table: Table) -> str:
    """What the table says, cell by cell, blanks apart: to be compared, never to be shown."""
    return "\n".join(filter(None, (joined(cell.text) for cell in cells_of(table))))
