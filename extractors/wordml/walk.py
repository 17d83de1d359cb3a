"""The tree of what a person sees → paragraphs and tables.

Elements that are neither paragraph, table, row nor cell (content controls, insertions,
smart tags, links, what programs of tomorrow may add) are looked through.

Norm: ECMA-376 part 1, 17.4.17 gridSpan, 17.4.85 vMerge, 17.4.15 gridBefore, 17.4.14 gridAfter,
17.4.22 hMerge.
"""

from collections.abc import Iterator

from lxml import etree

from extractors import errors
from extractors.grid import lay, width_of
from extractors.options import Limits
from extractors.wordml.names import Names
from extractors.wordml.rows import SIGNS, Rows, skip
from schemas.blocks import Block, Paragraph, Table, Unread
from schemas.place import Place

_OUTSIDE = "текст таблицы вне её клеток"
_HIDDEN = "текст в клетке, скрытой вертикальным объединением"

# The cell that holds a nested table: its table, row and column, and where that table stands.
_Holder = tuple[int, int, int, Place | None]


class Walk:
    """One walk through one part; counts its tables and gathers what it could not place."""

    def __init__(self, w: Names, limits: Limits) -> None:
        self.unread: list[Unread] = []
        self._limits = limits
        self._tables = 0
        self._p, self._tbl, self._tr, self._t, self._r = map(w, ("p", "tbl", "tr", "t", "r"))
        self._signs = {w(key): sign for key, sign in SIGNS.items()}
        self._texts = (self._t, *self._signs)
        self._rows = Rows(w, limits.span)

    def blocks(self, parent: etree._Element) -> Iterator[Block]:
        """Paragraphs and tables of a body or a note, in order."""
        for child in parent:
            tag = child.tag
            if tag == self._p:
                yield from self._paragraph(child)
            elif tag == self._tbl:
                if (table := self._table(child, None)) is not None:
                    yield table
            elif len(child):
                yield from self.blocks(child)
            elif tag in self._texts and child.text and tag == self._t:
                yield Paragraph(child.text)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Block]:
        """A paragraph; a table in the middle of it, as no program writes but a file may hold, parts it in two."""
        parts: list[str] = []
        found = False
        elements = paragraph.iter(*self._texts, self._tbl)
        for element in elements:
            tag = element.tag
            if tag == self._t:
                parts.append(element.text or "")
            elif tag == self._tbl:
                if text := "".join(parts):
                    yield Paragraph(text)
                parts, found = [], True
                if (table := self._table(element, None)) is not None:
                    yield table
                skip(elements, element, (*self._texts, self._tbl))
            elif (run := element.getparent()) is not None and run.tag == self._r:  # tab stops are called «tab» too
                parts.append(self._signs[tag])
        if (text := "".join(parts)) or not found:
            yield Paragraph(text)

    def _table(self, table: etree._Element, holder: _Holder | None) -> Table | None:
        """The table; None for one without a row, which nobody sees."""
        if next(table.iterdescendants(self._tr), None) is None:
            if text := "".join(found.text or "" for found in table.iter(self._t)):
                self.unread.append(Unread(place=Place(), text=text, reason=_OUTSIDE))
            return None
        index, self._tables = self._tables, self._tables + 1
        inside = Place(table=holder[0], row=holder[1], column=holder[2], inside=holder[3]) if holder else None
        self._limit_depth(inside)
        rows, stray = self._rows.read(table, lambda nested, row, column: self._table(nested, (index, row, column, inside)))
        width = width_of(rows)
        if len(rows) > self._limits.rows or len(rows) * width > self._limits.table_slots:
            raise errors.TooLarge(detail="limits.rows, limits.table_slots")
        cells, hidden = lay(rows, width)
        made = Table(index, cells, inside)
        if stray:
            self.unread.append(Unread(place=Place(table=index, inside=inside), text=stray, reason=_OUTSIDE))
        for cell in hidden:
            self.unread.append(Unread(place=made.place(cell), text=cell.text, reason=_HIDDEN))
        return made

    def _limit_depth(self, inside: Place | None) -> None:
        depth = 0
        while inside is not None:
            depth, inside = depth + 1, inside.inside
        if depth > self._limits.nesting:
            raise errors.TooLarge(detail="limits.nesting")
