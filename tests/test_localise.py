"""Which cells are named when sums break: slips alone, slips together, slips that hide each other."""

from typing import Any

import pytest
import yaml

from pipeline.equations import System
from pipeline.localise import Localiser
from pipeline.rule import check
from pipeline.slips import shown
from schemas.address import Address
from schemas.edition import Edition
from schemas.finding import Severity
from tests.bench import injection
from tests.model import CASES

EDITIONS = injection.editions()
CASES_OF_SLIPS = yaml.safe_load((CASES / "slips.yaml").read_text("utf-8"))


def spoilt(case: dict[str, Any]) -> tuple[Edition, Edition]:
    """The edition of a case before and after its slips."""
    edition = EDITIONS[case["edition"]]
    return edition, injection.spoilt(edition, {Address.parse(where): str(raw) for where, raw in case["written"].items()})


@pytest.mark.parametrize("case", CASES_OF_SLIPS, ids=lambda case: case["case"])
def test_the_least_changes(case: dict[str, Any]) -> None:
    """Every fault has the least changes that the case names: the cells and their values, and no others."""
    system = System(spoilt(case)[1])
    found = [[{str(cell): str(shown(system, cell, value)) for cell, value in change.items()} for change in fault.changes]
             for fault in Localiser(system).faults()]  # fmt: skip
    wanted = [[{where: str(value) for where, value in change.items()} for change in fault] for fault in case["faults"]]
    assert len(found) == len(wanted)
    for fault in wanted:
        assert fault in found


@pytest.mark.parametrize("case", CASES_OF_SLIPS, ids=lambda case: case["case"])
def test_one_cause_for_each_slip(case: dict[str, Any]) -> None:
    """All errors but the causes follow from one of them; what a decided slip should read is told in words."""
    findings = [finding for finding in check(spoilt(case)[1]) if finding.severity == Severity.ERROR]
    causes = [f"{finding.code} {finding.remark.address}" for finding in findings if finding.cause is None]
    assert sorted(causes) == sorted(case["causes"])
    said = [kind.template for finding in findings for s in finding.suggestions if (kind := s.why.values.get("kind"))]
    assert set(case.get("looks like", said)) == set(said)


def test_nothing_is_looked_for_where_all_holds() -> None:
    """A consistent edition has no fault."""
    for edition in EDITIONS.values():
        assert Localiser(System(edition)).faults() == []


def test_the_bars_of_trust(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`make trust` on fewer cases: every bar is kept; a bar that is not kept is told by the exit code."""
    monkeypatch.setattr(injection, "SINGLE", 3)
    monkeypatch.setattr(injection, "PAIRS", 3)
    assert injection.main() == 0
    assert "всё выдержано" in capsys.readouterr().out
    monkeypatch.setattr(injection, "NAMED_RIGHT", 1.1)
    assert injection.main() == 1
