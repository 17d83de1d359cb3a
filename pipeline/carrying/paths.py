"""Where a block or a cell stands in a document: the way down to it, number by number.

A path goes block, cell, block, cell …: (9,) is the tenth block of the document, (9, 5) the
sixth cell of that table, (9, 5, 0) the first block in the cell. () is the document itself. Paths of even
length hold blocks, those of odd length are blocks.
"""

from collections.abc import Iterator

from schemas.blocks import Block, Cell, Document, Paragraph, Table
from schemas.place import Place

Path = tuple[int, ...]


def written(path: Path) -> str:
    """The path as a text.

    >>> written((9, 5, 0))
    '9/5/0'
    """
    return "/".join(map(str, path))


class Spots:
    """The blocks and cells of a document by their paths, and the way from a Place to a path and back."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.nodes: dict[Path, Block | Cell] = {}
        self.tables: dict[int, Path] = {}
        self._slots: dict[tuple[int, int, int], Path] = {}
        self._enter((), document.blocks)

    def _enter(self, container: Path, blocks: tuple[Block, ...]) -> None:
        for number, block in enumerate(blocks):
            path = (*container, number)
            self.nodes[path] = block
            if isinstance(block, Table):
                self.tables[block.index] = path
                for place, cell in enumerate(block.cells):
                    inner = (*path, place)
                    self.nodes[inner] = cell
                    self._slots[block.index, cell.row, cell.column] = inner
                    self._enter(inner, cell.blocks)

    def blocks(self, container: Path) -> tuple[Block, ...]:
        """What a container holds: the document for (), a cell else."""
        return self.cell(container).blocks if container else self.document.blocks

    def cell(self, path: Path) -> Cell:
        """The cell at the path."""
        found = self.nodes[path]
        assert isinstance(found, Cell)
        return found

    def table(self, path: Path) -> Table:
        """The table at the path."""
        found = self.nodes[path]
        assert isinstance(found, Table)
        return found

    def text(self, path: Path) -> str:
        """The text of the paragraph at the path."""
        found = self.nodes[path]
        assert isinstance(found, Paragraph)
        return found.text

    def slot(self, table: Path, cell: Cell) -> Path:
        """The path of a cell of this table."""
        return self._slots[self.table(table).index, cell.row, cell.column]

    def of(self, place: Place) -> Path | None:
        """The path of the paragraph at a place, of the cell where the place names no paragraph; None if nothing stands there."""
        if place.table is None:
            path: Path = (place.paragraph,) if place.paragraph is not None else ()
        else:
            cell = self._slots.get((place.table, place.row or 0, place.column or 0))
            if cell is None:
                return None
            path = cell if place.paragraph is None else (*cell, place.paragraph)
        return path if path in self.nodes else None

    def place(self, path: Path) -> Place:
        """The place of a block or a cell."""
        if len(path) % 2 == 0:
            table = self.table(path[:-1])
            return table.place(self.cell(path)) if path else Place()
        block = self.nodes[path]
        inside = self._inside(path[:-1])
        if isinstance(block, Paragraph):
            return inside._replace(paragraph=path[-1], line=block.line or None, page=block.page or None)
        return inside._replace(paragraph=path[-1])

    def _inside(self, container: Path) -> Place:
        if not container:
            return Place()
        table, cell = self.table(container[:-1]), self.cell(container)
        return Place(table=table.index, row=cell.row, column=cell.column, inside=table.inside)

    def paragraphs(self, path: Path) -> Iterator[Path]:
        """The written paragraphs at or below a path, in reading order."""
        node = self.nodes.get(path)
        if isinstance(node, Paragraph):
            if node.text.strip():
                yield path
        elif isinstance(node, Table):
            for number in range(len(node.cells)):
                yield from self.paragraphs((*path, number))
        else:
            for number in range(len(self.blocks(path))):
                yield from self.paragraphs((*path, number))
