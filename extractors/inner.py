"""The tables inside the passport: rows of a label and values, nested or flattened to paragraphs.

A Word file nests a table in the passport's cell; a text export leaves its cells as
loose paragraphs. Both come out as the same rows: the years of the header, then for
each row the lines of its label and its values in the order of the header.
"""

from typing import NamedTuple

import regex

from extractors import values
from extractors.locate import Located
from extractors.text import squeeze
from extractors.units import without_unit
from schemas.amount import Mark
from schemas.blocks import Cell, Table
from schemas.place import Place

_BARE_YEAR = regex.compile(r"(19|20)\d\d")
_YEAR_WORD = regex.compile(r"г(од)?\.?", regex.I)
_TOTAL = regex.compile(r"(всего|итого)\W*", regex.I)


class InnerRow(NamedTuple):
    """A row: the lines of its label, and its values; a row that only heads others has none.

    `misfit` are values that are too few or too many for the header: which year each
    belongs to cannot be told.
    """

    label: tuple[Located, ...]
    values: tuple[Located, ...]
    misfit: tuple[Located, ...] = ()


class Inner(NamedTuple):
    """An inner table: its header as years and "total", and its rows."""

    header: tuple[str, ...]
    rows: tuple[InnerRow, ...]


def located(table: Table, cell: Cell) -> list[Located]:
    """The written paragraphs of a cell, nested ones included, each with its place."""
    found: list[Located] = []
    for number, block in enumerate(cell.blocks):
        if isinstance(block, Table):
            for inner in block.cells:
                found.extend(located(block, inner))
        elif block.text.strip():
            found.append(Located(block.text, _place(table, cell, number, block.line)))
    return found


def _place(table: Table, cell: Cell, paragraph: int, line: int) -> Place:
    return Place(table=table.index, row=cell.row, column=cell.column, paragraph=paragraph, line=line or None, inside=table.inside)


def inner(table: Table, cell: Cell) -> Inner | None:
    """The inner table of a passport cell, or None where there is none."""
    nested = [block for block in cell.blocks if isinstance(block, Table)]
    if nested:
        found = [made for block in nested if (made := from_rows(block, block.grid) or _turned(block, block.grid))]
        if found:
            return Inner(found[0].header, tuple(row for made in found for row in made.rows))
    return _from_paragraphs(located(table, cell))


def without_years(cell: Cell) -> Inner | None:
    """A nested table of two columns, a label and one number in each row: what each is in all."""
    for block in cell.blocks:
        if isinstance(block, Table) and block.width == 2:
            pairs = [(slots[0], slots[1]) for slots in block.grid if slots[0] is not slots[1]]
            rows = [InnerRow(tuple(located(block, label)), (Located(number.text, block.place(number)),))
                    for label, number in pairs if values.number(number.text)[0] is not None]  # fmt: skip
            if len(rows) > 1 or (rows and len(rows) == len(pairs)):
                return Inner(("total",), tuple(rows))
    return None


def _column_of(head: str) -> str | None:
    text = without_unit(head)
    return values.year(text) or ("total" if _TOTAL.fullmatch(squeeze(text)) else None)


def _year_columns(row: list[Cell]) -> list[tuple[int, str]]:
    """The columns that a header row gives to years and to the total; none where no year stands."""
    found = [(n, name) for n, cell in enumerate(row) if cell.column == n and (name := _column_of(cell.text))]
    alone = len(found) < 2 and any(values.number(cell.text)[0] is not None for n, cell in enumerate(row) if n not in dict(found))
    return found if any(name != "total" for _, name in found) and not alone else []  # «2021 | 5,0 | 7,0» is a row of values


def from_rows(table: Table, grid: list[list[Cell]], left: int = 0) -> Inner | None:
    """Rows of a grid, from column `left` on, under a header of years; None where no row names years."""
    header, columns = next(((n, found) for n, row in enumerate(grid) if (found := _year_columns(row))), (0, []))
    if not columns:
        return None
    first = min(column for column, _ in columns)
    rows: list[InnerRow] = []
    for slots in grid[header + 1 :]:
        own = [cell for column, cell in enumerate(slots) if cell.column == column]
        label = tuple(line for cell in own if left <= cell.column < first for line in located(table, cell))
        cells = [slots[column] for column, _ in columns]
        narrow = [cell for cell in cells if cell.column >= first]
        if len(narrow) < len(cells) or not any(cell.text.strip() for cell in narrow):
            rows.append(InnerRow(label, ()))
        else:
            rows.append(InnerRow(label, tuple(Located(cell.text, table.place(cell)) for cell in cells)))
    return Inner(tuple(name for _, name in columns), tuple(rows))


def _turned(table: Table, grid: list[list[Cell]], left: int = 0) -> Inner | None:
    """Years as rows: each further column is a row of the result, under the label that heads it."""
    years = [(n, name) for n, row in enumerate(grid) if left < len(row) and (name := _column_of(row[left].text))]
    if not years or years[0][0] == 0 or all(name == "total" for _, name in years):
        return None
    head = grid[years[0][0] - 1]
    columns = [column for column in range(left + 1, len(head)) if head[column].column == column and head[column].text]
    rows = (
        InnerRow(
            tuple(located(table, head[column])),
            tuple(Located(grid[n][column].text, table.place(grid[n][column])) for n, _ in years),
        )
        for column in columns
    )
    return Inner(tuple(name for _, name in years), tuple(rows))


def inner_of_rows(table: Table, grid: list[list[Cell]], left: int) -> Inner | None:
    """The inner table that stands in rows of the passport itself, right of the label that they share."""
    return from_rows(table, grid, left) or _turned(table, grid, left)


def _from_paragraphs(lines: list[Located]) -> Inner | None:
    header, start = _flat_header(lines)
    if not any(name != "total" for name in header):
        return None
    rows: list[InnerRow] = []
    label: list[Located] = []
    found: list[Located] = []
    for line in [*lines[start:], None]:
        if line is not None and label and _is_value(line.text):
            found.append(line)
            continue
        if found:
            fits = len(found) == len(header)
            rows.append(InnerRow(tuple(label), tuple(found) if fits else (), () if fits else tuple(found)))
            label, found = [], []
        if line is not None:
            label.append(line)
    if label:
        rows.append(InnerRow(tuple(label), ()))
    return Inner(header, tuple(rows))


def _is_value(text: str) -> bool:
    """A number, also one that a letter spoils («5ы»), a dash or «х»: anything but plain text."""
    return values.number(text)[1] != (Mark.NOT_A_NUMBER,)


def _flat_header(lines: list[Located]) -> tuple[tuple[str, ...], int]:
    """The years (and «Всего») of a flattened header, and the line behind it.

    A year may be cut from its word: «2021» and «год» are two paragraphs.
    """
    header: list[str] = []
    for number, line in enumerate(lines):
        text = squeeze(line.text)
        name = _column_of(text)
        if name:
            header.append(name)
        elif header and not (_YEAR_WORD.fullmatch(text) and _BARE_YEAR.fullmatch(squeeze(lines[number - 1].text))):
            return tuple(header), number
        elif not header and number > 1:
            return (), 0
    return tuple(header), len(lines)
