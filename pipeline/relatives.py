"""Changes that belong together: one thing that became two, two that became one, a number that follows from another."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from pipeline.balance import Cell
from pipeline.meaning import text_meaning
from pipeline.similarity import similarity
from schemas.change import Change, Kind, Text, Trait
from schemas.edition import Activity, Edition

_ALIKE = 0.3  # of the names of the parts of an activity that was split


class _Found(NamedTuple):
    """A change that came or went, and the thing that lost or gained as much: the trait of both, and whether only form changed."""

    whole: Change
    parts: tuple[Change, ...]
    trait: Trait
    form: bool = False


def with_relatives(changes: Sequence[Change], moved: Sequence[Cell], new: Edition) -> list[Change]:
    """The changes with what was split from what, and what was merged into what."""
    found = [*_paragraphs(changes), *_activities(changes, moved, new)]
    updates: dict[str, dict[str, object]] = {}
    for whole, parts, trait, form in found:
        for change, others in ((whole, parts), *((part, (whole,)) for part in parts)):
            relatives = tuple(address for other in others if (address := other.address_new or other.address_old))
            updates[change.id] = {"traits": (*change.traits, trait), "relatives": relatives, "form": form}
    return [change.model_copy(update=updates[change.id]) if change.id in updates else change for change in changes]


def _paragraphs(changes: Sequence[Change]) -> Iterator[_Found]:
    """A paragraph that came or went beside one that lost or gained its text."""
    texts = [change for change in changes if change.field == "text" and _paragraph(change) is not None]
    for one, other in pairwise(texts):
        for altered, whole in ((one, other), (other, one)):
            if altered.kind == Kind.ALTERED and whole.kind in (Kind.ADDED, Kind.REMOVED) and _parts(altered, whole):
                yield _Found(whole, (altered,), Trait.SPLIT if whole.kind == Kind.ADDED else Trait.MERGED, True)


def _paragraph(change: Change) -> int | None:
    address = change.address_new or change.address_old
    return address.paragraph if address is not None else None


def _parts(altered: Change, whole: Change) -> bool:
    """Whether the texts before and after are the same but for where they are cut."""
    piece, before, after = whole.new or whole.old, altered.old, altered.new
    if not (isinstance(piece, Text) and isinstance(before, Text) and isinstance(after, Text)):
        return False
    long, short = (before, after) if whole.kind == Kind.ADDED else (after, before)
    return text_meaning(long.text) in (text_meaning(f"{short.text} {piece.text}"), text_meaning(f"{piece.text} {short.text}"))


def _activities(changes: Sequence[Change], moved: Sequence[Cell], new: Edition) -> Iterator[_Found]:
    """An activity that came or went, and an alike one of the same task that lost or gained exactly its money."""
    own: dict[str, dict[tuple[str, str], Decimal]] = {}
    others: dict[tuple[str | None, str | None], list[Cell]] = {}
    wholes = {c.id: c for c in changes if c.kind in (Kind.ADDED, Kind.REMOVED) and isinstance(c.new or c.old, Activity)}
    for cell in moved:
        if cell.change in wholes and cell.delta:
            own.setdefault(cell.change, {})[cell.year, cell.source] = cell.delta
        elif cell.delta:
            others.setdefault((cell.task, cell.activity), []).append(cell)
    names: dict[tuple[str | None, str | None], str] = {
        (task.number, activity.number): activity.name for task in new.tasks for activity in task.activities
    }
    by_id = {change.id: change for change in changes}
    for change, money in own.items():
        whole = wholes[change]
        thing = whole.new or whole.old
        for owner, cells in others.items():
            balanced = {(cell.year, cell.source): -cell.delta for cell in cells} == money and _task(whole) == owner[0]
            if balanced and isinstance(thing, Activity) and similarity(thing.name, names.get(owner, "")) >= _ALIKE:
                parts = tuple(by_id[found] for found in dict.fromkeys(cell.change for cell in cells))
                yield _Found(whole, parts, Trait.SPLIT if whole.kind == Kind.ADDED else Trait.MERGED)


def _task(change: Change) -> str | None:
    address = change.address_new or change.address_old
    return address.task if address is not None else None


def with_causes(changes: Sequence[Change]) -> list[Change]:
    """The renumbered ones with the change from which their number follows: of their task, or what came or went before them."""
    tasks = {c.address_new.task: c.id for c in changes if c.kind == Kind.RENUMBERED and c.address_new and c.address_new.activity is None}
    made: list[Change] = []
    last: dict[str | None, str] = {}
    for change in changes:
        address = change.address_new or change.address_old
        if address is not None and address.activity is not None and address.part == "appendix2":
            if change.kind == Kind.RENUMBERED and change.address_old is not None:
                of_task = tasks.get(address.task) if change.address_old.task != address.task else None
                cause = of_task or last.get(address.task)
                change = change.model_copy(update={"cause": cause})
            elif change.field == "name" and change.kind != Kind.ALTERED:
                last[address.task] = change.id
        made.append(change)
    return made
