"""What a run came to, as the contract's record: every file once, and what the whole of them says."""

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pipeline import VERSION
from pipeline.batch.run import FAILED
from pipeline.registry.queries import Outcome, Programme
from pipeline.registry.registry import Registry

OUTCOMES = ("read", "duplicate", "refused", "timed-out", "out-of-memory", "crashed", "unchanged")
_SLOWEST = 20


def run_record(registry: Registry, run: int, failed_steps: int, seconds: float) -> dict[str, Any]:
    """The report of a run."""
    files = [_file(one) for one in registry.outcomes(run)]
    counted = Counter(file["outcome"] for file in files)
    programmes = registry.programmes()
    return {
        "version": VERSION,
        "run": run,
        "seconds": round(seconds, 3),
        "outcomes": {outcome: counted[outcome] for outcome in OUTCOMES},
        "programmes": [one.record() for one in programmes],
        "gaps": [
            {"programme": one.number, "date": date, "number": number} for one in programmes for date, number in one.gaps
        ],
        "twins": list(_twins(programmes)),
        "rules": [
            {"code": code, "severity": severity, "findings": findings, "documents": documents}
            for code, severity, findings, documents in registry.findings_by_rule(run)
        ],
        "slowest": [{"file": file["file"], "seconds": file["seconds"]} for file in _slowest(files)],
        "failed_steps": failed_steps,
        "against_former": _against_former(registry, run),
        "files": files,
    }  # fmt: skip


def _twins(programmes: Sequence[Programme]) -> Iterator[dict[str, Any]]:
    """Files of one edition that say different things."""
    for one in programmes:
        for edition in one.editions:
            for held in edition.documents[1:]:
                if held.differences:
                    yield {
                        "programme": one.number, "edition": edition.number, "file": edition.documents[0].name,
                        "other": held.name, "differences": held.differences,
                    }  # fmt: skip


def _file(one: Outcome) -> dict[str, Any]:
    is_edition = one.kind == "edition"
    return {
        "file": one.path, "sha256": one.sha256, "outcome": one.outcome if one.is_new else "unchanged", "reason": one.reason,
        "kind": one.kind, "programme": one.programme, "edition": one.edition if is_edition else None,
        "findings": {"error": one.errors, "warning": one.warnings, "note": one.notes} if is_edition else None,
        "seconds": None if one.seconds is None else round(one.seconds, 4),
        "filed": one.outcome,
    }  # fmt: skip


def _slowest(files: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    read = (file for file in files if file["outcome"] not in ("unchanged", "duplicate") and file["seconds"])
    return heapq.nlargest(_SLOWEST, read, key=lambda file: (file["seconds"], file["file"]))


def _against_former(registry: Registry, run: int) -> dict[str, Any]:
    """Gains, losses and changed values against the run before."""
    gains, losses, changed = [], [], []
    for one in registry.outcomes(run):
        if one.is_new and one.was in FAILED and one.outcome not in FAILED:
            gains.append(one.path)
        if one.is_new and one.was is not None and one.was not in FAILED and one.outcome in FAILED:
            losses.append({"file": one.path, "reason": one.reason})
        if one.is_new and one.changed:
            changed.append({"file": one.path, "values": one.changed})
    return {"gains": gains, "losses": losses, "changed": changed, "gone": registry.gone(run)}
