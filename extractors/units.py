"""The unit of money, as a header, a line above the table, or an amount itself states it."""

from collections.abc import Iterable

import regex

from extractors.text import squeeze
from schemas.amount import Amount, Mark

_UNIT = r"(?:(?:тыс|млн|млрд|тысяч\w*|миллион\w*|миллиард\w*)\.?\s*)?руб(?:л\w*|\.|\b)"
_SCALES = (("тыс", 1000), ("млн", 1_000_000), ("миллион", 1_000_000), ("млрд", 1_000_000_000), ("миллиард", 1_000_000_000))
_ANYWHERE = regex.compile(_UNIT, regex.I)
_BEHIND = regex.compile(rf"(?:\s*+[,(]|(?<=год)\s++)\s*+(?:в\s++)?{_UNIT}\W*+", regex.I)
_LINE = regex.compile(rf"\W*(?:ед\w*\.?\s*изм\w*\W*)?(?:в\s+)?(?P<unit>{_UNIT})\W*", regex.I)


def unit_in(text: str) -> str | None:
    """The unit that a text names, as written.

    >>> unit_in("Объём финансирования (тыс. руб.)")
    'тыс. руб.'
    """
    found = _ANYWHERE.search(text)
    return squeeze(found[0]) if found else None


def without_unit(head: str) -> str:
    """A head of a column without the unit behind its words; «2025 руб.» is an amount and stays.

    >>> without_unit("2025 год, тыс. руб."), without_unit("2025 (руб.)"), without_unit("2025 руб.")
    ('2025 год', '2025', '2025 руб.')
    """
    found = _BEHIND.search(head)
    return head[: found.start()] if found and found.end() == len(head) else head


def scale(unit: str) -> int:
    """How many roubles the unit is.

    >>> scale("тыс. руб."), scale("рублей")
    (1000, 1)
    """
    return next((roubles for word, roubles in _SCALES if word in unit.lower()), 1)


def unit_line(lines: Iterable[str]) -> str | None:
    """The unit that stands alone on a line.

    >>> unit_line(["ПЕРЕЧЕНЬ мероприятий", "(в тыс. рублей)"])
    'тыс. рублей'
    """
    found = (_LINE.fullmatch(line) for line in lines)
    return next((squeeze(match["unit"]) for match in found if match), None)


def only_unit(lines: Iterable[str]) -> str | None:
    """The unit that the lines name, wherever they do, unless they name different ones; a line of its own goes first.

    >>> only_unit(["(тыс. руб.)", "2025 год", "всего"]), only_unit(["2025 год, тыс. руб.", "2026 год, руб."])
    ('тыс. руб.', None)
    """
    written = list(lines)
    units = [unit for line in written if (unit := unit_in(line))]
    alone = unit_line(written)
    return alone or (units[0] if len({scale(unit) for unit in units}) == 1 else None)


def unit_of_amounts(amounts: Iterable[Amount]) -> str | None:
    """The unit written behind the amounts themselves, if it is the same behind all that have one."""
    units = {unit_in(amount.raw) for amount in amounts if Mark.UNIT in amount.marks}
    return units.pop() if len(units) == 1 else None
