"""Findings as the sheets of a workbook: one row a finding, one column a property."""

from collections.abc import Iterable, Iterator, Sequence

from pipeline.reporting.common import SEVERITY_NAMES, SEVERITY_TONES, numbered
from pipeline.wording import Words
from schemas.envelope import RefusedFile
from schemas.finding import Finding
from schemas.report import Fact, Figure, ReportColumn, ReportRow, ReportSection, ReportTable, TableCell, Tone, cell, line, piece

_VALUE, _EXPECTED = 8, 9  # the columns in which the two numbers stand
Found = Iterable[tuple[str, Finding]]


def check_sheets(title: str, facts: Sequence[Fact], found: Found, failed: Sequence[RefusedFile], words: Words) -> tuple[ReportSection, ...]:
    """The summary of a check of several files, and all findings."""
    lines = [line(piece(title, Tone.STRONG))]
    lines += [line(f"{fact.name}: ", piece(fact.value, fact.tone)) for fact in facts]
    lines += [line(piece(f"{one.file}: {one.error.message}", Tone.ERROR)) for one in failed]
    return ReportSection(title=words("Сводка"), lines=tuple(lines)), findings_sheet(found, words)


def findings_sheet(found: Found, words: Words) -> ReportSection:
    """All findings, with the numbers that disagree."""
    titles = (
        ("№", 7, False), (words("Код"), 10, False), (words("Вес"), 17, False), (words("Часть"), 15, False), (words("Где"), 36, False),
        (words("Место в файле"), 28, False), (words("Что не так"), 60, False), (words("Написано"), 18, False),
        (words("Значение"), 14, True), (words("Должно быть"), 14, True), (words("Разница"), 13, True), (words("Следствие из"), 12, False),
        (words("Что предлагается"), 60, False), (words("Файл"), 40, False),
    )  # fmt: skip
    columns = tuple(ReportColumn(title=title, width=width, numeric=numeric) for title, width, numeric in titles)
    rows = tuple(_finding(place, file, finding, words) for place, (file, finding) in enumerate(found))
    return ReportSection(title=words("Находки"), table=ReportTable(columns=columns, rows=rows))


def _finding(place: int, file: str, finding: Finding, words: Words) -> ReportRow:
    remark = finding.remark
    numbers = [numbered(value, words) if value is not None else cell() for value in (remark.value, remark.expected)]
    return ReportRow(
        cells=(
            cell(finding.id), cell(finding.code), cell(piece(words(SEVERITY_NAMES[finding.severity]), SEVERITY_TONES[finding.severity])),
            cell(words.part(remark.address.part)), cell(words.address(remark.address, with_part=False)), cell(words.place(remark.place)),
            cell(words.say(remark.message)), cell(remark.raw or ""), *numbers, _disagreement(place, finding, words),
            cell(finding.cause or ""), cell("\n".join(_suggestions(finding, words))), cell(file),
        ),
    )  # fmt: skip


def _disagreement(place: int, finding: Finding, words: Words) -> TableCell:
    remark = finding.remark
    if remark.difference is None:
        return cell()
    both = remark.value is not None and remark.expected is not None and remark.value - remark.expected == remark.difference
    figure = Figure(
        value=remark.difference, signed=True, plus=((place, _VALUE),) if both else (), minus=((place, _EXPECTED),) if both else ()
    )
    return cell(words.number(remark.difference, signed=True), numeric=True, figure=figure)


def _suggestions(finding: Finding, words: Words) -> Iterator[str]:
    for one in finding.suggestions:
        yield words("{address}: {value} — {why}", address=one.address, value=one.value, why=words.say(one.why))
