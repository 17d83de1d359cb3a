"""What stands in a page, a cell or a note while it is being read: paragraphs as a browser lays them out.

Runs of blanks become one, none stands at a line's ends; a no-break space is a sign like
any other. What a browser lays out as lines (`pre`) stays lines.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import regex

from extractors.invisible import has_invisible, without_invisible
from extractors.plaintext import frames
from schemas.blocks import Paragraph

_BLANKS = regex.compile(r"[ \t\n\r\f]+")
_ENDS = " \v"


@dataclass(frozen=True)
class Lines:
    """Text whose lines are as written: it may hold tables drawn with signs or led by tabs."""

    lines: tuple[str, ...]


@dataclass
class OpenCell:
    """A cell: what stands in it, the spans it asks for."""

    flow: "Flow"
    rows: int
    columns: int


@dataclass
class OpenTable:
    """A table that is being read: its rows by groups, and what stands in it outside any cell (a caption)."""

    loose: "Flow"
    sections: list[tuple[int, list[list[OpenCell]]]] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    presentation: bool = False

    def groups(self) -> list[list[list[OpenCell]]]:
        """The groups of rows, heads first and feet last."""
        return [rows for _, rows in sorted(self.sections, key=lambda section: section[0])]

    def rows(self) -> Iterator[list[OpenCell]]:
        """All rows in that order."""
        for rows in self.groups():
            yield from rows

    def cells(self) -> Iterator[OpenCell]:
        """All cells in order."""
        for row in self.rows():
            yield from row


Item = Paragraph | Lines | OpenTable


class Flow:
    """Blocks in order, and the paragraph that is being read."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.label = ""
        self.computed = 0
        self.invisible = ""
        self.signs = 0
        self._parts: list[str] = []
        self._blank = True
        self._raw: list[str] | None = None

    def text(self, text: str) -> None:
        """Text as the source has it."""
        if self._raw is not None:
            self._raw.append(text)
            return
        text = _BLANKS.sub(" ", text)
        if self._blank and text.startswith(" "):
            text = text[1:]
        if text:
            self._parts.append(text)
            self._blank = text.endswith(" ")

    def sign(self, sign: str) -> None:
        """A tab or a line's end that the page shows: blanks around it are none."""
        if self._raw is not None:
            self._raw.append("\n" if sign == "\v" else sign)
            return
        if self._blank and self._parts and self._parts[-1].endswith(" "):
            self._parts[-1] = self._parts[-1][:-1]
        self._parts.append(sign)
        self._blank = True

    def close(self) -> None:
        """The paragraph ends; one without a visible sign is none."""
        if self._raw is not None:
            raw, self._raw = "".join(self._raw), []
            self._lines(raw)
            return
        if not self._parts:
            return
        text = "".join(self._parts).strip(_ENDS)
        self._parts, self._blank = [], True
        if not text.strip():
            return
        text = self._visible(text)
        lines = text.split("\v") if "\v" in text else ()
        if sum(map(frames.uprights, lines)) > 1 and any(map(frames.is_rule, lines)):
            self._add(Lines(tuple(lines)), text)
            return
        if self.label:
            self.computed += len("".join(self.label.split()))
        self._add(Paragraph(self.label + text), text)
        self.label = ""

    def _visible(self, text: str) -> str:
        if not has_invisible(text):
            return text
        text, taken = without_invisible(text)
        self.invisible += taken
        return text

    def _add(self, item: Item, text: str) -> None:
        self.items.append(item)
        self.signs += len(text)

    def table(self, table: OpenTable) -> None:
        """A table begins."""
        self.close()
        self.items.append(table)

    def begin_lines(self) -> None:
        """Lines stay as they are from here on."""
        self.close()
        self._raw = []

    def end_lines(self) -> None:
        """And no longer."""
        self.close()
        self._raw = None

    def _lines(self, raw: str) -> None:
        text = self._visible(raw.replace("\r\n", "\n").replace("\r", "\n"))
        if text.strip():
            self._add(Lines(tuple(text.split("\n"))), text)
