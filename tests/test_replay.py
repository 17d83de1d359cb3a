"""A changelog is the whole truth: carried out on the old edition it gives the new one, turned round the old one again.

Random edits of both samples: amounts, texts, things that come, go, move, bear other names and
numbers, years that are added and dropped.
"""

from collections.abc import Callable
from decimal import Decimal
from functools import cache, partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.compare import compare
from pipeline.content import content
from pipeline.replay import Conflict, apply, backwards
from pipeline.stages import load_edition
from schemas.change import Kind, Role
from schemas.edition import Edition
from tests.golden import ROOT
from tests.model import PLAIN

Record = dict[str, Any]
Edit = Callable[[Record], None]


@cache
def real() -> Edition:
    """The real edition."""
    return load_edition(str(ROOT / "samples/kozhevnikovo-504/2023-160/source.docx"))


def edited(edition: Edition, edits: list[Edit]) -> Edition:
    """The edition with every edit made, in order."""
    record = edition.record()
    for edit in edits:
        edit(record)
    return Edition.model_validate(record)


def pick(items: list[Any], n: int) -> Any:
    """One of the items."""
    return items[n % len(items)] if items else None


def activities(record: Record) -> list[tuple[Record, int]]:
    """Every activity as its task and its position."""
    return [(task, n) for task in record["tasks"] for n in range(len(task["activities"]))]


def set_amount(n: int, value: Decimal, record: Record) -> None:
    """Another figure in a cell of an activity."""
    cells = [
        (row, column)
        for task, i in activities(record)
        for row in task["activities"][i]["years"].values()
        for column in ("total", "district", "federal")
        if row.get(column)
    ]
    row, column = pick(cells, n)
    row[column] |= {"raw": str(value).replace(".", ","), "value": str(value), "marks": []}


def set_text(n: int, text: str, record: Record) -> None:
    """Other words in a text of an activity, a paragraph, a row of the passport, a section."""
    task, i = pick(activities(record), n)
    match n % 4:
        case 0:
            task["activities"][i][pick(["name", "term", "responsible", "result"], n // 4)] = text
        case 1:
            section = pick(record["sections"], n // 4)
            if section["paragraphs"]:
                section["paragraphs"][n % len(section["paragraphs"])] = text
        case 2:
            pick(record["passport"]["rows"], n // 4)["text"] = text
        case _:
            pick(record["indicators"], n // 4)["method"] = text


def drop(n: int, record: Record) -> None:
    """Without one activity, task, paragraph, indicator or section."""
    task, i = pick(activities(record), n) or (None, 0)
    match n % 5:
        case 0 if task:
            del task["activities"][i]
        case 1 if len(record["tasks"]) > 1:
            del record["tasks"][n // 5 % len(record["tasks"])]
        case 2:
            section = pick(record["sections"], n // 5)
            if len(section["paragraphs"]) > 0:
                del section["paragraphs"][n % len(section["paragraphs"])]
                del section["places"][n % (len(section["paragraphs"]) + 1)]
        case 3 if record["indicators"]:
            del record["indicators"][n // 5 % len(record["indicators"])]
        case _ if len(record["sections"]) > 1:
            del record["sections"][n // 5 % len(record["sections"])]


def add(n: int, text: str, record: Record) -> None:
    """With one more activity or paragraph, or task."""
    task, i = pick(activities(record), n) or (record["tasks"][0], None)
    match n % 3:
        case 0 if i is not None:
            copy = {**task["activities"][i], "name": text, "number": f"{task['number']}.{n + 50}"}
            task["activities"].insert(n % (len(task["activities"]) + 1), copy)
        case 1:
            section = pick(record["sections"], n // 3)
            at = n % (len(section["paragraphs"]) + 1)
            section["paragraphs"].insert(at, text)
            section["places"].insert(at, {"line": 1})
        case _:
            record["tasks"].insert(n % (len(record["tasks"]) + 1), {**task, "name": text, "number": str(n + 50), "activities": []})


def move(n: int, record: Record) -> None:
    """One activity into another task, or to another place; a section or a row of the passport to another place."""
    match n % 3:
        case 0 if activities(record):
            task, i = pick(activities(record), n)
            target = pick(record["tasks"], n // 3)
            activity = task["activities"].pop(i)
            target["activities"].insert(n % (len(target["activities"]) + 1), activity)
        case 1:
            record["sections"].append(record["sections"].pop(n // 3 % len(record["sections"])))
        case _:
            rows = record["passport"]["rows"]
            rows.append(rows.pop(n // 3 % len(rows)))


def renumber(n: int, record: Record) -> None:
    """Another number for a task (its indicators follow, or not), an activity or an indicator."""
    match n % 4:
        case 0 | 1:
            task = pick(record["tasks"], n // 4)
            before, task["number"] = task["number"], str(n + 100)
            for indicator in [*record["indicators"], *record["passport"]["indicators"]] if n % 4 else []:
                if indicator["task"] == before:
                    indicator["task"] = task["number"]
        case 2 if activities(record):
            task, i = pick(activities(record), n)
            task["activities"][i]["number"] = f"9.{n}"
        case _ if record["indicators"]:
            pick(record["indicators"], n // 4)["number"] = f"7.{n}"


def years(n: int, record: Record) -> None:
    """A year more everywhere, or one less."""
    blocks = [record["grand_total"], *(task["subtotal"] for task in record["tasks"])]
    blocks += [task["activities"][i]["years"] for task, i in activities(record)]
    blocks += [i["values"] for i in [*record["indicators"], *record["passport"]["indicators"]]] + [
        f["years"] for f in record["passport"]["funding"]
    ]
    for block in blocks:
        known = [year for year in block if year != "total"]
        if known and n % 2:
            block["2031"] = block[known[-1]]
        elif len(known) > 1:
            del block[known[n // 2 % len(known)]]


N = st.integers(0, 10_000)
TEXT = st.text("абвгд еёжз«»-.,0123 ", min_size=1, max_size=60).map(lambda text: " ".join(text.split()) or "слово")
EDITS = st.lists(
    st.one_of(
        st.builds(partial, st.just(set_amount), N, st.decimals(0, 5000, places=1)),
        st.builds(partial, st.just(set_text), N, TEXT),
        st.builds(partial, st.just(drop), N),
        st.builds(partial, st.just(add), N, TEXT),
        st.builds(partial, st.just(move), N),
        st.builds(partial, st.just(renumber), N),
        st.builds(partial, st.just(years), N),
    ),
    min_size=1,
    max_size=6,
)
RELAXED = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def replayed(old: Edition, new: Edition) -> None:
    """The changes lead there and back."""
    changes = compare(old, new).changes
    assert apply(changes, content(old)) == content(new)
    assert apply(backwards(changes), content(new)) == content(old)
    assert len({(c.kind, c.pointer_old, c.pointer_new, c.address_new or c.address_old) for c in changes}) == len(changes)


@RELAXED
@given(EDITS)
def test_the_model_replayed(edits: list[Edit]) -> None:
    """Law 5 on the constructed programme."""
    replayed(PLAIN, edited(PLAIN, edits))


@settings(RELAXED, max_examples=25)
@given(EDITS)
def test_the_real_edition_replayed(edits: list[Edit]) -> None:
    """Law 5 on the real edition."""
    replayed(real(), edited(real(), edits))


def test_the_samples_replayed() -> None:
    """Law 5 on the two sample editions."""
    replayed(load_edition(str(ROOT / "samples/kozhevnikovo-504/2022-192/source.docx")), real())


def test_changes_that_do_not_belong_are_refused() -> None:
    """What a change leads from must stand there."""
    new = edited(PLAIN, [partial(set_amount, 0, Decimal(7))])
    with pytest.raises(Conflict):
        apply(compare(PLAIN, new).changes, content(edited(PLAIN, [partial(set_amount, 0, Decimal(8))])))


def carried(edits: dict[tuple[int, str], Decimal]) -> tuple[Edition, set[str]]:
    """The model with more district money in some activities and years, all totals carried through; and the addresses that moved."""
    record, moved = PLAIN.record(), set[str]()

    def raise_(row: Record, address: str, delta: Decimal) -> None:
        for column in ("district", "total"):
            value = Decimal(row[column]["value"]) + delta
            row[column] |= {"value": str(value), "raw": str(value).replace(".", ",")}
            moved.add(f"{address} column={column}")

    for (n, year), delta in edits.items():
        task, i = pick(activities(record), n)
        activity, number = task["activities"][i], task["number"]
        raise_(activity["years"][year], f"appendix2 task={number} activity={activity['number']} year={year}", delta)
        for row in (year, "total"):
            raise_(task["subtotal"][row], f"appendix2 task={number} year={row}", delta)
            raise_(record["grand_total"][row], f"appendix2 year={row}", delta)
        for funding in record["passport"]["funding"]:
            if funding["source"] in ("district", "total"):
                for name, amount in ((year, funding["years"][year]), ("total", funding["total"])):
                    value = Decimal(amount["value"]) + delta
                    amount |= {"value": str(value), "raw": str(value).replace(".", ",")}
                    moved.add(f"passport row=funding source={funding['source']} year={name}")
    return Edition.model_validate(record), moved


@RELAXED
@given(
    st.dictionaries(
        st.tuples(st.integers(0, 2), st.sampled_from(["2024", "2025", "2026"])), st.decimals("0.5", 900, places=1), min_size=1, max_size=6
    )
)
def test_precision_recall_and_roles(edits: dict[tuple[int, str], Decimal]) -> None:
    """Every figure that moved is told once and no other; what was changed itself is primary, all totals are derived; the sum is exact."""
    new, moved = carried(edits)
    comparison = compare(PLAIN, new)
    assert sorted(str(c.address_new) for c in comparison.changes) == sorted(moved)
    assert all(c.kind == Kind.ALTERED and not c.form for c in comparison.changes)
    own = {str(c.address_new): c.delta for c in comparison.changes if c.role == Role.PRIMARY}
    wanted = {}
    for (n, year), delta in edits.items():
        task, i = pick(activities(PLAIN.record()), n)
        wanted[f"appendix2 task={task['number']} activity={task['activities'][i]['number']} year={year} column=district"] = delta
    assert own == wanted
    assert all(c.role == Role.DERIVED and c.footing for c in comparison.changes if str(c.address_new) not in wanted)
    for balance in (comparison.totals, *comparison.totals.by_task, *comparison.totals.by_year, *comparison.totals.by_source):
        assert not balance.unexplained
        assert not balance.rounding
    assert sum(item.delta for item in comparison.totals.explained) == sum(edits.values()) == comparison.totals.delta
