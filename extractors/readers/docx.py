"""Word documents: WordprocessingML read by lxml straight from the package.

The walk knows three kinds of elements: those it reads, those it looks through
(content controls, insertions, smart tags, hyperlinks, fields), and those a person
does not see in the final text (deletions, field codes, properties). Both the
transitional and the strict namespace are read; names are made from the root's own.

Norm: ECMA-376 part 1, 17.4.17 gridSpan, 17.4.85 vMerge, 17.4.15 gridBefore, 17.4.14 gridAfter.
"""

import io
import lzma
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from extractors import errors
from extractors.grid import LooseCell, LooseRow, Merge, lay
from extractors.options import Options
from extractors.package import open_document
from extractors.reader import Reader
from schemas.blocks import Block, Document, Paragraph, Table, Unread
from schemas.place import Place

_MAX_SLOTS = 5_000_000  # of one table: a hundred thousand rows of fifty columns
_MAX_UNPACKED = 512 * 2**20
_OFFICE_DOCUMENT = "/officeDocument"
_SEEN_THROUGH = (
    "ins", "moveTo", "smartTag", "hyperlink", "fldSimple", "customXml", "sdt", "sdtContent", "dir", "bdo", "ruby", "rubyBase",
)  # fmt: skip
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError,
    OSError, NotImplementedError, RuntimeError, ValueError, OverflowError,
)  # fmt: skip

# What makes a table more than rows of plain cells: things that nest, and things a person does not see.
_BRANCHING = ("tbl", "txbxContent", "del", "moveFrom", "rt", "object", "pict", "drawing")
_BRANCHING_ELSEWHERE = ("{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent",)

_Spans = tuple[int, Merge, bool]
"""The width of a cell in slots, its part in a vertical merge, whether it is merged into the cell before it."""

# The cell that holds a nested table: its table, row and column, and where that table stands.
_Holder = tuple[int, int, int, Place | None]


def recognises(data: bytes) -> bool:
    """A zip archive: whether it is a Word file is for `read` to say, with its own advice."""
    return data.startswith(b"PK") and not open_document(data)


def read(data: bytes, options: Options) -> Document:  # noqa: ARG001
    """The package's main document as blocks; raises NotWord, Damaged or TooLarge."""
    root = parse(main_part(data))
    body = next((child for child in root if _local(child) == "body"), None)
    if body is None:
        raise errors.NotWord
    walk = _Walk(root.tag.partition("}")[0] + "}")
    try:
        blocks = tuple(walk.blocks(body))
    except RecursionError:
        raise errors.Damaged from None
    return Document("docx", blocks, tuple(walk.unread))


def main_part(data: bytes) -> bytes:
    """The XML of the main document, found through the package's relationships."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            name = _main_name(package)
            if package.getinfo(name).file_size > _MAX_UNPACKED:
                raise errors.TooLarge
            return package.read(name)
    except _BROKEN:
        raise errors.Damaged from None
    except KeyError:
        raise errors.NotWord from None


def _main_name(package: zipfile.ZipFile) -> str:
    for relation in parse(package.read("_rels/.rels")):
        if (relation.get("Type") or "").endswith(_OFFICE_DOCUMENT):
            return posixpath.normpath((relation.get("Target") or "").lstrip("/"))
    raise errors.NotWord


def parse(xml: bytes) -> etree._Element:
    """XML without entities, network or unbounded depth."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError:
        raise errors.Damaged from None
    return root


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


class _Walk:
    """One walk through one document; counts its tables and gathers what it could not place."""

    def __init__(self, namespace: str) -> None:
        self.unread: list[Unread] = []
        self._tables = 0
        name = namespace.__add__
        self._p, self._tbl, self._tr, self._tc, self._t, self._r = map(name, ("p", "tbl", "tr", "tc", "t", "r"))
        self._tc_pr, self._tr_pr = name("tcPr"), name("trPr")
        self._grid_span, self._v_merge, self._h_merge = name("gridSpan"), name("vMerge"), name("hMerge")
        self._before, self._after, self._val = name("gridBefore"), name("gridAfter"), name("val")
        self._flat = (
            self._t, self._p, self._tc, self._tr, self._grid_span, self._v_merge, self._h_merge, self._before, self._after,
            *map(name, _SIGNS),
        )  # fmt: skip
        self._branching = (*map(name, _BRANCHING), *_BRANCHING_ELSEWHERE)
        self._through = frozenset(map(name, _SEEN_THROUGH))
        self._signs = {name(key): sign for key, sign in _SIGNS.items()}

    def blocks(self, parent: etree._Element, holder: _Holder | None = None) -> Iterator[Block]:
        """Paragraphs and tables of a body or a cell, in order."""
        for child in parent:
            tag = child.tag
            if tag == self._p:
                yield Paragraph(self._text(child))
            elif tag == self._tbl:
                yield self._table(child, holder)
            elif tag in self._through:
                yield from self.blocks(child, holder)

    def _text(self, paragraph: etree._Element) -> str:
        """The text of a paragraph; a run of plain text, which nearly all are, is taken without recursion."""
        parts: list[str] = []
        for child in paragraph:
            tag = child.tag
            if tag == self._r:
                for inner in child:
                    tag = inner.tag
                    if tag == self._t:
                        parts.append(inner.text or "")
                    elif tag in self._signs:
                        parts.append(self._signs[tag])
            elif tag in self._through:
                parts.append(self._text(child))
        return "".join(parts)

    def _table(self, table: etree._Element, holder: _Holder | None) -> Table:
        index, self._tables = self._tables, self._tables + 1
        inside = Place(table=holder[0], row=holder[1], column=holder[2], inside=holder[3]) if holder else None
        if next(table.iterdescendants(*self._branching), None) is None:
            rows = self._flat_rows(table)
        else:
            rows = [self._row(row, index, number, inside) for number, row in enumerate(self._rows(table))]
        if len(rows) * max((row.width() for row in rows), default=0) > _MAX_SLOTS:
            raise errors.TooLarge
        cells, hidden = lay(rows)
        made = Table(index, cells, inside)
        for cell in hidden:
            if cell.text:
                reason = "текст в клетке, скрытой вертикальным объединением"
                self.unread.append(Unread(place=made.place(cell), text=cell.text, reason=reason))
        return made

    def _flat_rows(self, table: etree._Element) -> list[LooseRow]:
        """The rows of a table that nests and hides nothing, in one pass over its elements.

        Nearly all tables are of this kind, and the pass costs half of the walk from element
        to element that the others need; a test holds both to the same result.
        """
        rows: list[_OpenRow] = []
        cell = _OpenCell()
        parts: list[str] = []
        for element in table.iter(*self._flat):
            tag = element.tag
            if tag == self._t:
                parts.append(element.text or "")
            elif tag == self._p:
                cell.paragraphs.append(parts := [])
            elif tag == self._tc:
                cell = _OpenCell()
                if rows:
                    rows[-1].cells.append(cell)
            elif tag == self._tr:
                rows.append(_OpenRow())
            elif tag in self._signs:
                if _tag_of_parent(element) == self._r:  # tab stops are called «tab» too
                    parts.append(self._signs[tag])
            elif tag in (self._before, self._after):
                if rows:
                    rows[-1].ends[tag] = _number(element.get(self._val))
            else:
                cell.merge(*self._spanned(element, (cell.span, cell.vertical, cell.sideways)))
        return [row.closed(self._before, self._after) for row in rows]

    def _rows(self, table: etree._Element) -> Iterator[etree._Element]:
        """The rows of a table, also those in content controls."""
        for child in table:
            tag = child.tag
            if tag == self._tr:
                yield child
            elif tag in self._through:
                yield from self._rows(child)

    def _row(self, row: etree._Element, table: int, number: int, inside: Place | None) -> LooseRow:
        ends = {self._before: 0, self._after: 0}
        cells: list[LooseCell] = []
        column = 0
        for child in self._row_parts(row):
            if child.tag == self._tr_pr:
                ends |= {end.tag: _number(end.get(self._val)) for end in child if end.tag in ends}
                column = ends[self._before]
                continue
            cell, sideways = self._cell(child, (table, number, column, inside))
            column += cell[1]
            _append(cells, cell, sideways)
        return LooseRow(tuple(cells), ends[self._before], ends[self._after])

    def _row_parts(self, row: etree._Element) -> Iterator[etree._Element]:
        """The properties of a row and its cells, also those in content controls."""
        for child in row:
            tag = child.tag
            if tag in (self._tc, self._tr_pr):
                yield child
            elif tag in self._through:
                yield from self._row_parts(child)

    def _cell(self, element: etree._Element, holder: _Holder) -> tuple[LooseCell, bool]:
        """The cell, and whether an old horizontal merge makes it a part of the one before."""
        span, sideways = 1, False
        merge: Merge = ""
        blocks: list[Block] = []
        for child in element:
            tag = child.tag
            if tag == self._p:
                blocks.append(Paragraph(self._text(child)))
            elif tag == self._tc_pr:
                if len(child):
                    span, merge, sideways = self._spans(child)
            elif tag == self._tbl:
                blocks.append(self._table(child, holder))
            elif tag in self._through:
                blocks.extend(self.blocks(child, holder))
        return (tuple(blocks), span, merge), sideways

    def _spans(self, properties: etree._Element) -> _Spans:
        spans: _Spans = (1, "", False)
        for child in properties:
            spans = self._spanned(child, spans)
        return spans

    def _spanned(self, element: etree._Element, spans: _Spans) -> _Spans:
        """The spans of a cell after one more of its properties."""
        span, merge, sideways = spans
        tag, value = element.tag, element.get(self._val)
        if tag == self._grid_span:
            span = max(1, _number(value))
        elif tag == self._v_merge:
            merge = "start" if value == "restart" else "continue"
        elif tag == self._h_merge:
            sideways = value != "restart"
        return span, merge, sideways


class _OpenCell:
    """A cell that is still being read: its paragraphs in pieces, and its spans."""

    __slots__ = ("paragraphs", "sideways", "span", "vertical")

    def __init__(self) -> None:
        self.paragraphs: list[list[str]] = []
        self.merge(1, "", False)

    def merge(self, span: int, vertical: Merge, sideways: bool) -> None:
        self.span, self.vertical, self.sideways = span, vertical, sideways

    def closed(self) -> LooseCell:
        return tuple([Paragraph("".join(parts)) for parts in self.paragraphs]), self.span, self.vertical


class _OpenRow:
    """A row that is still being read."""

    __slots__ = ("cells", "ends")

    def __init__(self) -> None:
        self.cells: list[_OpenCell] = []
        self.ends: dict[str, int] = {}

    def closed(self, before: str, after: str) -> LooseRow:
        cells: list[LooseCell] = []
        for cell in self.cells:
            _append(cells, cell.closed(), cell.sideways)
        return LooseRow(tuple(cells), self.ends.get(before, 0), self.ends.get(after, 0))


def _append(cells: list[LooseCell], cell: LooseCell, sideways: bool) -> None:
    """Add a cell to its row; one merged sideways, as old files have it, only widens the cell before it."""
    if sideways and cells:
        blocks, span, merge = cells.pop()
        cell = (blocks, span + cell[1], merge)
    cells.append(cell)


def _tag_of_parent(element: etree._Element) -> str:
    parent = element.getparent()
    return "" if parent is None else str(parent.tag)


def _number(value: str | None) -> int:
    """A count from an attribute; nonsense counts as nothing, a thousand slots are enough."""
    return min(int(value), 1000) if value and value.isascii() and value.isdigit() else 0


reader = Reader("docx", (".docx", ".docm", ".dotx"), recognises, read)
