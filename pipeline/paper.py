"""A Word document as offices file it: A4, Times New Roman, tables whose header stands on every page.

The same content gives the same bytes: nothing of the clock gets into the file. What the
template of python-docx brings along and no reader needs (its thumbnail, its author, its
dates) is taken out again.
"""

import io
import zipfile
from collections.abc import Sequence
from typing import Any, NamedTuple

import docx
import regex
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

FACE = "Times New Roman"
TEXT_SIZE, TABLE_SIZE = Pt(12), Pt(10)
_SHORT, _LONG = Mm(210), Mm(297)
_TOP, _RIGHT, _BOTTOM, _LEFT = Mm(20), Mm(10), Mm(20), Mm(20)  # ГОСТ Р 7.0.97-2016, пункт 3.6
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file can name
_NEEDLESS = (RELATIONSHIP_TYPE.THUMBNAIL, "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects")
_NOT_XML = regex.compile(r"[^\t\n\u0020-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


class Look(NamedTuple):
    """How a run of text looks."""

    bold: bool = False
    struck: bool = False
    underlined: bool = False
    colour: str | None = None


PLAIN = Look()


def sheet(language: str, title: str, landscape: bool) -> Document:
    """An empty document in this language, ready to be filled."""
    made = docx.Document()
    _dress(made, language)
    section = made.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = _TOP, _RIGHT, _BOTTOM, _LEFT
    section.header_distance = section.footer_distance = Mm(10)
    made.core_properties.title, made.core_properties.language = _sound(title)[:255], language
    return made


def text_width(made: Document) -> int:
    """How wide the text of a page is, in EMU."""
    section = made.sections[0]
    assert section.page_width is not None  # both were set by `sheet`
    return int(section.page_width) - int(_LEFT) - int(_RIGHT)


def _dress(made: Document, language: str) -> None:
    """One face and one language in all styles that are used: the template's own are blue and in English."""
    for name, size, bold in (
        ("Normal", TEXT_SIZE, None),
        ("Title", Pt(14), True),
        ("Heading 1", Pt(13), True),
        ("Heading 2", Pt(12), True),
    ):
        style: Any = made.styles[name]
        style.font.size, style.font.bold, style.font.color.rgb = size, bold, RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in list(fonts.attrib):
            del fonts.attrib[key]
        for key in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{key}"), FACE)
        for border in style.element.findall(f".//{qn('w:pBdr')}"):
            border.getparent().remove(border)
        shape = style.paragraph_format
        shape.space_before, shape.space_after, shape.line_spacing = Pt(0 if name == "Normal" else 6), Pt(4), 1.0
    title: Any = made.styles["Title"]
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    spoken = made.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:lang')}")
    spoken.set(qn("w:val"), {"ru": "ru-RU", "en": "en-GB"}.get(language, language))
    for mode in made.settings.element.iter(qn("w:compatSetting")):
        if mode.get(qn("w:name")) == "compatibilityMode":
            mode.set(qn("w:val"), "15")  # else Word opens the file in its «режим ограниченной функциональности»


def write(paragraph: Paragraph, text: str, look: Look = PLAIN, size: Pt | None = None) -> None:
    """A run of text at the end of a paragraph; its line breaks stay."""
    if not text:
        return
    run = paragraph.add_run(_sound(text))
    run.bold, run.font.strike, run.underline = look.bold or None, look.struck or None, look.underlined or None
    if look.colour:
        run.font.color.rgb = RGBColor.from_string(look.colour)
    if size is not None:
        run.font.size = size


def _sound(text: str) -> str:
    """Text without the signs that XML cannot hold: each is shown as one that stands for an unknown sign."""
    return _NOT_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n"))


class Grid:
    """A table of fixed column widths (EMU), with lines around its cells if it is `ruled`."""

    def __init__(self, made: Document, widths: Sequence[int], ruled: bool = True, indent: int = 0) -> None:
        self._widths = [_twips(width) for width in widths]
        self._table: Any = made.add_table(rows=0, cols=len(widths))
        properties = self._table._tbl.tblPr
        for child in list(properties):
            properties.remove(child)
        _add(properties, "w:tblW", w=sum(self._widths), type="dxa")
        if indent:
            _add(properties, "w:tblInd", w=_twips(indent), type="dxa")
        if ruled:
            borders = _add(properties, "w:tblBorders")
            for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
                _add(borders, f"w:{side}", val="single", sz=4, space=0, color="000000")
        _add(properties, "w:tblLayout", type="fixed")
        margins = _add(properties, "w:tblCellMar")
        for side, width in (("top", 15), ("left", 70), ("bottom", 15), ("right", 70)):
            _add(margins, f"w:{side}", w=width, type="dxa")
        for column, width in zip(self._table._tbl.tblGrid.gridCol_lst, self._widths, strict=True):
            column.w = Emu(width * 635)

    def row(self, whole: bool, header: bool = False, spanning: bool = False) -> list[Paragraph]:
        """A new row: the empty paragraphs of its cells. `whole` keeps it on one page, a `header` comes again on each."""
        row = self._table.add_row()
        properties = row._tr.get_or_add_trPr()
        if whole:
            _add(properties, "w:cantSplit")
        if header:
            _add(properties, "w:tblHeader")
        cells = [row.cells[0].merge(row.cells[-1])] if spanning else list(row.cells)
        widths = [sum(self._widths)] if spanning else self._widths
        for cell, width in zip(cells, widths, strict=True):
            cell.width = Emu(width * 635)
            if header or spanning:
                _add(cell._tc.get_or_add_tcPr(), "w:shd", val="clear", color="auto", fill="EDEDED")
        paragraphs = [cell.paragraphs[0] for cell in cells]
        for paragraph in paragraphs:
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.paragraph_format.keep_with_next = (header or spanning) or None
        return paragraphs


def gap(made: Document) -> None:
    """What keeps a table from the next one, as low as a paragraph can be made."""
    paragraph = made.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    _add(_add(paragraph._p.get_or_add_pPr(), "w:rPr"), "w:sz", val=8)


def _add(parent: Any, tag: str, **attributes: object) -> Any:
    child = OxmlElement(tag)
    for key, value in attributes.items():
        child.set(qn(f"w:{key}"), str(value))
    parent.append(child)
    return child


def _twips(emu: int) -> int:
    return round(emu / 635)


def number_pages(made: Document, page: str, of: str) -> None:
    """«Страница 2 из 9» in the footer."""
    paragraph = made.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words, field in ((f"{page} ", "PAGE"), (f" {of} ", "NUMPAGES")):
        write(paragraph, words, size=TABLE_SIZE)
        for kind, text in (("begin", None), (None, field), ("separate", None), (None, None), ("end", None)):
            run = paragraph.add_run("1" if kind is None and text is None else "")
            run.font.size = TABLE_SIZE
            if kind:
                _add(run._r, "w:fldChar", fldCharType=kind)
            elif text:
                _add(run._r, "w:instrText").text = text


def packed(made: Document) -> bytes:
    """The file; the same for the same content."""
    package, core = made.part.package, made.core_properties
    for owner in (package, made.part):
        for key, relation in list(owner.rels.items()):
            if relation.reltype in _NEEDLESS:
                del owner.rels[key]
    for name in ("dcterms:created", "dcterms:modified", "dc:description"):
        for element in core._element.findall(qn(name)):
            core._element.remove(element)
    core.author = core.last_modified_by = "popravka"
    draft, out = io.BytesIO(), io.BytesIO()
    made.save(draft)
    with zipfile.ZipFile(draft) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            kept = zipfile.ZipInfo(part.filename, _EPOCH)
            kept.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(kept, old.read(part))
    return out.getvalue()
