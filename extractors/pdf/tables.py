"""The flow of lines and tables → blocks of the document."""

from collections.abc import Iterator

from extractors import errors
from extractors.options import Limits
from extractors.pdf.faces import TOUCH
from extractors.pdf.flow import Item, Text
from extractors.pdf.grids import Box, Grid
from extractors.pdf.lines import Line
from extractors.pdf.prose import Room, Style, padding, paragraphs
from schemas.blocks import Block, Cell, Paragraph, Table
from schemas.place import Place


class Maker:
    """Makes blocks; counts the tables of the document and gathers what was left out of them."""

    def __init__(self, style: Style, limits: Limits) -> None:
        self.style, self.limits = style, limits
        self.lost: list[str] = []
        self._tables = 0

    def blocks(self, items: list[Item]) -> Iterator[Block]:
        """The blocks of the document in order."""
        for item in items:
            if isinstance(item, Text):
                yield from paragraphs(item.lines, item.room, self.style)
            else:
                yield self._table(item, None)

    def _table(self, grid: Grid, inside: Place | None) -> Table:
        index, self._tables = self._tables, self._tables + 1
        self.lost.extend(grid.lost)
        pad = padding(grid)
        columns = _columns(grid)
        if grid.rows * (len(columns) - 1) > self.limits.table_slots:
            raise errors.TooLarge(detail="limits.table_slots")
        cells = []
        for box in sorted(grid.boxes, key=lambda box: (box.top, box.x0)):
            left, right = _column(columns, box.x0), _column(columns, box.x1)
            if right > left:
                blocks = self._content(box, pad, Place(table=index, row=box.top, column=left, inside=inside))
                cells.append(Cell.of(box.top, left, box.bottom - box.top, right - left, blocks))
        return Table(index, tuple(_covering(cells, grid.rows, len(columns) - 1, grid.page)), inside)

    def _content(self, box: Box, pad: float, place: Place) -> tuple[Block, ...]:
        room = Room(box.x0 + pad, box.x1 - pad)
        made: list[Block] = []
        written: list[Line] = []
        for item in box.content:
            if isinstance(item, Grid):
                made.extend(paragraphs(written, room, self.style))
                written = []
                made.append(self._table(item, place))
            else:
                written.append(item)
        made.extend(paragraphs(written, room, self.style))
        return tuple(made) or (Paragraph("", page=box.page),)


def _columns(grid: Grid) -> list[float]:
    """The edges of the columns of all pieces, each once."""
    found: list[float] = []
    for x in sorted({x for box in grid.boxes for x in (box.x0, box.x1)}):
        if not found or x - found[-1] > TOUCH / 2:
            found.append(x)
    return found


def _column(columns: list[float], x: float) -> int:
    return min(range(len(columns)), key=lambda n: abs(columns[n] - x))


def _covering(cells: list[Cell], rows: int, width: int, page: int) -> list[Cell]:
    """The cells, and empty ones where the table has none, so that each slot is covered once."""
    free = [[True] * width for _ in range(rows)]
    kept: list[Cell] = []
    for cell in cells:
        for row in range(cell.row, cell.row + cell.row_span):
            free[row][cell.column : cell.column + cell.column_span] = [False] * cell.column_span
        kept.append(cell)
    for row, slots in enumerate(free):
        column = 0
        while column < width:
            stop = column
            while stop < width and slots[stop]:
                stop += 1
            if stop > column:
                kept.append(Cell.of(row, column, 1, stop - column, (Paragraph("", page=page),)))
            column = stop + 1
    return sorted(kept, key=lambda cell: (cell.row, cell.column))
