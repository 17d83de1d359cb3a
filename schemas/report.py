"""Everything a renderer may show: in words, in order, in the language of the reader.

A renderer computes nothing. It sets what stands here; `data` is the machine's
form of the same, for renderers that write data.
"""

from enum import StrEnum
from typing import Any

from schemas.base import Shape


class Tone(StrEnum):
    """How a fragment is to be felt; a renderer turns it into colour, weight or nothing."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    PRIMARY = "primary"
    DERIVED = "derived"
    UNEXPLAINED = "unexplained"
    REMOVED = "removed"
    ADDED = "added"


class Piece(Shape):
    """A run of text in one tone."""

    text: str
    tone: Tone = Tone.PLAIN


class Line(Shape):
    """A line of text; `indent` in steps; `anchor` makes it a target, `target` a link."""

    pieces: tuple[Piece, ...]
    indent: int = 0
    anchor: str | None = None
    target: str | None = None


class TableCell(Shape):
    """A cell of a report's table; a number is set flush right and never broken."""

    pieces: tuple[Piece, ...] = ()
    numeric: bool = False


class ReportColumn(Shape):
    """A column: its title, and whether it holds numbers (set flush right)."""

    title: str
    numeric: bool = False


class ReportRow(Shape):
    """A row; `tone` colours it whole, and a row with an anchor can be filtered by it."""

    cells: tuple[TableCell, ...]
    tone: Tone = Tone.PLAIN
    anchor: str | None = None


class ReportTable(Shape):
    """A table of a report."""

    columns: tuple[ReportColumn, ...]
    rows: tuple[ReportRow, ...]


class ReportSection(Shape):
    """A titled part of a report: lines, then a table if there is one."""

    title: str
    lines: tuple[Line, ...] = ()
    table: ReportTable | None = None


class Fact(Shape):
    """A figure of the summary: its name, its value, how it feels."""

    name: str
    value: str
    tone: Tone = Tone.PLAIN


class Report(Shape):
    """What is shown of a reading, a check or a comparison.

    `language` is an IETF tag; `data` the outer contract's JSON.
    """

    language: str
    title: str
    subtitle: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    sections: tuple[ReportSection, ...] = ()
    footer: str = ""
    data: dict[str, Any]


def piece(text: str, tone: Tone = Tone.PLAIN) -> Piece:
    """A piece of text."""
    return Piece(text=text, tone=tone)


def line(*pieces: Piece | str, indent: int = 0, anchor: str | None = None, target: str | None = None) -> Line:
    """A line from pieces and plain strings."""
    made = tuple(p if isinstance(p, Piece) else Piece(text=p) for p in pieces)
    return Line(pieces=made, indent=indent, anchor=anchor, target=target)


def cell(*pieces: Piece | str, numeric: bool = False) -> TableCell:
    """A table cell from pieces and plain strings."""
    return TableCell(pieces=tuple(p if isinstance(p, Piece) else Piece(text=p) for p in pieces), numeric=numeric)
