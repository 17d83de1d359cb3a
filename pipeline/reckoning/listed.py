"""A count in running text with its breakdown in a list: «уволено 13 человек … Причины увольнения: …(7 человек); …(4 человека); …».

A list need not be complete and its items may overlap, so only a list that comes near to the
stated count is taken for its breakdown.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

import regex

from pipeline.passages import Passage

_COUNT = regex.compile(r"(?<![\d,./-])(?P<count>\d{1,3}(?: \d{3})+|\d+)(?![\d,/-]*\d)\s*(?P<unit>\p{L}{2,})")
_ITEM = regex.compile(
    r"[\s·•*–—-]*+(?:\d{1,2}[.)]\s++)?\D{3,200}?[(–—:\s-](?P<count>\d{1,6})\s*+(?P<unit>\p{L}{2,})\.?\s*+\)?\s*+[.;,]?\s*+"
)
_OTHER_THINGS = regex.compile(r"из них|из которых|также|%", regex.I)
_INCLUDING = regex.compile(r"в\s+том\s+числе|в\s+т\.\s?ч\.", regex.I)
_WORD = regex.compile(r"\p{L}{4,}")
_OF_WHOLE = regex.compile(r"из (?P<whole>\d+) (?P<who>\p{L}+(?: \p{L}+){0,3})", regex.I)
_CLAUSE = regex.compile(r"[^,;.:\n]+")
_YEARS = regex.compile(r"(?:19|20)\d\d\s*(?:г|$)|(?:19|20)\d\d\s*[-–—]")
_NEAR = Decimal("0.25")
_BACK = 2  # paragraphs before the list in which its total is looked for


class Listed(NamedTuple):
    """A stated count and the items of its list: the passage and the span of the count; passages and values of the items."""

    passage: Passage
    start: int
    end: int
    total: Decimal
    items: tuple[tuple[Passage, Decimal, str], ...]
    is_whole: bool = False


def listed(chain: Sequence[Passage]) -> Iterator[Listed]:
    """Every count of a running text with the list that breaks it down and does not give it."""
    for number, passage in enumerate(chain):
        head, _, rest = passage.text.rpartition(":")
        if not head or "\n" in passage.text:
            continue
        if rest.strip():
            items = _inline(passage, rest)
            behind = chain[number + 1 : number + 2]
        else:
            items = _below(chain, number + 1)
            behind = chain[number + 1 + len(items) : number + 2 + len(items)]
        if len(items) < 2 or _YEARS.search(head[-60:]):
            continue
        found = _stated(chain, number, head, items) or _whole_behind(head, items, behind)
        if found is not None and _is_near_miss(found):
            yield found


class _Item(NamedTuple):
    passage: Passage
    value: Decimal
    unit: str


def _item(passage: Passage, text: str) -> _Item | None:
    found = _ITEM.fullmatch(text)
    if not found or _OTHER_THINGS.search(text):
        return None
    return _Item(passage, Decimal(found["count"]), _unit(found["unit"]))


def _unit(word: str) -> str:
    """«человек», «человека», «чел.» are one unit."""
    return word.lower()[:3]


def _below(chain: Sequence[Passage], start: int) -> list[_Item]:
    """The paragraphs of a list: each has one count, all in one unit."""
    found: list[_Item] = []
    for passage in chain[start:]:
        item = _item(passage, passage.text)
        if item is None or (found and item.unit != found[0].unit):
            break
        found.append(item)
        if passage.text.rstrip().endswith("."):
            break
    return found


def _inline(passage: Passage, rest: str) -> list[_Item]:
    """The items of a list in one sentence; none when one of them is no item."""
    sentence, _, behind = rest.partition(". ")
    pieces = sentence.split(";") if ";" in sentence else sentence.split(",")
    items = [_item(passage, piece.strip()) for piece in pieces if piece.strip(" .")]
    sure = [item for item in items if item is not None]
    return sure if len(sure) == len(items) and len({item.unit for item in sure}) == 1 and not behind.strip() else []


def _stated(chain: Sequence[Passage], number: int, head: str, items: list[_Item]) -> Listed | None:
    """The count that the list's opening states, or the one before it whose verb is the opening's noun: «уволено» — «увольнения»."""
    if _OTHER_THINGS.search(head[-40:]):
        return None
    passage, unit = chain[number], items[0].unit
    opening = head[max(head.rfind(". "), head.rfind("\n")) + 1 :]
    base = len(head) - len(opening)
    own = [count for count in _COUNT.finditer(opening) if _unit(count["unit"]) == unit]
    if own:
        return _listed(passage, base, own[0], items) if len(own) == 1 else None
    words = _WORD.findall(opening)
    if not words or _INCLUDING.search(opening):
        return None
    found = [
        (earlier, clause.start(), count)
        for earlier in chain[max(0, number - _BACK) : number]
        for clause in _CLAUSE.finditer(earlier.text)
        if _same_root(words[-1], next(iter(_WORD.findall(clause[0])), ""))
        for count in _COUNT.finditer(clause[0])
        if _unit(count["unit"]) == unit
    ]
    return _listed(*found[0], items) if len(found) == 1 else None


def _listed(passage: Passage, base: int, count: "regex.Match[str]", items: list[_Item]) -> Listed:
    value = Decimal(count["count"].replace(" ", ""))
    made = tuple((item.passage, item.value, str(item.value)) for item in items)
    return Listed(passage, base + count.start("count"), base + count.end("unit"), value, made)


def _whole_behind(head: str, items: list[_Item], behind: Sequence[Passage]) -> Listed | None:
    """«… пополнился служащими: …» and then «Из 41 муниципального служащего …»: the list may not count more than there are."""
    found = _OF_WHOLE.match(behind[0].text) if behind else None
    if not found or not any(_same_root(word, who, 5) for word in _WORD.findall(head) for who in _WORD.findall(found["who"])):
        return None
    made = tuple((item.passage, item.value, str(item.value)) for item in items)
    return Listed(behind[0], found.start("whole"), found.end("whole"), Decimal(found["whole"]), made, is_whole=True)


def _same_root(left: str, right: str, least: int = 4) -> bool:
    """Whether two words begin alike by so many letters and by half of the shorter one.

    >>> _same_root("увольнения", "уволено"), _same_root("причины", "принято")
    (True, False)
    """
    left, right = left.lower(), right.lower()
    alike = next((n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    return alike >= least and 2 * alike >= min(len(left), len(right))


def _is_near_miss(found: Listed) -> bool:
    total = sum((count for _, count, _ in found.items), Decimal(0))
    if total == found.total or abs(total - found.total) > found.total * _NEAR:
        return False
    return total > found.total or not found.is_whole
