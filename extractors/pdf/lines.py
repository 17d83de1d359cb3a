"""Signs on a page → lines of text."""

import itertools
from collections.abc import Iterable, Sequence
from statistics import median
from typing import NamedTuple

from extractors.pdf.marks import Glyph

_BLANKS = " \u00a0\u2007\u2009\u202f\u3000"
_SOFT_HYPHEN = "\u00ad"
_GAP = 0.16  # of the size of the letters: a wider gap between two signs is a blank
_HEIGHT = 0.7  # of the size: how high a line reaches above its base
_HYPHENS = "-\u2010"


class Line(NamedTuple):
    """A line of text and what tells where it was broken.

    `x1` is the end of its last visible sign; `hangs`: a blank is drawn behind that; `first` is the
    width of its beginning up to where it could have been broken, `sign` of its first sign, `blank` of a blank in its font.
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    page: int
    hangs: bool
    first: float
    sign: float
    blank: float
    turn: int = 0

    def moved(self, along: float) -> "Line":
        """The same line elsewhere on the page."""
        return self._replace(x0=self.x0 + along, x1=self.x1 + along)


def lines(glyphs: Iterable[Glyph], page: int) -> list[Line]:
    """The written lines in the order of reading, turned ones behind the others."""
    turned: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        turned.setdefault(glyph.turn, []).append(glyph)
    found: list[Line] = []
    for turn in sorted(turned):
        for group in _groups(turned[turn]):
            line = _line(group, page)
            if line is not None:
                found.append(line)
    return found


def _groups(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Signs that stand on one line: whose heights overlap by half, and which are not drawn over each other."""
    groups: list[_Group] = []
    for string in _strings(glyphs):
        first, last = string[0], string[-1]
        top, base = first.base - _HEIGHT * first.size, first.base
        group = next((group for group in reversed(groups[-4:]) if group.takes(top, base, first.x0, last.x1, first.size)), None)
        if group is None:
            groups.append(group := _Group())
        group.add(string, top, base)
    return [group.glyphs for group in sorted(groups, key=lambda group: group.base)]


def _strings(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """The signs by the strings that they were drawn with, from top to bottom."""
    runs: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        runs.setdefault(glyph.run, []).append(glyph)
    for run in runs.values():
        run.sort(key=lambda glyph: glyph.x0)
    return sorted(runs.values(), key=lambda run: (run[0].base, run[0].x0))


class _Group:
    """A line in the making."""

    def __init__(self) -> None:
        self.glyphs: list[Glyph] = []
        self.spans: list[tuple[float, float]] = []
        self.top = self.base = 0.0

    def takes(self, top: float, base: float, x0: float, x1: float, size: float) -> bool:
        """Whether a string stands on this line."""
        if min(self.base, base) - max(self.top, top) <= 0.5 * min(self.base - self.top, base - top):
            return False
        return all(min(x1, right) - max(x0, left) < 0.5 * size for left, right in self.spans)

    def add(self, string: list[Glyph], top: float, base: float) -> None:
        if not self.glyphs or base - top > self.base - self.top:
            self.top, self.base = top, base
        self.glyphs.extend(string)
        self.spans.append((string[0].x0, string[-1].x1))


def _line(group: list[Glyph], page: int) -> Line | None:
    group.sort(key=lambda glyph: glyph.x0)
    blanks = [glyph.x1 - glyph.x0 for glyph in group if glyph.text == " "]
    lead = next((number for number, glyph in enumerate(group) if glyph.text not in _BLANKS), len(group))
    before = "".join(glyph.text for glyph in group[:lead])
    del group[:lead]
    hangs = False
    while group and (group[-1].text in _BLANKS):
        hangs = True
        del group[-1]
    if not group:
        return None
    size = median(glyph.size for glyph in group)
    biggest = max(group, key=lambda glyph: glyph.size)
    text = _text(group, size)
    breaks = _first_break(group)
    return Line(
        before + text, group[0].x0, group[-1].x1, biggest.base, size, page, hangs,
        group[breaks].x1 - group[0].x0, group[0].x1 - group[0].x0, _blank(blanks, size), group[0].turn,
    )  # fmt: skip


def _blank(drawn: list[float], size: float) -> float:
    """The width of a blank: the narrowest of those drawn, for justifying makes them wider; a quarter of the size where there are none."""
    return min(max(min(drawn, default=0.25 * size), 0.2 * size), 0.36 * size)


def _text(group: Sequence[Glyph], size: float) -> str:
    gap = _GAP * size + _spacing(group, size)
    parts = [group[0].text]
    for before, glyph in itertools.pairwise(group):
        if glyph.x0 - before.x1 > gap and before.text not in _BLANKS and glyph.text not in _BLANKS:
            parts.append(" ")
        parts.append(glyph.text)
    return "".join(parts)


def _spacing(group: Sequence[Glyph], size: float) -> float:
    """What letters s e t  w i d e stand apart as a rule."""
    if len(group) < 6:
        return 0.0
    usual = median(glyph.x0 - before.x1 for before, glyph in itertools.pairwise(group))
    return usual if usual > 0.08 * size else 0.0


def _first_break(group: Sequence[Glyph]) -> int:
    """The last sign of the line's beginning that cannot be parted: up to a blank, or a hyphen in a word."""
    for number, glyph in enumerate(group):
        if glyph.text == " ":
            return max(0, number - 1)
        inside = 0 < number < len(group) - 1 and group[number - 1].text.isalpha() and group[number + 1].text.isalpha()
        if glyph.text in _HYPHENS and inside:
            return number
        if number + 1 < len(group) and group[number + 1].x0 - glyph.x1 > 0.3 * glyph.size:
            return number
    return len(group) - 1
