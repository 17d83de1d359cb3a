"""A total in running text with its breakdown by years: «составит 384149,54 тыс. руб., в т.ч. 2014 год - 53970,04 тыс. руб.; …»."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

import regex

from pipeline.reckoning.figures import AMOUNT, figure, scale

_INCLUDING = regex.compile(r"в\s+том\s+числе|в\s+т\.\s?ч\.", regex.I)
_TOTAL = regex.compile(
    rf"(?<![\d.,/№-])(?P<total>{AMOUNT})(?P<unit>[^\d\n;()]{{0,40}}?)[,;.:(]?\s*(?:в\s+том\s+числе|в\s+т\.\s?ч\.)[^\d;]{{0,80}}$", regex.I
)
_PAIR = regex.compile(
    rf"(?<!\d)(?P<year>(?:19|20)\d\d)\s*(?:год[ауе]?|гг?\.?)?\s*[-–—:]\s?[-–—]?\s*(?P<amount>{AMOUNT})(?P<unit>\s?(?:тыс|млн|млрд|руб|чел|шт|ед|%)[^\d;,()\n]{{0,20}})?(?!\s*(?:г\b|гг|год|[-–—]\s*20\d\d))",
    regex.I,
)
_BROKEN_OFF = regex.compile(r"всего|итого|общ(?:ий|ая|ем)|объ[её]м|(?:19|20)\d\d", regex.I)
_ANY_YEAR = regex.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_AHEAD = 80
_BACK, _GAP = 200, 240  # signs from the total to its first year; between two years


class Term(NamedTuple):
    """An addend: its year or nothing, its value, as written, and where it stands."""

    label: str
    value: Decimal
    raw: str
    offset: int


class Breakdown(NamedTuple):
    """A stated total and the terms that it is broken down into; `start`, `end` of the total."""

    start: int
    end: int
    total: Decimal
    terms: tuple[Term, ...]


def yearly(text: str) -> Iterator[Breakdown]:
    """Every total of the text with its terms by year, if all are in one unit."""
    if not _INCLUDING.search(text):
        return
    run: list[regex.Match[str]] = []
    for pair in _PAIR.finditer(text):
        if run and not _follows(text, run[-1], pair):
            yield from _breakdown(text, run)
            run = []
        run.append(pair)
    yield from _breakdown(text, run)


def _follows(text: str, before: "regex.Match[str]", pair: "regex.Match[str]") -> bool:
    between = text[before.end() : pair.start()]
    return int(pair["year"]) > int(before["year"]) and len(between) <= _GAP and not _BROKEN_OFF.search(between)


def _goes_on(text: str, last: "regex.Match[str]") -> bool:
    """Whether another, later year follows in a form that is not read: «… 2025 год – 10; на 2026 год предусмотрено 20»."""
    return any(int(year[0]) > int(last["year"]) for year in _ANY_YEAR.finditer(text, last.end(), last.end() + _AHEAD))


def _breakdown(text: str, run: "list[regex.Match[str]]") -> Iterator[Breakdown]:
    if len(run) < 2 or _goes_on(text, run[-1]):
        return
    total = _TOTAL.search(text[max(0, run[0].start() - _BACK) : run[0].start()])
    if not total:
        return
    units = {scale(pair["unit"]) for pair in run if pair["unit"]} - {()}
    if len(units) > 1 or (units and scale(total["unit"]) not in (*units, ())):
        return
    start = max(0, run[0].start() - _BACK) + total.start("total")
    stated = figure(total["total"])
    terms = tuple(Term(pair["year"], value, pair["amount"], pair.start()) for pair in run if (value := figure(pair["amount"])) is not None)
    if stated is not None and len(terms) == len(run):
        yield Breakdown(start, start + len(total["total"]), stated, terms)
