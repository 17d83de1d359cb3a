"""The sums that an edition states about its own amounts, each as an equation: total = sum of terms.

Sources → row, years → row ВСЕГО, activities → task, tasks → programme, passport ↔ programme;
by year and by source, in every column that the table has.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from extractors.units import scale
from schemas.address import MONEY_COLUMNS, SOURCES, Address
from schemas.amount import Amount
from schemas.edition import Block, Edition, Money


@dataclass(frozen=True, eq=False)
class Equation:
    """`total` is the sum of `terms`; `code` is the rule that watches over it. Each is itself and equal to no other."""

    code: str
    total: Address
    terms: tuple[Address, ...]

    @cached_property
    def parts(self) -> frozenset[Address]:
        """The terms, to be asked whether a cell is one of them."""
        return frozenset(self.terms)

    def sign(self, cell: Address) -> int:
        """How the cell enters «total − terms»: 1, −1, or 0 where it does not."""
        return 1 if cell == self.total else -1 if cell in self.parts else 0


def identities(edition: Edition) -> Iterator[Equation]:
    """Every equation of the edition: the passport's, those of each block, then between blocks and with the passport."""
    yield from _passport(edition)
    again: dict[Address, list[Address]] = {}
    for row, _ in repeated_rows(edition):
        again.setdefault(row.at(year=None, repeat=None), []).append(row)
    blocks = dict(edition.blocks())
    for address, block in blocks.items():
        if "appendix2" not in edition.unknown_sources:
            yield from _across(address, block)
        if "appendix2" not in edition.unknown_years:
            yield from _down(address, block, again.get(address, []))
    is_full = lists_every_year(edition)
    yield from _activities(blocks, is_full)
    yield from _stacked("SUM004", Address(part="appendix2"), edition.grand_total, _highest(blocks), is_full)
    yield from _agreement(edition, blocks)


def repeated_rows(edition: Edition) -> Iterator[tuple[Address, dict[str, Amount]]]:
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


def _activities(blocks: dict[Address, Block], is_full: bool) -> Iterator[Equation]:
    """SUM003: the activities of a task against its subtotal."""
    for task, parts in _by_task(blocks):
        subtotal = blocks[task]
        yield from _stacked("SUM003", task, subtotal, [(part, blocks[part]) for part in _outermost(parts) if blocks[part]], is_full)


def _highest(blocks: dict[Address, Block]) -> list[tuple[Address, Block]]:
    """What the programme's total is made of: the tasks; a task without a subtotal enters by its activities."""
    chosen = (address for task, parts in _by_task(blocks) for address in ([task] if blocks[task] else _outermost(parts)))
    return [(address, blocks[address]) for address in chosen if blocks[address]]


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


def lists_every_year(edition: Edition) -> bool:
    """Whether most activities have a row for every year; elsewhere a year without money is left out, and adds nothing."""
    blocks = [block.keys() - {"total"} for address, block in edition.blocks() if address.activity is not None and block]
    years = frozenset[str]().union(*blocks)
    return 2 * sum(block == years for block in blocks) > len(blocks)


def _stacked(code: str, total: Address, block: Block, parts: list[tuple[Address, Block]], is_full: bool) -> Iterator[Equation]:
    """The parts of a total, year by year; a year that one of them has not is compared only where years without money are left out."""
    for year in block:
        terms = [(address, part) for address, part in parts if year in part]
        if parts and (len(terms) == len(parts) or not (is_full or year == "total")):
            for column in _columns(block):
                cells = [_cells(address.at(year=year), part[year], column) for address, part in terms]
                found = tuple(address for cell in cells for address in cell or ())
                if (found or not cells) and None not in cells:
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


def _agreement(edition: Edition, blocks: dict[Address, Block]) -> Iterator[Equation]:
    """AGR001: the passport's funding against the programme's total, by source and year; without one, against what it would hold."""
    if not _same_scale(edition.unit, edition.passport.funding_unit):
        return
    whole = Address(part="appendix2")
    terms = [(whole, edition.grand_total)] if edition.grand_total else _highest(blocks)
    stated = Counter(funding.source for funding in edition.passport.funding)
    for funding in edition.passport.funding:
        row = Address(part="passport", row="funding", source=funding.source)
        if terms and stated[funding.source] == 1 and all(funding.source in _columns(block) for _, block in terms):
            for year in chain(funding.years, ["total"] if funding.total is not None else []):
                if all(year in block for _, block in terms):
                    yield Equation("AGR001", row.at(year=year), tuple(a.at(year=year, column=funding.source) for a, _ in terms))


def _same_scale(left: str | None, right: str | None) -> bool:
    """Whether amounts in these units can be compared as they stand; one that is not stated is the other's."""
    return left is None or right is None or scale(left) == scale(right)
