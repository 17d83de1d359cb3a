"""Rows and columns that come into a table and go from it: new places and spans of all its cells.

Columns are rows of the table turned on its side, so that there is one reckoning for both.
"""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.carrying.edits import PutColumns, PutRows
from schemas.blocks import Cell


class Shell(NamedTuple):
    """A cell on its way: `old` is its number in the former table, `put` the number of the edit that brings it."""

    cell: Cell
    old: int | None = None
    put: int | None = None


def with_rows(shells: Sequence[Shell], puts: Sequence[PutRows], height: int) -> list[Shell]:
    """The cells of the table with rows come and gone, in reading order."""
    puts_at = sorted(range(len(puts)), key=lambda n: (puts[n].start, puts[n].stop > puts[n].start, puts[n].order))
    removed = {row for put in puts for row in range(put.start, put.stop)}
    position: dict[int, int] = {}
    begins: dict[int, int] = {}
    made = 0
    for row in range(height + 1):
        for n in puts_at:
            if puts[n].start == row:
                begins[n] = made
                made += puts[n].height
        if row < height and row not in removed:
            position[row] = made
            made += 1
    found = [moved for shell in shells if (moved := _moved(shell, puts, begins, position))]
    for n, put in enumerate(puts):
        found.extend(Shell(cell._replace(row=cell.row + begins[n]), put=n) for cell in put.cells)
    return sorted(found, key=lambda shell: (shell.cell.row, shell.cell.column))


def _moved(shell: Shell, puts: Sequence[PutRows], begins: dict[int, int], position: dict[int, int]) -> Shell | None:
    """The cell in the rows that are left of its own, and in the new ones that it goes over; None when none are left."""
    top, bottom = shell.cell.row, shell.cell.row + shell.cell.row_span
    rows = [position[row] for row in range(top, bottom) if row in position]
    if not rows:
        return None
    for n, put in enumerate(puts):
        inside = top < put.start < bottom if put.start == put.stop else top <= put.start and put.stop <= bottom
        if inside or (put.start == bottom and shell.old in [path[-1] for path in put.extend]):
            rows.extend(range(begins[n], begins[n] + put.height))
    return shell._replace(cell=shell.cell._replace(row=min(rows), row_span=len(rows)))


def with_columns(shells: Sequence[Shell], puts: Sequence[PutColumns], width: int) -> list[Shell]:
    """The cells of the table with columns come and gone, in reading order."""
    as_rows = [PutRows(put.table, put.start, put.stop, tuple(map(_turned, put.cells)), put.width, put.extend, put.order) for put in puts]
    turned = with_rows([shell._replace(cell=_turned(shell.cell)) for shell in shells], as_rows, width)
    back = [shell._replace(cell=_turned(shell.cell)) for shell in turned]
    return sorted(back, key=lambda shell: (shell.cell.row, shell.cell.column))


def _turned(cell: Cell) -> Cell:
    return cell._replace(row=cell.column, column=cell.row, row_span=cell.column_span, column_span=cell.row_span)


def is_whole(cells: Sequence[Cell]) -> bool:
    """Whether each slot of the grid is covered by exactly one cell."""
    slots = [(row, column) for cell in cells
             for row in range(cell.row, cell.row + cell.row_span)
             for column in range(cell.column, cell.column + cell.column_span)]  # fmt: skip
    height = max((row for row, _ in slots), default=-1) + 1
    width = max((column for _, column in slots), default=-1) + 1
    return len(slots) == len(set(slots)) == height * width


def cells_with(table_cells: Sequence[Cell], put: PutRows | PutColumns, height: int, width: int) -> list[Cell]:
    """The cells of a table after this one edit: to see whether it fits before it is carried out."""
    shells = [Shell(cell, old=number) for number, cell in enumerate(table_cells)]
    made = with_rows(shells, [put], height) if isinstance(put, PutRows) else with_columns(shells, [put], width)
    return [shell.cell for shell in made]
