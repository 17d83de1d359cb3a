"""Lines → paragraphs. A line ends where the room ends, or where the paragraph does.

Which of the two is told by the room: had the next line's beginning still found room behind
a line, its paragraph ends there. Lines that fill the room are joined: by a blank, or by
nothing where a word, or a number, that is longer than the room was cut. Most programs draw the
blank at which they break a line; in a file where they do, a line without it was cut.
"""

import itertools
from collections.abc import Iterable, Sequence
from enum import Enum
from statistics import median
from typing import NamedTuple

import regex

from extractors import values
from extractors.pdf.grids import Grid
from extractors.pdf.lines import Line
from extractors.pdf.words import parted, vocabulary
from schemas.blocks import Paragraph

_SLACK = 0.6  # points
_LEADING = 1.3  # a gap between lines so much wider than usual parts paragraphs
_INDENT = 8.0
_CENTRED = 3.0
_LONG_LINE = 100  # signs: of a line in running text
_NEARLY_FULL = 0.1  # of the room: a line that leaves no more hardly ends a paragraph in the middle of a sentence
_LIST_MARK = regex.compile(r"(?:\d{1,3}(?:\.\d{1,3})*[.)]|\p{L}\)|[-–—•·*▪●○])\s*\S")
_APPENDIX = regex.compile(r"\s*приложение(?:\s*+№?+\s*+\d{1,2}+)?+\s*+", regex.I)  # the whole line
_HYPHENATED = regex.compile(r"\w[-\u2010]$")
_FIGURES = frozenset("-–0123456789")
_IN_NUMBER = frozenset("0123456789.,")
_ENDED = tuple(".;:!?")
_SOFT = "\u00ad"


class Room(NamedTuple):
    """Where the lines of a container may begin and must end; `exact`: that is known to a point, as in a cell."""

    left: float
    right: float
    exact: bool = True


class Style(NamedTuple):
    """What is usual in a file: whether blanks are drawn where lines are broken, and none where paragraphs end, the distance of lines for each
    point of size, the words that surely are words.
    """

    hangs: bool = False
    bare: bool = False
    pitch: float = 1.15
    known: frozenset[str] = frozenset()


class Join(Enum):
    """How a line goes on in the next: the text between them, None where a paragraph ends.

    EITHER: one word fills the line, so that a blank behind it was not drawn, or there is none.
    """

    END = None
    BLANK = " "
    CUT = ""
    EITHER = "\0"


def is_centred(line: Line, room: Room) -> bool:
    """Whether a line stands in the middle of its room, or at its right."""
    before, behind = line.x0 - room.left, room.right - line.x1
    return before > _INDENT and behind < before + _CENTRED


def fits(before: Line, after: Line, room: Room) -> bool:
    """Whether the beginning of a line would have found room behind the line before it."""
    return before.blank + after.first + _SLACK < _rest(before, room)


def _rest(line: Line, room: Room) -> float:
    """The room behind a line; a centred line would have moved to the left."""
    if is_centred(line, room):
        return room.right - room.left - (line.x1 - line.x0)
    return room.right - line.x1


def join(before: Line, after: Line, room: Room, style: Style, first: bool = True) -> Join:
    """How one line follows the other; `first`: the line before begins its paragraph."""
    if before.turn != after.turn or (before.page == after.page and _is_apart(before, after, style)):
        return Join.END
    if before.turn:
        return Join.CUT if _HYPHENATED.search(before.text) else Join.BLANK
    figures = _in_figures(before.text.strip(), after.text.strip()) if before.text.strip()[:1] in _FIGURES else None
    if figures and _rest(before, room) < before.size:
        return figures
    if fits(before, after, room):
        return _in_doubt(before, after, room, style)
    if not before.hangs and (before.text.endswith(_SOFT) or _HYPHENATED.search(before.text)):
        return Join.CUT
    if _begins_paragraph(before, after, room, first):
        return Join.END
    return Join.BLANK if before.hangs else _unmarked(before, after, room, style)


def _in_doubt(before: Line, after: Line, room: Room, style: Style) -> Join:
    """How a line ends that seems to leave room for the next: a paragraph's end, unless the room is not known and a sentence breaks off."""
    if room.exact or _rest(before, room) > _NEARLY_FULL * (room.right - room.left):
        return Join.END
    if _HYPHENATED.search(before.text) and not before.hangs:
        return Join.CUT
    words = before.text[-1:].isalpha() and after.text[:1].islower()
    return Join.BLANK if words or (before.hangs and style.hangs and style.bare) else Join.END


def _unmarked(before: Line, after: Line, room: Room, style: Style) -> Join:
    """How a full line without a blank at its end goes on: was a word cut, or was the blank not drawn?"""
    rest, drawn = _rest(before, room), style.hangs and has_blanks_room(before, room)
    if before.text[-1:] in "/–—":
        return Join.CUT if drawn or before.text[-2:-1] != " " else Join.BLANK
    if drawn and after.sign < rest:
        return Join.CUT if f" {before.text}".endswith(" -") else Join.END  # «цели -эффективное», «2025 / - / 2028»
    if before.text.endswith((":", ";")) and after.text[:1] in _FIGURES:
        return Join.END
    listed = before.text.endswith((",", ";", ":")) and after.text[:1].isalpha()
    if not listed and " " not in before.text.strip() and after.sign + _SLACK / 2 > rest:
        return Join.EITHER
    whole = before.text.endswith(_ENDED) and len(before.text) > _LONG_LINE and after.text.lstrip()[:1].isupper()
    return Join.END if style.hangs and whole else Join.BLANK


def _in_figures(before: str, after: str) -> Join | None:
    """How two lines make one regular number; None where they do not, or where they do either way."""
    regular = [how for how in (Join.CUT, Join.BLANK) if not _marks(f"{before}{how.value}{after}")]
    return regular[0] if len(regular) == 1 else None


def _marks(text: str) -> bool:
    value, marks = values.number(text)
    return value is None or bool(marks)


def _is_apart(before: Line, after: Line, style: Style) -> bool:
    gap, size = after.base - before.base, max(before.size, after.size)
    return gap > _LEADING * style.pitch * size or gap < 0


def _begins_paragraph(before: Line, after: Line, room: Room, first: bool) -> bool:
    if before.text.endswith(_ENDED) and not before.hangs and (_LIST_MARK.match(after.text) or _APPENDIX.fullmatch(after.text)):
        return True
    if is_centred(after, room) or is_centred(before, room):
        return False
    indented = after.x0 - before.x0 > _INDENT
    return indented and not (first and _LIST_MARK.match(before.text))


def paragraphs(written: Sequence[Line], room: Room, style: Style) -> list[Paragraph]:
    """The lines of one container as paragraphs, each on the page of its first line."""
    style = style._replace(pitch=_pitch(written, style.pitch))
    found: list[tuple[list[str], int]] = []
    first = True
    before: Line | None = None
    for line in written:
        how = join(before, line, room, style, first) if before else Join.END
        if how is Join.END:
            found.append(([line.text], line.page))
        else:
            parts = found[-1][0]
            parts[-1] = parts[-1].removesuffix(_SOFT)
            parts.append(f"{how.value}{line.text.lstrip()}")
        first, before = how is Join.END, line
    return [Paragraph(_resolved("".join(parts), style).replace(_SOFT, ""), page=page) for parts, page in found]


def _resolved(text: str, style: Style) -> str:
    """The text with each EITHER decided."""
    either = Join.EITHER.value
    if either not in text:
        return text
    chunks = regex.split(r"(\s+)", text)
    return "".join(" ".join(parted(chunk.split(either), style.known, style.hangs)) if either in chunk else chunk for chunk in chunks)


def _tells_of_blanks(before: Line, after: Line, room: Room) -> bool:
    """Whether a line goes on in the next, behind a blank that had the room to be drawn: «21 524,» and «8» are one number."""
    figures = before.text[-1:] in _IN_NUMBER and after.text.lstrip()[:1] in _IN_NUMBER
    return not figures and not fits(before, after, room) and has_blanks_room(before, room)


def has_blanks_room(line: Line, room: Room) -> bool:
    """Whether a blank behind the line would have been drawn: programs leave out the one that finds no room."""
    return _rest(line, room) > 1.3 * line.blank + _SLACK


def _pitch(written: Sequence[Line], usual: float) -> float:
    """The distance of lines in a container, for each point of size; the file's own where there are too few to tell."""
    found = _distances(written)
    return min(max(min(found), 1.0), 3.0) if len(found) > 2 else max(usual, 1.0)


def _distances(written: Sequence[Line]) -> list[float]:
    return [
        (after.base - before.base) / max(before.size, after.size, 1.0)
        for before, after in itertools.pairwise(written)
        if before.page == after.page and after.base > before.base + 0.5 * after.size and not after.turn
    ]


def padding(grid: Grid) -> float:
    """How far text stands from the edges of the table's cells."""
    found = sorted(max(0.0, line.x0 - box.x0) for box in grid.boxes for line in box.content if isinstance(line, Line) and not line.turn)
    return min(found[len(found) // 5], 10.0) if found else 0.0


def usual(containers: Iterable[tuple[Sequence[Line], Room]]) -> Style:
    """What is usual in the file, judged by lines that surely go on in the next."""
    hanging = bare = ends = hanging_ends = 0
    distances: list[float] = []
    texts: list[str] = []
    for written, room in containers:
        distances.extend(_distances(written))
        texts.extend(line.text for line in written)
        for before, after in itertools.pairwise(written):
            if before.page == after.page and " " in before.text and _tells_of_blanks(before, after, room):
                hanging += before.hangs
                bare += not before.hangs
            elif before.page == after.page and after.base > before.base and fits(before, after, room):
                ends += 1
                hanging_ends += before.hangs
    pitch = median(distances) if distances else Style().pitch
    return Style(hanging > bare, 4 * hanging_ends < ends, min(max(pitch, 1.0), 2.5), vocabulary(texts))
