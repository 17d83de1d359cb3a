"""Two aligned editions → what differs between them, thing by thing, as drafts of changes.

DeepDiff compares the values of the two things of a pair, keyed as in the record; what came
or went as a whole, moved or bears another number is told apart.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from extractors.text import squeeze
from pipeline.align import Alignment, Ident, Pair, owner
from pipeline.content import plain
from pipeline.outline import Node, Words, told_as
from schemas.address import Address
from schemas.amount import Amount
from schemas.change import Field, Kind, Pairing, Passage, Text
from schemas.edition import Heading, Indicator, Money, PassportRow, Section, Task

_BLOCKS = ("years", "subtotal", "grand_total")
_WHOLE_FIELDS: dict[str, Field] = {
    "act": "requisites", "passport-indicator": "indicator", "indicator": "indicator", "funding": "amount",
    "repeated": "amount", "task": "name", "activity": "name",
}  # fmt: skip


class Side(NamedTuple):
    """One side of a draft: what stands at which address and pointer."""

    address: Address
    pointer: str | None
    value: Any


class Draft(NamedTuple):
    """A change before it has its number, its delta and its role; `cells` are those of a row that came or went."""

    kind: Kind
    field: Field
    old: Side | None
    new: Side | None
    pairing: Pairing | None = None
    cells: "tuple[Draft, ...]" = ()

    @property
    def here(self) -> Side:
        """The new side, or the old one of what is gone."""
        side = self.new or self.old
        assert side is not None  # a draft is never empty
        return side


def differences(alignment: Alignment, stale: Iterable[Address]) -> Iterator[Draft]:
    """Everything that differs, in the order of the new edition, and the totals that stayed although they should not have."""
    stayed = _by_owner(stale)
    displaced = _displaced(alignment)
    carried = _carried(alignment)
    totals: list[Draft] = []  # a task's subtotal stands behind its activities
    for pair in alignment.pairs:
        if pair.node.thing != "activity":
            yield from totals
            totals = []
        if pair.old is None or pair.new is None:
            if not _is_carried(pair, alignment):
                yield from _came_or_went(pair, carried)
            continue
        yield from _renumbered(pair, displaced)
        yield from _rewritten(pair)
        for draft in _values(pair, stayed.get(owner(pair.new.address), set())):
            if pair.new.thing == "task" and draft.field != "name":
                totals.append(draft)
            else:
                yield draft
    yield from totals


def _is_carried(pair: Pair, alignment: Alignment) -> bool:
    """Whether the thing came or went together with the one above it."""
    return pair.node.thing in ("activity", "paragraph") and pair.node.group in (alignment.added if pair.new else alignment.removed)


def _carried(alignment: Alignment) -> dict[tuple[bool, str], list[Node]]:
    """What came or went with each thing: those under it that stayed stand for themselves."""
    found: dict[tuple[bool, str], list[Node]] = {}
    for pair in alignment.pairs:
        if (pair.old is None or pair.new is None) and _is_carried(pair, alignment):
            found.setdefault((pair.new is not None, pair.node.group or ""), []).append(pair.node)
    return found


def _came_or_went(pair: Pair, carried: dict[tuple[bool, str], list[Node]]) -> Iterator[Draft]:
    node = pair.node
    if node.thing == "programme":
        return
    inner = carried.get((pair.new is not None, node.pointer), [])
    side = Side(_whole_address(node), node.pointer, _whole(node, inner))
    kind = Kind.ADDED if pair.new else Kind.REMOVED
    yield Draft(kind, _WHOLE_FIELDS.get(node.thing, "text"), None if pair.new else side, side if pair.new else None)


def _whole_address(node: Node) -> Address:
    return node.address.at(column=None) if node.thing == "heading" else node.address


def _whole(node: Node, inner: list[Node]) -> object:
    """What is told of a thing that came or went: its record, with those under it that did so too."""
    match node.whole:
        case Task():
            return node.whole.model_copy(update={"activities": tuple(under.whole for under in inner)})
        case Section():
            text = "\n".join([node.whole.title, *(under.name for under in inner)])
            record = {"number": node.number, "title": node.whole.title, "paragraphs": [under.name for under in inner]}
            return Passage(text=text, place=node.whole.place, whole=record)
        case PassportRow():
            return Passage(text=f"{node.whole.label}\n{node.whole.text}".strip(), place=node.whole.place, whole=plain(node))
        case Heading():
            return Passage(text=node.name, place=node.whole.place, whole=plain(node))
        case _:
            return node.whole


def _displaced(alignment: Alignment) -> set[Ident]:
    """The things that stand in another order than before: as few of them as explain it."""
    lists: dict[str, list[tuple[int, Node]]] = {}
    for pair in alignment.pairs:
        if pair.old and pair.new and pair.new.siblings and not _is_told(pair):
            lists.setdefault(pair.new.siblings, []).append((int(pair.old.pointer.rsplit("/", 1)[1]), pair.new))
    found: set[Ident] = set()
    for members in lists.values():
        kept = _longest_rise([place for place, _ in members])
        found.update(node.ident for n, (_, node) in enumerate(members) if n not in kept)
    return found


def _is_told(pair: Pair) -> bool:
    """Whether the pair is told anyhow: another number, or another thing above it."""
    return pair.changed_group or (pair.old is not None and pair.new is not None and _number(pair.old) != _number(pair.new))


def _longest_rise(places: list[int]) -> set[int]:
    """Positions of a longest rising part of the list.

    >>> sorted(_longest_rise([0, 3, 1, 2]))
    [0, 2, 3]
    """
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for n, place in enumerate(places):
        length = bisect_left(tails, place)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [place]
        ends[length : length + 1] = [n]
    found: set[int] = set()
    n = ends[-1] if ends else -1
    while n >= 0:
        found.add(n)
        n = before[n]
    return found


def _number(node: Node) -> str:
    """The number by which a thing is called, where its number is one."""
    return node.number if node.thing in ("task", "activity", "indicator", "section") else ""


def _renumbered(pair: Pair, displaced: set[Ident]) -> Iterator[Draft]:
    """The same thing under another number, in another task or section, or in another order."""
    old, new = pair.old, pair.new
    assert old is not None
    assert new is not None
    if not _is_told(pair) and new.ident not in displaced:
        return
    kind = Kind.MOVED if pair.changed_group or _number(old) == _number(new) else Kind.RENUMBERED
    field = _WHOLE_FIELDS.get(new.thing, "text")
    sides = [Side(_placed_address(node), node.pointer, _named(node)) for node in (old, new)]
    yield Draft(kind, field, sides[0], sides[1], pair.pairing)


def _rewritten(pair: Pair) -> Iterator[Draft]:
    """The same number in another form, «3.1.» and «3.1»: no part of the record, and so without a pointer."""
    old, new = pair.old, pair.new
    assert old is not None
    assert new is not None
    if old.written and new.written and old.written.text != new.written.text and _number(old) == _number(new):
        sides = [Side(node.address.at(column="name") if node.thing == "task" else node.address, None, Text(text=written.text, place=written.place))
                 for node, written in ((old, old.written), (new, new.written))]  # fmt: skip
        yield Draft(Kind.ALTERED, "text", sides[0], sides[1])


def _placed_address(node: Node) -> Address:
    """The address of a thing that moved; that of an indicator says under which task."""
    if isinstance(node.whole, Indicator):
        return node.address.at(task=node.whole.task)
    return _whole_address(node)


def _named(node: Node) -> Text:
    """The number, where it stands in a place of its own, else where the name stands."""
    words = node.written or node.held.get("name") or node.held.get("title") or node.held.get("text") or node.held.get("label")
    place = words.place if isinstance(words, Words) else None
    return Text(text=_number(node) or node.name, place=place)


def _by_owner(addresses: Iterable[Address]) -> dict[tuple[object, ...], set[tuple[str | None, str | None]]]:
    """Year and column of each address, by the thing that holds it."""
    found: dict[tuple[object, ...], set[tuple[str | None, str | None]]] = {}
    for address in addresses:
        found.setdefault(owner(address), set()).add((address.year, address.column))
    return found


def _values(pair: Pair, stayed: set[tuple[str | None, str | None]]) -> Iterator[Draft]:
    """The values that differ; `stayed` are the years and columns of totals to be told all the same."""
    old, new = pair.old, pair.new
    assert old is not None
    assert new is not None
    before, after = _written(old), _written(new)
    if before == after and not stayed:
        return
    seen = {name: None for name in new.held if stayed and _year_and_column(new, name) in stayed}
    for path in _differing(*_apart(before, after)):
        within = (path,) if path in old.held or path in new.held else (*_under(path, old), *_under(path, new))
        seen |= dict.fromkeys(name for name in within if before.get(name) != after.get(name))
    names = [name for name in dict.fromkeys([*new.held, *old.held]) if name in seen]
    rows = _rows(old, new)
    told: set[str] = set()
    for name in names:
        row = name.rpartition("/")[0]
        if row in rows:
            if row not in told:
                told.add(row)
                cells = tuple(_value(pair, cell) for cell in names if cell.startswith(row + "/"))
                yield _row(old, new, row, cells)
        else:
            yield _value(pair, name)


def _year_and_column(node: Node, name: str) -> tuple[str | None, str | None]:
    address, field = told_as(node, name)
    return (address.year, address.column) if field == "amount" else ("", "")


def _written(node: Node) -> dict[str, str]:
    return {name: squeeze(value.raw) if isinstance(value, Amount) else squeeze(value.text) for name, value in node.held.items()}


def _apart(old: dict[str, str], new: dict[str, str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both sides nested, without the rows and texts that are the same in both."""
    rows = {name.rpartition("/")[0] or name for name in {**old, **new} if old.get(name) != new.get(name)}
    sides = ({name: value for name, value in side.items() if (name.rpartition("/")[0] or name) in rows} for side in (old, new))
    return _nested(next(sides)), _nested(next(sides))


def _nested(flat: dict[str, str]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, value in flat.items():
        *path, last = name.split("/")
        spot = made
        for step in path:
            spot = spot.setdefault(step, {})
        spot[last] = value
    return made


def _differing(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    """The paths that DeepDiff finds changed, added or removed."""
    from deepdiff import DeepDiff

    found = DeepDiff(old, new, view="tree", threshold_to_diff_deeper=0)
    for kind in found:
        for item in found[kind]:
            yield "/".join(map(str, item.path(output_format="list")))


def _under(path: str, node: Node) -> list[str]:
    return [name for name in node.held if name.startswith(path + "/")]


def _rows(old: Node, new: Node) -> set[str]:
    """The rows of money that only one of the two has."""
    sides = [{name.rpartition("/")[0] for name in node.held if name.count("/") == 2 and name.startswith(_BLOCKS)} for node in (old, new)]
    return sides[0] ^ sides[1]


def _row(old: Node, new: Node, row: str, cells: tuple[Draft, ...]) -> Draft:
    """A year that came into a block, or went: its cells together."""
    node = new if _under(row, new) else old
    held = {cell.rpartition("/")[2]: node.held[cell] for cell in _under(row, node)}
    result = held.pop("result", None)
    texts = {"result": result.text, "result_place": result.place} if isinstance(result, Words) else {}
    money = Money.model_validate({**held, **texts})
    address, _ = told_as(node, row)
    side = Side(address, f"{node.pointer}/{row}", money)
    return Draft(Kind.ADDED, "amount", None, side, None, cells) if node is new else Draft(Kind.REMOVED, "amount", side, None, None, cells)


def _value(pair: Pair, name: str) -> Draft:
    sides: list[Side | None] = []
    field: Field = "text"
    for node in (pair.old, pair.new):
        assert node is not None
        held = node.held.get(name)
        if held is None:
            sides.append(None)
            continue
        address, field = told_as(node, name)
        pointer = node.pointer if node.thing in ("paragraph", "unread", "aside") else f"{node.pointer}/{name}"
        sides.append(Side(address, pointer, Text(text=held.text, place=held.place) if isinstance(held, Words) else held))
    kind = Kind.ALTERED if all(sides) else Kind.ADDED if sides[1] else Kind.REMOVED
    return Draft(kind, field, sides[0], sides[1], pair.pairing)
