"""Blocks of the document model written into a Word document: paragraphs and tables with merged cells and tables inside.

The columns share the width by what they hold, so that words are broken as seldom as may be.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from extractors.text import squeeze
from pipeline.paper import TABLE_SIZE, gap, write
from schemas.blocks import Block, Cell, Paragraph, Table

_SHORTEST, _NARROW, _MOST_SIGNS = 2, 10, 400
_SIGN = 112  # twips that a sign of ten points takes, wide letters among them
_WHOLE = 600  # signs up to which a row is kept on one page
_MARGIN = 70  # twips between the border of a cell and its text


class Style(NamedTuple):
    """How the paragraphs outside tables look, and how large those in them are."""

    indent: Length | None = None
    justified: bool = False
    centred: bool = False
    cell_size: Pt = TABLE_SIZE


PLAIN = Style()


def put(made: Document, blocks: Iterable[Block], width: int, style: Style = PLAIN) -> None:
    """The blocks at the end of the document; `width` is that of the text in EMU."""
    for block in blocks:
        if isinstance(block, Paragraph):
            _dress(made.add_paragraph(), block.text, style)
        else:
            made.element.body.insert(len(made.element.body) - 1, word_table(made, block, round(width / 635), style))
            gap(made)


def _dress(paragraph: WordParagraph, text: str, style: Style) -> None:
    write(paragraph, text.strip("\n"))
    if style.indent:
        paragraph.paragraph_format.first_line_indent = style.indent
    if style.centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif style.justified:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY


def word_table(made: Document, table: Table, width: int, style: Style = PLAIN) -> Any:
    """A table as an element of Word; `width` in twips."""
    widths = _widths(table, width)
    element = OxmlElement("w:tbl")
    properties = _add(element, "w:tblPr")
    _add(properties, "w:tblW", w=sum(widths), type="dxa")
    borders = _add(properties, "w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        _add(borders, f"w:{side}", val="single", sz=4, space=0, color="000000")
    _add(properties, "w:tblLayout", type="fixed")
    margins = _add(properties, "w:tblCellMar")
    for side in ("left", "right"):
        _add(margins, f"w:{side}", w=_MARGIN, type="dxa")
    grid = _add(element, "w:tblGrid")
    for one in widths:
        _add(grid, "w:gridCol", w=one)
    for number, slots in enumerate(table.grid):
        row = _add(element, "w:tr")
        if all(len(cell.text) <= _WHOLE for cell in slots):
            _add(_add(row, "w:trPr"), "w:cantSplit")
        for cell in dict.fromkeys(slots):
            row.append(_cell(made, cell, number, widths, style))
    return element


def _cell(made: Document, cell: Cell, row: int, widths: Sequence[int], style: Style) -> Any:
    element = OxmlElement("w:tc")
    properties = _add(element, "w:tcPr")
    width = sum(widths[cell.column : cell.column + cell.column_span])
    _add(properties, "w:tcW", w=width, type="dxa")
    if cell.column_span > 1:
        _add(properties, "w:gridSpan", val=cell.column_span)
    if cell.row_span > 1:
        _add(properties, "w:vMerge", **({"val": "restart"} if cell.row == row else {}))
    blocks = cell.blocks if cell.row == row else ()
    for block in blocks:
        if isinstance(block, Table):
            element.append(word_table(made, block, width - 2 * _MARGIN, style))
        else:
            element.append(_paragraph(made, block.text, style))
    if not blocks or isinstance(blocks[-1], Table):
        element.append(_paragraph(made, "", style))
    return element


def _paragraph(made: Document, text: str, style: Style) -> Any:
    paragraph = made.add_paragraph()
    write(paragraph, text.strip("\n"), size=style.cell_size)
    paragraph.paragraph_format.space_after = Pt(0)
    element = paragraph._p
    made.element.body.remove(element)
    return element


def _widths(table: Table, whole: int) -> list[int]:
    """First each column's longest word, then the rest of the width by how much text the columns hold."""
    least, held = [_word(_SHORTEST)] * table.width, [1] * table.width
    for cell in table.cells:
        if cell.column_span == 1:
            text = squeeze(cell.text)
            inner = max((sum(_least(block)) + 3 * _MARGIN for block in cell.blocks if isinstance(block, Table)), default=0)
            least[cell.column] = max(least[cell.column], _word(max(map(len, text.split()), default=0)), inner)
            held[cell.column] = max(held[cell.column], min(len(text), _MOST_SIGNS))
    if sum(least) >= whole:
        return [whole * one // sum(least) for one in least]
    rest = whole - sum(least)
    return [one + rest * signs // sum(held) for one, signs in zip(least, held, strict=True)]


def _least(table: Table) -> list[int]:
    """What the columns of a table inside a cell need for their longest figures."""
    found = [_word(_SHORTEST)] * table.width
    for cell in table.cells:
        if cell.column_span == 1:
            found[cell.column] = max(found[cell.column], _word(min(_NARROW, max(map(len, cell.text.split()), default=0))))
    return found


def _word(signs: int) -> int:
    """How wide a word of so many signs is, with the margins of its cell, in twips."""
    return signs * _SIGN + 2 * _MARGIN + 20


def _add(parent: Any, tag: str, **attributes: object) -> Any:
    child = OxmlElement(tag)
    for key, value in attributes.items():
        child.set(qn(f"w:{key}"), str(value))
    parent.append(child)
    return child
