"""Instructions of amending acts: each case says what an operation does, where, and with which words, or that it is not understood."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.instructions import read, told

FILES = sorted((Path(__file__).parent / "cases" / "instructions").glob("*.yaml"))
CASES = [(file.stem, case) for file in FILES for case in yaml.safe_load(file.read_text("utf-8"))]


def test_there_are_enough_cases() -> None:
    """The promised number of cases, and none of them twice."""
    texts = [case["text"] for _, case in CASES]
    assert len(texts) >= 180
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=[f"{name}: {case['text'][:70]}" for name, case in CASES])
def test_instruction(case: dict[str, Any]) -> None:
    """All operations and items of the case in order, and no others; fields that a case does not name are at rest."""
    found = read(case["text"], case.get("annex", ""))
    wanted_operations = [want for want in case["expect"] if "clause" not in want]
    wanted_clauses = [want for want in case["expect"] if "clause" in want]
    assert [one.kind for one in found.clauses] == [want["clause"] for want in wanted_clauses]
    assert [told(one, want) for one, want in zip(found.operations, wanted_operations, strict=False)] == [
        _reason(one.reason, want) for one, want in zip(found.operations, wanted_operations, strict=False)
    ]
    assert len(found.operations) == len(wanted_operations)
    if "amends" in case:
        assert [f"{act.date} {act.number}" for act in found.amends] == case["amends"]


def _reason(reason: str | None, want: dict[str, Any]) -> dict[str, Any]:
    """A case says a piece of the reason; what was given must hold it."""
    if "not" not in want:
        return want
    return {"not": reason} if reason and want["not"] in reason else want
