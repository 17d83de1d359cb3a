"""Where an old wording stands: letter by letter apart from blanks, marks of quotation and dashes; figures by their value too.

A wording is found as whole words and whole numbers: «600,0» does not stand in «2 600,0», «район» not in «районный».
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import regex

from extractors import values
from extractors.text import squeeze
from pipeline.carrying.paths import Path, Spots
from pipeline.carrying.scopes import Area

_BLANKS = "[\\s\u00a0\u2007\u2009\u202f\u200b\ufeff]"
_DASHES, _QUOTES = "-‐‑‒–—−", "«»„“”\"'"
_DASH = rf"(?:{_BLANKS}*+[{_DASHES}]{_BLANKS}*+)"
_FIGURE = regex.compile(r"(?<![\p{L}\d.,])[+-]?\d++(?:[ \u00a0\u202f]\d{3}(?!\d))*+(?:[.,]\d++)?")
_GROUP_BEFORE = "(?<!(?<!\\d)\\d{1,3}[ \u00a0\u202f])"
_GROUP_AFTER = "(?![ \u00a0\u202f]\\d{3}(?!\\d))"
OTHER_SIGNS, OTHER_FIGURE, ACROSS = "old-wording-in-other-signs", "figure-in-another-form", "across-paragraphs"


class Spot(NamedTuple):
    """One occurrence: signs of one paragraph, or of several that follow each other; `mark` the liberty taken in finding it."""

    pieces: tuple[Area, ...]
    mark: str | None = None


def pattern(wording: str) -> "regex.Pattern[str]":
    """The expression that finds a wording in its usual spellings.

    >>> bool(pattern('отдел "Кадры"').search("отдел  «Кадры»")), bool(pattern("600,0").search("2 600,0"))
    (True, False)
    """
    text = squeeze(wording)
    parts: list[str] = []
    for token in regex.split(rf"(\s*[{_DASHES}]\s*|\s+)", text):
        if not token:
            continue
        stripped = token.strip()
        if not stripped:
            parts.append(f"{_BLANKS}++")
        elif len(stripped) == 1 and stripped in _DASHES:
            parts.append(_DASH)
        else:
            parts.append("".join(map(_sign, token)))
    return regex.compile(_before(text) + "".join(parts) + _after(text))


def _sign(sign: str) -> str:
    if sign in _QUOTES:
        return f"[{_QUOTES}]"
    if sign in "её":
        return "[её]"
    return "[ЕЁ]" if sign in "ЕЁ" else regex.escape(sign)


def _before(text: str) -> str:
    if text[:1].isdigit():
        return r"(?<![\p{L}\d])(?<!\d[.,])" + (_GROUP_BEFORE if regex.match(r"\d{3}(?!\d)", text) else "")
    return r"(?<![\p{L}\d])" if text[:1].isalpha() else ""


def _after(text: str) -> str:
    if text[-1:].isdigit():
        whole = regex.search(r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})*$", text)
        return r"(?!\d)(?![.,]\d)" + (_GROUP_AFTER if whole else "")
    return r"(?![\p{L}\d])" if text[-1:].isalpha() else ""


def occurrences(wording: str, areas: Sequence[Area], spots: Spots, figures: bool = False) -> list[Spot]:
    """Every place in the areas where the wording stands; one of several paragraphs, or a figure in another form, only when nothing else is there."""
    if not wording.strip():
        return []
    found = list(_within(pattern(wording), wording, areas, spots))
    if not found and figures:
        found = list(_by_value(wording, areas, spots))
    return found or list(_across(pattern(wording), areas, spots))


def _within(sought: "regex.Pattern[str]", wording: str, areas: Iterable[Area], spots: Spots) -> Iterator[Spot]:
    plain = squeeze(wording)
    for path, start, end in areas:
        text = spots.text(path)
        for match in sought.finditer(text, start, end):
            same = squeeze(match[0]) == plain
            yield Spot((Area(path, match.start(), match.end()),), None if same else OTHER_SIGNS)


def _by_value(wording: str, areas: Iterable[Area], spots: Spots) -> Iterator[Spot]:
    value = values.number(wording)[0]
    if value is None:
        return
    for path, start, end in areas:
        for match in _FIGURE.finditer(spots.text(path), start, end):
            if values.number(match[0])[0] == value:
                yield Spot((Area(path, match.start(), match.end()),), OTHER_FIGURE)


def _across(sought: "regex.Pattern[str]", areas: Sequence[Area], spots: Spots) -> Iterator[Spot]:
    """Occurrences that begin in one paragraph and end in a further one of the same container: titles are broken over lines."""
    for group in _neighbours(areas):
        starts: list[int] = []
        joined = ""
        for path, start, end in group:
            starts.append(len(joined))
            joined += spots.text(path)[start:end] + "\n"
        for match in sought.finditer(joined):
            pieces = []
            for (path, start, end), offset in zip(group, starts, strict=True):
                first, last = max(match.start(), offset), min(match.end(), offset + end - start)
                if first < last:
                    pieces.append(Area(path, start + first - offset, start + last - offset))
            yield Spot(tuple(pieces), ACROSS)


def _neighbours(areas: Sequence[Area]) -> Iterator[list[Area]]:
    """The areas by container: only there a wording may go on."""
    groups: dict[Path, list[Area]] = {}
    for area in areas:
        groups.setdefault(area.paragraph[:-1], []).append(area)
    yield from (group for group in groups.values() if len(group) > 1)


def around(spot: Spot, spots: Spots, reach: int = 60) -> str:
    """The occurrence with the words around it, to be shown."""
    path, start, end = spot.pieces[0]
    text = spots.text(path)
    left, right = max(0, start - reach), min(len(text), end + reach)
    return ("…" if left else "") + squeeze(text[left:right]) + ("…" if right < len(text) else "")
