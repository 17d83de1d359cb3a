"""Findings and comparisons as the outer contract's JSON."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from extractors.errors import CannotRead
from pipeline.wording import Words
from schemas.amendment import Resolution
from schemas.audit import Audit
from schemas.change import Comparison, History
from schemas.edition import Edition
from schemas.envelope import (
    ActIdentity,
    CheckedFile,
    ComparisonRecord,
    Counts,
    EditionIdentity,
    HistoryRecord,
    Identity,
    Refusal,
    RefusedFile,
    ToldAudit,
    ToldFinding,
    ToldRuling,
    ToldSuggestion,
    ToldTerm,
)
from schemas.finding import SEVERITIES, Finding, Term
from schemas.requisites import Act


def counts(findings: tuple[Finding, ...]) -> dict[str, int]:
    """How many findings of each severity."""
    return {severity.value: sum(finding.severity == severity for finding in findings) for severity in SEVERITIES}


def finding_record(finding: Finding, words: Words) -> dict[str, Any]:
    """One finding as plain JSON values."""
    return told(finding, words).record()


def told(finding: Finding, words: Words) -> ToldFinding:
    """One finding; `message` and `why` are in the reader's language."""
    remark = finding.remark
    return ToldFinding(
        id=finding.id,
        code=finding.code,
        severity=finding.severity,
        message=words.say(remark.message),
        address=remark.address,
        place=remark.place,
        raw=remark.raw,
        value=remark.value,
        expected=remark.expected,
        difference=remark.difference,
        terms=tuple(map(_term, remark.terms)),
        again=tuple(map(_term, remark.again)),
        cause=finding.cause,
        consequences=finding.consequences,
        suggestions=tuple(
            ToldSuggestion(address=s.address, value=s.value, why=words.say(s.why), change=s.change) for s in finding.suggestions
        ),
    )


def _term(term: Term) -> ToldTerm:
    return ToldTerm(address=term.address, value=term.value, raw=term.raw, place=term.place)


def checked_file(record: Edition | Resolution, findings: tuple[Finding, ...], words: Words) -> CheckedFile:
    """One checked file."""
    told_ = tuple(told(finding, words) for finding in findings)
    return CheckedFile(file=record.source.file, kind=record.kind, counts=Counts(**counts(findings)), findings=told_)


def refused_file(file: str, problem: CannotRead, words: Words) -> RefusedFile:
    """One file that could not be read."""
    return RefusedFile(file=file, error=Refusal(code=problem.code, message=words(problem.message), advice=words(problem.advice)))


def identity_record(edition: Edition) -> Identity:
    """Which edition of which programme, from which file."""
    last = edition.amending_acts[-1] if edition.amending_acts else edition.base_act
    return Identity(
        source=edition.source,
        programme=edition.programme,
        base_act=_act(edition.base_act),
        amending_acts=tuple(map(_act, edition.amending_acts)),
        edition=EditionIdentity(date=_iso(last.date), number=last.number),
    )


def comparison_record(comparison: Comparison, findings: tuple[Finding, ...], words: Words) -> dict[str, Any]:
    """A comparison with the findings of the new edition and of the step, as plain JSON values."""
    return _comparison(comparison, findings, words).record()


def history_record(history: History, findings: Sequence[tuple[Finding, ...]], words: Words) -> dict[str, Any]:
    """Several editions, the steps between them with the findings of each, each amount's trail; `findings` are those of the last step."""
    return _history(history, findings, words).record()


def _comparison(comparison: Comparison, findings: tuple[Finding, ...], words: Words) -> ComparisonRecord:
    return ComparisonRecord(
        old=identity_record(comparison.old),
        new=identity_record(comparison.new),
        changes=comparison.changes,
        totals=comparison.totals,
        groups=comparison.groups,
        pairs=tuple(pairing for pairing in comparison.pairs if pairing.doubtful or pairing.strength < 1),
        findings=tuple(told(finding, words) for finding in findings),
        audit=_audit(comparison.audit, words) if comparison.audit else None,
    )


def _audit(audit: Audit, words: Words) -> ToldAudit:
    """What the acts account for, reasons in words."""
    return ToldAudit(
        acts=audit.acts,
        missing=tuple(ActIdentity(issuer=None, date=date, number=number) for date, number in audit.missing),
        obstacles=tuple(map(words.say, audit.obstacles)),
        rulings=tuple(ToldRuling.model_validate({**dict(one), "reasons": tuple(map(words.say, one.reasons))}) for one in audit.rulings),
    )


def _history(history: History, findings: Sequence[tuple[Finding, ...]], words: Words) -> HistoryRecord:
    return HistoryRecord(
        editions=tuple(map(identity_record, history.editions)),
        steps=tuple(_comparison(step, found, words) for step, found in zip(history.steps, findings, strict=True)),
        history=history.trails,
        findings=tuple(told(finding, words) for finding in findings[-1]),
    )


def _act(act: Act) -> ActIdentity:
    return ActIdentity(issuer=act.issuer, date=_iso(act.date), number=act.number)


def _iso(date: dt.date | None) -> str | None:
    return None if date is None else date.isoformat()
