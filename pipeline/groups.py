"""Changes that are one event: years or sources that came or went, money that moved with the sum unchanged."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from pipeline.balance import Cell
from pipeline.differences import Draft, Side
from schemas.address import SOURCES, Address
from schemas.amount import Amount
from schemas.change import Change, Column, Group, GroupKind, Kind, Role, Trait
from schemas.edition import Edition, Funding, Money

_ZERO = Decimal(0)
_EVENTS = {
    (Kind.ADDED, "year"): GroupKind.YEAR_ADDED, (Kind.REMOVED, "year"): GroupKind.YEAR_REMOVED,
    (Kind.ADDED, "source"): GroupKind.SOURCE_ADDED, (Kind.REMOVED, "source"): GroupKind.SOURCE_REMOVED,
}  # fmt: skip


class _Event(NamedTuple):
    kind: GroupKind
    subject: str | None
    members: tuple[str, ...]


def with_columns(drafts: list[Draft], old: Edition, new: Edition) -> list[Draft]:
    """A source that a table has gained or lost: its cells without money are one change, those with money one each."""
    known = [_sources(edition) for edition in (old, new)]
    made: list[Draft] = []
    columns: dict[str, int] = {}
    cells: dict[str, dict[str, Amount]] = {}
    for draft in drafts:
        address, value = draft.here.address, draft.here.value
        source = str(address.column)
        if address.part == "appendix2" and isinstance(value, Amount) and source in known[0] ^ known[1] and not value.value:
            if source not in columns:
                columns[source] = len(made)
                made.append(draft)
            cells.setdefault(source, {})[draft.here.pointer or ""] = value
        else:
            made.append(draft)
    for source, place in columns.items():
        side = Side(Address.of({"part": "appendix2", "column": source}), "", Column(source=source, cells=cells[source]))
        is_added = made[place].new is not None
        made[place] = Draft(Kind.ADDED if is_added else Kind.REMOVED, "amount", None if is_added else side, side if is_added else None)
    return made


def _sources(edition: Edition) -> set[str]:
    """The sources that the table of appendix 2 has columns for."""
    blocks = (block for _, block in edition.blocks())
    return {column for block in blocks for money in block.values() for column, _ in money.amounts()} & set(SOURCES)


def grouped(changes: Sequence[Change], moved: Sequence[Cell], old: Edition, new: Edition) -> tuple[list[Change], tuple[Group, ...]]:
    """The changes with their groups, and the groups."""
    deltas: dict[str, Decimal] = {}
    for cell in moved:
        deltas[cell.change] = deltas.get(cell.change, _ZERO) + cell.delta
    taken: dict[str, str] = {}
    groups: list[Group] = []
    for event in (*_events(changes, old, new), *_transfers(changes, moved)):
        members = tuple(member for member in event.members if member not in taken)
        if len(members) > 1:
            number = f"G{len(groups) + 1}"
            taken.update(dict.fromkeys(members, number))
            delta = sum((deltas.get(member, _ZERO) for member in members), _ZERO)
            groups.append(Group(id=number, kind=event.kind, subject=event.subject, changes=members, delta=delta))
    kinds = {group.id: group.kind for group in groups}
    return [_member(change, taken.get(change.id), kinds) for change in changes], tuple(groups)


def _member(change: Change, group: str | None, kinds: dict[str, GroupKind]) -> Change:
    if group is None:
        return change
    is_event = kinds[group] in _EVENTS.values()
    return change.model_copy(update={"group": group, "traits": change.traits if is_event else (*change.traits, Trait.TRANSFERRED)})


def _events(changes: Sequence[Change], old: Edition, new: Edition) -> Iterator[_Event]:
    """Years and sources that one of the editions has nowhere."""
    sources = [_sources(edition) | {funding.source for funding in edition.passport.funding} for edition in (old, new)]
    years = [{address.year for address in edition.amounts} for edition in (old, new)]
    found: dict[tuple[Kind, str, str], list[str]] = {}
    for change in changes:
        address, value = change.address_new or change.address_old, change.new or change.old
        if change.kind in (Kind.ADDED, Kind.REMOVED) and address is not None and isinstance(value, Amount | Money | Funding | Column):
            source = address.source or address.column
            if source in sources[0] ^ sources[1]:
                found.setdefault((change.kind, "source", str(source)), []).append(change.id)
            elif address.year in years[0] ^ years[1]:
                found.setdefault((change.kind, "year", str(address.year)), []).append(change.id)
    for (kind, what, subject), members in found.items():
        yield _Event(_EVENTS[kind, what], subject, tuple(members))


def _transfers(changes: Sequence[Change], moved: Sequence[Cell]) -> Iterator[_Event]:
    """Money that only moved: within an activity, then within a year and source, then within the programme."""
    primary = {change.id for change in changes if change.role == Role.PRIMARY}
    free = [cell for cell in moved if cell.delta and cell.change in primary]
    steps: tuple[tuple[GroupKind, Callable[[Cell], Hashable]], ...] = (
        (GroupKind.BETWEEN_SOURCES, lambda cell: (cell.task, cell.activity, cell.year)),
        (GroupKind.BETWEEN_YEARS, lambda cell: (cell.task, cell.activity)),
        (GroupKind.BETWEEN_ACTIVITIES, lambda cell: (cell.task, cell.year, cell.source)),
        (GroupKind.BETWEEN_ACTIVITIES, lambda cell: (cell.year, cell.source)),
        (GroupKind.BETWEEN_ACTIVITIES, lambda cell: cell.task),
        (GroupKind.BETWEEN_ACTIVITIES, lambda cell: None),  # noqa: ARG005 — all of the programme
    )
    for kind, within in steps:
        together: dict[Hashable, list[Cell]] = {}
        for cell in free:
            together.setdefault(within(cell), []).append(cell)
        for cells in together.values():
            members = dict.fromkeys(cell.change for cell in cells)
            if len(members) > 1 and not sum((cell.delta for cell in cells), _ZERO) and _whole(cells, free):
                yield _Event(kind, None, tuple(members))
                free = [cell for cell in free if cell.change not in members]


def _whole(cells: list[Cell], free: list[Cell]) -> bool:
    """Whether the changes are told by these cells alone: an activity that came has cells elsewhere too."""
    members = {cell.change for cell in cells}
    return len(cells) == sum(cell.change in members for cell in free)
