"""A drafted act as a Word document: «ПРОЕКТ», the issuer, blanks for date and number, the operative part, the annexes."""

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from pipeline.drafting.act import Annex, Drafted
from pipeline.drafting.closing import in_quotes
from pipeline.drafting.wording import CONTROL, DATE_AND_NUMBER, DRAFT, KIND, NAME, POST, annex_head, enacting, entry
from pipeline.paper import Look, packed, sheet, text_width, write
from pipeline.word_blocks import Style, put
from schemas.blocks import Table

_INDENT = Mm(12.5)
_TEXT = Style(indent=_INDENT, justified=True)
_BOLD = Look(bold=True)
_WIDE_TABLE = 8
"""Columns from which on a table is laid across the page."""


def paper(drafted: Drafted) -> bytes:
    """The act as the bytes of a .docx file."""
    act = drafted.resolution.act
    made = sheet("ru", act.title or KIND, landscape=False)
    _centred(made, DRAFT, Look(), WD_ALIGN_PARAGRAPH.RIGHT)
    for text in ((act.issuer or "").upper(), KIND):
        _centred(made, text, _BOLD)
    _centred(made, DATE_AND_NUMBER)
    _centred(made, act.title or "", _BOLD)
    _text(made, enacting(drafted.resolution))
    _text(made, drafted.head)
    for line in drafted.lines:
        _text(made, f"{line.number} {line.text}".strip())
        put(made, in_quotes(line.payload, line.closing), text_width(made), _TEXT)
    for text in (entry(drafted), CONTROL):
        _text(made, text)
    _signature(made)
    for annex in drafted.annexes:
        _annex(made, annex, drafted)
    return packed(made)


def _text(made: Document, text: str) -> None:
    paragraph = made.add_paragraph()
    paragraph.paragraph_format.first_line_indent = _INDENT
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    write(paragraph, text)


def _centred(made: Document, text: str, look: Look = Look(), where: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.CENTER) -> None:  # noqa: B008 — a frozen value
    paragraph = made.add_paragraph()
    paragraph.alignment = where
    paragraph.paragraph_format.space_after = Pt(10)
    write(paragraph, text, look)


def _signature(made: Document) -> None:
    paragraph = made.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(24)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(110))
    write(paragraph, f"{POST}\t{NAME}")


def _annex(made: Document, annex: Annex, drafted: Drafted) -> None:
    """An annex on a page of its own, across it where a table is wide."""
    section = made.add_section(WD_SECTION.NEW_PAGE)
    wide = any(isinstance(block, Table) and block.width >= _WIDE_TABLE for block in annex.blocks)
    if wide != (section.orientation == WD_ORIENT.LANDSCAPE):
        section.page_width, section.page_height = section.page_height, section.page_width
        section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    for text in annex_head(annex, drafted.resolution):
        _centred(made, text, Look(), WD_ALIGN_PARAGRAPH.RIGHT)
    width = int(section.page_width or 0) - int(section.left_margin or 0) - int(section.right_margin or 0)
    put(made, annex.blocks, width)
