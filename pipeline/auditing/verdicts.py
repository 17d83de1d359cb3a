"""Each difference between the ordered edition and the published one, and each change of the step → its one verdict.

Both comparisons end in the published edition, so what speaks of one spot bears the same pointer into it.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.auditing.carried import Attribution, Carried, called, failures, named, order
from pipeline.content import plain_whole
from schemas.amendment import Operation
from schemas.amount import Amount
from schemas.audit import Order, Ruling, Verdict
from schemas.change import Change, Kind, Role, Trait
from schemas.finding import Phrase, phrase
from schemas.place import Place
from schemas.requisites import Act

FORGOTTEN = "акт не изложил этот итог заново, хотя изменил его слагаемые"
ELSEWHERE = "то же изменение предписано в другом месте: {address}"
DONE_ELSEWHERE = "это изменение сделано в другом месте: {address}"
OTHER_VALUE = "акт предписывает «{expected}», а в новой редакции «{published}»"
OLD_ABSENT = "новая редакция та, что предписана, но прежние слова акта в прежней редакции не стоят: {reason}"
MAY_BE = "может быть, об этом пункт {item} постановления {act}, который выполнить не удалось: {reason}"
FOLLOWS = "следует из изменения, которого нет ни в одном акте: {change}"
ACT_MISSING = "постановления {act} среди файлов нет"


class Grounds(NamedTuple):
    """What verdicts are founded on: the acts as carried out, and what stands in the way of certainty."""

    steps: Sequence[Carried]
    orders: Attribution
    missing: Sequence[tuple[str | None, str | None]]
    obstacles: Sequence[Phrase]


class Draft(NamedTuple):
    """A ruling in the making."""

    verdict: Verdict
    orders: tuple[Order, ...] = ()
    reasons: tuple[Phrase, ...] = ()
    expected: str | None = None
    derived: bool = False
    forgotten: bool = False


def rulings(changes: Sequence[Change], differences: Sequence[Change], grounds: Grounds) -> tuple[Ruling, ...]:
    """The rulings: on the changes of the step in their order, on what is ordered and not there, on orders that came to nothing."""
    return tuple(_Court(changes, differences, grounds).rulings())


class _Court:
    def __init__(self, changes: Sequence[Change], differences: Sequence[Change], grounds: Grounds) -> None:
        self.changes, self.grounds = changes, grounds
        self.differences = [one for one in differences if not _is_stale(one) and not _is_of_acts(one)]
        self.at = {one.pointer_new: one for one in self.differences if one.pointer_new is not None}
        self.gone = [one for one in self.differences if one.pointer_new is None]
        self.met: set[str] = set()
        self.drafts: dict[str, Draft] = {}

    def rulings(self) -> Iterator[Ruling]:
        for change in self.changes:
            self.drafts[change.id] = self._first(change)
        left = [one for one in self.differences if one.id not in self.met]
        self._elsewhere(left)
        self._settle()
        made = [_ruling(change, self.drafts[change.id], change.id) for change in self.changes]
        made += [_ruling(one, self._not_there(one), None) for one in left]
        made += list(self._idle(made))
        for number, ruling in enumerate(made, 1):
            yield ruling.model_copy(update={"id": f"V{number}"})

    # What is said of a change as it stands, before the totals and what stands in the way are looked at.

    def _first(self, change: Change) -> Draft:
        if _is_of_acts(change):
            return self._act(change)
        found = self._difference(change)
        if found is None:
            orders = self._orders(change)
            return Draft(Verdict.DECLARED, orders, expected=_text(change.new))
        self.met.add(found.id)
        if _same(change.old, found.old) and change.kind == found.kind:
            return self._aimed(change) or Draft(Verdict.UNDECLARED, expected=_text(found.old))
        expected = _text(found.old)
        why = phrase(OTHER_VALUE, expected=expected or "", published=_text(change.new) or "")
        return Draft(Verdict.OTHERWISE, self._orders(change), (why,), expected)

    def _difference(self, change: Change) -> Change | None:
        """What the ordered edition says otherwise at the spot of a change."""
        pointer = change.pointer_new
        if pointer is None:
            return next((one for one in self.gone if one.id not in self.met and _same(one.old, change.old) and _near(one, change)), None)
        steps = pointer.split("/")
        above = (self.at.get("/".join(steps[:n])) for n in range(len(steps) - 1, 1, -1))
        return self.at.get(pointer) or next((one for one in above if one is not None and one.kind == Kind.ADDED), None)

    def _act(self, change: Change) -> Draft:
        """An amending act that the new edition names for the first time, or no more."""
        acts = [(step.act.act.date, step.act.act.number) for step in self.grounds.steps]
        act = next(value for value in (change.new, change.old) if isinstance(value, Act))
        given = next((step for step, (_, number) in zip(self.grounds.steps, acts, strict=True) if number == act.number), None)
        if given is None:
            known = phrase(ACT_MISSING, act=called(act.date.isoformat() if act.date else None, act.number))
            return Draft(Verdict.UNRESOLVED, reasons=(known,))
        return Draft(Verdict.DECLARED, (Order(act=named(given.act), item="", operation="", text=given.act.act.title or ""),))

    def _orders(self, change: Change) -> tuple[Order, ...]:
        return self.grounds.orders.of(change.address_new, change.address_old, change.field)

    def _aimed(self, change: Change) -> Draft | None:
        """A change that a failed order aims at and gives its new wording to: only the old wording was not there.

        Where a failed order might be about the change, and its spot is not known, nothing is said for sure.
        """
        failed = [(step, one, reason) for step in self.grounds.steps for one, reason in failures(step)]
        for step, one, reason in failed:
            if one.new and _aims_at(one, change) and one.new in (_text(change.new) or ""):
                return Draft(Verdict.OTHERWISE, (order(step.act, one),), (phrase(OLD_ABSENT, reason=reason),), _text(change.new))
        for step, one, reason in failed:
            if one.status == "failed" and "old" not in reason.values and _may_be(one, change):  # else its spot is known, and another
                act = called(step.act.act.date, step.act.act.number)
                return Draft(Verdict.UNRESOLVED, (order(step.act, one),), (phrase(MAY_BE, item=one.item, act=act, reason=reason),))
        return None

    def _elsewhere(self, left: Sequence[Change]) -> None:
        """An order that came to nothing where it was given, and the same change in a spot beside it."""
        for one in left:
            for change in self.changes:
                if self.drafts[change.id].verdict == Verdict.UNDECLARED and _is_same_change(one, change):
                    where = one.address_new or one.address_old
                    assert where is not None  # both are of figures
                    self.drafts[change.id] = Draft(Verdict.OTHERWISE, self._orders(one), (phrase(ELSEWHERE, address=where),))
                    break

    def _settle(self) -> None:
        """Totals after their terms, until nothing moves; then what follows from undeclared changes; then what stands in the way."""
        for rule in (self._follows_declared, self._follows_undeclared):
            moved = True
            while moved:
                found = {change.id: draft for change in self.changes if (draft := rule(change)) is not None}
                self.drafts |= found
                moved = bool(found)
        for change in self.changes:
            draft = self.drafts[change.id]
            if self.grounds.obstacles and (draft.verdict == Verdict.UNDECLARED or (_is_stale(change) and not draft.forgotten)):
                self.drafts[change.id] = draft._replace(verdict=Verdict.UNRESOLVED, reasons=tuple(self.grounds.obstacles))

    def _terms(self, change: Change) -> list[tuple[str, Draft]]:
        """The changes of a total's terms, with what is said of them."""
        terms = change.footing.terms if change.footing else ()
        return [(term.change, self.drafts[term.change]) for term in terms if term.change in self.drafts]

    def _follows_declared(self, change: Change) -> Draft | None:
        """A total that no act restates, though the acts change what it is the sum of: it moved with them, or it was forgotten."""
        draft, terms = self.drafts[change.id], self._terms(change)
        if draft.derived or draft.forgotten or change.footing is None or not terms:
            return None
        orders = tuple(dict.fromkeys(order for _, one in terms for order in one.orders))
        if _is_stale(change):
            is_forgotten = draft.verdict == Verdict.DECLARED and any(one.verdict == Verdict.DECLARED and one.orders for _, one in terms)
            return draft._replace(orders=orders, reasons=(phrase(FORGOTTEN),), forgotten=True) if is_forgotten else None
        whole = len(terms) == len(change.footing.terms) and all(one.verdict == Verdict.DECLARED for _, one in terms)
        if draft.verdict != Verdict.UNDECLARED or change.role != Role.DERIVED or not whole:
            return None
        return draft._replace(verdict=Verdict.DECLARED, orders=orders, reasons=(phrase(FORGOTTEN),), derived=True, forgotten=True)

    def _follows_undeclared(self, change: Change) -> Draft | None:
        draft = self.drafts[change.id]
        if draft.derived or draft.verdict != Verdict.UNDECLARED or change.role != Role.DERIVED:
            return None
        culprit = next((term for term, one in self._terms(change) if one.verdict == Verdict.UNDECLARED), None)
        return draft._replace(derived=True, reasons=(phrase(FOLLOWS, change=culprit),)) if culprit else None

    # What is ordered and not there.

    def _not_there(self, one: Change) -> Draft:
        orders, expected = self._orders(one), _text(one.old)
        done = next(
            (change for change in self.changes if self.drafts[change.id].verdict == Verdict.OTHERWISE and _is_same_change(one, change)),
            None,
        )
        if done is not None and done.address_new is not None:
            return Draft(Verdict.OTHERWISE, orders, (phrase(DONE_ELSEWHERE, address=done.address_new),), expected)
        if self._is_within_a_change(one):
            why = phrase(OTHER_VALUE, expected=expected or "", published=_text(one.new) or "")
            return Draft(Verdict.OTHERWISE, orders, (why,), expected)
        if self.grounds.missing:
            reasons = tuple(phrase(ACT_MISSING, act=called(*act)) for act in self.grounds.missing)
            return Draft(Verdict.UNRESOLVED, orders, reasons, expected)
        return Draft(Verdict.NOT_CARRIED_OUT, orders, (), expected)

    def _is_within_a_change(self, one: Change) -> bool:
        """Whether it is part of a thing that came with the amendment."""
        pointer = one.pointer_new or ""
        return any(
            change.kind == Kind.ADDED and change.pointer_new and pointer.startswith(f"{change.pointer_new}/") for change in self.changes
        )

    def _idle(self, made: Iterable[Ruling]) -> Iterator[Ruling]:
        """Orders that could not be carried out or understood, and with which nothing in the new edition agrees."""
        told = {(one.act, one.operation) for ruling in made for one in ruling.orders}
        for step in self.grounds.steps:
            for one, reason in failures(step):
                own = order(step.act, one)
                if (own.act, own.operation) in told:
                    continue
                yield Ruling(
                    id="",
                    verdict=Verdict.UNRESOLVED,
                    address=one.target,
                    place=one.place,
                    expected=one.new,
                    orders=(own,),
                    reasons=(reason,),
                )


def _ruling(change: Change, draft: Draft, of: str | None) -> Ruling:
    return Ruling(
        id="", verdict=draft.verdict, change=of, field=change.field, address=change.address_new or change.address_old,
        place=change.place_new or change.place_old, expected=draft.expected, published=_text(change.new), orders=draft.orders,
        derived=draft.derived, forgotten=draft.forgotten, reasons=draft.reasons,
    )  # fmt: skip


def _is_stale(change: Change) -> bool:
    """A total that is told because it stayed: nothing differs there."""
    return Trait.STALE in change.traits and _same(change.old, change.new)


def _is_of_acts(change: Change) -> bool:
    return change.field == "requisites" and isinstance(change.new or change.old, Act)


def _same(one: object, other: object) -> bool:
    return bool(plain_whole(one) == plain_whole(other))


def _near(one: Change, other: Change) -> bool:
    """Whether two things that went stood in the same part."""
    addresses = (one.address_old, other.address_old)
    return all(addresses) and addresses[0].part == addresses[1].part  # type: ignore[union-attr]  # both are there


def _is_same_change(one: Change, change: Change) -> bool:
    """Whether what is ordered in one spot (`one` leads from it to what is published) was done in another beside it."""
    if not all(isinstance(value, Amount) for value in (one.old, one.new, change.old, change.new)) or one.field != change.field:
        return False
    here, there = one.address_new, change.address_new
    if here is None or there is None or here.part != there.part:
        return False
    differs = sum(a != b for a, b in zip(here, there, strict=True))
    return differs == 1 and _same(one.new, change.old) and _same(one.old, change.new)


def _may_be(operation: Operation, change: Change) -> bool:
    """Whether an order that could not be carried out may be about a change: its wording and that of the new edition share something."""
    new = _text(change.new) or ""
    if operation.new is None:
        return change.new is None
    return bool(new) and (new in operation.new or operation.new in new)


def _aims_at(operation: Operation, change: Change) -> bool:
    """Whether the spot that a failed order was given for is that of the change."""
    if operation.target is not None and operation.target in (change.address_old, change.address_new):
        return True
    for candidate in operation.candidates[:1]:
        place = Place.of(candidate["place"])
        spot = change.place_old
        if spot is not None and (place.table, place.row, place.column) == (spot.table, spot.row, spot.column):
            return place.table is not None or place.paragraph == spot.paragraph
    return False


def _text(value: object) -> str | None:
    """What stands somewhere, as a text: a figure as written, a thing by its name."""
    if value is None:
        return None
    if isinstance(value, Amount):
        return value.raw.strip()
    return str(
        getattr(value, "text", None)
        or getattr(value, "name", None)
        or getattr(value, "label", None)
        or getattr(value, "number", None)
        or ""
    )
