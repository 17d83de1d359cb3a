"""Shares beside the counts that they are of: «из 41 служащего 3 (7,3%)», «12 из 50 школ (24 %)»."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

import regex

_PERCENT = r"(?P<percent>\d{1,3}(?:,\d{1,2})?)\s?%"
_COUNT = r"(?<![\d,./-])(?P<{0}>\d{{1,6}})(?![\d,./-]*\d)(?!\s*(?:тыс|млн|млрд|%|год|г\.))"
_GAP, _SHORT = r"[^\d.;%()\n]{{1,{0}}}?", r"[^\d.;%()\n]{{0,{0}}}?"
_PATTERNS = (
    # «из 41 муниципального служащего 3 человека (7,3%)»
    regex.compile(
        rf"\bиз\s+{_COUNT.format('whole')}{_GAP.format(60)}{_COUNT.format('part')}{_SHORT.format(40)}\(\s*{_PERCENT}\s*\)", regex.I
    ),
    # «12 из 50 школ (24 %)», «12 человек из 50, или 24 %»
    regex.compile(
        rf"{_COUNT.format('part')}{_SHORT.format(30)}\bиз\s+{_COUNT.format('whole')}{_SHORT.format(40)}(?:\(\s*|,\s*(?:или|что составляет)\s+){_PERCENT}",
        regex.I,
    ),
    # «3 человека (7,3 % от 41)», «3 человека – 7,3 % от общего числа 41»
    regex.compile(
        rf"{_COUNT.format('part')}{_GAP.format(40)}(?:\(\s*|[–—-]\s*|,\s*или\s+){_PERCENT}\s*от\s+(?:общ\p{{L}}+\s+(?:числ\p{{L}}+|количеств\p{{L}}+|численност\p{{L}}+)\s*)?[(–—-]?\s*{_COUNT.format('whole')}",
        regex.I,
    ),
)
_ROUGHLY = regex.compile(
    r"около|примерно|более|свыше|почти|порядка|приблизительно|не менее|не более|меньше|в среднем|прирост|рост\b|увелич|сниз|снижен", regex.I
)
_YEAR = range(1900, 2101)


class Share(NamedTuple):
    """A share that its counts do not give: where the percentage stands, what it states and what they give."""

    start: int
    end: int
    stated: Decimal
    expected: Decimal
    part: str
    whole: str


def wrong_shares(text: str) -> Iterator[Share]:
    """The shares of a text that differ from their counts by more than rounding or cutting explains."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            part, whole = int(match["part"]), int(match["whole"])
            if (
                not whole
                or whole in _YEAR
                or part in _YEAR
                or _ROUGHLY.search(match[0])
                or _ROUGHLY.search(text[max(0, match.start() - 40) : match.start()])
            ):
                continue
            stated = Decimal(match["percent"].replace(",", "."))
            unit = Decimal(1).scaleb(int(stated.as_tuple().exponent))
            exact = Decimal(100 * part) / Decimal(whole)
            if abs(exact - stated) >= unit:
                start, end = match.span("percent")
                yield Share(start, end, stated, exact.quantize(unit), match["part"], match["whole"])
