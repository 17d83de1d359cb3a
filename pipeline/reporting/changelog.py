"""A comparison → the amendment changelog."""

from typing import NamedTuple

from pipeline.records import comparison_record
from pipeline.reporting.beside import beside
from pipeline.reporting.changes import ChangeRows, Told, told
from pipeline.reporting.charts import by_year, waterfall
from pipeline.reporting.common import edition_name, identity
from pipeline.reporting.facets import Facets
from pipeline.reporting.filed import filed
from pipeline.reporting.findings import counted, findings_by_part
from pipeline.reporting.sources import Anchors, Checked, Marks
from pipeline.reporting.workbook import diff_sheets
from pipeline.wording import Words
from schemas.blocks import Document
from schemas.change import Comparison
from schemas.finding import Finding
from schemas.report import Fact, Report, ReportSection, Tone, Wanted, line, piece


class Documents(NamedTuple):
    """The documents that the two editions were read from, when they are to be shown."""

    old: Document | None = None
    new: Document | None = None


NOT_SHOWN = Documents()


def diff_report(
    comparison: Comparison, findings: tuple[Finding, ...], words: Words, documents: Documents = NOT_SHOWN, wants: Wanted = None
) -> Report:
    """The amendment changelog: what changed in its own right, what does not follow, what merely followed."""
    every = told(comparison.changes)
    old_name, new_name = (edition_name(edition, words) for edition in (comparison.old, comparison.new))
    old, new = Marks(old_name, documents.old, "o-"), Marks(new_name, documents.new, "n-")
    facets = Facets(comparison, every, findings)
    sections = [*_changes(every, ChangeRows(comparison, every, old, new, words), facets, words)]
    anchors = Anchors(Checked(comparison.new, findings, documents.new), marks=new)
    found = findings_by_part(findings, anchors, words, facets.at)
    if found:
        sections.append(ReportSection(title=words("Ошибки и замечания новой редакции"), lines=(line(counted(findings, words)),)))
        sections.extend(found)
    shown, facts = (*old.shown(), *new.shown()), _facts(comparison, every, words)
    return Report(
        language=words.language, title=words("Что изменила поправка"),
        subtitle=(*identity(comparison.new, words)[:2], f"{old_name} → {new_name}"), facts=facts,
        sections=(*waterfall(comparison, words), *by_year(comparison, words), *sections),
        filed=filed(comparison, every, words) if wants == "filed" else (),
        sheets=diff_sheets(comparison, findings, facts, words) if wants == "sheets" else (),
        facets=facets.listed(words), shown=shown, beside=beside(*shown) if len(shown) == 2 else (),
        data=comparison_record(comparison, findings, words),
    )  # fmt: skip


def _changes(every: tuple[Told, ...], rows: ChangeRows, facets: Facets, words: Words) -> list[ReportSection]:
    """The changes by their weight: what does not follow first, what merely followed last."""
    groups = (
        (Tone.UNEXPLAINED, words("Не объяснено"), words("Итог изменился не так, как его слагаемые, или остался прежним, хотя они изменились.")),
        (Tone.PRIMARY, words("Изменено само по себе"), ""),
        (Tone.DERIVED, words("Следствия: итоги, пересчитанные вслед за слагаемыми"), ""),
    )  # fmt: skip
    made = []
    for tone, title, note in groups:
        members = [one for one in every if one.tone == tone]
        if members:
            lines = (line(piece(note, Tone.QUIET)),) if note else ()
            made.append(ReportSection(title=title, lines=lines, table=rows.table(members, facets.of)))
    if not every:
        made.append(ReportSection(title=words("Изменений нет"), lines=(line(words("Все значения и тексты двух редакций совпадают.")),)))
    return made


def _facts(comparison: Comparison, every: tuple[Told, ...], words: Words) -> tuple[Fact, ...]:
    totals = comparison.totals
    primary, derived, unexplained = (sum(one.tone == tone for one in every) for tone in (Tone.PRIMARY, Tone.DERIVED, Tone.UNEXPLAINED))
    facts = [
        Fact(name=words("Самостоятельных изменений"), value=str(primary), tone=Tone.PRIMARY),
        Fact(name=words("Следствий"), value=str(derived), tone=Tone.DERIVED),
        Fact(name=words("Не объяснено"), value=str(unexplained), tone=Tone.UNEXPLAINED if unexplained else Tone.PLAIN),
    ]
    if totals.delta is not None:
        shown = f"{words.number(totals.old or totals.delta)} → {words.number(totals.new or totals.delta)}"
        facts.append(Fact(name=words("Объём программы, {unit}", unit=comparison.new.unit or ""), value=shown))
        facts.append(Fact(name=words("Изменение объёма"), value=words.number(totals.delta, signed=True), tone=Tone.STRONG))
    return tuple(facts)
