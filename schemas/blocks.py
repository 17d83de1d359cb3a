"""The document as a person sees it: paragraphs and tables, before any meaning is found.

Paragraph and Cell are named tuples and not Shapes: a document holds hundreds of
thousands of them, and building a tuple costs an eighth of building a model.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, NamedTuple

from schemas.base import Shape
from schemas.place import Place

_new: Callable[..., Any] = tuple.__new__  # half the cost of calling a named tuple's own class


class Unread(Shape):
    """Something that was met and not understood: kept and shown, never dropped."""

    place: Place
    text: str
    reason: str


class Aside(Shape):
    """Text that stands apart from the body: kept, with its place, and no part of any table or section.

    `kind` is header, footer, footnote, endnote, comment or wordart; `mark` the sign that leads to a note.
    """

    kind: str
    mark: str
    text: str
    place: Place


class LeftOut(Shape):
    """Characters of the source that are no part of the document, and why.

    `count` pieces hold `characters` signs, blanks not counted; `text` are the pieces, one on a line.
    """

    kind: str
    count: int
    characters: int
    reason: str
    text: str


class Note(Shape):
    """Something to be known of the whole file: `count` of what `kind` names, and `text` for people."""

    kind: str
    count: int
    text: str


class Paragraph(NamedTuple):
    """One paragraph; `line` is its line in a text file, `page` its page in a PDF, 0 where there are none.

    A line broken by hand inside a paragraph is a vertical tab: a blank for names, a break for those who look for lines.
    """

    text: str
    line: int = 0
    page: int = 0

    @classmethod
    def of(cls, text: str) -> "Paragraph":
        """A paragraph of a format that has neither lines nor pages."""
        made: Paragraph = _new(cls, (text, 0, 0))
        return made


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
        return cell_of((row, column, row_span, column_span, blocks, text_of(blocks)))

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
        if len(cell.blocks) == 1 and type(block := cell.blocks[0]) is Paragraph and block.text and not block.text.isspace():
            return Place(self.index, cell.row, cell.column, 0, block.line or None, block.page or None, None, self.inside)
        for number, block in enumerate(cell.blocks):
            if isinstance(block, Paragraph) and (block.text and not block.text.isspace()):
                return Place(self.index, cell.row, cell.column, number, block.line or None, block.page or None, None, self.inside)
        line = next((p.line for p in cell.paragraphs() if p.line), None)
        page = next((p.page for p in cell.paragraphs() if p.page), None)
        return Place(self.index, cell.row, cell.column, None, line, page, None, self.inside)

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

cell_of: Callable[[tuple[int, int, int, int, tuple[Block, ...], str]], Cell] = partial(_new, Cell)
"""A cell of all its fields, its text among them, for those who lay out very many."""


def text_of(blocks: tuple[Block, ...]) -> str:
    """The paragraphs that hold anything, exactly as written, joined by newlines."""
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
        return {"paragraph": block.text.replace("\v", "\n")}
    return {"table": block.record()}


@dataclass(frozen=True)
class Document:
    """What a reader gives: the blocks in order, what it could not place, what stands apart.

    `left_out` are characters of the source that are neither; `computed` counts the signs
    that the source does not hold and a person sees all the same (automatic numbers);
    `notes` are what must be known of the whole file.
    """

    format: str
    blocks: tuple[Block, ...]
    unread: tuple[Unread, ...] = field(default=())
    aside: tuple[Aside, ...] = field(default=())
    left_out: tuple[LeftOut, ...] = field(default=())
    computed: int = 0
    notes: tuple[Note, ...] = field(default=())

    def record(self) -> dict[str, Any]:
        """The document model as plain JSON values (`popravka read --blocks`)."""
        return {
            "blocks": [block_record(block) for block in self.blocks],
            "unread": [item.record() for item in self.unread],
            "aside": [item.record() for item in self.aside],
            "notes": [item.record() for item in self.notes],
        }
