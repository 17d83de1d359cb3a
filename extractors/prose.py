"""Funding written in words: «всего 100 тыс. рублей, в том числе: 2024 год – 60; 2025 год – 40».

Years may stand under sources («краевой бюджет – 60, из них: 2024 год – …») or sources under
years. The text is read both ways; a way in which one amount is stated twice is none. Where
both ways stand, the sums decide; where they do not, nothing is read.
"""

from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

import regex

from extractors import values
from extractors.labels import Labels
from extractors.locate import Located
from extractors.sources import without_lead
from extractors.text import squeeze
from extractors.units import scale, unit_in
from schemas.amount import Amount
from schemas.edition import Funding

_YEAR = r"(?:19|20)\d\d"
_UNIT = r"(?:(?:тыс|млн|млрд|тысяч\w*|миллион\w*|миллиард\w*)\.?\s*)?(?:руб(?:л\w*|\.|\b)|р\.)|(?:тыс|млн|млрд)\b\.?"
_BLANK = r"[\u0020\u00a0\u2007\u2009\u202f]"
_WORD = r"[\p{L}«»\"-]+"
_TOKEN = regex.compile(
    rf"""
      (?P<skip>{_YEAR}\s*(?:г(?:од\w*|г?\.)?)?\s*(?:[-–—]|по|и)\s*{_YEAR}(?!\d|[.,]\d)(?!\s*(?:{_UNIT})) | №\s*[\w/-]+
        | \d{{1,2}}\.\d{{1,2}}\.{_YEAR} | \d+(?:,\d+)?\s*% | ^\s*\d{{1,2}}[.)](?=\s) | (?:приложени|раздел|статьям?)\w*\s+\d+
        | бюджетн\w+\s+(?:ассигнован|средств|роспис|кодекс|обязательств)\w* | бюджет\w*\s+всех\s+уровней | всех\s+источник\w*)
    | (?P<year>(?<![\d.,]){_YEAR}(?!\d|[.,]\d)(?!\s*(?:{_UNIT}))(?=\s*(?:г(?:од\w*|г?\.)?(?!\p{{L}})|[-–—:=(])))
    | (?P<amount>(?<![\p{{L}}\d])\d+(?:{_BLANK}\d{{3}}(?!\d))*(?:[.,]{{1,2}}\d+|[.,]{_BLANK}\d{{1,3}}(?![\d,.]))?(?:\s*(?:{_UNIT}))?)
    | (?P<several>\p{{L}}+(?:ого|ой|ый)\s*(?:,|и)\s*(?:за\s+сч[её]т\s+)?\p{{L}}+(?:ого|ой|ый)\s+бюджет\w*)
    | (?P<total>\b(?:всего|итого|общ(?:ий|ая|его)\s+(?:об[ъ]?[её]м\w*|сумм\w*)))
    | (?P<source>(?:\b(?!(?:за|из|и|в|средств\w*)\b)\p{{L}}[\p{{L}}-]*\s+)?бюджет(?!н\w+\s)\w*(?:\s+(?!(?:в|за|по|на|и|из|всего|составл\w*)\b){_WORD}){{0,6}}
        | \bвнебюджетн\w+(?:\s+(?:средств\w*|источник\w*))? | \bсобственн\w+\s+средств\w* | \bин(?:ые|ых)\s+(?:источник|средств)\w*
        | \bпроч\w+\s+источник\w* | \bсредств\w*\s+(?:\p{{L}}+\s+){{0,2}}(?:фонд|населени|предприяти|инвестор|организац)\w* | \b[кофмрв]\.?б\b\.?)
    | (?P<other>подпрограмм\w*\s*(?:№\s*)?["«\d] | \bэтап\w* | \bкоп\w*)
    """,
    regex.X | regex.I | regex.M,
)
_KINDS = ("year", "amount", "several", "total", "source", "other")
_BREAK = regex.compile(r"[\n;]|\.\s")


class Token(NamedTuple):
    """A piece that says something: its kind, what it says, where it stands in the text."""

    kind: str
    said: str
    start: int
    end: int


class _Place(NamedTuple):
    """What an amount is of: its source or "total", its year or "total"."""

    source: str
    year: str


class Spoken(NamedTuple):
    """What was read: the rows of funding, and the unit of the amounts."""

    funding: tuple[Funding, ...]
    unit: str | None


def spoken(lines: list[Located], labels: Labels) -> Spoken | None:
    """The funding that the text states, or None where it cannot be told for certain."""
    text = "\n".join(line.text.replace("\v", "\n") for line in lines)
    tokens = list(_tokens(text, labels))
    units = [unit for token in tokens if token.kind == "amount" and (unit := unit_in(token.said))]
    if len({scale(unit) for unit in units}) > 1:
        return None
    ways = [way for by_year in (False, True) if (way := _assigned(tokens, text, by_year))]
    chosen = _chosen(ways)
    return Spoken(tuple(_funding(chosen, lines)), units[0] if units else None) if chosen else None


def source_of_all(label: str, labels: Labels) -> str | None:
    """The one source that a label says all its money is of: «Объём финансирования за счёт средств областного бюджета»."""
    named = {token.said if token.kind == "source" else "" for token in _tokens(label, labels) if token.kind in ("source", "unclear")}
    return named.pop() or None if len(named) == 1 else None


def _tokens(text: str, labels: Labels) -> Iterator[Token]:
    for match in _TOKEN.finditer(text):
        kind = next((kind for kind in _KINDS if match[kind] is not None), None)
        said = match[0]
        if kind == "source":
            family = labels.family("sources", without_lead(said))
            kind, said = ("unclear", said) if family in (None, "total") else ("source", family or "")
        elif kind in ("several", "other"):
            kind = "unclear"
        if kind is not None:
            yield Token(kind, said, *match.span())


def _assigned(tokens: list[Token], text: str, by_year: bool) -> dict[_Place, Token] | None:
    """Each amount with what it is of, read one way; None where the way leads nowhere.

    By years a new year ends the source before it, else a new source ends the year before it.
    """
    source, year, is_new, is_clear = "total", "total", True, True
    found: dict[_Place, Token] = {}
    before: Token | None = None
    for token in tokens:
        if token.kind in ("source", "unclear"):
            joined = before is not None and before.kind == "source" and not _BREAK.search(text, before.end, token.start)
            is_clear = token.kind == "source" and not joined  # two sources and one amount are not
            source, year = token.said, year if by_year else "total"
        elif token.kind == "year":
            source, year = "total" if by_year else source, token.said
        elif token.kind == "total":
            source, year = _after_total(before, text, token, source, year)
            is_clear = is_clear or source == "total"
        elif is_new:
            place = _Place(source, year)
            if place in found or not is_clear:
                return None
            found[place] = token
        elif unit_in(token.said) or "," in token.said:
            return None  # an amount of nothing that we know
        is_new = token.kind != "amount"
        before = token
    return found


def _after_total(before: Token | None, text: str, token: Token, source: str, year: str) -> tuple[str, str]:
    """«Всего» ends what stood before it, but not a source or a year that it is said of: «2024 год: всего – 5»."""
    if before is not None and before.kind in ("source", "year") and not _BREAK.search(text[before.end : token.start].replace(":\n", ": ")):
        return source, year
    return "total", "total"


def _chosen(ways: list[dict[_Place, Token]]) -> dict[_Place, Token] | None:
    """The one way, or the one whose sums hold where the other's do not."""
    different = ways[:1] + [way for way in ways[1:] if way != ways[0]]
    counted = sorted(((*_sums(way), number) for number, way in enumerate(different)), key=lambda sums: (sums[1], -sums[0]))
    if not counted or not different[0]:
        return None
    held, broken, number = counted[0]
    if len(different) > 1 and (broken or not held or (held, broken) == counted[1][:2]):
        return None
    return different[number] if len(ways) == 2 or broken <= held + 1 else None


def _sums(way: dict[_Place, Token]) -> tuple[int, int]:
    """How many of the sums that the text states hold, and how many do not."""
    amounts = {place: _value(token)[0] or Decimal(0) for place, token in way.items()}
    sources = {source for source, _ in amounts} - {"total"}
    years = {year for _, year in amounts} - {"total"}
    checks = []
    for source in (*sources, "total"):
        terms = [amounts[place] for year in years if (place := _Place(source, year)) in amounts]
        if terms and (source, "total") in amounts:
            checks.append(sum(terms) == amounts[_Place(source, "total")])
    for year in (*years, "total"):
        terms = [amounts[place] for source in sources if (place := _Place(source, year)) in amounts]
        if terms and ("total", year) in amounts:
            checks.append(sum(terms) == amounts[_Place("total", year)])
    return checks.count(True), checks.count(False)


def _value(token: Token) -> values.Number:
    return values.number(squeeze(token.said))


def _funding(way: dict[_Place, Token], lines: list[Located]) -> Iterator[Funding]:
    """The rows of funding, the sources in the order of the text, their total last as in tables."""
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line.text) + 1)
    order = list(dict.fromkeys(place.source for place in way))
    for source in [*(one for one in order if one != "total"), *(one for one in order if one == "total")]:
        found: dict[str, Amount] = {}
        for place, token in way.items():
            if place.source == source:
                value, marks = _value(token)
                found[place.year] = Amount(token.said.strip(), value, marks, lines[bisect_right(starts, token.start) - 1].place)
        total = found.pop("total", None)
        where = total or next(iter(found.values()))
        yield Funding(source=source, label="", place=where.place, years=found, total=total, in_prose=True)
