"""Markdown as GitHub reads it: every table whole, every word of a document a word."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt

from pipeline.renderer import Screen
from pipeline.renderers import md
from pipeline.reporting.changelog import diff_report
from pipeline.reporting.findings import check_report
from pipeline.reporting.sources import Checked
from pipeline.reporting.told import told
from pipeline.stages import check, compare, load_edition
from pipeline.wording import Words
from schemas.report import Piece, Report, ReportColumn, ReportRow, ReportSection, ReportTable, Tone, cell, line, piece

SAMPLES = Path(__file__).parent.parent / "samples/kozhevnikovo-504"
GITHUB = MarkdownIt("commonmark").enable(["table", "strikethrough"])
SIGNS = "аб12 *_~`|<>&#[]()\\!$-+=.:\"'\n\t"
RUN = st.builds(Piece, text=st.text(SIGNS, max_size=12), tone=st.sampled_from([Tone.PLAIN, Tone.ADDED, Tone.REMOVED, Tone.STRONG]))
RUNS = st.lists(RUN, max_size=4).map(tuple)


def rendered(report: Report) -> html.HtmlElement:
    """The page that a reader of the flavour makes of the report."""
    return html.fromstring("<main>" + GITHUB.render(md.render(report, Screen()).decode()) + "</main>")


def report(*sections: ReportSection) -> Report:
    """A report of these sections."""
    return Report(language="ru", title="Отчёт", sections=sections, data={})


def said(element: html.HtmlElement) -> str:
    """The words of an element, blanks and breaks alike."""
    for end in element.iter("br"):
        end.tail = " " + (end.tail or "")
    return " ".join(element.text_content().split())


def words_of(pieces: tuple[Piece, ...]) -> str:
    """The words of pieces in the same way."""
    return " ".join("".join(one.text for one in pieces).split())


@settings(max_examples=300)
@given(RUNS, RUNS)
def test_cells_say_what_their_pieces_say(first: tuple[Piece, ...], second: tuple[Piece, ...]) -> None:
    """Whatever signs the text has: two cells, these words, no link, no heading, no image."""
    table = ReportTable(
        columns=(ReportColumn(title="а|б"), ReportColumn(title="", numeric=True)), rows=(ReportRow(cells=(cell(*first), cell(*second))),)
    )
    page = rendered(report(ReportSection(title="Часть", table=table)))
    (row,) = page.xpath("//tbody/tr")
    assert [said(one) for one in row] == [words_of(first), words_of(second)]
    assert [said(one) for one in page.xpath("//th")] == ["а|б", ""]
    assert {one.tag for one in row.iter()} <= {"tr", "td", "strong", "b", "s", "del", "br"}


@settings(max_examples=300)
@given(RUNS)
def test_lines_say_what_their_pieces_say(pieces: tuple[Piece, ...]) -> None:
    """A line stays one paragraph of these words and opens no list, heading or quotation."""
    page = rendered(report(ReportSection(title="Часть", lines=(line("начало"), line(*pieces), line("конец")))))
    found = [said(one) for one in page.xpath("./p")]
    assert found == ["начало", *([words_of(pieces)] if words_of(pieces) else []), "конец"]
    assert {one.tag for one in page.iter()} <= {"main", "h1", "h2", "p", "strong", "b", "s", "del", "br"}


@pytest.mark.parametrize(
    ("pieces", "wanted"),
    [
        ((piece("на "), piece("22", Tone.REMOVED), piece("%")), "на ~~22~~%"),
        ((piece("стал "), piece("новым ", Tone.ADDED), piece("словом")), "стал **новым** словом"),
        ((piece("слово"), piece("«имя»", Tone.ADDED), piece("слово")), "слово<b>«имя»</b>слово"),
        ((piece("а", Tone.ADDED), piece("б", Tone.STRONG)), "**аб**"),
        ((piece("1. пункт"),), "1. пункт"),
    ],
)
def test_marks(pieces: tuple[Piece, ...], wanted: str) -> None:
    """Words that went are struck, words that came are bold, also where stars alone would not do."""
    table = ReportTable(columns=(ReportColumn(title="х"),), rows=(ReportRow(cells=(cell(*pieces),)),))
    assert f"\n| {wanted} |\n" in md.render(report(ReportSection(title="Часть", table=table)), Screen()).decode()


def test_the_sample_step_as_markdown() -> None:
    """Every change and every finding of the sample, each change in a row as long as the header."""
    old, new = (load_edition(str(SAMPLES / name / "source.docx")) for name in ("2022-192", "2023-160"))
    comparison, findings, words = compare(old, new), check(new), Words("ru")
    page = rendered(diff_report(comparison, findings, words))
    changes = [said(one) for one in page.xpath("//table[.//th[.='Примечание']]//tbody/tr/td[1]") if said(one)]
    assert sorted(changes) == sorted(one.change.id for one in told(comparison.changes))
    for table in page.xpath("//table"):
        assert {len(row) for row in table.iter("tr")} == {len(table.xpath(".//th"))}
    checked = said(rendered(check_report([Checked(new, findings)], [], words)))
    assert all(finding.code in checked for finding in findings)
