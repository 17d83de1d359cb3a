"""Acts told by date and number, in every spelling met in head sentences and headings.

Wider than `extractors.requisites`, which reads running text and must not take «1.2.12» for a date: years of two
figures, lists of bare days («8, 13 и 20 октября 2014 г.»), dates without numbers and numbers without dates.
"""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

import regex

from extractors import values
from extractors.text import squeeze

_MONTHS = values.MONTH_WORDS.split("|")
_DAY = r"[«\"“„]?\s*+(?P<day>\d{1,2})\s*+[»\"”“]?"
_DATE = regex.compile(
    rf"(?<![\d.]){_DAY}\s*+(?:\.?\s*+(?P<month>\d{{1,2}})\s*+\.\s*+(?P<year>\d{{4}}|\d{{2}}(?=\s*+(?:г\b|№|N)))"
    rf"|\.?\s*+(?P<word>{values.MONTH_WORDS})\s*+(?P<of>\d{{4}}|\d{{2}}(?=\s*+г\b)))(?!\d)(?:\s*+г(?:ода?)?\b\.?)?",
    regex.I,
)
_DAYS = regex.compile(
    rf"(?<![\d.])(?:\d{{1,2}}(?:\s*+(?:,|и)\s*+\d{{1,2}})*+\s++(?:{values.MONTH_WORDS})\s*+(?:,|и\b)?\s*+)++(?P<year>\d{{4}})", regex.I
)
_DAYS_OF_MONTH = regex.compile(rf"(?P<days>\d{{1,2}}(?:\s*+(?:,|и)\s*+\d{{1,2}})*+)\s++(?P<word>{values.MONTH_WORDS})", regex.I)
_DIGITS = regex.compile(r"\d+")
_NUMBER = regex.compile(
    r"(?:№|\bN[oо]?(?=[\s\d\p{Ll}])|в„–)\s*+(?P<number>б/н|(?:\p{L}{1,3}[\s-]?)?\d++"
    r"(?:[-–—/][\p{L}\d]++|\.\d++|\p{L}{1,3}\b|\s?[-–—/]\s?(?:п|па|пп|пг|р|рп|рг|ра|нпа|[ФОКР]З|ФКЗ|\d+)\b|\s(?:п|па|пп|р|ра|рп)\b)*+)",
    regex.I,
)  # fmt: skip
_BETWEEN = regex.compile(r"\s*+(?:г(?:ода?)?\b\.?)?[\s,]*+(?:за\s++)?")
_FROM = regex.compile(r"\s*+от\s*+", regex.I)
_JOINT = regex.compile(r"\s*+(?:,|и)\s*+", regex.I)
_LONG_DASH = regex.compile(r"[–—]")


class Told(NamedTuple):
    """An act as it is told: its date in ISO form and its number, as far as they stand there; where."""

    date: str | None
    number: str | None
    start: int
    end: int


def told(text: str) -> list[Told]:
    """The acts of a text in order.

    >>> [act[:2] for act in told("от30.10.2014№413а, от 5.12.06 г. N р 460, № 387 от «13» мая 2016 г.")]
    [('2014-10-30', '413а'), ('2006-12-05', 'р460'), ('2016-05-13', '387')]
    >>> [act[:2] for act in told("8, 13 и 20 октября 2014 г.")]
    [('2014-10-08', None), ('2014-10-13', None), ('2014-10-20', None)]
    """
    lists = list(_bare_days(text))
    taken = [(found.start, found.end) for found in lists]
    dates = [found for found in _DATE.finditer(text) if not any(start <= found.start() < end for start, end in taken)]
    numbers = list(_NUMBER.finditer(text))
    made, used = list(lists), set[int]()
    for found in dates:
        n = _its_number(text, found, numbers, used)
        number = numbers[n] if n is not None else None
        if n is not None:
            used.add(n)
        spans = [found.span(), *([number.span()] if number else [])]
        made.append(Told(_iso(found), written(number["number"]) if number else None, min(s for s, _ in spans), max(e for _, e in spans)))
    made.extend(Told(None, written(number["number"]), *number.span()) for n, number in enumerate(numbers) if n not in used)
    return _with_common_dates(text, sorted(made, key=lambda act: act.start))


def written(number: str) -> str:
    """A number without its blanks: «131 – ФЗ» → «131-ФЗ»."""
    return _LONG_DASH.sub("-", squeeze(number).replace(" ", ""))


def _its_number(text: str, date: "regex.Match[str]", numbers: "list[regex.Match[str]]", used: set[int]) -> int | None:
    """The number before «от» and the date, or the one behind the date."""
    for n, number in enumerate(numbers):
        if n not in used and number.end() <= date.start() and _FROM.fullmatch(text, number.end(), date.start()):
            return n
    return next(
        (
            n
            for n, number in enumerate(numbers)
            if n not in used and number.start() >= date.end() and _BETWEEN.fullmatch(text, date.end(), number.start())
        ),
        None,
    )


def _with_common_dates(text: str, acts: list[Told]) -> list[Told]:
    """«от 07.04.2022 № 192, № 193»: a number that follows at once has the date of the one before."""
    for n in range(1, len(acts)):
        before, act = acts[n - 1], acts[n]
        if act.date is None and before.date and before.number and _JOINT.fullmatch(text, before.end, act.start):
            acts[n] = act._replace(date=before.date)
    return acts


def _bare_days(text: str) -> Iterator[Told]:
    """The days of a list that names month and year once."""
    for found in _DAYS.finditer(text):
        days = [(int(day), part) for part in _DAYS_OF_MONTH.finditer(text, *found.span()) for day in _DIGITS.findall(part["days"])]
        if len(days) > 1:
            for day, part in days:
                yield Told(_made(day, _MONTHS.index(part["word"].lower()) + 1, int(found["year"])), None, *found.span())


def _iso(found: "regex.Match[str]") -> str | None:
    year = int(found["year"] or found["of"])
    month = int(found["month"]) if found["month"] else _MONTHS.index(found["word"].lower()) + 1
    return _made(int(found["day"]), month, year)


def _made(day: int, month: int, year: int) -> str | None:
    """ISO form; None for a day that no calendar has."""
    if year < 100:
        year += 2000 if year < 50 else 1900
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None
