"""Rows of an OpenDocument table → loose rows for the grid.

A cell that is hidden under a span (`table:covered-table-cell`) says nothing that the span has
not said; programs that leave such cells out are read as well, for a cell takes the next slot
that is free, as LibreOffice has it.
"""

from extractors import errors
from extractors.grid import LooseCell, LooseRow, Merge
from extractors.options import Limits
from schemas.blocks import Block


class Slots:
    """The slots of one table, filled row by row."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._filled = 0
        self._column = 0
        self._row: list[LooseCell] = []
        self._rows: list[LooseRow] = []
        self._above: dict[int, tuple[int, int]] = {}  # column → rows still to come, width
        self._below: dict[int, tuple[int, int]] = {}

    @property
    def row(self) -> int:
        """The number of the row that is being filled."""
        return len(self._rows)

    def column(self) -> int:
        """The next free slot; the spans from above that stand before it are filled in."""
        while self._column in self._above:
            rows, width = self._above[self._column]
            self._put((), width, "continue")
            if rows > 1:
                self._below[self._column] = rows - 1, width
            self._column += width
        return self._column

    def add(self, blocks: tuple[Block, ...], width: int, height: int) -> None:
        """A cell at the next free slot; it ends where a span from above begins."""
        if width > self._limits.span or height > self._limits.rows:
            raise errors.TooLarge(detail="limits.span, limits.rows")
        column = self.column()
        if width > 1 and self._above:
            width = min([start - column for start in self._above if start > column] + [width])
        self._put(blocks, width, "start" if height > 1 else "")
        if height > 1:
            self._below[column] = height - 1, width
        self._column = column + width

    def end_row(self) -> None:
        """The row is done: spans from above that stand behind its last cell are filled in."""
        for start in sorted(self._above):
            if start > self.column():
                self._put((), start - self._column, "")
                self._column = start
        self.column()
        self._rows.append(LooseRow(tuple(self._row)))
        if len(self._rows) > self._limits.rows:
            raise errors.TooLarge(detail="limits.rows")
        self._row, self._column = [], 0
        self._above, self._below = self._below, {}

    def _put(self, blocks: tuple[Block, ...], width: int, merge: Merge) -> None:
        self._filled += width
        if self._filled > self._limits.table_slots:
            raise errors.TooLarge(detail="limits.table_slots")
        self._row.append((blocks, width, merge))

    def rows(self) -> list[LooseRow]:
        """All rows; raises TooLarge when their grid would have too many slots."""
        if len(self._rows) * max((row.width() for row in self._rows), default=0) > self._limits.table_slots:
            raise errors.TooLarge(detail="limits.table_slots")
        return self._rows
