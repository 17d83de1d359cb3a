"""The sums that an edition states, as one system over its amounts.

An equation says that a total is the sum of its terms, column by column. Precision:
a written value is exact, zeros and blanks included; a total printed with fewer decimals
than its terms holds when it is their sum rounded half up (4084,477 → 4084,48). Such a
rounded total stands for its exact sum wherever it is a term itself, so that a sum of
rounded totals is not blamed for their rounding. This is stricter than XBRL
Calculations 1.1, which lets every reported figure stand for an interval: in these tables
figures are typed to the last digit, and 40 of 43 real ones add up to it.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from extractors.units import scale
from schemas.address import MONEY_COLUMNS, SOURCES, Address
from schemas.amount import Amount, decimals
from schemas.edition import Block, Edition, Money

Values = Mapping[Address, Decimal | None]


class Equation(NamedTuple):
    """`total` is the sum of `terms`; `code` is the rule that watches over it."""

    code: str
    total: Address
    terms: tuple[Address, ...]


def rounds_to(exact: Decimal, printed: Decimal) -> bool:
    """Whether `printed` is `exact`, or `exact` rounded half up to fewer decimals. Zero is exact.

    >>> rounds_to(Decimal("4084.477"), Decimal("4084.48")), rounds_to(Decimal("0.4"), Decimal("0"))
    (True, False)
    """
    if exact == printed:
        return True
    if not printed or decimals(printed) >= decimals(exact):
        return False
    return exact.quantize(Decimal(1).scaleb(-decimals(printed)), ROUND_HALF_UP) == printed


class System:
    """All equations of one edition, with the values that they speak of."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.amounts = dict(edition.amounts)
        for row, amounts in _repeated(edition):
            self.amounts |= {row.at(column=column): amount for column, amount in amounts.items() if column in MONEY_COLUMNS}
        self.values: dict[Address, Decimal | None] = {
            address: None if amount.is_unreadable else amount.value or Decimal(0) for address, amount in self.amounts.items()
        }
        self.equations = tuple(equation for equation in _equations(edition) if self._is_stated(equation))

    def _is_stated(self, equation: Equation) -> bool:
        """A total that states nothing (blank, «х») cannot be wrong; an unreadable cell blocks its sums."""
        total = self.amounts.get(equation.total)
        return total is not None and total.value is not None and all(self.values.get(term) is not None for term in equation.terms)

    @cached_property
    def containing(self) -> dict[Address, list[Equation]]:
        """The equations in which each cell stands, as total or as term."""
        found: dict[Address, list[Equation]] = {}
        for equation in self.equations:
            for address in (equation.total, *equation.terms):
                found.setdefault(address, []).append(equation)
        return found

    @cached_property
    def exact(self) -> dict[Address, Decimal]:
        """The exact sum behind each total that holds only by rounding.

        Twice through the equations: what the programme's total stands for, the passport's
        copy of it stands for too, and the passport comes first.
        """
        found: dict[Address, Decimal] = {}
        for equation in (*self.equations, *self.equations):
            total = self.values[equation.total]
            exact = sum((found.get(term, self.values[term] or Decimal(0)) for term in equation.terms), Decimal(0))
            if total is not None and total != exact and rounds_to(exact, total):
                found.setdefault(equation.total, exact)
        return found

    @staticmethod
    def sum(equation: Equation, values: Values) -> Decimal:
        """The sum of the terms."""
        return sum((values[term] or Decimal(0) for term in equation.terms), Decimal(0))

    def holds(self, equation: Equation, changed: Values | None = None) -> bool:
        """Whether the equation holds as printed, or with rounded terms taken for their exact sums.

        `changed` are values to be tried in place of the written ones.
        """
        tried = changed or {}
        total = tried.get(equation.total, self.values[equation.total])
        printed = exact = Decimal(0)
        for term in equation.terms:
            value = tried[term] if term in tried else self.values[term]
            printed += value or Decimal(0)
            exact += self.exact[term] if term in self.exact and term not in tried else value or Decimal(0)
        return total is None or rounds_to(printed, total) or rounds_to(exact, total)

    @cached_property
    def broken(self) -> tuple[Equation, ...]:
        """The equations that do not hold, in the order of the document."""
        return tuple(equation for equation in self.equations if not self.holds(equation))

    def amount(self, address: Address) -> Amount:
        """The amount at the address, also of a year that stands twice."""
        return self.amounts[address]


def _equations(edition: Edition) -> Iterator[Equation]:
    yield from _passport(edition)
    again: dict[Address, list[Address]] = {}
    for row, _ in _repeated(edition):
        again.setdefault(row.at(year=None, repeat=None), []).append(row)
    blocks = dict(edition.blocks())
    for address, block in blocks.items():
        if "appendix2" not in edition.unknown_sources:
            yield from _across(address, block)
        if "appendix2" not in edition.unknown_years:
            yield from _down(address, block, again.get(address, []))
    yield from _activities(blocks)
    yield from _tasks(edition, blocks)
    yield from _agreement(edition)


def _repeated(edition: Edition) -> Iterator[tuple[Address, dict[str, Amount]]]:
    """The rows of years that stand again in their block: addresses of their own, and their amounts."""
    seen: dict[Address, int] = {}
    for repeated in edition.repeated:
        seen[repeated.address] = seen.get(repeated.address, 1) + 1
        yield repeated.address.at(repeat=seen[repeated.address]), repeated.amounts


def _columns(block: Block) -> list[str]:
    return [column for column in MONEY_COLUMNS if any(getattr(money, column) is not None for money in block.values())]


def _across(address: Address, block: Block) -> Iterator[Equation]:
    """SUM001: the sources of a row against its total."""
    columns = _columns(block)
    sources = [source for source in SOURCES if source in columns]
    if "total" in columns and sources:
        for year in block:
            row = address.at(year=year)
            yield Equation("SUM001", row.at(column="total"), tuple(row.at(column=source) for source in sources))


def _down(address: Address, block: Block, again: Iterable[Address]) -> Iterator[Equation]:
    """SUM002: the years of a block against its row ВСЕГО."""
    years = [year for year in block if year != "total"]
    if "total" in block and years:
        rows = [*(address.at(year=year) for year in years), *again]
        for column in _columns(block):
            yield Equation("SUM002", address.at(year="total", column=column), tuple(row.at(column=column) for row in rows))


def _activities(blocks: dict[Address, Block]) -> Iterator[Equation]:
    """SUM003: the activities of a task against its subtotal, for each year that all of them have."""
    for task, parts in _by_task(blocks):
        subtotal = blocks[task]
        yield from _stacked("SUM003", task, subtotal, [(part, blocks[part]) for part in _outermost(parts) if blocks[part]])


def _tasks(edition: Edition, blocks: dict[Address, Block]) -> Iterator[Equation]:
    """SUM004: the tasks against the programme; a task without a subtotal enters by its activities."""
    terms: list[tuple[Address, Block]] = []
    for task, parts in _by_task(blocks):
        chosen = [task] if blocks[task] else _outermost(parts)
        terms.extend((address, blocks[address]) for address in chosen if blocks[address])
    yield from _stacked("SUM004", Address(part="appendix2"), edition.grand_total, terms)


def _by_task(blocks: dict[Address, Block]) -> list[tuple[Address, list[Address]]]:
    """Each task's address with those of its activities, in order."""
    found: list[tuple[Address, list[Address]]] = []
    parts: list[Address] = []
    for address in blocks:
        if address.activity is not None:
            parts.append(address)
        elif address.task is not None:
            found.append((address, parts))
            parts = []
    return found


def _stacked(code: str, total: Address, block: Block, terms: list[tuple[Address, Block]]) -> Iterator[Equation]:
    for year in block:
        if terms and all(year in part for _, part in terms):
            for column in _columns(block):
                cells = [_cells(address.at(year=year), part[year], column) for address, part in terms]
                found = tuple(address for cell in cells for address in cell or ())
                if found and None not in cells:
                    yield Equation(code, total.at(year=year, column=column), found)


def _cells(row: Address, money: Money, column: str) -> tuple[Address, ...] | None:
    """What a row puts into a column of a total: its cell there; its sources for the total that it does not state.

    A row that lists its sources and not this one has none of it; one that lists none may have any, hence None.
    """
    if getattr(money, column) is not None:
        return (row.at(column=column),)
    sources = tuple(row.at(column=source) for source in SOURCES if getattr(money, source) is not None)
    if not sources:
        return None
    return sources if column == "total" else ()


def _outermost(addresses: list[Address]) -> list[Address]:
    """Without the activities that are part of another: 1.1.1 of 1.1."""
    numbers = {address.activity for address in addresses}
    return [address for address in addresses if not _ancestors(address.activity or "") & numbers]


def _ancestors(number: str) -> set[str]:
    parts = number.split(".")
    return {".".join(parts[:length]) for length in range(1, len(parts))}


def _passport(edition: Edition) -> Iterator[Equation]:
    """SUM001 and SUM002 inside the passport's funding."""
    address = Address(part="passport", row="funding")
    by_source = {funding.source: funding for funding in edition.passport.funding}
    if len(by_source) < len(edition.passport.funding):
        return
    sources = [source for source in by_source if source != "total"]
    for source, funding in by_source.items():
        row = address.at(source=source)
        if funding.total is not None and funding.years:
            yield Equation("SUM002", row.at(year="total"), tuple(row.at(year=year) for year in funding.years))
        if source == "total" and sources and "passport" not in edition.unknown_sources:
            years = [*funding.years, *(["total"] if funding.total is not None else [])]
            for year in years:
                yield Equation("SUM001", row.at(year=year), tuple(address.at(source=s, year=year) for s in sources))


def _agreement(edition: Edition) -> Iterator[Equation]:
    """AGR001: the passport's funding against the programme's total, by source and year."""
    if not edition.grand_total or not _same_scale(edition.unit, edition.passport.funding_unit):
        return
    columns = _columns(edition.grand_total)
    for funding in edition.passport.funding:
        if funding.source in columns:
            cells = chain(funding.years, ["total"] if funding.total is not None else [])
            for year in cells:
                if year in edition.grand_total:
                    yield Equation("AGR001", Address(part="passport", row="funding", source=funding.source, year=year),
                                   (Address(part="appendix2", year=year, column=funding.source),))  # fmt: skip


def _same_scale(left: str | None, right: str | None) -> bool:
    """Whether amounts in these units can be compared as they stand; one that is not stated is the other's."""
    return left is None or right is None or scale(left) == scale(right)
