"""How a figure came to be written wrong: a name for the slip, judged by what is written and what is due.

The kinds are those of typing from another table: a figure left from the former edition or
copied from the neighbouring year or column, a comma lost or moved, a digit lost, doubled,
swapped or mistaken (after «deductive» and «deducorrect», Scholtus 2009: a typing error is
one step of edit distance from the value that is due).
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from extractors.text import squeeze
from schemas.address import Address
from schemas.amount import Amount, decimals
from schemas.finding import Phrase, phrase

_TIMES = {1: 10, 2: 100, 3: 1000}


class Miswritten(NamedTuple):
    """A figure as written, the value that is due, and what stands around it."""

    address: Address
    amount: Amount
    due: Decimal
    neighbours: Mapping[Address, Decimal | None]  # the other years of its column, the other sources of its row
    former: Decimal | None = None  # what the former edition says there


def explained(slip: Miswritten) -> Phrase | None:
    """The kind of the slip, or None where the writing tells nothing."""
    return next(_kinds(slip), None)


def _kinds(slip: Miswritten) -> Iterator[Phrase]:
    value = slip.amount.value
    if not value:
        yield phrase("сумма не вписана")
        return
    if slip.former is not None and value == slip.former != slip.due:
        yield phrase("осталось значение прежней редакции")
    yield from _comma(value, slip.due)
    yield from _digits(_figures(value, slip.due), _figures(slip.due, value))
    same = [where for where, neighbour in slip.neighbours.items() if neighbour == value]
    if len(same) == 1:  # a figure that stands in many years tells nothing
        yield _copied(same[0], slip.address)


def _copied(where: Address, address: Address) -> Phrase:
    if where.year == address.year:
        return phrase("повторено значение соседней графы")
    return phrase("повторено значение за {year} год", year=where.year or "")


def _comma(value: Decimal, due: Decimal) -> Iterator[Phrase]:
    """The same digits with the comma elsewhere."""
    for places, times in _TIMES.items():
        if value == due.scaleb(places):
            lost = not decimals(value) and decimals(due.normalize())
            yield phrase("потеряна запятая") if lost else phrase("запятая сдвинута: больше в {times} раз", times=times)
        if value == due.scaleb(-places):
            yield phrase("запятая сдвинута: меньше в {times} раз", times=times)


def _figures(value: Decimal, other: Decimal) -> str:
    """The value as it is written, with as many decimals as the longer of the two needs."""
    places = max(decimals(number.normalize()) for number in (value, other))
    return f"{value:.{places}f}".replace(".", ",")


def _digits(written: str, due: str) -> Iterator[Phrase]:
    """One digit lost, one too many, two swapped, one mistaken.

    >>> [next(_digits(written, "3655,4")).template for written in ("355,4", "36655,4", "6355,4")]
    ['потеряна цифра {digit}', 'цифра {digit} набрана дважды', 'переставлены цифры {digits}']
    """
    if len(written) + 1 == len(due):
        yield from (phrase("потеряна цифра {digit}", digit=due[at]) for at in _dropped(due, written))
    if len(written) == len(due) + 1:
        for at in _dropped(written, due):
            doubled = written[at] in (written[at - 1 : at] or "", written[at + 1 : at + 2] or "")
            yield (
                phrase("цифра {digit} набрана дважды", digit=written[at]) if doubled else phrase("лишняя цифра {digit}", digit=written[at])
            )
    if len(written) == len(due):
        wrong = [at for at in range(len(due)) if written[at] != due[at]]
        if len(wrong) == 1:
            yield phrase("не та цифра: {written} вместо {due}", written=written[wrong[0]], due=due[wrong[0]])
        if len(wrong) == 2 and written[wrong[0]] == due[wrong[1]] and written[wrong[1]] == due[wrong[0]]:
            yield phrase("переставлены цифры {digits}", digits=squeeze(f"{due[wrong[0]]} {due[wrong[1]]}"))


def _dropped(longer: str, shorter: str) -> Iterator[int]:
    """The places whose sign, left out of the longer text, leaves the shorter."""
    return (at for at in range(len(longer)) if longer[at].isdigit() and longer[:at] + longer[at + 1 :] == shorter)
