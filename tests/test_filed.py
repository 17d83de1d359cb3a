"""The comparison table as a Word file: what a lawyer files is whole, marked, and opens without repair."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table, _Cell
from openxml_audit import OpenXmlValidator
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTTextContainer

from pipeline.renderer import Screen, renderer
from pipeline.reporting.changelog import diff_report
from pipeline.reporting.editions import edition_report
from pipeline.reporting.findings import check_report
from pipeline.reporting.sources import Checked
from pipeline.stages import check, compare, load_edition
from pipeline.wording import Words
from schemas.change import Change, Kind, Role, Text
from schemas.edition import Edition
from schemas.report import Report, ReportColumn, ReportRow, ReportSection, ReportTable, Tone, cell, line, piece
from tests.converted import convert
from tests.model import PLAIN
from tests.next_edition import rich_step

SAMPLES = Path(__file__).parent.parent / "samples/kozhevnikovo-504"
WORD = renderer("docx")


def step() -> tuple[Edition, Edition]:
    """The sample's two editions."""
    old, new = (load_edition(str(SAMPLES / name / "source.docx")) for name in ("2022-192", "2023-160"))
    return old, new


def filed(old: Edition, new: Edition, language: str = "ru") -> bytes:
    """The comparison table of two editions."""
    return WORD.render(diff_report(compare(old, new), check(new), Words(language), wants=WORD.wants), Screen())


def opened(data: bytes) -> Document:
    """The file as python-docx opens it."""
    return docx.Document(io.BytesIO(data))


def faults(data: bytes, folder: Path) -> list[str]:
    """What Word would repair: schemas, order of elements, references between the parts of the file."""
    file = folder / "made.docx"
    file.write_bytes(data)
    return [str(error) for error in OpenXmlValidator().validate(file).errors]


def rows(table: Table) -> Iterator[list[_Cell]]:
    """The rows of the table that tell of a change: without the header and the headings of parts."""
    for row in table.rows[1:]:
        if len(row._tr.tc_lst) == len(table.columns):
            yield list(row.cells)


@pytest.fixture(scope="module")
def sample() -> Document:
    """The sample's comparison table."""
    return opened(filed(*step()))


def test_the_form_is_that_of_a_legal_department(sample: Document) -> None:
    """Five columns, header on each page, A4 landscape, Times New Roman, the page in the footer."""
    section, table = sample.sections[0], sample.tables[0]
    assert [one.text for one in table.rows[0].cells] == ["№ п/п", "Структурная единица", "Прежняя редакция", "Новая редакция", "Примечание"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert (section.orientation, round(section.page_width.mm), round(section.page_height.mm)) == (WD_ORIENT.LANDSCAPE, 297, 210)
    assert sum(int(column.width or 0) for column in table.columns) <= int(Mm(297 - 20 - 10))
    assert sample.styles["Normal"].font.name == "Times New Roman"
    assert {run.font.size.pt for one in table._cells for run in one.paragraphs[0].runs if run.font.size} == {10}
    footer = section.footer.paragraphs[0]
    assert footer.text == "Страница 1 из 1"
    assert [code.text for code in footer._p.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]
    head = "\n".join(paragraph.text for paragraph in sample.paragraphs)
    assert head.startswith("Сравнительная таблица\nизменений, внесённых в муниципальную программу «Развитие")
    assert "прежняя — редакция от 07.04.2022 № 192; новая — редакция от 24.03.2023 № 160" in head
    assert "суммы — тыс. руб." in head


def test_every_change_stands_in_one_row(sample: Document) -> None:
    """As many rows as the changelog tells changes, numbered; stale totals behind the table."""
    old, new = step()
    report = diff_report(compare(old, new), (), Words("ru"))
    every = [row for section in report.sections if section.table for row in section.table.rows if row.anchor and not row.heading]
    found = [row[0].text for row in rows(sample.tables[0])]
    assert found == [str(number) for number in range(1, len(every))]
    assert "итого по задаче 2, ВСЕГО, всего; районный бюджет: 3\u00a0535,663" in sample.paragraphs[-1].text


def test_both_wordings_are_whole_and_marked(sample: Document) -> None:
    """The text before and after to the last word; what went is struck, what came bold and underlined, amounts to the right."""
    old, new = step()
    texts = {row[1].text.split("\n")[0]: row for row in rows(sample.tables[0])}
    change = next(c for c in compare(old, new).changes if c.address_new and c.address_new.paragraph == 44)
    assert isinstance(change.old, Text)
    assert isinstance(change.new, Text)
    _, _, before, after, _ = texts["раздел 1, абзац 44"]
    assert (before.text, after.text) == (change.old.text, change.new.text)
    assert [run.text for run in before.paragraphs[0].runs if run.font.strike] == ["22"]
    assert [run.text for run in after.paragraphs[0].runs if run.bold and run.underline] == ["27"]
    _, _, before, after, note = texts["мероприятие 4.1, 2023 год, районный бюджет; всего"]
    assert (before.text, after.text, note.text) == ("1\u00a0900,0", "2\u00a0600,0", "+700,0")
    assert {one.paragraphs[0].alignment for one in (before, after)} == {WD_ALIGN_PARAGRAPH.RIGHT}


def test_a_new_activity_is_carried_whole(sample: Document) -> None:
    """Its name, term, executors and money of each year; the former wording is absent."""
    _, _, before, after, note = next(row for row in rows(sample.tables[0]) if row[1].text == "мероприятие 5.5")
    assert before.text == "отсутствует"
    assert after.text.startswith("5.5 Организация и проведение праздничных мероприятий")
    assert "2026 год — всего 50,0; районный бюджет 50,0; результат: 1" in after.text
    assert note.text.split("\n")[:2] == ["+200,0", "добавлено"]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_opens_without_repair(language: str, tmp_path: Path) -> None:
    """The comparison table, a check and a reading hold to the schemas of the format; no moment of the clock is in them."""
    old, new = step()
    words = Words(language)
    for report in (check_report([Checked(new, check(new))], [], words), edition_report(new, words)):
        assert faults(WORD.render(report, Screen()), tmp_path) == []
    made = filed(old, new, language)
    assert faults(made, tmp_path) == []
    assert made == filed(*step(), language)
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = package.read("docProps/core.xml").decode()
    assert "dcterms:created" not in core
    assert "dcterms:modified" not in core


def test_the_check_of_files_bites(tmp_path: Path) -> None:
    """A file whose elements stand in a wrong order is found out."""
    made = opened(filed(*step()))
    properties = made.tables[0]._tbl.tblPr
    properties.append(properties[0])
    out = io.BytesIO()
    made.save(out)
    assert faults(out.getvalue(), tmp_path)


def test_equal_editions_have_no_table() -> None:
    """Nothing to compare: it is said in words."""
    made = opened(filed(PLAIN, PLAIN))
    assert made.tables == []
    assert "Все значения и тексты двух редакций совпадают." in [paragraph.text for paragraph in made.paragraphs]


def test_signs_that_no_file_can_hold(tmp_path: Path) -> None:
    """Control characters, markup and lone surrogates of a document stay text or become the sign for an unknown one."""
    nasty = "a\x00b\x0bc <w:p/> & \ud800 ]]> \ufffe\tend"
    table = ReportTable(columns=(ReportColumn(title=nasty),), rows=(ReportRow(cells=(cell(piece(nasty, Tone.ADDED)),)),))
    section = ReportSection(title=nasty, lines=(line(nasty),), table=table)
    data = WORD.render(Report(language="ru", title=nasty, subtitle=(nasty,), sections=(section,), footer=nasty, data={}), Screen())
    assert faults(data, tmp_path) == []
    assert opened(data).tables[0].rows[1].cells[0].text == "a\ufffdb\nc <w:p/> & \ufffd ]]> \ufffd\tend"


def test_notes_of_every_character() -> None:
    """A change of form, a slip, a lowered target: each says so in the note."""
    from pipeline.reporting.filed import filed as table_of
    from pipeline.reporting.told import told
    from schemas.change import Trait

    old, new = step()
    comparison = compare(old, new)

    def note(**given: object) -> str:
        change = next(c for c in comparison.changes if c.role == Role.PRIMARY and c.kind == Kind.ALTERED)
        altered: Change = change.model_copy(update=given)
        (section,) = table_of(comparison, told([altered]), Words("ru"))
        assert section.table is not None
        return "".join(one.text for one in section.table.rows[-1].cells[-1].pieces)

    slip = next(amount for amount in new.amounts.values() if amount.raw == "2600,,0")
    assert note(new=slip) == "+119,8\nв документе написано «2600,,0»"
    assert note(form=True, delta=None) == "изменена только запись"
    assert note(traits=(Trait.RETROACTIVE, Trait.LOWERED)) == "+119,8\nпрошедший год\nснижено"


def test_a_note_names_where_money_went_and_whence_it_came() -> None:
    """Both ends of money that moved between activities name each other, with the sums."""
    document = opened(filed(rich_step().old, rich_step().new))
    notes = [one[-1].text.splitlines() for one in rows(document.tables[0]) if "перераспределено" in one[-1].text]
    said = {line for note in notes for line in note if "перераспределено" in line}
    assert said == {
        "перераспределено: мероприятие 5.3, 2025 год, районный бюджет −10,0",
        "перераспределено: мероприятие 5.1, 2025 год, районный бюджет +10,000",
    }


@pytest.mark.slow
@pytest.mark.parametrize("language", ["ru", "en"])
def test_printed_by_libreoffice(language: str, tmp_path: Path) -> None:
    """On paper: the header on every page of the table, the number of each page, nothing beyond the margins."""
    pages = list(extract_pages(io.BytesIO(convert(tmp_path, filed(*step(), language), "docx", "pdf"))))
    assert len(pages) > 2
    wording, page_words = {"ru": ("Прежняя редакция", "Страница {} из {}"), "en": ("Former wording", "Page {} of {}")}[language]
    for number, page in enumerate(pages, 1):
        boxes = [box for box in page if isinstance(box, LTTextContainer)]
        text = " ".join(" ".join(box.get_text() for box in boxes).split())
        assert page_words.format(number, len(pages)) in text
        assert wording in text
        assert (round(page.width), round(page.height)) == (842, 595)
        assert all(box.x0 >= 50 and box.x1 <= 842 - 20 for box in boxes)
