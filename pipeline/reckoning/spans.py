"""Spans of years and changes in running text that lead nowhere: «с 2 в 2020 году до 100 % в 2020 году»."""

from collections.abc import Iterator
from typing import NamedTuple

import regex

_YEAR = r"(?:19|20)\d\d"
_FROM_TO = regex.compile(
    rf"(?<!\p{{L}})[сc]о?\s+(?P<from>\d(?:[^.;!?\n]|\.(?! \p{{Lu}})){{0,80}}?)(?<!\p{{L}})[вк]\s+(?P<start>{_YEAR})\s*(?:год[уа]?|г\.?)?(?P<between>[^.;!?\n\d]{{0,40}}?)(?<!\p{{L}})до\s+"
    rf"(?P<to>\d(?:[^.;!?\n]|\.(?! \p{{Lu}})){{0,60}}?)(?<!\p{{L}})[вк]\s+(?P<end>{_YEAR})(?!\s*[-–—]\s*\d)(?:\s*(?:году|г\.?))?",
    regex.I,
)
_PERIOD = regex.compile(rf"(?<!\p{{L}})[сc]\s+(?P<start>{_YEAR})\s*(?:год[ауе]?|г\.?)?\s+по\s+(?P<end>{_YEAR})\s*(?:год|г)", regex.I)
_RANGE = regex.compile(rf"(?<![\d.,/№-])(?P<start>{_YEAR})\s?[-–—]\s?(?P<end>{_YEAR})\s*(?:год|гг)", regex.I)


class Span(NamedTuple):
    """A span: where its last year stands, its years."""

    start: int
    end: int
    first: int
    last: int


def idle_spans(text: str) -> Iterator[Span]:
    """Changes from a year to the same or to an earlier one, and periods that end before they begin."""
    for pattern, least in ((_FROM_TO, 1), (_PERIOD, 0), (_RANGE, 0)):
        for match in pattern.finditer(text):
            first, last = int(match["start"]), int(match["end"])
            if last - first < least:
                yield Span(*match.span("end"), first, last)
