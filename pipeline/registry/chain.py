"""The chain of a programme's editions, from what its documents say: their order, the gaps, the steps. No SQL here."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import regex

_DIGITS = regex.compile(r"(\d++)")


class Held(NamedTuple):
    """A document of an edition, as far as the chain needs it; `rank` is the better the smaller."""

    sha256: str
    issuer: str | None
    issuer_key: str
    date: str | None
    number: str | None
    place_date: str | None
    rank: int
    title: str


class Link(NamedTuple):
    """An edition in its place: the act that made it, and its documents, the one that stands for it first."""

    date: str | None
    number: str | None
    documents: tuple[Held, ...]


def programmes(documents: Iterable[Held]) -> dict[str, list[Held]]:
    """Documents of one base date and number → those of each issuer.

    A document that does not name its issuer belongs to the only one that the others name.
    """
    found: dict[str, list[Held]] = {}
    for held in sorted(documents):
        found.setdefault(held.issuer_key, []).append(held)
    named = [key for key in found if key]
    if len(named) == 1 and "" in found:
        found[named[0]] += found.pop("")
    return found


def chain(documents: Iterable[Held]) -> list[Link]:
    """The editions of one programme in order: by the day of their last act, then by its number."""
    found: dict[tuple[str | None, str | None], list[Held]] = {}
    for held in documents:
        found.setdefault((held.date, held.number), []).append(held)
    links = [Link(date, number, tuple(sorted(helds, key=lambda held: (held.rank, held.sha256)))) for (date, number), helds in found.items()]
    return sorted(links, key=lambda link: (link.date or link.documents[0].place_date or "", _natural(link.number or ""), link.number or ""))


def steps(links: Sequence[Link]) -> list[tuple[str, str]]:
    """The documents to be compared: of each two editions that follow one another, and the several of one edition with its first."""
    between = [(old.documents[0].sha256, new.documents[0].sha256) for old, new in pairwise(links)]
    return between + [(link.documents[0].sha256, twin.sha256) for link in links for twin in link.documents[1:]]


Act = tuple[str | None, str | None]


def gaps(links: Sequence[Link], cited: Iterable[Act]) -> list[Act]:
    """The amending acts that are cited although no edition is filed that they made, in order.

    Numbers begin anew each year: an act of the same number and year is the same act, cited with another day.
    """
    years = {((link.date or "")[:4], _number(link.number)) for link in links}
    numbers = {number for _, number in years}
    missing: dict[tuple[str, str], Act] = {}
    for date, number in sorted(set(cited), key=lambda act: (act[0] or "", act[1] or "")):
        meant = (date or "")[:4], _number(number)
        is_there = meant in years if date else meant[1] in numbers
        if not is_there and any(meant):
            missing.setdefault(meant, (date, number))
    return sorted(missing.values(), key=lambda act: (act[0] or "", _natural(act[1] or "")))


def _number(number: str | None) -> str:
    return (number or "").casefold()


def _natural(number: str) -> tuple[tuple[int, str], ...]:
    """The order in which a person counts: 2 before 10, 10 before 10а."""
    return tuple((int(piece), "") if piece.isdecimal() else (-1, piece) for piece in _DIGITS.split(number) if piece)
