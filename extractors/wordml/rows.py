"""The rows of a table of Word, read in one pass over its elements.

The pass writes the table down as one text with marks before its rows, cells and
paragraphs, which is then cut at them. Nearly all cells hold one paragraph and no
property; what the others have (spans, merges, nested tables) is kept beside the text
by the number of the cell, so that it costs only where it stands.

The marks are characters that XML does not allow, so no text of a file can hold them.
"""

from collections.abc import Callable
from itertools import islice
from typing import NamedTuple

from lxml import etree

from extractors.grid import LooseCell, LooseRow, Merge
from extractors.wordml.names import Names
from schemas.blocks import Block, Paragraph, Table

SIGNS = {"tab": "\t", "br": "\v", "cr": "\v", "ptab": "\t"}
_ROW, _CELL, _PARAGRAPH, _TABLE = "\1", "\2", "\3", "\4"
_UNMARKED = str.maketrans("", "", _ROW + _CELL + _PARAGRAPH + _TABLE)
_SPANNED = ("gridSpan", "vMerge", "hMerge")
_ENDS = ("gridBefore", "gridAfter")

Nested = Callable[[etree._Element, int, int], Table | None]
"""Reads a nested table, told the row and the column of the cell that holds it."""


class Found(NamedTuple):
    """The rows of a table, and the text in it that stands in none of its cells."""

    rows: list[LooseRow]
    stray: str


class _Beside:
    """What a row or a cell has besides its text."""

    __slots__ = ("after", "before", "sideways", "span", "tables", "vertical")

    def __init__(self) -> None:
        self.span, self.before, self.after = 1, 0, 0
        self.vertical: Merge = ""
        self.sideways = False
        self.tables: list[Table | None] = []


class _Written(NamedTuple):
    """A table as text with marks; what stands beside it, by the number of the row, and of the cell in the table."""

    pieces: list[str]
    rows: dict[int, _Beside]
    cells: dict[int, _Beside]


class Rows:
    """Reads the rows of the tables of a part."""

    def __init__(self, w: Names, widest: int) -> None:
        self._widest, self._w = widest, w
        self._t, self._p, self._tc, self._tr, self._tbl, self._r = map(w, ("t", "p", "tc", "tr", "tbl", "r"))
        self._grid_span, self._v_merge, self._h_merge = map(w, _SPANNED)
        self._before, self._after = map(w, _ENDS)
        self._signs = {w(key): sign for key, sign in SIGNS.items()}
        self._names = (self._t, self._p, self._tc, self._tr, self._tbl, *self._signs, *map(w, (*_SPANNED, *_ENDS)))

    def read(self, table: etree._Element, nested: Nested) -> Found:
        """The rows of a table; `nested` reads the tables that stand in its cells."""
        written = self._write(table, nested)
        before, *rows = "".join(written.pieces).split(_ROW)
        strays = [before]
        cut = _Cut(written.cells, strays)
        made: list[LooseRow] = []
        count = 0
        for number, row in enumerate(rows):
            outside, *texts = row.split(_CELL)
            cells = tuple(cut.cells(texts, count))
            count += len(texts)
            if outside:
                strays.append(outside)
            ends = written.rows.get(number)
            made.append(LooseRow(cells) if ends is None else LooseRow(cells, ends.before, ends.after))
        return Found(made, "".join(strays).translate(_UNMARKED))

    def _write(self, table: etree._Element, nested: Nested) -> _Written:
        pieces: list[str] = []
        written = _Written(pieces, {}, {})
        add, elements = pieces.append, table.iter(*self._names)
        next(elements)  # the table itself
        row = cell = first = -1  # `first` is the number of the row's first cell; cells before the first row are none
        column, last = 0, 0  # where the cell stands that held the last nested table
        for element in elements:
            tag = element.tag
            if tag == self._t:
                add(element.text or "")
            elif tag == self._tc:
                add(_CELL)
                cell += row >= 0
            elif tag == self._p:
                add(_PARAGRAPH)
            elif tag == self._tr:
                add(_ROW)
                row, first = row + 1, cell + 1
                column, last = -1, first
            elif tag in self._signs:
                if _tag_of_parent(element) == self._r:  # tab stops are called «tab» too
                    add(self._signs[tag])
            elif tag != self._tbl:
                self._property(element, written, row, cell if cell >= first else -1)
            elif cell < first or row < 0:  # a table between the cells: nobody sees it
                continue
            else:
                if column < 0:
                    column = written.rows[row].before if row in written.rows else 0
                column += sum(written.cells[at].span if at in written.cells else 1 for at in range(last, cell))
                last = cell
                add(_PARAGRAPH + _TABLE)
                written.cells.setdefault(cell, _Beside()).tables.append(nested(element, row, column))
                _skip(elements, element, self._names)
        return written

    def _property(self, element: etree._Element, written: _Written, row: int, cell: int) -> None:
        """A span or a merge of a cell, or the slots that a row leaves out; outside of them it says nothing."""
        tag, value = element.tag, element.get(self._w.val)
        if tag in (self._before, self._after):
            slots = min(_number(value), self._widest)
            ends = written.rows.setdefault(row, _Beside())
            setattr(ends, "before" if tag == self._before else "after", slots)
            return
        if cell < 0:
            return
        beside = written.cells.setdefault(cell, _Beside())
        if tag == self._grid_span:
            beside.span = min(max(1, _number(value)), self._widest)
        elif tag == self._v_merge:
            beside.vertical = "start" if value == "restart" else "continue"
        else:
            beside.sideways = value != "restart"


def _skip(elements: "etree.ElementDepthFirstIterator[etree._Element]", element: etree._Element, names: tuple[str, ...]) -> None:
    """Go on behind everything that stands in an element."""
    inside = sum(1 for _ in element.iterdescendants(*names))
    for _ in islice(elements, inside):
        pass


class _Cut:
    """Cuts the texts of cells into blocks; a text that comes again (blanks, «0,0») is cut once."""

    def __init__(self, besides: dict[int, _Beside], strays: list[str]) -> None:
        self._besides, self._strays = besides, strays
        self._known: dict[str, LooseCell] = {}

    def cells(self, texts: list[str], first: int) -> list[LooseCell]:
        """The cells of a row; `first` is the number of its first cell in the table."""
        cells: list[LooseCell] = []
        besides, known = self._besides, self._known
        for number, text in enumerate(texts, first):
            if number in besides:
                self._special(text, besides[number], cells)
            elif text in known:
                cells.append(known[text])
            else:
                cells.append(self._plain(text))
        return cells

    def _plain(self, text: str) -> LooseCell:
        cell: LooseCell = (tuple(map(Paragraph.of, self._paragraphs(text))), 1, "")
        if text.startswith(_PARAGRAPH):  # nothing in it is told apart
            self._known[text] = cell
        return cell

    def _special(self, text: str, beside: _Beside, cells: list[LooseCell]) -> None:
        known = None if beside.tables else self._known.get(text)
        blocks = known[0] if known else _blocks(self._paragraphs(text), beside.tables)
        if beside.sideways and cells:  # merged sideways, as old files have it: it only widens the cell before it
            before, span, merge = cells.pop()
            cells.append((_together(before, blocks), span + beside.span, merge))
        else:
            cells.append((blocks, beside.span, beside.vertical))

    def _paragraphs(self, text: str) -> list[str]:
        outside, *paragraphs = text.split(_PARAGRAPH)
        if outside:
            self._strays.append(outside)
        return paragraphs


def _blocks(paragraphs: list[str], tables: list[Table | None]) -> tuple[Block, ...]:
    """Paragraphs and tables of a cell, in order."""
    blocks: list[Block] = []
    left = iter(tables)
    for text in paragraphs:
        if not text.startswith(_TABLE):
            blocks.append(Paragraph.of(text))
            continue
        if (table := next(left)) is not None:
            blocks.append(table)
        if behind := text[1:]:  # text behind a table and outside any paragraph
            blocks.append(Paragraph.of(behind))
    return tuple(blocks)


def _together(blocks: tuple[Block, ...], more: tuple[Block, ...]) -> tuple[Block, ...]:
    """The contents of two cells merged sideways; of the second only what is written."""
    return blocks + tuple(block for block in more if not isinstance(block, Paragraph) or block.text)


def _tag_of_parent(element: etree._Element) -> str:
    parent = element.getparent()
    return "" if parent is None else str(parent.tag)


def _number(value: str | None) -> int:
    """A count from an attribute; nonsense counts as nothing."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else 0
