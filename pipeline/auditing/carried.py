"""The acts carried out one after the other on the former edition: the edition that they order, and who ordered what in it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from extractors.edition import edition
from extractors.errors import CannotRead
from pipeline.amend import Amended, amend
from pipeline.carrying.paths import Path, Spots
from pipeline.compare import compare
from pipeline.loaded import Loaded
from schemas.address import Address
from schemas.amendment import Operation, Resolution
from schemas.audit import Order
from schemas.change import Change
from schemas.finding import Phrase, phrase
from schemas.place import Place


class Carried(NamedTuple):
    """One act carried out: what stood before, what stands after (None: it cannot be read any more), the operations' outcomes."""

    act: Resolution
    before: Loaded
    after: Loaded | None
    amended: Amended

    @property
    def operations(self) -> tuple[Operation, ...]:
        """The operations with what became of them."""
        return self.amended.operations


def carry_out(old: Loaded, acts: Iterable[Resolution]) -> list[Carried]:
    """Each act on the result of the one before."""
    found: list[Carried] = []
    here = old
    for act in acts:
        operations = [one for one in act.operations if concerns(act, one, old)]
        amended = amend(here.document, operations, here.edition)
        try:
            after = Loaded(edition(amended.document, here.edition.source), amended.document)
        except CannotRead:
            found.append(Carried(act, here, None, amended))
            break
        found.append(Carried(act, here, after, amended))
        here = after
    return found


def concerns(act: Resolution, operation: Operation, old: Loaded) -> bool:
    """Whether an operation is on this programme: the act may amend others too."""
    base = old.edition.base_act
    if operation.act >= len(act.amends):
        return True
    amended = act.amends[operation.act]
    date = base.date.isoformat() if base.date else None
    return amended.number in (None, base.number) and (amended.date is None or date is None or amended.date == date)


def named(act: Resolution) -> str:
    """An act as it is called: «от 24.03.2023 № 160»."""
    date = ".".join(reversed(act.act.date.split("-"))) if act.act.date else ""
    return " ".join(filter(None, (date and f"от {date}", act.act.number and f"№ {act.act.number}"))) or act.source.file


def called(date: str | None, number: str | None) -> Phrase:
    """The requisites of an act, to be worded."""
    if date and number:
        return phrase("от {date} № {number}", date=".".join(reversed(date.split("-"))), number=number)
    return phrase("№ {number}", number=number) if number else phrase("без номера")


def failures(step: Carried) -> Iterator[tuple[Operation, Phrase]]:
    """The operations that were not carried out, each with the reason."""
    for outcome in step.amended.outcomes:
        one = outcome.operation
        if one.status != "carried-out":
            yield one, outcome.why or Phrase(template=one.reason or "указание не понято")


def order(act: Resolution, operation: Operation) -> Order:
    """An operation as an order of its act."""
    return Order(act=named(act), item=operation.item, operation=operation.id, text=operation.text)


_Orders = dict[tuple[Address | None, str], tuple[Order, ...]]


class Attribution:
    """Which operations made what the expected edition holds at an address."""

    def __init__(self, steps: Sequence[Carried]) -> None:
        self._after: _Orders = {}
        self._before: _Orders = {}  # a number set free by one change is the new number of another: 5.5 → 5.6 beside a new 5.5
        for step in steps:
            if step.after is not None:
                for change, orders in _told(step):
                    self._after[change.address_new, change.field] = orders
                    self._before[change.address_old, change.field] = orders

    def of(self, new: Address | None, old: Address | None, field: str) -> tuple[Order, ...]:
        """The orders for a spot after and before the acts: of the spot itself, else of the row, the thing that holds it."""
        for address, known in ((new, self._after), (old, self._before), (old, self._after), (new, self._before)):
            for wider in _wider(address) if address is not None else ():
                for kind in (field, "name", "text", "amount", "indicator"):
                    if found := known.get((wider, kind)):
                        return found
        return ()


def _wider(address: Address) -> Iterator[Address]:
    yield address
    yield address.at(column=None)
    yield address.at(column=None, year=None)
    if address.part == "section":
        yield address.at(paragraph=None)


def _told(step: Carried) -> Iterator[tuple[Change, tuple[Order, ...]]]:
    """Each change that an act made, with the operations that touched its spot."""
    assert step.after is not None
    spots = [Spots(side.document) for side in (step.before, step.after)]
    outcomes = [one for one in step.amended.outcomes if one.operation.status == "carried-out"]
    for change in compare(step.before.edition, step.after.edition).changes:
        after, before = _path(spots[1], change.place_new), _path(spots[0], change.place_old)
        touching = [one for one in outcomes if _touches(one.account.made, after) or _touches(one.account.former, before)]
        if touching:
            yield change, tuple(order(step.act, one.operation) for one in touching)


def _path(spots: Spots, place: Place | None) -> Path | None:
    """The cell at a place, or the paragraph where no table is: a text may go on over several paragraphs of its cell."""
    if place is None:
        return None
    return spots.of(place) if place.table is None else spots.of(place._replace(paragraph=None))


def _touches(touched: frozenset[Path], path: Path | None) -> bool:
    """Whether something touched is the spot, holds it, or stands in it."""
    if path is None:
        return False
    return any(path[:n] in touched for n in range(1, len(path) + 1)) or any(one[: len(path)] == path for one in touched)
