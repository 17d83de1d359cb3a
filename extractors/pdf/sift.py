"""What of a page's signs is its text: the unseen, the doubled and the scanned told apart."""

from collections import Counter
from typing import NamedTuple

from extractors.pdf.marks import Area, Glyph, Page, Rule, doubled, middle, upright

_SCAN = 0.25  # of the page: an empty page with so much of pictures is a scan
_STAMPED_SCAN, _STAMP = 0.6, 200  # a scan may bear a printed stamp of a few signs

REASONS = {
    "hidden": "невидимый текст: белым по белому или без краски",
    "off-page": "текст за краем страницы",
    "clipped": "текст за краем рамки, которой он обрезан",
    "aslant": "наклонная надпись поперёк страницы",
    "doubled": "знаки, напечатанные дважды на одном месте ради жирности",
}


class Sifted(NamedTuple):
    """A page as it is read; `scan`: it is a picture; `veil`: its text is what was recognised of a picture."""

    page: Page
    scan: bool
    veil: bool


def sift(page: Page) -> Sifted:
    """Leave only what a person sees, the way up in which most of it is written."""
    on_dark = [glyph for glyph in page.white if _on_dark(glyph, page)]
    if len(on_dark) < len(page.white):
        seen = set(map(id, on_dark))
        page.leave("hidden", "".join(glyph.text for glyph in page.white if id(glyph) not in seen))
    page.glyphs.extend(on_dark)
    veil = _written(page.glyphs) == 0 and bool(page.veiled) and _pictured(page) >= _SCAN
    if veil:
        page.glyphs = page.veiled
    elif page.veiled:
        page.leave("hidden", "".join(glyph.text for glyph in page.veiled))
    kept, twice = doubled(page.glyphs)
    if twice:
        count = Counter(glyph.text for glyph in page.glyphs)
        count.subtract(glyph.text for glyph in kept)
        page.leave("doubled", "".join(count.elements()))
    page.glyphs = kept
    written, share = _written(kept), _pictured(page)
    scan = not veil and ((not written and share >= _SCAN) or (written < _STAMP and share >= _STAMPED_SCAN))
    turn = _usual_turn(kept)
    return Sifted(_turned(page, turn) if turn else page, scan, veil)


def _on_dark(glyph: Glyph, page: Page) -> bool:
    x, y = middle(glyph)
    return any(area.holds(x, y) for area in (*page.dark, *page.images))


def _written(glyphs: list[Glyph]) -> int:
    return sum(not glyph.text.isspace() for glyph in glyphs)


def _pictured(page: Page) -> float:
    """The share of the page that pictures cover, at most the whole."""
    whole = Area(0, 0, page.width, page.height)
    seen = (Area(max(0, a.x0), max(0, a.y0), min(whole.x1, a.x1), min(whole.y1, a.y1)) for a in page.images)
    return min(1.0, sum(area.surface for area in seen) / max(whole.surface, 1.0))


def _usual_turn(glyphs: list[Glyph]) -> int:
    turns = Counter(glyph.turn for glyph in glyphs)
    most = max(turns, key=lambda turn: turns[turn], default=0)
    return most if 2 * turns[most] > len(glyphs) else 0


def _turned(page: Page, turn: int) -> Page:
    """The page turned so that text of this turn stands upright."""
    wide, high = (page.width, page.height) if turn == 2 else (page.height, page.width)
    made = Page(page.number, wide, high)
    made.apart, made.unknown = page.apart, page.unknown

    def spot(x: float, y: float) -> tuple[float, float]:
        return [(x, y), (page.height - y, x), (page.width - x, page.height - y), (y, page.width - x)][turn]

    def area(box: Area) -> Area:
        (x0, y0), (x1, y1) = spot(box.x0, box.y0), spot(box.x1, box.y1)
        return Area(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    for glyph in page.glyphs:
        new = (glyph.turn - turn) % 4
        x, y = spot(*upright(glyph.x0, glyph.base, glyph.turn))
        start, base = [(x, y), (-y, x), (-x, -y), (y, -x)][new]
        made.glyphs.append(glyph._replace(x0=start, x1=start + glyph.x1 - glyph.x0, base=base, turn=new))
    for rule in page.rules:
        ends = area(Area(rule.start, rule.at, rule.stop, rule.at) if rule.level else Area(rule.at, rule.start, rule.at, rule.stop))
        level = rule.level == (turn == 2)
        made.rules.append(Rule(level, ends.y0, ends.x0, ends.x1) if level else Rule(level, ends.x0, ends.y0, ends.y1))
    made.dark, made.images = [area(box) for box in page.dark], [area(box) for box in page.images]
    return made
