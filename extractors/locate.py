"""Document → Parts: the head, the passport, the text, appendix 1, appendix 2.

A part is known by what it is (a table by the meaning of its header), not by where
it stands; a part that is not there stays missing.
"""

from collections.abc import Iterable
from typing import NamedTuple

import regex

from extractors.columns import Columns, columns, is_numbering
from extractors.labels import Labels
from extractors.text import squeeze
from schemas.blocks import Cell, Document, Paragraph, Table
from schemas.place import Place

_APPENDIX = regex.compile(r"приложение\s*(?:№|N)?\s*(?P<number>\d*)", regex.I)
_GOES_ON = regex.compile(r"продолжение|окончание", regex.I)
_PASSPORT = regex.compile(r"п\s?а\s?с\s?п\s?о\s?р\s?т", regex.I)
_PASSPORT_FAMILIES, _FAMILIES_UNDER_A_HEADING = 4, 2


class Located(NamedTuple):
    """A paragraph with its place."""

    text: str
    place: Place


class Appendix(NamedTuple):
    """An appendix: the paragraphs above its tables, and the tables with their columns."""

    heading: tuple[Located, ...]
    tables: tuple[tuple[Table, Columns], ...]


class Parts(NamedTuple):
    """The parts of a programme; `others` are tables that are none of them."""

    head: tuple[Located, ...]
    passport: tuple[Table, ...]
    text: tuple[Located, ...]
    indicators: Appendix | None
    activities: Appendix | None
    others: tuple[Table, ...]


def locate(document: Document, labels: Labels) -> Parts:
    """Find the parts of the document."""
    return _Finder(labels).find(document)


def label_cell(row: Iterable[Cell]) -> Cell | None:
    """The cell that names a row of the passport: the first that holds a letter."""
    return next((cell for cell in row if any(sign.isalpha() for sign in cell.text)), None)


class Region(NamedTuple):
    """A row of the passport: its label, the rows of the table that it spans, its content from column `left` on.

    Without a label it goes on with the row above, in another table.
    """

    table: Table
    label: Cell | None
    left: int
    rows: list[list[Cell]]

    @property
    def content(self) -> list[Cell]:
        """The written cells that belong to the row, once each, and blank ones that stand alone."""
        found = dict.fromkeys(cell for slots in self.rows for cell in slots[self.left :] if cell is not self.label)
        return [cell for cell in found if cell.text] or list(found)


def regions(tables: Iterable[Table]) -> list[Region]:
    """The rows of a passport; a row of the table without a label of its own belongs to the one above."""
    found: list[Region] = []
    for table in tables:
        column = _label_column(table)
        for number, slots in enumerate(table.grid):
            label = label_cell(slots[: column + 1]) if column < len(slots) else None
            if label is not None and label.row == number:
                found.append(Region(table, label, label.column + label.column_span, [slots]))
            elif any(cell.text for cell in slots if cell.row == number):
                if found and found[-1].table is table and any(cell.text for cell in slots[column + 1 :]):
                    found[-1].rows.append(slots)
                else:
                    found.append(Region(table, None, column + 1, [slots]))
    return found


def _label_column(table: Table) -> int:
    """The leftmost column with words in several rows: numbers and dashes before it are no labels."""
    worded = [cell.column for cell in table.cells if label_cell([cell])]
    return min((column for column in set(worded) if worded.count(column) > 1), default=0)


class _Finder:
    def __init__(self, labels: Labels) -> None:
        self.labels = labels
        self.passport: list[Table] = []
        self.head: list[Located] = []
        self.text: list[Located] = []
        self.found: dict[str, tuple[list[Located], list[tuple[Table, Columns]]]] = {}
        self.others: list[Table] = []
        self.pending: list[Located] = []
        self.last: tuple[str, Columns, int] | None = None

    def find(self, document: Document) -> Parts:
        for number, block in enumerate(document.blocks):
            if isinstance(block, Paragraph):
                if block.text.strip():
                    self.pending.append(Located(block.text, Place(paragraph=number, line=block.line or None, page=block.page or None)))
            else:
                self._table(block)
        self._leave(self.pending)
        return Parts(tuple(self.head), tuple(self.passport), tuple(self.text),
                     self._appendix("indicators"), self._appendix("activities"), tuple(self.others))  # fmt: skip

    def _appendix(self, kind: str) -> Appendix | None:
        if kind not in self.found:
            return None
        heading, tables = self.found[kind]
        return Appendix(tuple(heading), tuple(tables))

    def _table(self, table: Table) -> None:
        called = any(_PASSPORT.match(squeeze(paragraph.text)) for paragraph in self.pending[-5:])
        if not self.passport and self._families(table) >= (_FAMILIES_UNDER_A_HEADING if called else _PASSPORT_FAMILIES):
            self.head, self.pending = self.pending, []
            self.passport.append(table)
            return
        kind, cols = self._kind(table)
        if kind is None and self._goes_on_with_passport(table):
            self.passport.append(table)
            return
        if kind is None:
            self.others.append(table)
            return
        before, heading = self._split_heading(self.pending)
        self._leave(before)
        self.pending = []
        known = self.found.setdefault(kind, ([], []))
        known[0].extend(heading)
        known[1].append((table, cols))
        self.last = (kind, cols, table.width)

    def _kind(self, table: Table) -> tuple[str | None, Columns]:
        cols = columns(table, self.labels)
        if cols.is_indicators:
            return "indicators", cols
        if cols.is_activities:
            return "activities", cols
        if self.last and self.last[2] == table.width and not any(_APPENDIX.match(squeeze(p.text)) for p in self.pending):
            return self.last[0], self.last[1]._replace(header=int(bool(table.grid) and is_numbering(table.grid[0])))
        return None, cols

    def _families(self, table: Table) -> int:
        """How many kinds of rows of a passport the table has."""
        names = (label_cell(row) for row in table.grid)
        return len({self.labels.family("passport", cell.text) for cell in names if cell} - {None})

    def _goes_on_with_passport(self, table: Table) -> bool:
        """Whether a table behind the passport, with no text between them, is its next piece."""
        alone = not self.pending or all(_GOES_ON.match(squeeze(paragraph.text)) for paragraph in self.pending)
        return bool(self.passport) and not self.found and alone and (self._families(table) > 0 or table.width == self.passport[-1].width)

    def _split_heading(self, paragraphs: list[Located]) -> tuple[list[Located], list[Located]]:
        """The text before an appendix, and the appendix's heading: from the last «Приложение» on."""
        starts = [n for n, paragraph in enumerate(paragraphs) if _APPENDIX.match(squeeze(paragraph.text))]
        cut = starts[-1] if starts else max(0, len(paragraphs) - 3)
        return paragraphs[:cut], paragraphs[cut:]

    def _leave(self, paragraphs: list[Located]) -> None:
        """Paragraphs that belong to no table: the head as long as nothing else was met, then the text."""
        nothing_yet = not self.passport and not self.found and not self.text
        (self.head if nothing_yet else self.text).extend(paragraphs)
