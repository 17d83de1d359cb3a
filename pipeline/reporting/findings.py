"""Findings → a report: by file, by part of the document, the cause first."""

from collections.abc import Callable, Iterable, Iterator

from pipeline.records import checked_file, counts
from pipeline.reporting.common import SEVERITY_TONES, identity
from pipeline.reporting.findings_sheet import check_sheets
from pipeline.reporting.footing import footing
from pipeline.reporting.resolutions import act_lines
from pipeline.reporting.sources import Anchors, Checked, twins_of
from pipeline.wording import Words
from schemas.address import Address
from schemas.amendment import Resolution
from schemas.edition import Edition
from schemas.envelope import CheckedFile, ChecksRecord, RefusedFile
from schemas.finding import Finding, Phrase, Severity, Suggestion
from schemas.report import Entry, Fact, Line, Piece, Report, ReportSection, ReportTable, Shown, Tone, Wanted, line, piece

_SEVERITY_WORDS = {Severity.ERROR: "ОШИБКА", Severity.WARNING: "ПРЕДУПРЕЖДЕНИЕ", Severity.NOTE: "ЗАМЕЧАНИЕ"}
_FACT_NAMES = {Severity.ERROR: "Ошибки", Severity.WARNING: "Предупреждения", Severity.NOTE: "Замечания"}
_MARGIN = 40  # signs shown on each side of a wrong one
_VISIBLE = str.maketrans({"\n": "⏎", "\v": "⏎", "\t": "→", "\u00a0": " ", "\u202f": " ", "\u2009": " "})
Folded = list[Line | ReportTable]
Facets = dict[str, tuple[str, ...]]


def check_report(checked: Iterable[Checked], failed: list[RefusedFile], words: Words, wants: Wanted = None) -> Report:
    """The findings of several files, file by file; `failed` are the unreadable ones."""
    sections: list[ReportSection] = []
    records: list[CheckedFile] = []
    total: list[tuple[str, Finding]] = []
    shown: list[Shown] = []
    for number, one in enumerate(checked):
        record, findings = one.record, one.findings
        anchors = Anchors(one, prefix=f"f{number + 1}-" if number else "")
        total.extend((record.source.file, finding) for finding in findings)
        records.append(checked_file(record, findings, words))
        sections.append(ReportSection(title=record.source.file, lines=tuple(_lead(record, findings, words))))
        sections.extend(findings_by_part(findings, anchors, words))
        shown.extend(anchors.marks.shown())
    title = words("Проверка редакций") if len(records) != 1 else words("Проверка редакции")
    facts = _severity_facts(tuple(finding for _, finding in total), words)
    return Report(language=words.language, title=title, facts=facts, sections=tuple(sections),
                  sheets=check_sheets(title, facts, total, failed, words) if wants == "sheets" else (),
                  shown=tuple(shown), data=ChecksRecord(files=(*records, *failed)).record())  # fmt: skip


def _lead(record: Edition | Resolution, findings: tuple[Finding, ...], words: Words) -> Iterator[Line]:
    """Whose document was checked, and how much was found; of a resolution without a programme there is nothing to add up."""
    texts = identity(record, words) if isinstance(record, Edition) else act_lines(record.act, words)
    yield from (line(piece(text, Tone.QUIET)) for text in texts)
    yield line(counted(findings, words) if isinstance(record, Edition) else words("это постановление без программы: проверять нечего"))


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


def findings_by_part(
    findings: tuple[Finding, ...], anchors: Anchors, words: Words, facets: Callable[[Address], Facets] = lambda _: {}
) -> list[ReportSection]:
    """The findings under the parts of the document: twins together, what follows folded under its cause.

    `facets` tells by what they can be sought, by their address.
    """
    by_id = {finding.id: finding for finding in findings}
    heads = [twins for twins in twins_of(list(findings)) if twins[0].cause not in by_id]
    parts: dict[str, list[Line | ReportTable | Entry]] = {}
    for twins in heads:
        own = {twin.id for twin in twins}
        followers = twins_of([by_id[other] for twin in twins for other in twin.consequences if other not in own and other in by_id])
        folded = [item for following in followers for item in _consequence_lines(following, anchors, words)]
        parts.setdefault(twins[0].remark.address.part, []).append(
            Entry(
                anchor=f"{anchors.prefix}{twins[0].id}",
                tone=SEVERITY_TONES[twins[0].severity],
                facets=facets(twins[0].remark.address),
                lines=tuple(_finding_lines(twins, anchors, words)),
                fold=words.count("{n} следствие", "{n} следствия", len(followers)) if folded else "",
                folded=tuple(folded),
            )
        )
    return [ReportSection(title=words.part(part), level=2, lines=tuple(lines)) for part, lines in parts.items()]


def _headed(twins: list[Finding], anchors: Anchors, words: Words, with_part: bool) -> tuple[str, list[Piece]]:
    """The common address with all columns, and all places, each a link where the document is shown."""
    first = twins[0].remark.address
    what = words.address(first, with_part=with_part) or words.part(first.part)
    others = (words.column(t.remark.address.column or t.remark.address.source or "") for t in twins[1:])
    places: list[Piece] = []
    for position, place in enumerate(twin.remark.place for twin in twins):
        places.append(piece("; " if position else "[", Tone.QUIET))
        places.append(piece(words.place(place), Tone.QUIET, anchors.places.get(place)))
    return "; ".join([what, *others]), [*places, piece("]", Tone.QUIET)]


def _finding_lines(twins: list[Finding], anchors: Anchors, words: Words) -> Folded:
    finding, remark = twins[0], twins[0].remark
    what, where = _headed(twins, anchors, words, with_part=False)
    label = piece(f"{words(_SEVERITY_WORDS[finding.severity])} {finding.code}", SEVERITY_TONES[finding.severity])
    made: Folded = [line(label, "  ", piece(what, Tone.STRONG), "  ", *where, indent=1), line(words.say(remark.message), indent=2)]
    if remark.pointed is not None and remark.raw is not None:
        made.append(line(*_pointed(remark.raw, *remark.pointed), indent=3))
    made.extend(_again_lines(finding, anchors, words))
    footed = footing(remark, anchors.places, words, indent=3)
    if footed is not None:
        made.append(footed)
    made.extend(_suggestion_lines(finding, words))
    return made


def _pointed(raw: str, start: int, end: int) -> list[Piece]:
    """The fragment with its wrong signs told apart, so much of it as fits on a line; each sign is one sign wide."""
    before, wrong, after = (part.translate(_VISIBLE) for part in (raw[:start], raw[start:end], raw[end:]))
    before = before if len(before) <= _MARGIN else "…" + before[-_MARGIN:]
    after = after if len(after) <= _MARGIN else after[:_MARGIN] + "…"
    return [piece(before), piece(wrong, Tone.POINTED), piece(after)]


def _again_lines(finding: Finding, anchors: Anchors, words: Words) -> Folded:
    """Where else the very same slip stands."""
    said: list[Piece] = []
    for term in finding.remark.again:
        said.append(piece("; " if said else words("то же ещё: "), Tone.QUIET))
        said.append(piece(words.address(term.address), Tone.QUIET, anchors.places.get(term.place)))
        said.append(piece(f" [{words.place(term.place)}]", Tone.QUIET))
    return [line(*said, indent=2)] if said else []


def _suggestion_lines(finding: Finding, words: Words) -> Folded:
    """What would mend the sums: one way, or each of those between which the document does not decide."""
    ways: dict[int, list[Suggestion]] = {}
    for found in finding.suggestions:
        ways.setdefault(found.change, []).append(found)
    if len(ways) == 1:
        return [line(f"{_mended(found, finding, words)}: {words.say(found.why)}", indent=2) for found in finding.suggestions]
    if not ways:
        return []
    lead = words("документ не решает, какая из цифр неверна; всё сошлось бы при любом из исправлений:")
    return [line(lead, indent=2), *(line(_way(together, words), indent=3) for together in ways.values())]


def _mended(found: Suggestion, finding: Finding, words: Words) -> str:
    if found.address == finding.remark.address:
        return words("вероятно, здесь верно {value}", value=found.value)
    return words("вероятно, ошибка в другом месте: {address} — верно {value}", address=found.address, value=found.value)


def _way(together: list[Suggestion], words: Words) -> str:
    """One way to mend: its cells and values, and what each looks like."""
    said = []
    for found in together:
        kind = found.why.values.get("kind")
        where = words.address(found.address.at(column=None), with_part=False)
        said.append(f"{where} — {words.number(found.value)}" + (f" ({words.say(kind)})" if isinstance(kind, Phrase) else ""))
    return words(" и ").join(said)


def _consequence_lines(twins: list[Finding], anchors: Anchors, words: Words) -> Folded:
    what, where = _headed(twins, anchors, words, with_part=True)
    head = piece(words("следствие: {code}", code=twins[0].code), Tone.QUIET)
    return [
        line(head, "  ", what, "  ", *where, indent=2, anchor=f"{anchors.prefix}{twins[0].id}"),
        line(piece(words.say(twins[0].remark.message), Tone.QUIET), indent=3),
    ]
