"""The document as a person sees it: paragraphs and tables, before any meaning is found.

Paragraph and Cell are named tuples and not Shapes: a document holds hundreds of
thousands of them, and building a tuple costs an eighth of building a model.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from schemas.base import Shape
from schemas.place import Place


class Unread(Shape):
    """Something that was met and not understood: kept and shown, never dropped."""

    place: Place
    text: str
    reason: str


class Paragraph(NamedTuple):
    """One paragraph; `line` is its line in a text file, 0 where there are no lines."""

    text: str
    line: int = 0


class Cell(NamedTuple):
    """One cell of a table, once, at its first slot, with the slots it covers.

    `text` are its paragraphs that hold anything, exactly as written, joined by newlines.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    blocks: "tuple[Block, ...]"
    text: str

    def paragraphs(self) -> Iterator[Paragraph]:
        """All paragraphs in reading order, those of nested tables included."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block
            else:
                for cell in block.cells:
                    yield from cell.paragraphs()

    @classmethod
    def of(cls, row: int, column: int, row_span: int, column_span: int, blocks: "tuple[Block, ...]") -> "Cell":
        """A cell with its text made of its blocks."""
        return cls(row, column, row_span, column_span, blocks, _text(blocks))

    def table(self) -> "Table | None":
        """The first table nested in this cell."""
        return next((block for block in self.blocks if isinstance(block, Table)), None)


@dataclass(frozen=True)
class Table:
    """A table as cells with spans; every slot of its grid belongs to exactly one cell.

    `index` counts the tables of the document in order, nested ones included;
    `inside` is the place of the cell that holds a nested table.
    """

    index: int
    cells: tuple[Cell, ...]
    inside: Place | None = None

    @cached_property
    def grid(self) -> list[list[Cell]]:
        """Rows of slots; a cell that spans several slots stands in each of them."""
        height = max([cell.row + cell.row_span for cell in self.cells], default=0)
        width = max([cell.column + cell.column_span for cell in self.cells], default=0)
        rows: list[list[Any]] = [[None] * width for _ in range(height)]
        for cell in self.cells:
            row, column, row_span, column_span, *_ = cell
            if row_span == column_span == 1:
                rows[row][column] = cell
                continue
            for slots in rows[row : row + row_span]:
                slots[column : column + column_span] = [cell] * column_span
        return rows

    @property
    def width(self) -> int:
        """Slots in a row of the grid."""
        return len(self.grid[0]) if self.grid else 0

    def place(self, cell: Cell) -> Place:
        """Where the cell's first written paragraph stands in the file."""
        for number, block in enumerate(cell.blocks):
            if isinstance(block, Paragraph) and (block.text and not block.text.isspace()):
                return Place(self.index, cell.row, cell.column, number, block.line or None, None, None, self.inside)
        line = next((p.line for p in cell.paragraphs() if p.line), None)
        return Place(self.index, cell.row, cell.column, None, line, None, None, self.inside)

    def record(self) -> list[list[dict[str, Any]]]:
        """Row by row, each cell once, as the contract shows tables."""
        rows: list[list[dict[str, Any]]] = [[] for _ in self.grid]
        for cell in self.cells:
            rows[cell.row].append({
                "row": cell.row, "column": cell.column,
                "row_span": cell.row_span, "column_span": cell.column_span,
                "blocks": [block_record(block) for block in cell.blocks],
            })  # fmt: skip
        return rows


Block = Paragraph | Table


def _text(blocks: tuple[Block, ...]) -> str:
    if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
        text = blocks[0].text
        return "" if text.isspace() else text
    texts = (
        block.text if isinstance(block, Paragraph) else "\n".join(filter(None, (cell.text for cell in block.cells))) for block in blocks
    )
    return "\n".join(text for text in texts if text and not text.isspace())


def block_record(block: Block) -> dict[str, Any]:
    """The block as plain JSON values."""
    if isinstance(block, Paragraph):
        return {"paragraph": block.text}
    return {"table": block.record()}


@dataclass(frozen=True)
class Document:
    """What a reader gives: the blocks in order, and what it could not place."""

    format: str
    blocks: tuple[Block, ...]
    unread: tuple[Unread, ...] = field(default=())

    def record(self) -> dict[str, Any]:
        """The document model as plain JSON values (`popravka read --blocks`)."""
        return {
            "blocks": [block_record(block) for block in self.blocks],
            "unread": [item.record() for item in self.unread],
        }
