"""The rows of a table of Word, read in one pass over its elements.

The pass writes the table down as one text with marks before its rows, cells and
paragraphs and for the spans and merges of its cells, which is then cut at them. Most
cells say what another one has said (a blank, «0,0», the rest of a merge), so each
text is made into a cell once. Only nested tables are kept beside the text.

The marks are characters that XML does not allow, so no text of a file can hold them.
"""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

import regex
from lxml import etree

from extractors.grid import LooseCell, LooseRow, Merge
from extractors.wordml.names import Names
from schemas.blocks import Block, Paragraph, Table

SIGNS = {"tab": "\t", "br": "\v", "cr": "\v", "ptab": "\t"}
_ROW, _CELL, _PARAGRAPH, _TABLE = "\1", "\2", "\3", "\4"
_START, _CONTINUE, _SPAN, _SIDEWAYS, _UPRIGHT = "\5", "\6", "\7", "\x0e", "\x0f"
_PROPERTY = regex.compile("[\5\6\x0e\x0f]|\7[0-9]++\7")
_MARK = regex.compile("[\1-\6\x0e\x0f]|\7[0-9]++\7")

Nested = Callable[[etree._Element, int, int], Table | None]
"""Reads a nested table, told the row and the column of the cell that holds it."""


class Found(NamedTuple):
    """The rows of a table, and the text in it that stands in none of its cells."""

    rows: list[LooseRow]
    stray: str


class _Written:
    """A table as text with marks, and what stands beside it: the slots that rows leave out, by their number, and nested tables."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.before: dict[int, int] = {}
        self.after: dict[int, int] = {}
        self.tables: list[Table | None] = []


class Rows:
    """Reads the rows of the tables of a part."""

    def __init__(self, w: Names, widest: int) -> None:
        self._widest, self._w = widest, w
        self._t, self._p, self._tc, self._tr, self._tbl, self._r = map(w, ("t", "p", "tc", "tr", "tbl", "r"))
        self._grid_span, self._v_merge, self._h_merge = map(w, ("gridSpan", "vMerge", "hMerge"))
        self._before, self._after = map(w, ("gridBefore", "gridAfter"))
        self._signs = {w(key): sign for key, sign in SIGNS.items()}
        self._names = (
            self._t, self._p, self._tc, self._tr, self._tbl, self._grid_span, self._v_merge, self._h_merge,
            self._before, self._after, *self._signs,
        )  # fmt: skip

    def read(self, table: etree._Element, nested: Nested) -> Found:
        """The rows of a table; `nested` reads the tables that stand in its cells."""
        written = self._write(table, nested)
        before, *rows = "".join(written.pieces).split(_ROW)
        cut = _Cut(written.tables, before)
        made = list(map(cut.row, rows))
        for number in written.before.keys() | written.after.keys():
            if number >= 0:
                made[number] = LooseRow(made[number].cells, written.before.get(number, 0), written.after.get(number, 0))
        return Found(made, cut.stray())

    def _write(self, table: etree._Element, nested: Nested) -> _Written:
        t, p, tc, tr, tbl, v_merge, val = self._t, self._p, self._tc, self._tr, self._tbl, self._v_merge, self._w.val
        written = _Written()
        add, elements = written.pieces.append, table.iter(*self._names)
        next(elements)  # the table itself
        row = cell = first = -1  # `first` is the number of the row's first cell
        column, last = 0, 0  # where the cell stands that held the last nested table
        spans: dict[int, int] = {}
        for element in elements:
            tag = element.tag
            if tag == p:
                add(_PARAGRAPH)
            elif tag == tc:
                add(_CELL)
                cell += 1
            elif tag == t:
                add(element.text or "")
            elif tag == v_merge:
                add(_START if element.get(val) == "restart" else _CONTINUE)
            elif tag == tr:
                add(_ROW)
                row, first = row + 1, cell + 1
                column, last = -1, first
            elif tag != tbl:
                self._rarer(element, tag, written, row, cell, spans)
            elif cell >= first and row >= 0:  # one between the cells nobody sees
                if column < 0:
                    column = written.before.get(row, 0)
                column += sum(spans.get(at, 1) for at in range(last, cell))
                last = cell
                add(_PARAGRAPH + _TABLE)
                written.tables.append(nested(element, row, column))
                skip(elements, element, self._names)
        return written

    def _rarer(self, element: etree._Element, tag: str, written: _Written, row: int, cell: int, spans: dict[int, int]) -> None:
        """Signs in the text, spans and old merges of a cell, the slots that a row leaves out."""
        if tag in self._signs:
            if _tag_of_parent(element) == self._r:  # tab stops are called «tab» too
                written.pieces.append(self._signs[tag])
            return
        value = element.get(self._w.val)
        if tag == self._grid_span:
            spans[cell] = min(max(1, _number(value)), self._widest)
            written.pieces.append(f"{_SPAN}{spans[cell]}{_SPAN}")
        elif tag == self._h_merge:
            written.pieces.append(_UPRIGHT if value == "restart" else _SIDEWAYS)
        else:
            (written.before if tag == self._before else written.after)[row] = min(_number(value), self._widest)


def skip(elements: "etree.ElementDepthFirstIterator[etree._Element]", element: etree._Element, names: tuple[str, ...]) -> None:
    """Go on behind everything that stands in an element."""
    inside = sum(1 for _ in element.iterdescendants(*names))
    for _ in islice(elements, inside):
        pass


class _Cut:
    """Cuts the text of a table into rows, cells and blocks; the text of a cell that comes again is cut once."""

    def __init__(self, tables: list[Table | None], before: str) -> None:
        self._tables, self._strays = iter(tables), [before]
        self._known: dict[str, LooseCell] = {}

    def row(self, text: str) -> LooseRow:
        """The row that stands behind its mark."""
        outside, *texts = text.split(_CELL)
        known = self._known
        cells = [known.get(cell) or self._cell(cell) for cell in texts]
        if _SIDEWAYS in text:
            cells = _widened(cells, texts)
        if outside:
            self._strays.append(outside)
        return LooseRow(tuple(cells))

    def stray(self) -> str:
        """The text that stood in none of the cells."""
        return _MARK.sub("", "".join(self._strays))

    def _cell(self, text: str) -> LooseCell:
        properties = _PROPERTY.findall(text) if _has_property(text) else []
        outside, *paragraphs = (_PROPERTY.sub("", text) if properties else text).split(_PARAGRAPH)
        blocks = _blocks(paragraphs, self._tables) if _TABLE in text else tuple(map(Paragraph.of, paragraphs))
        span, merge = _stated(properties)
        cell: LooseCell = (blocks, span, merge)
        if outside:
            self._strays.append(outside)
        elif _TABLE not in text:
            self._known[text] = cell
        return cell


def _has_property(text: str) -> bool:
    return _START in text or _CONTINUE in text or _SPAN in text or _SIDEWAYS in text or _UPRIGHT in text


def _stated(properties: list[str]) -> tuple[int, Merge]:
    """The width of a cell and its part in a vertical merge; of several that are stated the last one holds."""
    span = 1
    merge: Merge = ""
    for mark in properties:
        if mark.startswith(_SPAN):
            span = int(mark[1:-1])
        elif mark in (_START, _CONTINUE):
            merge = "start" if mark == _START else "continue"
    return span, merge


def _widened(cells: list[LooseCell], texts: list[str]) -> list[LooseCell]:
    """The cells of a row, those merged sideways as old files have it: such a cell only widens the one before it."""
    made: list[LooseCell] = []
    for cell, text in zip(cells, texts, strict=True):
        if made and text.rfind(_SIDEWAYS) > text.rfind(_UPRIGHT):
            (before, width, merge), (blocks, span, _) = made.pop(), cell
            cell = (_together(before, blocks), width + span, merge)
        made.append(cell)
    return made


def _blocks(paragraphs: list[str], tables: Iterator[Table | None]) -> tuple[Block, ...]:
    """Paragraphs and tables of a cell, in order."""
    blocks: list[Block] = []
    for text in paragraphs:
        if not text.startswith(_TABLE):
            blocks.append(Paragraph.of(text))
            continue
        if (table := next(tables)) is not None:
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
