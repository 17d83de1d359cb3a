"""Everything a renderer may show: in words, in order, in the language of the reader.

A renderer computes nothing. It sets what stands here; `data` is the machine's
form of the same, for renderers that write data.
"""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal, NamedTuple

from pydantic import SkipValidation

from schemas.base import Shape
from schemas.blocks import Document


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
    POINTED = "pointed"


class Piece(Shape):
    """A run of text in one tone; `target`, an anchor of the same report, makes it a link. What is POINTED at is wrong itself."""

    text: str
    tone: Tone = Tone.PLAIN
    target: str | None = None


class Line(Shape):
    """A line of text; `indent` in steps; `anchor` makes it a target."""

    pieces: tuple[Piece, ...]
    indent: int = 0
    anchor: str | None = None


class Figure(Shape):
    """The number behind the words of a cell, with the decimals to show; `signed` shows a plus too.

    `plus` and `minus` are the cells (row, column) of the same table from which it follows: their sum
    and difference, rounded to its decimals. A figure without them stands for itself.
    """

    value: Decimal
    signed: bool = False
    plus: tuple[tuple[int, int], ...] = ()
    minus: tuple[tuple[int, int], ...] = ()


class TableCell(Shape):
    """A cell of a report's table; a number is set flush right and never broken.

    `figure` is for renderers whose readers count on: the number itself, and what it follows from.
    """

    pieces: tuple[Piece, ...] = ()
    numeric: bool = False
    figure: Figure | None = None


class ReportColumn(Shape):
    """A column: its title, whether it holds numbers (set flush right), and how wide it is meant to be, in signs."""

    title: str
    numeric: bool = False
    width: int | None = None


class ReportRow(Shape):
    """A row; `tone` colours it whole, and a row with an anchor can be filtered by it and by its `facets` (see `Facet`).

    A row may have fewer cells than the table has columns; the only cell of a `heading` is as wide as the table.
    `folded` is what the row rests on (the footing of a change), for those who can fold it away behind `fold`,
    from the start unless it `is_open`.
    """

    cells: tuple[TableCell, ...]
    tone: Tone = Tone.PLAIN
    heading: bool = False
    anchor: str | None = None
    facets: dict[str, tuple[str, ...]] = {}
    fold: str = ""
    folded: "tuple[Line | ReportTable, ...]" = ()
    is_open: bool = False


class ReportTable(Shape):
    """A table of a report, `indent` steps from the margin; without a single title it has no header."""

    columns: tuple[ReportColumn, ...]
    rows: tuple[ReportRow, ...]
    indent: int = 0

    @property
    def is_headed(self) -> bool:
        """Whether the columns have titles."""
        return any(column.title for column in self.columns)


class Entry(Shape):
    """One thing told in several lines and small tables: `tone` says how it weighs, and it can be filtered by it and by its `facets`.

    `folded` is what merely follows from it: shown beneath, or behind `fold` where a page can fold.
    """

    anchor: str
    tone: Tone
    lines: tuple[Line | ReportTable, ...]
    facets: dict[str, tuple[str, ...]] = {}
    fold: str = ""
    folded: tuple[Line | ReportTable, ...] = ()


class Fact(Shape):
    """A figure of the summary: its name, its value, how it feels."""

    name: str
    value: str
    tone: Tone = Tone.PLAIN


class Bar(Shape):
    """A bar of a chart, from one value to the other: its label on the axis, its value in words."""

    label: str
    text: str
    start: Decimal
    end: Decimal
    tone: Tone = Tone.PLAIN


class Chart(Shape):
    """Numbers as a picture; the table of the same section says the same in words.

    A waterfall leads from one bar to the next; in columns, the bars of one label stand together.
    `legend` names the tones of the bars.
    """

    kind: Literal["waterfall", "columns"]
    title: str
    description: str
    bars: tuple[Bar, ...]
    legend: tuple[Fact, ...] = ()


class ReportSection(Shape):
    """A titled part of a report: lines, small tables and entries, then a table if there is one, which a chart may picture.

    `level` 2 is a part of the section of level 1 before it, and so on. A `leading` one belongs to the summary and stands before all that
    can be sifted. Behind `fold` the whole section is put away, where a page can fold: it is there for who asks for it.
    """

    title: str
    level: Literal[1, 2, 3] = 1
    leading: bool = False
    fold: str = ""
    lines: tuple[Line | ReportTable | Entry, ...] = ()
    table: ReportTable | None = None
    chart: Chart | None = None


Spot = tuple[int, int, int] | int
"""Where a mark stands in a shown document: table, row and column of a cell's first slot, or the number of a paragraph."""


class Mark(NamedTuple):
    """What a report says of a spot: its anchor, how it weighs, and the links (text, anchor) back to where it is spoken of."""

    anchor: str
    tone: Tone
    links: tuple[tuple[str, str], ...] = ()


class Shown(NamedTuple):
    """A source document that a report shows, with its marks; for the renderers that can show one."""

    title: str
    document: Document
    marks: Mapping[Spot, Mark]


class Beside(NamedTuple):
    """A block of the old document beside its counterpart in the new one, by their numbers; None where there is none.

    `same` tells that both say the same and nothing is said of them.
    """

    old: int | None
    new: int | None
    same: bool


class Facet(Shape):
    """A property of rows by which they can be filtered: its key, its name, its values (key, words) in order."""

    key: str
    name: str
    options: tuple[tuple[str, str], ...]


Wanted = Literal["filed", "sheets"] | None
"""A part of a report that is put together only for those who show it."""


class Report(Shape):
    """What is shown of a reading, a check or a comparison.

    `language` is an IETF tag; `gist` what is to be known first, in a few lines; `shown` the documents it speaks of, `beside` how the
    blocks of the two stand beside each other if it is about two; `data` the outer contract's JSON (a record, or a list of records). For those who
    ask for them (`Renderer.wants`): `filed`, the same as a document to be filed on paper, and `sheets`,
    the same as the sheets of a workbook.
    """

    language: str
    title: str
    subtitle: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    gist: tuple[Line, ...] = ()
    sections: tuple[ReportSection, ...] = ()
    filed: tuple[ReportSection, ...] = ()
    sheets: tuple[ReportSection, ...] = ()
    facets: tuple[Facet, ...] = ()
    shown: SkipValidation[tuple[Shown, ...]] = ()
    beside: tuple[Beside, ...] = ()
    footer: str = ""
    data: Any


def piece(text: str, tone: Tone = Tone.PLAIN, target: str | None = None) -> Piece:
    """A piece of text."""
    return Piece(text=text, tone=tone, target=target)


def line(*pieces: Piece | str, indent: int = 0, anchor: str | None = None) -> Line:
    """A line from pieces and plain strings."""
    made = tuple(p if isinstance(p, Piece) else Piece(text=p) for p in pieces)
    return Line(pieces=made, indent=indent, anchor=anchor)


def cell(*pieces: Piece | str, numeric: bool = False, figure: Figure | None = None) -> TableCell:
    """A table cell from pieces and plain strings."""
    return TableCell(pieces=tuple(p if isinstance(p, Piece) else Piece(text=p) for p in pieces), numeric=numeric, figure=figure)
