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
        alone = ((e, inside[0]) for e in equations if len(inside := [cell for cell in unknown if e.sign(cell)]) == 1)
        equation, cell = next(alone, (None, None))
        if equation is None or cell is None:
            return None
        value = _printed(due(system, equation, cell, found), system.half_units.get(cell))
        if value < 0 or value == system.values[cell]:
            return None
        found[cell] = value
        del unknown[cell]
    return found


def due(system: System, equation: Equation, cell: Address, changed: Change) -> Decimal:
    """What the equation gives for one of its cells when the others are as they are, or as they are `changed`."""
    return (system.values[cell] or Decimal(0)) - equation.sign(cell) * system.residual(equation, changed)


def shown(system: System, cell: Address, value: Decimal) -> Decimal:
    """The value with no more decimals than it needs, nor than stand around it: 364.000 among 168.900, 0 for 0.000."""
    sums = [equation for equation in system.containing.get(cell, ()) if equation.code != "SUM001"]
    around = [other for equation in sums for other in cells_of(equation) if other != cell]
    places = max((decimals(known) for other in around if (known := system.values[other])), default=0) if value else 0
    return value.quantize(Decimal(1).scaleb(-max(decimals(value.normalize()), min(places, decimals(value)))))


def _printed(value: Decimal, half_unit: Decimal | None) -> Decimal:
    """In a rounded block a value is printed with the block's decimals."""
    return value if half_unit is None else value.quantize(Decimal(1).scaleb(1 - decimals(half_unit)), ROUND_HALF_UP)
