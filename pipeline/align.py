"""Which things of two editions are the same thing: by group, number, name and content, never by position alone.

What bears the same number and name in the same group is paired at once. For the rest the
evidence is weighed, and of all ways to pair them the one with the greatest sum is taken
(`assignment`), not the best pair first. A pair to which another reading comes close is
doubtful, and says so with the other readings.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from extractors.text import key
from pipeline.assignment import assign
from pipeline.outline import Node, outline
from pipeline.similarity import similarity
from schemas.address import Address
from schemas.amount import Amount
from schemas.change import Evidence, Pairing, Reading, Thing
from schemas.edition import Edition

_ADMISSIBLE, _SURE, _MARGIN = 0.5, 0.6, 0.1
_ALIKE = 0.5  # names that are alike enough to be evidence
_KEPT = 0.8  # of the content
_UNCHANGED = 0.1  # a thing that kept its name and all that it holds is hardly another one, wherever it stands now
Ident = tuple[str, str, str | None]
_BY_NUMBER: tuple[Thing, ...] = ("indicator", "passport-indicator", "heading")  # they name their task by its number
_RUNNING: tuple[Thing, ...] = ("paragraph", "unread", "aside")


class Weights(NamedTuple):
    """How much each kind of evidence counts; together 1."""

    name: float
    number: float
    group: float
    content: float


_WEIGHTS, _RUNNING_WEIGHTS = Weights(0.5, 0.15, 0.15, 0.2), Weights(0.75, 0, 0.15, 0.1)


class Pair(NamedTuple):
    """A thing before and after (None: it came or went), and why both are one thing."""

    old: Node | None
    new: Node | None
    pairing: Pairing | None
    changed_group: bool = False

    @property
    def node(self) -> Node:
        """The thing as it is, or as it was."""
        node = self.new or self.old
        assert node is not None  # a pair is never empty
        return node


class Alignment:
    """All pairs of two editions, in the order of the new one; what was removed stands behind its former neighbour."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self.pairs = tuple(pairs)
        self.added = frozenset(pair.new.pointer for pair in pairs if pair.new and pair.old is None)
        self.removed = frozenset(pair.old.pointer for pair in pairs if pair.old and pair.new is None)

    @cached_property
    def _renamed(self) -> dict[tuple[object, ...], Address]:
        return {owner(pair.old.address): pair.new.address for pair in self.pairs if pair.old and pair.new}

    def renamed(self, address: Address) -> Address:
        """The address that a value of the old edition bears in the new one."""
        found = self._renamed.get(owner(address))
        if found is None or owner(found) == owner(address):
            return address
        return address.at(task=found.task, activity=found.activity, indicator=found.indicator, repeat=found.repeat)


def owner(address: Address) -> tuple[object, ...]:
    """What of a value's address tells the thing that holds it."""
    row = address.row if address.part == "passport" else None
    return address.part, row, address.task, address.activity, address.indicator, address.source, address.repeat


def align(former: Edition, latter: Edition) -> Alignment:
    """Pair everything that two editions hold."""
    old, new = outline(former), outline(latter)
    sides = [_by_thing(old), _by_thing(new)]
    contents = [_contents(old), _contents(new)]
    found: dict[Ident, tuple[Node, Pairing, bool]] = {}
    by_number: dict[str | None, str | None] = {}
    above: dict[str | None, str | None] = {}
    for thing in dict.fromkeys(("task", "section", *sides[1])):
        match = _Match(thing, sides[0].get(thing, []), sides[1].get(thing, []), by_number if thing in _BY_NUMBER else above, contents)
        for before, after, pairing in match.pairs():
            found[after.ident] = before, pairing, match.group(before) != after.group
            above[before.pointer] = after.pointer
        if thing == "task":
            by_number = renumbering([(b.number, a.number) for b, a in match.chosen()])
    return Alignment(list(_in_order(old, new, found)))


def renumbering(numbers: Iterable[tuple[str, str]]) -> dict[str | None, str | None]:
    """Which number became which, where that is one and the same for all that bore it."""
    became: dict[str | None, set[str]] = {}
    for before, after in numbers:
        became.setdefault(before, set()).add(after)
    return {before: next(iter(after)) for before, after in became.items() if len(after) == 1}


def _by_thing(nodes: Sequence[Node]) -> dict[Thing, list[Node]]:
    found: dict[Thing, list[Node]] = {}
    for node in nodes:
        found.setdefault(node.thing, []).append(node)
    return found


def _contents(nodes: Sequence[Node]) -> Callable[[Node], frozenset[str]]:
    """What each thing holds, for comparing: figures and texts but the name, and the names of what stands under it."""
    under: dict[str, list[str]] = {}
    for node in nodes:
        if node.group and node.thing in ("activity", "paragraph"):
            under.setdefault(node.group, []).append(key(node.name))
    known: dict[Ident, frozenset[str]] = {}

    def content(node: Node) -> frozenset[str]:
        where = node.ident
        if where not in known:
            own = (_held(name, value) for name, value in node.held.items() if name not in ("name", "title", "label", "number"))
            known[where] = frozenset([text for text in own if text] + under.get(node.pointer, []))
        return known[where]

    return content


def _held(name: str, value: object) -> str:
    if isinstance(value, Amount):
        return f"{name}={value.value.normalize()}" if value.value else ""
    text = key(getattr(value, "text", ""))
    return f"{name}={text}" if text else ""


class _Match:
    """Pairs the things of one kind; `above` tells what became of their groups."""

    def __init__(
        self,
        thing: Thing,
        old: list[Node],
        new: list[Node],
        above: dict[str | None, str | None],
        contents: Sequence[Callable[[Node], frozenset[str]]],
    ) -> None:
        self.thing, self.old, self.new, self.above, self.contents = thing, old, new, above, contents
        self.weights = _RUNNING_WEIGHTS if thing in _RUNNING else _WEIGHTS
        self.exact: dict[int, int] = {}
        self.strengths: dict[tuple[int, int], float] = {}
        self.evidence: dict[tuple[int, int], tuple[Evidence, ...]] = {}
        self._take_exact()
        self._weigh_rest()
        self.weighed = assign(self.strengths)
        self.back = {after: before for before, after in self.weighed.items()}
        self.rights: dict[int, list[int]] = {}
        self.lefts: dict[int, list[int]] = {}
        for left, right in self.strengths:
            self.rights.setdefault(left, []).append(right)
            self.lefts.setdefault(right, []).append(left)

    def group(self, before: Node) -> str | None:
        """The group of a thing of the old edition, as it is called in the new one."""
        return self.above.get(before.group, before.group)

    def number(self, before: Node) -> str:
        """The number of a thing of the old edition; a heading's is that of its task."""
        if self.thing == "heading":
            scope, _, task = before.number.partition(" ")
            return f"{scope} {self.above.get(task, task)}"
        return before.number

    def chosen(self) -> Iterator[tuple[Node, Node]]:
        for before, after in (self.exact | self.weighed).items():
            yield self.old[before], self.new[after]

    def _take_exact(self) -> None:
        """What says the same on both sides, and equally often, is the same in order."""
        sides: list[dict[tuple[object, ...], list[int]]] = [{}, {}]
        for n, node in enumerate(self.old):
            sides[0].setdefault((self.group(node), self.number(node), key(node.name)), []).append(n)
        for n, node in enumerate(self.new):
            sides[1].setdefault((node.group, node.number, key(node.name)), []).append(n)
        for evidence, before in sides[0].items():
            after = sides[1].get(evidence, [])
            if len(before) == len(after):
                self.exact.update(zip(before, after, strict=True))

    def _weigh_rest(self) -> None:
        taken = set(self.exact.values())
        free = [n for n in range(len(self.new)) if n not in taken]
        for before in (n for n in range(len(self.old)) if n not in self.exact):
            for after in free:
                self._weigh(before, after)

    def _weigh(self, before: int, after: int) -> None:
        left, right = self.old[before], self.new[after]
        same_number = bool(left.number) and self.number(left) == right.number
        same_group = self.group(left) == right.group
        alike = similarity(left.name, right.name)
        weights = self.weights
        strength = weights.name * alike + weights.number * same_number + weights.group * same_group
        if strength + weights.content < _ADMISSIBLE or (self.thing == "act" and not self._one_act(left, right)):
            return
        kept = self._neighbours(before, after) if self.thing in _RUNNING else _shared(self.contents[0](left), self.contents[1](right))
        strength += weights.content * kept + _UNCHANGED * (alike == 1 and kept == 1 and self.thing not in _RUNNING)
        if strength >= _ADMISSIBLE:
            content = Evidence.PLACE if self.thing in _RUNNING else Evidence.CONTENT
            told = ((same_number, Evidence.NUMBER), (alike == 1, Evidence.NAME), (_ALIKE <= alike < 1, Evidence.LIKENESS),
                    (same_group and left.group is not None, Evidence.GROUP), (kept >= _KEPT, content))  # fmt: skip
            self.evidence[before, after] = tuple(evidence for holds, evidence in told if holds)
            self.strengths[before, after] = strength - 1e-6 * abs(before / len(self.old) - after / len(self.new))

    @staticmethod
    def _one_act(left: Node, right: Node) -> bool:
        """An act is another one unless its date or its number stayed."""
        return left.number == right.number or getattr(left.held["date"], "text", None) == getattr(right.held["date"], "text", None)

    def _neighbours(self, before: int, after: int) -> float:
        """Whether what stands before, and what stands behind, are paired with each other."""
        sides = ((before - 1, after - 1), (before + 1, after + 1))
        return (
            sum(self.exact.get(left) == right or (left, right) in ((-1, -1), (len(self.old), len(self.new))) for left, right in sides) / 2
        )

    def pairs(self) -> Iterator[tuple[Node, Node, Pairing]]:
        """The pairs with their evidence."""
        evident = (Evidence.NUMBER, Evidence.NAME, Evidence.GROUP)
        for before, after in self.exact.items():
            left, right = self.old[before], self.new[after]
            told = tuple(e for e, holds in zip(evident, (left.number, left.name, left.group), strict=True) if holds)
            yield left, right, _pairing(self.thing, left, right, told, 1.0, ())
        for before, after in self.weighed.items():
            left, right = self.old[before], self.new[after]
            others = tuple(self._other_readings(before, after))
            strength = self.strengths[before, after]
            yield left, right, _pairing(self.thing, left, right, self.evidence[before, after], strength, others)

    def _other_readings(self, before: int, after: int) -> Iterator[Reading]:
        """Pairs that would have done almost as well, and for a weak pair that there is none."""
        own = self.strengths[before, after]
        for right in self.rights.get(before, ()):
            if right != after and self._loss(before, after, before, right) < _MARGIN:
                yield self._reading(before, right)
        for left in self.lefts.get(after, ()):
            if left != before and self._loss(before, after, left, after) < _MARGIN:
                yield self._reading(left, after)
        if own < _SURE:
            yield Reading(address_old=self.old[before].address, address_new=None, strength=_rounded(1 - own))
            yield Reading(address_old=None, address_new=self.new[after].address, strength=_rounded(1 - own))

    def _reading(self, before: int, after: int) -> Reading:
        pair = before, after
        return Reading(address_old=self.old[before].address, address_new=self.new[after].address,
                       strength=_rounded(self.strengths[pair]), evidence=self.evidence[pair])  # fmt: skip

    def _loss(self, before: int, after: int, left: int, right: int) -> float:
        """By how much the sum falls when `left` goes with `right` instead, and what that sets free with each other."""
        strength = self.strengths.get
        kept = instead = 0.0
        if left == before and right in self.back:
            kept = strength((self.back[right], right), 0.0)
            instead = strength((self.back[right], after), 0.0)
        elif right == after and left in self.weighed:
            kept = strength((left, self.weighed[left]), 0.0)
            instead = strength((before, self.weighed[left]), 0.0)
        return strength((before, after), 0.0) + kept - strength((left, right), 0.0) - instead


def _shared(left: frozenset[str], right: frozenset[str]) -> float:
    """How much of the content is the same; half of it where there is none."""
    return len(left & right) / max(len(left), len(right)) if left or right else 0.5


def _rounded(strength: float) -> Decimal:
    return Decimal(f"{min(strength, 1.0):.2f}")


def _pairing(thing: Thing, old: Node, new: Node, evidence: tuple[Evidence, ...], strength: float, others: tuple[Reading, ...]) -> Pairing:
    return Pairing(thing=thing, address_old=old.address, address_new=new.address, evidence=evidence,
                   strength=_rounded(strength), doubtful=bool(others), alternatives=others)  # fmt: skip


def _in_order(old: Sequence[Node], new: Sequence[Node], found: dict[Ident, tuple[Node, Pairing, bool]]) -> Iterator[Pair]:
    """All things as the new edition has them, with the removed ones behind the one that stood before them."""
    kept = {before.ident for before, _, _ in found.values()}
    removed: dict[Ident | None, list[Node]] = {}
    last: Ident | None = None
    for node in old:
        if node.ident in kept:
            last = node.ident
        else:
            removed.setdefault(last, []).append(node)
    yield from (Pair(node, None, None) for node in removed.get(None, ()))
    for node in new:
        before, pairing, changed = found.get(node.ident, (None, None, False))
        yield Pair(before, node, pairing, changed)
        if before is not None:
            yield from (Pair(gone, None, None) for gone in removed.get(before.ident, ()))
