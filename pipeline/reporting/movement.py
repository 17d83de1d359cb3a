"""Why a total moved, as its footing tells: its terms before and after, and the changes at the root of it."""

from decimal import Decimal
from typing import NamedTuple

from schemas.address import Address
from schemas.change import Change, Comparison, Role

_ZERO = Decimal(0)


class Moved(NamedTuple):
    """A term that moved: its value in both editions (None where it does not stand), and the change that tells of it."""

    address: Address
    before: Decimal | None
    after: Decimal | None
    delta: Decimal
    change: str | None


class Movements:
    """The footings of the totals of a comparison, with what stands behind them."""

    def __init__(self, comparison: Comparison) -> None:
        self._amounts = comparison.new.amounts
        self._changes = {change.id: change for change in comparison.changes}
        self._known: dict[str, frozenset[str]] = {}

    def terms(self, change: Change) -> tuple[Moved, ...]:
        """The terms that moved."""
        made = []
        for term in change.footing.terms if change.footing else ():
            amount = self._amounts.get(term.address)
            after = None if amount is None else amount.value or _ZERO
            made.append(Moved(term.address, (after or _ZERO) - term.delta, after, term.delta, term.change))
        return tuple(made)

    def roots(self, change: Change) -> tuple[str, ...]:
        """The changes from which the total follows: those in their own right, in the order of the document."""
        found = self._roots(change)
        return tuple(number for number in self._changes if number in found)

    def _behind(self, change: Change) -> list[Change]:
        terms = change.footing.terms if change.footing else ()
        return [self._changes[term.change] for term in terms if term.change is not None]

    def _roots(self, change: Change) -> frozenset[str]:
        if change.id not in self._known:
            self._known[change.id] = frozenset()
            parts = (
                self._roots(other) if other.role in (Role.DERIVED, Role.UNEXPLAINED) else frozenset((other.id,))
                for other in self._behind(change)
            )  # fmt: skip
            self._known[change.id] = frozenset[str]().union(*parts)
        return self._known[change.id]
