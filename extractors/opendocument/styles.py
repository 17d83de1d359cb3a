"""What the styles of an OpenDocument file mean for its text: what is hidden, how lists count."""

from collections.abc import Iterable
from typing import TypeVar

from lxml import etree

from extractors.opendocument.names import count, q
from extractors.opendocument.numbering import Level, ListStyle
from extractors.wordml.symbols import converted

V = TypeVar("V")

_STYLE, _NAME, _FAMILY, _PARENT = q("style:style"), q("style:name"), q("style:family"), q("style:parent-style-name")
_SEPARATORS = {"listtab": "\t", "space": " ", "nothing": ""}
_LEVELS = tuple(
    map(q, ("text:list-level-style-number", "text:list-level-style-bullet", "text:list-level-style-image", "text:outline-level-style"))
)


class Styles:
    """The styles that one part uses, its automatic ones before the common ones."""

    def __init__(self, groups: Iterable[etree._Element]) -> None:
        self._parents: dict[tuple[str, str], str] = {}
        self._hidden: dict[tuple[str, str], bool] = {}
        self._own_lists: dict[tuple[str, str], str] = {}
        self.lists: dict[str, ListStyle] = {}
        self.outline: ListStyle = {}
        for group in groups:
            for element in group.iterchildren(_STYLE):
                self._take(element)
            for element in group.iterchildren(q("text:list-style")):
                self.lists.setdefault(element.get(_NAME) or "", _levels(element))
            for element in group.iterchildren(q("text:outline-style")):
                self.outline = self.outline or _levels(element)

    def _take(self, element: etree._Element) -> None:
        name = element.get(_FAMILY) or "", element.get(_NAME) or ""
        if name in self._parents:
            return
        self._parents[name] = element.get(_PARENT) or ""
        listed = element.get(q("style:list-style-name"))
        if listed is not None:
            self._own_lists[name] = listed
        for properties in element.iterchildren(q("style:text-properties")):
            display = properties.get(q("text:display"))
            if display is not None:
                self._hidden[name] = display == "none"

    @property
    def hide_something(self) -> bool:
        """Whether any style hides its text."""
        return any(self._hidden.values())

    def hides(self, family: str, name: str | None) -> bool:
        """Whether the text of this style is not shown."""
        return bool(name) and self._inherited(self._hidden, family, name or "", False)

    def list_of(self, name: str | None) -> str:
        """The list style that a paragraph style brings; "" for none."""
        return self._inherited(self._own_lists, "paragraph", name or "", "")

    def _inherited(self, own: dict[tuple[str, str], V], family: str, name: str, usual: V) -> V:
        seen: set[str] = set()
        while name and name not in seen:
            if (family, name) in own:
                return own[family, name]
            seen.add(name)
            name = self._parents.get((family, name), "")
        return usual


def _levels(element: etree._Element) -> ListStyle:
    return {count(level.get(q("text:level"))): _level(level) for level in element.iterchildren(*_LEVELS)}


def _level(element: etree._Element) -> Level:
    alignment = next(element.iter(q("style:list-level-label-alignment")), None)
    followed = None if alignment is None else alignment.get(q("text:label-followed-by"))
    bullet = element.get(q("text:bullet-char")) or ""
    return Level(
        form=element.get(q("style:num-format")) or "",
        prefix=element.get(q("style:num-prefix")) or "",
        suffix=element.get(q("style:num-suffix")) or "",
        pattern=element.get(q("loext:num-list-format")),
        shown=count(element.get(q("text:display-levels"))),
        start=count(element.get(q("text:start-value"))),
        together=element.get(q("style:num-letter-sync")) == "true",
        bullet=converted(bullet, _font(element)) if bullet else None,
        separator=_SEPARATORS.get(followed or "", "\t"),
        image=element.tag == q("text:list-level-style-image"),
    )


def _font(element: etree._Element) -> str:
    for properties in element.iterchildren(q("style:text-properties")):
        return properties.get(q("style:font-name")) or properties.get(q("fo:font-family")) or ""
    return ""
