"""The mixed-integer programme of error localisation (Fellegi and Holt 1976), solved by HiGHS.

A column of the programme is a slip that may have happened: one cell of a row, a source
with its total, or two sources against each other. It has a shift t and a binary d (1 where
it happened), |t| ≤ M·d. For each equation: residual + the shifts of its cells within the
bound of its rounding. The objective counts slips, then doubts of reading, then cells. M is
the sum of the broken residuals, so that the solver's tolerances stay far below one unit of
the last place. An answer is only a set of cells: their values are computed again in
Decimal and tried on every equation. All least answers are found by forbidding each one
and asking again (no-good cuts). No clock and no random numbers: the same edition gives
the same answers on every machine.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property
from itertools import combinations

import highspy
import numpy as np

from pipeline.equations import Row, System, row_of
from pipeline.identities import Equation
from pipeline.slips import MOST_CHANGES, Change, cells_of, doubts, is_changeable, is_total, solved
from schemas.address import Address

Slip = dict[Address, int]
"""The cells of one slip, each with the sign of its shift."""

_SLIP, _DOUBT, _CELL = 1.0, 0.05, 0.001  # what a slip, a doubtful cell (as a discount) and a changed cell weigh
_NODES, _ANSWERS = 500, 30  # of the search tree, and asked for: bounds that do not depend on the machine
_OPTIONS = {
    "output_flag": False, "threads": 1, "random_seed": 0, "mip_max_nodes": _NODES, "mip_rel_gap": 0.0,
    "mip_feasibility_tolerance": 1e-9, "primal_feasibility_tolerance": 1e-9,
}  # fmt: skip
_INFINITY = highspy.kHighsInf


def least_changes(system: System, broken: Iterable[Equation], most: int) -> tuple[tuple[Change, ...], int, bool]:
    """The least changes that mend the broken sums and leave the others as they are; their slips; whether all are told."""
    wanted = list(broken)
    for slips in range(2, most + 1):
        found = _changes_of(_Programme(system, wanted, slips))
        if found[0]:
            return found
    return (), 0, True


def _changes_of(programme: "_Programme") -> tuple[tuple[Change, ...], int, bool]:
    found: list[Change] = []
    tried: set[tuple[Address, ...]] = set()
    least: tuple[int, int] | None = None
    for number, (cells, slips) in enumerate(programme.answers()):
        if number == _ANSWERS:
            return tuple(found), least[0] if least else 0, False
        if cells in tried:  # the same cells as other slips: a source and its total, or each of the two by itself
            continue
        tried.add(cells)
        change = solved(programme.system, cells, programme.equations_of(cells))
        if change is None or not programme.is_mended_by(change):
            continue
        cost = (slips, -doubts(change, programme.system))
        if least is not None and cost > least:
            break
        if len(found) == MOST_CHANGES:
            return tuple(found), slips, False
        least = cost
        found.append(change)
    return tuple(found), least[0] if least else 0, True


class _Programme:
    """The programme for broken sums that at most so many slips may mend."""

    def __init__(self, system: System, broken: list[Equation], most: int) -> None:
        self.system, self.broken = system, broken
        self._others = frozenset(system.broken) - set(broken)
        self._slips = [slip for row in self._rows(most) for slip in self._slips_of(row)]
        self._unit = sum((abs(system.residual(equation)) for equation in broken), Decimal(0))
        self._solver = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in _OPTIONS.items():
            self._solver.setOptionValue(option, value)
        self._add_slips()
        self._add_equations()
        self._add_row(-_INFINITY, most, {self._switch(number): 1.0 for number in range(len(self._slips))})

    def is_mended_by(self, change: Change) -> bool:
        """Whether the broken sums hold after the change, and all others do as before."""
        others = {equation for cell in change for equation in self.system.containing[cell] if equation in self._others}
        return all(self.system.holds(equation, change) for equation in self.equations_of(change)) and all(
            self.system.residual(equation, change) == self.system.residual(equation) for equation in others
        )

    def equations_of(self, cells: Iterable[Address]) -> list[Equation]:
        """The sums that give the cells their values: the broken ones, then those that hold and must go on to."""
        touched = dict.fromkeys(equation for cell in cells for equation in self.system.containing[cell])
        return [*self.broken, *(equation for equation in touched if equation not in self._others)]

    @cached_property
    def _order(self) -> dict[Address, int]:
        return {cell: place for place, cell in enumerate(self.system.amounts)}

    def answers(self) -> Iterator[tuple[tuple[Address, ...], int]]:
        """Sets of cells to be changed and how many slips they are, the least first; each once."""
        while self._solver.run() == highspy.HighsStatus.kOk and self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            values = self._solver.getSolution().col_value
            chosen = [number for number in range(len(self._slips)) if values[self._switch(number)] > 0.5]
            cells = {cell for number in chosen for cell in self._slips[number]}
            yield tuple(sorted(cells, key=self._order.__getitem__)), len(chosen)
            self._add_row(-_INFINITY, len(chosen) - 1, {self._switch(number): 1.0 for number in chosen})

    def _rows(self, most: int) -> Iterator[list[Address]]:
        """The rows in reach: a change of so many slips goes from a broken sum no further than by so many rows."""
        found: dict[Row, None] = {}
        equations: Iterable[Equation] = self.broken
        for _ in range(most):
            rows = dict.fromkeys(row_of(cell) for equation in equations for cell in cells_of(equation))
            fresh = [row for row in rows if row not in found]
            found.update(dict.fromkeys(fresh))
            equations = [equation for row in fresh for cell in self.system.rows[row] for equation in self.system.containing[cell]]
        for row in found:
            yield [cell for cell in self.system.rows[row] if self._is_in_play(cell)]

    def _is_in_play(self, cell: Address) -> bool:
        """A zero in a column that adds up everywhere is not in doubt: a change there would need one more in each sum above."""
        is_moved = (cell.column or cell.source) in self._columns or bool(self.system.values[cell])
        return is_moved and is_changeable(cell, self.system)

    @cached_property
    def _columns(self) -> set[str | None]:
        """The columns in which a sum down the column is broken."""
        return {e.total.column or e.total.source for e in self.broken if e.code != "SUM001"}

    @staticmethod
    def _slips_of(cells: list[Address]) -> Iterator[Slip]:
        yield from ({cell: 1} for cell in cells)
        for first, second in combinations(cells, 2):
            yield {first: 1, second: 1 if is_total(first) or is_total(second) else -1}

    def _switch(self, number: int) -> int:
        return len(self._slips) + number

    def _add_slips(self) -> None:
        size = len(self._slips)
        self._solver.addVars(size, -np.ones(size), np.ones(size))
        self._solver.addVars(size, np.zeros(size), np.ones(size))
        for number, slip in enumerate(self._slips):
            switch = self._switch(number)
            self._solver.changeColIntegrality(switch, highspy.HighsVarType.kInteger)
            self._solver.changeColCost(switch, _SLIP + _CELL * len(slip) - _DOUBT * doubts(slip, self.system))
            self._add_row(-_INFINITY, 0, {number: 1.0, switch: -1.0})
            self._add_row(0, _INFINITY, {number: 1.0, switch: 1.0})

    def _add_equations(self) -> None:
        rows: dict[Equation, dict[int, float]] = {equation: {} for equation in self.broken}
        for number, slip in enumerate(self._slips):
            for cell, sign in slip.items():
                for equation in self.system.containing[cell]:
                    row = rows.setdefault(equation, {})
                    row[number] = row.get(number, 0.0) + (sign if cell == equation.total else -sign)
        for equation, row in rows.items():
            self._add_row(*self._limits(equation), {number: weight for number, weight in row.items() if weight})

    def _limits(self, equation: Equation) -> tuple[float, float]:
        """What the shifts of an equation may come to, in units of the programme."""
        if equation in self._others:
            return 0.0, 0.0
        residual, bound = self.system.residual(equation), self.system.bound(equation)
        return float((-residual - bound) / self._unit), float((-residual + bound) / self._unit)

    def _add_row(self, low: float, high: float, coefficients: dict[int, float]) -> None:
        columns, values = list(coefficients), list(coefficients.values())
        self._solver.addRow(low, high, len(columns), np.array(columns, dtype=np.int32), np.array(values))
