"""A Word document to be filed: A4 landscape, the table's header on every page, changed words marked.

What the report says for paper (`filed`) is set if there is any, else all its sections.
"""

from collections.abc import Sequence

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from pipeline.paper import TABLE_SIZE, Grid, Look, gap, number_pages, packed, sheet, text_width, write
from pipeline.renderer import Renderer, Screen
from pipeline.wording import Words
from schemas.report import Entry, Line, Piece, Report, ReportRow, ReportSection, ReportTable, Tone

_LOOKS = {
    Tone.PLAIN: Look(), Tone.STRONG: Look(bold=True), Tone.QUIET: Look(colour="595959"),
    Tone.ERROR: Look(bold=True, colour="9C1C15"), Tone.WARNING: Look(bold=True, colour="7A4A00"), Tone.NOTE: Look(colour="0B5F80"),
    Tone.PRIMARY: Look(), Tone.DERIVED: Look(colour="595959"), Tone.UNEXPLAINED: Look(bold=True, colour="9C1C15"),
    Tone.REMOVED: Look(struck=True), Tone.ADDED: Look(bold=True, underlined=True), Tone.POINTED: Look(bold=True, underlined=True),
}  # fmt: skip
_STEP = Mm(6)
_NARROW, _WIDE = 9, 44  # signs that a column of no stated width gets at least and at most
_WHOLE = 900  # signs up to which a row is kept on one page


def render(report: Report, screen: Screen) -> bytes:  # noqa: ARG001 — a page of paper has its own width
    """The report as the bytes of a .docx file."""
    words = Words(report.language)
    head = report.filed[0].title if report.filed else report.title
    made = sheet(report.language, head, landscape=True)
    write(made.add_paragraph(style="Title"), head)
    if report.filed:
        _lines(made, report.filed[0].lines, centred=True)
        _table(made, report.filed[0].table)
    else:
        _lines(made, [Line(pieces=(Piece(text=line),)) for line in report.subtitle], centred=True)
        _facts(made, report)
        _lines(made, report.gist)
    for section in report.filed[1:] if report.filed else report.sections:
        _section(made, section)
    if report.footer:
        write(made.add_paragraph(), report.footer, size=TABLE_SIZE)
    number_pages(made, words("Страница"), words("из"))
    return packed(made)


def _facts(made: Document, report: Report) -> None:
    for fact in report.facts:
        paragraph = made.add_paragraph()
        write(paragraph, f"{fact.name}: ")
        write(paragraph, fact.value, _LOOKS[fact.tone]._replace(bold=True))


def _section(made: Document, section: ReportSection) -> None:
    write(made.add_paragraph(style=f"Heading {section.level}"), section.title)
    _lines(made, section.lines)
    _table(made, section.table)


def _lines(made: Document, items: Sequence[Line | ReportTable | Entry], centred: bool = False, headed: bool = False) -> None:
    """The lines; of a `headed` list the first stays on the page of the second."""
    for number, item in enumerate(items):
        if isinstance(item, Entry):
            _lines(made, [*item.lines, *item.folded], headed=True)
        elif isinstance(item, ReportTable):
            _table(made, item)
        else:
            paragraph = made.add_paragraph()
            if centred:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            elif item.indent:
                paragraph.paragraph_format.left_indent = _STEP * (item.indent - 1)
            paragraph.paragraph_format.keep_with_next = (headed and not number) or None
            _run(paragraph, item.pieces)


def _table(made: Document, table: ReportTable | None) -> None:
    """A table; one without titles is a small reckoning within the text."""
    if table is None or not table.rows:
        return
    indent = _STEP * max(0, table.indent - 1)
    grid = Grid(made, _widths(table, text_width(made) - indent), ruled=table.is_headed, indent=indent)
    if table.is_headed:
        for column, paragraph in zip(table.columns, grid.row(whole=True, header=True), strict=True):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            write(paragraph, column.title, Look(bold=True), TABLE_SIZE)
    for row in table.rows:
        _row(grid, table, row)
    gap(made)


def _row(grid: Grid, table: ReportTable, row: ReportRow) -> None:
    length = sum(len(piece.text) for cell in row.cells for piece in cell.pieces)
    paragraphs = grid.row(whole=length <= _WHOLE, spanning=row.heading)
    for column, cell, paragraph in zip(table.columns, row.cells, paragraphs, strict=False):
        if cell.numeric or (column.numeric and not row.heading):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _run(paragraph, cell.pieces, row.tone, TABLE_SIZE)


def _run(paragraph: Paragraph, pieces: Sequence[Piece], row: Tone = Tone.PLAIN, size: Pt | None = None) -> None:
    for piece in pieces:
        look = _LOOKS[piece.tone]
        write(paragraph, piece.text, look._replace(bold=True) if row == Tone.STRONG else look, size)


def _widths(table: ReportTable, whole: int) -> list[int]:
    """The columns' shares of the page: as they are meant, else by what they hold."""
    signs = [column.width or min(_WIDE, max(_NARROW, _longest(table, number))) for number, column in enumerate(table.columns)]
    if not table.is_headed:
        return [round(Mm(2.2) * count) for count in signs]
    return [whole * count // sum(signs) for count in signs]


def _longest(table: ReportTable, number: int) -> int:
    texts = [table.columns[number].title]
    texts += [
        "".join(piece.text for piece in row.cells[number].pieces) for row in table.rows if number < len(row.cells) and not row.heading
    ]
    return max(len(line) for text in texts for line in text.split("\n"))


renderer = Renderer(
    "docx", ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", render, binary=True, wants="filed"
)
