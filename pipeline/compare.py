"""Two editions → the changes between them, each once, with its role.

Both editions become flat records of keyed values (`pipeline.flatten`); DeepDiff tells
which keys differ. What was added or removed as a whole is one change; a total that
stayed although its terms moved is one too.
"""

from collections.abc import Iterator
from decimal import Decimal

from deepdiff import DeepDiff

from pipeline.align import align
from pipeline.equations import System
from pipeline.flatten import Draft, Flat, flatten
from pipeline.roles import Roles
from pipeline.words import difference
from schemas.address import Address
from schemas.amount import Amount, decimals
from schemas.change import Change, Comparison, Explained, Kind, Role, Text, Totals
from schemas.edition import Activity, Edition, Task
from schemas.place import Place

_ZERO = Decimal(0)


def compare(old: Edition, new: Edition) -> Comparison:
    """Everything that differs between two editions of a programme."""
    alignment = align(old, new)
    roles = Roles(System(old), System(new), alignment)
    before, after = Flat(), Flat()
    drafts: dict[str, list[Draft]] = {}
    order: list[str] = []
    for where, draft, left, right in flatten(old, new, alignment):
        before.update(left)
        after.update(right)
        order.extend([where, *right, *left])
        if draft:
            drafts.setdefault(where, []).append(draft)
    for where, draft in (*_differing(before, after), *_stale(roles.stale(), before, after)):
        drafts.setdefault(where, []).append(draft)
    ordered = [draft for where in dict.fromkeys(order) for draft in drafts.get(where, ())]
    changes = tuple(_change(f"C{number}", draft, roles) for number, draft in enumerate(ordered, 1))
    return Comparison(old=old, new=new, changes=changes, totals=_totals(old, new, changes))


def _stale(addresses: list[Address], before: Flat, after: Flat) -> Iterator[tuple[str, Draft]]:
    """The totals that stayed although their terms moved."""
    for address in addresses:
        left, right = before.get(str(address)), after.get(str(address))
        if left and right:
            yield str(address), Draft(Kind.ALTERED, right.field, left.address, right.address, left.value, right.value)


def _differing(old: Flat, new: Flat) -> Iterator[tuple[str, Draft]]:
    """The keys that DeepDiff finds changed, added or removed."""
    found = DeepDiff({k: e.compared for k, e in old.items()}, {k: e.compared for k, e in new.items()}, view="tree")
    changed = {item.path(output_format="list")[0] for kind in found for item in found[kind]}
    for where in dict.fromkeys([*new, *old]):
        if where in changed:
            before, after = old.get(where), new.get(where)
            kind = Kind.ALTERED if before and after else Kind.ADDED if after else Kind.REMOVED
            entry = after or before
            assert entry is not None  # the key came from one of the two
            yield (
                where,
                Draft(
                    kind, entry.field, before and before.address, after and after.address, before and before.value, after and after.value
                ),
            )


def _change(number: str, draft: Draft, roles: Roles) -> Change:
    kind, field, address_old, address_new, old, new = draft
    delta = role = None
    if isinstance(old, Amount | None) and isinstance(new, Amount | None):
        readable = all(amount is None or not amount.is_unreadable for amount in (old, new))
        delta = ((new and new.value) or _ZERO) - ((old and old.value) or _ZERO) if readable else None
        if field == "amount":
            role = (roles.of(address_new) if address_new else roles.removed(address_old) if address_old else None) or Role.PRIMARY
    elif isinstance(new or old, Activity | Task):
        delta = _money(new) - _money(old)
        role = Role.PRIMARY if kind in (Kind.ADDED, Kind.REMOVED) and delta else None
    words = difference(old.text, new.text) if isinstance(old, Text) and isinstance(new, Text) else []
    return Change(
        id=number, kind=kind, field=field, address_old=address_old, address_new=address_new,
        place_old=_place(old), place_new=_place(new), old=old, new=new, words=tuple(words), delta=delta, role=role,
    )  # fmt: skip


def _place(thing: object) -> Place | None:
    if isinstance(thing, Activity):
        return thing.places.get("name")
    return getattr(thing, "place", None)


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


def _totals(old: Edition, new: Edition, changes: tuple[Change, ...]) -> Totals:
    """The programme's total before and after, and the primary changes that make up the difference."""
    before, after = (_grand_total(edition) for edition in (old, new))
    if before is None or after is None:
        return Totals(old=before, new=after, delta=None)
    explained = tuple(Explained(change=c.id, delta=c.delta) for c in changes if c.delta and _is_cause(c))
    rest = after - before - sum((item.delta for item in explained), _ZERO)
    bound = sum((Decimal("0.5").scaleb(-decimals(value)) for value in (before, after)), _ZERO)
    finer = any(decimals(item.delta) > min(decimals(before), decimals(after)) for item in explained)
    rounding = rest if rest and finer and abs(rest) <= bound else _ZERO
    return Totals(old=before, new=after, delta=after - before, explained=explained, rounding=rounding, unexplained=rest - rounding)


def _grand_total(edition: Edition) -> Decimal | None:
    money = edition.grand_total.get("total")
    return money.total.value if money and money.total else None


def _is_cause(change: Change) -> bool:
    """Whether the change is money of an activity in its own right (sources, or the total where there are no sources)."""
    address = change.address_new or change.address_old
    if change.role != Role.PRIMARY or address is None or address.part != "appendix2":
        return False
    if change.field == "name":
        return True
    return address.activity is not None and address.year != "total"
