"""Documents as plain text with drawn tables, for tests: merged cells without the rules between them.

The cells of a nested table are paragraphs of the cell that holds it, as in the passport
of a text export; paragraphs of one cell are parted by a blank line.
"""

from collections.abc import Iterable
from textwrap import wrap

import regex

from schemas.blocks import Cell, Document, Paragraph, Table

ASCII, BOX, BROKEN_BAR = ("|", "-", "+"), ("│", "─", "┼"), ("¦", "-", "+")


def drawing(document: Document, signs: tuple[str, str, str] = BOX, width: int = 14) -> str:
    """The document as text; columns of so many signs."""
    lines: list[str] = []
    for block in document.blocks:
        lines.extend([block.text, ""] if isinstance(block, Paragraph) else [*_table(block, signs, width), ""])
    return "\n".join(lines)


def _lines(cell: Cell, width: int) -> list[str]:
    lines: list[str] = []
    for paragraph in cell.paragraphs():
        text = " ".join(paragraph.text.replace("\v", " ").replace("\t", " ").split(" "))
        if text:
            lines.extend(([""] if lines else []) + wrap(text, width, break_on_hyphens=False, break_long_words=False))
    return lines


def _table(table: Table, signs: tuple[str, str, str], width: int) -> Iterable[str]:
    upright, level, crossing = signs
    widths = _widths(table, width)
    tops = [sum(heights) for n in range(len(table.grid) + 1) for heights in [_heights(table, widths)[:n]]]
    edges = [sum(widths[:n]) + n for n in range(table.width + 1)]
    canvas = [[" "] * (edges[-1] + 1) for _ in range(tops[-1] + len(tops))]
    for cell in table.cells:
        top, bottom = (tops[n] + n for n in (cell.row, cell.row + cell.row_span))
        left, right = edges[cell.column], edges[cell.column + cell.column_span]
        for y in range(top, bottom + 1):
            for x in (left, right):
                canvas[y][x] = upright if canvas[y][x] in (" ", upright) else crossing
        for y in (top, bottom):
            for x in range(left, right + 1):
                canvas[y][x] = crossing if canvas[y][x] in (upright, crossing) else level
        for number, line in enumerate(_lines(cell, right - left - 1)):
            canvas[top + 1 + number][left + 1 : left + 1 + len(line)] = line
    return ("".join(line).rstrip() for line in canvas)


def _widths(table: Table, width: int) -> list[int]:
    """Wide enough for the longest word of every cell that has a column to itself."""
    widths = [width] * table.width
    for cell in table.cells:
        longest = max((len(word) for p in cell.paragraphs() for word in regex.split("[ \\t\\v]", p.text)), default=0)
        if cell.column_span == 1:
            widths[cell.column] = max(widths[cell.column], longest)
    return widths


def _heights(table: Table, widths: list[int]) -> list[int]:
    """Lines of each row; a cell over several rows makes its last one higher where it needs to."""
    heights = [1] * len(table.grid)
    for cell in sorted(table.cells, key=lambda cell: cell.row_span):
        space = sum(widths[cell.column : cell.column + cell.column_span]) + cell.column_span - 1
        held = sum(heights[cell.row : cell.row + cell.row_span]) + cell.row_span - 1
        heights[cell.row + cell.row_span - 1] += max(0, len(_lines(cell, space)) - held)
    return heights
