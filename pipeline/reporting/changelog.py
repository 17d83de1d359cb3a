"""A comparison → the amendment changelog."""

from collections.abc import Iterator
from typing import NamedTuple

from extractors.uncollected import uncollected
from pipeline.records import comparison_record
from pipeline.reporting.audit import audit_facts, audit_sections
from pipeline.reporting.beside import beside
from pipeline.reporting.changes import ChangeRows
from pipeline.reporting.charts import by_task_and_source, by_year, waterfall
from pipeline.reporting.common import edition_name, identity, is_of_step
from pipeline.reporting.facets import Facets
from pipeline.reporting.filed import filed
from pipeline.reporting.findings import counted, findings_by_part
from pipeline.reporting.gist import Gist
from pipeline.reporting.sources import Anchors, Checked, Marks
from pipeline.reporting.told import told
from pipeline.reporting.weighed import Weighed
from pipeline.reporting.workbook import diff_sheets
from pipeline.wording import Words
from schemas.blocks import Document
from schemas.change import Comparison
from schemas.finding import Finding
from schemas.report import Fact, Line, Report, ReportSection, Tone, Wanted, line


class Documents(NamedTuple):
    """The documents that the two editions were read from, when they are to be shown."""

    old: Document | None = None
    new: Document | None = None


NOT_SHOWN = Documents()


@uncollected
def diff_report(
    comparison: Comparison, findings: tuple[Finding, ...], words: Words, documents: Documents = NOT_SHOWN, wants: Wanted = None
) -> Report:
    """The amendment changelog: what changed in its own right, what does not follow, what merely followed."""
    step = Step(comparison, findings, words, documents)
    shown = (*step.old.shown(), *step.new.shown())
    return Report(
        language=words.language, title=words("Что изменила поправка"),
        subtitle=(*identity(comparison.new, words)[:2], step.title), facts=step.facts(), gist=step.gist(), sections=tuple(step.sections()),
        filed=filed(comparison, step.every, words) if wants == "filed" else (),
        sheets=diff_sheets(comparison, findings, step.facts(), words) if wants == "sheets" else (),
        facets=step.facets.listed(words), shown=shown, beside=beside(*shown) if len(shown) == 2 else (),
        data=comparison_record(comparison, findings, words),
    )  # fmt: skip


class Step:
    """A step from one edition to the next as a part of a report; `prefix` keeps the anchors of several steps apart."""

    def __init__(
        self, comparison: Comparison, findings: tuple[Finding, ...], words: Words, documents: Documents = NOT_SHOWN, prefix: str = ""
    ) -> None:
        self._comparison, self._findings, self._words, self._prefix = comparison, findings, words, prefix
        self.every = told(comparison.changes)
        names = [edition_name(edition, words) for edition in (comparison.old, comparison.new)]
        self.title = " → ".join(names)
        self.old, self.new = Marks(names[0], documents.old, f"{prefix}o-"), Marks(names[1], documents.new, f"{prefix}n-")
        self.facets = Facets(comparison, self.every, findings)
        self._rows = ChangeRows(comparison, self.every, self.old, self.new, words, prefix)
        self.anchor = self._rows.anchor
        self._anchors = Anchors(Checked(comparison.new, findings, documents.new), prefix, self.new)

    def gist(self) -> tuple[Line, ...]:
        """What to know first."""
        return Gist(self._comparison, self.every, self.anchor, self._words, self._prefix).lines(self._findings)

    def facts(self) -> tuple[Fact, ...]:
        """How many changes of each weight, and what they come to."""
        words, totals = self._words, self._comparison.totals
        primary, derived, unexplained = (
            sum(one.tone == tone for one in self.every) for tone in (Tone.PRIMARY, Tone.DERIVED, Tone.UNEXPLAINED)
        )
        facts = [
            Fact(name=words("Самостоятельных изменений"), value=str(primary), tone=Tone.PRIMARY),
            Fact(name=words("Следствий"), value=str(derived), tone=Tone.DERIVED),
            Fact(name=words("Не объяснено"), value=str(unexplained), tone=Tone.UNEXPLAINED if unexplained else Tone.PLAIN),
        ]
        if totals.delta is not None and totals.old is not None and totals.new is not None:
            ends = dict.fromkeys(words.number(value) for value in (totals.old, totals.new))
            shown = " → ".join(ends)
            facts.append(Fact(name=words("Объём программы, {unit}", unit=self._comparison.new.unit or ""), value=shown))
            facts.append(Fact(name=words("Изменение объёма"), value=words.number(totals.delta, signed=True), tone=Tone.STRONG))
        return (*facts, *audit_facts(self._comparison.audit, words))

    def sections(self) -> Iterator[ReportSection]:
        """The money, the changes by their weight, the findings."""
        comparison, words, anchor = self._comparison, self._words, self.anchor
        yield from audit_sections(comparison, words, anchor)
        for made in (waterfall, by_year, by_task_and_source):
            yield from made(comparison, words, anchor)
        yield from Weighed(comparison, self.every, self._rows, self.facets.of, words, self._prefix).sections()
        for title, of_step in ((words("Находки шага"), True), (words("Находки новой редакции"), False)):
            found = tuple(finding for finding in self._findings if is_of_step(finding) == of_step)
            if found:
                yield ReportSection(title=title, lines=(line(counted(found, words)),))
                yield from findings_by_part(found, self._anchors, words, self.facets.at)
