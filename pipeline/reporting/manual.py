"""The catalogue of checks → a report."""

from collections.abc import Sequence

from pipeline.reporting.common import SEVERITY_NAMES
from pipeline.rule import Rule
from pipeline.wording import Words
from schemas.report import Report, ReportColumn, ReportRow, ReportSection, ReportTable, cell, line


def rules_report(rules: Sequence[Rule], whole: bool, words: Words) -> Report:
    """The catalogue of checks, or the pages of the chosen ones."""
    data = {"rules": [{"code": r.code, "severity": r.severity.value, "title": words(r.title), "manual": r.manual} for r in rules]}
    if whole:
        sections = tuple(
            ReportSection(title=f"{r.code} — {words(r.title)}", lines=tuple(line(text) for text in (words(SEVERITY_NAMES[r.severity]), *r.manual.split("\n")[1:])))
            for r in rules
        )  # fmt: skip
        return Report(language=words.language, title=words("Проверка"), sections=sections, data=data)
    columns = (ReportColumn(title=words("Код")), ReportColumn(title=words("Вес")), ReportColumn(title=words("Что проверяется")))
    rows = tuple(ReportRow(cells=(cell(r.code), cell(words(SEVERITY_NAMES[r.severity])), cell(words(r.title)))) for r in rules)
    section = ReportSection(title=words("Подробно об одной: popravka rules КОД"), table=ReportTable(columns=columns, rows=rows))
    return Report(language=words.language, title=words("Проверки"), sections=(section,), data=data)
