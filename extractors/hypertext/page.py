"""A web page → what a person sees of it: one walk over its elements, in the order of the page.

Of the elements only those are known that begin a paragraph, a table or a list, that are
shown otherwise than as their text (fields), that stand apart (navigation, notes) or that
are not shown at all. All others are looked through.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

import regex
from lxml import etree

from extractors import errors
from extractors.hypertext import spans
from extractors.hypertext.flow import Flow, OpenCell, OpenTable
from extractors.hypertext.layout import is_layout
from extractors.hypertext.listing import Lists
from extractors.hypertext.notes import BLOCKS, Notes, notes
from extractors.options import Options

_UNSEEN = frozenset((
    "head", "script", "style", "template", "noscript", "iframe", "noframes", "noembed", "datalist", "audio", "video", "canvas",
    "object", "colgroup", "xml", "title", "img", "area", "map", "applet", "embed", "param", "source", "track", "link", "meta",
    "base", "svg", "math",
))  # fmt: skip
_APART = {"nav": "navigation", "aside": "navigation", "header": "navigation", "footer": "navigation"}
_CONTENT = ("article", "main", "section", "blockquote", "td", "li")  # a header in one of them is the text's own
_SECTIONS = {"thead": 0, "tbody": 1, "tfoot": 2}
_SHOWN_INPUTS = frozenset(
    ("", "text", "submit", "button", "reset", "number", "date", "email", "tel", "url", "search", "month", "week", "time")
)
_UNSEEN_STYLE = regex.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", regex.I)
_ELEMENT_STYLE = regex.compile(r"mso-element\s*:\s*(header|footer|comment)\b", regex.I)
_TAB_STYLE = regex.compile(r"mso-tab-count|^\s*font\s*:\s*7(?:\.0)?pt", regex.I)
_OFFICE_PARTS = ("header", "footer", "comment")

Undo = Callable[[], None]


class Apart(NamedTuple):
    """What stands apart: its kind, its mark, and what it holds."""

    kind: str
    mark: str
    flow: Flow


class Left(NamedTuple):
    """A piece that is no part of the document: why, and its text."""

    kind: str
    text: str


class _Style(NamedTuple):
    """What a style says that matters here: not shown, a part of a Word page, blanks that stand for a tab."""

    unseen: bool = False
    part: str = ""
    tab: bool = False


_PLAIN = _Style()


@lru_cache(1024)
def _style(style: str) -> _Style:
    part = _ELEMENT_STYLE.search(style)
    return _Style(_UNSEEN_STYLE.search(style) is not None, part[1].lower() if part else "", _TAB_STYLE.search(style) is not None)


class Page:
    """One walk over one page."""

    def __init__(self, root: etree._Element, options: Options) -> None:
        self.limits = options.limits
        self.unwanted = "del" if options.view == "final" else "ins"
        self.body = Flow()
        self.apart: list[Apart] = []
        self.left: list[Left] = []
        self.changes = 0
        self.layouts = 0
        self._flow, self._depth = self.body, 0
        self._table: OpenTable | None = None
        self._notes: Notes = notes(root)
        self._lists = Lists("".join(style.text or "" for style in root.iter("style")))
        self._undo: list[tuple[etree._Element, Undo]] = []
        self._walk(root)

    def _walk(self, root: etree._Element) -> None:
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            if event == "start":
                if self._begin(element):
                    if element.text:
                        self._flow.text(element.text)
                else:
                    walker.skip_subtree()
                continue
            while self._undo and self._undo[-1][0] is element:
                self._undo.pop()[1]()
            if element.tag in BLOCKS and self._table is None:
                self._flow.close()
            if element.tail and element is not root:
                self._flow.text(element.tail)
        self._flow.close()

    def _begin(self, element: etree._Element) -> bool:
        """An element begins; False where what is inside is not to be read."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _UNSEEN or element in self._notes.marks:
            return False
        if element.attrib and not self._by_attributes(element, tag):
            return False
        if self._notes.blocks and (note := self._notes.blocks.get(element)):
            self._set_apart(element, note.kind, note.mark)
        begin = _BEGIN.get(tag)
        if begin is not None:
            return begin(self, element)
        if tag in BLOCKS:
            self._flow.close()
        return True

    def _by_attributes(self, element: etree._Element, tag: str) -> bool:
        style = element.get("style")
        styled = _style(style) if style else _PLAIN
        if styled.unseen or element.get("hidden") is not None:
            return self._leave("hidden", element)
        part = styled.part or (element.get("title") if tag == "div" else "")
        if part in _OFFICE_PARTS:
            self._set_apart(element, part, "")
        if styled.tab and tag == "span" and not _text(element).strip():
            self._flow.sign("\t")
            return False
        return True

    def _leave(self, kind: str, element: etree._Element) -> bool:
        text = " ".join(_text(element).split())
        if text:
            self.left.append(Left(kind, text))
        return False

    def _set_apart(self, element: etree._Element, kind: str, mark: str) -> None:
        self._flow.close()
        flow, table, self._flow, self._table = self._flow, self._table, Flow(), None
        self.apart.append(Apart(kind, mark, self._flow))

        def back() -> None:
            self._flow.close()
            self._flow, self._table = flow, table

        self._undo.append((element, back))

    def _side(self, element: etree._Element) -> bool:
        """Navigation; but a header inside an article is a part of it."""
        own = element.tag in ("header", "footer") and any(ancestor.tag in _CONTENT for ancestor in element.iterancestors())
        if own or (self._undo and self._undo[-1][0] is element):
            self._flow.close()
        else:
            self._set_apart(element, _APART[element.tag], "")
        return True

    def _changed(self, element: etree._Element) -> bool:
        """An insertion or a deletion: one of them is no part of the view that is asked for."""
        if _text(element).strip():
            self.changes += 1
        if element.tag != self.unwanted:
            return True
        return self._leave("deleted" if element.tag == "del" else "inserted", element)

    def _break(self, element: etree._Element) -> bool:  # noqa: ARG002
        self._flow.sign("\v")
        return True

    def _lines(self, element: etree._Element) -> bool:
        flow = self._flow
        flow.begin_lines()
        self._undo.append((element, flow.end_lines))
        return True

    def _list(self, element: etree._Element) -> bool:
        self._flow.close()
        self._lists.begin(element)
        self._undo.append((element, self._lists.end))
        return True

    def _item(self, element: etree._Element) -> bool:
        flow = self._flow
        flow.close()
        label = self._lists.label(element)
        flow.label += f"{label}\t" if label else ""

        def end() -> None:
            flow.close()
            flow.label = ""

        self._undo.append((element, end))
        return True

    def _input(self, element: etree._Element) -> bool:
        if (element.get("type") or "").lower() in _SHOWN_INPUTS and element.get("value"):
            self._flow.text(element.get("value") or "")
        return False

    def _area(self, element: etree._Element) -> bool:
        for number, line in enumerate(_text(element).strip("\r\n").splitlines()):
            if number:
                self._flow.sign("\v")
            self._flow.text(line)
        return False

    def _select(self, element: etree._Element) -> bool:
        """The chosen line is shown, or the first; the others are not."""
        choices = list(element.iter("option"))
        chosen = {choice for choice in choices if choice.get("selected") is not None} or set(choices[:1])
        for choice in choices:
            if choice in chosen:
                self._flow.text(_text(choice))
            else:
                self._leave("hidden", choice)
        return False

    def _begin_table(self, element: etree._Element) -> bool:
        self._depth += 1
        if self._depth > self.limits.nesting:
            raise errors.TooLarge(detail="limits.nesting")
        made = OpenTable(Flow(), presentation=(element.get("role") or "").lower() in ("presentation", "none"))
        outer, table = self._flow, self._table
        outer.table(made)
        self._flow, self._table = made.loose, made

        def end() -> None:
            made.loose.close()
            self._flow, self._table = outer, table
            self._depth -= 1
            self._look_through(outer, made)

        self._undo.append((element, end))
        return True

    def _look_through(self, outer: Flow, made: OpenTable) -> None:
        """A table that only lays out a page, or holds nothing, gives way to what it holds."""
        inside = [made.loose, *(cell.flow for cell in made.cells())]
        for flow in inside:
            outer.signs += flow.signs
            outer.computed += flow.computed
            outer.invisible += flow.invisible
        layout = is_layout(made)
        kept = [item for flow in (inside if layout else inside[:1]) for item in flow.items]
        self.layouts += layout
        outer.items[-1:] = kept if layout else [*kept, made]

    def _section(self, element: etree._Element) -> bool:
        if self._table is None:
            self._flow.close()
        else:
            table, order = self._table, _SECTIONS[element.tag]
            table.sections.append((1 if order in table.seen else order, []))
            table.seen.add(order)
            self._undo.append((element, lambda: table.sections.append((1, []))))
        return True

    def _row(self, element: etree._Element) -> bool:
        if element.get("height") == "0" and not _text(element).strip():
            return False  # Word's measure of column widths
        if self._table is None:
            self._flow.close()
        else:
            self._table.loose.close()
            if not self._table.sections:
                self._table.sections.append((1, []))
            self._table.sections[-1][1].append([])
        return True

    def _cell(self, element: etree._Element) -> bool:
        table, outer = self._table, self._flow
        if table is None:
            outer.close()
            return True
        if not table.sections or not table.sections[-1][1]:
            self._row(element)
        rows = (element.get("rowspan") or "").strip()
        down = 0 if rows and not rows.strip("0") else spans.count(rows, self.limits)
        made = OpenCell(Flow(), down, spans.count(element.get("colspan"), self.limits))
        table.sections[-1][1][-1].append(made)
        self._flow, self._table = made.flow, None

        def end() -> None:
            made.flow.close()
            self._flow, self._table = outer, table

        self._undo.append((element, end))
        return True


def _text(element: etree._Element) -> str:
    """All text inside that is meant for people."""
    return "".join(_pieces(element))


def _pieces(element: etree._Element) -> Iterator[str]:
    for event, child in etree.iterwalk(element, events=("start", "end")):
        if event == "start" and child.tag not in _UNSEEN:
            yield child.text or ""
        elif event == "end" and child is not element:
            yield child.tail or ""


_BEGIN: dict[str, Callable[[Page, etree._Element], bool]] = {
    "br": Page._break, "pre": Page._lines, "listing": Page._lines, "plaintext": Page._lines, "xmp": Page._lines,
    "ol": Page._list, "ul": Page._list, "menu": Page._list, "dir": Page._list, "li": Page._item,
    "input": Page._input, "textarea": Page._area, "select": Page._select, "del": Page._changed, "ins": Page._changed,
    "table": Page._begin_table, "thead": Page._section, "tbody": Page._section, "tfoot": Page._section,
    "tr": Page._row, "td": Page._cell, "th": Page._cell,
    "nav": Page._side, "aside": Page._side, "header": Page._side, "footer": Page._side,
}  # fmt: skip
