"""What happens to whole tasks and activities between two editions."""

from decimal import Decimal
from typing import Any

from pipeline.compare import compare
from pipeline.history import history
from schemas.change import Kind
from schemas.edition import Activity, Edition, Task
from tests.model import PLAIN


def rebuilt(**tasks: list[tuple[str, Activity]]) -> Edition:
    """The model with other activities under its tasks; a task left out is gone, a new one gets its name from its number."""
    made = []
    for name, activities in tasks.items():
        number = name.removeprefix("t")
        known = next((task for task in PLAIN.tasks if task.number == number), None)
        base = known or PLAIN.tasks[0].model_copy(update={"number": number, "name": f"Новая задача {number}", "subtotal": {}})
        numbered = tuple(activity.model_copy(update={"number": n}) for n, activity in activities)
        made.append(base.model_copy(update={"activities": numbered}))
    return Edition.model_validate({**{k: getattr(PLAIN, k) for k in Edition.model_fields}, "tasks": tuple(made)})


FIRST, SECOND, THIRD = (activity for task in PLAIN.tasks for activity in task.activities)


def told(old: Edition, new: Edition) -> list[tuple[Any, ...]]:
    """The changes of whole things: kind, former address, new address."""
    changes = compare(old, new).changes
    whole = [c for c in changes if c.kind != Kind.ALTERED and c.field == "name"]
    return [(c.kind.value, c.address_old and str(c.address_old), c.address_new and str(c.address_new)) for c in whole]


def test_activity_moved_into_a_new_task_is_not_carried_twice() -> None:
    """The new task is one change with what is new in it; the activity that moved there is told as moved."""
    new = rebuilt(t1=[("1.1", FIRST)], t2=[("2.1", THIRD)], t3=[("3.1", SECOND)])
    assert told(PLAIN, new) == [
        ("added", None, "appendix2 task=3"),
        ("moved", "appendix2 task=1 activity=1.2", "appendix2 task=3 activity=3.1"),
    ]
    added = next(c for c in compare(PLAIN, new).changes if c.kind == Kind.ADDED)
    assert isinstance(added.new, Task)
    assert (added.new.activities, added.delta) == ((), Decimal(0))


def test_task_added_with_its_activities_is_one_change() -> None:
    """Its activities come with it; removed again, it is the mirror."""
    extra = SECOND.model_copy(update={"name": "Отлов безнадзорных животных"})
    new = rebuilt(t1=[("1.1", FIRST), ("1.2", SECOND)], t2=[("2.1", THIRD)], t3=[("3.1", extra)])
    assert told(PLAIN, new) == [("added", None, "appendix2 task=3")]
    assert told(new, PLAIN) == [("removed", "appendix2 task=3", None)]
    forth, back = (next(c for c in compare(*pair).changes if c.kind != Kind.ALTERED) for pair in ((PLAIN, new), (new, PLAIN)))
    assert forth.delta == Decimal("375.5")
    assert back.delta == -forth.delta


def test_swapped_activities_are_renumbered_and_not_altered() -> None:
    """Rows are paired by name: two activities that change places change their numbers and nothing else."""
    new = rebuilt(t1=[("1.1", SECOND), ("1.2", FIRST)], t2=[("2.1", THIRD)])
    assert sorted(told(PLAIN, new)) == [
        ("renumbered", "appendix2 task=1 activity=1.1", "appendix2 task=1 activity=1.2"),
        ("renumbered", "appendix2 task=1 activity=1.2", "appendix2 task=1 activity=1.1"),
    ]
    assert len(compare(PLAIN, new).changes) == 2


def test_a_year_that_comes_in_changes_no_other_year() -> None:
    """Only the rows of the new year are told of, and nothing of the years that stand as they stood."""
    activity = FIRST.model_copy(update={"years": {**FIRST.years, "2027": FIRST.years["2026"]}})
    changes = compare(PLAIN, rebuilt(t1=[("1.1", activity), ("1.2", SECOND)], t2=[("2.1", THIRD)])).changes
    assert [(c.kind.value, str(c.address_new)) for c in changes] == [("added", "appendix2 task=1 activity=1.1 year=2027")]


def test_three_editions_give_the_trail_of_each_amount() -> None:
    """Up and down again is no difference, and two steps; an activity that went ends its trail; what never changed has none."""
    raised = PLAIN.record()
    raised["tasks"][0]["activities"][0]["years"]["2024"]["district"] |= {"raw": "310,25", "value": "310.25"}
    middle = Edition.model_validate(raised)
    last = rebuilt(t1=[("1.1", FIRST)], t2=[("2.1", THIRD)])
    made = history((PLAIN, middle, last))
    trails = {str(trail.addresses[0]): trail for trail in made.trails}
    trail = trails["appendix2 task=1 activity=1.1 year=2024 column=district"]
    assert [str(value.value) for value in trail.values if value] == ["300.25", "310.25", "300.25"]
    assert trail.delta == 0
    assert all(trail.changes)
    gone = trails["appendix2 task=1 activity=1.2 year=2024 column=district"]
    assert (gone.values[1] is not None, gone.values[2], gone.delta) == (True, None, None)
    removed = next(c for c in made.steps[1].changes if c.kind == Kind.REMOVED)
    assert gone.changes == (None, removed.id)
    assert len(made.trails) == 1 + sum(len(list(money.amounts())) for money in SECOND.years.values())
