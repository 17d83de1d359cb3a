"""New wording as an act gives it: paragraphs, or a table, brought into the form of what it replaces."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractors.columns import is_numbering
from extractors.text import key, squeeze
from extractors.values import list_number
from pipeline.carrying.plan import Refused
from pipeline.carrying.tables import TableView
from schemas.amendment import Operation
from schemas.blocks import Block, Cell, Paragraph, Table
from schemas.finding import phrase


class Rows(NamedTuple):
    """Rows of a payload: cells counted from row 0, how many rows and columns."""

    cells: tuple[Cell, ...]
    height: int
    width: int


def new_blocks(operation: Operation) -> tuple[Block, ...]:
    """The new wording as blocks, without blank paragraphs around it; raises `Refused` when there is none."""
    blocks = list(operation.payload) or lines(operation.new or "")
    while blocks and _is_blank(blocks[0]):
        blocks.pop(0)
    while blocks and _is_blank(blocks[-1]):
        blocks.pop()
    if not blocks:
        raise Refused(
            phrase(
                "новой редакции в акте нет: приложение, на которое он ссылается, не найдено"
                if operation.annex
                else "новой редакции в акте нет"
            )
        )
    return tuple(blocks)


def lines(text: str) -> list[Block]:
    r"""Each line of a text as a paragraph.

    >>> [block.text for block in lines("1) рост;\n2) доля.")]
    ['1) рост;', '2) доля.']
    """
    return [Paragraph(line) for line in text.split("\n") if line.strip()]


def _is_blank(block: Block) -> bool:
    return isinstance(block, Paragraph) and not block.text.strip()


def the_table(blocks: Sequence[Block]) -> Table | None:
    """The one table that the new wording is, apart from blank paragraphs; None when it is more, or no table."""
    tables = [block for block in blocks if isinstance(block, Table)]
    return tables[0] if len(tables) == 1 and all(block is tables[0] or _is_blank(block) for block in blocks) else None


def compressed(rows: Rows) -> Rows:
    """The cells on as many columns as a person sees: grids of Word have some that no cell begins in."""
    starts = sorted({cell.column for cell in rows.cells})
    position = {column: number for number, column in enumerate(starts)}

    def narrow(cell: Cell) -> Cell:
        end = cell.column + cell.column_span
        return cell._replace(column=position[cell.column], column_span=sum(cell.column <= start < end for start in starts))

    return Rows(tuple(map(narrow, rows.cells)), rows.height, len(starts))


def shifted(cells: Iterable[Cell], down: int, right: int = 0) -> tuple[Cell, ...]:
    """Cells moved down and to the right."""
    return tuple(cell._replace(row=cell.row + down, column=cell.column + right) for cell in cells)


def without_header(rows: Rows, view: TableView) -> Rows:
    """The rows without those at their top that repeat the header of the table they are for."""
    header = {key(cell.text) for row in view.grid[: view.header] for cell in row if cell.text.strip()}
    top = 0
    while top < rows.height and view.header:
        texts = [cell for cell in rows.cells if cell.row == top and cell.text.strip()]
        numbering = is_numbering(texts) and view.numbering is not None
        if not numbering and (not texts or not all(key(cell.text) in header for cell in texts)):
            break
        top += 1
    kept = tuple(cell for cell in rows.cells if cell.row >= top)
    return Rows(shifted(kept, -top), rows.height - top, rows.width) if kept else rows


def rows_of(table: Table) -> Rows:
    """All rows of a table."""
    return Rows(table.cells, len(table.grid), table.width)


def fitted(rows: Rows, view: TableView) -> Rows:
    """The rows on the columns of the table; raises `Refused` where their columns cannot be brought together."""
    width, heads = view.table.width, view.heads
    narrow = compressed(rows)
    for given in (rows, narrow):
        if given.width == width:
            return given
    for given in (rows, narrow):
        if given.width == len(heads):
            return _widened(given, [*(head.column for head in heads), width])
    like = _pattern(narrow, view)
    if like is None:
        raise Refused(
            phrase(
                "строки новой редакции не ложатся в таблицу: граф в них {given}, а в таблице {there}",
                given=narrow.width,
                there=len(heads) or width,
            ),
            absent=True,
        )
    return _widened(narrow, [*(cell.column for cell in like), width])


def _pattern(rows: Rows, view: TableView) -> list[Cell] | None:
    """The cells of such rows of the table as have as many cells as a new row, if they are all merged alike: a heading over all columns."""
    if rows.height != 1:
        return None
    found = [
        cells for row in range(view.header, view.height) if len(cells := view.own(row)) == rows.width == len(dict.fromkeys(view.grid[row]))
    ]
    bounds = {tuple(cell.column for cell in cells) for cells in found}
    return found[0] if len(bounds) == 1 else None


def _widened(rows: Rows, bounds: Sequence[int]) -> Rows:
    """The rows on columns that begin at these bounds."""

    def widen(cell: Cell) -> Cell:
        first, end = bounds[cell.column], bounds[cell.column + cell.column_span]
        return cell._replace(column=first, column_span=end - first)

    return Rows(tuple(map(widen, rows.cells)), rows.height, bounds[-1])


def beside_spans(rows: Rows, table: Table, lines: tuple[int, int], extended: Sequence[int] = ()) -> tuple[Cell, ...]:
    """The new cells without those for which there is no room, since a cell over several rows of the table goes on beside them.

    `lines` are the rows that give way; `extended` the numbers of cells that go over the new rows too. Raises
    `Refused` where a cell without room says something else than the one that has it.
    """
    start, stop = lines
    over = [
        cell for n, cell in enumerate(table.cells)
        if n in extended or (cell.row < stop and start < cell.row + cell.row_span and not start <= cell.row <= cell.row + cell.row_span <= stop)
        or (start == stop and cell.row < start < cell.row + cell.row_span)
    ]  # fmt: skip
    covered = {column: cell for cell in over for column in range(cell.column, cell.column + cell.column_span)}
    return tuple(cell for cell in rows.cells if _has_room(cell, covered))


def _has_room(cell: Cell, covered: dict[int, Cell]) -> bool:
    beside = [covered[column] for column in range(cell.column, cell.column + cell.column_span) if column in covered]
    if beside and cell.text.strip() and all(key(cell.text) != key(other.text) for other in beside):
        raise Refused(
            phrase("в новой строке есть «{text}» там, где клетка таблицы объединена на несколько строк", text=squeeze(cell.text)),
            absent=True,
        )
    return not beside


def number_of(rows: Rows, row: int = 0) -> str | None:
    """The number that a row of a payload begins with."""
    first = next((cell for cell in rows.cells if cell.row == row and cell.text.strip()), None)
    return list_number(first.text) if first else None


def cell_of(text: str, row: int, column: int, row_span: int = 1, column_span: int = 1) -> Cell:
    """A cell that holds a text, line by line."""
    return Cell.of(row, column, row_span, column_span, tuple(lines(text)) or (Paragraph(""),))


def from_text(text: str, view: TableView) -> Rows | None:
    r"""Rows written with tabs or upright lines between their cells, if every line has as many as the table has columns."""
    split = [
        [squeeze(part) for part in line.strip().strip("|").split("\t" if "\t" in line else "|")]
        for line in text.split("\n")
        if line.strip()
    ]
    count = len(view.heads)
    if not split or count < 2 or any(len(parts) != count for parts in split):
        return None
    cells = tuple(cell_of(part, row, column) for row, parts in enumerate(split) for column, part in enumerate(parts))
    return Rows(cells, len(split), count)
