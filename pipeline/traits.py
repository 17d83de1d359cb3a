"""What else is to be known of a change: a total left stale, a figure of a past year, a lowered target."""

from collections.abc import Iterator, Sequence

from pipeline.meaning import amount_meaning
from schemas.amount import Amount
from schemas.change import Change, Kind, Role, Trait
from schemas.edition import Activity, Edition, Money, Task


def with_traits(changes: Sequence[Change], new: Edition) -> list[Change]:
    """The changes with what their own values tell."""
    over = years_over(new)
    return [change.model_copy(update={"traits": traits}) if (traits := tuple(_traits(change, over))) else change for change in changes]


def years_over(edition: Edition) -> int:
    """The last year that was over when the edition was made; 0 where it does not say when that was."""
    acts = [act.date for act in (*edition.amending_acts, edition.base_act) if act.date is not None]
    return max(acts).year - 1 if acts else 0


def _traits(change: Change, over: int) -> Iterator[Trait]:
    if change.form:
        return
    if change.role == Role.UNEXPLAINED and change.kind == Kind.ALTERED and not change.delta:
        yield Trait.STALE
    elif change.field in ("amount", "indicator", "name") and any(is_over(year, over) for year in moved_years(change)):
        yield Trait.RETROACTIVE
    if change.field == "indicator" and change.kind == Kind.ALTERED and change.delta is not None and change.delta < 0:
        yield Trait.LOWERED


def is_over(year: str, over: int) -> bool:
    """Whether a year of a table is none later than `over`; a total is no year."""
    return year.isdecimal() and int(year) <= over


def moved_years(change: Change) -> Iterator[str]:
    """The years whose figures the change altered."""
    address, value = change.address_new or change.address_old, change.new or change.old
    if isinstance(value, Activity | Task) and change.kind in (Kind.ADDED, Kind.REMOVED):
        for activity in value.activities if isinstance(value, Task) else (value,):
            yield from (year for year, money in activity.years.items() if _has_money(money))
    elif address is not None and address.year and (change.delta or (isinstance(value, Amount) and amount_meaning(value, change.field))):
        yield address.year


def _has_money(money: Money) -> bool:
    return any(amount.value for _, amount in money.amounts())
