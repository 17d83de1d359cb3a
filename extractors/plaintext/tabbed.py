"""Tab-led lines → tables: where a table ends, where its rows begin, which slots they fill.

A plain-text export keeps of a table only this: a tab begins a cell, a blank line
follows a row, an empty line more follows the table. Cells hold blank lines too,
merged cells are missing, nested tables are loose paragraphs. So the rows are the
cheapest cut of the run of cells into pieces of the table's width, where a piece
that a table of this kind is known to have (a heading, a line «Итого») costs little,
one that begins without a blank line before it costs much, and one of a wrong width
costs most. The width is that of the numbering row, or the one with the cheapest cut.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

import regex

from extractors import values
from extractors.grid import LooseCell, LooseRow, lay
from schemas.blocks import Block, Paragraph, Table, Unread
from schemas.place import Place

_STRUCTURE = regex.compile(
    r"\s*+(приложение\s*+(№|N)?\s*+\d*+\s*+$|приложение\s*+(№|N)?\s*+\d*+\s+к\s|паспорт\b|раздел\s+(\d|[IVX]))", regex.I
)
_FIRST_SECTION = regex.compile(r"\s*(1|I)\s*\.\s*\p{Lu}")
_INSTRUCTION = regex.compile(
    r"\s*+(?:[»”“\"]++\s*+[.;,]?+\s*+$"
    r"|(?:\d++(?:\.\d++)*+[.)]|[а-я]\))\s++во?\s[^\n]{0,400}+(?<=:\s{0,3})$"
    r"|(?=(?:\d++(?:\.\d++)*+[.)]?+|[а-я]\)|-|[А-ЯЁа-яё]++)\s)(?=.{0,600}?(?:излож|дополн|замен|исключ|утратив|вступает\s++в\s++силу|возложить|следующие\s++изменения)))",
    regex.I,
)
"""In an act: the quotation mark that closes new wording, or an instruction. No cell holds such a line behind two blank ones."""
_HEADER = regex.compile(r"\s*(№|N\s*п|наименование)", regex.I)
_HEADING = regex.compile(
    r"\s*(цел[ьи]|задач|подпрограмм|раздел|основное\s+меропр|итого|всего|общий\s+(?:итог|объ[её]м)|направлени)", regex.I
)
_TOTAL = regex.compile(r"\s*(итого|всего|общий\s+(?:итог|объ[её]м))", regex.I)
_YEARS_TOTAL = regex.compile(r"\s*(всего|итого)\s*:?\s*$", regex.I)
_MAX_WIDTH = 24
_LONGEST_ROW_NUMBER = 3
_ENOUGH_CELLS = 160  # to tell a table's width by

# Prices of a row, see the module's docstring.
_NO_BLANK_LINE, _WRONG_WIDTH, _HEADER_ROW, _LONE_TEXT, _KNOWN, _ANCHOR_INSIDE, _BLANK_LINE_INSIDE = 4.0, 6.0, 3.0, 2.0, 0.5, 2.0, 0.75


_MONEY_BEFORE_YEAR, _SHORTER = 3.0, 0.1


class TabCell(NamedTuple):
    """A cell: its first line, its paragraphs, and whether a blank line stands before it."""

    line: int
    paragraphs: tuple[Paragraph, ...]
    after_blank: bool

    def text(self) -> str:
        """Its paragraphs on one line."""
        return " ".join(" ".join(p.text for p in self.paragraphs).split())


class Tabbed(NamedTuple):
    """Paragraphs and tables, the number of the tables, and the rows that fit none."""

    blocks: tuple[Block, ...]
    tables: int
    unread: tuple[Unread, ...]


def blocks(lines: Sequence[str], numbers: Sequence[int], first_table: int = 0) -> Tabbed:
    """Lines of a text, with their numbers in the file, as paragraphs and tables, which are counted from `first_table`."""
    made: list[Block] = []
    unread: list[Unread] = []
    tables = first_table
    for run in _runs(lines, numbers):
        if isinstance(run, Paragraph):
            made.append(run)
        else:
            table, lost = _table(run, tables)
            made.append(table)
            unread.extend(lost)
            tables += 1
    return Tabbed(tuple(made), tables - first_table, tuple(unread))


def _runs(lines: Sequence[str], numbers: Sequence[int]) -> Iterator[Paragraph | list[TabCell]]:
    """Paragraphs outside tables one by one, and each table as its run of cells."""
    number = 0
    while number < len(lines):
        if "\t" not in lines[number]:
            if lines[number].strip():
                yield Paragraph(lines[number], numbers[number])
            number += 1
            continue
        end = _end_of_table(lines, number)
        yield list(_cells(lines, numbers, number, end))
        number = end


def _end_of_table(lines: Sequence[str], start: int) -> int:
    """The line behind the table that begins at `start`."""
    last = start
    while True:
        following = next((n for n in range(last + 1, len(lines)) if "\t" in lines[n]), len(lines))
        cut = _cut(lines, last + 1, following) if last > start else None  # a table of one cell is a header being read
        if cut is not None or following == len(lines):
            return len(lines) if cut is None else cut
        last = following


def _cut(lines: Sequence[str], start: int, stop: int) -> int | None:
    """Where the lines between two tab-led ones leave the table; None where they do not.

    They leave it at the first two blank lines, if the text behind them ends the document,
    leads to a new table's header, or opens with a word of structure («Приложение 1»,
    «1. Задачи», «1.2. В разделе 2 слова … заменить»). Without two blank lines such a word ends the table only before a new
    header: alone it may stand in a cell («Раздел 2 программы …»).
    """
    loose = structure = None
    blanks = 0
    for number in range(start, stop):
        if not lines[number].strip():
            blanks += 1
            continue
        if blanks >= 2 and loose is None:
            loose = number
        opens = _STRUCTURE.match(lines[number]) or (
            blanks >= 2 and (_FIRST_SECTION.match(lines[number]) or _INSTRUCTION.match(lines[number]))
        )
        if opens and structure is None:
            structure = number
        blanks = 0
    before_header = stop < len(lines) and _HEADER.match(lines[stop].lstrip("\t"))
    if loose is not None:
        return loose if before_header or stop == len(lines) or structure is not None else None
    return structure if before_header else None


def _cells(lines: Sequence[str], numbers: Sequence[int], start: int, stop: int) -> Iterator[TabCell]:
    first, paragraphs, after_blank = numbers[start], list[Paragraph](), True
    for number in range(start, stop):
        head, *rest = lines[number].split("\t")
        if head.strip():
            paragraphs.append(Paragraph(head, numbers[number]))
        for position, text in enumerate(rest):
            if number > start or position or paragraphs:
                yield TabCell(first, tuple(paragraphs) or (Paragraph("", first),), after_blank)
                after_blank = position == 0 and not lines[number - 1].strip() and "\t" not in lines[number - 1]
            first, paragraphs = numbers[number], [Paragraph(text, numbers[number])] if text.strip() else []
    yield TabCell(first, tuple(paragraphs) or (Paragraph("", first),), after_blank)


def _table(cells: list[TabCell], index: int) -> tuple[Table, list[Unread]]:
    run = _Run(cells)
    width = run.width()
    placed, lost = _place(run.rows(width), width)
    laid, _ = lay(placed)
    return Table(index, laid), [_lost(row, index, width) for row in lost]


def _is_money(text: str) -> bool:
    """An amount, as against the number of a row or a year: «43,380», «0», «485295»."""
    if values.number(text)[0] is None or values.year(text):
        return False
    return text == "0" or "," in text or len(text) > _LONGEST_ROW_NUMBER


def _lost(row: list[TabCell], index: int, width: int) -> Unread:
    text = "\n".join(p.text for cell in row for p in cell.paragraphs)
    reason = f"в строке таблицы клеток: {len(row)}, а граф в таблице: {width}; места клеток не определить"
    return Unread(place=Place(table=index, line=row[0].line), text=text, reason=reason)


class _Run:
    """The cells of one table in a row, and what each looks like, told once."""

    def __init__(self, cells: list[TabCell]) -> None:
        self.cells = cells
        self.texts = texts = [cell.text() for cell in cells]
        self.numbered = [values.list_number(text) is not None for text in texts]
        self.heading = [_HEADING.match(text) is not None for text in texts]
        self.year = [values.year(text) is not None or _YEARS_TOTAL.match(text) is not None for text in texts]
        self.money = [_is_money(text) for text in texts]
        self.last_year = list(accumulate((n if year else -1 for n, year in enumerate(self.year)), max))
        self.next_money = list(accumulate((n if money else len(texts) for n, money in reversed(list(enumerate(self.money)))), min))[::-1]
        self.prices_inside = [0.0, *accumulate(self._price_inside(number) for number in range(len(cells)))]

    def _price_inside(self, number: int) -> float:
        """What it costs to have a cell inside a row: it had better not look like the beginning of one («ВСЕГО» does not)."""
        if not self.cells[number].after_blank or _YEARS_TOTAL.match(self.texts[number]):
            return 0.0
        behind_its_number = number and self.numbered[number - 1] and self.heading[number]
        return _BLANK_LINE_INSIDE + (_ANCHOR_INSIDE if self._opens_row(number) and not behind_its_number else 0.0)

    def _opens_row(self, number: int) -> bool:
        """Whether a row surely begins here: «1.1», «Цель», or «2» before «Задача 2»."""
        text = self.texts[number]
        if self.numbered[number]:
            return "." in text or (number + 1 < len(self.texts) and self.heading[number + 1])
        return self.heading[number]

    def width(self) -> int:
        """The width of the numbering row, or the one whose cut of the table's beginning is cheapest."""
        enough = min(len(self.cells), _ENOUGH_CELLS)
        widths = range(2, min(_MAX_WIDTH, enough) + 1)
        return self._numbering_row() or min(widths, key=lambda width: (self._cut(width, enough)[-1][0], width), default=1)

    def _numbering_row(self) -> int | None:
        """The table's width by its row «1 2 3 … n»."""
        for start, text in enumerate(self.texts):
            if text == "1" and self.cells[start].after_blank:
                count = 1
                while self.texts[start + count : start + count + 1] == [str(count + 1)]:
                    count += 1
                if count >= 4:
                    return count
        return None

    def rows(self, width: int) -> list[list[TabCell]]:
        """The cheapest cut into rows."""
        best = self._cut(width, len(self.cells))
        rows, end = [], len(self.cells)
        while end:
            start = best[end][1]
            rows.append(self.cells[start:end])
            end = start
        return rows[::-1]

    def _cut(self, width: int, count: int) -> list[tuple[float, int]]:
        """For the first 0 … count cells the price of their cheapest cut, and where its last row begins."""
        best: list[tuple[float, int]] = [(0.0, 0)]
        for end in range(1, count + 1):
            starts = range(max(0, end - width - 2), end)
            best.append(min((best[start][0] + self._price(start, end, width), start) for start in starts))
        return best

    def _price(self, start: int, end: int, width: int) -> float:
        """What it costs to take cells[start:end] for a row."""
        length = end - start
        price = 0.0 if self.cells[start].after_blank else _NO_BLANK_LINE
        price += self.prices_inside[end] - self.prices_inside[start + 1]
        if self.next_money[start] < self.last_year[end - 1]:
            price += _MONEY_BEFORE_YEAR
        if length >= width:
            return price if length == width else price + _WRONG_WIDTH + length - width
        if length == 1:
            return price + (_KNOWN if self.heading[start] else _LONE_TEXT if self.texts[start] else _WRONG_WIDTH)
        if length == 2 and self.numbered[start] and self.texts[start + 1] and not self.numbered[start + 1]:
            return price + _KNOWN
        if (self.heading[start] and _TOTAL.match(self.texts[start])) or (not self.texts[start] and self.year[start + 1]):
            return price + 2 * _KNOWN + _SHORTER * (width - length)
        if start < width and all(self.texts[start:end][: width - length]):
            return price + _HEADER_ROW
        return price + _WRONG_WIDTH


class _Years(NamedTuple):
    """Where full rows name their year, and how many numbers follow it."""

    column: int
    numbers: int


def _place(rows: list[list[TabCell]], width: int) -> tuple[list[LooseRow], list[list[TabCell]]]:
    """Rows with the spans that the export lost, and the rows that cannot be placed."""
    years = _years(rows, width)
    placed: list[LooseRow] = []
    lost: list[list[TabCell]] = []
    for number, row in enumerate(rows):
        below = rows[number + 1] if number + 1 < len(rows) else []
        header = _header_spans(row, below) if not placed and len(row) < width == len(below) else None
        spans = header or _spans(row, width, years)
        if spans is None:
            lost.append(row)
        else:
            cells: list[LooseCell] = [(cell.paragraphs, span, "") for cell, span in zip(row, spans, strict=True)]
            placed.append(LooseRow(tuple(cells)))
    return placed, lost


def _spans(row: list[TabCell], width: int, years: _Years | None) -> list[int] | None:
    """The width of each cell of a row in slots, or None where it cannot be told."""
    length = len(row)
    if length == width:
        return [1] * width
    if length > width:
        return None
    if length == 1 and row[0].text():
        return [width]
    if length == 2 and values.list_number(row[0].text()):
        return [1, width - 1]
    return _year_row_spans(row, width, years) if years else None


def _year_row_spans(row: list[TabCell], width: int, years: _Years) -> list[int] | None:
    """A row of a subtotal: its label spans the columns before the year, its last cell those behind the money.

    Only when it holds as many cells of money as the full rows do: else one is missing,
    and which one cannot be told.
    """
    anchor = next((n for n, cell in enumerate(row) if n and (values.year(cell.text()) or _YEARS_TOTAL.match(cell.text()))), None)
    if anchor is None or anchor > years.column:
        return None
    before = [1] * (anchor - 1) + [years.column - anchor + 1]
    behind, slots = len(row) - anchor - 1, width - years.column - 1
    if behind == slots:
        return [*before, 1, *[1] * behind]
    if behind == years.numbers + 1:
        return [*before, 1, *[1] * (behind - 1), slots - behind + 1]
    return None


def _years(rows: list[list[TabCell]], width: int) -> _Years | None:
    """Where most full rows name a year, and the usual count of numbers behind it."""
    seen: dict[_Years, int] = {}
    for row in rows:
        column = next((n for n, cell in enumerate(row) if values.year(cell.text())), None)
        if len(row) == width and column is not None:
            behind = [values.number(cell.text())[0] is not None for cell in row[column + 1 :]]
            years = _Years(column, behind.index(False) if False in behind else len(behind))
            seen[years] = seen.get(years, 0) + 1
    return max(seen, key=lambda years: (seen[years], years.numbers, -years.column)) if seen else None


def _header_spans(row: list[TabCell], below: list[TabCell]) -> list[int] | None:
    """The spans of a header's upper row: a cell spans the filled cells that stand below it."""
    spans: list[int] = []
    for position, cell in enumerate(below):
        filled = bool(cell.text())
        if filled and position and below[position - 1].text():
            spans[-1] += 1
        else:
            spans.append(1)
    return spans if len(spans) == len(row) else None
