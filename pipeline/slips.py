"""Cells that are changed together, and the values that broken sums give them."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from pipeline.equations import System
from pipeline.identities import Equation
from schemas.address import Address
from schemas.amount import Mark, decimals

Change = Mapping[Address, Decimal]
"""Cells, and the values that mend them."""

DOUBTFUL = {Mark.DOUBLED_SEPARATOR, Mark.LETTER, Mark.FOREIGN_SIGN, Mark.GROUPING, Mark.BLANK_AFTER_SEPARATOR, Mark.LINE_BREAK}
MOST_SLIPS, MOST_CHANGES = 4, 12  # of one change; told of one fault


def cells_of(equation: Equation) -> tuple[Address, ...]:
    """The total and the terms."""
    return equation.total, *equation.terms


def doubts(change: Iterable[Address], system: System) -> int:
    """How many cells of a change were read with doubt."""
    return sum(bool(DOUBTFUL & set(system.amounts[cell].marks)) for cell in change)


def is_changeable(cell: Address, system: System) -> bool:
    """Where «х» stands no number is meant."""
    return Mark.NOT_APPLICABLE not in system.amounts[cell].marks


def is_total(cell: Address) -> bool:
    """Whether the cell is the total of its row."""
    return (cell.column or cell.source) == "total"


def solved(system: System, cells: Iterable[Address], broken: Iterable[Equation]) -> dict[Address, Decimal] | None:
    """The values that the cells must have for the broken sums to hold, or None; found one by one, exact sums first."""
    unknown, found = dict.fromkeys(cells), dict[Address, Decimal]()
    equations = sorted(broken, key=system.bound)
    while unknown:
        for equation in equations:
            open_ = [cell for cell in cells_of(equation) if cell in unknown]
            if len(open_) == 1:
                break
        else:
            return None
        cell = open_[0]
        found[cell] = _printed(due(system, equation, cell, found), system.half_units.get(cell))
        if found[cell] < 0 or found[cell] == system.values[cell]:
            return None
        del unknown[cell]
    return found


def due(system: System, equation: Equation, cell: Address, changed: Change) -> Decimal:
    """What the equation gives for one of its cells when the others are as they are, or as they are `changed`."""
    tried = {**changed, cell: Decimal(0)}
    residual = system.residual(equation, tried)
    return -residual if cell == equation.total else residual


def _printed(value: Decimal, half_unit: Decimal | None) -> Decimal:
    """In a rounded block a value is printed with the block's decimals."""
    return value if half_unit is None else value.quantize(Decimal(1).scaleb(1 - decimals(half_unit)), ROUND_HALF_UP)
