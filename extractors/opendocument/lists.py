"""The lists of a part: which one a paragraph stands in, and the label that this gives it."""

from typing import NamedTuple

from lxml import etree

from extractors.opendocument.names import H, P, count, q
from extractors.opendocument.numbering import Counters, ListStyle
from extractors.opendocument.styles import Styles

_STYLE_NAME, _START = q("text:style-name"), q("text:start-value")


class InList(NamedTuple):
    """The list that a paragraph stands in: its style's name, its level, the numbers it counts with."""

    style: str
    level: int
    counters: Counters


class Item(NamedTuple):
    """An item whose first paragraph is still to come, and the number that it is to begin with."""

    made: InList
    start: int | None = None


class Lists:
    """The lists of one part, in the order met."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._by_identity: dict[str, Counters] = {}
        self._by_style: dict[str, Counters] = {}
        self._headings = Counters()

    def opened(self, element: etree._Element, outer: InList | None) -> InList:
        """The list that a `text:list` begins or goes on with."""
        style = element.get(_STYLE_NAME) or (outer.style if outer else "")
        if outer:
            return InList(style, outer.level + 1, outer.counters)
        if not style:
            first = next(element.iter(P, H), None)
            style = "" if first is None else self._styles.list_of(first.get(_STYLE_NAME))
        continued = self._by_identity.get(element.get(q("text:continue-list")) or "")
        if continued is None and element.get(q("text:continue-numbering")) == "true":
            continued = self._by_style.get(style)
        counters = continued or Counters()
        self._by_style[style] = counters
        if identity := element.get(q("xml:id")):
            self._by_identity[identity] = counters
        return InList(style, 1, counters)

    def item(self, element: etree._Element, made: InList) -> Item:
        """A `text:list-item` of this list."""
        return Item(made._replace(style=element.get(q("text:style-override")) or made.style), _start(element))

    def numbered(self, element: etree._Element) -> Item:
        """A `text:numbered-paragraph`, which says itself of which list and level it is."""
        counters = self._by_identity.setdefault(element.get(q("text:list-id")) or "", Counters())
        return Item(InList(element.get(_STYLE_NAME) or "", count(element.get(q("text:level"))), counters), _start(element))

    def label(self, element: etree._Element, item: Item | None) -> tuple[str, str]:
        """The automatic number of a paragraph, and what separates it from the text; it is counted by this."""
        if item is not None:
            style = self._styles.lists.get(item.made.style, {})
            return _labelled(style, item.made.level, item.made.counters, item.start)
        outline = self._styles.outline
        if element.tag != H or not outline or element.get(q("text:is-list-header")) == "true":
            return "", ""
        level = count(element.get(q("text:outline-level")))
        if level not in outline or not (outline[level].form or outline[level].bullet):
            return "", ""
        return _labelled(outline, level, self._headings, None)


def _start(element: etree._Element) -> int | None:
    stated = element.get(_START)
    return None if stated is None else count(stated)


def _labelled(style: ListStyle, level: int, counters: Counters, start: int | None) -> tuple[str, str]:
    shown = counters.next(style, level, start)
    return shown, style[level].separator if level in style else ""
