"""The tree of an OpenDocument text → paragraphs and tables, and what stands apart from them.

Elements that are not named here (spans, links, fields, bookmarks, sections, what programs of
tomorrow may add) are looked through.

Norm: OpenDocument 1.3 part 3, 5 paragraphs and lists, 6 inline elements, 9 tables, 10 drawings.
"""

from collections.abc import Callable

from lxml import etree

from extractors import errors
from extractors.grid import lay
from extractors.leftovers import Leftovers, signs
from extractors.opendocument.inline import Inline, visible
from extractors.opendocument.lists import InList, Item, Lists
from extractors.opendocument.names import H, P, count, is_of, q, text_of
from extractors.opendocument.objects import Part, formula
from extractors.opendocument.styles import Styles
from extractors.opendocument.tables import Slots
from extractors.options import Limits
from schemas.blocks import Aside, Block, Paragraph, Table, Unread
from schemas.place import Place

_TABLE, _ROW, _CELL, _COVERED = q("table:table"), q("table:table-row"), q("table:table-cell"), q("table:covered-table-cell")
_LIST, _STYLE_NAME = q("text:list"), q("text:style-name")
_NOT_TEXT = frozenset(
    map(q, ("office:forms", "office:binary-data", "text:tracked-changes", "table:table-column", "text:sequence-decls", "text:variable-decls",
            "text:user-field-decls", "text:dde-connection-decls", "text:alphabetical-index-auto-mark-file",
            "dc:creator", "dc:date", "meta:date-string", "meta:creator-initials", "loext:sender-initials"))
)  # fmt: skip
_DESCRIPTIONS = frozenset(map(q, ("svg:title", "svg:desc", "table:title", "table:desc")))
_COLUMNS, _ROWS = q("table:number-columns-repeated"), q("table:number-rows-repeated")
_WIDTH, _HEIGHT = q("table:number-columns-spanned"), q("table:number-rows-spanned")
_DECKS = ("table:table-header-rows", "table:table-rows", "table:table-row-group")


class Walk:
    """One walk through one part; counts its tables and gathers what stands apart, or nowhere."""

    def __init__(self, styles: Styles, limits: Limits, left: Leftovers, part: Part) -> None:
        self.unread: list[Unread] = []
        self.aside: list[Aside] = []
        self.computed = 0
        self._styles, self._limits, self._left, self._part = styles, limits, left, part
        self._tables = self._cells = self._characters = 0
        self._lists = Lists(styles)
        self._hides = styles.hide_something
        self._inline: dict[str, Callable[[etree._Element, Inline, Place], None]] = {
            q("text:s"): self._blanks,
            q("text:tab"): lambda _, inline, __: inline.sign("\t"),
            q("text:line-break"): lambda _, inline, __: inline.sign("\v"),
            q("text:note"): self._note,
            q("office:annotation"): self._comment,
            q("text:ruby-text"): lambda element, _, __: self._left.add("ruby", text_of(element)),
            q("text:script"): lambda element, _, __: self._left.add("field-code", text_of(element)),
            q("text:hidden-text"): self._hidden_text,
            q("text:hidden-paragraph"): self._hidden_paragraph,
            q("draw:object"): self._object,
        }

    def blocks(self, parent: etree._Element, holder: Place | None = None) -> list[Block]:
        """Paragraphs and tables of a body, a cell or a box, in order."""
        out: list[Block] = []
        self._fill(parent, out, holder)
        return out

    def _fill(self, parent: etree._Element, out: list[Block], holder: Place | None) -> None:
        for child in parent:
            self._block(child, out, holder)

    def _block(self, element: etree._Element, out: list[Block], holder: Place | None, item: Item | None = None) -> None:
        tag = element.tag
        if tag in (P, H):
            self._paragraph(element, out, holder, item)
        elif tag == _TABLE:
            self._table(element, out, holder)
        elif tag == _LIST:
            self._list(element, out, holder, None)
        elif tag == q("text:numbered-paragraph"):
            self._in_item(element, out, holder, self._lists.numbered(element), numbered=True)
        elif tag in _DESCRIPTIONS:
            self._left.add("alternate", text_of(element))
        elif tag in _NOT_TEXT:
            return
        elif is_of(element, "text") and str(tag).endswith("-source"):
            if text := text_of(element):
                self._left.add("field-code", text)
        elif element.get(q("text:display")) == "none" or element.get(q("text:is-hidden")) == "true":
            self._left.add("hidden", text_of(element))
        elif is_of(element, "draw"):
            self._shape(element, out, holder)
        else:
            self._fill(element, out, holder)

    # Paragraphs

    def _paragraph(self, element: etree._Element, out: list[Block], holder: Place | None, item: Item | None) -> None:
        if self._hides and self._styles.hides("paragraph", element.get(_STYLE_NAME)):
            self._left.add("hidden", text_of(element))
            return
        label, separator = self._lists.label(element, item)
        inline = Inline()
        if len(element):
            self._gather(element, inline, _at(holder, len(out)))
        else:
            inline.raw(element.text)
        if inline.hidden:
            self._left.add("hidden", inline.text())
        else:
            text = visible(inline.text(), self._left)
            self._characters += len(text)
            if self._characters > self._limits.text:
                raise errors.TooLarge(detail="limits.text")
            self.computed += signs(label) if label else 0
            out.append(Paragraph(label + separator + text if label and text else label + text))
        out.extend(inline.hanging)

    def _gather(self, element: etree._Element, inline: Inline, place: Place) -> None:
        inline.raw(element.text)
        for child in element:
            self._inner(child, inline, place)
            inline.raw(child.tail)

    def _inner(self, element: etree._Element, inline: Inline, place: Place) -> None:
        """One element in a paragraph."""
        tag = element.tag
        known = self._inline.get(str(tag))
        if known is not None:
            known(element, inline, place)
        elif tag in _DESCRIPTIONS:
            self._left.add("alternate", text_of(element))
        elif tag in (P, H, _TABLE, _LIST):
            self._block(element, inline.hanging, _holder(place))
        elif is_of(element, "draw"):
            self._drawn(element, inline, place)
        elif element.get(q("text:display")) == "none" or (self._hides and self._styles.hides("text", element.get(_STYLE_NAME))):
            self._left.add("hidden", text_of(element))
        elif tag not in _NOT_TEXT:
            self._gather(element, inline, place)

    def _blanks(self, element: etree._Element, inline: Inline, place: Place) -> None:  # noqa: ARG002
        number = count(element.get(q("text:c")))
        if number > self._limits.text:
            raise errors.TooLarge(detail="limits.text")
        inline.sign(" " * number)

    def _note(self, element: etree._Element, inline: Inline, place: Place) -> None:  # noqa: ARG002
        """A footnote or endnote stands apart, and its mark adds nothing to the text."""
        kind = "endnote" if element.get(q("text:note-class")) == "endnote" else "footnote"
        mark = "".join(text_of(citation) for citation in element.iterchildren(q("text:note-citation")))
        for body in element.iterchildren(q("text:note-body")):
            self._apart(kind, mark, body, place)

    def _comment(self, element: etree._Element, inline: Inline, place: Place) -> None:  # noqa: ARG002
        author = "".join(text_of(creator) for creator in element.iterchildren(q("dc:creator")))
        self._apart("comment", author, element, place)

    def _apart(self, kind: str, mark: str, body: etree._Element, place: Place) -> None:
        text = plain(self.blocks(body, place))
        if text.strip():
            self.aside.append(Aside(kind=kind, mark=mark, text=text, place=place))

    def _hidden_text(self, element: etree._Element, inline: Inline, place: Place) -> None:
        if element.get(q("text:is-hidden")) == "true":
            self._left.add("hidden", element.get(q("text:string-value")) or text_of(element))
        else:
            self._gather(element, inline, place)

    def _hidden_paragraph(self, element: etree._Element, inline: Inline, place: Place) -> None:
        inline.hidden = inline.hidden or element.get(q("text:is-hidden")) == "true"
        self._gather(element, inline, place)

    def _object(self, element: etree._Element, inline: Inline, place: Place) -> None:  # noqa: ARG002
        text, computed = formula(element, self._part, self._left)
        if text:
            inline.sign(text)
            self.computed += computed

    # Drawings

    def _drawn(self, element: etree._Element, inline: Inline, place: Place) -> None:
        """A frame around a formula is text of the paragraph; whatever else is drawn hangs on it."""
        if element.tag in (q("draw:frame"), q("draw:a")):
            for child in element:
                self._inner(child, inline, place)
        else:
            self._shape(element, inline.hanging, _holder(place))

    def _shape(self, element: etree._Element, out: list[Block], holder: Place | None) -> None:
        if element.tag == q("draw:object"):
            inline = Inline()
            self._object(element, inline, holder or Place())
            out.extend([Paragraph(inline.text())] if inline.text() else [])
        elif any(geometry.get(q("draw:text-path")) == "true" for geometry in element.iterchildren(q("draw:enhanced-geometry"))):
            self._apart("wordart", "", element, holder or Place())
        else:
            self._fill(element, out, holder)

    # Lists

    def _list(self, element: etree._Element, out: list[Block], holder: Place | None, outer: InList | None) -> None:
        made = self._lists.opened(element, outer)
        for item in element:
            if item.tag == q("text:list-item"):
                self._in_item(item, out, holder, self._lists.item(item, made), numbered=True)
            else:
                self._in_item(item, out, holder, Item(made), numbered=False)

    def _in_item(self, element: etree._Element, out: list[Block], holder: Place | None, item: Item, *, numbered: bool) -> None:
        """The paragraphs of an item, the first one with the item's number, and the lists in it."""
        for child in element:
            if child.tag == _LIST:
                self._list(child, out, holder, item.made)
            elif child.tag in (P, H):
                self._block(child, out, holder, item if numbered else None)
                numbered = False
            else:
                self._block(child, out, holder)

    # Tables

    def _table(self, element: etree._Element, out: list[Block], holder: Place | None) -> None:
        index, self._tables = self._tables, self._tables + 1
        self._limit_depth(holder)
        slots = Slots(self._limits)
        hanging: list[Block] = []
        self._rows(element, index, slots, holder, hanging)
        rows = slots.rows()
        if rows:
            cells, _ = lay(rows)
            out.append(Table(index, cells, holder))
        out.extend(hanging)

    def _limit_depth(self, holder: Place | None) -> None:
        depth = 0
        while holder is not None:
            depth, holder = depth + 1, holder.inside
        if depth > self._limits.nesting:
            raise errors.TooLarge(detail="limits.nesting")

    def _rows(self, element: etree._Element, index: int, slots: Slots, holder: Place | None, hanging: list[Block]) -> None:
        for child in element:
            if child.tag == _ROW:
                for _ in range(self._repeated(child, _ROWS, self._limits.rows)):
                    self._row(child, index, slots, holder)
                    slots.end_row()
            elif child.tag in map(q, _DECKS):
                self._rows(child, index, slots, holder, hanging)
            else:
                self._block(child, hanging, holder)

    def _row(self, element: etree._Element, index: int, slots: Slots, holder: Place | None) -> None:
        for child in element.iterchildren(_CELL, _COVERED):
            repeated = self._repeated(child, _COLUMNS, self._limits.table_slots)
            self._cells += repeated
            if self._cells > self._limits.elements:
                raise errors.TooLarge(detail="limits.elements")
            for _ in range(repeated):
                if child.tag == _CELL:
                    self._cell(child, index, slots, holder)
                elif len(child) and (text := text_of(child)):
                    place = Place(table=index, row=slots.row, column=slots.column(), inside=holder)
                    self.unread.append(Unread(place=place, text=text, reason="текст в клетке, скрытой объединением"))

    def _cell(self, element: etree._Element, index: int, slots: Slots, holder: Place | None) -> None:
        width, height = element.get(_WIDTH), element.get(_HEIGHT)
        blocks: tuple[Block, ...] = ()
        if len(element):
            blocks = tuple(self.blocks(element, Place(index, slots.row, slots.column(), inside=holder)))
        slots.add(blocks, max(1, count(width)) if width else 1, max(1, count(height)) if height else 1)

    def _repeated(self, element: etree._Element, name: str, limit: int) -> int:
        stated = element.get(name)
        number = count(stated) if stated else 1
        if number > limit:
            raise errors.TooLarge
        return number


def plain(blocks: list[Block]) -> str:
    """Blocks as lines of text."""
    lines = []
    for block in blocks:
        lines.extend([block.text] if isinstance(block, Paragraph) else [cell.text for cell in block.cells])
    return "\n".join(lines).strip("\n")


def _holder(place: Place) -> Place | None:
    """The cell that holds the paragraph; None for one of the document itself."""
    return None if place.table is None else place._replace(paragraph=None)


def _at(holder: Place | None, number: int) -> Place:
    """The place of a paragraph in its cell, or in the document."""
    return Place(paragraph=number) if holder is None else holder._replace(paragraph=number)
