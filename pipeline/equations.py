"""The sums that an edition states, as one system over its amounts: which hold, and which do not.

A written value is exact, zeros and blanks included, unless it is printed in a rounded
block (`pipeline.precision`). An equation holds when it adds up as printed, or when its
total is off by no more than its rounded figures may be. A rounded total stands for its
exact sum wherever it is a term itself, so that a sum of rounded totals is not blamed for
their rounding. Two figures of one precision that state the same thing must be the same.
This is stricter than XBRL Calculations 1.1, which lets every reported figure stand for an
interval: 40 of 43 real programmes checked by hand add up to the last digit.
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import NamedTuple

from pipeline.identities import Equation, identities, repeated_rows
from pipeline.precision import half_units
from schemas.address import MONEY_COLUMNS, Address
from schemas.amount import Amount, decimals
from schemas.edition import Edition

Values = Mapping[Address, Decimal | None]

Row = tuple[str | int | None, ...]

_ZERO = Decimal(0)


def row_of(address: Address) -> Row:
    """The row in which a cell stands: its address without column and source."""
    return address.part, address.row, address.task, address.activity, address.year, address.repeat


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


class _Balance(NamedTuple):
    """An equation as written: total minus printed terms, total minus exact terms, and by how much other terms may be off.

    `bound` is half a unit for each rounded figure, that of the total included.
    """

    residual: Decimal
    exact: Decimal
    slack: Decimal
    bound: Decimal


class System:
    """All equations of one edition, with the values that they speak of.

    `equations` are those in which every figure can be read and the total states something;
    `blocked` those that wait for a figure that cannot be read.
    """

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.amounts = dict(edition.amounts)
        for row, amounts in repeated_rows(edition):
            self.amounts |= {row.at(column=column): amount for column, amount in amounts.items() if column in MONEY_COLUMNS}
        self.values: dict[Address, Decimal | None] = {
            address: None if amount.is_unreadable else amount.value or _ZERO for address, amount in self.amounts.items()
        }
        stated = [equation for equation in identities(edition) if self._is_stated(equation)]
        self.blocked = tuple(equation for equation in stated if not self._is_readable(equation))
        self.equations = tuple(equation for equation in stated if self._is_readable(equation)) if self.blocked else tuple(stated)
        self.half_units = half_units(self.values, stated)
        self._balances: dict[Equation, _Balance] = {}

    def _is_stated(self, equation: Equation) -> bool:
        """A total that states nothing (blank, «х») cannot be wrong."""
        total = self.amounts.get(equation.total)
        return total is not None and (total.value is not None or total.is_unreadable) and all(t in self.amounts for t in equation.terms)

    def _is_readable(self, equation: Equation) -> bool:
        values = self.values
        return values[equation.total] is not None and all(values[term] is not None for term in equation.terms)

    @cached_property
    def containing(self) -> dict[Address, list[Equation]]:
        """The equations in which each cell stands, as total or as term."""
        found: dict[Address, list[Equation]] = {}
        for equation in self.equations:
            for address in (equation.total, *equation.terms):
                found.setdefault(address, []).append(equation)
        return found

    @cached_property
    def rows(self) -> dict[Row, list[Address]]:
        """The cells of each row that stand in an equation."""
        found: dict[Row, list[Address]] = {}
        for cell in self.containing:
            found.setdefault(row_of(cell), []).append(cell)
        return found

    @cached_property
    def exact(self) -> dict[Address, Decimal]:
        """The exact sum behind each total that holds only by rounding.

        Twice through the equations: what the programme's total stands for, the passport's
        copy of it stands for too, and the passport comes first.
        """
        found: dict[Address, Decimal] = {}
        if not self.half_units:
            return found
        for equation in (*self.equations, *self.equations):
            total = self.values[equation.total]
            exact = sum((found.get(term, self.values[term] or _ZERO) for term in equation.terms), _ZERO)
            if total is not None and total != exact and abs(total - exact) <= self.half_units.get(equation.total, _ZERO):
                found.setdefault(equation.total, exact)
        return found

    @staticmethod
    def sum(equation: Equation, values: Values) -> Decimal:
        """The sum of the terms."""
        return sum((values[term] or _ZERO for term in equation.terms), _ZERO)

    def residual(self, equation: Equation, changed: Values | None = None) -> Decimal:
        """Stated total minus the sum of the terms as printed; `changed` are values tried in place of the written ones."""
        residual = self._balance(equation).residual
        for cell, value in (changed or {}).items():
            if sign := equation.sign(cell):
                residual += sign * ((value or _ZERO) - (self.values[cell] or _ZERO))
        return residual

    def _balance(self, equation: Equation) -> "_Balance":
        """What the equation comes to as written, computed once."""
        found = self._balances.get(equation)
        if found is None:
            total = self.values[equation.total] or _ZERO
            printed = self.sum(equation, self.values)
            exact = sum((self.exact.get(term, self.values[term] or _ZERO) for term in equation.terms), _ZERO) if self.exact else printed
            slack = sum((self._half_unit(term) for term in equation.terms if term not in self.exact), _ZERO) if self.half_units else _ZERO
            exactly = sum((self._half_unit(term) for term in equation.terms if term in self.exact), _ZERO)
            found = self._balances[equation] = _Balance(
                total - printed, total - exact, slack, slack + exactly + self._half_unit(equation.total)
            )
        return found

    def holds(self, equation: Equation, changed: Values | None = None) -> bool:
        """Whether the equation holds as printed or within rounding; `changed` are values tried in place of the written ones."""
        residual = self.residual(equation, changed)
        if not residual or not self.half_units:
            return not residual
        own = self._half_unit(equation.total, changed)
        return abs(residual) <= own or self._holds_exactly(equation, changed or {}, residual, own)

    def _holds_exactly(self, equation: Equation, changed: Values, residual: Decimal, own: Decimal) -> bool:
        """With the exact sums that rounded terms stand for; a rounded term without one may be off by its half unit."""
        _, exact, slack, _ = self._balance(equation)
        for cell, value in changed.items():
            if sign := equation.sign(cell):
                is_exact = sign < 0 and cell in self.exact
                exact += sign * ((value or _ZERO) - (self.exact[cell] if is_exact else self.values[cell] or _ZERO))
                slack += (self._half_unit(cell, changed) - (_ZERO if is_exact else self._half_unit(cell))) if sign < 0 else _ZERO
        if slack and len(equation.terms) == 1 and own == slack:
            return not residual
        return abs(exact) <= own + slack

    def bound(self, equation: Equation) -> Decimal:
        """By how much the total may differ from the sum of the printed terms: half a unit for each rounded figure."""
        return self._balance(equation).bound

    def _half_unit(self, address: Address, changed: Values | None = None) -> Decimal:
        """Of a figure that is not zero: a zero is exact."""
        value = changed[address] if changed and address in changed else self.values[address]
        return self.half_units.get(address, _ZERO) if value else _ZERO

    @cached_property
    def broken(self) -> tuple[Equation, ...]:
        """The equations that do not hold, in the order of the document."""
        return tuple(equation for equation in self.equations if not self.holds(equation))

    @cached_property
    def rounded(self) -> tuple[Equation, ...]:
        """The equations that hold only because figures are rounded."""
        return tuple(equation for equation in self.equations if self.residual(equation) and self.holds(equation))

    def amount(self, address: Address) -> Amount:
        """The amount at the address, also of a year that stands twice."""
        return self.amounts[address]
