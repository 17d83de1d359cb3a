"""The place that a number implies among the numbers that are there: 5.7 behind 5.6, 1-1 behind 1, 26.1 behind 26."""

from collections.abc import Sequence

import regex

_PARTS = regex.compile(r"[.\-]")

Number = tuple[int | str, ...]


def parsed(number: str | None) -> Number | None:
    """A number as its parts; None where it is none.

    >>> parsed("5.10"), parsed("1-1"), parsed("б"), parsed("2а")
    ((5, 10), (1, 1), ('б',), (2, 'а'))
    """
    if not number:
        return None
    found: list[int | str] = []
    for part in _PARTS.split(number.strip().rstrip(".)")):
        digits = regex.match(r"\d*", part)
        count = digits[0] if digits else ""
        found.extend([int(count)] if count else [])
        found.extend([part[len(count) :].lower()] if part[len(count) :] else [])
    return tuple(found) or None


def _sortable(number: Number) -> tuple[tuple[int, int, str], ...]:
    return tuple((0, part, "") if isinstance(part, int) else (1, 0, part) for part in number)


def is_before(one: Number, other: Number) -> bool:
    """Whether a number comes before another."""
    return _sortable(one) < _sortable(other)


def order(number: str | None) -> tuple[int, ...]:
    """What sorts several new things that come to one spot by their numbers; nothing where they have none.

    >>> order("5.7") < order("5.10")
    True
    """
    return tuple(part if isinstance(part, int) else 1_000 + ord(part[0]) for part in parsed(number) or ())


def predecessor(number: str, there: Sequence[str | None]) -> int | None:
    """The position of the number behind which a new one comes: the greatest smaller one; None if there is none."""
    new = parsed(number)
    known = [(n, found) for n, text in enumerate(there) if (found := parsed(text)) is not None]
    smaller = [(n, found) for n, found in known if new is not None and is_before(found, new)]
    best = max(smaller, key=lambda pair: (_sortable(pair[1]), pair[0]), default=None)
    return best[0] if best else None


def is_related(number: str, other: str | None) -> bool:
    """Whether a number stands under the same head as another, or right under it: 5.7 and 5.6, 5.1 and 5.

    >>> is_related("5.7", "5.6"), is_related("5.1", "5"), is_related("7.1", "5.6")
    (True, True, False)
    """
    one, two = parsed(number), parsed(other)
    if one is None or two is None:
        return False
    shared = min(len(one), len(two)) if len(one) != len(two) else len(one) - 1
    return one[:shared] == two[:shared] if shared else len(one) == len(two) == 1
