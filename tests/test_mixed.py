"""Precision and recall of changes are 1, and every role is right: random steps of many edits over editions of several layouts."""

import json
from decimal import Decimal
from functools import cache

import jsonschema
import pytest
import yaml

from extractors.edition import edition
from extractors.reader import read, source_file
from pipeline.compare import compare
from pipeline.content import content
from pipeline.records import comparison_record
from pipeline.replay import apply, backwards
from pipeline.stages import load_edition
from pipeline.wording import Words
from schemas.change import Change, Comparison
from schemas.edition import Edition
from schemas.published import published
from tests.golden import ROOT
from tests.mixed import step
from tests.mixed_truth import Told, truth
from tests.model import CASES, PLAIN
from tests.programme import programme
from tests.test_financing import drawn
from tests.test_financing import programme as financed

SAMPLES = ROOT / "samples"
FOUND = {"model": (1959,)}  # seeds that once found a fault


@cache
def base(name: str) -> Edition:
    """An edition to begin with: a sample, a constructed programme, or one with years as columns."""
    match name:
        case "model":
            return PLAIN
        case "built":
            data = programme(tasks=3, activities=4)
            document = read(data)
            return edition(document, source_file("built.docx", data, document))
        case "real":
            return load_edition(str(SAMPLES / "kozhevnikovo-504/2023-160/source.docx"))
        case "former":
            return load_edition(str(SAMPLES / "kozhevnikovo-504/2022-192/source.docx"))
        case "repaired":
            return load_edition(str(SAMPLES / "kozhevnikovo-504-repaired/2023-160/source.txt"))
    return columned()[int(name)]


@cache
def columned() -> tuple[Edition, ...]:
    """Editions with years as columns, in which all activities have the same columns and nothing is left open."""
    cases = yaml.safe_load((CASES / "financing.yaml").read_text("utf-8"))
    made = (financed(drawn(case["table"])) for case in cases if "внутри" not in case["case"])  # an activity within another is no term
    return tuple(one for one in made if _is_plain(one))


def _is_plain(one: Edition) -> bool:
    activities = [activity for task in one.tasks for activity in task.activities]
    columns = {tuple(column for column, _ in money.amounts()) for activity in activities for money in activity.years.values()}
    return len(columns) == 1 and not one.unknown_sources and not one.unknown_years and all(activity.name for activity in activities)


def told(change: Change) -> Told:
    """A change as the truth has it."""
    ends = (end and str(end) for end in (change.address_old, change.address_new))
    return Told(change.kind.value, change.field, *ends, change.role and change.role.value, change.form)


def tried(one: Edition, seed: int) -> Comparison:
    """A random step: what is told is the truth and nothing else, it leads there and back, and all sums of it are exact."""
    scene = step(one, seed)
    new = Edition.model_validate(scene.record)
    comparison = compare(one, new)
    assert sorted(map(told, comparison.changes), key=str) == truth(scene), (seed, scene.done)
    assert apply(comparison.changes, content(one)) == content(new)
    assert apply(backwards(comparison.changes), content(new)) == content(one)
    totals = comparison.totals
    for balance in (totals, *totals.by_task, *totals.by_year, *totals.by_source):
        if balance.delta is not None:
            assert balance.unexplained is not None
            assert sum((part.delta for part in balance.explained), balance.rounding + balance.unexplained) == balance.delta
    explained = {part.change: part.delta for part in totals.explained}
    for shares in (totals.by_task, totals.by_year, totals.by_source):
        for change in explained if shares else ():  # a table may have no sources
            parts = [part.delta for share in shares for part in share.explained if part.change == change]
            assert sum(parts, Decimal(0)) == explained[change]
    return comparison


@pytest.mark.parametrize(("name", "seeds"), [("model", 60), ("built", 15), ("repaired", 8), ("real", 8), ("former", 8)])
def test_mixed_steps(name: str, seeds: int) -> None:
    """Many edits at once, over the samples and a constructed programme."""
    schema = jsonschema.Draft202012Validator(json.loads(published("diff")))
    for seed in (*range(seeds), *FOUND.get(name, ())):
        comparison = tried(base(name), seed)
        if seed % 10 == 0:
            schema.validate(comparison_record(comparison, (), Words("ru")))


def test_mixed_steps_of_years_as_columns() -> None:
    """The same over tables of other layouts."""
    assert len(columned()) >= 8
    for number in range(len(columned())):
        for seed in (*range(5), 180, 240, 569, 646):
            tried(base(str(number)), seed)


def test_edits_of_every_kind_are_made() -> None:
    """The generator leaves nothing out, and what it makes differs from seed to seed."""
    done = [step(PLAIN, seed).done for seed in range(150)]
    assert {edit for edits in done for edit in edits} >= {
        "amounts", "between activities", "add", "remove", "remove and renumber", "move", "renumber", "rename", "split", "indicator",
        "remove indicator", "texts", "paragraphs", "form of a figure", "form of a text", "extend", "add source", "stale totals",
    }  # fmt: skip
    assert len({tuple(edits) for edits in done}) > 100
