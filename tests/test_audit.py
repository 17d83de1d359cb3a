"""The audit: constructed acts get the verdicts that they were made for; what is planted in an edition is found, and nothing else."""

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.amendment.resolution import resolution
from extractors.reader import read
from pipeline.audit import audited
from pipeline.compare import compare
from pipeline.drafting.act import draft
from pipeline.loaded import Loaded
from pipeline.renderer import Screen, renderer
from pipeline.reporting.changelog import diff_report
from pipeline.rule import check_step
from pipeline.stages import load, read_edition
from pipeline.wording import Words
from schemas.address import Address
from schemas.amendment import Resolution
from schemas.audit import Audit, Verdict
from schemas.change import Change, Comparison
from schemas.edition import Edition
from tests.model import broken, edition_of
from tests.test_replay import edited, set_amount, set_text

STEP = Path(__file__).parent.parent / "samples/kozhevnikovo-504"
ACTS = STEP / "2022-192..2023-160/acts"
FORMATS = ("text", "md", "html", "docx", "xlsx", "json")


def loaded(file: Path) -> Loaded:
    """A file as an edition with its document."""
    source, document = load(str(file))
    return Loaded(read_edition(source, document), document)


@cache
def sample() -> tuple[Loaded, Loaded]:
    """The two editions of the sample."""
    return loaded(STEP / "2022-192/source.docx"), loaded(STEP / "2023-160/source.docx")


@cache
def model() -> tuple[Loaded, Loaded]:
    """The model of the cases and an edition in which several things are changed."""
    edits: list[dict[str, Any]] = [
        {"at": "appendix2 task=1 activity=1.1 year=2024 column=district", "put": "310,25"},
        {"at": "appendix2 task=1 activity=1.1 year=2024 column=total", "put": "1810,75"},
        {"find": "составляет 412 км", "put": "составляет 415 км"},
        {"find": "Управление осуществляет", "put": "Управление ведёт"},
    ]
    texts = broken([]), broken(edits)
    old, new = (Loaded(edition_of(text), read(text.encode())) for text in texts)
    return old, new


def act(name: str) -> Resolution:
    """A constructed act of the sample."""
    source, document = load(str(ACTS / name))
    return resolution(document, source)


def dated(found: Resolution, number: str, date: str) -> Resolution:
    """An act with these requisites."""
    return found.model_copy(update={"act": found.act.model_copy(update={"number": number, "date": date})})


def judged(sides: tuple[Loaded, Loaded], *acts: Resolution) -> Comparison:
    """The step held against the acts."""
    return audited(*sides, compare(sides[0].edition, sides[1].edition), acts)


def audit_of(comparison: Comparison) -> Audit:
    """Its audit."""
    assert comparison.audit is not None
    return comparison.audit


def verdicts(comparison: Comparison) -> dict[str, list[str]]:
    """By verdict, where."""
    found: dict[str, list[str]] = {}
    for one in audit_of(comparison).rulings:
        found.setdefault(one.verdict.value, []).append(str(one.address))
    return found


A21, A31, A41, A52 = (
    [f"appendix2 task={activity[0]} activity={activity} year={year} column={column}" for column in ("total", "district")]
    for activity, year in (("2.1", 2026), ("3.1", 2025), ("4.1", 2023), ("5.2", 2026))
)


@pytest.mark.parametrize("suffix", ["docx", "txt"])
@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("honest", {}),
        ("omits", {"undeclared": A21}),
        ("unfulfilled", {"not-carried-out": A31}),
        ("misquoted", {"otherwise": A52}),
        ("otherwise", {"otherwise": A41}),
        ("forgotten", {}),
    ],
)
def test_constructed_acts(name: str, suffix: str, found: dict[str, list[str]]) -> None:
    """Each act of the sample, as Word file and as text, is judged as it was made; every change of the step has one verdict."""
    comparison = judged(sample(), act(f"{name}.{suffix}"))
    said = verdicts(comparison)
    assert len(said.pop("declared")) + sum(len(places) for verdict, places in said.items() if verdict != "not-carried-out") == 64
    assert said == found
    assert [one.change for one in audit_of(comparison).rulings if one.change] == [change.id for change in comparison.changes]
    assert all(change.declared in ("declared", "undeclared") for change in comparison.changes)
    assert all(change.by for change in comparison.changes if change.declared == "declared")


def test_what_the_act_forgot_is_said() -> None:
    """A total that follows from what is ordered is declared; that the act did not restate it is told."""
    said = audit_of(judged(sample(), act("forgotten.docx")))
    forgotten = {str(one.address) for one in said.rulings if one.forgotten and one.derived}
    assert forgotten == {f"appendix2 task=4 year={year} column={column}" for year in ("total", "2023") for column in ("total", "district")}
    assert all(one.orders and one.reasons for one in said.rulings if one.forgotten)


def test_rules_tell_of_the_acts() -> None:
    """Figures published otherwise and former words that are not there are findings of the step."""
    codes = {name: [f.code for f in check_step(judged(sample(), act(f"{name}.docx"))) if f.code.startswith("STP")]
             for name in ("honest", "otherwise", "unfulfilled", "misquoted")}  # fmt: skip
    assert codes == {"honest": [], "otherwise": ["STP002"] * 2, "unfulfilled": ["STP002"] * 2, "misquoted": ["STP001"] * 2}


def test_nothing_is_undeclared_while_an_act_is_missing() -> None:
    """Without the act, or with one that is not wholly understood, nothing can be called undeclared, and the reason is said."""
    none = judged(sample())
    assert {change.declared for change in none.changes} == {"unresolved"}
    assert audit_of(none).missing == (("2023-03-24", "160"),)
    unclear = act("omits.docx")
    one = unclear.operations[0].model_copy(update={"id": "O99", "status": "not-understood", "reason": "?", "kind": None})
    doubtful = judged(sample(), unclear.model_copy(update={"operations": (*unclear.operations, one)}))
    assert [change.id for change in doubtful.changes if change.declared == "unresolved"] == ["C19", "C20"]
    assert not any(change.declared == "undeclared" for change in doubtful.changes)


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("form", FORMATS)
def test_the_audit_is_told_in_every_format(form: str, language: str) -> None:
    """No format fails; the three lists stand in those that a person reads as a text."""
    comparison = judged(sample(), act("omits.docx"))
    known = renderer(form)
    data = known.render(diff_report(comparison, check_step(comparison), Words(language), wants=known.wants), Screen())
    if form in ("text", "md", "html"):
        titles = ("Сделано, но не объявлено", "Объявлено и сделано") if language == "ru" else ("Done and not declared", "Declared and done")
        assert all(title in data.decode() for title in titles)


@cache
def honest(which: Callable[[], tuple[Loaded, Loaded]]) -> Resolution:
    """An act that orders everything that a step changed."""
    old, new = which()
    last = new.edition.amending_acts[-1]
    return dated(draft(old, new).resolution, last.number or "", last.date.isoformat() if last.date else "")


def spots(changes: tuple[Change, ...]) -> set[tuple[str, Address | None]]:
    """Where something differs."""
    return {(one.field, one.address_new or one.address_old) for one in changes if one.old != one.new and not _is_stale(one)}


def _is_stale(one: Change) -> bool:
    return getattr(one.old, "raw", None) is not None and getattr(one.old, "raw", "") == getattr(one.new, "raw", None)


PLANTED = st.lists(
    st.one_of(
        st.builds(lambda n, value: partial(set_amount, n, value), st.integers(0, 500), st.decimals("0", "9999", places=1)),
        st.builds(lambda n, text: partial(set_text, n, text), st.integers(0, 500), st.sampled_from(["иначе", "3 отдела", "новый текст"])),
    ),
    min_size=1, max_size=4,
)  # fmt: skip


@pytest.mark.parametrize("which", [sample, model])
@given(edits=PLANTED)
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
def test_planted_changes_are_all_found_and_none_is_invented(which: Callable[[], tuple[Loaded, Loaded]], edits: list[Any]) -> None:
    """What is changed in a published edition beside its act is undeclared, or done otherwise than ordered; all else is declared."""
    old, new = which()
    planted: Edition = edited(new.edition, edits)
    wanted = spots(compare(new.edition, planted).changes)
    comparison = judged((old, Loaded(planted, new.document)), honest(which))
    said = [one for one in audit_of(comparison).rulings if one.verdict != Verdict.DECLARED]
    assert {(one.field, one.address) for one in said} == wanted
    assert not any(one.verdict == Verdict.UNRESOLVED for one in said)
