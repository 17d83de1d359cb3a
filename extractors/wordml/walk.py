"""The tree of what a person sees → paragraphs and tables.

Elements that are neither paragraph, table, row nor cell (content controls, insertions,
smart tags, links, what programs of tomorrow may add) are looked through.

Norm: ECMA-376 part 1, 17.4.17 gridSpan, 17.4.85 vMerge, 17.4.15 gridBefore, 17.4.14 gridAfter,
17.4.22 hMerge.
"""

from collections.abc import Iterator

from lxml import etree

from extractors import errors
from extractors.grid import LooseCell, LooseRow, Merge, lay
from extractors.options import Limits
from extractors.wordml.names import Names
from schemas.blocks import Block, Paragraph, Table, Unread
from schemas.place import Place

_SIGNS = {"tab": "\t", "br": "\v", "cr": "\v", "ptab": "\t"}
_OUTSIDE = "текст таблицы вне её клеток"
_SPANNED = ("gridSpan", "vMerge", "hMerge")
_ENDS = ("gridBefore", "gridAfter")

# The cell that holds a nested table: its table, row and column, and where that table stands.
_Holder = tuple[int, int, int, Place | None]


class Walk:
    """One walk through one part; counts its tables and gathers what it could not place."""

    def __init__(self, w: Names, limits: Limits) -> None:
        self.unread: list[Unread] = []
        self._limits = limits
        self._tables = 0
        self._w = w
        self._p, self._tbl, self._tr, self._tc, self._t, self._r = map(w, ("p", "tbl", "tr", "tc", "t", "r"))
        self._grid_span, self._v_merge, self._h_merge = map(w, _SPANNED)
        self._before, self._after = map(w, _ENDS)
        self._signs = {w(key): sign for key, sign in _SIGNS.items()}
        self._texts = (self._t, *self._signs)
        self._flat = (*self._texts, self._p, self._tc, self._tr, *map(w, (*_SPANNED, *_ENDS)))
        self._row_pr, self._cell_pr = map(w, ("trPr", "tcPr"))

    def blocks(self, parent: etree._Element, holder: _Holder | None = None) -> Iterator[Block]:
        """Paragraphs and tables of a body or a cell, in order."""
        for child in parent:
            tag = child.tag
            if tag == self._p:
                yield Paragraph(self._text(child))
            elif tag == self._tbl:
                if (table := self._table(child, holder)) is not None:
                    yield table
            elif len(child):
                yield from self.blocks(child, holder)
            elif tag in self._texts and child.text and tag == self._t:
                yield Paragraph(child.text)

    def _text(self, paragraph: etree._Element) -> str:
        parts: list[str] = []
        for element in paragraph.iter(*self._texts):
            tag = element.tag
            if tag == self._t:
                parts.append(element.text or "")
            elif _tag_of_parent(element) == self._r:  # tab stops are called «tab» too
                parts.append(self._signs[tag])
        return "".join(parts)

    def _table(self, table: etree._Element, holder: _Holder | None) -> Table | None:
        """The table; None for one without a row, which nobody sees."""
        nested = next(table.iterdescendants(self._tbl), None) is not None
        if not nested and next(table.iterdescendants(self._tr), None) is None:
            if text := "".join(found.text or "" for found in table.iter(self._t)):
                self.unread.append(Unread(place=Place(), text=text, reason=_OUTSIDE))
            return None
        index, self._tables = self._tables, self._tables + 1
        inside = Place(table=holder[0], row=holder[1], column=holder[2], inside=holder[3]) if holder else None
        self._limit_depth(inside)
        stray = _OpenCell()
        if nested:
            rows = [self._row(row, index, number, inside, stray) for number, row in enumerate(self._found(table, self._tr, stray))]
        else:
            rows = self._flat_rows(table, stray)
        if len(rows) > self._limits.rows or len(rows) * max((row.width() for row in rows), default=0) > self._limits.table_slots:
            raise errors.TooLarge(detail="limits.rows, limits.table_slots")
        cells, hidden = lay(rows)
        made = Table(index, cells, inside)
        if text := "".join("".join(parts) for parts in stray.paragraphs):
            self.unread.append(Unread(place=Place(table=index, inside=inside), text=text, reason=_OUTSIDE))
        for cell in hidden:
            if cell.text:
                reason = "текст в клетке, скрытой вертикальным объединением"
                self.unread.append(Unread(place=made.place(cell), text=cell.text, reason=reason))
        return made

    def _limit_depth(self, inside: Place | None) -> None:
        depth = 0
        while inside is not None:
            depth, inside = depth + 1, inside.inside
        if depth > self._limits.nesting:
            raise errors.TooLarge(detail="limits.nesting")

    def _flat_rows(self, table: etree._Element, stray: "_OpenCell") -> list[LooseRow]:
        """The rows of a table that holds no other, in one pass over its elements.

        Nearly all tables are of this kind, and the pass costs half of the walk from element
        to element that the others need; a test holds both to the same result.
        """
        rows: list[_OpenRow] = []
        row = _OpenRow()  # cells before the first row
        cell = stray
        parts = loose = list[str]()  # text outside any paragraph
        for element in table.iter(*self._flat):
            tag = element.tag
            if tag == self._t:
                parts.append(element.text or "")
            elif tag == self._p:
                cell.paragraphs.append(parts := [])
            elif tag == self._tc:
                cell, parts = _OpenCell() if rows else stray, loose
                row.cells.append(cell)
            elif tag == self._tr:
                row, cell, parts = _OpenRow(), stray, loose
                rows.append(row)
            elif tag in self._signs:
                if _tag_of_parent(element) == self._r:
                    parts.append(self._signs[tag])
            else:
                self._property(element, row, cell)
        stray.paragraphs.append(loose)
        return [row.closed() for row in rows]

    def _property(self, element: etree._Element, row: "_OpenRow", cell: "_OpenCell") -> None:
        """A span or a merge of a cell, or the slots that a row leaves out."""
        tag, value = element.tag, element.get(self._w.val)
        if tag == self._grid_span:
            cell.span = min(max(1, _number(value)), self._limits.span)
        elif tag == self._v_merge:
            cell.vertical = "start" if value == "restart" else "continue"
        elif tag == self._h_merge:
            cell.sideways = value != "restart"
        elif tag == self._before:
            row.before = min(_number(value), self._limits.span)
        elif tag == self._after:
            row.after = min(_number(value), self._limits.span)

    def _found(self, parent: etree._Element, name: str, stray: "_OpenCell") -> Iterator[etree._Element]:
        """The rows of a table, or the cells of a row, whatever stands around them, but no other table's."""
        for child in parent:
            if child.tag == name:
                yield child
            elif child.tag == self._p:
                stray.paragraphs.append([self._text(child)])
            elif child.tag != self._tbl and len(child):
                yield from self._found(child, name, stray)

    def _row(self, element: etree._Element, table: int, number: int, inside: Place | None, stray: "_OpenCell") -> LooseRow:
        row = _OpenRow()
        for properties in element.iterchildren(self._row_pr):
            for child in properties:
                self._property(child, row, _OpenCell())
        column = row.before
        for child in self._found(element, self._tc, stray):
            cell = _OpenCell()
            for properties in child.iterchildren(self._cell_pr):
                for found in properties:
                    self._property(found, row, cell)
            cell.blocks = list(self.blocks(child, (table, number, column, inside)))
            row.cells.append(cell)
            column += cell.span
        return row.closed()


class _OpenCell:
    """A cell that is still being read: its paragraphs in pieces, or its blocks, and its spans."""

    __slots__ = ("blocks", "paragraphs", "sideways", "span", "vertical")

    def __init__(self) -> None:
        self.paragraphs: list[list[str]] = []
        self.blocks: list[Block] | None = None
        self.span, self.sideways = 1, False
        self.vertical: Merge = ""

    def closed(self) -> LooseCell:
        blocks = [Paragraph("".join(parts)) for parts in self.paragraphs] if self.blocks is None else self.blocks
        return tuple(blocks), self.span, self.vertical


class _OpenRow:
    """A row that is still being read."""

    __slots__ = ("after", "before", "cells")

    def __init__(self) -> None:
        self.cells: list[_OpenCell] = []
        self.before = self.after = 0

    def closed(self) -> LooseRow:
        cells: list[LooseCell] = []
        for open_cell in self.cells:
            cell = open_cell.closed()
            if open_cell.sideways and cells:  # merged sideways, as old files have it: it only widens the cell before it
                blocks, span, merge = cells.pop()
                cell = (_together(blocks, cell[0]), span + cell[1], merge)
            cells.append(cell)
        return LooseRow(tuple(cells), self.before, self.after)


def _together(blocks: tuple[Block, ...], more: tuple[Block, ...]) -> tuple[Block, ...]:
    """The contents of two cells merged sideways; of the second only what is written."""
    return blocks + tuple(block for block in more if not isinstance(block, Paragraph) or block.text)


def _tag_of_parent(element: etree._Element) -> str:
    parent = element.getparent()
    return "" if parent is None else str(parent.tag)


def _number(value: str | None) -> int:
    """A count from an attribute; nonsense counts as nothing."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else 0
