"""An edition's blocks as a Word document: paragraphs, tables with merged cells and tables inside, wide appendices across the page.

What stands apart from the text (headers, footnotes, comments) is no part of the blocks and is not written.
"""

from collections.abc import Iterator, Sequence

from docx.document import Document as Word
from docx.enum.section import WD_ORIENT, WD_SECTION

from extractors.text import squeeze
from pipeline.carrying.former import APPENDIX
from pipeline.paper import packed, sheet, text_width
from pipeline.word_blocks import put
from schemas.blocks import Block, Document, Paragraph, Table

_WIDE = 8  # columns from which on a table is laid across the page


def paper(document: Document, title: str) -> bytes:
    """The document as the bytes of a .docx file."""
    parts = list(_parts(document.blocks))
    made = sheet("ru", title, landscape=_is_wide(parts[0]) if parts else False)
    for number, part in enumerate(parts):
        if number:
            _new_page(made, _is_wide(part))
        put(made, part, _width(made))
    return packed(made)


def _parts(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """The text, and each appendix that has a table of its own: they begin on pages of their own."""
    part: list[Block] = []
    for block in blocks:
        opens = isinstance(block, Paragraph) and APPENDIX.match(squeeze(block.text)) is not None
        if opens and any(isinstance(other, Table) for other in part):
            yield part
            part = []
        part.append(block)
    if part:
        yield part


def _is_wide(part: Sequence[Block]) -> bool:
    return any(isinstance(block, Table) and block.width >= _WIDE for block in part)


def _new_page(made: Word, wide: bool) -> None:
    section = made.add_section(WD_SECTION.NEW_PAGE)
    if wide != (section.orientation == WD_ORIENT.LANDSCAPE):
        section.page_width, section.page_height = section.page_height, section.page_width
        section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT


def _width(made: Word) -> int:
    section = made.sections[-1]
    if len(made.sections) == 1:
        return text_width(made)
    return int(section.page_width or 0) - int(section.left_margin or 0) - int(section.right_margin or 0)
