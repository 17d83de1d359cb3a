"""The text between passport and appendices → numbered sections, and the lists inside them.

A heading and an item of a list look alike («1. Приоритетные задачи …», «1. Конституция …»).
They are told apart together: the headings are the best chain 1, 2, 3 … through all
numbered lines, where a line that ends like a sentence or is followed at once by the
next number is a poor heading, and one with the usual words of a section a good one.
"""

from typing import NamedTuple

import regex

from extractors.locate import Located
from extractors.text import joined, squeeze
from schemas.address import Address
from schemas.blocks import Unread
from schemas.edition import Listing, Section

_NUMBERED = regex.compile(
    r"\s*(?:раздел\s+(?P<named>\d{1,2}|[IVX]+)\s*[.):]?\s*|(?P<number>\d{1,2})\s*[.)]\s*|(?P<roman>[IVX]+)\s*[.)]\s*|(?P<bare>\d{1,2})\s+(?=\p{Lu}))"
    r"(?P<rest>\S.*)?$",
    regex.S | regex.I,
)
_ITEM = regex.compile(r"\s*(?P<number>\d{1,3})(?P<form>[.)])\s+\S", regex.S)
_WORDS = regex.compile(
    r"характеристик|приоритет|цел[ьи]|задач|перечень|мероприяти|механизм|управлени|контроль|мониторинг|риск"
    r"|ресурсн|обосновани|оценк|эффективност|срок|этап|показател|прогноз|сфер|содержание|реализаци",
    regex.I,
)
_FIRST_SIGNS = frozenset("0123456789IVXivxРр")  # of a numbered line; trying the expression on every line costs more
_ROMAN = {"I": 1, "V": 5, "X": 10}
_MISSING_NUMBER = -1.5
LOOSE = "абзац вне разделов программы"
"""Why a paragraph of running text is in `unread`."""


class _Candidate(NamedTuple):
    """A numbered line: where it stands, its number as a count and as written, how much it looks like a heading."""

    line: int
    number: int
    written: str
    score: float


def sections(text: tuple[Located, ...]) -> tuple[tuple[Section, ...], tuple[Listing, ...], tuple[Unread, ...]]:
    """The sections, the numbered lists in them, and the paragraphs that stand before the first."""
    chain = _best_chain(_candidates(text))
    starts = [candidate.line for candidate in chain]
    made: list[Section] = []
    listings: list[Listing] = []
    for position, candidate in enumerate(chain):
        stop = starts[position + 1] if position + 1 < len(starts) else len(text)
        section, body = _section(candidate, text[candidate.line : stop])
        made.append(section)
        listings.extend(lists(body, Address(part="section", section=section.number)))
    loose = text[: starts[0]] if starts else text
    unread = tuple(Unread(place=p.place, text=joined(p.text), reason=LOOSE) for p in loose)
    return tuple(made), tuple(listings), unread


def _section(candidate: _Candidate, lines: tuple[Located, ...]) -> tuple[Section, tuple[Located, ...]]:
    found = _NUMBERED.match(lines[0].text)
    assert found is not None  # candidates match
    title, body = squeeze(found["rest"] or ""), lines[1:]
    while body and (title.endswith(",") or not title):
        title, body = f"{title} {squeeze(body[0].text)}".strip(), body[1:]
    section = Section(number=candidate.written, title=title, paragraphs=tuple(joined(p.text) for p in body),
                      place=lines[0].place, places=tuple(p.place for p in body))  # fmt: skip
    return section, body


def _candidates(text: tuple[Located, ...]) -> list[_Candidate]:
    matches = [_NUMBERED.match(paragraph.text) if paragraph.text.lstrip()[:1] in _FIRST_SIGNS else None for paragraph in text]
    found: list[_Candidate] = []
    for line, match in enumerate(matches):
        if match and (match["rest"] or match["named"]):
            following = matches[line + 1] if line + 1 < len(text) else None
            written = _written(match)
            score = _score(squeeze(text[line].text), match, following)
            behind = text[line + 1].text.lstrip() if line + 1 < len(text) else ""
            if text[line].text.rstrip().endswith(",") and not behind[:1].islower():
                score -= 3.0  # an item of a list; a heading that is cut at a comma goes on in small letters
            found.append(_Candidate(line, counted(written) or 0, written, score))
    return [candidate for candidate in found if candidate.number]


def _written(match: regex.Match[str]) -> str:
    return str(match["named"] or match["number"] or match["roman"] or match["bare"])


def counted(number: str) -> int | None:
    """A number as a count, Arabic or Roman.

    >>> counted("12"), counted("IV"), counted("")
    (12, 4, None)
    """
    if number.isdecimal():
        return int(number)
    digits = [_ROMAN.get(sign, 0) for sign in number.upper()]
    if not digits or 0 in digits:
        return None
    return sum(-digit if digit < following else digit for digit, following in zip(digits, [*digits[1:], 0], strict=True))


def _score(line: str, match: regex.Match[str], following: regex.Match[str] | None) -> float:
    """How much a numbered line looks like a heading; below zero: like an item of a list."""
    number, rest = counted(_written(match)) or 0, squeeze(match["rest"] or "")
    score = 1.0
    score -= 3.0 if line.endswith((";", ":")) else 2.0 if line.endswith(".") else 0.0
    score -= 1.0 if len(line) > 160 else 0.0
    score -= 2.0 if rest[:1].islower() else 0.0
    score -= 0.9 if ")" in line[:4] or match["bare"] else 0.0
    score += 1.0 if _WORDS.search(rest) else 0.0
    score += 3.0 if line.lower().startswith("раздел") or (len(rest) > 3 and rest.isupper()) else 0.0
    score -= 1.5 if following and counted(_written(following)) == number + 1 else 0.0
    return score


def _best_chain(candidates: list[_Candidate]) -> list[_Candidate]:
    """The chain of growing numbers with the greatest sum of scores; a number left out costs."""
    best: list[tuple[float, int]] = []
    for position, candidate in enumerate(candidates):
        options = [(candidate.score + _MISSING_NUMBER * (candidate.number - 1), -1)]
        for before in range(position):
            gap = candidate.number - candidates[before].number - 1
            if 0 <= gap <= 2:
                options.append((best[before][0] + candidate.score + _MISSING_NUMBER * gap, before))
        best.append(max(options, key=lambda option: option[0]))
    if not best or max(best)[0] <= 0:
        return []
    position = max(range(len(best)), key=lambda n: (best[n][0], -n))
    chain: list[_Candidate] = []
    while position >= 0:
        chain.append(candidates[position])
        position = best[position][1]
    return chain[::-1]


def lists(lines: tuple[Located, ...], address: Address) -> list[Listing]:
    """The numbered lists among the lines: runs of one form («1.», «1)») whose numbers grow."""
    found: list[tuple[list[str], list[Located]]] = []
    running: dict[str, int] = {}
    for line in lines:
        match = _ITEM.match(line.text) if line.text.lstrip()[:1].isdecimal() else None
        if not match:
            continue
        form, number = match["form"], int(match["number"])
        current = found[running[form]] if form in running else None
        if current and int(current[0][-1]) < number <= int(current[0][-1]) + 3:
            current[0].append(match["number"])
            current[1].append(line)
        else:
            found.append(([match["number"]], [line]))
            running[form] = len(found) - 1
    return [
        Listing(address=address, numbers=tuple(numbers), places=tuple(line.place for line in items))
        for numbers, items in found if len(numbers) > 1
    ]  # fmt: skip
