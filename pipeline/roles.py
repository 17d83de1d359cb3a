"""How each amount came to change: in its own right, as a sum of changes, or unexplained.

A total is explained by an equation when it moved by exactly what its terms moved, or when
it is the rounded sum before and after, and none of the terms is itself unexplained. It is
unexplained when no equation explains it although it moved or its terms did: the stale
total that stayed while its years moved, and the total that moved alone.
"""

from decimal import Decimal
from typing import NamedTuple

from pipeline.align import Alignment
from pipeline.equations import System, rounds_to
from pipeline.identities import Equation
from schemas.address import Address
from schemas.change import Role

_ZERO = Decimal(0)


class _Movement(NamedTuple):
    """What an equation did between the editions: by how much its total and its terms moved, and whether both agree."""

    total: Decimal
    terms: Decimal
    agrees: bool


class Roles:
    """The roles of all amounts of the new edition, asked by address."""

    def __init__(self, old: System, new: System, alignment: Alignment) -> None:
        self._old = {alignment.renamed(address): value for address, value in old.values.items()}
        self._former, self._new = old, new
        self._equations: dict[Address, list[tuple[Equation, _Movement]]] = {}
        before = {(e.code, alignment.renamed(e.total)): old.sum(e, old.values) for e in old.equations}
        for equation in new.equations:
            movement = self._movement(equation, before.get((equation.code, equation.total)))
            self._equations.setdefault(equation.total, []).append((equation, movement))
        self._known: dict[Address, Role | None] = {}

    def _movement(self, equation: Equation, sum_before: Decimal | None) -> _Movement:
        total = self._new.values[equation.total] or _ZERO
        total_before = self._old.get(equation.total)
        exact = self._new.sum(equation, self._new.values)
        if sum_before is None or total_before is None:
            return _Movement(total, exact, self._new.holds(equation))
        moved, terms = total - total_before, exact - sum_before
        rounded = rounds_to(exact, total) and rounds_to(sum_before, total_before)
        return _Movement(moved, terms, moved == terms or rounded)

    def of(self, address: Address) -> Role | None:
        """The role of the amount, or None where nothing happened to it."""
        if address not in self._known:
            self._known[address] = self._find(address)
        return self._known[address]

    def _find(self, address: Address) -> Role | None:
        equations = self._equations.get(address, [])
        value, before = self._new.values.get(address), self._old.get(address)
        moved = (value or _ZERO) != (before or _ZERO)
        if not equations:
            return Role.PRIMARY if moved else None
        if any(m.agrees and all(self.of(term) != Role.UNEXPLAINED for term in equation.terms) for equation, m in equations):
            return Role.DERIVED if moved else None
        return Role.UNEXPLAINED if moved or any(m.terms for _, m in equations) else None

    def removed(self, address: Address) -> Role:
        """The role of an amount of the old edition that the new one has not: the mirror of an added one."""
        equations = [equation for equation in self._former.containing.get(address, []) if equation.total == address]
        if not equations:
            return Role.PRIMARY
        return Role.DERIVED if any(self._former.holds(equation) for equation in equations) else Role.UNEXPLAINED

    def stale(self) -> list[Address]:
        """The totals that stayed although their terms moved."""
        return [
            address for address in self._equations
            if self._new.values.get(address) == self._old.get(address) and self.of(address) == Role.UNEXPLAINED
        ]  # fmt: skip
