"""Two editions → the changes between them, each once, with its role.

What differs (`differences`) becomes changes: with the delta, the role and the sum behind it
(`roles`), what else is to be known of it (`traits`), what events they are together (`groups`),
and what the programme's difference is made of (`balance`).
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from pipeline.align import align
from pipeline.balance import cells, funded, money_of, totals
from pipeline.differences import Draft, differences
from pipeline.equations import System
from pipeline.groups import grouped, with_columns
from pipeline.meaning import is_of_form_only
from pipeline.relatives import with_causes, with_relatives
from pipeline.roles import Roles
from pipeline.traits import with_traits
from pipeline.words import difference
from schemas.address import Address
from schemas.amount import Amount
from schemas.change import Change, Column, Comparison, Kind, Pairing, Role, Text
from schemas.edition import Activity, Edition, Funding, Money, Task
from schemas.place import Place
from schemas.requisites import Act

_ZERO = Decimal(0)


def compare(old: Edition, new: Edition) -> Comparison:
    """Everything that differs between two editions of a programme."""
    alignment = align(old, new)
    roles = Roles(System(old), System(new), alignment)
    drafts = with_columns(list(_told(differences(alignment, roles.stale()), roles)), old, new)
    changes = [_change(f"C{number}", draft, roles) for number, draft in enumerate(drafts, 1)]
    moved = cells(changes, old, new, alignment)
    changes = with_causes(with_relatives(with_traits(changes, new), moved, new))
    changes = _with_footings(changes, roles)
    changes, groups = grouped(changes, moved, old, new)
    pairs = tuple(pair.pairing for pair in alignment.pairs if pair.pairing and pair.pairing.thing != "programme")
    return Comparison(old=old, new=new, changes=tuple(changes), totals=totals(old, new, moved, alignment), groups=groups, pairs=pairs)


def _told(drafts: Iterable[Draft], roles: Roles) -> Iterator[Draft]:
    """A row that came or went is one change, unless one of its cells does not follow from its terms."""
    for draft in drafts:
        if any(cell.field == "amount" and _role(cell, roles) == Role.UNEXPLAINED for cell in draft.cells):
            yield from draft.cells
        else:
            yield draft


def _change(number: str, draft: Draft, roles: Roles) -> Change:
    old, new = (side and side.value for side in (draft.old, draft.new))
    role = _role(draft, roles)
    form = draft.kind == Kind.ALTERED and role != Role.UNEXPLAINED and is_of_form_only(old, new, draft.field)
    words = difference(old.text, new.text) if draft.kind == Kind.ALTERED and isinstance(old, Text) and isinstance(new, Text) else []
    return Change(
        id=number, kind=draft.kind, field=draft.field,
        address_old=draft.old and draft.old.address, address_new=draft.new and draft.new.address,
        place_old=_place(old), place_new=_place(new),
        pointer_old=draft.old and draft.old.pointer, pointer_new=draft.new and draft.new.pointer,
        old=old, new=new, form=form, words=tuple(words), delta=_delta(draft), role=role, pairing=_shown_pairing(draft.pairing),
    )  # fmt: skip


def _shown_pairing(pairing: Pairing | None) -> Pairing | None:
    """The pairing, where number and name do not say by themselves that it is one thing."""
    return pairing if pairing and (pairing.doubtful or pairing.strength < 1) else None


def _delta(draft: Draft) -> Decimal | None:
    old, new = (side and side.value for side in (draft.old, draft.new))
    if isinstance(old, Amount | None) and isinstance(new, Amount | None):
        readable = all(amount is None or not amount.is_unreadable for amount in (old, new))
        return ((new and new.value) or _ZERO) - ((old and old.value) or _ZERO) if readable else None
    if isinstance(new or old, Activity | Task | Money):
        return money_of(new) - money_of(old)
    if isinstance(new or old, Funding):
        return funded(new) - funded(old)
    return None


def _role(draft: Draft, roles: Roles) -> Role | None:
    """The role of an amount, of a row of amounts, of an activity or a task with its money."""
    value = draft.here.value
    if isinstance(value, Activity | Task):
        return Role.PRIMARY if draft.kind in (Kind.ADDED, Kind.REMOVED) and money_of(value) else None
    if draft.field != "amount" or isinstance(value, Text | Column):
        return None
    if isinstance(value, Money):
        found = {_role(cell, roles) for cell in draft.cells if cell.field == "amount"}
        return Role.PRIMARY if Role.PRIMARY in found or draft.here.address.activity is not None else Role.DERIVED
    if isinstance(value, Funding):
        address = draft.here.address
        found = {_of(address.at(year=year), draft, roles) for year in (*value.years, *(["total"] if value.total else []))}
        return next((role for role in (Role.UNEXPLAINED, Role.PRIMARY) if role in found), Role.DERIVED)
    return _of(draft.here.address, draft, roles)


def _of(address: Address, draft: Draft, roles: Roles) -> Role | None:
    if draft.new is None:
        return roles.removed(address)
    if draft.old is None:
        return roles.added(address)
    found = roles.of(address)
    same = is_of_form_only(draft.old.value, draft.new.value, draft.field)
    return found if same else found or Role.PRIMARY


def _place(thing: object) -> Place | None:
    if isinstance(thing, Activity):
        return thing.places.get("name")
    if isinstance(thing, Money):
        return next((amount.place for _, amount in thing.amounts()), thing.result_place)
    if isinstance(thing, Act):
        return thing.citations[0].place if thing.citations else None
    return getattr(thing, "place", None)


def _with_footings(changes: list[Change], roles: Roles) -> list[Change]:
    """The totals with the sum behind them, and the changes of its terms."""
    known: dict[object, str] = {}
    for change in changes:
        for address in (change.address_new, change.address_old):
            if address is not None and change.role is not None:
                known.setdefault(address, change.id)

    def change_of(address: Address) -> str | None:
        for form in (
            address,
            address.at(column=None),
            address.at(column=None, year=None),
            address.at(column=None, year=None, activity=None),
        ):
            if form in known:
                return known[form]
        return None

    def footed(change: Change) -> Change:
        address = change.address_new
        if change.role not in (Role.DERIVED, Role.UNEXPLAINED) or address is None or not isinstance(change.new, Amount):
            return change
        return change.model_copy(update={"footing": roles.footing(address, change_of)})

    return [footed(change) for change in changes]
