"""Document → Parts: the head, the passport, the text, appendix 1, appendix 2.

A part is known by what it is (a table by the meaning of its header), not by where
it stands; a part that is not there stays missing.
"""

from collections.abc import Iterable
from typing import NamedTuple

import regex

from extractors.columns import Columns, columns, is_numbering
from extractors.labels import Labels
from extractors.text import key, squeeze
from schemas.blocks import Block, Cell, Document, Paragraph, Table
from schemas.place import Place

_APPENDIX = regex.compile(r"приложение\s*(?:№|N)?\s*(?P<number>\d*)", regex.I)
_DASH = regex.compile(r"\s*[-–—]\s*")
_SUBPROGRAMME = regex.compile(r"подпрограмм", regex.I)
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
    """The parts of a programme; `others` are tables that are none of them, `further` those that state its money once more."""

    head: tuple[Located, ...]
    passport: tuple[Table, ...]
    text: tuple[Located, ...]
    indicators: Appendix | None
    activities: Appendix | None
    others: tuple[Table, ...]
    further: tuple[Table, ...] = ()


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
        written = [cell for cell in found if cell.text]
        worded = [cell for cell in written if not _DASH.fullmatch(cell.text)]
        if len(self.rows) == 1 and len(worded) == 1:
            return worded  # «Цель | - | Рост»: a column of dashes between label and text
        return written or list(found)


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


class _Found(NamedTuple):
    """An appendix that is being found: its name, the paragraphs above its tables, the tables."""

    name: str
    heading: list[Located]
    tables: list[tuple[Table, Columns]]

    def add(self, heading: list[Located], table: Table, cols: Columns) -> None:
        """One more table, with what stands above it."""
        self.heading.extend(heading)
        self.tables.append((table, cols))

    def is_other(self, name: str, cols: Columns) -> bool:
        """Whether a table under this name and with these columns belongs to another appendix."""
        mine = self.tables[-1][1]
        differs = [year for _, year, _ in mine.yearly] != [year for _, year, _ in cols.yearly] or (
            bool(mine.yearly) and set(mine.roles) != set(cols.roles)
        )
        return differs or bool(name and self.name and name != self.name)


def _name(heading: list[Located]) -> str:
    """What tells one appendix from another: its number, and the subprogramme that it belongs to."""
    lines = [squeeze(line.text) for line in heading[:4]]
    found = next((match for line in lines if (match := _APPENDIX.match(line))), None)
    of = next((line for line in lines if _SUBPROGRAMME.search(line)), "")
    return f"{found['number']} {key(of)}" if found else ""


class _Finder:
    def __init__(self, labels: Labels) -> None:
        self.labels = labels
        self.passport: list[Table] = []
        self.head: list[Located] = []
        self.text: list[Located] = []
        self.found: dict[str, list[_Found]] = {}
        self.others: list[Table] = []
        self.pending: list[Located] = []
        self.last: tuple[str, Columns, int] | None = None

    def find(self, document: Document) -> Parts:
        self._blocks(document.blocks, Place())
        self._leave(self.pending)
        money = self.found.get("activities", [])
        chosen = max(money, key=lambda found: sum(len(table.cells) for table, _ in found.tables), default=None)
        further = tuple(table for found in money if found is not chosen for table, _ in found.tables)
        return Parts(tuple(self.head), tuple(self.passport), tuple(self.text), self._indicators(),
                     Appendix(tuple(chosen.heading), tuple(chosen.tables)) if chosen else None, tuple(self.others), further)  # fmt: skip

    def _blocks(self, blocks: Iterable[Block], inside: Place) -> None:
        for number, block in enumerate(blocks):
            if not isinstance(block, Paragraph):
                self._table(block)
            elif block.text.strip():
                self.pending.append(
                    Located(block.text, inside._replace(paragraph=number, line=block.line or None, page=block.page or None))
                )

    def _indicators(self) -> Appendix | None:
        found = self.found.get("indicators", [])
        heading = tuple(line for one in found for line in one.heading)
        return Appendix(heading, tuple(table for one in found for table in one.tables)) if found else None

    def _table(self, table: Table) -> None:
        called = any(_PASSPORT.match(squeeze(paragraph.text)) for paragraph in self.pending[-5:])
        if not self.passport and self._families(table) >= (_FAMILIES_UNDER_A_HEADING if called else _PASSPORT_FAMILIES):
            self.head, self.pending = self.pending, []
            self.passport.append(table)
            return
        kind, cols = self._kind(table)
        if kind is None and self._is_frame(table):
            for cell in table.cells:
                self._blocks(cell.blocks, Place(table=table.index, row=cell.row, column=cell.column, inside=table.inside))
            return
        if kind is None:
            kind, cols = self._gone_on_with(table, cols)
        if kind is None and self._goes_on_with_passport(table):
            self.passport.append(table)
            return
        if kind is None:
            self.others.append(table)
            return
        before, heading = self._split_heading(self.pending)
        self._leave(before)
        self.pending = []
        self._home(kind, _name(heading), cols).add(heading, table, cols)
        self.last = (kind, cols, table.width)

    def _home(self, kind: str, name: str, cols: Columns) -> "_Found":
        """Where a table of this kind belongs: to the appendix before, unless another is named above it or it has other columns."""
        known = self.found.setdefault(kind, [])
        if not known or (kind == "activities" and known[-1].is_other(name, cols)):
            known.append(_Found(name, [], []))
        return known[-1]

    def _is_frame(self, table: Table) -> bool:
        """Whether the table only holds others that we know: a page laid out in a table."""
        nested = (block for cell in table.cells for block in cell.blocks if isinstance(block, Table))
        return any(self._is_known(inner) or self._is_frame(inner) for inner in nested)

    def _is_known(self, table: Table) -> bool:
        cols = columns(table, self.labels)
        return cols.is_indicators or cols.is_activities or self._families(table) >= _PASSPORT_FAMILIES

    def _kind(self, table: Table) -> tuple[str | None, Columns]:
        cols = columns(table, self.labels)
        if cols.is_indicators:
            return "indicators", cols
        if cols.is_activities:
            return "activities", cols
        return None, cols

    def _gone_on_with(self, table: Table, cols: Columns) -> tuple[str | None, Columns]:
        """The kind and the columns of the table before, where this one without a header goes on with it."""
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
