"""A table as an act speaks of it: its rows by number and name, its columns by number, name and year."""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import regex

from extractors import values
from extractors.columns import columns, is_numbering
from extractors.labels import Labels
from extractors.sources import is_lead, is_total, source_label
from extractors.text import squeeze
from schemas.blocks import Cell, Table

_LEADING_NUMBER = regex.compile(r"\s*(?P<number>\d+(?:[.\-]\d+)+|\d+(?=[.)]))[.)]?\s+\S")


class RowBlock(NamedTuple):
    """A row as an act counts them: rows `top`…`bottom` of the grid under one number and name (its years, its sources)."""

    top: int
    bottom: int
    number: str | None
    labels: tuple[str, ...]


class TableView:
    """Rows and columns of one table."""

    def __init__(self, table: Table, labels: Labels) -> None:
        self.table, self.labels = table, labels
        self.grid = table.grid
        self.cols = columns(table, labels)
        self.header = self.cols.header if len(self.grid) > 1 else 0
        self.numbering = next((n for n, row in enumerate(self.grid[: self.header]) if is_numbering(row)), None)

    @cached_property
    def first_value(self) -> int:
        """The first column of values: left of it stand numbers and names."""
        found = [column for _, column in self.cols.money] + [column for column, _ in self.cols.years]
        found += [made.column for made in self.cols.yearly]
        named = self.cols.roles.get("name")
        return min([column for column in found if named is None or column > named], default=self.table.width)

    @cached_property
    def number_column(self) -> int | None:
        """The column of row numbers."""
        if "number" in self.cols.roles:
            return self.cols.roles["number"]
        first = [row[0].text for n, row in enumerate(self.grid) if n >= self.header and row[0].row == n and row[0].text]
        numbered = [text for text in first if values.list_number(text) and not values.year(text)]
        return 0 if numbered and len(numbered) * 2 >= len(first) else None

    def own(self, row: int) -> list[Cell]:
        """The cells that begin in a row."""
        return [cell for column, cell in enumerate(self.grid[row]) if cell.row == row and cell.column == column]

    def number(self, row: int) -> str | None:
        """The number of a row: in its own cell, or at the beginning of its name."""
        own = self.own(row)
        if self.number_column is not None:
            cell = self.grid[row][self.number_column]
            found = values.list_number(cell.text) if cell.row == row else None
            if found:
                return found
        named = next((cell for cell in own if any(sign.isalpha() for sign in cell.text)), None)
        leading = _LEADING_NUMBER.match(named.text) if named else None
        return leading["number"] if leading else None

    def names(self, row: int) -> tuple[str, ...]:
        """What a row may be called: the texts of its own cells that are words or a year, left of the values if there are any."""
        own = [cell for cell in self.own(row) if any(sign.isalpha() for sign in cell.text) or values.year(cell.text)]
        left = [cell for cell in own if cell.column < self.first_value]
        return tuple(dict.fromkeys(squeeze(cell.text) for cell in left or own[:1]))

    @cached_property
    def blocks(self) -> list[RowBlock]:
        """The rows below the header, those that go on with the row above joined to it."""
        found: list[RowBlock] = []
        for row in range(self.header, len(self.grid)):
            if found and self._goes_on(row):
                found[-1] = found[-1]._replace(bottom=row + 1)
            else:
                found.append(RowBlock(row, row + 1, self.number(row), self.names(row)))
        return found

    def _goes_on(self, row: int) -> bool:
        """Whether the row is one more year or source of the row above: joined to it, or without a number and a name of its own."""
        slots = self.grid[row]
        named = self.cols.roles.get("name", 0 if self.number_column != 0 else 1)
        leading = [slots[column] for column in (self.number_column, named) if column is not None and column < len(slots)]
        if any(cell.row < row and cell.text for cell in leading):
            return True
        if self.number_column is not None:
            first = slots[self.number_column]
            if self.number(row) is not None or (first.row == row and first.text.strip()):
                return False  # «ИТОГО» over the columns of number and name opens a row of its own
        own = [cell.text for cell in leading if cell.row == row and cell.text.strip()]
        if not own:
            return any(cell.text for cell in self.own(row))
        return self.number_column is not None and all(is_part(text, self.labels) for text in own) and self.blocks_have_parts

    @cached_property
    def blocks_have_parts(self) -> bool:
        """Whether sources or years stand in the column of names, below the name of what they belong to."""
        named = self.cols.roles.get("name", 0 if self.number_column != 0 else 1)
        parts = [
            row
            for row in range(self.header, len(self.grid))
            if self.grid[row][named].row == row and is_part(self.grid[row][named].text, self.labels)
        ]
        return len(parts) > 1 and any(source_label(self.grid[row][named].text, self.labels) not in (None, "total") for row in parts)

    def columns_at(self, number: int) -> list[tuple[int, int]]:
        """The columns that bear a number: as the row of numbers says, else counted from the left; a column is what its lowest header covers."""
        if self.numbering is not None:
            cells = dict.fromkeys(self.grid[self.numbering])
            return [(cell.column, cell.column + cell.column_span) for cell in cells if squeeze(cell.text) == str(number)]
        heads = self.heads
        return [(heads[number - 1].column, heads[number - 1].column + heads[number - 1].column_span)] if 0 < number <= len(heads) else []

    @cached_property
    def heads(self) -> list[Cell]:
        """The lowest cells of the header, one for each column as a person sees them."""
        rows = [n for n in range(self.header) if n != self.numbering] or ([0] if self.grid else [])
        return list(dict.fromkeys(self.grid[rows[-1]])) if rows else []

    def titled(self) -> Iterator[tuple[tuple[int, int], tuple[str, ...]]]:
        """The columns, each with what its header calls it: the lowest cell, the ones above it, all together."""
        for head in self.heads:
            over = [self.grid[row][head.column] for row in range(self.header or 1) if row != self.numbering]
            texts = [squeeze(cell.text) for cell in dict.fromkeys(over) if cell.text.strip()]
            names = (*texts[-1:], *([" ".join(texts)] if len(texts) > 1 else []))
            yield (head.column, head.column + head.column_span), names

    def groups(self) -> Iterator[tuple[tuple[int, int], tuple[str, ...]]]:
        """The cells of the header that stand over several columns."""
        for row in range(self.header):
            for cell in dict.fromkeys(self.grid[row]):
                if cell.column_span > 1 and cell.column_span < self.table.width and row != self.numbering:
                    yield (cell.column, cell.column + cell.column_span), (squeeze(cell.text),)

    @cached_property
    def height(self) -> int:
        """Rows of the grid."""
        return len(self.grid)


def is_part(text: str, labels: Labels) -> bool:
    """Whether a label names a part of the row above it: a source, a year, «всего», «в том числе».

    >>> from extractors.labels import default_labels
    >>> is_part("районный бюджет", default_labels()), is_part("Итого по задаче 1", default_labels())
    (True, False)
    """
    return bool(values.year(text)) or is_total(text) or is_lead(text) or source_label(text, labels) is not None
