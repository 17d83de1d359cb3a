"""Changes carried out on what an edition says: the old content becomes the new one exactly, and back.

The content is that of `content`. Things that are told to have come, gone or moved stand
where their pointers say; all others keep their order.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import regex

from pipeline.align import renumbering
from pipeline.content import Plain, plain_whole
from schemas.change import Change, Column, Kind, Text

_NUMBERED = ("tasks", "activities", "indicators", "sections")
_BLOCKS = ("years", "subtotal", "grand_total")
_LISTS = (*_NUMBERED, "rows", "funding", "headings", "amending_acts", "repeated", "paragraphs", "unread", "aside")
_THING = regex.compile(rf".*/(?:{'|'.join(_LISTS)})/\d+")


class Conflict(ValueError):
    """Changes that do not belong to this edition: what they lead from does not stand there."""


def apply(changes: Iterable[Change], old: Mapping[str, Plain]) -> dict[str, Plain]:
    """The content that the changes lead to; raises `Conflict` where they do not fit."""
    return _Replay(changes, old).result()


def backwards(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes that lead back: what came goes, what was new is old.

    They are for replaying: roles, groups and totals are those of a comparison, and left out.
    """
    turned = {Kind.ADDED: Kind.REMOVED, Kind.REMOVED: Kind.ADDED}
    return tuple(
        Change(
            id=change.id, kind=turned.get(change.kind, change.kind), field=change.field, form=change.form,
            address_old=change.address_new, address_new=change.address_old, place_old=change.place_new, place_new=change.place_old,
            pointer_old=change.pointer_new, pointer_new=change.pointer_old, old=change.new, new=change.old,
            delta=None if change.delta is None else -change.delta,
        )
        for change in changes
    )  # fmt: skip


class _Placed(NamedTuple):
    """A thing that has a place of its own: where it stood, or what it is when it is new."""

    pointer_old: str | None
    thing: Plain
    change: Change


class _Replay:
    """The changes, sorted by what they do where."""

    def __init__(self, changes: Iterable[Change], old: Mapping[str, Plain]) -> None:
        self.old = old
        self.taken: set[str] = set()  # things that leave their place in the old lists
        self.placed: dict[str, dict[int, _Placed]] = {}  # list in the new content → position → thing
        self.values: dict[str, Plain] = {}  # pointer in the new content → value
        self.dropped: set[str] = set()  # values of the old content that go
        self.expected: dict[str, Plain] = {}  # pointer in the old content → value that must stand there
        for change in changes:
            self._sort(change)
        self.tasks = renumbering(self._task_numbers())

    def result(self) -> dict[str, Plain]:
        made: dict[str, Plain] = self._build(self.old, "", "")
        if self.expected:
            raise Conflict(f"nothing stands at {next(iter(self.expected))}")
        for pointer, value in self.values.items():
            _put(made, pointer.split("/")[1:], value)
        return made

    def _sort(self, change: Change) -> None:
        old, new = change.pointer_old, change.pointer_new
        if isinstance(change.new or change.old, Column):
            self._sort_column(change)
        elif change.kind in (Kind.MOVED, Kind.RENUMBERED) or (change.kind != Kind.ALTERED and _THING.fullmatch(new or old or "")):
            if old is not None:
                self.taken.add(old)
            if new is not None:
                list_, _, position = new.rpartition("/")
                self.placed.setdefault(list_, {})[int(position)] = _Placed(old, _new_thing(change), change)
        else:
            if old is not None:
                self.expected[old] = plain_whole(change.old)
            if new is not None:
                self.values[new] = plain_whole(change.new)
            elif old is not None:
                self.dropped.add(old)

    def _sort_column(self, change: Change) -> None:
        if isinstance(change.new, Column):
            self.values |= {pointer: plain_whole(amount) for pointer, amount in change.new.cells.items()}
        elif isinstance(change.old, Column):
            self.dropped.update(change.old.cells)

    def _task_numbers(self) -> Iterator[tuple[str, str]]:
        """The number of each task that stayed, before and after."""
        became = {p.pointer_old: p.change.new.text for p in self.placed.get("/tasks", {}).values() if isinstance(p.change.new, Text)}
        for n, task in enumerate(self.old["tasks"]):
            pointer = f"/tasks/{n}"
            if pointer not in self.taken or pointer in became:
                yield task["number"], became.get(pointer, task["number"])

    def _build(self, node: Plain, old: str | None, new: str) -> Plain:
        """What will stand at the new pointer, from what stood at the old one (None: all of it is new)."""
        if old is not None and old in self.expected:
            wanted = self.expected.pop(old)
            if wanted != node:
                raise Conflict(f"{old}: {wanted!r} is expected, {node!r} stands there")
        if isinstance(node, dict):
            return self._build_dict(node, old, new)
        return self._build_list(node, old, new) if isinstance(node, list) else node

    def _build_dict(self, node: dict[str, Plain], old: str | None, new: str) -> dict[str, Plain]:
        made: dict[str, Plain] = {}
        for name, value in node.items():
            before = None if old is None else f"{old}/{name}"
            built = self._build(value, before, f"{new}/{name}")
            if before not in self.dropped and (built or not value or new.rpartition("/")[2] not in _BLOCKS):
                made[name] = built
        return made

    def _build_list(self, node: list[Plain], old: str | None, new: str) -> list[Plain]:
        placed = self.placed.get(new, {})
        staying = [(item, None if old is None else f"{old}/{n}") for n, item in enumerate(node)]
        waiting = iter([(item, pointer) for item, pointer in staying if pointer not in self.taken])
        made: list[Plain] = []
        while (thing := placed.get(len(made)) or next(waiting, None)) is not None:
            pointer = f"{new}/{len(made)}"
            made.append(self._place(thing, pointer) if isinstance(thing, _Placed) else self._follow(self._build(*thing, pointer)))
        return made

    def _place(self, placed: _Placed, pointer: str) -> Plain:
        """A thing at its own place, with its new number; one that moved brings what stood in it."""
        if placed.pointer_old is None:
            return self._build(placed.thing, None, pointer)
        made = self._follow(self._build(_get(self.old, placed.pointer_old), placed.pointer_old, pointer))
        change = placed.change
        if isinstance(made, dict) and pointer.split("/")[-2] in _NUMBERED and isinstance(change.new, Text):
            if "indicators" in pointer:
                made["task"] = (change.address_new and change.address_new.task) or ""
            made["number"] = change.new.text if made["number"] else ""
        return made

    def _follow(self, thing: Plain) -> Plain:
        """An indicator under a task that bears another number now."""
        if isinstance(thing, dict) and "task" in thing:
            thing["task"] = self.tasks.get(thing["task"], thing["task"])
        return thing


def _new_thing(change: Change) -> Plain:
    thing = plain_whole(change.new) if change.kind == Kind.ADDED else None
    is_repeated = (change.pointer_new or "").startswith("/repeated/")
    return {"address": str(change.address_new), "amounts": thing} if is_repeated else thing


def _get(node: Plain, pointer: str) -> Plain:
    for step in pointer.split("/")[1:]:
        node = node[int(step)] if isinstance(node, list) else node[step]
    return node


def _put(node: Plain, path: list[str], value: Plain) -> None:
    for step in path[:-1]:
        node = node[int(step)] if isinstance(node, list) else node.setdefault(step, {})
    node[int(path[-1]) if isinstance(node, list) else path[-1]] = value
