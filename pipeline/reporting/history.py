"""Several editions of a programme → how each amount went from edition to edition, and the changelog of each step."""

from pipeline.records import history_record
from pipeline.reporting.changelog import diff_report
from pipeline.reporting.common import edition_name, identity
from pipeline.wording import Words
from schemas.address import Address
from schemas.amount import Amount
from schemas.change import History, Trail
from schemas.finding import Finding
from schemas.report import Fact, Report, ReportColumn, ReportRow, ReportSection, ReportTable, cell


def history_report(history: History, findings: tuple[Finding, ...], words: Words) -> Report:
    """The trails of all amounts that changed, then the changes step by step."""
    names = [edition_name(edition, words) for edition in history.editions]
    steps = [diff_report(step, (), words) for step in history.steps]
    sections = [ReportSection(title=words("Как менялись суммы и показатели"), table=_trails(history, names, words))]
    for report, step in zip(steps, history.steps, strict=True):
        title = f"{edition_name(step.old, words)} → {edition_name(step.new, words)}"
        sections.extend(section.model_copy(update={"title": f"{title}: {section.title}"}) for section in report.sections)
    facts = (
        Fact(name=words("Редакций"), value=str(len(names))),
        Fact(name=words("Сумм и показателей менялось"), value=str(len(history.trails))),
    )
    return Report(
        language=words.language, title=words("История изменений программы"),
        subtitle=(*identity(history.editions[-1], words)[:2], " → ".join(names)), facts=facts, sections=tuple(sections),
        data=history_record(history, findings, words),
    )  # fmt: skip


def _trails(history: History, names: list[str], words: Words) -> ReportTable:
    columns = (ReportColumn(title=words("Где")), *(ReportColumn(title=name, numeric=True) for name in names),
               ReportColumn(title=words("Разница"), numeric=True))  # fmt: skip
    return ReportTable(columns=columns, rows=tuple(_row(trail, words) for trail in history.trails))


def _row(trail: Trail, words: Words) -> ReportRow:
    known: list[Address] = [address for address in trail.addresses if address is not None]
    delta = "" if trail.delta is None else words.number(trail.delta, signed=True)
    values = (cell(_shown(value, words), numeric=True) for value in trail.values)
    return ReportRow(cells=(cell(words.address(known[-1])), *values, cell(delta, numeric=True)))


def _shown(amount: Amount | None, words: Words) -> str:
    if amount is None:
        return "—"
    return words.number(amount.value) if amount.value is not None else amount.raw.strip()
