"""Which cell to mend when sums break, and which broken sums merely follow.

The least change considered here is one slip: one row of one thing, in the column that
breaks and in those that break by the same difference at the same total (a figure is
typed into its source and its total at once). A slip explains a finding when every
equation that contains the changed cells holds afterwards. One explanation: the cell is
named, and other broken sums that it mends are its consequences. Several: all are told.
None: none is.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from pipeline.equations import Equation, System
from schemas.address import Address
from schemas.finding import Finding, Suggestion, phrase

_MOST_SUGGESTIONS = 12


class _Slip(NamedTuple):
    """Cells and the values that would mend them."""

    cells: dict[Address, Decimal]


class _Break(NamedTuple):
    """Findings of one code at one row whose difference is the same in several columns."""

    findings: tuple[Finding, ...]
    equations: tuple[Equation, ...]
    difference: Decimal


def with_causes(findings: tuple[Finding, ...], system: System) -> tuple[Finding, ...]:
    """The findings with suggestions, causes and consequences filled in."""
    breaks = _breaks(findings, system)
    slips = [list(_slips(item, system)) for item in breaks]
    causes: dict[str, str] = {}
    for item, found in zip(breaks, slips, strict=True):
        if len(found) != 1 or any(finding.id in causes for finding in item.findings):
            continue
        root = _blamed(found[0], findings)
        for other in breaks:
            mended = other is item and root is not None
            if mended or (other is not item and _mends(found[0], other, system)):
                for finding in other.findings:
                    causes.setdefault(finding.id, (root or _twin(finding, item)).id)
    causes = {follower: _first_cause(follower, causes) for follower in causes}
    following: dict[str, list[str]] = {}
    for finding in findings:
        if finding.id in causes:
            following.setdefault(causes[finding.id], []).append(finding.id)
    suggestions = {f.id: _suggestions(f, found) for item, found in zip(breaks, slips, strict=True) for f in item.findings}
    return tuple(
        finding.model_copy(update={
            "cause": causes.get(finding.id),
            "consequences": tuple(following.get(finding.id, ())),
            "suggestions": suggestions.get(finding.id, ()),
        }) for finding in findings
    )  # fmt: skip


def _first_cause(finding: str, causes: dict[str, str]) -> str:
    """The cause at the end of the chain: what follows from a consequence follows from its cause."""
    seen = {finding}
    cause = causes[finding]
    while cause in causes and causes[cause] not in seen:
        seen.add(cause)
        cause = causes[cause]
    return cause


def _breaks(findings: tuple[Finding, ...], system: System) -> list[_Break]:
    equations = {(equation.code, equation.total): equation for equation in system.equations}
    grouped: dict[tuple[str, Address, Decimal], list[tuple[Finding, Equation]]] = {}
    for finding in findings:
        equation = equations.get((finding.code, finding.remark.address))
        difference = finding.remark.difference
        if equation and difference:
            row = finding.remark.address.at(column=None, source=None)
            grouped.setdefault((finding.code, row, difference), []).append((finding, equation))
    return [
        _Break(tuple(f for f, _ in members), tuple(e for _, e in members), difference)
        for (_, _, difference), members in grouped.items()
    ]  # fmt: skip


def _slips(item: _Break, system: System) -> Iterator[_Slip]:
    """The slips that explain a break: its total, or one of its terms, in all its columns."""
    first = item.equations[0]
    for position in range(-1, len(first.terms)):
        cells: dict[Address, Decimal] = {}
        for equation in item.equations:
            if position >= len(equation.terms):
                break
            address = equation.total if position < 0 else equation.terms[position]
            shift = -item.difference if position < 0 else item.difference
            cells[address] = (system.values[address] or Decimal(0)) + shift
        if cells and min(cells.values()) >= 0 and _explains(cells, system):
            yield _Slip(cells)


def _explains(cells: dict[Address, Decimal], system: System) -> bool:
    touched = dict.fromkeys(equation for address in cells for equation in system.containing[address])
    return all(system.holds(equation, cells) for equation in touched)


def _mends(slip: _Slip, item: _Break, system: System) -> bool:
    return all(any(a in slip.cells for a in (e.total, *e.terms)) and system.holds(e, slip.cells) for e in item.equations)


def _blamed(slip: _Slip, findings: tuple[Finding, ...]) -> Finding | None:
    """The finding about the very number that slipped («2б00,0»), which then is the cause."""
    return next((f for f in findings if f.code.startswith("AMT") and f.remark.address in slip.cells), None)


def _twin(finding: Finding, item: _Break) -> Finding:
    """The finding of the break in the same column, else its first."""
    column = finding.remark.address.column
    return next((f for f in item.findings if f.remark.address.column == column), item.findings[0])


def _suggestions(finding: Finding, slips: list[_Slip]) -> tuple[Suggestion, ...]:
    if len(slips) > _MOST_SUGGESTIONS:
        return ()
    why = phrase("с этим значением сходятся все суммы, в которые оно входит")
    if len(slips) > 1:
        why = phrase("с этим значением сходятся все суммы, но это лишь один из вариантов (всего их {count})", count=len(slips))
    column = finding.remark.address.column
    return tuple(
        Suggestion(address=address, value=value, why=why)
        for slip in slips
        for address, value in slip.cells.items()
        if len(slip.cells) == 1 or address.column == column
    )
