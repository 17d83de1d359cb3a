"""The workbook: every figure typed, every sum alive and with its value, no text of a document ever a formula."""

import io
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import regex
from lxml import etree
from openxml_audit import OpenXmlValidator

from pipeline.book import reckoning
from pipeline.compare import compare
from pipeline.renderer import Screen, renderer
from pipeline.reporting.changelog import diff_report
from pipeline.reporting.editions import edition_report
from pipeline.reporting.findings import check_report
from pipeline.reporting.sources import Checked
from pipeline.stages import check, load_edition
from pipeline.wording import Words
from schemas.edition import Edition
from schemas.envelope import Refusal, RefusedFile
from schemas.report import Figure, Report, ReportColumn, ReportRow, ReportSection, ReportTable, Tone, cell, line, piece
from tests.converted import convert
from tests.model import PLAIN

SAMPLES = Path(__file__).parent.parent / "samples/kozhevnikovo-504"
BOOK = renderer("xlsx")
RU = Words("ru")


def step() -> tuple[Edition, Edition]:
    """The sample's two editions."""
    old, new = (load_edition(str(SAMPLES / name / "source.docx")) for name in ("2022-192", "2023-160"))
    return old, new


def workbook(old: Edition, new: Edition, words: Words = RU) -> bytes:
    """The workbook of two editions."""
    return BOOK.render(diff_report(compare(old, new), check(new), words, wants=BOOK.wants), Screen())


def opened(data: bytes, values: bool = False) -> Any:
    """The workbook as it is read: its formulas, or the values that stand beside them."""
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values, rich_text=False)


def table(book: Any, sheet: str) -> list[dict[str, Any]]:
    """The rows of a sheet by the titles of its columns."""
    titles, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(titles, row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def sample() -> bytes:
    """The sample's workbook."""
    return workbook(*step())


def test_sheets_are_ready_to_be_sifted(sample: bytes) -> None:
    """Four sheets; those that are one table have a header that stays and a filter over all rows; columns have widths."""
    book = opened(sample)
    assert book.sheetnames == ["Сводка", "Изменения", "Суммы", "Находки"]
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.print_title_rows == "$1:$1"
        assert all(sheet.column_dimensions[column].width >= 7 for column in ("A", "F", "H"))
    assert opened(workbook(*step(), Words("en"))).sheetnames == ["Summary", "Changes", "Amounts", "Findings"]


def test_every_change_and_finding_has_its_row(sample: bytes) -> None:
    """By number, in order, with both wordings; figures are numbers with the decimals that are written."""
    old, new = step()
    changes = table(opened(sample, values=True), "Изменения")
    assert [row["№"] for row in changes] == [change.id for change in compare(old, new).changes]
    own = next(row for row in changes if row["Где"] == "мероприятие 4.1, 2023 год, районный бюджет")
    assert (own["Было"], own["Стало"], own["Разница"], own["Характер"]) == (1900, 2600, 700, "самостоятельное")
    sheet = opened(sample)["Изменения"]
    (row,) = (row for row in sheet.iter_rows(min_row=2) if row[0].value == own["№"])
    assert [one.number_format for one in row[7:10]] == ["#,##0.0", "#,##0.0", "+#,##0.0;-#,##0.0;#,##0.0"]
    assert row[9].value == f"=ROUND(I{row[0].row}-H{row[0].row},1)"
    found = table(opened(sample, values=True), "Находки")
    assert [(row["№"], row["Код"]) for row in found] == [(finding.id, finding.code) for finding in check(new)]


def test_every_amount_stands_once_and_as_it_is_written(sample: bytes) -> None:
    """All money of both editions, to the last kopeck; a total that is no sum of its terms is no formula and tells by how much."""
    old, new = step()
    rows = table(opened(sample, values=True), "Суммы")
    for edition, column in ((old, "Было"), (new, "Стало")):
        money = [a.value for address, a in edition.walk() if address.part == "appendix2" or (address.row == "funding")]
        written = [Decimal(str(row[column])) for row in rows if row[column] is not None]
        assert sorted(written) == sorted(value for value in money if value is not None)
    stale = [(row["Строка"], row["Источник"]) for row in rows if row["Характер"] == "не объяснено"]
    assert stale == [("итого по задаче 2", "всего"), ("итого по задаче 2", "районный бюджет")]
    wrong = {row["Стало: расхождение"] for row in rows if row["Стало: расхождение"] is not None}
    assert wrong == {-119.8, -0.9, 119.803}
    formulas = table(opened(sample), "Суммы")
    (printed,) = (row for row in formulas if row["Характер"] == "не объяснено" and row["Источник"] == "районный бюджет")
    assert printed["Стало"] == 3535.663
    assert printed["Было"].startswith("=ROUND(SUM(")


def test_the_programmes_delta_is_a_living_sum(sample: bytes) -> None:
    """From the old total over the changes in their own right to the new one."""
    rows = list(opened(sample)["Сводка"].iter_rows(values_only=True))[-6:]
    assert [row[2] for row in rows[:-1]] == [22049.96, 119.8, 700, 15, 200]
    assert rows[-1][1:3] == (
        "стало",
        f"=ROUND(SUM(C{len(list(opened(sample)['Сводка'].rows)) - 5}:C{len(list(opened(sample)['Сводка'].rows)) - 1}),2)",
    )


def test_the_money_of_each_task_year_and_source(sample: bytes) -> None:
    """Figures of both editions, a formula for the difference, and what the changes do not explain."""
    rows = [row[:6] for row in opened(sample)["Сводка"].iter_rows(values_only=True)]
    place, second = next((number, row) for number, row in enumerate(rows, 1) if row[0] == "2" and row[2])
    assert second[2:] == (3535.663, 3535.663, f"=ROUND(D{place}-C{place},3)", -119.8)
    values = [row[:6] for row in opened(sample, values=True)["Сводка"].iter_rows(values_only=True)]
    years = [row for row in values if row[0] in {str(year) for year in range(2021, 2027)}]
    assert [row[4] for row in years] == [30, 30, 730, 30, 30, 184.8]
    assert ("районный бюджет", 22049.96, 23084.76, 1034.8) in [row[1:5] for row in values]


def test_things_that_come_go_and_change_places() -> None:
    """What went keeps its row beside what now bears its number; every figure of both editions is still there once."""
    first, second = (activity for activity in PLAIN.tasks[0].activities)
    other = PLAIN.tasks[1].activities[0].model_copy(update={"name": "Совсем другое дело", "number": "1.1", "responsible": "МКУ"})
    task = PLAIN.tasks[0].model_copy(update={"activities": (other, second)})
    new = PLAIN.model_copy(update={"tasks": (task, *PLAIN.tasks[1:])})
    rows = table(opened(workbook(PLAIN, new), values=True), "Суммы")
    there = [(row["Наименование"], row["Характер"], row["Было"], row["Стало"]) for row in rows if row["Строка"] == "мероприятие 1.1"]
    assert len(there) == sum(1 for one in (first, other) for money in one.years.values() for _ in money.amounts())
    assert {(name, nature, before is None, after is None) for name, nature, before, after in there} == {
        (first.name, "исключено", False, True),
        ("Совсем другое дело", "добавлено", True, False),
    }


def test_formulas_of_every_length() -> None:
    """Neighbours are a range, many terms are sums of sums, and none has more terms than Excel allows."""
    assert reckoning(Decimal("1.0"), [(1, 2)], []) == "=ROUND(C2,1)"
    assert reckoning(Decimal(1), [(1, 2), (2, 2)], [(5, 0), (7, 0)]) == "=ROUND(SUM(C2:C3)-SUM(A6,A8),0)"
    long = reckoning(Decimal(1), [(row, 0) for row in range(0, 900, 2)], [])
    assert long.count("SUM(") == 4
    assert max(part.count(",") for part in regex.findall(r"SUM\(([^()]*)\)", long)) < 255


NASTY = ["=1+1", "+7 913 000-00-00", "-1", "@SUM(A1)", "\t=1+1", "\r=1", "=cmd|' /C calc'!A0", "_x0041_", "<c>&amp;</c>", "a\x00\x0bb\ud800", "1,5", "http://a.ru", "{=1}"]  # fmt: skip


def nasty(text: str) -> Report:
    """A report that has this text everywhere."""
    rows = (ReportRow(cells=(cell(text), cell(piece(text, Tone.REMOVED), piece("и", Tone.ADDED)))),)
    section = ReportSection(title=text, table=ReportTable(columns=(ReportColumn(title=text), ReportColumn(title="б")), rows=rows))
    return Report(language="ru", title=text, subtitle=(text,), sections=(section, section), data={})


@pytest.mark.parametrize("text", NASTY, ids=ascii)
def test_a_text_of_a_document_stays_a_text(text: str, tmp_path: Path) -> None:
    """No formula, no link, no number: a string, marked as one where a program might take it for more."""
    data = BOOK.render(nasty(text), Screen())
    assert faults(data, tmp_path) == []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sheets = [etree.fromstring(package.read(name)) for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
    tags = {etree.QName(element).localname for sheet in sheets for element in sheet.iter()}
    assert not tags & {"f", "hyperlinks"}
    kept = regex.sub(r"[\x00\ud800]", "\ufffd", text.replace("\x0b", "\n").replace("\r", "\n"))
    found = opened(data).worksheets[1]["A2"]
    assert (found.value, found.data_type) == (kept, "s")
    assert found.quotePrefix == kept.startswith(("=", "+", "-", "@", "\t", "\n"))


def test_what_excel_cannot_hold() -> None:
    """A number of more figures than it can count is text to the last one; a text longer than a cell ends with the sign for it."""
    number = Decimal("12345678901234.567")
    rows = (ReportRow(cells=(cell("12 345 678 901 234,567", figure=Figure(value=number)), cell("х" * 40_000))),)
    section = ReportSection(title="а" * 40, table=ReportTable(columns=(ReportColumn(title="а"), ReportColumn(title="б")), rows=rows))
    book = opened(BOOK.render(Report(language="ru", title="т", sections=(section, section), data={}), Screen()))
    assert book.sheetnames == ["а" * 31, "а" * 27 + " 2"]
    assert book.worksheets[0]["A2"].value == "12345678901234.567"
    assert book.worksheets[0]["B2"].value == "х" * 32_766 + "…"


def test_lines_and_entries_of_any_report(tmp_path: Path) -> None:
    """A report that was not made for a workbook is set all the same: head, lines, tables."""
    _, new = step()
    for report in (
        check_report([Checked(new, check(new))], [], RU),
        edition_report(new, RU),
        Report(language="ru", title="Пусто", data={}),
    ):
        assert faults(BOOK.render(report, Screen()), tmp_path) == []
    section = ReportSection(title="Часть", lines=(line("строка"),))
    assert opened(BOOK.render(Report(language="ru", title="т", sections=(section,), data={}), Screen()))["Часть"]["A1"].value == "строка"


def test_a_check_of_several_files() -> None:
    """One row a finding, with its file; a file that could not be read is named."""
    _, new = step()
    failed = [RefusedFile(file="плохой.docx", error=Refusal(code="empty", message="файл пуст", advice="возьмите файл из источника заново"))]
    found = check(new)
    book = opened(BOOK.render(check_report([Checked(new, found), Checked(PLAIN, ())], failed, RU, BOOK.wants), Screen()), values=True)
    assert {row["Файл"] for row in table(book, "Находки")} == {new.source.file}
    assert len(table(book, "Находки")) == len(found)
    assert "плохой.docx: файл пуст" in [row[0] for row in book["Сводка"].iter_rows(values_only=True)]


def faults(data: bytes, folder: Path) -> list[str]:
    """What Excel would repair."""
    file = folder / "made.xlsx"
    file.write_bytes(data)
    return [str(error) for error in OpenXmlValidator().validate(file).errors]


def test_opens_without_repair_and_is_the_same_each_time(sample: bytes, tmp_path: Path) -> None:
    """The file holds to the schemas of the format; the same editions give the same bytes."""
    assert faults(sample, tmp_path) == []
    assert sample == workbook(*step())
    with zipfile.ZipFile(io.BytesIO(sample)) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def without_values(data: bytes, changed: dict[tuple[str, str], str] | None = None) -> bytes:
    """The workbook without the values of its formulas, so that whoever opens it must reckon; some plain figures changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                root = etree.fromstring(part)
                for one in root.iter("{*}c"):
                    value = one.find("{*}v")
                    if one.find("{*}f") is not None and value is not None:
                        one.remove(value)
                    elif value is not None and (name, one.get("r")) in (changed or {}):
                        value.text = (changed or {})[name, one.get("r") or ""]
                part = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            new.writestr(name, part)
    return out.getvalue()


def figures(data: bytes) -> Iterator[tuple[str, str, float]]:
    """Every number of a workbook with its sheet and cell."""
    for sheet in opened(data, values=True).worksheets:
        for row in sheet.iter_rows():
            yield from ((sheet.title, one.coordinate, float(one.value)) for one in row if isinstance(one.value, int | float))


@pytest.mark.slow
def test_libreoffice_reckons_the_same_figures(sample: bytes, tmp_path: Path) -> None:
    """Reckoned anew from the formulas alone, every figure is the one that stood beside its formula."""
    reckoned = convert(tmp_path, without_values(sample), "xlsx", "xlsx")
    assert len(list(figures(sample))) > 1500
    assert list(figures(reckoned)) == list(figures(sample))


@pytest.mark.slow
def test_libreoffice_carries_a_change_through(sample: bytes, tmp_path: Path) -> None:
    """One term more by 100: its row, its task, the programme and the passport follow, and so do the differences."""
    rows = opened(sample)["Суммы"].iter_rows(min_row=2)
    (term,) = (
        row[7].coordinate
        for row in rows
        if [one.value for one in row[2:6:1]][::2] == ["мероприятие 4.1", "районный бюджет"] and row[5].value == "2023"
    )
    reckoned = convert(tmp_path, without_values(sample, {("xl/worksheets/sheet3.xml", term): "2700"}), "xlsx", "xlsx")
    before, after = ({(s, c): v for s, c, v in figures(data)} for data in (sample, reckoned))
    moved = {key: round(after[key] - before[key], 6) for key in before if after[key] != before[key]}
    assert set(moved.values()) == {100.0}
    labels = {
        row[0].row: f"{row[0].value} {row[2].value} {row[4].value} {row[5].value}" for row in opened(sample)["Суммы"].iter_rows(min_row=2)
    }
    told = {labels[int(regex.sub(r"\D", "", c))] for s, c in moved if s == "Суммы" and c.startswith("H")}
    assert told == {
        f"Приложение 2 {thing} {column} {year}"
        for column in ("районный бюджет", "всего")
        for thing, year in (("мероприятие 4.1", "2023"), ("итого по задаче 4", "2023"), ("итого по задаче 4", "ВСЕГО"), ("итого по программе", "2023"), ("итого по программе", "ВСЕГО"))
    } | {f"Паспорт финансирование {column} {year}" for column in ("районный бюджет", "всего") for year in ("2023", "ВСЕГО")}  # fmt: skip


@pytest.mark.slow
def test_libreoffice_takes_no_text_for_a_formula(tmp_path: Path) -> None:
    """Texts that begin like formulas come out of LibreOffice as they went in."""
    texts = [text for text in NASTY if not regex.search(r"[\x00-\x1f\ud800]", text)]
    rows = tuple(ReportRow(cells=(cell(text),)) for text in texts)
    section = ReportSection(title="Часть", table=ReportTable(columns=(ReportColumn(title="а"),), rows=rows))
    made = convert(tmp_path, BOOK.render(Report(language="ru", title="т", sections=(section,), data={}), Screen()), "xlsx", "xlsx")
    assert [row[0] for row in opened(made)["Часть"].iter_rows(min_row=2, values_only=True)] == texts
