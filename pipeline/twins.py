"""The indicators of the passport and of appendix 1, pairwise: which two are one and the same."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import regex

from pipeline.likeness import likeness, words_of
from schemas.address import Address
from schemas.edition import Edition, Indicator

_MARKER = regex.compile(
    r"^\s*+(?:показател\p{L}*+\s*+(?:№\s*+)?\d*+(?:\.\d+)*+\s*+(?:(?:задач|цел)\p{L}*+\s*+\d*+)?\s*+[.:)–—-]|\d{1,2}(?:\.\d+)*[.)])\s*(?=\p{L})",
    regex.I,
)
# the words of units, each with the one that stands for it: «единиц» and «штук» count the same things
_UNITS = {
    "%": "%", "процент": "%", "процента": "%", "процентов": "%", "проценты": "%", "процентах": "%",
    "ед": "ед", "единиц": "ед", "единица": "ед", "единицы": "ед", "единицах": "ед", "изм": "", "шт": "ед", "штук": "ед", "штука": "ед", "штуки": "ед",
    "чел": "чел", "человек": "чел", "человека": "чел", "тыс": "тыс", "тысяч": "тыс", "млн": "млн", "миллионов": "млн",
    "руб": "руб", "рублей": "руб", "рубль": "руб", "км": "км", "километров": "км", "километр": "км", "м": "м", "метров": "м",
    "кв": "кв", "квадратных": "кв", "куб": "куб", "кубических": "куб", "га": "га", "гектаров": "га", "т": "т", "тонн": "т",
    "балл": "балл", "баллов": "балл", "баллы": "балл", "раз": "раз", "семей": "семей", "экз": "экз", "экземпляров": "экз",
}  # fmt: skip
_SAME, _SURE = 0.5, 0.75  # of likeness: of the only two of a task, and of any two

Addressed = tuple[Address, Indicator]
Numbered = dict[int, Addressed]


class Twins(NamedTuple):
    """The pairs in the order of the passport, and what has no twin on either side."""

    pairs: list[tuple[Addressed, Addressed]]
    only_passport: list[Addressed]
    only_appendix: list[Addressed]


def twins(edition: Edition) -> Twins:
    """Pair by equal names, first within the task; then the only two of a task; then by names nearly equal."""
    mine, theirs = dict(enumerate(edition.passport_indicator_addresses())), dict(enumerate(edition.indicator_addresses()))
    pairs: dict[int, tuple[Addressed, Addressed]] = {}
    for ways in (_same_task_and_name, _same_name, _only_of_task, _nearly_same):
        for one, other in list(ways(mine, theirs)):
            if one in mine and other in theirs:
                pairs[one] = (mine.pop(one), theirs.pop(other))
    return Twins([pairs[one] for one in sorted(pairs)], list(mine.values()), list(theirs.values()))


def _same_task_and_name(mine: Numbered, theirs: Numbered) -> Iterator[tuple[int, int]]:
    return _only_ones(mine, theirs, lambda indicator: (indicator.task, named(indicator)))


def _same_name(mine: Numbered, theirs: Numbered) -> Iterator[tuple[int, int]]:
    return _only_ones(mine, theirs, named)


def _only_of_task(mine: Numbered, theirs: Numbered) -> Iterator[tuple[int, int]]:
    for one, other in _only_ones(mine, theirs, lambda indicator: indicator.task):
        here, there = mine[one][1], theirs[other][1]
        if likeness(bare(here), bare(there)) >= _SAME or _same_values(here, there):
            yield one, other


def _nearly_same(mine: Numbered, theirs: Numbered) -> Iterator[tuple[int, int]]:
    """The likest pairs first; those of one task before others."""
    found = [
        (here.task != there.task, -alike, one, other)
        for one, (_, here) in mine.items() for other, (_, there) in theirs.items()
        if (alike := likeness(bare(here), bare(there))) >= _SURE
    ]  # fmt: skip
    yield from ((one, other) for _, _, one, other in sorted(found))


def _only_ones(mine: Numbered, theirs: Numbered, trait: Callable[[Indicator], object]) -> Iterator[tuple[int, int]]:
    """The pairs that share a trait with nobody else on either side."""
    sides: list[dict[object, list[int]]] = [{}, {}]
    for side, numbered in zip(sides, (mine, theirs), strict=True):
        for number, (_, indicator) in numbered.items():
            side.setdefault(trait(indicator), []).append(number)
    for shared, (one, *more) in sides[0].items():
        others = sides[1].get(shared, [])
        if not more and len(others) == 1:
            yield one, others[0]


def named(indicator: Indicator) -> tuple[str, ...]:
    """The words of the name without «Показатель 1:» and without the unit at its end."""
    words = list(words_of(bare(indicator)))
    while len(words) > 1 and words[-1] in _UNITS:
        words.pop()
    return tuple(words)


def bare(indicator: Indicator) -> str:
    """The name as written, without what only counts it."""
    return _MARKER.sub("", indicator.name)


def measured(unit: str) -> tuple[str, ...]:
    """A unit as it is compared.

    >>> measured("тыс. человек") == measured("тыс.чел."), measured("проценты")
    (True, ('%',))
    """
    words = (part for word in words_of(unit) for part in word.split("."))
    return tuple(filter(None, (_UNITS.get(word, word) for word in words)))


def _same_values(one: Indicator, other: Indicator) -> bool:
    """Whether all years that both have hold the same figures."""
    both = [(amount.value, other.values[year].value) for year, amount in one.values.items() if year in other.values]
    return len(both) > 1 and all(left == right is not None for left, right in both)
