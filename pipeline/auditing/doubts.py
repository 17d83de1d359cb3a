"""What is doubtful in the acts themselves, whatever the new edition shows; the rules STP tell of it."""

import itertools
from collections.abc import Iterable, Iterator, Sequence

import regex

from pipeline.auditing.carried import Carried, called, named, order
from schemas.amendment import Resolution, Verb
from schemas.audit import Doubt, Order, Ruling, Verdict
from schemas.edition import Edition
from schemas.finding import Phrase, phrase
from schemas.place import Place

OLD_WORDING = "пункт {item} постановления {act}: прежних слов «{old}» в прежней редакции нет там, где акт их называет"
OTHER_FIGURE = "пункт {item} постановления {act}: предписано «{expected}», а в новой редакции стоит «{published}»"
ONLY_AMENDING = (
    "постановление {act} вносит изменения в постановление {amended}, которое само лишь вносит изменения: изменяют только основной акт"
)
NUMBER_BEFORE = "постановление {act} издано позже, чем {other}, а номер его меньше"
DATE_BEFORE = "постановление {act} датировано раньше, чем {other}, которое оно изменяет"
ITEM_ORDER = "постановление {act}: после пункта {before} стоит пункт {item}"
_WITH_OLD = (Verb.REPLACE_WORDS, Verb.REPLACE_FIGURES, Verb.INSERT_WORDS, Verb.DELETE, Verb.REPLACE_THROUGHOUT)
_DIGITS = regex.compile(r"\d++")


def doubts(old: Edition, new: Edition, given: Sequence[Resolution], steps: Sequence[Carried], rulings: Iterable[Ruling]) -> Iterator[Doubt]:
    """All doubts, in the order of their codes."""
    yield from _old_wordings(steps)
    yield from _other_figures(rulings, given)
    yield from _only_amending(given, old, new)
    yield from _out_of_sequence(given, new)


def _old_wordings(steps: Iterable[Carried]) -> Iterator[Doubt]:
    """An order whose former wording does not stand where the act says it does."""
    for step in steps:
        for outcome in step.amended.outcomes:
            one = outcome.operation
            if one.status == "failed" and one.kind in _WITH_OLD and one.old and outcome.why and "old" in outcome.why.values:
                message = phrase(OLD_WORDING, item=one.item, act=called(step.act.act.date, step.act.act.number), old=one.old)
                yield Doubt(code="STP001", message=message, order=order(step.act, one), place=one.place)


def _other_figures(rulings: Iterable[Ruling], given: Sequence[Resolution]) -> Iterator[Doubt]:
    for ruling in rulings:
        is_figure = ruling.field in ("amount", "indicator") and ruling.orders and ruling.address
        if is_figure and ruling.verdict in (Verdict.OTHERWISE, Verdict.NOT_CARRIED_OUT) and ruling.expected != ruling.published:
            first = ruling.orders[0]
            message = phrase(
                OTHER_FIGURE, item=first.item, act=_act(first, given), expected=ruling.expected or "", published=ruling.published or ""
            )
            yield Doubt(code="STP002", message=message, order=first, address=ruling.address, place=ruling.place)


def _act(order: Order, given: Sequence[Resolution]) -> Phrase:
    act = next(act for act in given if named(act) == order.act)
    return called(act.act.date, act.act.number)


def _only_amending(given: Iterable[Resolution], old: Edition, new: Edition) -> Iterator[Doubt]:
    """An act that amends an act which is known to be nothing but an amendment."""
    amending = {one.number for one in (*old.amending_acts, *new.amending_acts)} | {act.act.number for act in given}
    for act in given:
        for amended in act.amends:
            by_title = regex.match(r"\s*+о\s++внесении\s++изменени", amended.title or "", regex.I)
            if amended.number != old.base_act.number and (by_title or (amended.number in amending and amended.number is not None)):
                message = phrase(ONLY_AMENDING, act=called(act.act.date, act.act.number), amended=called(amended.date, amended.number))
                yield Doubt(code="STP003", message=message, place=amended.place)


def _out_of_sequence(given: Sequence[Resolution], new: Edition) -> Iterator[Doubt]:
    yield from _of_acts(given, new)
    for act in given:
        if not act.unread:
            yield from _of_items(act)


def _of_items(act: Resolution) -> Iterator[Doubt]:
    """Items of one level follow each other without a gap and without coming back; nothing is said where something was not understood."""
    placed = [*((one.item, one.place) for one in act.operations), *((one.item, one.place) for one in act.clauses)]
    last: dict[tuple[int, ...], int] = {}
    for item, place in sorted(placed, key=lambda one: _spot(one[1])):
        numbers = _numbers(item)
        for depth in range(len(numbers)):
            above, number = numbers[:depth], numbers[depth]
            before = last.setdefault(above, number)
            if number not in (before, before + 1):
                message = phrase(
                    ITEM_ORDER, act=called(act.act.date, act.act.number), before=_written((*above, before)), item=_written((*above, number))
                )
                yield Doubt(code="STP004", message=message, place=place)
            last[above] = number


def _spot(place: Place | None) -> tuple[int, int]:
    return (place.line or 0, place.paragraph or 0) if place else (0, 0)


def _written(numbers: Iterable[int]) -> str:
    return ".".join(map(str, numbers))


def _of_acts(given: Sequence[Resolution], new: Edition) -> Iterator[Doubt]:
    """Numbers of one year rise with the dates, and no act is older than what it amends."""
    known = [(one.date.isoformat(), one.number) for one in (new.base_act, *new.amending_acts) if one.date and one.number]
    for act in given:
        date, number = act.act.date, act.act.number
        for other_date, other in known:
            if date and number and date[:4] == other_date[:4] and date > other_date and _count(number) < _count(other):
                message = phrase(NUMBER_BEFORE, act=called(act.act.date, act.act.number), other=called(other_date, other))
                yield Doubt(code="STP004", message=message)
        for amended in act.amends:
            if date and amended.date and date < amended.date:
                yield Doubt(
                    code="STP004",
                    message=phrase(DATE_BEFORE, act=called(act.act.date, act.act.number), other=called(amended.date, amended.number)),
                )


def _count(number: str) -> int:
    found = _DIGITS.search(number)
    return int(found[0]) if found else 0


def _numbers(item: str) -> tuple[int, ...]:
    """The number of an item as far as it is made of figures.

    >>> _numbers("1.2"), _numbers("1.2.а"), _numbers("")
    ((1, 2), (1, 2), ())
    """
    parts = itertools.takewhile(str.isdecimal, item.replace(")", "").split("."))
    return tuple(map(int, parts))
