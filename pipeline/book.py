"""A workbook of Excel: texts that stay texts, numbers with the decimals that are written, formulas with their values.

The same content gives the same bytes: nothing of the clock gets into the file.
"""

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import regex
import xlsxwriter  # type: ignore[import-untyped]  # the library carries no types

from schemas.amount import decimals

Properties = dict[str, object]
Cells = Iterable[tuple[int, int]]

_EPOCH = dt.datetime(1980, 1, 1)  # noqa: DTZ001 — the first moment that a zip file can name; the library takes it without a zone
_BASE: Properties = {"font_name": "Arial", "font_size": 10, "valign": "top"}
_LONGEST_TEXT, _LONGEST_FORMULA, _LONGEST_NAME, _MOST_TERMS = 32_767, 8_000, 31, 200  # what Excel can hold
_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n")  # what makes a program take a text for a formula
_NOT_IN_NAMES = regex.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NOT_XML = regex.compile(r"[^\t\n\u0020-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
_CUT = "…"
_LINE, _HIGHEST = 12.75, 409  # points: of a line in our face, and of the highest row that Excel allows


class Book:
    """A workbook that is being written."""

    def __init__(self, title: str) -> None:
        self._out = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        self._book.set_properties({"title": sound(title)[:255], "author": "popravka", "created": _EPOCH})
        self._looks: dict[tuple[tuple[str, object], ...], Any] = {}
        self._names: set[str] = set()

    def look(self, properties: Properties) -> Any:
        """The format of these properties; each is made once."""
        wanted = {**_BASE, **properties}
        key = tuple(sorted(wanted.items()))
        if key not in self._looks:
            self._looks[key] = self._book.add_format(wanted)
        return self._looks[key]

    def sheet(self, title: str) -> "Sheet":
        """A new sheet, set up to be printed on A4 across, as wide as the page."""
        name = _NOT_IN_NAMES.sub(" ", sound(title)).strip(" '")[:_LONGEST_NAME] or "1"
        number = 1
        while name.casefold() in self._names:
            number += 1
            name = f"{name[: _LONGEST_NAME - 4].rstrip()} {number}"
        self._names.add(name.casefold())
        made = self._book.add_worksheet(name)
        made.set_landscape()
        made.set_paper(9)
        made.fit_to_pages(1, 0)
        made.set_footer("&C&P / &N")
        made.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})  # «4.1» is the number of an activity and no amount
        return Sheet(self, made)

    def packed(self) -> bytes:
        """The file; the same for the same content."""
        self._book.close()
        return self._out.getvalue()


class Sheet:
    """A sheet that is being written."""

    def __init__(self, book: Book, sheet: Any) -> None:
        self._book, self._sheet = book, sheet

    def text(self, row: int, column: int, runs: Sequence[tuple[str, Properties]], properties: Properties) -> None:
        """A text in runs of their own look; never a formula, whatever it begins with."""
        runs = [(text, own) for text, own in _cut(runs) if text]
        whole = "".join(text for text, _ in runs)
        if whole.startswith(_ACTIVE):
            properties = {**properties, "quote_prefix": True}
        cell = self._book.look({**properties, **(runs[0][1] if len(runs) == 1 else {})})
        if len(runs) < 2:
            self._sheet.write_string(row, column, whole, cell) if whole else self._sheet.write_blank(row, column, None, cell)
            return
        parts = [part for text, own in runs for part in (self._book.look({**properties, **own}), text)]
        self._sheet.write_rich_string(row, column, *parts, cell)

    def figure(self, row: int, column: int, value: Decimal, signed: bool, formula: str | None, properties: Properties) -> None:
        """A number, by its formula if it has one; a number longer than Excel can count stays a text to the last digit."""
        number = float(value)
        if Decimal(repr(number)) != value:
            self.text(row, column, [(f"{value:f}", {})], properties)
            return
        look = self._book.look({**properties, "num_format": _number_format(value, signed)})
        if formula is None or len(formula) > _LONGEST_FORMULA:
            self._sheet.write_number(row, column, number, look)
        else:
            self._sheet.write_formula(row, column, formula, look, number)

    def heighten(self, row: int, lines: int) -> None:
        """How many lines a row is high: LibreOffice leaves a row as low as it is told to be."""
        if lines > 1:
            self._sheet.set_row(row, min(_HIGHEST, _LINE * lines + 2))

    def widen(self, column: int, width: int) -> None:
        """How many signs a column is wide."""
        self._sheet.set_column(column, column, width)

    def head(self, columns: int, last: int) -> None:
        """The first row names the columns: it stays in sight, comes again on each page, and sifts what is below it."""
        self._sheet.freeze_panes(1, 0)
        self._sheet.repeat_rows(0)
        self._sheet.autofilter(0, 0, last, columns - 1)


def _number_format(value: Decimal, signed: bool) -> str:
    places = decimals(value)
    plain = "#,##0" + ("." + "0" * places if places else "")
    return f"+{plain};-{plain};{plain}" if signed else plain


def reckoning(value: Decimal, plus: Cells, minus: Cells) -> str:
    """The formula of a figure: the sum of cells less the sum of others, rounded to the decimals that it shows.

    >>> reckoning(Decimal("1.50"), [(1, 5), (2, 5), (3, 5), (7, 5)], [(0, 0)])
    '=ROUND(SUM(F2:F4,F8)-A1,2)'
    """
    added, taken = _sum(plus), _sum(minus)
    return f"=ROUND({added}{'-' + taken if taken else ''},{decimals(value)})"


def _sum(cells: Cells) -> str:
    ranges = _ranges(cells)
    if len(ranges) == 1 and ":" not in ranges[0]:
        return ranges[0]
    chunks = [f"SUM({','.join(ranges[start : start + _MOST_TERMS])})" for start in range(0, len(ranges), _MOST_TERMS)]
    return chunks[0] if len(chunks) == 1 else f"SUM({','.join(chunks)})" if chunks else ""


def _ranges(cells: Cells) -> list[str]:
    """The cells in order, neighbours in a column as one range."""
    runs: list[tuple[int, int, int]] = []
    for column, row in sorted((column, row) for row, column in cells):
        if runs and runs[-1][0] == column and runs[-1][2] == row - 1:
            runs[-1] = (column, runs[-1][1], row)
        else:
            runs.append((column, row, row))
    return [_name(c, first) if first == last else f"{_name(c, first)}:{_name(c, last)}" for c, first, last in runs]


def _name(column: int, row: int) -> str:
    return f"{xlsxwriter.utility.xl_col_to_name(column)}{row + 1}"


def _cut(runs: Iterable[tuple[str, Properties]]) -> list[tuple[str, Properties]]:
    """Runs of so much text as a cell can hold; where some is left out, the sign for it stands."""
    made: list[tuple[str, Properties]] = []
    left = _LONGEST_TEXT
    for text, own in runs:
        clean = sound(text)
        if len(clean) > left:
            return [*made, (clean[: max(0, left - len(_CUT))] + _CUT, own)] if left else made
        made.append((clean, own))
        left -= len(clean)
    return made


def sound(text: str) -> str:
    """Text without the signs that XML cannot hold: each is shown as one that stands for an unknown sign."""
    return _NOT_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n"))
