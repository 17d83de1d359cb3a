"""How each amount came to change: in its own right, as a sum of changes, or unexplained.

A total is explained by an equation when it moved by exactly what its terms moved as they are
printed, or when it is the rounded sum before and after: what stands above a stale total and
follows it is not blamed for it. One that stayed is explained by terms that stayed only if
none of these is itself unexplained: where a whole row was left behind, its total has stayed
though its activities moved. It is unexplained when no equation explains it although it moved
or its terms did: the stale total that stayed while its years moved, and the total that moved alone.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

from pipeline.align import Alignment
from pipeline.equations import System, rounds_to
from pipeline.identities import Equation
from schemas.address import Address
from schemas.change import Footing, MovedTerm, Role

_ZERO = Decimal(0)
_PREFERRED = ("SUM003", "SUM004", "AGR001", "SUM002", "SUM001")  # what best tells a person why a total moved


class _Movement(NamedTuple):
    """What an equation did between the editions: by how much its total and its terms moved, and whether both agree."""

    total: Decimal
    terms: Decimal
    agrees: bool


class Roles:
    """The roles of all amounts of the new edition, asked by address."""

    def __init__(self, old: System, new: System, alignment: Alignment) -> None:
        self._renamed = alignment.renamed
        self._old = {alignment.renamed(address): value for address, value in old.values.items()}
        self._former, self._new = old, new
        self._before = {(e.code, alignment.renamed(e.total)): e for e in (*old.equations, *_loose(old))}
        self._equations: dict[Address, list[tuple[Equation, _Movement]]] = {}
        for equation in (*new.equations, *_loose(new)):
            self._equations.setdefault(equation.total, []).append((equation, self._movement(equation)))
        self._known: dict[Address, Role | None] = {}

    def _movement(self, equation: Equation) -> _Movement:
        former = self._before.get((equation.code, equation.total))
        total = self._new.values[equation.total] or _ZERO
        total_before = self._old.get(equation.total)
        exact = self._new.sum(equation, self._new.values)
        if former is None or total_before is None:
            return _Movement(total, exact, self._new.holds(equation))
        before = self._former.sum(former, self._former.values)
        moved, terms = total - total_before, exact - before
        rounded = rounds_to(exact, total) and rounds_to(before, total_before)
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
        if any(self._explains(*pair) for pair in equations):
            return Role.DERIVED if moved else None
        return Role.UNEXPLAINED if moved or any(m.terms for _, m in equations) else None

    def _explains(self, equation: Equation, movement: _Movement) -> bool:
        return movement.agrees and (bool(movement.total) or all(self.of(term) != Role.UNEXPLAINED for term in equation.terms))

    def added(self, address: Address) -> Role:
        """The role of an amount that the old edition has not, zero included."""
        return self.of(address) or (Role.DERIVED if address in self._equations else Role.PRIMARY)

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

    def footing(self, address: Address, change_of: Callable[[Address], str | None]) -> Footing | None:
        """The sum that explains the total, or that it leaves unexplained, with the terms that moved."""
        role = self.of(address)
        if role not in (Role.DERIVED, Role.UNEXPLAINED):
            return None
        fitting = [(e, m) for e, m in self._equations.get(address, []) if self._explains(e, m) == (role == Role.DERIVED)]
        if not fitting:
            return None
        equation, movement = min(fitting, key=lambda pair: (not pair[1].terms, _PREFERRED.index(pair[0].code)))
        terms = (MovedTerm(address=term, delta=delta, change=change_of(term)) for term, delta in self._moved(equation))
        return Footing(code=equation.code, expected=movement.terms, terms=tuple(terms))

    def _moved(self, equation: Equation) -> Iterator[tuple[Address, Decimal]]:
        """The terms that moved, those that the sum has lost included."""
        former = self._before.get((equation.code, equation.total))
        before = {self._renamed(term): self._former.values[term] or _ZERO for term in former.terms} if former else {}
        for term in dict.fromkeys([*equation.terms, *before]):
            now = self._new.values.get(term) or _ZERO if term in equation.terms else _ZERO
            if delta := now - before.get(term, _ZERO):
                yield term, delta


def _loose(system: System) -> Iterator[Equation]:
    """Sums that no rule watches over, because a part has no such year: the parts that have it are the terms."""
    stated = {(equation.code, equation.total) for equation in system.equations}
    blocks = {address: block for address, block in system.edition.blocks() if block}
    activities: dict[str | None, list[Address]] = {}
    for address in blocks:
        if address.activity is not None:
            activities.setdefault(address.task, []).append(address)
    tasks = [address for address in blocks if address.task is not None and address.activity is None]
    sums = [("SUM003", task, activities.get(task.task, [])) for task in tasks]
    for code, total, parts in [*sums, ("SUM004", Address(part="appendix2"), tasks)]:
        for year, money in blocks.get(total, {}).items() if parts else ():
            for column, _ in money.amounts():
                address = total.at(year=year, column=column)
                if (code, address) not in stated:
                    having = (part.at(year=year, column=column) for part in parts)
                    if terms := tuple(term for term in having if term in system.values):
                        yield Equation(code, address, terms)
