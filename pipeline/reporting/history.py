"""Several editions of a programme → how each amount went from edition to edition, and each step as it is told by itself."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.uncollected import uncollected
from pipeline.records import history_record
from pipeline.reporting.changelog import Step
from pipeline.reporting.common import edition_act, edition_name, identity
from pipeline.reporting.filed import filed
from pipeline.reporting.trails import Trails
from pipeline.reporting.workbook import history_sheets
from pipeline.wording import Words
from schemas.change import History
from schemas.finding import Finding
from schemas.report import (
    Bar,
    Chart,
    Facet,
    Fact,
    Report,
    ReportColumn,
    ReportRow,
    ReportSection,
    ReportTable,
    Tone,
    Wanted,
    cell,
    line,
    piece,
)

_ZERO = Decimal(0)


@uncollected
def history_report(history: History, findings: Sequence[tuple[Finding, ...]], words: Words, wants: Wanted = None) -> Report:
    """The trails of all amounts that changed, then step by step what each amendment did; `findings` are those of each step."""
    names = [edition_name(edition, words) for edition in history.editions]
    steps = [
        Step(one, found, words, prefix=f"h{number}-") for number, (one, found) in enumerate(zip(history.steps, findings, strict=True), 1)
    ]
    trails = Trails(
        history, [edition_act(edition, words) for edition in history.editions], steps[-1].facets.at, [step.anchor for step in steps], words
    )
    facts = (
        Fact(name=words("Редакций"), value=str(len(names))),
        Fact(name=words("Сумм и показателей менялось"), value=str(len(trails.rows))),
    )
    sections = (*_volume(history, names, words), *trails.sections(), *(part for step in steps for part in _told(step, words)))
    return Report(
        language=words.language, title=words("История изменений программы"),
        subtitle=(*identity(history.editions[-1], words)[:2], " → ".join(names)), facts=facts, sections=sections,
        filed=_filed(history, steps, trails, words) if wants == "filed" else (),
        sheets=history_sheets(history, findings, names, facts, words) if wants == "sheets" else (),
        facets=_facets(steps, words), data=history_record(history, findings, words),
    )  # fmt: skip


def _told(step: Step, words: Words) -> Iterator[ReportSection]:
    """A step: what to know of it first; all else behind it, folded part by part."""
    facts = "; ".join(f"{fact.name} — {fact.value}" for fact in step.facts())
    yield ReportSection(title=step.title, lines=(line(piece(facts, Tone.QUIET)), *step.gist()))
    for section in step.sections():
        parted = section.level > 1 or not (section.table or len(section.lines) > 1)
        yield section.model_copy(
            update={
                "level": section.level + 1,
                "leading": False,
                "chart": None,
                "fold": "" if parted else section.fold or words("показать"),
            }
        )


def _filed(history: History, steps: Sequence[Step], trails: Trails, words: Words) -> tuple[ReportSection, ...]:
    """On paper: the amounts through all editions, then the comparison table of each step."""
    title, *act = identity(history.editions[-1], words)[:2]
    head = [line(words("изменений муниципальной программы {title}", title=title)), *(line(text) for text in act)]
    made = [ReportSection(title=words("История изменений"), lines=tuple(head), table=trails.table(trails.rows))]
    for step, comparison in zip(steps, history.steps, strict=True):
        first, *others = filed(comparison, step.every, words)
        made += [first.model_copy(update={"title": f"{first.title}: {step.title}", "lines": ()}), *others]
    return tuple(made)


def _facets(steps: Sequence[Step], words: Words) -> tuple[Facet, ...]:
    """What can be chosen in any of the steps."""
    found: dict[str, Facet] = {}
    for step in steps:
        for facet in step.facets.listed(words):
            former = found.get(facet.key)
            options = dict.fromkeys((*(former.options if former else ()), *facet.options))
            found[facet.key] = facet.model_copy(update={"options": tuple(options)})
    return tuple(found.values())


def _volume(history: History, names: Sequence[str], words: Words) -> Iterator[ReportSection]:
    """The programme's total in each edition; nothing where one has none, or where it never moved."""
    values = [history.steps[0].totals.old, *(step.totals.new for step in history.steps)]
    known = [value for value in values if value is not None]
    if len(known) < len(values) or len(set(known)) == 1:
        return
    bars = tuple(Bar(label=name, text=words.number(value), start=_ZERO, end=value) for name, value in zip(names, known, strict=True))
    title = words("Объём программы, {unit}", unit=history.editions[-1].unit or "")
    chart = Chart(kind="columns", title=title, description=words("Для каждой редакции столбец: объём программы."), bars=bars)
    rows = tuple(ReportRow(cells=(cell(bar.label), cell(bar.text, numeric=True))) for bar in bars)
    columns = (ReportColumn(title=words("Редакция")), ReportColumn(title=words("Объём программы"), numeric=True))
    yield ReportSection(title=title, leading=True, chart=chart, table=ReportTable(columns=columns, rows=rows))
