"""What a page draws: signs with their spots, ruling lines, pictures. All spots are measured from the page's top left corner."""

import itertools
from collections.abc import Sequence
from typing import Any, NamedTuple

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFResourceManager

from extractors import errors
from extractors.options import Limits

Matrix = tuple[float, float, float, float, float, float]

_THIN = 3.0  # a filled box that is thinner is a line
_SHORTEST = 3.0  # a line that is shorter is a dot or a part of a sign
_MOST_FIGURES = 200_000  # of a document: drawings that draw other drawings can grow without end
_MOST_PATHS = 3_000_000
_DEEPEST_FIGURE = 30
_LARGEST_PAGE = 100_000.0  # points
UNKNOWN = "\ufffd"


class Glyph(NamedTuple):
    """A sign: its left and right end along its line, the line's height on the page, its size.

    `turn` counts the quarter turns against the clock in which the line is written; for a turned
    sign `x0`, `x1` and `base` are measured along its own line, see `upright`. `run` is the number
    of the string that the sign was drawn with.
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    turn: int = 0
    run: int = 0


class Rule(NamedTuple):
    """A straight line, level or upright: where it stands, where it begins and ends."""

    level: bool
    at: float
    start: float
    stop: float


class Area(NamedTuple):
    """A box on a page."""

    x0: float
    y0: float
    x1: float
    y1: float

    def holds(self, x: float, y: float) -> bool:
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    @property
    def surface(self) -> float:
        return max(0.0, self.x1 - self.x0) * max(0.0, self.y1 - self.y0)


class Page:
    """The marks of one page; `apart` holds signs that nobody sees or that are drawn twice, by kind."""

    def __init__(self, number: int, width: float, height: float) -> None:
        self.number, self.width, self.height = number, width, height
        self.glyphs: list[Glyph] = []
        self.veiled: list[Glyph] = []  # drawn invisibly, as the text under a scan
        self.white: list[Glyph] = []
        self.rules: list[Rule] = []
        self.dark: list[Area] = []
        self.images: list[Area] = []
        self.apart: dict[str, list[str]] = {}
        self.notes: list[str] = []  # remarks that a reader left upon the page
        self.unknown = 0

    def leave(self, kind: str, text: str) -> None:
        """Keep signs apart that are no part of the text."""
        self.apart.setdefault(kind, []).append(text)


def middle(glyph: Glyph) -> tuple[float, float]:
    """The spot of a sign's middle on the page."""
    along, across = (glyph.x0 + glyph.x1) / 2, glyph.base - 0.3 * glyph.size
    return upright(along, across, glyph.turn)


def upright(along: float, across: float, turn: int) -> tuple[float, float]:
    """A spot of a turned line as a spot of the page."""
    return [(along, across), (across, -along), (-along, -across), (-across, along)][turn]


class Device(PDFTextDevice):
    """Takes down what pages draw; refuses a document that draws without end."""

    def __init__(self, manager: PDFResourceManager, limits: Limits) -> None:
        super().__init__(manager)
        self.limits = limits
        self.page = Page(0, 0, 0)
        self._depth = self._figures = self._paths = self._signs = self._mode = 0
        self._run, self._run_end = 0, 0.0
        self.room = limits.unpacked_bytes  # bytes of drawings that may still be drawn
        self.clip: Area | None = None  # outside of it nothing is seen
        self._known: dict[tuple[int, int], tuple[str, float]] = {}

    def begin_page(self, page: Any, ctm: Any) -> None:  # noqa: ARG002
        x0, y0, x1, y1 = page.mediabox
        width, height = abs(x1 - x0), abs(y1 - y0)
        if page.rotate in (90, 270):
            width, height = height, width
        if not (0 < width < _LARGEST_PAGE and 0 < height < _LARGEST_PAGE):
            raise errors.Damaged
        self.page = Page(self.page.number + 1, width, height)
        self._known.clear()
        self.clip = None

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:  # noqa: ARG002
        self._figures += 1
        self._depth += 1
        if self._figures > _MOST_FIGURES or self._depth > _DEEPEST_FIGURE:
            raise errors.TooLarge

    def end_figure(self, name: str) -> None:  # noqa: ARG002
        self._depth -= 1

    def render_image(self, name: str, stream: Any) -> None:  # noqa: ARG002
        corners = [self._spot(x, y) for x, y in ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0))]
        if all(self._is_near(spot) for spot in corners):
            self.page.images.append(_around(corners))

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        self._mode = textstate.render
        self._run += 1
        self._run_end = float("inf")
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(
        self,
        matrix: Any,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,  # noqa: ARG002
        graphicstate: Any,
    ) -> float:
        key = (id(font), cid)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = (_sign(font, cid), font.char_width(cid))
        text, width = known
        advance = width * fontsize * scaling
        self._signs += 1
        if self._signs > self.limits.text:
            raise errors.TooLarge(detail="limits.text")
        if text:
            self._take(text, matrix, advance, fontsize, rise, graphicstate)
        return advance

    def _take(self, text: str, matrix: Matrix, advance: float, fontsize: float, rise: float, state: Any) -> None:
        a, b, c, d, e, f = matrix
        size = abs(fontsize) * (c * c + d * d) ** 0.5
        x, y = e + rise * c, self.page.height - (f + rise * d)
        turn = _turn(a * advance, b * advance) if advance else _turn(a, b)
        length = abs(advance) * (a * a + b * b) ** 0.5
        page = self.page
        if turn is None:
            page.leave("aslant", text)
            return
        start, base = [(x, y), (-y, x), (-x, -y), (y, -x)][turn]
        if start - self._run_end > size:
            self._run += 1
        self._run_end = start + length
        glyph = Glyph(text, start, start + length, base, size, turn, self._run)
        page.unknown += text == UNKNOWN
        if not (-1 <= x <= page.width + 1 and -1 <= y <= page.height + 1 and 0 < size < page.height and length < page.width):
            page.leave("off-page", text)
        elif self.clip is not None and not self.clip.holds(*middle(glyph)):
            page.leave("clipped", text)
        elif self._mode in (3, 7):
            page.veiled.append(glyph)
        elif self._mode in (0, 4) and _is_white(state.ncolor):
            page.white.append(glyph)
        else:
            page.glyphs.append(glyph)

    def clip_to(self, path: Sequence[Any]) -> None:
        """Narrow the clip to the box around a path."""
        points = [self._spot(x, y) for spots in _subpaths(path) for x, y in spots]
        if points:
            area, old = _around(points), self.clip
            self.clip = area if old is None else Area(*map(max, area[:2], old[:2]), *map(min, area[2:], old[2:]))

    def _spot(self, x: float, y: float) -> tuple[float, float]:
        a, b, c, d, e, f = self.ctm or (1, 0, 0, 1, 0, 0)
        return a * x + c * y + e, self.page.height - (b * x + d * y + f)

    def _is_near(self, spot: tuple[float, float]) -> bool:
        """Whether a spot is on the page or not far from it, and a spot at all."""
        return all(-_LARGEST_PAGE < part < _LARGEST_PAGE for part in spot)

    def paint_path(self, graphicstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Sequence[Any]) -> None:  # noqa: ARG002
        self._paths += len(path)
        if self._paths > _MOST_PATHS:
            raise errors.TooLarge
        for spots in _subpaths(path):
            points = [spot for x, y in spots if self._is_near(spot := self._spot(x, y))]
            if not points:
                continue
            if stroke:
                self._strokes(points)
            elif fill:
                self._filled(_around(points), graphicstate.ncolor)

    def _strokes(self, points: list[tuple[float, float]]) -> None:
        for (x0, y0), (x1, y1) in itertools.pairwise(points):
            if abs(y0 - y1) < 0.5 and abs(x0 - x1) > _SHORTEST:
                self.page.rules.append(Rule(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1)))
            elif abs(x0 - x1) < 0.5 and abs(y0 - y1) > _SHORTEST:
                self.page.rules.append(Rule(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1)))

    def _filled(self, area: Area, colour: Any) -> None:
        wide, high = area.x1 - area.x0, area.y1 - area.y0
        if high <= _THIN < wide:
            self.page.rules.append(Rule(True, (area.y0 + area.y1) / 2, area.x0, area.x1))
        elif wide <= _THIN < high:
            self.page.rules.append(Rule(False, (area.x0 + area.x1) / 2, area.y0, area.y1))
        elif wide > _THIN and high > _THIN and not _is_white(colour):
            self.page.dark.append(area)


def _sign(font: PDFFont, cid: int) -> str:
    """The text of a sign; ligatures are parted, signs that the font does not explain are shown as such."""
    try:
        text = font.to_unichr(cid)
    except PDFUnicodeNotDefined:
        return UNKNOWN
    parted = _LIGATURES.get(text, text)
    return "".join(sign for sign in parted if sign >= " " or sign == "\t").replace("\t", " ")


_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}


def _turn(x: float, y: float) -> int | None:
    """Quarter turns against the clock of a direction; None for one aslant (y grows upwards here)."""
    if abs(y) < 0.1 * abs(x):
        return 0 if x > 0 else 2
    if abs(x) < 0.1 * abs(y):
        return 1 if y > 0 else 3
    return None


def _is_white(colour: Any) -> bool:
    if colour == 0:
        return False
    if isinstance(colour, int | float):
        return colour >= 0.99
    if not isinstance(colour, tuple | list) or not all(isinstance(part, int | float) for part in colour):
        return False
    return (len(colour) == 4 and max(colour) <= 0.01) or (len(colour) in (1, 3) and min(colour) >= 0.99)


def _around(points: Sequence[tuple[float, float]]) -> Area:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Area(min(xs), min(ys), max(xs), max(ys))


def _subpaths(path: Sequence[Any]) -> list[list[tuple[float, float]]]:
    """The corners of each piece of a path; a curve counts as its end."""
    pieces: list[list[tuple[float, float]]] = []
    for operator, *numbers in path:
        if operator == "m" or not pieces:
            pieces.append([])
        if operator == "h":
            pieces[-1].extend(pieces[-1][:1])
        elif len(numbers) >= 2:
            pieces[-1].append((float(numbers[-2]), float(numbers[-1])))
    return [piece for piece in pieces if piece]


def doubled(glyphs: list[Glyph]) -> tuple[list[Glyph], int]:
    """The signs without those drawn twice on one spot to look bold, and how many those are."""
    kept: list[Glyph] = []
    near: dict[tuple[str, int, int, int], list[Glyph]] = {}
    for glyph in glyphs:
        step = max(glyph.size, 1.0)
        column, row = int(glyph.x0 // step), int(glyph.base // step)
        around = [(glyph.text, glyph.turn, column + i, row + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
        if any(_same_spot(other, glyph) for key in around for other in near.get(key, ())):
            continue
        near.setdefault((glyph.text, glyph.turn, column, row), []).append(glyph)
        kept.append(glyph)
    return kept, len(glyphs) - len(kept)


def _same_spot(left: Glyph, right: Glyph) -> bool:
    reach = 0.12 * right.size
    return abs(left.x0 - right.x0) < reach and abs(left.base - right.base) < reach and abs(left.size - right.size) < reach
