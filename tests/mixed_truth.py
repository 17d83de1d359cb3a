"""What a true account of a random step says (see `mixed`).

It is known from the edits and from which thing is which: every thing is followed by itself,
not by its number or its name, and nothing of `pipeline` is asked. The role of a figure
follows from the contract: a total is derived when it moved by exactly what the terms of one
of its sums moved, as they are printed; one that stayed is in order when none of its sums
moved, or when the terms of one of them stayed too and are in order themselves.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

from schemas.address import SOURCES
from schemas.edition import Edition
from tests.mixed import ZERO, Key, Record, Scene, cells_of, sums_of, things, value


class Told(NamedTuple):
    """A change that must be told: as `Change` has it, addresses as texts."""

    kind: str
    field: str
    old: str | None
    new: str | None
    role: str | None = None
    form: bool = False


def roles(scene: Scene) -> dict[Key, str | None]:
    """How each cell of the new record came to be what it is."""
    old_key = {id(thing): key for key, thing in things(scene.before)}
    before, after = cells_of(scene.before, lambda t: old_key[id(t)]), cells_of(scene.record, scene.key)
    ways_before, ways = sums_of(scene.before, lambda t: old_key[id(t)]), sums_of(scene.record, scene.key)
    known: dict[Key, str | None] = {}

    def amount(cells: dict[Key, Record], key: Key) -> Decimal:
        return value(cells.get(key)) or ZERO

    def matching(key: Key, way: list[Key]) -> list[Key] | None:
        """The same sum of the old record: of the same kind of terms."""
        kind = kind_of(key, way)
        return next((w for w in ways_before.get(key, []) if kind_of(key, w) == kind), None)

    def role(key: Key) -> str | None:
        if key in known:
            return known[key]
        total, former = amount(after, key), amount(before, key)
        moved = total != former
        if key not in ways:
            known[key] = "primary" if moved else None
            return known[key]
        follows, in_order, terms_moved = False, False, False
        for way in ways[key]:
            now = sum((amount(after, term) for term in way), ZERO)
            old_way = matching(key, way)
            if key not in before or old_way is None:
                delta, agrees = now, total == now
            else:
                was = sum((amount(before, term) for term in old_way), ZERO)
                delta = now - was
                agrees = total - former == delta
            terms_moved |= bool(delta)
            follows |= agrees
            in_order |= agrees and all(role(term) != "unexplained" for term in way)
        if moved:
            known[key] = "derived" if follows else "unexplained"
        else:
            known[key] = "unexplained" if terms_moved and not in_order else None
        return known[key]

    return {key: role(key) for key in after}


def kind_of(key: Key, way: list[Key]) -> str:
    owner, _year, column = way[0]
    if owner[0] == key[0][0] and owner[0] == "passport":
        return "sources" if column != key[2] else "years"
    if owner == key[0]:
        return "sources" if column != key[2] else "years"
    return "parts"


def truth(scene: Scene) -> list[Told]:
    """Every change that a true account of the step tells, in no order."""
    return sorted(_truth(scene), key=str)


def _truth(scene: Scene) -> Iterator[Told]:
    new = Edition.model_validate(scene.record)
    old_at, new_at = _addresses(scene.edition, scene.before, None), _addresses(new, scene.record, scene)
    old_things = dict(things(scene.before))
    new_things = {scene.key(thing): thing for _, thing in things(scene.record)}
    old_task = {("activity", n, m): ("task", n) for n, t in enumerate(scene.before["tasks"]) for m, _ in enumerate(t["activities"])}
    new_task = {scene.key(a): scene.key(task) for task in scene.record["tasks"] for a in task["activities"]}
    for key in old_things:
        if key not in new_things:
            yield Told("removed", WHOLE[key[0]], old_at[key], None, _whole_role(old_things[key]))
    for key, thing in new_things.items():
        if key[0] == "new":
            yield _came(thing, new_at.get(key, ""), scene)
            continue
        was = old_things[key]
        if key[0] in ("activity", "task", "indicator") and (was["number"] != thing["number"] or old_task.get(key) != new_task.get(key)):
            kind = "moved" if old_task.get(key) != new_task.get(key) else "renumbered"
            yield Told(kind, "indicator" if key[0] == "indicator" else "name", old_at[key], new_at[key])
        yield from _texts(key, was, thing, old_at, new_at, scene)
    yield from _paragraphs(scene)
    yield from _money(scene, old_at, new_at)
    for key, thing in new_things.items():
        if key[0] in ("indicator", "passport-indicator"):
            for year, cell in thing["values"].items():
                former = old_things[key]["values"].get(year)
                if former is None:
                    yield Told("added", "indicator", None, f"{new_at[key]} year={year}")
                elif former["raw"].strip() != cell["raw"].strip():
                    yield Told("altered", "indicator", f"{old_at[key]} year={year}", f"{new_at[key]} year={year}")


def _came(thing: Record, at: str, scene: Scene) -> Told:
    if "label" not in thing:
        return Told("added", "name", None, at, _whole_role(thing))
    found = roles(scene)
    owner = ("passport", thing["source"])
    own = {found[owner, year, thing["source"]] for year in [*thing["years"], *(["total"] if thing["total"] else [])]}
    return Told(
        "added", "amount", None, f"passport row=funding source={thing['source']}", "unexplained" if "unexplained" in own else "derived"
    )


WHOLE = {"activity": "name", "task": "name", "indicator": "indicator"}
TEXTS = {
    "activity": ("name", "term", "responsible", "result"), "task": ("name",), "indicator": ("name", "method"),
    "passport-indicator": ("name",), "row": ("text",), "section": (), "funding": (),
}  # fmt: skip


def _whole_role(thing: Record) -> str | None:
    if "years" not in thing:
        return None
    columns = [c for c in SOURCES if any(row.get(c) for row in thing["years"].values())] or ["total"]
    return "primary" if sum((value(row.get(c)) or ZERO for row in thing["years"].values() for c in columns), ZERO) else None


def _texts(key: Key, was: Record, thing: Record, old_at: dict[Key, str], new_at: dict[Key, str], scene: Scene) -> Iterator[Told]:
    for name in TEXTS[key[0]]:
        if (was[name] or "") != (thing[name] or "") and " ".join(was[name].split()) != " ".join(thing[name].split()):
            form = (key, name) in scene.form
            column = f" column={name}" if name not in ("method", "text") else f" row={name}" if name == "method" else ""
            field = "text" if name in ("method", "text") else name
            old, new = (_columned(at[key], column) for at in (old_at, new_at))
            yield Told("altered", field, old, new, None, form)


def _columned(address: str, more: str) -> str:
    if more.startswith(" row="):
        part, _, rest = address.partition(" ")
        return f"{part}{more} {rest}"
    if " repeat=" in address:
        head, _, tail = address.partition(" repeat=")
        return f"{head}{more} repeat={tail}"
    return address + more


def _paragraphs(scene: Scene) -> Iterator[Told]:
    for n, (was, now, ids) in enumerate(zip(scene.before["sections"], scene.record["sections"], scene.paragraphs, strict=True)):
        at = f"section section={now['number']} paragraph="
        here = {key: m for m, key in enumerate(ids)}
        for m, text in enumerate(was["paragraphs"]):
            key = ("paragraph", n, m)
            if key not in here:
                yield Told("removed", "text", f"{at}{m + 1}", None)
            else:
                if key in scene.moves:
                    yield Told("moved", "text", f"{at}{m + 1}", f"{at}{here[key] + 1}")
                if now["paragraphs"][here[key]] != text:
                    yield Told("altered", "text", f"{at}{m + 1}", f"{at}{here[key] + 1}")
        for m, key in enumerate(ids):
            if key == ("new",):
                yield Told("added", "text", None, f"{at}{m + 1}")


def _money(scene: Scene, old_at: dict[Key, str], new_at: dict[Key, str]) -> Iterator[Told]:
    found, totals = roles(scene), sums_of(scene.record, scene.key)
    old_key = {id(thing): key for key, thing in things(scene.before)}
    before, after = cells_of(scene.before, lambda t: old_key[id(t)]), cells_of(scene.record, scene.key)
    rows: dict[Key, list[str | None]] = {}
    lone: dict[Key, list[Told]] = {}
    empty: set[str] = set()
    columns = {key[2] for key in before if key[0][0] != "passport"}  # a cell without money in a new one is told with its column
    for key, cell in after.items():
        owner, year, column = key
        if owner[0] == "new":
            continue
        where, was = _cell_at(new_at, key), _cell_at(old_at, key)
        if key not in before:
            if owner[0] == "passport" and column not in {k[2] for k in before if k[0] == owner}:
                continue
            if owner[0] == "passport":
                yield Told("added", "amount", None, where, found[key] or ("derived" if key in totals else "primary"))
            elif any(k[:2] == (owner, year) for k in before) and not value(cell):
                empty.add(column)
            elif any(k[:2] == (owner, year) for k in before):
                yield Told("added", "amount", None, where, found[key] or "derived")
            else:
                role = found[key] or ("derived" if key in totals else "primary")
                rows.setdefault((owner, year), []).append(role)
                if value(cell) or column in columns:
                    lone.setdefault((owner, year), []).append(Told("added", "amount", None, where, role))
        elif found[key] == "unexplained" or before[key]["raw"].split() != cell["raw"].split():
            form = found[key] is None
            yield Told("altered", "amount", was, where, found[key], form)
    yield from (Told("added", "amount", None, f"appendix2 column={column}") for column in empty)
    for (owner, year), of_cells in rows.items():
        if "unexplained" in of_cells:
            yield from lone[owner, year]
            if any(row.get("result") is not None for row in [_row(scene, owner, year)]):
                yield Told("added", "result", None, f"{_columned(new_at[owner], f' year={year} column=result')}")
        else:
            own = owner[0] == "activity"
            yield Told("added", "amount", None, f"{new_at[owner]} year={year}", "primary" if own or "primary" in of_cells else "derived")


def _row(scene: Scene, owner: Key, year: str) -> Record:
    if owner == ("grand",):
        return scene.record["grand_total"][year]
    thing = next(thing for _, thing in things(scene.record) if scene.key(thing) == owner)
    return thing.get("subtotal", thing.get("years"))[year]


def _cell_at(at: dict[Key, str], key: Key) -> str:
    owner, year, column = key
    if owner[0] == "passport":
        return f"passport row=funding source={owner[1]} year={year}"
    return _columned(at.get(owner, "?"), f" year={year} column={column}")


def _addresses(edition: Edition, record: Record, scene: Scene | None) -> dict[Key, str]:
    key: Callable[[Record], Key]
    if scene is None:
        known = {id(thing): k for k, thing in things(record)}
        key = lambda thing: known[id(thing)]  # noqa: E731
    else:
        key = scene.key
    found: dict[Key, str] = {("grand",): "appendix2"}
    addresses = iter([str(a) for a, _ in edition.blocks()])
    for task in record["tasks"]:
        for activity in task["activities"]:
            found[key(activity)] = next(addresses)
        found[key(task)] = next(addresses)
    for (address, _), indicator in zip(edition.indicator_addresses(), record["indicators"], strict=True):
        found[key(indicator)] = str(address)
    for (address, _), indicator in zip(edition.passport_indicator_addresses(), record["passport"]["indicators"], strict=True):
        found[key(indicator)] = str(address)
    for n, row in enumerate(record["passport"]["rows"]):
        found[key(row)] = f"passport row={row['field'] or row['label'].lower().replace('ё', 'е').replace(' ', '_') or f'№{n + 1}'}"
    return found
