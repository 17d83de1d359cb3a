"""Numbers as running text writes them, and whether a sum agrees with its terms to their written decimals."""

from collections.abc import Sequence
from decimal import Decimal

import regex

from extractors import values

AMOUNT = r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)(?:,\d+)?(?![\d,]*\d)"
"""A whole number or a decimal one, its thousands parted by blanks or not."""

_SCALE = regex.compile(r"тыс|млн|млрд|миллион|миллиард|руб|%|чел|шт|ед|км|га", regex.I)


def figure(text: str) -> Decimal | None:
    """The value of a number that needs no liberty to be read."""
    value, marks = values.number(text)
    return None if marks else value


def scale(unit: str) -> tuple[str, ...]:
    """What tells one unit from another: «тыс. рублей» and «тысяч руб.» are the same.

    >>> scale(" тыс. рублей") == scale("тысяч руб."), scale("млн рублей")
    (True, ('млн', 'руб'))
    """
    return tuple(word.lower() for word in _SCALE.findall(unit))


def agrees(stated: Decimal, terms: Sequence[Decimal]) -> bool:
    """Whether the terms give what is stated, rounding allowed where one side has fewer decimals than the other.

    >>> agrees(Decimal("4084.48"), [Decimal("4000.477"), Decimal("84.000")]), agrees(Decimal(13), [Decimal(7), Decimal(5)])
    (True, False)
    """
    places = [_places(term) for term in terms]
    half = Decimal(1).scaleb(-_places(stated)) / 2 if _places(stated) < max(places) else Decimal(0)
    coarse = max(places) < _places(stated)
    slack = Decimal(1).scaleb(-max(places)) / 2 * len(terms) if coarse else half
    return abs(sum(terms, Decimal(0)) - stated) <= slack


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
