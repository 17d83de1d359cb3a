"""All money of two editions in one table: former, new, by how much; totals as sums of their terms.

A total that is the sum of its terms, to its own decimals, is written as that sum: who alters
a term sees what follows. One that is not stands as it is printed, and beside it the sum that
its terms give and by how much they disagree.
"""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from extractors.text import shortened
from pipeline.align import align
from pipeline.equations import System, rounds_to
from pipeline.identities import Equation
from pipeline.reporting.names import Names
from pipeline.wording import Words
from schemas.address import MONEY_COLUMNS, Address
from schemas.amount import Amount
from schemas.change import Change, Comparison, Role
from schemas.report import Figure, ReportColumn, ReportRow, ReportSection, ReportTable, TableCell, Tone, cell, piece

# Which of a total's sums is shown: that of its parts first, then its years, then its sources and its copies.
_TELLING = ("SUM004", "SUM003", "SUM002", "AGR001", "SUM001")
_OLD, _NEW = 6, 7  # the columns of the table in which the two editions' figures stand
_ROLE_TONES = {Role.PRIMARY: Tone.PLAIN, Role.DERIVED: Tone.DERIVED, Role.UNEXPLAINED: Tone.UNEXPLAINED}
_NAME = 44  # signs of a name: more would make every row of its thing two lines high
_ZERO = Decimal(0)


def amounts_sheet(comparison: Comparison, names: Names, words: Words) -> ReportSection:
    """The sheet of all amounts, one row a cell of the programme's money."""
    old, new = _Side(System(comparison.old), _counterparts(comparison)), _Side(System(comparison.new), lambda address: address)
    order = _merged(old.amounts, new.amounts)
    old.number(order)
    new.number(order)
    changes = {address: change for change in comparison.changes for address in (change.address_old, change.address_new) if address}
    rows = [_Row(place, key, old, new).set(changes, names, words) for key, place in order.items()]
    return ReportSection(title=words("Суммы"), table=ReportTable(columns=_columns(words), rows=tuple(rows)))


def _counterparts(comparison: Comparison) -> Callable[[Address], Address]:
    """What an amount of the old edition is called in the new one; what went keeps an address of its own, apart from all new ones."""
    alignment = align(comparison.old, comparison.new)
    gone = {pair.old.address for pair in alignment.pairs if pair.old and not pair.new and pair.node.thing in ("task", "activity")}

    def counterpart(address: Address) -> Address:
        if address.at(year=None, column=None) in gone:
            return address.at(repeat=-(address.repeat or 1))
        return alignment.renamed(address)

    return counterpart


def _is_money(address: Address) -> bool:
    return (address.part == "appendix2" and address.column in MONEY_COLUMNS) or (address.part == "passport" and address.row == "funding")


def _merged(old: Iterable[Address], new: Iterable[Address]) -> dict[Address, int]:
    """The addresses in the order of the new edition, what is only in the old one behind its former neighbour; each with its row."""
    present = dict.fromkeys(new)
    behind: dict[Address | None, list[Address]] = {}
    last: Address | None = None
    for address in old:
        if address in present:
            last = address
        else:
            behind.setdefault(last, []).append(address)
    order = [*behind.get(None, ()), *(each for address in present for each in (address, *behind.get(address, ())))]
    return {address: row for row, address in enumerate(order)}


class _Side:
    """One edition's amounts and sums, by the addresses that they bear in the table."""

    def __init__(self, system: System, named: Callable[[Address], Address]) -> None:
        self._system = system
        self._keys = {address: named(address) for address in system.amounts if _is_money(address)}
        self.own = {key: address for address, key in self._keys.items()}
        self.amounts: dict[Address, Amount] = {key: system.amounts[address] for key, address in self.own.items()}
        self._rows: dict[Address, int] = {}
        self._sums: dict[Address, list[Equation]] = {}
        for equation in sorted(system.equations, key=lambda equation: _TELLING.index(equation.code)):
            self._sums.setdefault(self._keys[equation.total], []).append(equation)

    def number(self, order: dict[Address, int]) -> None:
        """Take note of the rows in which the amounts stand."""
        self._rows = order

    def sum_of(self, key: Address) -> tuple[int, ...]:
        """The rows of the terms whose sum a total is, to its own decimals; none if it is no such sum."""
        total = self.amounts[key].value
        for equation in self._sums.get(key, ()):
            if total is not None and rounds_to(self._system.sum(equation, self._system.values), total):
                return self._terms(equation)
        return ()

    def broken(self, key: Address) -> tuple[Decimal, tuple[int, ...]] | None:
        """What the terms of a total give, and their rows, where the total does not hold."""
        for equation in self._sums.get(key, ()):
            if not self._system.holds(equation):
                return self._system.sum(equation, self._system.values), self._terms(equation)
        return None

    def _terms(self, equation: Equation) -> tuple[int, ...]:
        return tuple(self._rows[self._keys[term]] for term in equation.terms)


class _Row(NamedTuple):
    """A row of the table: one cell of the programme's money in both editions."""

    place: int
    key: Address
    old: _Side
    new: _Side

    def set(self, changes: dict[Address, Change], names: Names, words: Words) -> ReportRow:
        """The row in words and figures."""
        address = self.new.own.get(self.key) or self.old.own[self.key]
        change = changes.get(address)
        role = change.role if change else None
        before, after = (side.amounts.get(self.key) for side in (self.old, self.new))
        figures = [_figure(side, self.key, column, words) for side, column in ((self.old, _OLD), (self.new, _NEW))]
        checks = [check for side, column in ((self.old, _OLD), (self.new, _NEW)) for check in self._check(side, column, words)]
        year = words("ВСЕГО") if address.year == "total" else words("{year} год", year=address.year or "")
        is_wrong = role == Role.UNEXPLAINED or any(check.figure for check in checks)
        tone = Tone.UNEXPLAINED if is_wrong else Tone.STRONG if address.part == "appendix2" and address.activity is None else Tone.PLAIN
        said = [word for word in words.address_words(address.at(column=None, source=None), with_part=False) if word != year]
        return ReportRow(
            cells=(
                cell(words.part(address.part)), cell(address.task or ""), cell(", ".join(said)), cell(shortened(names.at(address, self.key in self.new.own), _NAME)),
                cell(words.column(address.source or address.column or "")), cell(words("ВСЕГО") if address.year == "total" else address.year or ""),
                *figures, self._delta(before, after, words), cell(change.id if change else ""),
                cell(piece(_character(before, after, role, words), _ROLE_TONES[role] if role else Tone.PLAIN)), *checks,
            ),
            tone=tone,
        )  # fmt: skip

    def _delta(self, before: Amount | None, after: Amount | None, words: Words) -> TableCell:
        if any(amount is not None and amount.value is None and not amount.is_blank for amount in (before, after)):
            return cell()  # «х» or what is no number has no difference
        delta = _value(after) - _value(before)
        figure = Figure(value=delta, signed=True, plus=((self.place, _NEW),), minus=((self.place, _OLD),))
        return cell(words.number(delta, signed=True), numeric=True, figure=figure)

    def _check(self, side: _Side, column: int, words: Words) -> Iterator[TableCell]:
        """The sum that a total should be and is not, and the difference; blank where all is well."""
        wrong = side.broken(self.key)
        if wrong is None:
            yield from (cell(), cell())
            return
        exact, rows = wrong
        cells = tuple((row, column) for row in rows)
        difference = _value(side.amounts[self.key]) - exact
        yield cell(words.number(exact), numeric=True, figure=Figure(value=exact, plus=cells))
        figure = Figure(value=difference, signed=True, plus=((self.place, column),), minus=cells)
        yield cell(words.number(difference, signed=True), numeric=True, figure=figure)


def _value(amount: Amount | None) -> Decimal:
    return amount.value if amount is not None and amount.value is not None else _ZERO


def _figure(side: _Side, key: Address, column: int, words: Words) -> TableCell:
    """The figure as it is printed; by its sum where it is one."""
    amount = side.amounts.get(key)
    if amount is None or amount.value is None:
        return cell(amount.raw.strip() if amount else "", numeric=True)
    figure = Figure(value=amount.value, plus=tuple((row, column) for row in side.sum_of(key)))
    return cell(words.number(amount.value), numeric=True, figure=figure)


def _character(before: Amount | None, after: Amount | None, role: Role | None, words: Words) -> str:
    if before is None or after is None:
        return words("добавлено") if before is None else words("исключено")
    return (
        {Role.PRIMARY: words("самостоятельное"), Role.DERIVED: words("следствие"), Role.UNEXPLAINED: words("не объяснено")}[role]
        if role
        else ""
    )


def _columns(words: Words) -> tuple[ReportColumn, ...]:
    wide = (
        (words("Часть"), 14),
        (words("Задача"), 8),
        (words("Строка"), 26),
        (words("Наименование"), 44),
        (words("Источник"), 24),
        (words("Год"), 8),
    )
    money = (words("Было"), words("Стало"), words("Разница"))
    checks = (words("Было: сумма слагаемых"), words("Было: расхождение"), words("Стало: сумма слагаемых"), words("Стало: расхождение"))
    return (
        *(ReportColumn(title=title, width=width) for title, width in wide),
        *(ReportColumn(title=title, numeric=True, width=14) for title in money),
        ReportColumn(title=words("Изменение"), width=11), ReportColumn(title=words("Характер"), width=17),
        *(ReportColumn(title=title, numeric=True, width=15) for title in checks),
    )  # fmt: skip
