"""Two editions → the changes between them, each once, with its role.

Both editions become flat records of keyed values: the key is the address that a thing
bears in the new edition, so that a pair already aligned stands under one key. DeepDiff
then tells which keys differ; what was added or removed as a whole is one change.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from deepdiff import DeepDiff

from extractors.text import key, squeeze
from pipeline.align import Alignment, Item, Pair, align, pair
from pipeline.equations import System
from pipeline.roles import Roles
from schemas.address import Address
from schemas.amount import Amount, decimals
from schemas.change import Change, Comparison, Explained, Field, Kind, Role, Text, Totals
from schemas.edition import Activity, Block, Edition, Indicator, PassportRow, Section, Task
from schemas.place import Place

_ZERO = Decimal(0)
_TEXT_COLUMNS: tuple[Field, ...] = ("name", "term", "responsible", "result")


class Entry(NamedTuple):
    """A value of an edition: where it stands, what it is, and what of it is compared."""

    address: Address
    field: Field
    value: Amount | Text
    compared: str


Flat = dict[str, Entry]
_Draft = tuple[Kind, Field, Address | None, Address | None, object, object]


def compare(old: Edition, new: Edition) -> Comparison:
    """Everything that differs between two editions of a programme."""
    alignment = align(old, new)
    roles = Roles(System(old), System(new), alignment)
    flat_old, flat_new = Flat(), Flat()
    drafts: dict[str, list[_Draft]] = {}
    order: list[str] = []
    for section in (_identity, _passport, _sections, _appendix1, _appendix2):
        for where, draft, left, right in section(old, new, alignment):
            order.append(where)
            flat_old.update(left)
            flat_new.update(right)
            order.extend({**left, **right})
            if draft:
                drafts.setdefault(where, []).append(draft)
    for where, draft in _differing(flat_old, flat_new):
        drafts.setdefault(where, []).append(draft)
    for address in roles.stale():
        entry = flat_new.get(str(address))
        if entry and str(address) in flat_old:
            drafts.setdefault(str(address), []).append((Kind.ALTERED, entry.field, flat_old[str(address)].address, address,
                                                        flat_old[str(address)].value, entry.value))  # fmt: skip
    ordered = [draft for where in dict.fromkeys(order) for draft in drafts.get(where, ())]
    changes = tuple(_change(f"C{number}", draft, roles) for number, draft in enumerate(ordered, 1))
    return Comparison(old=old, new=new, changes=changes, totals=_totals(old, new, changes))


def _differing(old: Flat, new: Flat) -> Iterator[tuple[str, _Draft]]:
    """The keys that DeepDiff finds changed, added or removed."""
    found = DeepDiff({k: e.compared for k, e in old.items()}, {k: e.compared for k, e in new.items()}, view="tree")
    changed = {item.path(output_format="list")[0] for kind in found for item in found[kind]}
    for where in dict.fromkeys([*new, *old]):
        if where in changed:
            before, after = old.get(where), new.get(where)
            kind = Kind.ALTERED if before and after else Kind.ADDED if after else Kind.REMOVED
            field = (after or before).field  # type: ignore[union-attr]
            yield where, (kind, field, before and before.address, after and after.address, before and before.value, after and after.value)


def _change(number: str, draft: _Draft, roles: Roles) -> Change:
    kind, field, address_old, address_new, old, new = draft
    delta = role = None
    if isinstance(old, Amount | None) and isinstance(new, Amount | None):
        readable = all(amount is None or not amount.is_unreadable for amount in (old, new))
        delta = ((new and new.value) or _ZERO) - ((old and old.value) or _ZERO) if readable else None
        if field == "amount":
            role = (roles.of(address_new) if address_new else None) or Role.PRIMARY
    elif isinstance(new or old, Activity | Task):
        delta = _money(new) - _money(old)
        role = Role.PRIMARY if kind in (Kind.ADDED, Kind.REMOVED) and delta else None
    return Change(id=number, kind=kind, field=field, address_old=address_old, address_new=address_new, old=old, new=new, delta=delta, role=role)


def _money(thing: object) -> Decimal:
    """All the money of an activity, or of a task's activities, over the years."""
    if isinstance(thing, Task):
        return sum((_money(activity) for activity in thing.activities), _ZERO)
    if not isinstance(thing, Activity):
        return _ZERO
    rows = [money for year, money in thing.years.items() if year != "total"] or list(thing.years.values())
    return sum((_row_total(dict(money.amounts())) for money in rows), _ZERO)


def _row_total(amounts: dict[str, Amount]) -> Decimal:
    sources = [amount.value or _ZERO for column, amount in amounts.items() if column != "total"]
    total = amounts.get("total")
    return sum(sources, _ZERO) if sources else (total.value if total and total.value else _ZERO)


# What each part contributes: the key of the thing, what befell it as a whole, its values before and after.
_Contribution = tuple[str, _Draft | None, Flat, Flat]


def _identity(old: Edition, new: Edition, alignment: Alignment) -> Iterator[_Contribution]:
    address = Address(part="title", row="title")
    yield str(address), None, _text(address, address, old.programme.title), _text(address, address, new.programme.title)
    address = Address(part="appendix2", row="unit")
    yield str(address), None, _text(address, address, old.unit or ""), _text(address, address, new.unit or "")
    requisites = Address(part="title", row="requisites")
    acts = [[Item(requisites, None, f"{act.date} {key(act.number or '')}", f"{act.date} {key(act.number or '')}", act) for act in edition.amending_acts]
            for edition in (old, new)]  # fmt: skip
    for before, after in pair(*acts):
        if before is None or after is None:
            thing = (after or before).thing  # type: ignore[union-attr]
            yield f"{requisites} {thing.date} {thing.number}", _whole(before, after, "requisites"), {}, {}  # type: ignore[attr-defined]


def _passport(old: Edition, new: Edition, alignment: Alignment) -> Iterator[_Contribution]:
    inner = {"indicators": bool(old.passport.indicators and new.passport.indicators), "funding": bool(old.passport.funding and new.passport.funding)}
    for before, after in alignment.rows:
        row = (after or before).thing  # type: ignore[union-attr]
        assert isinstance(row, PassportRow)
        where = (after or before).address  # type: ignore[union-attr]
        if row.field and inner.get(row.field):
            continue
        same_row = f"{where} {key(row.label)}"
        left, right = ({same_row: Entry(where, "text", Text(text=i.thing.text, place=i.thing.place), squeeze(i.thing.text))} if i else {}  # type: ignore[attr-defined]
                       for i in (before, after))  # fmt: skip
        yield same_row, None, left, right
    if inner["indicators"]:
        yield from _indicator_pairs(alignment.passport_indicators)
    if inner["funding"]:
        yield "passport row=funding", None, _funding(old), _funding(new)


def _funding(edition: Edition) -> Flat:
    return {str(address): _amount(address, address, amount, "amount") for address, amount in edition.walk()
            if address.part == "passport" and address.row == "funding"}  # fmt: skip


def _sections(old: Edition, new: Edition, alignment: Alignment) -> Iterator[_Contribution]:
    for before, after in alignment.sections:
        if before is None or after is None:
            yield str((after or before).address), _whole(before, after, "text"), {}, {}  # type: ignore[union-attr]
            continue
        left, right = before.thing, after.thing
        assert isinstance(left, Section)
        assert isinstance(right, Section)
        title = after.address.at(column="name")
        yield str(title), _renumbered(before, after), _text(title, before.address, left.title, left.place), _text(title, after.address, right.title, right.place)
        yield from _paragraphs(before, after)


def _paragraphs(before: Item, after: Item) -> Iterator[_Contribution]:
    """Paragraphs are paired by their text, those that changed by their likeness and neighbourhood."""
    items = []
    for item in (before, after):
        section = item.thing
        assert isinstance(section, Section)
        items.append([Item(item.address.at(paragraph=n), None, "", text, Text(text=text, place=place))
                      for n, (text, place) in enumerate(zip(section.paragraphs, section.places, strict=True), 1)])  # fmt: skip
    for left, right in _pair_paragraphs(*items):
        where = str((right or left).address) + ("" if right else " removed")  # type: ignore[union-attr]
        yield where, None, _paragraph(where, left), _paragraph(where, right)


def _pair_paragraphs(old: list[Item], new: list[Item]) -> Iterator[Pair]:
    """Equal paragraphs in order; between them, like with like."""
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, [item.name for item in old], [item.name for item in new], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        yield from zip(old[a:b], new[c:d], strict=True) if tag == "equal" else pair(old[a:b], new[c:d])


def _paragraph(where: str, item: Item | None) -> Flat:
    if item is None:
        return {}
    assert isinstance(item.thing, Text)
    return {where: Entry(item.address, "text", item.thing, squeeze(item.thing.text))}


def _appendix1(old: Edition, new: Edition, alignment: Alignment) -> Iterator[_Contribution]:
    headings = [{(h.scope, h.task): h for h in edition.headings if h.part == "appendix1"} for edition in (old, new)]
    for scope, task in {**headings[1], **headings[0]}:
        address = Address(part="appendix1", task=task, column="name")
        flats = [_text(address, address, side[scope, task].name, side[scope, task].place) if (scope, task) in side else {} for side in headings]
        yield str(address), None, flats[0], flats[1]
    yield from _indicator_pairs(alignment.indicators)


def _indicator_pairs(pairs: tuple[Pair, ...]) -> Iterator[_Contribution]:
    for before, after in pairs:
        if before is None or after is None:
            yield str((after or before).address), _whole(before, after, "indicator"), {}, {}  # type: ignore[union-attr]
        else:
            yield str(after.address), _renumbered(before, after), _indicator(before, after.address), _indicator(after, after.address)


def _indicator(item: Item, named: Address) -> Flat:
    indicator = item.thing
    assert isinstance(indicator, Indicator)
    flat = _text(named.at(column="name"), item.address.at(column="name"), indicator.name, indicator.place, "name")
    for column, text in (("unit", indicator.unit), ("method", indicator.method)):
        flat[f"{named} {column}"] = Entry(item.address, "text", Text(text=text or "", place=indicator.place), squeeze(text or ""))
    for year, amount in indicator.values.items():
        address = named.at(year=year)
        flat[str(address)] = _amount(address, item.address.at(year=year), amount, "indicator")
    return flat


def _appendix2(old: Edition, new: Edition, alignment: Alignment) -> Iterator[_Contribution]:
    gone = {item.address.task for item, after in alignment.tasks if item and after is None}
    come = {item.address.task for before, item in alignment.tasks if item and before is None}
    for before, after in alignment.tasks:
        yield from _task(before, after)
        task = (after or before).address.task  # type: ignore[union-attr]
        for left, right in alignment.activities:
            here = (right.address.task == task) if right else (left is not None and after is not None and before is not None and left.address.task == before.address.task)
            lost = (left is not None and right is None and left.address.task in gone) or (right is not None and left is None and right.address.task in come)
            if here and not lost:
                yield from _activity(left, right)
        if before and after:
            yield _subtotal(before, after)
    address = Address(part="appendix2")
    yield str(address), None, _block(address, address, old.grand_total), _block(address, address, new.grand_total)


def _subtotal(before: Item, after: Item) -> _Contribution:
    left, right = before.thing, after.thing
    assert isinstance(left, Task)
    assert isinstance(right, Task)
    return f"{after.address} subtotal", None, _block(after.address, before.address, left.subtotal), _block(after.address, after.address, right.subtotal)


def _task(before: Item | None, after: Item | None) -> Iterator[_Contribution]:
    if before is None or after is None:
        yield str((after or before).address), _whole(before, after, "name"), {}, {}  # type: ignore[union-attr]
        return
    name = after.address.at(column="name")
    assert isinstance(before.thing, Task)
    assert isinstance(after.thing, Task)
    left = _text(name, before.address.at(column="name"), before.name, before.thing.place, "name")
    yield str(after.address), _renumbered(before, after), left, _text(name, name, after.name, after.thing.place, "name")


def _activity(before: Item | None, after: Item | None) -> Iterator[_Contribution]:
    if before is None or after is None:
        yield str((after or before).address), _whole(before, after, "name"), {}, {}  # type: ignore[union-attr]
    else:
        yield str(after.address), _renumbered(before, after), _activity_flat(before, after.address), _activity_flat(after, after.address)


def _activity_flat(item: Item, named: Address) -> Flat:
    activity = item.thing
    assert isinstance(activity, Activity)
    flat: Flat = {}
    for column in _TEXT_COLUMNS:
        flat.update(_text(named.at(column=column), item.address.at(column=column), getattr(activity, column), activity.places.get(column), column))
    flat.update(_block(named, item.address, activity.years))
    return flat


def _block(named: Address, own: Address, block: Block) -> Flat:
    flat: Flat = {}
    for year, money in block.items():
        for column, amount in money.amounts():
            flat[str(named.at(year=year, column=column))] = _amount(named, own.at(year=year, column=column), amount, "amount")
        if money.result is not None:
            where = named.at(year=year, column="result")
            flat.update(_text(where, own.at(year=year, column="result"), money.result, money.result_place, "result"))
    return flat


def _text(named: Address, own: Address, text: str, place: Place | None = None, field: Field = "text") -> Flat:
    return {str(named): Entry(own, field, Text(text=text, place=place), squeeze(text))}


def _amount(named: Address, own: Address, amount: Amount, field: Field) -> Entry:
    """Amounts are compared by value: «80,0» and «80» are one, a blank cell is zero."""
    compared = squeeze(amount.raw) if amount.is_unreadable else str((amount.value or _ZERO).normalize() + _ZERO)
    return Entry(own, field, amount, compared)


def _whole(before: Item | None, after: Item | None, field: Field) -> _Draft:
    """A thing that came or went as a whole."""
    kind = Kind.ADDED if after else Kind.REMOVED
    things = [_shown(item) if item else None for item in (before, after)]
    return kind, field, before and before.address, after and after.address, things[0], things[1]


def _shown(item: Item) -> object:
    if isinstance(item.thing, Section):
        return Text(text="\n".join([item.thing.title, *item.thing.paragraphs]), place=item.thing.place)
    return item.thing


def _renumbered(before: Item, after: Item) -> _Draft | None:
    """The same thing under another number, or in another task."""
    moved = before.group is not None and before.group != after.group
    if not moved and before.number == after.number:
        return None
    field: Field = "indicator" if isinstance(after.thing, Indicator) else "text" if isinstance(after.thing, Section) else "name"
    texts = [Text(text=item.number, place=_place(item.thing)) for item in (before, after)]
    return Kind.MOVED if moved else Kind.RENUMBERED, field, before.address, after.address, texts[0], texts[1]


def _place(thing: object) -> Place | None:
    if isinstance(thing, Activity):
        return thing.places.get("name")
    return thing.place if isinstance(thing, Task | Indicator | Section) else None


def _totals(old: Edition, new: Edition, changes: tuple[Change, ...]) -> Totals:
    """The programme's total before and after, and the primary changes that make up the difference."""
    before, after = (_grand_total(edition) for edition in (old, new))
    if before is None or after is None:
        return Totals(old=before, new=after, delta=None)
    explained = tuple(Explained(change=c.id, delta=c.delta) for c in changes if c.delta and _is_cause(c, new))
    rest = after - before - sum((item.delta for item in explained), _ZERO)
    bound = sum((Decimal("0.5").scaleb(-decimals(value)) for value in (before, after)), _ZERO)
    finer = any(decimals(item.delta) > min(decimals(before), decimals(after)) for item in explained)
    rounding = rest if rest and finer and abs(rest) <= bound else _ZERO
    return Totals(old=before, new=after, delta=after - before, explained=explained, rounding=rounding, unexplained=rest - rounding)


def _grand_total(edition: Edition) -> Decimal | None:
    money = edition.grand_total.get("total")
    return money.total.value if money and money.total else None


def _is_cause(change: Change, new: Edition) -> bool:
    """Whether the change is money of an activity in its own right (sources, or the total where there are no sources)."""
    address = change.address_new or change.address_old
    if change.role != Role.PRIMARY or address is None or address.part != "appendix2":
        return False
    if change.field == "name":
        return True
    return address.activity is not None and address.year != "total"
