"""A pair of aligned editions → flat records of keyed values, part by part.

The key of a value is the address that its thing bears in the new edition, so that what
was paired stands under one key on both sides. What came or went as a whole, and what
bears another number, is told apart as a draft of a change.
"""

from collections.abc import Iterator
from decimal import Decimal
from difflib import SequenceMatcher
from typing import NamedTuple

from extractors.text import key, squeeze
from pipeline.align import Alignment, Item, Pair, pair
from schemas.address import Address
from schemas.amount import Amount
from schemas.change import Field, Kind, Text
from schemas.edition import Activity, Block, Edition, Indicator, PassportRow, Section, Task
from schemas.place import Place
from schemas.requisites import Act

_TEXT_COLUMNS: tuple[Field, ...] = ("name", "term", "responsible", "result")


class Entry(NamedTuple):
    """A value of an edition: where it stands, what it is, and what of it is compared."""

    address: Address
    field: Field
    value: Amount | Text
    compared: str


Flat = dict[str, Entry]


class Draft(NamedTuple):
    """A change before it has its number, its delta and its role."""

    kind: Kind
    field: Field
    address_old: Address | None
    address_new: Address | None
    old: object
    new: object


class Contribution(NamedTuple):
    """What one thing contributes: its key, what befell it as a whole, its values before and after."""

    key: str
    draft: Draft | None
    old: Flat
    new: Flat


def flatten(old: Edition, new: Edition, alignment: Alignment) -> Iterator[Contribution]:
    """Everything that the two editions hold, in the order of the new one."""
    yield from _identity(old, new)
    yield from _passport(old, new, alignment)
    yield from _sections(alignment)
    yield from _appendix1(old, new, alignment)
    yield from _appendix2(old, new, alignment)


def _either(before: Item | None, after: Item | None) -> Item:
    """The thing as it is, or as it was: a pair is never empty."""
    item = after or before
    assert item is not None
    return item


def _identity(old: Edition, new: Edition) -> Iterator[Contribution]:
    address = Address(part="title", row="title")
    yield Contribution(str(address), None, _text(address, address, old.programme.title), _text(address, address, new.programme.title))
    address = Address(part="appendix2", row="unit")
    yield Contribution(str(address), None, _text(address, address, old.unit or ""), _text(address, address, new.unit or ""))
    requisites = Address(part="title", row="requisites")
    acts = [[Item(requisites, None, f"{act.date} {key(act.number or '')}", f"{act.date} {key(act.number or '')}", act) for act in edition.amending_acts]
            for edition in (old, new)]  # fmt: skip
    for before, after in pair(*acts):
        if before is None or after is None:
            act = _either(before, after).thing
            assert isinstance(act, Act)
            yield Contribution(f"{requisites} {act.date} {act.number}", _whole(before, after, "requisites"), {}, {})


def _passport(old: Edition, new: Edition, alignment: Alignment) -> Iterator[Contribution]:
    inner = {
        "indicators": bool(old.passport.indicators and new.passport.indicators),
        "funding": bool(old.passport.funding and new.passport.funding),
    }
    for before, after in alignment.rows:
        row = _either(before, after).thing
        assert isinstance(row, PassportRow)
        where = _either(before, after).address
        if row.field and inner.get(row.field):
            continue
        same_row = f"{where} {key(row.label)}"
        left, right = (_row(same_row, where, item) for item in (before, after))
        yield Contribution(same_row, None, left, right)
    if inner["indicators"]:
        yield from _indicator_pairs(alignment.passport_indicators)
    if inner["funding"]:
        yield Contribution("passport row=funding", None, _funding(old), _funding(new))


def _row(name: str, where: Address, item: Item | None) -> Flat:
    if item is None:
        return {}
    assert isinstance(item.thing, PassportRow)
    return {name: Entry(where, "text", Text(text=item.thing.text, place=item.thing.place), squeeze(item.thing.text))}


def _funding(edition: Edition) -> Flat:
    return {str(address): _amount(address, amount, "amount") for address, amount in edition.walk()
            if address.part == "passport" and address.row == "funding"}  # fmt: skip


def _sections(alignment: Alignment) -> Iterator[Contribution]:
    for before, after in alignment.sections:
        if before is None or after is None:
            yield Contribution(str(_either(before, after).address), _whole(before, after, "text"), {}, {})
            continue
        left, right = before.thing, after.thing
        assert isinstance(left, Section)
        assert isinstance(right, Section)
        title = after.address.at(column="name")
        yield Contribution(
            str(title),
            _renumbered(before, after),
            _text(title, before.address, left.title, left.place),
            _text(title, after.address, right.title, right.place),
        )
        yield from _paragraphs(before, after)


def _paragraphs(before: Item, after: Item) -> Iterator[Contribution]:
    """Paragraphs are paired by their text, those that changed by their likeness and neighbourhood."""
    items = []
    for item in (before, after):
        section = item.thing
        assert isinstance(section, Section)
        items.append([Item(item.address.at(paragraph=n), None, "", text, Text(text=text, place=place))
                      for n, (text, place) in enumerate(zip(section.paragraphs, section.places, strict=True), 1)])  # fmt: skip
    for left, right in _pair_paragraphs(*items):
        where = str(_either(left, right).address) + ("" if right else " removed")
        yield Contribution(where, None, _paragraph(where, left), _paragraph(where, right))


def _pair_paragraphs(old: list[Item], new: list[Item]) -> Iterator[Pair]:
    """Equal paragraphs in order; between them, like with like."""
    matcher = SequenceMatcher(None, [item.name for item in old], [item.name for item in new], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        yield from zip(old[a:b], new[c:d], strict=True) if tag == "equal" else pair(old[a:b], new[c:d])


def _paragraph(where: str, item: Item | None) -> Flat:
    if item is None:
        return {}
    assert isinstance(item.thing, Text)
    return {where: Entry(item.address, "text", item.thing, squeeze(item.thing.text))}


def _appendix1(old: Edition, new: Edition, alignment: Alignment) -> Iterator[Contribution]:
    headings = [{(h.scope, h.task): h for h in edition.headings if h.part == "appendix1"} for edition in (old, new)]
    for scope, task in {**headings[1], **headings[0]}:
        address = Address(part="appendix1", task=task, column="name")
        flats = [
            _text(address, address, side[scope, task].name, side[scope, task].place) if (scope, task) in side else {} for side in headings
        ]
        yield Contribution(str(address), None, flats[0], flats[1])
    yield from _indicator_pairs(alignment.indicators)


def _indicator_pairs(pairs: tuple[Pair, ...]) -> Iterator[Contribution]:
    for before, after in pairs:
        if before is None or after is None:
            yield Contribution(str(_either(before, after).address), _whole(before, after, "indicator"), {}, {})
        else:
            yield Contribution(
                str(after.address), _renumbered(before, after), _indicator(before, after.address), _indicator(after, after.address)
            )


def _indicator(item: Item, named: Address) -> Flat:
    indicator = item.thing
    assert isinstance(indicator, Indicator)
    flat = _text(named.at(column="name"), item.address.at(column="name"), indicator.name, indicator.place, "name")
    for column, text in (("unit", indicator.unit), ("method", indicator.method)):
        flat[f"{named} {column}"] = Entry(item.address, "text", Text(text=text or "", place=indicator.place), squeeze(text or ""))
    for year, amount in indicator.values.items():
        address = named.at(year=year)
        flat[str(address)] = _amount(item.address.at(year=year), amount, "indicator")
    return flat


def _appendix2(old: Edition, new: Edition, alignment: Alignment) -> Iterator[Contribution]:
    for before, after in alignment.tasks:
        activities = [pair for pair in alignment.activities if _belongs(pair, before, after)]
        if before and after:
            yield _same_task(before, after)
            for pair_ in activities:
                yield _activity(*pair_)
            yield _subtotal(before, after)
            continue
        # A task that came or went carries the activities that did so with it; those that moved stand for themselves.
        whole = [_either(*pair_).thing for pair_ in activities if None in pair_]
        draft = _whole(_with_activities(before, whole), _with_activities(after, whole), "name")
        yield Contribution(str(_either(before, after).address), draft, {}, {})
        for pair_ in activities:
            if None not in pair_:
                yield _activity(*pair_)
    address = Address(part="appendix2")
    yield Contribution(str(address), None, _block(address, address, old.grand_total), _block(address, address, new.grand_total))


def _belongs(activity: Pair, before: Item | None, after: Item | None) -> bool:
    """Whether an activity is told of under this task: the one that has it now, or had it when it was removed."""
    left, right = activity
    if right is not None:
        return after is not None and right.address.task == after.address.task
    return left is not None and before is not None and left.address.task == before.address.task


def _with_activities(item: Item | None, activities: list[object]) -> Item | None:
    """The task with these of its activities only."""
    if item is None:
        return None
    assert isinstance(item.thing, Task)
    return item._replace(thing=item.thing.model_copy(update={"activities": tuple(activities)}))


def _subtotal(before: Item, after: Item) -> Contribution:
    left, right = before.thing, after.thing
    assert isinstance(left, Task)
    assert isinstance(right, Task)
    return Contribution(
        f"{after.address} subtotal",
        None,
        _block(after.address, before.address, left.subtotal),
        _block(after.address, after.address, right.subtotal),
    )


def _same_task(before: Item, after: Item) -> Contribution:
    name = after.address.at(column="name")
    assert isinstance(before.thing, Task)
    assert isinstance(after.thing, Task)
    left = _text(name, before.address.at(column="name"), before.name, before.thing.place, "name")
    return Contribution(str(after.address), _renumbered(before, after), left, _text(name, name, after.name, after.thing.place, "name"))


def _activity(before: Item | None, after: Item | None) -> Contribution:
    where = _either(before, after).address
    if before is None or after is None:
        return Contribution(str(where), _whole(before, after, "name"), {}, {})
    return Contribution(str(where), _renumbered(before, after), _activity_flat(before, where), _activity_flat(after, where))


def _activity_flat(item: Item, named: Address) -> Flat:
    activity = item.thing
    assert isinstance(activity, Activity)
    flat: Flat = {}
    for column in _TEXT_COLUMNS:
        flat.update(
            _text(named.at(column=column), item.address.at(column=column), getattr(activity, column), activity.places.get(column), column)
        )
    flat.update(_block(named, item.address, activity.years))
    return flat


def _block(named: Address, own: Address, block: Block) -> Flat:
    flat: Flat = {}
    for year, money in block.items():
        for column, amount in money.amounts():
            flat[str(named.at(year=year, column=column))] = _amount(own.at(year=year, column=column), amount, "amount")
        if money.result is not None:
            where = named.at(year=year, column="result")
            flat.update(_text(where, own.at(year=year, column="result"), money.result, money.result_place, "result"))
    return flat


def _text(named: Address, own: Address, text: str, place: Place | None = None, field: Field = "text") -> Flat:
    return {str(named): Entry(own, field, Text(text=text, place=place), squeeze(text))}


def _amount(own: Address, amount: Amount, field: Field) -> Entry:
    """Amounts are compared by value: «80,0» and «80» are one, a blank cell is zero."""
    compared = squeeze(amount.raw) if amount.is_unreadable else str((amount.value or Decimal(0)).normalize() + 0)
    return Entry(own, field, amount, compared)


def _whole(before: Item | None, after: Item | None, field: Field) -> Draft:
    """A thing that came or went as a whole."""
    kind = Kind.ADDED if after else Kind.REMOVED
    things = [_shown(item) if item else None for item in (before, after)]
    return Draft(kind, field, before and before.address, after and after.address, things[0], things[1])


def _shown(item: Item) -> object:
    if isinstance(item.thing, Section):
        return Text(text="\n".join([item.thing.title, *item.thing.paragraphs]), place=item.thing.place)
    return item.thing


def _renumbered(before: Item, after: Item) -> Draft | None:
    """The same thing under another number, or in another task."""
    moved = before.group is not None and before.group != after.group
    if not moved and before.number == after.number:
        return None
    field: Field = "indicator" if isinstance(after.thing, Indicator) else "text" if isinstance(after.thing, Section) else "name"
    texts = [Text(text=item.number, place=_place(item.thing)) for item in (before, after)]
    return Draft(Kind.MOVED if moved else Kind.RENUMBERED, field, before.address, after.address, texts[0], texts[1])


def _place(thing: object) -> Place | None:
    if isinstance(thing, Activity):
        return thing.places.get("name")
    return thing.place if isinstance(thing, Task | Indicator | Section) else None
