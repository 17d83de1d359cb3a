"""Lines of a table that is drawn with signs: what is frame in them and what is text.

A line is cut at its uprights («|», «¦», «│», crossings of rules); the uprights of all
lines together are the table's column edges. A line whose uprights are shifted (a figure
was retyped longer) is matched by their number, or by the nearest edges when each has one.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import regex

UPRIGHT = "|¦│║┃╎╏┆┇┊┋"
LEVEL = "-–—―─━═=_┄┅┈┉╌╍"
_CROSSING = "+" + "".join(chr(code) for code in range(0x2500, 0x2580) if chr(code) not in UPRIGHT + LEVEL)
_LETTERS = "LTТ¬Г"  # what a lossy conversion makes of └ ┬ ┐ ┌

_U, _L, _C = (regex.escape(signs) for signs in (UPRIGHT, LEVEL, _CROSSING))
_RULE = regex.compile(rf"[{_L}{_C}{_U}{_LETTERS}:\s]+")
_STRETCH = regex.compile(rf"[{_L}]{{3}}")
_MARK = regex.compile(rf"[{_U}]|(?<=[{_L}])[{_C}{_LETTERS}]|[{_C}{_LETTERS}](?=[{_L}])")
_UPRIGHTS = regex.compile(rf"[{_U}]")
_LEVEL_ONLY = regex.compile(rf"[{_L}{_C}{_LETTERS}]{{2,}}")
_OPEN = 1_000_000  # the right edge of a table without an outer frame
_RARE = 10  # of so many lines one may have an upright that is none


class Segment(NamedTuple):
    """A piece of a line between two edges, by their numbers; `level` when it is a piece of a rule; it begins at `start`."""

    first: int
    last: int
    text: str
    level: bool
    start: int = 0


class Line(NamedTuple):
    """A line of the table: the positions of its uprights, and whether nothing but a rule stands in it."""

    number: int
    text: str
    marks: tuple[int, ...]
    rule: bool

    @classmethod
    def of(cls, number: int, text: str) -> "Line":
        rule = is_rule(text)
        return cls(number, text, tuple(found.start() for found in _MARK.finditer(text)), rule)


def is_rule(text: str) -> bool:
    """Whether the line is a rule and nothing else."""
    return _STRETCH.search(text) is not None and _RULE.fullmatch(text) is not None


def has_upright(text: str) -> bool:
    """Whether an upright stands in the line."""
    return _UPRIGHTS.search(text) is not None


def uprights(text: str) -> int:
    """How many uprights stand in the line."""
    return len(_UPRIGHTS.findall(text)) if "\t" not in text else 0


def edges(lines: Sequence[Line]) -> tuple[int, ...]:
    """The positions of the table's column edges, from left to right.

    Rules that cross uprights name them all; where no rule does, the uprights of the other lines count.
    """
    written = [line for line in lines if not line.rule and line.marks]
    seen = Counter(mark for line in written for mark in line.marks)
    crossed = [line for line in lines if line.rule and len(line.marks) > 1]
    found = Counter(mark for line in crossed for mark in line.marks)
    found.update(end for line in crossed for end in _ends(line.text) if end in seen)
    if not found:
        least = max(len(written) // _RARE, len(written) > 2)
        found = Counter({mark: count for mark, count in seen.items() if count > least})
    kept = _apart(found)
    return (*_open_left(written, kept), *kept, *_open_right(written, kept)) if written else ()


def _ends(rule: str) -> tuple[int, int]:
    return len(rule) - len(rule.lstrip()), len(rule.rstrip()) - 1


def _apart(found: dict[int, int]) -> list[int]:
    """Of neighbouring positions, between which no cell could stand, the one met most often."""
    kept: list[int] = []
    for mark in sorted(found):
        if kept and mark - kept[-1] == 1:
            if found[mark] > found[kept[-1]]:
                kept[-1] = mark
        else:
            kept.append(mark)
    return kept


def _open_left(lines: list[Line], kept: list[int]) -> list[int]:
    """An edge before the first upright, where the table has no outer frame."""
    outside = sum(1 for line in lines if line.text[: line.marks[0]].strip())
    return [-1] if kept and 2 * outside > len(lines) else []


def _open_right(lines: list[Line], kept: list[int]) -> list[int]:
    outside = sum(1 for line in lines if line.text[line.marks[-1] + 1 :].strip())
    return [_OPEN] if kept and 2 * outside > len(lines) else []


def segments(line: Line, at: Sequence[int]) -> list[Segment] | None:
    """The line cut at its uprights, each piece between numbered edges; None where that cannot be told."""
    marks = line.marks
    if at and at[0] == -1 and (not marks or marks[0] > 0):
        marks = (-1, *marks)
    if at and at[-1] == _OPEN:
        marks = (*marks, _OPEN)
    elif marks and line.text[marks[-1] + 1 :].strip():
        return None
    if line.rule and not line.marks:
        return [Segment(0, len(at) - 1, "", level=True)]
    numbers = _numbered(marks, at)
    if numbers is None:
        return None
    pieces = [line.text[left + 1 : right] for left, right in pairwise(marks)]
    return [
        Segment(first, last, text, _is_level(text, line.rule), mark + 1)
        for (first, last), text, mark in zip(pairwise(numbers), pieces, marks[:-1], strict=True)
    ]


def _is_level(text: str, rule: bool) -> bool:
    return (rule and bool(text.strip())) or _LEVEL_ONLY.fullmatch(text) is not None


def _numbered(marks: Sequence[int], at: Sequence[int]) -> list[int] | None:
    """For each upright the number of its edge."""
    if len(at) < 2 or len(marks) < 2:
        return None
    where = {position: number for number, position in enumerate(at)}
    if all(mark in where for mark in marks):
        return [where[mark] for mark in marks]
    if len(marks) == len(at):
        return list(range(len(at)))
    nearest = [_nearest(at, mark) for mark in marks]
    sure = all(abs(at[number] - mark) < _room(at, number) / 2 for number, mark in zip(nearest, marks, strict=True))
    return nearest if sure and all(left < right for left, right in pairwise(nearest)) else None


def _nearest(at: Sequence[int], mark: int) -> int:
    behind = min(bisect_left(at, mark), len(at) - 1)
    return behind - (behind > 0 and mark - at[behind - 1] < at[behind] - mark)


def _room(at: Sequence[int], number: int) -> int:
    """How far it is from an edge to the next."""
    return min(right - left for left, right in pairwise(at[max(0, number - 1) : number + 2]))
