"""Several editions of one programme in order → the steps between them, and the trail of each amount that ever changed."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from pipeline.align import Alignment, align, owner
from pipeline.compare import compare
from pipeline.meaning import amount_meaning
from schemas.address import Address
from schemas.amount import Amount
from schemas.change import Comparison, History, Trail
from schemas.edition import Edition

_Addresses = tuple[Address | None, ...]
_Told = tuple[dict[Address, str], dict[Address, str]]


def history(editions: Sequence[Edition]) -> History:
    """The history of three editions and more (of two, it is their comparison)."""
    steps = tuple(compare(old, new) for old, new in pairwise(editions))
    told = [_told(step) for step in steps]
    chains = _chains(editions, [align(old, new) for old, new in pairwise(editions)])
    trails = (_trail(chain, editions, told) for chain in chains)
    return History(editions=tuple(editions), steps=steps, trails=tuple(trail for trail in trails if trail is not None))


def _chains(editions: Sequence[Edition], alignments: Sequence[Alignment]) -> Iterator[_Addresses]:
    """The addresses that each amount bears, edition by edition, in the order of the last one that has it."""
    chains: dict[Address, _Addresses] = {address: (address,) for address in editions[0].amounts}
    for number, (alignment, edition) in enumerate(zip(alignments, editions[1:], strict=True), 1):
        gone = {owner(pair.old.address) for pair in alignment.pairs if pair.old and pair.new is None}
        became: dict[Address, _Addresses] = {}
        for address, chain in chains.items():
            now = alignment.renamed(address)
            if owner(address) in gone or now not in edition.amounts:
                yield (*chain, *(None,) * (len(editions) - len(chain)))
            else:
                became[now] = (*chain, now)
        chains = {address: became.get(address, ((None,) * number + (address,))) for address in edition.amounts}
    yield from chains.values()


def _trail(chain: _Addresses, editions: Sequence[Edition], told: Sequence[_Told]) -> Trail | None:
    """The trail of an amount, or None where it never changed but in form."""
    values = tuple(address and edition.amounts[address] for address, edition in zip(chain, editions, strict=True))
    address = next(address for address in chain if address is not None)
    is_indicator = address.part == "appendix1" or address.row == "indicators"
    field: Literal["amount", "indicator"] = "indicator" if is_indicator else "amount"
    if len({None if value is None else amount_meaning(value, field) for value in values}) == 1:
        return None
    changes = tuple(_change(before, after, step) for (before, after), step in zip(pairwise(chain), told, strict=True))
    first, last = _value(values[0]), _value(values[-1])
    delta = None if first is None or last is None else last - first
    return Trail(field=field, addresses=chain, values=values, changes=changes, delta=delta)


def _told(step: Comparison) -> _Told:
    """Which change tells of what stands at an address of the old edition, and of the new one."""
    told = [change for change in step.changes if change.delta is not None and not change.form]
    old = {change.address_old: change.id for change in told if change.address_old is not None}
    return old, {change.address_new: change.id for change in told if change.address_new is not None}


def _change(before: Address | None, after: Address | None, told: _Told) -> str | None:
    """The change that tells of the amount, itself or with the row or the thing that holds it."""
    for end, known in ((after, told[1]), (before, told[0])):
        if end is not None:
            row, thing = end.at(column=None), end.at(column=None, year=None)
            for address in (end, row, thing, thing.at(activity=None)):
                if address in known:
                    return known[address]
    return None


def _value(amount: Amount | None) -> Decimal | None:
    return None if amount is None else amount.value
