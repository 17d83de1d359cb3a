"""How exactly a figure is meant: which blocks are printed rounded, and by how much their figures may be off.

A written figure is exact to its written decimals, and a short one among longer ones is
exact too (13,0 beside 50,473 is 13,000). Only a block that is printed throughout with fewer
decimals than what it adds up is rounded: each of its figures may be off by half a unit of
the block's last place. So may a table's totals (the rows ВСЕГО, the column «всего») that are
all printed shorter than the rest of the table. Zeros, dashes and blanks are exact: three
zeros that each stood for half a thousand roubles would hide an error.

XBRL Calculations 1.1 (2023) takes the precision of each fact from its own `decimals` and
lets every fact be an interval. These tables declare none, and typists drop final zeros:
an interval for each short figure would let 13,0 be 13,049. So the precision is the
block's, and we are stricter than XBRL wherever a block carries its terms' decimals.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from pipeline.identities import Equation
from schemas.address import Address
from schemas.amount import decimals

Block = tuple[str | int | None, ...]
"""What is printed in one style: the passport's funding, or an activity, a subtotal, the programme's total."""

Values = Mapping[Address, Decimal | None]

_HALF = Decimal("0.5")
_ENOUGH = 3  # so many figures show how a block is printed


def half_units(values: Values, equations: Iterable[Equation]) -> dict[Address, Decimal]:
    """By how much each figure of a rounded block may be off; figures that are exact are not in it."""
    printed = _printed(values)
    finest = _finest(printed, equations)
    shorter = {block: places for block, places in printed.items() if places < finest[block]}
    found = dict(_lines(values))
    for address, value in values.items():
        block = _block(address)
        if value and block in shorter and decimals(value) <= shorter[block]:
            found[address] = _HALF.scaleb(-shorter[block])
    return found


def _printed(values: Values) -> dict[Block, int]:
    """With how many decimals each block is printed: a single row with more is a slip («45,5862» among «4558,62»)."""
    rows: dict[Block, dict[str | None, int]] = {}
    for address, value in values.items():
        years = rows.setdefault(_block(address), {})
        if value:
            years[address.year] = max(years.get(address.year, 0), decimals(value))
    return {block: sorted(years.values())[-2 if len(years) >= _ENOUGH else -1] if years else 0 for block, years in rows.items()}


def _block(address: Address) -> Block:
    return address.part, address.row, address.task, address.activity, address.repeat


def _finest(printed: Mapping[Block, int], equations: Iterable[Equation]) -> dict[Block, int]:
    """The most decimals of each block and of all that it adds up, at any depth."""
    parts: dict[Block, set[Block]] = {block: set() for block in printed}
    for equation in equations:
        block = _block(equation.total)
        parts[block].update(term for term in map(_block, equation.terms) if term != block)
    found: dict[Block, int] = {}

    def of(block: Block) -> int:
        if block not in found:
            found[block] = printed[block]
            found[block] = max(printed[block], *map(of, parts[block]), 0)
        return found[block]

    return {block: of(block) for block in printed}


def _lines(values: Values) -> Iterator[tuple[Address, Decimal]]:
    """The rows ВСЕГО of a table, or its column «всего», where all of them are printed shorter than the rest."""
    for part, line in (("appendix2", "year"), ("appendix2", "column"), ("passport", "year"), ("passport", "source")):
        table = [(address, value) for address, value in values.items() if value and address.part == part and address.row != "indicators"]
        totals = [(address, value) for address, value in table if getattr(address, line) == "total"]
        places = max((decimals(value) for _, value in totals), default=0)
        finest = max((decimals(value) for address, value in table if getattr(address, line) != "total"), default=0)
        if places < finest and len({value for _, value in totals}) >= _ENOUGH:
            yield from ((address, _HALF.scaleb(-places)) for address, _ in totals)
