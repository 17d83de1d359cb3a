"""Tables as other municipalities draw them: the tables of a document rebuilt, everything else left as it is."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from schemas.blocks import Cell, Document, Paragraph, Table

Slots = list[list[Cell]]
"""The grid of a table; a cell that spans several slots stands in each of them."""


def appendix(document: Document, number: int, change: Callable[[Slots], Slots]) -> Document:
    """The document with the table of appendix 1 or 2 changed (0 is the passport)."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    chosen = tables[number]
    blocks = tuple(rebuilt(chosen, change(chosen.grid)) if block is chosen else block for block in document.blocks)
    return replace(document, blocks=blocks)


def rebuilt(table: Table, grid: Slots) -> Table:
    """A table of these slots: neighbours that are one cell stay one, cells torn apart become several."""
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for y, row in enumerate(grid):
        for x, cell in enumerate(row):
            if (y, x) in taken:
                continue
            width = next((n for n in range(1, len(row) - x + 1) if x + n == len(row) or row[x + n] is not cell), 1)
            height = 1
            while y + height < len(grid) and all(grid[y + height][x + n] is cell for n in range(width)):
                height += 1
            taken |= {(y + down, x + right) for down in range(height) for right in range(width)}
            cells.append(Cell.of(y, x, height, width, cell.blocks))
    return Table(table.index, tuple(cells), table.inside)


def written(*lines: str) -> Cell:
    """A new cell with these paragraphs."""
    return Cell.of(0, 0, 1, 1, tuple(Paragraph(line) for line in lines))


def in_order(order: Sequence[int]) -> Callable[[Slots], Slots]:
    """The columns in another order."""
    return lambda grid: [[row[column] for column in order] for row in grid]


def each(
    change: Callable[[str], str | tuple[str, ...]], columns: Sequence[int] | None = None, rows: slice = slice(0, None)
) -> Callable[[Slots], Slots]:
    """The text of each cell changed (in these columns, in these rows)."""

    def changed(grid: Slots) -> Slots:
        made: dict[int, Cell] = {}
        chosen = range(*rows.indices(len(grid)))

        def cell(old: Cell, y: int, x: int) -> Cell:
            if y not in chosen or (columns is not None and x not in columns) or not old.text:
                return old
            if id(old) not in made:
                now = change(old.text)
                lines = now if isinstance(now, tuple) else (now,)
                made[id(old)] = old if lines == (old.text,) else written(*lines)
            return made[id(old)]

        return [[cell(old, y, x) for x, old in enumerate(row)] for y, row in enumerate(grid)]

    return changed
