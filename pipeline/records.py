"""Findings and comparisons as the outer contract's JSON."""

from typing import Any

from pipeline.wording import Words
from schemas.change import Comparison, History
from schemas.edition import Edition
from schemas.finding import SEVERITIES, Finding, Term

DIFF_VERSION = "1"


def counts(findings: tuple[Finding, ...]) -> dict[str, int]:
    """How many findings of each severity."""
    return {severity.value: sum(finding.severity == severity for finding in findings) for severity in SEVERITIES}


def finding_record(finding: Finding, words: Words) -> dict[str, Any]:
    """One finding; `message` and `why` are in the reader's language."""
    remark = finding.remark
    return {
        "id": finding.id,
        "code": finding.code,
        "severity": finding.severity.value,
        "message": words.say(remark.message),
        "address": remark.address.record(),
        "place": remark.place.record(),
        "raw": remark.raw,
        "value": _text(remark.value),
        "expected": _text(remark.expected),
        "difference": _text(remark.difference),
        "terms": [_term(term) for term in remark.terms],
        "again": [_term(term) for term in remark.again],
        "cause": finding.cause,
        "consequences": list(finding.consequences),
        "suggestions": [
            {"address": s.address.record(), "value": _text(s.value), "why": words.say(s.why), "change": s.change} for s in finding.suggestions
        ],
    }  # fmt: skip


def _term(term: Term) -> dict[str, Any]:
    return {"address": term.address.record(), "value": _text(term.value), "raw": term.raw, "place": term.place.record()}


def checked_record(file: str, findings: tuple[Finding, ...], words: Words) -> dict[str, Any]:
    """One checked file."""
    return {
        "file": file,
        "kind": "edition",
        "counts": counts(findings),
        "findings": [finding_record(finding, words) for finding in findings],
    }


def identity_record(edition: Edition) -> dict[str, Any]:
    """Which edition of which programme, from which file."""
    last = edition.amending_acts[-1] if edition.amending_acts else edition.base_act
    return {
        "source": edition.source.record(),
        "programme": edition.programme.record(),
        "base_act": _act(edition.base_act.record()),
        "amending_acts": [_act(act.record()) for act in edition.amending_acts],
        "edition": {"date": last.date.isoformat() if last.date else None, "number": last.number},
    }


def comparison_record(comparison: Comparison, findings: tuple[Finding, ...], words: Words) -> dict[str, Any]:
    """A comparison with the findings of the new edition."""
    return {
        "schema_version": DIFF_VERSION,
        "kind": "comparison",
        "old": identity_record(comparison.old),
        "new": identity_record(comparison.new),
        "changes": [change.record() for change in comparison.changes],
        "totals": comparison.totals.record(),
        "groups": [group.record() for group in comparison.groups],
        "pairs": [pairing.record() for pairing in comparison.pairs if pairing.doubtful or pairing.strength < 1],
        "findings": [finding_record(finding, words) for finding in findings],
    }


def history_record(history: History, findings: tuple[Finding, ...], words: Words) -> dict[str, Any]:
    """Several editions, the steps between them, each amount's trail; the findings are those of the last edition."""
    return {
        "schema_version": DIFF_VERSION,
        "kind": "history",
        "editions": [identity_record(edition) for edition in history.editions],
        "steps": [comparison_record(step, (), words) for step in history.steps],
        "history": [trail.record() for trail in history.trails],
        "findings": [finding_record(finding, words) for finding in findings],
    }


def _act(record: dict[str, Any]) -> dict[str, Any]:
    return {key: record[key] for key in ("issuer", "date", "number")}


def _text(value: object) -> str | None:
    return None if value is None else str(value)
