"""The former document and the edits → the new document; what no edit touches is the same object, not a copy of it."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.carrying.edits import Edit, PutBlocks, PutColumns, PutRows, Splice
from pipeline.carrying.paths import Path
from pipeline.carrying.reshape import Shell, with_columns, with_rows
from schemas.blocks import Block, Cell, Document, Paragraph, Table
from schemas.place import Place

Made = dict[int, list[Path]]
"""The number of an edit → the nodes of the new document that it made or changed."""


def apply(document: Document, edits: Sequence[Edit]) -> tuple[Document, Made]:
    """All the edits carried out at once; they must not clash (see `edits.Claims`)."""
    work = _Work(edits)
    blocks = work.blocks((), (), document.blocks)
    return replace(document, blocks=_renumbered(blocks)), work.made


class _Work:
    def __init__(self, edits: Sequence[Edit]) -> None:
        self.at: dict[Path, list[int]] = {}
        self.edits = edits
        self.busy: set[Path] = set()
        self.made: Made = {number: [] for number in range(len(edits))}
        for number, edit in enumerate(edits):
            path = edit.paragraph if isinstance(edit, Splice) else edit.container if isinstance(edit, PutBlocks) else edit.table
            self.at.setdefault(path, []).append(number)
            self.busy.update(path[:n] for n in range(len(path) + 1))

    def blocks(self, old: Path, new: Path, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """The blocks of a container after the edits."""
        puts = [(number, edit) for number in self.at.get(old, ()) if isinstance(edit := self.edits[number], PutBlocks)]
        puts.sort(key=lambda put: (put[1].start, put[1].stop > put[1].start, put[1].order))
        removed = {n for _, put in puts for n in range(put.start, put.stop)}
        found: list[Block] = []
        for position in range(len(blocks) + 1):
            for number, put in puts:
                if put.start == position:
                    self.made[number].extend((*new, len(found) + n) for n in range(len(put.blocks)))
                    found.extend(put.blocks)
            if position < len(blocks) and position not in removed:
                found.append(self._block((*old, position), (*new, len(found)), blocks[position]))
        return tuple(found)

    def _block(self, old: Path, new: Path, block: Block) -> Block:
        if old not in self.busy:
            return block
        return self._paragraph(old, new, block) if isinstance(block, Paragraph) else self._table(old, new, block)

    def _paragraph(self, old: Path, new: Path, paragraph: Paragraph) -> Paragraph:
        splices = [(edit, number) for number in self.at[old] if isinstance(edit := self.edits[number], Splice)]
        text = paragraph.text
        for edit, number in sorted(splices, key=lambda splice: (splice[0].start, splice[0].end, splice[1]), reverse=True):
            text = text[: edit.start] + edit.text + text[edit.end :]
            self.made[number].append(new)
        return paragraph._replace(text=text)

    def _table(self, old: Path, new: Path, table: Table) -> Table:
        numbers = self.at.get(old, ())
        rows = [(number, edit) for number in numbers if isinstance(edit := self.edits[number], PutRows)]
        columns = [(number, edit) for number in numbers if isinstance(edit := self.edits[number], PutColumns)]
        shells = [Shell(cell, old=number) for number, cell in enumerate(table.cells)]
        puts = [number for number, _ in (*rows, *columns)]
        if rows:
            shells = with_rows(shells, [put for _, put in rows], len(table.grid))
        if columns:
            shells = with_columns(shells, [put for _, put in columns], table.width)
        cells: list[Cell] = []
        for place, shell in enumerate(shells):
            if shell.put is not None:
                self.made[puts[shell.put]].append((*new, place))
            cells.append(self._cell(old, (*new, place), shell))
        return replace(table, cells=tuple(cells))

    def _cell(self, table: Path, new: Path, shell: Shell) -> Cell:
        if shell.old is None or (path := (*table, shell.old)) not in self.busy:
            return shell.cell
        row, column, row_span, column_span, blocks, _ = shell.cell
        return Cell.of(row, column, row_span, column_span, self.blocks(path, new, blocks))


def _renumbered(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The tables counted anew in the order of the document; those that keep number and place stay as they are."""
    count = -1

    def in_container(blocks: tuple[Block, ...], inside: Place | None) -> tuple[Block, ...]:
        made = tuple(block if isinstance(block, Paragraph) else in_table(block, inside) for block in blocks)
        return blocks if all(one is other for one, other in zip(made, blocks, strict=True)) else made

    def in_table(table: Table, inside: Place | None) -> Table:
        nonlocal count
        count += 1
        index = count
        cells = []
        for cell in table.cells:
            here = Place(table=index, row=cell.row, column=cell.column, inside=inside)
            inner = in_container(cell.blocks, here)
            cells.append(cell if inner is cell.blocks else cell._replace(blocks=inner))
        same = all(one is other for one, other in zip(cells, table.cells, strict=True))
        if same and table.index == index and table.inside == inside:
            return table
        return Table(index=index, cells=tuple(cells), inside=inside)

    return in_container(blocks, None)
