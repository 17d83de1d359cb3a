"""Page numbers, running headers and footers: lines at the ends of pages that stand apart from the text."""

from collections import defaultdict
from typing import NamedTuple

import regex

from extractors.pdf.grids import Grid
from extractors.pdf.lines import Line
from extractors.pdf.marks import Page
from extractors.text import squeeze

_DEPTH = 3  # lines at each end of a page
_SAME_HEIGHT = 4.0
_SHARE = 0.4  # of the pages
_EDGE = 0.1  # of the page's height: where a number that stands alone may be the page's
_NUMBER = regex.compile(r"[-–—]?\s*(?:стр(?:аница|\.)?\s*)?(?P<number>\d{1,4})(?:\s*(?:из|/)\s*\d{1,4})?\s*[-–—]?", regex.I)
_CONTINUED = regex.compile(r"(?:продолжение|окончание)\s+(?:табл|прилож|перечн|паспорт)", regex.I)


class Layout(NamedTuple):
    """A page with its tables and the lines outside of them, from top to bottom."""

    page: Page
    grids: list[Grid]
    lines: list[Line]


class Running(NamedTuple):
    """A line that stands apart: header or footer, on its page."""

    kind: str
    text: str
    page: int


_Key = tuple[str, str, int]
"""Which end of the page, what stands there, how far from the end."""


def running(pages: list[Layout]) -> list[Running]:
    """Take the running lines off the pages."""
    candidates = [{id(line): (line, key) for line, key in _candidates(layout)} for layout in pages]
    standing: dict[_Key, list[int]] = defaultdict(list)
    numbers: dict[_Key, list[int]] = defaultdict(list)
    for number, found in enumerate(candidates):
        for line, key in found.values():
            for near in _near(key):
                standing[near].append(number)
                if key[1] == "#" and (match := _NUMBER.fullmatch(squeeze(line.text))):
                    numbers[near].append(int(match["number"]) - pages[number].page.number)
    taken: list[Running] = []
    for layout, found in zip(pages, candidates, strict=True):
        for kind in ("header", "footer"):
            taken.extend(_take(layout, kind, found, pages, standing, numbers))
    return taken


def _take(
    layout: Layout, kind: str, found: dict[int, tuple[Line, _Key]], pages: list[Layout], standing: dict[_Key, list[int]],
    numbers: dict[_Key, list[int]],
) -> list[Running]:  # fmt: skip
    """The running lines of one end of a page, from the outside inwards, until one is none."""
    taken: list[Running] = []
    for line, key in found.values():
        if key[0] != kind:
            continue
        if not _is_running(line, key, layout, pages, standing, numbers):
            break
        taken.append(Running(kind, squeeze(line.text), layout.page.number))
        layout.lines.remove(line)
    return taken


def _is_running(
    line: Line, key: _Key, layout: Layout, pages: list[Layout], standing: dict[_Key, list[int]], numbers: dict[_Key, list[int]]
) -> bool:  # fmt: skip
    if key[0] == "header" and _CONTINUED.match(squeeze(line.text)) and layout.grids:
        return True
    on = set(standing[key])
    if key[1] == "#":
        steps = numbers[key]
        usual = max(set(steps), key=steps.count)
        if len(on) < 2:
            return steps == [0] and min(line.base, layout.page.height - line.base) < _EDGE * layout.page.height
        return steps.count(usual) >= 0.7 * len(steps)
    if len(on) < 2 or len(on) < _SHARE * len(pages):
        return False
    others = [other for number, other in enumerate(pages) if number not in on]
    return sum(_has_text_there(other, key) for other in others) <= 0.1 * len(others)


def _candidates(layout: Layout) -> list[tuple[Line, _Key]]:
    """The outermost lines of a page, from the outside inwards."""
    first = min((grid.y0 for grid in layout.grids), default=layout.page.height)
    last = max((grid.y1 for grid in layout.grids), default=0.0)
    written = sorted((line for line in layout.lines if not line.turn), key=lambda line: line.base)
    top = [line for line in written[:_DEPTH] if line.base < first]
    bottom = [line for line in written[: -_DEPTH - 1 : -1] if line.base > last and line not in top]
    made = [(line, _key("header", line, line.base)) for line in top]
    return [*made, *((line, _key("footer", line, layout.page.height - line.base)) for line in bottom)]


def _key(kind: str, line: Line, distance: float) -> _Key:
    text = squeeze(line.text)
    return kind, "#" if _NUMBER.fullmatch(text) else text, round(distance / _SAME_HEIGHT)


def _near(key: _Key) -> list[_Key]:
    return [(key[0], key[1], key[2] + step) for step in (-1, 0, 1)]


def _has_text_there(layout: Layout, key: _Key) -> bool:
    """Whether a page has text or a table as far out as the running line of the others."""
    distance = (key[2] + 0.5) * _SAME_HEIGHT
    if key[0] == "header":
        return any(line.base <= distance for line in layout.lines) or any(grid.y0 <= distance for grid in layout.grids)
    edge = layout.page.height - distance
    return any(line.base >= edge for line in layout.lines) or any(grid.y1 >= edge for grid in layout.grids)
