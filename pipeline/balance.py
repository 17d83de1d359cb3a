"""The programme's total before and after, decomposed into the changes that make up the difference.

Only money of its own counts: that of activities (of tasks that have none, of a programme
without tasks), by year and source; a total never counts beside its terms.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from pipeline.align import Alignment
from schemas.address import MONEY_COLUMNS, SOURCES, Address
from schemas.amount import Amount, decimals
from schemas.change import Balance, Change, Explained, Kind, Role, Share, Totals
from schemas.edition import Activity, Block, Edition, Funding, Money, Task

_ZERO = Decimal(0)
_TOTAL = Address(part="appendix2")


class Cell(NamedTuple):
    """What one change moved in one cell: the task (as the new edition numbers it), the year, the source."""

    change: str
    task: str | None
    activity: str | None
    year: str
    source: str
    delta: Decimal


def _own(block: Block) -> Iterator[tuple[str, str, Decimal]]:
    """Year, source and value of the money that a block states in its own right."""
    years = [year for year in block if year != "total"] or list(block)
    for year in years:
        for column, amount in _row(block[year]):
            yield year, column, amount


def _row(money: Money) -> Iterator[tuple[str, Decimal]]:
    amounts = dict(money.amounts())
    sources = [source for source in amounts if source in SOURCES]
    for column in sources or amounts:
        yield column, amounts[column].value or _ZERO


def money_of(thing: object) -> Decimal:
    """All the money of an activity, of a task's activities, or of a row."""
    if isinstance(thing, Task):
        return sum(map(money_of, thing.activities), _ZERO)
    if isinstance(thing, Activity):
        return sum((value for *_, value in _own(thing.years)), _ZERO)
    return sum((value for _, value in _row(thing)), _ZERO) if isinstance(thing, Money) else _ZERO


def funded(thing: object) -> Decimal:
    """All the money of a source in the passport."""
    return sum((amount.value or _ZERO for amount in thing.years.values()), _ZERO) if isinstance(thing, Funding) else _ZERO


def cells(changes: Iterable[Change], old: Edition, new: Edition, alignment: Alignment) -> list[Cell]:
    """What each change moved in its own right."""
    counted = _Counted(old, new)
    return [cell for change in changes for cell in _cells(change, old, alignment, counted)]


class _Counted:
    """Where the money of its own stands in both editions: with activities, with tasks, or with the programme alone."""

    def __init__(self, *editions: Edition) -> None:
        self.with_activities = {task.number for edition in editions for task in edition.tasks if task.activities}
        self.with_tasks = any(edition.tasks for edition in editions)

    def __contains__(self, address: Address) -> bool:
        if address.part != "appendix2":
            return False
        if address.activity is not None:
            return True
        return address.task not in self.with_activities if address.task is not None else not self.with_tasks


def _cells(change: Change, old: Edition, alignment: Alignment, counted: _Counted) -> Iterator[Cell]:
    address = change.address_new or change.address_old
    assert address is not None  # a change stands somewhere
    task = address.task if change.address_new else alignment.renamed(_TOTAL.at(task=address.task)).task
    thing, sign = (change.new, 1) if change.new is not None else (change.old, -1)
    if isinstance(thing, Activity | Task):
        for activity in thing.activities if isinstance(thing, Task) else (thing,):
            for year, source, value in _own(activity.years):
                yield Cell(change.id, task, activity.number, year, source, sign * value)
    elif change.kind == Kind.MOVED and change.pointer_old and address.activity is not None and change.address_old:
        yield from _moved(change, task, alignment.renamed(_TOTAL.at(task=change.address_old.task)).task, _activity(old, change.pointer_old))
    elif change.role == Role.PRIMARY and address in counted and address.year not in (None, "total"):
        assert address.year is not None  # it is not in (None, "total")
        if isinstance(thing, Money):
            for source, value in _row(thing):
                yield Cell(change.id, task, address.activity, address.year, source, sign * value)
        elif change.delta is not None and address.column in MONEY_COLUMNS:
            yield Cell(change.id, task, address.activity, address.year, address.column, change.delta)


def _activity(edition: Edition, pointer: str) -> Activity:
    _, _, task, _, activity = pointer.split("/")
    return edition.tasks[int(task)].activities[int(activity)]


def _moved(change: Change, task: str | None, former: str | None, activity: Activity) -> Iterator[Cell]:
    """An activity in another task: its money as it was leaves the one and comes to the other."""
    for year, source, value in _own(activity.years):
        yield Cell(change.id, former, activity.number, year, source, -value)
        yield Cell(change.id, task, activity.number, year, source, value)


def totals(old: Edition, new: Edition, moved: list[Cell], alignment: Alignment) -> Totals:
    """The balance of the programme, and of each task, year and source."""
    before, after = (_stated(edition, "total", "total") for edition in (old, new))
    whole = _balance(before, after, moved)
    return Totals(**dict(whole), by_task=tuple(_by_task(old, new, moved, alignment)), by_year=tuple(_by_year(old, new, moved)),
                  by_source=tuple(_by_source(old, new, moved)))  # fmt: skip


def _balance(before: Decimal | None, after: Decimal | None, moved: Iterable[Cell]) -> Balance:
    sums: dict[str, Decimal] = {}
    for cell in moved:
        sums[cell.change] = sums.get(cell.change, _ZERO) + cell.delta
    explained = tuple(Explained(change=change, delta=delta) for change, delta in sums.items() if delta)
    if before is None or after is None:
        return Balance(old=before, new=after, delta=None, explained=explained)
    rest = after - before - sum((item.delta for item in explained), _ZERO)
    bound = sum((Decimal("0.5").scaleb(-decimals(value)) for value in (before, after)), _ZERO)
    finer = any(decimals(item.delta) > min(decimals(before), decimals(after)) for item in explained)
    rounding = rest if rest and finer and abs(rest) <= bound else _ZERO
    return Balance(old=before, new=after, delta=after - before, explained=explained, rounding=rounding, unexplained=rest - rounding)


def _stated(edition: Edition, year: str, column: str) -> Decimal | None:
    """What the programme's total states, the passport where appendix 2 has no total."""
    if edition.grand_total:
        return _of_block(edition.grand_total, year, column)
    for funding in edition.passport.funding:
        if funding.source == column:
            known = dict(funding.years) | ({"total": funding.total} if funding.total is not None else {})
            return _value(known.get(year)) if year in known else _sum(_value(amount) for amount in funding.years.values())
    return None


def _of_block(block: Block, year: str, column: str) -> Decimal | None:
    """The cell of a block; without a row ВСЕГО the years together."""
    if year == "total" and year not in block:
        return _sum(_value(getattr(money, column)) for money in block.values())
    return _value(getattr(block[year], column)) if year in block else None


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, _ZERO) if known else None


def _value(amount: Amount | None) -> Decimal | None:
    return None if amount is None or amount.is_unreadable else amount.value or _ZERO


def _by_task(old: Edition, new: Edition, moved: list[Cell], alignment: Alignment) -> Iterator[Share]:
    before = {alignment.renamed(_TOTAL.at(task=task.number)).task: task for task in old.tasks}
    after = {task.number: task for task in new.tasks}
    for number in dict.fromkeys([*after, *before]):
        if number is not None:
            sides = [_of_task(side.get(number)) for side in (before, after)]
            made = _balance(sides[0], sides[1], [cell for cell in moved if cell.task == number])
            yield Share(key=number, address=_TOTAL.at(task=number), **dict(made))


def _of_task(task: Task | None) -> Decimal | None:
    return _ZERO if task is None else _of_block(task.subtotal, "total", "total")


def _by_year(old: Edition, new: Edition, moved: list[Cell]) -> Iterator[Share]:
    known = [_years(edition) for edition in (old, new)]
    for year in sorted({*known[0], *known[1]} - {"total"}):
        sides = [_stated(edition, year, "total") if year in years else _ZERO for edition, years in zip((old, new), known, strict=True)]
        made = _balance(sides[0], sides[1], [cell for cell in moved if cell.year == year])
        yield Share(key=year, address=_TOTAL.at(year=year), **dict(made))


def _years(edition: Edition) -> set[str]:
    return set(edition.grand_total) if edition.grand_total else {year for funding in edition.passport.funding for year in funding.years}


def _by_source(old: Edition, new: Edition, moved: list[Cell]) -> Iterator[Share]:
    for source in SOURCES:
        before, after = (_stated(edition, "total", source) for edition in (old, new))
        if before is not None or after is not None:
            made = _balance(before or _ZERO, after or _ZERO, [cell for cell in moved if cell.source == source])
            yield Share(key=source, address=_TOTAL.at(year="total", column=source), **dict(made))
