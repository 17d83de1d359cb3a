"""Operations carried out on fragments: what comes of them, or why nothing does."""

from typing import Any

import pytest
import yaml

from pipeline.amend import amend
from tests.carrying import document, operation, plain, written
from tests.model import CASES

FILES = sorted((CASES / "carrying").glob("*.yaml"))


def cases() -> list[Any]:
    """Every case of every file; a file may give the fragment that its cases share."""
    found = []
    for file in FILES:
        for part in yaml.safe_load_all(file.read_text("utf-8")):
            found += [
                pytest.param({"former": part["former"]} | case | case.get("op", {}), id=f"{file.stem}: {case['case']}")
                for case in part["cases"]
            ]
    return found


@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, Any]) -> None:
    """The document is as expected; what is not carried out says why and touches nothing."""
    former = document(case["former"])
    operations = [operation(one, f"O{n}") for n, one in enumerate(case["all"], 1)] if "all" in case else [operation(case)]
    made = amend(former, operations)
    failed = [outcome.operation for outcome in made.outcomes if outcome.operation.status != "carried-out"]
    reasons = [failure.reason or "" for failure in failed]
    if "fails" in case:
        wanted = [case["fails"]] if isinstance(case["fails"], str) else case["fails"]
        assert len(reasons) == len(wanted), reasons
        for reason, part in zip(reasons, wanted, strict=True):
            assert part in reason, reason
        if "candidates" in case:
            assert len(failed[0].candidates) == case["candidates"], failed[0].candidates
    else:
        assert not reasons, [(reason, failure.candidates) for reason, failure in zip(reasons, failed, strict=True)]
    if "expect" in case:
        assert written(made.document) == plain(case["expect"])
    elif "changes" in case:
        _assert_changes(case, written(made.document))
    elif "fails" in case and len(failed) == len(operations):
        assert made.document is former
    if "marks" in case:
        assert set(case["marks"]) <= {mark for outcome in made.outcomes for mark in outcome.operation.marks}


def _assert_changes(case: dict[str, Any], made: str) -> None:
    """`changes` names the lines that are different: the former line (or null) and the new one (or null)."""
    lines = written(document(case["former"])).split("\n")
    for old, new in case["changes"]:
        if old is None:
            continue
        assert lines.count(old) == 1, f"«{old}» stands {lines.count(old)} times in the fragment"
        at = lines.index(old)
        lines[at : at + 1] = [] if new is None else plain(new).split("\n")
    assert made == "\n".join(lines)
