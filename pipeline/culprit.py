"""Which finding is the cause, which merely follow from it, and what would mend them.

Every fault (`pipeline.localise`) has one cause: where the document decides, the finding
of each slip that lies nearest to it, else the fault's first finding, with all the changes
that would do. A finding about the very number that slipped («2б00,0») is the cause of the
sums that it breaks. A number that cannot be read blocks its sums; where they agree on
what it must be, that is suggested. Nothing is ever applied.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property

from pipeline.equations import Row, System, row_of
from pipeline.identities import Equation
from pipeline.localise import Fault, Localiser
from pipeline.slips import Change, cells_of, due, is_total, shown
from pipeline.typos import Miswritten, explained
from schemas.address import Address
from schemas.edition import Edition
from schemas.finding import Finding, Phrase, Severity, Suggestion, phrase

Told = dict[Equation, Finding]


def with_causes(findings: tuple[Finding, ...], system: System, former: Edition | None = None) -> tuple[Finding, ...]:
    """The findings with suggestions, causes and consequences filled in; `former` is the edition before, where it is known."""
    causes = _Causes(findings, system, former)
    for fault in Localiser(system).faults() if system.broken else ():
        causes.tell(fault)
    causes.tell_blocked()
    followers: dict[str, list[str]] = {}
    for finding in findings:
        if finding.id in causes.of:
            followers.setdefault(causes.of[finding.id], []).append(finding.id)
    return tuple(
        finding.model_copy(update={
            "cause": causes.of.get(finding.id),
            "consequences": tuple(followers.get(finding.id, ())),
            "suggestions": causes.suggestions.get(finding.id, ()),
        }) for finding in findings
    )  # fmt: skip


class _Causes:
    """The chain of causes among the findings of one edition: `of` leads from a finding to its cause."""

    def __init__(self, findings: tuple[Finding, ...], system: System, former: Edition | None) -> None:
        self.system = system
        self._former = former.amounts if former else {}
        self._by_sum = {(finding.code, finding.remark.address): finding for finding in findings if finding.remark.expected is not None}
        self._by_cell: dict[Address, list[Finding]] = {}
        for finding in findings:
            if finding.code.startswith("AMT"):
                self._by_cell.setdefault(finding.remark.address, []).append(finding)
        self.of: dict[str, str] = {}
        self.suggestions: dict[str, tuple[Suggestion, ...]] = {}

    def tell(self, fault: Fault) -> None:
        """What a fault means for its findings."""
        told = {e: self._by_sum[e.code, e.total] for e in fault.equations if (e.code, e.total) in self._by_sum}
        changes = sorted(fault.changes, key=self._rank)
        if len(changes) == 1:
            for slip in _by_row(changes[0]):
                self._tell_slip(slip, told)
        elif changes:
            for equation, finding in told.items():
                self.suggestions[finding.id] = tuple(self._suggested(cells_of(equation), changes, fault.is_complete))
            self._follow(next(iter(told.values()), None), told.values())
        else:
            for twins in _twins(told.values()):
                self._follow(twins[0], twins)

    def _tell_slip(self, slip: Change, told: Told) -> None:
        """A slip that the document decides: the cause, what follows from it, and what would mend each."""
        touched = {equation: told.pop(equation) for equation in list(told) if any(cell in slip for cell in cells_of(equation))}
        blamed = [finding for cell in slip for finding in self._by_cell.get(cell, ())]
        self._follow(_cause(slip, touched, blamed), [*touched.values(), *blamed])
        for equation, finding in touched.items():
            self.suggestions[finding.id] = tuple(self._suggested(cells_of(equation), [slip], True))
        for finding in blamed:
            self.suggestions[finding.id] = tuple(self._suggested([finding.remark.address], [slip], True))

    def tell_blocked(self) -> None:
        """A number that cannot be read: the value with which all the sums that wait for it hold."""
        waiting: dict[Address, list[Equation]] = {}
        for equation in sorted(self.system.blocked, key=self.system.bound):
            unread = [cell for cell in cells_of(equation) if self.system.values[cell] is None]
            if len(unread) == 1:
                waiting.setdefault(unread[0], []).append(equation)
        for cell, equations in waiting.items():
            read = {cell: due(self.system, equations[0], cell, {})}
            if read[cell] >= 0 and all(self.system.holds(equation, read) for equation in equations):
                for finding in self._by_cell.get(cell, ()):
                    self.suggestions[finding.id] = tuple(self._suggested([cell], [read], True))

    def _follow(self, cause: Finding | None, findings: Iterable[Finding]) -> None:
        for finding in findings:
            if cause is not None and finding.id != cause.id:
                self.of.setdefault(finding.id, cause.id)

    def _rank(self, change: Change) -> tuple[bool, int]:
        """Best first: a change whose figures tell how they came to be wrong, then one whose figures fewer sums confirm."""
        is_silent = any(self._slip_kind(cell, value) is None for cell, value in change.items())
        return is_silent, sum(len(self.system.containing[cell]) for cell in change)

    def _suggested(self, cells: Iterable[Address], changes: list[Change], is_complete: bool) -> Iterator[Suggestion]:
        """What each change would put into the cells."""
        wanted = list(cells)
        for number, change in enumerate(changes, 1):
            for cell in wanted:
                if cell in change:
                    why = self._why(cell, change[cell], len(changes), is_complete)
                    yield Suggestion(address=cell, value=shown(self.system, cell, change[cell]), why=why, change=number)

    def _why(self, cell: Address, value: Decimal, count: int, is_complete: bool) -> Phrase:
        if count == 1:
            reason = phrase("с этим значением сходятся все суммы, в которые оно входит")
        elif is_complete:
            reason = phrase("с этим значением сходятся все суммы, но это лишь один из вариантов (всего их {count})", count=count)
        else:
            reason = phrase("с этим значением сходятся все суммы, но это лишь один из многих вариантов (больше {count})", count=count)
        kind = self._slip_kind(cell, value)
        return phrase("{reason}; похоже, {kind}", reason=reason, kind=kind) if kind else reason

    def _slip_kind(self, cell: Address, due: Decimal) -> Phrase | None:
        former = self._former.get(cell)
        neighbours = {other: self.system.values[other] for other in self._neighbours(cell)}
        return explained(Miswritten(cell, self.system.amounts[cell], due, neighbours, former.value if former else None))

    def _neighbours(self, cell: Address) -> Iterator[Address]:
        """The other years of the cell's column, and the other sources of its row."""
        yield from (other for other in self._lines.get(_line(cell), ()) if other.year not in (cell.year, "total"))
        if not is_total(cell):
            yield from (other for other in self.system.rows.get(row_of(cell), ()) if other != cell and not is_total(other))

    @cached_property
    def _lines(self) -> dict[Row, list[Address]]:
        """The cells of each column of a block."""
        found: dict[Row, list[Address]] = {}
        for cell in self.system.containing:
            found.setdefault(_line(cell), []).append(cell)
        return found


def _line(cell: Address) -> Row:
    """The column of a block in which a cell stands."""
    return cell.part, cell.row, cell.task, cell.activity, cell.column or cell.source, cell.repeat


def _by_row(change: Change) -> list[dict[Address, Decimal]]:
    """The slips of a change: its cells row by row."""
    rows: dict[Row, dict[Address, Decimal]] = {}
    for cell, value in change.items():
        rows.setdefault(row_of(cell), {})[cell] = value
    return list(rows.values())


def _cause(slip: Change, touched: Told, blamed: list[Finding]) -> Finding | None:
    """The finding that lies nearest to a slip: about the number itself, about the total that slipped, about the lowest sum."""
    errors = [finding for finding in blamed if finding.severity == Severity.ERROR]
    if errors or not touched:
        return errors[0] if errors else None
    ranked = sorted(touched.items(), key=lambda pair: (pair[0].total not in slip, pair[0].code == "AGR001", pair[0].code))
    return ranked[0][1]


def _twins(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Findings of one code at one row with one difference: a figure typed into its source and its total."""
    groups: dict[object, list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.code, row_of(finding.remark.address), finding.remark.difference), []).append(finding)
    return list(groups.values())
