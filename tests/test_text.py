"""Text for terminals of every width: no line too long, no word broken, decimals under each other."""

from pathlib import Path

import pytest

from pipeline.compare import compare
from pipeline.renderer import Screen
from pipeline.renderers import text
from pipeline.reporting.changelog import diff_report
from pipeline.reporting.editions import edition_report
from pipeline.reporting.findings import check_report
from pipeline.reporting.sources import Checked
from pipeline.stages import check, load_edition
from pipeline.wording import Words
from schemas.report import Report, ReportColumn, ReportRow, ReportSection, ReportTable, Tone, cell, piece

SAMPLES = Path(__file__).parent.parent / "samples/kozhevnikovo-504"
OLD, NEW = (load_edition(str(SAMPLES / name / "source.docx")) for name in ("2022-192", "2023-160"))
RU = Words("ru")
REPORTS = {
    "diff": diff_report(compare(OLD, NEW), check(NEW), RU),
    "check": check_report([Checked(NEW, check(NEW))], [], RU),
    "read": edition_report(NEW, RU),
}


def table(*rows: ReportRow, numeric: bool = False) -> Report:
    """A report of one table."""
    columns = (ReportColumn(title="№"), ReportColumn(title="Где"), ReportColumn(title="Сумма", numeric=numeric))
    section = ReportSection(title="Часть", table=ReportTable(columns=columns, rows=rows))
    return Report(language="ru", title="Отчёт", sections=(section,), data={})


def lines(report: Report, width: int) -> list[str]:
    """The report on a screen of this width."""
    return text.render(report, Screen(width)).decode().split("\n")


@pytest.mark.parametrize("width", [40, 60, 72, 80, 100, 120, 180])
@pytest.mark.parametrize("name", REPORTS)
def test_every_width(name: str, width: int) -> None:
    """Lines are as long as the screen is wide at most, and every word of the tables stands there whole."""
    shown = lines(REPORTS[name], width)
    assert max(map(len, shown)) <= width
    said = {word for line in shown for word in line.split()}
    for section in REPORTS[name].sections:
        for row in section.table.rows if section.table else ():
            words = {word for one in row.cells for part in one.pieces if part.tone == Tone.PLAIN for word in part.text.split()}
            assert {word for word in words if len(word) > 3 and word.isalpha()} <= {word.strip(":.,;()[]«»…") for word in said} | said


def test_a_table_too_wide_is_told_row_by_row() -> None:
    """Each cell behind its title, under what the row is about; on a wider screen the same is a table."""
    row = ReportRow(cells=(cell("C1"), cell("Приложение 2, мероприятие 4.1"), cell(piece("достопримечательности"))))
    assert lines(table(row), 26)[2:6] == ["Часть", "C1  Приложение 2,", "  мероприятие 4.1", "  Сумма:"]
    assert lines(table(row), 80)[3].split() == ["№", "Где", "Сумма"]


def test_a_long_text_leaves_room_for_the_others() -> None:
    """Columns that need little get it; the rest is shared."""
    assert text.fitted([["а" * 3], ["б " * 50], ["в " * 20]], 50) == [3, 21, 20]
    assert text.fitted([["2\u00a0600,0"], ["слово"]], 12) is None
