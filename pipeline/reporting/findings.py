"""Findings → a report: by file, by part of the document, the cause first."""

from collections.abc import Iterable

from pipeline.records import checked_record, counts
from pipeline.reporting.common import SEVERITY_TONES, identity
from pipeline.wording import Words
from schemas.edition import Edition
from schemas.finding import Finding, Severity
from schemas.report import Fact, Line, Piece, Report, ReportSection, Tone, line, piece

_SEVERITY_WORDS = {Severity.ERROR: "ОШИБКА", Severity.WARNING: "ПРЕДУПРЕЖДЕНИЕ", Severity.NOTE: "ЗАМЕЧАНИЕ"}
_FACT_NAMES = {Severity.ERROR: "Ошибки", Severity.WARNING: "Предупреждения", Severity.NOTE: "Замечания"}
Checked = tuple[Edition, tuple[Finding, ...]]


def check_report(checked: Iterable[Checked], failed: list[dict[str, object]], words: Words) -> Report:
    """The findings of several files, file by file; `failed` are the contract's records of unreadable ones."""
    sections: list[ReportSection] = []
    records: list[dict[str, object]] = []
    total: list[Finding] = []
    for edition, findings in checked:
        total.extend(findings)
        records.append(checked_record(edition.source.file, findings, words))
        lead = [line(piece(text, Tone.QUIET)) for text in identity(edition, words)]
        sections.append(ReportSection(title=edition.source.file, lines=(*lead, line(counted(findings, words)))))
        sections.extend(findings_by_part(findings, words))
    title = words("Проверка редакций") if len(records) != 1 else words("Проверка редакции")
    return Report(language=words.language, title=title, facts=_severity_facts(tuple(total), words), sections=tuple(sections),
                  data={"files": [*records, *failed]})  # fmt: skip


def counted(findings: tuple[Finding, ...], words: Words) -> Piece:
    """How many findings of each severity, in words."""
    found = counts(findings)
    text = ", ".join((
        words.count("{n} ошибка", "{n} ошибки", found["error"]),
        words.count("{n} предупреждение", "{n} предупреждения", found["warning"]),
        words.count("{n} замечание", "{n} замечания", found["note"]),
    ))  # fmt: skip
    tone = Tone.ERROR if found["error"] else Tone.WARNING if found["warning"] else Tone.STRONG
    return piece(text if findings else words("замечаний нет"), tone)


def _severity_facts(findings: tuple[Finding, ...], words: Words) -> tuple[Fact, ...]:
    found = counts(findings)
    return tuple(
        Fact(name=words(_FACT_NAMES[s]), value=str(found[s.value]), tone=SEVERITY_TONES[s] if found[s.value] else Tone.PLAIN)
        for s in Severity
    )


def findings_by_part(findings: tuple[Finding, ...], words: Words) -> list[ReportSection]:
    """The findings under the parts of the document: twins together, what follows folded under its cause."""
    by_id = {finding.id: finding for finding in findings}
    parts: dict[str, list[Line]] = {}
    for twins in _twins([finding for finding in findings if finding.cause is None]):
        lines = parts.setdefault(twins[0].remark.address.part, [])
        lines.extend(_finding_lines(twins, words))
        for following in _twins([by_id[other] for twin in twins for other in twin.consequences]):
            lines.extend(_consequence_lines(following, words))
    return [ReportSection(title=words.part(part), lines=tuple(lines)) for part, lines in parts.items()]


def _twins(findings: list[Finding]) -> list[list[Finding]]:
    """One slip typed into a source and into the total breaks both columns alike: such findings are told as one."""
    groups: dict[object, list[Finding]] = {}
    for finding in findings:
        remark = finding.remark
        row = remark.address.at(column=None, source=None)
        same = (finding.code, row, remark.value, remark.expected) if remark.expected is not None else finding.id
        groups.setdefault(same, []).append(finding)
    return list(groups.values())


def _headed(twins: list[Finding], words: Words, with_part: bool) -> tuple[str, str]:
    """The common address with all columns, and all places."""
    first = twins[0].remark.address
    what = words.address(first, with_part=with_part) or words.part(first.part)
    others = (words.column(t.remark.address.column or t.remark.address.source or "") for t in twins[1:])
    return "; ".join([what, *others]), "; ".join(words.place(twin.remark.place) for twin in twins)


def _finding_lines(twins: list[Finding], words: Words) -> list[Line]:
    finding, remark = twins[0], twins[0].remark
    what, where = _headed(twins, words, with_part=False)
    label = piece(f"{words(_SEVERITY_WORDS[finding.severity])} {finding.code}", SEVERITY_TONES[finding.severity])
    made = [
        line(label, "  ", piece(what, Tone.STRONG), "  ", piece(f"[{where}]", Tone.QUIET), indent=1, anchor=finding.id),
        line(words.say(remark.message), indent=2),
    ]
    if remark.expected is not None and len(remark.terms) > 1:
        written = [term for term in remark.terms if term.value] or list(remark.terms)
        sums = " + ".join(words.number(term.value) for term in written if term.value is not None)
        made.append(line(piece(words("слагаемые: {sums} = {expected}", sums=sums, expected=remark.expected), Tone.QUIET), indent=2))
    made.extend(_suggestion_lines(finding, words))
    return made


def _suggestion_lines(finding: Finding, words: Words) -> list[Line]:
    if len(finding.suggestions) == 1:
        found = finding.suggestions[0]
        same = found.address == finding.remark.address
        what = (
            words("вероятно, здесь верно {value}", value=found.value)
            if same
            else words("вероятно, ошибка в другом месте: {address} — верно {value}", address=found.address, value=found.value)
        )
        return [line(f"{what}: {words.say(found.why)}", indent=2)]
    if not finding.suggestions:
        return []
    listed = "; ".join(
        f"{words.address(s.address.at(column=None), with_part=False)} — {words.number(s.value)}" for s in finding.suggestions
    )
    return [
        line(words("документ не решает, какая из цифр неверна; всё сошлось бы при любом из исправлений: {listed}", listed=listed), indent=2)
    ]


def _consequence_lines(twins: list[Finding], words: Words) -> list[Line]:
    what, where = _headed(twins, words, with_part=True)
    return [
        line(
            piece(words("следствие: {code}", code=twins[0].code), Tone.QUIET),
            "  ",
            what,
            "  ",
            piece(f"[{where}]", Tone.QUIET),
            indent=2,
            anchor=twins[0].id,
        ),
        line(piece(words.say(twins[0].remark.message), Tone.QUIET), indent=3),
    ]
