"""What running text says of the programme's own years and targets: «Доля жителей … составит 100 % в 2026 году»."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

import regex

from extractors.text import key
from pipeline.reckoning.figures import AMOUNT, figure
from schemas.edition import Indicator

_FOLD = (("ё", "е"), *((mark, '"') for mark in "„“”«»"), *((dash, "-") for dash in "–—−‑"))
_REACH = 160
_LEAST_WORDS, _LEAST_SIGNS = 4, 25
_VALUE = rf"(?P<value>{AMOUNT})\s*(?P<unit>%|процент\p{{L}}*)?"
_STATED = (
    regex.compile(
        rf"(?:\bдо|составит|составляет|достигнет|[-–—:])\s*{_VALUE}[^\d.;]{{0,30}}?\b(?:в|к|на)\s+(?:конец\s+|концу\s+)?(?P<year>20\d\d)",
        regex.I,
    ),
    regex.compile(rf"\b(?:в|к)\s+(?:концу\s+)?(?P<year>20\d\d)\s*год[уа]\s*(?:[-–—]|\bдо|составит|достигнет)\s*{_VALUE}", regex.I),
)
_SENTENCE_END = regex.compile(r"[.;!?](?:\s|$)|[\n\0]")
_NOT_EXACT = regex.compile(r"не менее|не более|более чем|свыше|около|примерно|ниже|выше", regex.I)
_SPAN = r"(?:(?P<first>20\d\d)\s*+(?:год[ауы]?|г\.?)?\s*+[-–—]\s*+(?P<last>20\d\d)|с\s+(?P<first2>20\d\d)\s*(?:года?|г\.)?\s+по\s+(?P<last2>20\d\d))"
_RUNS = regex.compile(
    rf"программ[аыу]\s++(?:реализуется|рассчитана|будет\s++реализован\p{{L}}*+|выполняется|действует)\s++(?:\p{{L}}++\s++){{0,4}}?{_SPAN}\s*г"
)
_ENDS = regex.compile(
    r"(?:концу|окончанию|завершению|окончании|завершении)\s+(?:срока\s+)?реализации\s+(?:настоящей\s+|муниципальной\s+|данной\s+)?программы\s*[,(]?\s*(?:в\s+|к\s+)?(?P<year>20\d\d)"
)
_LEADS = regex.compile(
    r"в\s+результате\s+реализации\s+(?:настоящей\s+|муниципальной\s+|данной\s+)?программы\s*,?\s+(?:в|к|до)\s+(?:концу?\s+|конца\s+)?(?P<year>20\d\d)"
)
_OF_ANOTHER = regex.compile(
    r"подпрограмм|государственн|федеральн|областн|краев|республик|этап|ранее|предыдущ|прежн|действовавш|национальн|стратеги", regex.I
)


class Target(NamedTuple):
    """A target in the text that the table does not confirm."""

    start: int
    end: int
    year: str
    stated: Decimal
    indicator: int


def folded(text: str) -> str:
    """The text in small letters, its quotation marks and dashes of one kind; as long as it was.

    >>> folded("Доля «Ёлок» — 5")
    'доля "елок" - 5'
    """
    low = text.lower()
    text = low if len(low) == len(text) else text
    for sign, plain in _FOLD:
        text = text.replace(sign, plain)
    return text


def wrong_targets(text: str, indicators: Sequence[Indicator]) -> Iterator[Target]:
    """Targets that stand behind an indicator's name in a text (given folded) and differ from its table."""
    for number, indicator in enumerate(indicators):
        tail = folded(key(indicator.name)).partition(" ")[2]  # «Доля …», «доли …»: the first word is declined
        if len(tail) < _LEAST_SIGNS or tail.count(" ") < _LEAST_WORDS - 1:
            continue
        start = text.find(tail)
        while start >= 0:
            behind = start + len(tail)
            yield from _behind(text, behind, indicator, number)
            start = text.find(tail, behind)


def _behind(text: str, offset: int, indicator: Indicator, number: int) -> Iterator[Target]:
    sentence = _SENTENCE_END.split(text[offset : offset + _REACH], maxsplit=1)[0]
    if _NOT_EXACT.search(sentence):
        return
    for pattern in _STATED:
        for match in pattern.finditer(sentence):
            amount = indicator.values.get(match["year"])
            stated = figure(match["value"])
            same_unit = not match["unit"] or (indicator.unit or "%").startswith(("%", "процент"))
            if amount is not None and amount.value is not None and stated is not None and same_unit and amount.value != stated:
                yield Target(offset + match.start("value"), offset + match.end(), match["year"], stated, number)


class Years(NamedTuple):
    """Years that a text gives to the programme and that are not its own."""

    start: int
    end: int


def wrong_years(text: str, first: int, last: int) -> Iterator[Years]:
    """Where a text (given in small letters) says that this programme runs, ends or leads to something in years that are not its own."""
    for pattern, is_wrong in ((_RUNS, _runs_otherwise), (_ENDS, _ends_otherwise), (_LEADS, _leads_beyond)):
        for match in pattern.finditer(text):
            sentence = text[
                max(
                    text.rfind(". ", 0, match.start()), text.rfind("\n", 0, match.start()), text.rfind("\0", 0, match.start()), 0
                ) : match.end() + 20
            ]
            if is_wrong(match, first, last) and not _OF_ANOTHER.search(sentence):
                yield Years(match.start(), match.end())


def _runs_otherwise(match: "regex.Match[str]", first: int, last: int) -> bool:
    return (int(match["first"] or match["first2"]), int(match["last"] or match["last2"])) != (first, last)


def _ends_otherwise(match: "regex.Match[str]", _: int, last: int) -> bool:
    return int(match["year"]) != last


def _leads_beyond(match: "regex.Match[str]", _: int, last: int) -> bool:
    return int(match["year"]) > last
