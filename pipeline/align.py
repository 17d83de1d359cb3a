"""Which things of two editions are the same thing: by group, number and name, never by position.

The strongest evidence is used up first: same number and name; same name under another
number (renumbered); same number with a similar name (renamed); same name in another
task (moved); a very similar name under another number. What is left over on either
side was removed or added. A name that several things bear is no evidence by itself.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from extractors.text import key
from schemas.address import Address
from schemas.edition import Edition, Indicator

_RENAMED, _RENAMED_AND_RENUMBERED = 0.5, 0.75


class Item(NamedTuple):
    """A thing to be paired: its address, its group in the new edition, its number and name, itself."""

    address: Address
    group: Hashable
    number: str
    name: str
    thing: object


Pair = tuple[Item | None, Item | None]


class Alignment(NamedTuple):
    """The pairs of two editions, each list in the order of the new one, what was removed in its place."""

    tasks: tuple[Pair, ...]
    activities: tuple[Pair, ...]
    indicators: tuple[Pair, ...]
    passport_indicators: tuple[Pair, ...]
    sections: tuple[Pair, ...]
    rows: tuple[Pair, ...]

    def renamed(self, address: Address) -> Address:
        """The address that a thing of the old edition bears in the new one."""
        for pairs in (self.activities, self.tasks, self.indicators, self.passport_indicators):
            for old, new in pairs:
                if old and new and _stands_in(old.address, address):
                    return address.at(task=new.address.task, activity=new.address.activity,
                                      indicator=new.address.indicator, repeat=new.address.repeat)  # fmt: skip
        return address


def _stands_in(outer: Address, address: Address) -> bool:
    keys = ("part", "row", "task", "activity", "indicator")
    return outer.repeat == address.repeat and all(getattr(outer, key) == getattr(address, key) for key in keys)


def align(old: Edition, new: Edition) -> Alignment:
    """Pair everything that two editions hold."""
    tasks = pair(_tasks(old), _tasks(new))
    same_task = {before.number: after.number for before, after in tasks if before and after}

    def task_of(number: str) -> str:
        return same_task.get(number, number)

    return Alignment(
        tasks=tasks,
        activities=pair(_activities(old, task_of), _activities(new)),
        indicators=pair(_indicators(old.indicator_addresses(), task_of), _indicators(new.indicator_addresses())),
        passport_indicators=pair(_indicators(old.passport_indicator_addresses(), task_of),
                                 _indicators(new.passport_indicator_addresses())),
        sections=pair(_sections(old), _sections(new)),
        rows=pair(_rows(old), _rows(new)),
    )  # fmt: skip


def pair(old: Sequence[Item], new: Sequence[Item]) -> tuple[Pair, ...]:
    """Pair two lists; the order is that of the new one, removed things stand behind their former neighbour."""
    matched: dict[int, int] = {}
    free_old, free_new = dict(enumerate(old)), dict(enumerate(new))

    def take(before: int, after: int) -> None:
        matched[after] = before
        del free_old[before], free_new[after]

    for evidence in (
        lambda item: (item.group, item.number, key(item.name)),
        lambda item: (item.group, key(item.name)),
    ):
        for before, after in _unique(free_old, free_new, evidence):
            take(before, after)
    for threshold, same in ((_RENAMED, True), (None, False), (_RENAMED_AND_RENUMBERED, None)):
        if threshold is None:
            found = list(_unique(free_old, free_new, lambda item: key(item.name)))
        else:
            found = _similar(free_old, free_new, threshold, same_number=same)
        for before, after in found:
            take(before, after)
    return tuple(_in_order(old, new, matched))


def _unique(old: dict[int, Item], new: dict[int, Item], evidence: Callable[[Item], Hashable]) -> list[tuple[int, int]]:
    """Pairs whose evidence is borne by exactly one thing on either side."""
    sides: list[dict[Hashable, list[int]]] = [{}, {}]
    for side, items in zip(sides, (old, new), strict=True):
        for position, item in items.items():
            side.setdefault(evidence(item), []).append(position)
    return [(before[0], sides[1][what][0]) for what, before in sides[0].items() if len(before) == 1 and len(sides[1].get(what, ())) == 1]


def _similar(old: dict[int, Item], new: dict[int, Item], threshold: float, same_number: bool | None) -> list[tuple[int, int]]:
    """Pairs of one group whose names are alike, the most alike first, each thing once."""
    ranked: list[tuple[float, int, int]] = []
    for before, left in old.items():
        for after, right in new.items():
            if left.group == right.group and (same_number is None or left.number == right.number):
                likeness = _likeness(left.name, right.name)
                if likeness >= threshold:
                    ranked.append((-likeness, before, after))
    used_old, used_new, found = set[int](), set[int](), list[tuple[int, int]]()
    for _, before, after in sorted(ranked):
        if before not in used_old and after not in used_new:
            used_old.add(before)
            used_new.add(after)
            found.append((before, after))
    return found


def _likeness(left: str, right: str) -> float:
    return SequenceMatcher(None, key(left), key(right), autojunk=False).ratio()


def _in_order(old: Sequence[Item], new: Sequence[Item], matched: dict[int, int]) -> Iterator[Pair]:
    kept = set(matched.values())
    removed_after: dict[int, list[int]] = {}
    last = -1
    for position in range(len(old)):
        if position in kept:
            last = position
        else:
            removed_after.setdefault(last, []).append(position)
    for position in removed_after.get(-1, ()):
        yield old[position], None
    for after, item in enumerate(new):
        before = matched.get(after)
        yield (old[before] if before is not None else None), item
        for position in removed_after.get(before, ()) if before is not None else ():
            yield old[position], None


def _tasks(edition: Edition) -> list[Item]:
    addresses = [address for address, _ in edition.blocks() if address.task is not None and address.activity is None]
    return [Item(address, None, task.number, task.name, task) for address, task in zip(addresses, edition.tasks, strict=True)]


def _activities(edition: Edition, renamed: Callable[[str], str] = str) -> list[Item]:
    addresses = [address for address, _ in edition.blocks() if address.activity is not None]
    things = [activity for task in edition.tasks for activity in task.activities]
    return [Item(a, renamed(a.task or ""), thing.number, thing.name, thing) for a, thing in zip(addresses, things, strict=True)]


def _indicators(addressed: Iterator[tuple[Address, Indicator]], renamed: Callable[[str], str] = str) -> list[Item]:
    return [Item(address, (thing.scope, renamed(thing.task) if thing.task else None), address.indicator or "", thing.name, thing)
            for address, thing in addressed]  # fmt: skip


def _sections(edition: Edition) -> list[Item]:
    return [
        Item(Address(part="section", section=section.number), None, section.number, section.title, section) for section in edition.sections
    ]


def _rows(edition: Edition) -> list[Item]:
    return [Item(Address(part="passport", row=row.field or key(row.label).replace(" ", "_")), None, row.field or "", row.label, row)
            for row in edition.passport.rows]  # fmt: skip
