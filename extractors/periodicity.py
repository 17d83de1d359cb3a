"""How often, or in which years, an activity is due: «ежегодно», «1 раз в 2 года», «1 раз», «2022-2024 годы»."""

from collections.abc import Iterable
from typing import NamedTuple

import regex

from extractors.text import squeeze

_NUMERALS = {"один": 1, "два": 2, "две": 2, "три": 3, "четыре": 4, "пять": 5, "двух": 2, "трех": 3}
_COUNT = rf"(?:\d|{'|'.join(_NUMERALS)})"
_EVERY = regex.compile(
    rf"(?:1|один) раз (?:в|за|каждые) (?P<years>{_COUNT})(?:-х)? (?:год|лет)|(?<!\w)раз (?:в|каждые) (?P<years>{_COUNT})(?:-х)? (?:год|лет)"
)
_YEARLY = regex.compile(
    r"ежегодн|каждый год|ежемесячн|ежеквартальн|еженедельн|ежедневн|постоянно|раза? в (?:год|полугоди|квартал|месяц|неделю)"
)
_ONCE = regex.compile(r"^(?:1|один) раз$|^единовременно|^однократно|^единоразово|^разово")
_YEAR = r"(?:19|20)\d\d"
_SPAN = regex.compile(rf"(?P<first>{_YEAR})\s*(?:г\w*\.?)?\s*(?:\p{{Pd}}|по|до)\s*(?P<last>{_YEAR})")
_ONE = regex.compile(_YEAR)
_UNTIL = regex.compile(rf"(?:^|\s)(?:до|не позднее)\s.{{0,20}}?(?P<year>{_YEAR})")
_SINCE = regex.compile(rf"(?:^|\s)с\s(?:\d\d?[.\s])?(?:\d\d?\.|\p{{L}}+\s)?(?P<year>{_YEAR})(?!.*{_YEAR})")
_DEADLINE = regex.compile(rf"^(?:\d\d?\.)?\d\d?\.(?P<year>{_YEAR})")


class Periodicity(NamedTuple):
    """`every`: once in so many years (1: every year, 0: once and for all, None: not said); the years that are named."""

    every: int | None = None
    first: int | None = None
    last: int | None = None
    years: frozenset[int] = frozenset()

    def allows(self, year: int) -> bool:
        """Whether the named years leave room for this one."""
        if self.years and year not in self.years:
            return False
        return (self.first is None or self.first <= year) and (self.last is None or year <= self.last)


def periodicity(text: str) -> Periodicity:
    """What the term of an activity says.

    >>> periodicity("1 раз в 2 года").every, periodicity("Ежегодно").every, periodicity("1 раз").every
    (2, 1, 0)
    >>> sorted(periodicity("2022-2024 годы").years), periodicity("до 31.12.2025").last
    ([2022, 2023, 2024], 2025)
    >>> periodicity("по мере необходимости")
    Periodicity(every=None, first=None, last=None, years=frozenset())
    """
    term = squeeze(text).lower().replace("ё", "е")
    every = _EVERY.search(term)
    often = _number(every["years"]) if every else 1 if _YEARLY.search(term) else 0 if _ONCE.search(term.strip(" .;,")) else None
    until, since = _UNTIL.search(term) or _DEADLINE.search(term), _SINCE.search(term)
    if until or since:
        return Periodicity(often, int(since["year"]) if since else None, int(until["year"]) if until else None)
    return Periodicity(often, years=frozenset(_named(term)))


def _number(written: str) -> int:
    return int(written) if written.isdecimal() else _NUMERALS[written]


def _named(term: str) -> Iterable[int]:
    """Every year that a term names: «2021, 2023-2025»."""
    for span in _SPAN.finditer(term):
        yield from range(int(span["first"]), int(span["last"]) + 1)
    yield from (int(year[0]) for year in _ONE.finditer(term))
