"""The samples: the real edition, its Word rendering, the constructed predecessor."""

from pathlib import Path
from typing import Any

import pytest

from pipeline.compare import compare
from pipeline.stages import check, load_edition
from schemas.change import Comparison, Kind, Role
from schemas.edition import Edition
from schemas.finding import Severity
from tests import golden

FOLDER = Path("samples/kozhevnikovo-504")
REAL = FOLDER / "2023-160"

TRUE_ERRORS = sorted([
    "AMT001 appendix2 task=4 activity=4.1 year=2025 column=district",
    *(f"SUM003 appendix2 task=2 year={year} column={column}" for year in (2024, 2025) for column in ("total", "district")),
    *(f"SUM002 appendix2 task=2 year=total column={column}" for column in ("total", "district")),
    *(f"SUM004 appendix2 year=total column={column}" for column in ("total", "district")),
    "REF001 appendix2",
    "REF003 passport row=term",
    "STR001 appendix1 task=5 column=name",
])  # fmt: skip


@pytest.fixture(autouse=True)
def at_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twins name files by their path from the root."""
    monkeypatch.chdir(golden.ROOT)


@pytest.fixture(scope="module")
def real() -> Edition:
    """The real edition, from its text."""
    return load_edition(str(golden.ROOT / REAL / "source.txt"))


@pytest.fixture(scope="module")
def step() -> Comparison:
    """The constructed predecessor against the real edition."""
    return compare(*(load_edition(str(golden.ROOT / FOLDER / name / "source.docx")) for name in ("2022-192", "2023-160")))


def without_places(value: Any) -> Any:
    """A record without what differs between formats: the file, and the places in it."""
    if isinstance(value, dict):
        return {k: without_places(v) for k, v in value.items() if k != "source" or not isinstance(v, dict) if "place" not in k}
    return [without_places(item) for item in value] if isinstance(value, list) else value


def test_golden_twins() -> None:
    """Every twin is there and as it should be; none stands without its source."""
    assert len(golden.sources()) >= 3
    wanted = golden.twins()
    for path, text in wanted.items():
        assert path.exists(), f"{path} is missing: make golden"
        assert path.read_text("utf-8") == text, f"{path} differs: review, delete, make golden"
    there = {
        path
        for folder in (*golden.PROGRAMMES, golden.ROOT / "schemas/json")
        for path in folder.rglob("*")
        if path.suffix in (".json", ".txt") and path.name != "source.txt" and not _is_act(path)
    }
    assert there == set(wanted)


def _is_act(path: Path) -> bool:
    return path.parent.name == "acts" and path.stem.count(".") == 0


def test_golden_refuses_to_write_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    """Regenerating twins in CI is an error."""
    monkeypatch.setenv("CI", "true")
    with pytest.raises(SystemExit):
        golden.main()


def test_both_readers_give_one_edition(real: Edition) -> None:
    """The text and its Word rendering give the same edition but for file and places (law 9)."""
    word = load_edition(str(REAL / "source.docx"))
    assert without_places(word.record()) == without_places(real.record())


def test_the_real_edition_is_complete(real: Edition) -> None:
    """Passport, sections, indicators, activities: everything that the document holds."""
    assert len(real.passport.rows) == 13
    assert [section.number for section in real.sections] == ["1", "2", "3", "4", "5", "6"]
    assert [len(indicator.values) for indicator in real.indicators] == [6] * 6
    assert [len(task.activities) for task in real.tasks] == [1, 4, 1, 2, 6]
    cells = [amount for address, amount in real.walk() if address.part == "appendix2" and address.activity]
    assert len(cells) == 14 * 6 * 5
    assert all(money.result is not None for task in real.tasks for activity in task.activities for money in activity.years.values())
    assert len([a for a, _ in real.walk() if a.part == "appendix2" and not a.activity]) == 6 * 7 * 5
    assert [act.number for act in real.amending_acts] == ["192", "160"]
    assert [len(act.citations) for act in real.amending_acts] == [2, 2]


def test_every_amount_stands_where_it_says(real: Edition) -> None:
    """The line that an amount names holds its raw text."""
    lines = (REAL / "source.txt").read_text("utf-8").split("\n")
    for address, amount in real.walk():
        if not amount.is_blank:
            assert amount.place.line is not None
            assert lines[amount.place.line - 1].lstrip("\t") == amount.raw, address


@pytest.mark.parametrize("name", ["source.txt", "source.docx"])
def test_exactly_the_true_errors(name: str) -> None:
    """The real edition's errors are the twelve that a person finds by hand, from either format."""
    found = check(load_edition(str(REAL / name)))
    errors = [finding for finding in found if finding.severity == Severity.ERROR]
    assert sorted(f"{finding.code} {finding.remark.address}" for finding in errors) == TRUE_ERRORS


def test_the_repaired_edition_has_no_error() -> None:
    """With its errors mended, and nothing else, not one is left."""
    found = check(load_edition("samples/kozhevnikovo-504-repaired/2023-160/source.txt"))
    assert [f"{f.code} {f.remark.address}" for f in found if f.severity == Severity.ERROR] == []


def test_the_slips_are_explained(real: Edition) -> None:
    """2600,,0 is read with a mark; ВСЕГО of task 2 is the cause of the programme's; its right value is known."""
    found = {f"{f.code} {f.remark.address}": f for f in check(real)}
    slip = found["AMT001 appendix2 task=4 activity=4.1 year=2025 column=district"]
    assert (slip.remark.raw, str(slip.remark.value), slip.remark.place.line) == ("2600,,0", "2600.0", 1320)
    cause = found["SUM002 appendix2 task=2 year=total column=total"]
    assert cause.cause is None
    for follower in ("SUM004 appendix2 year=total column=total", "SUM002 appendix2 task=2 year=total column=district"):
        assert found[follower].cause == cause.id
    assert [str(suggestion.value) for suggestion in cause.suggestions] == ["3655.463"]
    undecided = found["SUM003 appendix2 task=2 year=2024 column=district"]
    assert {str(suggestion.address.activity) for suggestion in undecided.suggestions} == {"2.1", "2.2", "2.3", "2.4"}


def test_every_listed_difference_once(step: Comparison) -> None:
    """The changes in their own right are those that the sample's README lists; nothing else."""
    own = [c for c in step.changes if c.role in (None, Role.PRIMARY)]
    assert sorted(f"{c.kind.value} {c.field} {c.address_new}" for c in own) == sorted([
        "added requisites title row=requisites",
        "altered indicator passport row=indicators task=3 indicator=1 year=2024",
        "altered indicator appendix1 indicator=4.1 year=2024",
        "altered text section section=1 paragraph=44",
        "altered amount appendix2 task=2 activity=2.1 year=2026 column=district",
        "altered result appendix2 task=2 activity=2.2 column=result",
        "altered amount appendix2 task=4 activity=4.1 year=2023 column=district",
        "altered responsible appendix2 task=5 activity=5.2 column=responsible",
        "altered amount appendix2 task=5 activity=5.2 year=2026 column=district",
        "added name appendix2 task=5 activity=5.5",
        "renumbered name appendix2 task=5 activity=5.6",
    ])  # fmt: skip
    addresses = [(str(c.address_new), c.kind) for c in step.changes]
    assert len(set(addresses)) == len(addresses)


def test_the_stale_total_is_unexplained(step: Comparison) -> None:
    """ВСЕГО of task 2 stayed while its years moved: in both columns, and nothing else is unexplained."""
    stale = [c for c in step.changes if c.role == Role.UNEXPLAINED]
    assert [str(c.address_new) for c in stale] == [f"appendix2 task=2 year=total column={column}" for column in ("total", "district")]
    assert all(c.kind == Kind.ALTERED and not c.delta for c in stale)


def test_carried_totals_are_derived(step: Comparison) -> None:
    """Every total that the edits carried through: 3 activity rows, 11 subtotal rows in two columns, 7 programme, 14 passport."""
    derived = [c for c in step.changes if c.role == Role.DERIVED]
    assert len(derived) == 3 + 2 * (1 + 2 + 7) + 2 * 7 + 2 * 7


def test_the_programmes_delta_is_decomposed(step: Comparison) -> None:
    """+1034,80 is 700 + 15 + 119,8 + 200, to the last kopeck."""
    assert (str(step.totals.old), str(step.totals.new), str(step.totals.delta)) == ("22049.96", "23084.76", "1034.80")
    assert sorted(str(item.delta) for item in step.totals.explained) == ["119.8", "15.0", "200.0", "700.0"]
    assert not step.totals.unexplained
    assert not step.totals.rounding


def test_word_samples_are_made_by_their_script() -> None:
    """`make samples` gives the very bytes that are committed: the edits listed are all the edits made."""
    from samples import build

    real = (build.PROGRAMME / "2023-160" / "source.txt").read_text("utf-8").split("\n")
    former = build.edited(real, build.PROGRAMME / "2022-192" / "edits.toml")
    for name, lines in (("2023-160", real), ("2022-192", former)):
        made = build.render(build.read("\n".join(lines).encode()))
        assert made == (build.PROGRAMME / name / "source.docx").read_bytes()
