"""The numbers and bullets that a browser puts before the items of lists.

Google Docs counts with style rules («counter(lst-ctn-kix_a-0,decimal) "."»); these are read.
"""

from collections.abc import Callable
from typing import NamedTuple

import regex
from lxml import etree

_BULLET = "•"
_TYPE = regex.compile(r"list-style(?:-type)?\s*:[^;]*?\b(decimal|none|disc|circle|square|(?:lower|upper)-(?:alpha|latin|roman))\b", regex.I)
_RULE = regex.compile(r"\.(lst-kix_[\w-]+)\s*>\s*li:before\s*\{\s*content:\s*([^{}]*)\}")
_PIECE = regex.compile(r'"([^"]*)"|counter\(([\w-]+)\s*,\s*([\w-]+)\)')
_SHORT = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_HIGHEST = 100_000


def roman(number: int) -> str:
    """A number in small Roman figures.

    >>> roman(14), roman(0)
    ('xiv', '0')
    """
    if not 0 < number < 4000:
        return str(number)
    made = ""
    for value, sign in _ROMAN:
        made += sign * (number // value)
        number %= value
    return made


def letters(number: int) -> str:
    """A number as letters.

    >>> letters(1), letters(28)
    ('a', 'ab')
    """
    if number < 1:
        return str(number)
    made = ""
    while number:
        number, rest = divmod(number - 1, 26)
        made = chr(ord("a") + rest) + made
    return made


_FORMS: dict[str, Callable[[int], str]] = {
    "lower-alpha": letters, "lower-latin": letters, "lower-roman": roman,
    "upper-alpha": lambda number: letters(number).upper(), "upper-latin": lambda number: letters(number).upper(),
    "upper-roman": lambda number: roman(number).upper(),
}  # fmt: skip


class _List(NamedTuple):
    """An open list: its kind, whether it counts backwards, its name in style rules."""

    kind: str
    step: int
    name: str


class Lists:
    """The open lists of a page, and what each item is labelled with."""

    def __init__(self, styles: str) -> None:
        self._rules = {found[1]: found[2] for found in _RULE.finditer(styles)}
        self._counters: dict[str, int] = {}
        self._open: list[_List] = []
        self._next: list[int] = []

    def begin(self, element: etree._Element) -> None:
        """A list opens."""
        ordered = element.tag == "ol"
        kind = _kind(element) or ("decimal" if ordered else "disc")
        step = -1 if element.get("reversed") is not None else 1
        first = _number(element.get("start"))
        if first is None:
            first = sum(child.tag == "li" for child in element) if step < 0 else 1
        name = next((word for word in (element.get("class") or "").split() if word in self._rules), "")
        self._open.append(_List(kind, step, name))
        self._next.append(first)

    def end(self) -> None:
        """The innermost list closes."""
        self._open.pop()
        self._next.pop()

    def label(self, item: etree._Element) -> str:
        """What stands before an item."""
        if not self._open:
            return _BULLET
        held = self._open[-1]
        value = _number(item.get("value"))
        number = self._next[-1] if value is None else value
        self._next[-1] = number + held.step
        if held.name:
            self._counters[held.name.replace("lst-", "lst-ctn-", 1)] = number
            return self._by_rule(self._rules[held.name])
        kind = _kind(item) or held.kind
        if kind == "none":
            return ""
        return _BULLET if kind in ("disc", "circle", "square") else f"{_FORMS.get(kind, str)(number)}."

    def _by_rule(self, content: str) -> str:
        pieces = (found[1] if found[2] is None else self._counted(found[2], found[3]) for found in _PIECE.finditer(content))
        return "".join(pieces).strip()

    def _counted(self, counter: str, kind: str) -> str:
        return _FORMS.get(kind, str)(self._counters.get(counter, 1))


def _kind(element: etree._Element) -> str:
    styled = _TYPE.search(element.get("style") or "")
    if styled:
        return str(styled[1]).lower()
    stated = element.get("type") or ""
    return _SHORT.get(stated, stated.lower() if stated.lower() in ("disc", "circle", "square") else "")


def _number(value: str | None) -> int | None:
    text = (value or "").strip()
    return int(text) if regex.fullmatch(r"-?[0-9]{1,6}", text) and abs(int(text)) < _HIGHEST else None
