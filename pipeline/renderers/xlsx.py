"""A workbook: a sheet for each part of the report, typed numbers, living sums and differences.

What the report says for a workbook (`sheets`) is set if there is any, else its head and all its sections.
"""

import math
from collections.abc import Iterator

from extractors.uncollected import uncollected
from pipeline.book import Book, Properties, Sheet, reckoning
from pipeline.renderer import Renderer, Screen
from schemas.report import Entry, Line, Piece, Report, ReportRow, ReportSection, ReportTable, TableCell, Tone

_LOOKS: dict[Tone, Properties] = {
    Tone.STRONG: {"bold": True}, Tone.QUIET: {"font_color": "#595959"}, Tone.DERIVED: {"font_color": "#595959"},
    Tone.ERROR: {"bold": True, "font_color": "#9C1C15"}, Tone.UNEXPLAINED: {"bold": True, "font_color": "#9C1C15"},
    Tone.WARNING: {"bold": True, "font_color": "#7A4A00"}, Tone.NOTE: {"font_color": "#0B5F80"},
    Tone.REMOVED: {"font_strikeout": True}, Tone.ADDED: {"bold": True, "underline": 1}, Tone.POINTED: {"bold": True, "underline": 1},
}  # fmt: skip
_HEADER: Properties = {"bold": True, "text_wrap": True, "bg_color": "#EDEDED", "bottom": 1}
_WRAPPED: Properties = {"text_wrap": True}
_RIGHT: Properties = {"align": "right", "indent": 1}
_NARROW, _WIDE = 7, 60
_SIGNS = 1.05  # of running text go into the width of a figure, by which Excel measures a column


@uncollected
def render(report: Report, screen: Screen) -> bytes:  # noqa: ARG001 — a workbook has its own width
    """The report as the bytes of an .xlsx file."""
    book = Book(report.title)
    for section in report.sheets or _as_sheets(report):
        _fill(book.sheet(section.title), section)
    return book.packed()


def _as_sheets(report: Report) -> Iterator[ReportSection]:
    """A report that was not put together for a workbook: its head, then a sheet for each of its parts."""
    lines = [Line(pieces=(Piece(text=text),)) for text in report.subtitle]
    lines += [Line(pieces=(Piece(text=f"{fact.name}: {fact.value}", tone=fact.tone),)) for fact in report.facts]
    if lines or not report.sections:
        yield ReportSection(title=report.title, lines=tuple(lines))
    yield from report.sections


def _fill(sheet: Sheet, section: ReportSection) -> None:
    """The lines and small tables from the top, then the table; one that has the sheet for itself can be sifted."""
    row, widths = 0, _widths(section)
    for item in _flat(section.lines):
        if isinstance(item, ReportTable):
            row = _rows(sheet, item, row, widths)
        else:
            sheet.text(row, 0, _runs(item.pieces), {})
            row += 1
    if section.table is not None:
        last = _rows(sheet, section.table, row + 1 if row else 0, widths) - 1
        if not row:
            sheet.head(len(section.table.columns), last)
    for column, width in enumerate(widths):
        sheet.widen(column, width)


def _flat(items: tuple[Line | ReportTable | Entry, ...]) -> Iterator[Line | ReportTable]:
    for item in items:
        if isinstance(item, Entry):
            yield from (*item.lines, *item.folded)
        else:
            yield item


def _rows(sheet: Sheet, table: ReportTable, row: int, widths: list[int]) -> int:
    """The header, if there is one, and the rows from this row on; the number of the row behind them."""
    if table.is_headed:
        for number, column in enumerate(table.columns):
            sheet.text(row, number, [(column.title, {})], {**_HEADER, **(_RIGHT if column.numeric else {})})
        sheet.heighten(row, _lines([(column.title,) for column in table.columns], widths))
        row += 1
    for position, one in enumerate(table.rows):
        _row(sheet, table, one, row, row + position)
        sheet.heighten(row + position, _lines([tuple(piece.text for piece in cell.pieces) for cell in one.cells], widths))
    return row + len(table.rows)


def _lines(cells: list[tuple[str, ...]], widths: list[int]) -> int:
    """How many lines the fullest cell of a row takes."""
    return max(
        (
            sum(math.ceil(len(line) / (width * _SIGNS)) or 1 for line in "".join(texts).split("\n"))
            for texts, width in zip(cells, widths, strict=False)
        ),
        default=1,
    )


def _row(sheet: Sheet, table: ReportTable, one: ReportRow, first: int, row: int) -> None:
    own = _LOOKS.get(one.tone, {}) if one.tone in (Tone.STRONG, Tone.DERIVED, Tone.UNEXPLAINED) else {}
    for number, (column, cell) in enumerate(zip(table.columns, one.cells, strict=False)):
        if cell.figure is None:
            aligned: Properties = _RIGHT if cell.numeric or column.numeric else {}
            sheet.text(row, number, _runs(cell.pieces), {**_WRAPPED, **aligned, **own})
        else:
            sheet.figure(row, number, cell.figure.value, cell.figure.signed, _formula(cell, first), {**_RIGHT, **own})


def _formula(cell: TableCell, first: int) -> str | None:
    """The formula of a figure that follows from others; they are counted from the first row of their table."""
    figure = cell.figure
    if figure is None or not (figure.plus or figure.minus):
        return None
    plus, minus = ([(first + row, column) for row, column in cells] for cells in (figure.plus, figure.minus))
    return reckoning(figure.value, plus, minus)


def _runs(pieces: tuple[Piece, ...]) -> list[tuple[str, Properties]]:
    return [(piece.text, _LOOKS.get(piece.tone, {})) for piece in pieces]


def _widths(section: ReportSection) -> list[int]:
    """As wide as the columns are meant to be, else as what they hold; for all tables of the sheet."""
    tables = [item for item in (*section.lines, section.table) if isinstance(item, ReportTable)]
    if not tables:
        return [_WIDE * 2]
    widths: list[int] = []
    for table in reversed(tables):  # the sheet's own table says how wide its columns are meant to be
        for number, column in enumerate(table.columns):
            wanted = column.width or min(_WIDE, max(_NARROW, _longest(table, number) + 2))
            if number == len(widths):
                widths.append(wanted)
            elif table is not section.table and section.table is None:
                widths[number] = max(widths[number], wanted)
    return widths


def _longest(table: ReportTable, number: int) -> int:
    texts = [table.columns[number].title]
    texts += ["".join(piece.text for piece in row.cells[number].pieces) for row in table.rows if number < len(row.cells)]
    return max(len(line) for text in texts for line in text.split("\n"))


renderer = Renderer(
    "xlsx", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", render, binary=True, wants="sheets"
)
