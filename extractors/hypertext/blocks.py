"""What was found in a page → blocks: cells on their grids, tables numbered in the order of the page."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from extractors.hypertext import spans
from extractors.hypertext.flow import Flow, Item, Lines, OpenTable
from extractors.hypertext.spans import Slot, Spanned
from extractors.options import Limits
from extractors.plaintext import frames, plain, ruled
from schemas.blocks import Aside, Block, Cell, LeftOut, Paragraph, Table, Unread
from schemas.place import Place


class Build:
    """Makes blocks of a page's items; gathers what is none of them."""

    def __init__(self, limits: Limits) -> None:
        self.unread: list[Unread] = []
        self.aside: list[Aside] = []
        self.left_out: list[LeftOut] = []
        self._limits, self._tables = limits, 0

    def blocks(self, items: Iterable[Item], inside: Place | None = None) -> Iterator[Block]:
        """The blocks of a page or a cell."""
        for plain_text, group in groupby(items, lambda item: isinstance(item, Paragraph)):
            if plain_text:
                yield from self._paragraphs([item for item in group if isinstance(item, Paragraph)], inside)
                continue
            for item in group:
                if isinstance(item, OpenTable):
                    yield self._table(item, inside)
                elif isinstance(item, Lines):
                    yield from self._lines(item.lines, inside)

    def _paragraphs(self, items: list[Paragraph], inside: Place | None) -> Iterator[Block]:
        """Paragraphs; where each is a line of a drawn table, that table."""
        if not any(frames.has_upright(item.text) for item in items):
            yield from items
            return
        done = 0
        for region in [*ruled.regions([item.text for item in items]), range(len(items), len(items))]:
            yield from items[done : region.start]
            done = region.stop
            if region:
                yield from self._lines([item.text for item in items[region.start : region.stop]], inside)

    def _lines(self, lines: Iterable[str], inside: Place | None) -> Iterator[Block]:
        lines = list(lines)
        found = plain.blocks(lines, [0] * len(lines), self._tables, self._limits)
        self._tables += found.tables
        self.unread.extend(found.unread)
        self.aside.extend(found.aside)
        self.left_out.extend(found.left_out)
        for block in found.blocks:
            yield replace(block, inside=inside) if isinstance(block, Table) else block

    def _table(self, table: OpenTable, inside: Place | None) -> Table:
        index, self._tables = self._tables, self._tables + 1
        groups = table.groups()
        rows = [row for group in groups for row in group]
        ends: list[int] = []
        for group in groups:
            ends.extend([len(ends) + len(group)] * len(group))
        placed = spans.place([[Spanned(cell.rows, cell.columns) for cell in row] for row in rows], ends, self._limits)
        cells: list[Cell] = []
        for row, slots in zip(filter(None, rows), placed, strict=True):
            for open_cell, slot in zip(row, slots, strict=True):
                holder = Place(table=index, row=slot.row, column=slot.column, inside=inside)
                cells.append(Cell.of(*slot, tuple(self.blocks(open_cell.flow.items, holder))))
        cells.extend(Cell.of(*slot, ()) for slot in _gaps(placed))
        return Table(index, tuple(sorted(cells, key=lambda cell: cell[:2])), inside)


def _gaps(placed: list[list[Slot]]) -> Iterator[Slot]:
    """The slots that no cell covers."""
    width = max((slot.column + slot.columns for row in placed for slot in row), default=0)
    free = [bytearray(b"\x01" * width) for _ in placed]
    for slot in (slot for row in placed for slot in row):
        for row in free[slot.row : slot.row + slot.rows]:
            row[slot.column : slot.column + slot.columns] = bytes(slot.columns)
    for number, row in enumerate(free):
        start = row.find(1)
        while start >= 0:
            stop = row.find(0, start)
            stop = width if stop < 0 else stop
            yield Slot(number, start, 1, stop - start)
            start = row.find(1, stop)


def text(items: Iterable[Item]) -> str:
    """All text of items, without their form."""
    return "\n".join(filter(None, (_one(item) for item in items)))


def _one(item: Item) -> str:
    if isinstance(item, Paragraph):
        return item.text
    if isinstance(item, Lines):
        return "\n".join(line for line in item.lines if line.strip())
    flows: list[Flow] = [cell.flow for cell in item.cells()]
    return "\n".join(filter(None, (text(flow.items) for flow in flows)))
