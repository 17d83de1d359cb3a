"""A slip in a running text, and the remark that is made of it."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.passages import Passage
from schemas.finding import Phrase, Remark, Term

_REACH = 70  # signs of the text that are shown on each side of a slip


class Slip(NamedTuple):
    """Signs of a passage that are wrong, and what is wrong with them; slips with the same `same` are told as one."""

    passage: Passage
    start: int
    end: int
    message: Phrase
    same: object


def remarks(slips: Iterable[Slip]) -> Iterator[Remark]:
    """One remark for each slip at its first place; where else it stands is told with it."""
    groups: dict[object, dict[object, Slip]] = {}
    for slip in slips:
        groups.setdefault(slip.same, {}).setdefault((slip.passage.place, slip.passage.text), slip)
    for group in groups.values():
        first, *others = group.values()
        raw, pointed = fragment(first.passage.text, first.start, first.end)
        again = tuple(
            Term(
                address=other.passage.address,
                value=None,
                raw=fragment(other.passage.text, other.start, other.end)[0],
                place=other.passage.place,
            )
            for other in others
        )
        yield Remark(message=first.message, address=first.passage.address, place=first.passage.place, raw=raw, pointed=pointed, again=again)


def fragment(text: str, start: int, end: int) -> tuple[str, tuple[int, int]]:
    r"""So much of the slip's line as is worth showing, cut at blanks, and where in it the slip is.

    >>> fragment("ежегодно\n18комплектов программ", 9, 21)
    ('18комплектов программ', (0, 12))
    """
    left = max(text.rfind("\n", 0, start) + 1, 0)
    right = text.find("\n", end)
    right = len(text) if right < 0 else right
    if start - left > _REACH:
        blank = text.find(" ", start - _REACH, start)
        left = blank + 1 if blank >= 0 else start - _REACH
    if right - end > _REACH:
        blank = text.rfind(" ", end, end + _REACH)
        right = blank if blank >= 0 else end + _REACH
    return text[left:right], (start - left, end - left)
