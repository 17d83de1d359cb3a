"""Documents as web pages, for tests: tables with rowspan and colspan, nested ones inside their cells."""

from collections.abc import Iterable
from html import escape

from schemas.blocks import Block, Cell, Document, Paragraph, Table


def webpage(document: Document, head: str = '<meta charset="utf-8">') -> str:
    """The document as a page."""
    return f"<!DOCTYPE html>\n<html><head>{head}</head><body>\n{''.join(_blocks(document.blocks))}</body></html>\n"


def _blocks(blocks: Iterable[Block]) -> Iterable[str]:
    for block in blocks:
        if isinstance(block, Table):
            yield f"<table border=1>{''.join(_rows(block))}</table>\n"
        else:
            yield f"<p>{_text(block)}</p>\n"


def _text(paragraph: Paragraph) -> str:
    """A browser shows one blank of many, and none at a line's ends: those are no-break spaces where they are meant."""
    text = paragraph.text
    return escape(text).replace("\v", "<br>")


def _rows(table: Table) -> Iterable[str]:
    rows: list[list[Cell]] = [[] for _ in table.grid]
    for cell in table.cells:
        rows[cell.row].append(cell)
    for row in rows:
        yield "<tr>" + "".join(_cell(cell) for cell in row) + "</tr>\n"


def _cell(cell: Cell) -> str:
    spans = f' rowspan="{cell.row_span}"' * (cell.row_span > 1) + f' colspan="{cell.column_span}"' * (cell.column_span > 1)
    return f"<td{spans}>{''.join(_blocks(cell.blocks))}</td>"
