"""Why a total moved: the addends that moved, before and after, and the changes at the root of it."""

from decimal import Decimal
from typing import NamedTuple

from pipeline.align import align
from pipeline.equations import System
from pipeline.identities import Equation
from schemas.address import Address
from schemas.change import Change, Comparison, Role

# Which of a total's sums tells most: its parts first, then its years, then its sources and its copies.
_TELLING = ("SUM004", "SUM003", "SUM002", "AGR001", "SUM001")
_ZERO = Decimal(0)


class Moved(NamedTuple):
    """A value before and after; None where it did not stand."""

    address: Address
    before: Decimal | None
    after: Decimal | None

    @property
    def delta(self) -> Decimal:
        """By how much it moved."""
        return (self.after or _ZERO) - (self.before or _ZERO)


class Movement(NamedTuple):
    """A total, the addends that moved, and how many stayed; `rest` is what the addends do not explain."""

    total: Moved
    terms: tuple[Moved, ...]
    stayed: int
    before: Decimal
    after: Decimal

    @property
    def moved(self) -> Decimal:
        """By how much the addends moved together."""
        return self.after - self.before

    @property
    def rest(self) -> Decimal:
        """By how much the total moved otherwise than its addends."""
        return self.total.delta - self.moved


class Movements:
    """The movements of all totals between two editions, asked by the address in the new one."""

    def __init__(self, comparison: Comparison) -> None:
        alignment = align(comparison.old, comparison.new)
        self._new, former = System(comparison.new), System(comparison.old)
        self._old = {alignment.renamed(address): value for address, value in former.values.items()}
        self._former = {
            (equation.code, alignment.renamed(equation.total)): [alignment.renamed(term) for term in equation.terms]
            for equation in former.equations
        }
        self._equations: dict[Address, list[Equation]] = {}
        for equation in self._new.equations:
            self._equations.setdefault(equation.total, []).append(equation)
        self._changes: dict[Address | None, Change] = {}
        for change in sorted(comparison.changes, key=lambda change: change.address_new is None):
            self._changes.setdefault(change.address_new or change.address_old, change)
        self._order = [change.id for change in comparison.changes]
        self._known: dict[Address, frozenset[str]] = {}

    def of(self, change: Change) -> Movement | None:
        """What the total's addends did, in the sum that tells most; None for what is no total of both editions."""
        if change.role not in (Role.DERIVED, Role.UNEXPLAINED):
            return None
        found = self._all(change.address_new)
        fitting = [movement for movement in found if bool(movement.rest) == (change.role == Role.UNEXPLAINED)]
        return next(iter([*fitting, *found]), None)

    def roots(self, change: Change) -> tuple[str, ...]:
        """The changes in their own right from which the total follows, in the order of the document."""
        found = self._roots(change.address_new) if change.address_new else frozenset()
        return tuple(number for number in self._order if number in found)

    def _roots(self, address: Address) -> frozenset[str]:
        if address not in self._known:
            self._known[address] = frozenset()
            terms = dict.fromkeys(term.address for movement in self._all(address) for term in movement.terms)
            self._known[address] = frozenset().union(*(self._root(term) for term in terms))
        return self._known[address]

    def _root(self, address: Address) -> frozenset[str]:
        change = self.change_at(address)
        return frozenset((change.id,)) if change is not None and change.role in (None, Role.PRIMARY) else self._roots(address)

    def change_at(self, address: Address) -> Change | None:
        """The change of the amount, or of the activity or task that came or went with it."""
        for whole in (address, address.at(year=None, column=None), address.at(year=None, column=None, activity=None)):
            change = self._changes.get(whole)
            if change is not None and (whole == address or change.delta is not None):
                return change
        return None

    def _all(self, address: Address | None) -> list[Movement]:
        if address is None:
            return []
        found = sorted(self._equations.get(address, ()), key=lambda equation: _TELLING.index(equation.code))
        return [movement for equation in found if (movement := self._movement(equation)) is not None]

    def _movement(self, equation: Equation) -> Movement | None:
        former = self._former.get((equation.code, equation.total))
        if former is None:
            return None
        new = self._new.values
        addresses = dict.fromkeys([*equation.terms, *former])
        terms = [Moved(a, self._old[a] if a in former else None, new.get(a) if a in equation.terms else None) for a in addresses]
        moved = tuple(term for term in terms if term.delta)
        total = Moved(equation.total, self._old.get(equation.total), new[equation.total])
        before, after = (sum((getattr(term, side) or _ZERO for term in terms), _ZERO) for side in ("before", "after"))
        return Movement(total, moved, len(terms) - len(moved), before, after)
