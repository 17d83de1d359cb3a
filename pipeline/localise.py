"""The least change that makes broken sums hold: error localisation after Fellegi and Holt (1976).

A slip is one act of typing: one cell of a row, or a source and the total of its row by the
same difference, or two sources of a row by opposite differences (a figure in the wrong
column). A change is a set of slips after which every equation holds; wanted are all the
changes of the fewest slips, those that touch a figure of doubtful reading before others.

Slips that mend some broken sums, and leave all other sums as they are, are tried one by
one in Decimal. Where such slips cover every broken sum, and no fewer could (as many broken
sums have no row in common), their combination is the least change. Whatever they leave
unmended, or cannot prove to be least, is given to a mixed-integer programme
(`pipeline.milp`), whose answers are computed again and checked in Decimal.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property
from itertools import chain, combinations
from typing import NamedTuple

from pipeline.equations import Row, System, row_of
from pipeline.identities import Equation
from pipeline.slips import MOST_SLIPS, Change, cells_of, doubts, is_changeable, is_total, solved
from schemas.address import Address


class Slip(NamedTuple):
    """The cells of one row that one act of typing spoilt, the values that mend them, and the broken sums mended by it."""

    cells: dict[Address, Decimal]
    mended: frozenset[int]


class Fault(NamedTuple):
    """Broken sums that belong together, and the least changes that mend them; `slips` is 0 where none was found."""

    equations: tuple[Equation, ...]
    changes: tuple[Change, ...]
    slips: int
    is_complete: bool = True  # all the least changes are there


class Localiser:
    """The faults of a system."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.broken = system.broken
        self._number = {equation: number for number, equation in enumerate(self.broken)}

    def faults(self) -> list[Fault]:
        """The broken sums, told apart by what mends them, in the order of the document."""
        found: list[Fault] = []
        hard: list[list[int]] = []
        for cluster in self._clusters():
            parts = list(self._covered(cluster))
            if self._is_least(parts, cluster):
                found.extend(parts)
            else:
                hard.append(cluster)
        found.extend(self._programmed(hard))
        return sorted(found, key=lambda fault: self._number[fault.equations[0]])

    def _is_least(self, parts: list[Fault], cluster: list[int]) -> bool:
        """Whether every part is mended, and no change with fewer slips can be: of one slip all were tried."""
        slips = sum(part.slips for part in parts)
        return all(part.slips for part in parts) and (slips <= 2 or slips <= self._fewest(cluster))

    def _programmed(self, clusters: list[list[int]]) -> Iterator[Fault]:
        """By the mixed-integer programme: all hard clusters by two slips at once, else each by itself, else what is left of them."""
        if len(clusters) > 1 and (whole := self._solved(chain.from_iterable(clusters), 2)).slips:
            yield whole
            return
        rest: list[int] = []
        for cluster in clusters:
            fault = self._solved(cluster, MOST_SLIPS - 1)
            if fault.slips:
                yield fault
                continue
            for part in self._covered(cluster):
                if part.slips:
                    yield part
                else:
                    rest.extend(self._number[equation] for equation in part.equations)
        yield from self._remaining(sorted(rest))

    def _remaining(self, rest: list[int]) -> Iterator[Fault]:
        """What no slip mends by itself: those that a row binds together, and at last all of them; what stays is told without a change."""
        places = {number: place for place, number in enumerate(rest)}
        bound = ([places[n] for n in numbers if n in places] for numbers in self._touching.values())
        parts = [[rest[place] for place in part] for part in _joined(len(rest), filter(None, bound))]
        together = self._solved(rest, MOST_SLIPS) if len(parts) > 1 else None
        if together and together.slips:
            yield together
        else:
            yield from (self._solved(part, MOST_SLIPS - 1) for part in parts)

    def _solved(self, numbers: Iterable[int], most: int) -> Fault:
        """By at most so many slips, unless the broken sums have too many rows of their own for that."""
        ordered = sorted(numbers)
        equations = tuple(self.broken[number] for number in ordered)
        if self._fewest(ordered) > most:
            return Fault(equations, (), 0)
        from pipeline.milp import least_changes

        return Fault(equations, *least_changes(self.system, equations, most))

    @cached_property
    def _touching(self) -> dict[Row, list[int]]:
        """The broken sums in which a cell of each row stands."""
        touching: dict[Row, list[int]] = {}
        for number, equation in enumerate(self.broken):
            for row in {row_of(cell) for cell in cells_of(equation)}:
                touching.setdefault(row, []).append(number)
        return touching

    def _clusters(self) -> list[list[int]]:
        """Broken sums that one row may bind together, directly or through others."""
        return _joined(len(self.broken), self._touching.values())

    def _fewest(self, cluster: list[int]) -> int:
        """So many broken sums have no row in common: no change has fewer slips."""
        used: set[Row] = set()
        count = 0
        for number in sorted(cluster, key=lambda n: len(self.broken[n].terms)):
            rows = {row_of(cell) for cell in cells_of(self.broken[number])}
            if not rows & used:
                used |= rows
                count += 1
        return count

    def _covered(self, cluster: list[int]) -> Iterator[Fault]:
        """The cluster divided by the slips that mend parts of it; a part that none mends has no changes."""
        slips = [slip for row in dict.fromkeys(row for n in cluster for row in self._rows_of(n)) for slip in self._slips(row)]
        places = {number: place for place, number in enumerate(cluster)}
        mending: dict[int, list[Slip]] = {}
        for slip in slips:
            mending.setdefault(min(slip.mended), []).append(slip)
        for part in _joined(len(cluster), ([places[n] for n in slip.mended] for slip in slips)):
            numbers = frozenset(cluster[place] for place in part)
            count, covers = _least_covers(numbers, mending)
            changes = self._preferred([{cell: value for slip in cover for cell, value in slip.cells.items()} for cover in covers])
            yield Fault(tuple(self.broken[n] for n in sorted(numbers)), tuple(changes), count)

    def _rows_of(self, number: int) -> Iterator[Row]:
        return (row_of(cell) for cell in cells_of(self.broken[number]))

    def _preferred(self, changes: list[dict[Address, Decimal]]) -> list[dict[Address, Decimal]]:
        most = max((doubts(change, self.system) for change in changes), default=0)
        return [change for change in changes if doubts(change, self.system) == most]

    def _slips(self, row: Row) -> Iterator[Slip]:
        """The slips of one row that mend some of the broken sums and leave all others as they are."""
        cells = [cell for cell in self.system.rows[row] if is_changeable(cell, self.system)]
        for chosen in (*((cell,) for cell in cells), *combinations(cells, 2)):
            tried = self._tried(chosen)
            if tried is not None:
                yield tried

    def _tried(self, chosen: tuple[Address, ...]) -> Slip | None:
        found = solved(self.system, chosen, [self.broken[n] for n in self._touching[row_of(chosen[0])]])
        if found is None or (len(chosen) == 2 and not self._is_one_slip(*chosen, found)):
            return None
        touched = dict.fromkeys(equation for cell in chosen for equation in self.system.containing[cell])
        if not all(self.system.holds(equation, found) for equation in touched):
            return None
        mended = (n for n in self._touching[row_of(chosen[0])] if self.broken[n] in touched)
        return Slip(found, frozenset(mended))

    def _is_one_slip(self, first: Address, second: Address, found: Change) -> bool:
        """A source moves with its total, or against another source."""
        shifts = [found[cell] - (self.system.values[cell] or 0) for cell in (first, second)]
        return shifts[0] == (shifts[1] if is_total(first) or is_total(second) else -shifts[1])


def _joined(size: int, groups: Iterable[Iterable[int]]) -> list[list[int]]:
    """The numbers below `size`, those that share a group together, in order."""
    head = list(range(size))

    def of(number: int) -> int:
        while head[number] != number:
            number = head[number]
        return number

    for group in groups:
        first, *others = sorted(group)
        for other in others:
            low, high = sorted((of(first), of(other)))
            head[high] = low
    parts: dict[int, list[int]] = {}
    for number in range(size):
        parts.setdefault(of(number), []).append(number)
    return list(parts.values())


def _least_covers(numbers: frozenset[int], slips: dict[int, list[Slip]]) -> tuple[int, list[tuple[Slip, ...]]]:
    """The fewest slips that mend all the sums, each by one of them, and the ways to choose so many; (0, []) if there is none."""
    for count in range(1, MOST_SLIPS + 1):
        covers = list(_covers(numbers, slips, count))
        if covers:
            return count, covers
    return 0, []


def _covers(numbers: frozenset[int], slips: dict[int, list[Slip]], count: int) -> Iterator[tuple[Slip, ...]]:
    """Every choice of so many slips, listed by the first sum they mend, that together mend each of the sums once."""
    if not numbers or not count:
        if not numbers and not count:
            yield ()
        return
    for slip in slips.get(min(numbers), ()):
        if slip.mended <= numbers:
            yield from ((slip, *others) for others in _covers(numbers - slip.mended, slips, count - 1))
