"""An activity year by year: its money beside what its result states. What the rules of results look at."""

from decimal import Decimal
from typing import NamedTuple

import regex

from extractors.quantities import plain, quantities
from extractors.text import squeeze
from schemas.edition import Activity, Edition, Money
from schemas.place import Place

_NOTHING = regex.compile(r"(?:нет|не\s+(?:планир|предусм|провод|треб)|отсутств)", regex.I)
_NEEDS_NO_MONEY = regex.compile(
    r"без\s+(?:\w+\s+)?финансир|не\s+требу\w+\s+(?:\w+\s+)?(?:финансир|средств|затрат)|в\s+рамках\s+текущ|финансирование\s+не\s+(?:требу|предусм)",
    regex.I,
)


class Outcome(NamedTuple):
    """One year: `money` is None when it cannot be told, `counted` when the result states no count."""

    year: str
    money: Decimal | None
    written: str  # the money as written
    text: str
    counted: Decimal | None
    place: Place

    @property
    def is_empty(self) -> bool:
        """Whether the result is blank, a zero, a dash, or says in words that there is none."""
        return not self.text or self.counted == 0 or _NOTHING.match(self.text) is not None

    @property
    def shown(self) -> str:
        """The count for a list of years: as written, or the number in the text."""
        return self.text if self.counted is None or plain(self.text) is not None else f"{self.counted:f}".replace(".", ",")

    @property
    def is_paid(self) -> bool:
        """Whether there is money."""
        return bool(self.money)


def outcomes(activity: Activity) -> list[Outcome]:
    """The years of an activity, in order."""
    return [_outcome(year, row) for year, row in activity.years.items() if year != "total"]


def _outcome(year: str, row: Money) -> Outcome:
    text = row.result or ""
    amounts = [amount for _, amount in row.amounts()]
    leading = row.total or (amounts[0] if amounts else None)
    place = row.result_place or (leading.place if leading else Place())
    return Outcome(year, _money(row), leading.raw.strip() if leading else "", squeeze(text), count_of(text), place)


def _money(row: Money) -> Decimal | None:
    """The row's total, or the sum of its sources where it has none."""
    amounts = [amount for _, amount in row.amounts()]
    if not amounts or any(amount.is_unreadable for amount in amounts):
        return None
    if row.total is not None and row.total.value is not None:
        return row.total.value
    return sum((amount.value or Decimal(0) for column, amount in row.amounts() if column != "total"), Decimal(0))


def count_of(text: str) -> Decimal | None:
    """What a result counts in all, shares left out; None when it counts nothing.

    >>> count_of("5 ед. компьютеров, 5 ед. принтеров"), count_of("100% служащих"), count_of("сопровождение сайта")
    (Decimal('10'), None, None)
    """
    value = plain(text)
    if value is not None:
        return value
    counted = [found.value for found in quantities(text) if not found.is_percent]
    return sum(counted, Decimal(0)) if counted else None


def needs_no_money(activity: Activity) -> bool:
    """Whether the activity itself says that it is done without money of its own."""
    texts = (activity.name, activity.term, activity.responsible, activity.result)
    return any(_NEEDS_NO_MONEY.search(text) for text in texts)


def funded_years(edition: Edition) -> set[str]:
    """The years in which the programme has any money at all: later ones are often not planned yet."""
    found: set[str] = set()
    for _, activity in edition.activity_addresses():
        found |= {year for year, row in activity.years.items() if _money(row) != 0}
    return found
