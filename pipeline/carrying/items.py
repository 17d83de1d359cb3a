"""Items, paragraphs and sentences in running text, counted as the drafting rules count them.

* An item is a paragraph that begins with a number («2.», «2.1.», «1)», «а)») with all that follows up to the next
  number of its rank. The last item of an enumeration (its items end with «;») ends with its own paragraph.
* Paragraphs (абзацы) are counted within their unit from its beginning, blank ones not at all. The heading of a section is
  no paragraph of it; the paragraph that bears the number of an item is the item's first. Whether numbered
  subitems are counted is disputed: where it makes a difference both readings are given.
"""

from collections.abc import Iterator
from typing import NamedTuple

import regex

from extractors.text import squeeze
from pipeline.carrying.former import same_number
from pipeline.carrying.paths import Spots
from pipeline.carrying.scopes import Run, Scope, Signs, areas
from schemas.amendment import Step, Unit
from schemas.blocks import Paragraph

_MARKER = regex.compile(
    r"\s*(?:(?:подраздел|пункт|подпункт)\s+)?(?:(?P<number>\d{1,3}(?:[.\-]\d{1,3})*)(?P<sign>[.)]?)(?=\s|\p{Lu}|[«\"]|$)|(?P<letter>[а-яa-z])(?P<close>\))|(?P<roman>[IVX]+)(?P<dot>[.)])(?=\s)|(?P<dash>[-–—•·])\s)",
)
IN_PARENTHESIS, _LETTER = 10, 11
"""The ranks of «1)» and «а)»; those of «1.», «1.1.» are as many as their parts."""
DASH = 12
"""The rank of a line that begins with a dash and bears no number."""
_SENTENCE_END = regex.compile(r"(?<=[.!?…][»\")]?)\s+(?=[«\"(]?[\p{Lu}\d])")
_NO_SENTENCE = regex.compile(r"(?:\b(?:г|гг|ст|п|пп|руб|тыс|млн|т\.\s?д|т\.\s?п|т\.\s?ч|им|ул|обл|р-н|с)\.|\b\p{Lu}\.)$", regex.I)
_BARE_YEAR = regex.compile(r"(?:19|20)\d\d")


class Item(NamedTuple):
    """A numbered paragraph: its block in the container, its number, its rank (the smaller the higher)."""

    at: int
    number: str
    rank: int


def marker(text: str) -> tuple[str, int] | None:
    """The number that a paragraph begins with, and its rank.

    >>> marker("2.1. Порядок"), marker("1) рост"), marker("а) доля"), marker("2024 год")
    (('2.1', 2), ('1', 10), ('а', 11), None)
    """
    found = _MARKER.match(text)
    if not found:
        return None
    if found["number"]:
        parts = regex.split(r"[.\-]", found["number"])
        if found["sign"] == ")":
            return found["number"], IN_PARENTHESIS
        if (not found["sign"] and len(parts) == 1) or _BARE_YEAR.match(found["number"]):
            return None
        return found["number"], len(parts)
    if found["letter"]:
        return found["letter"], _LETTER
    if found["roman"]:
        return found["roman"], IN_PARENTHESIS if found["dot"] == ")" else 0
    return "", DASH


def marker_text(text: str) -> str:
    """What a paragraph begins with: «2.1. », or "" where it bears no number."""
    found = _MARKER.match(text)
    if not found or not marker(text):
        return ""
    rest = text[found.end() :]
    return text[: found.end()] + rest[: len(rest) - len(rest.lstrip())]


def items(run: Run, spots: Spots) -> list[Item]:
    """The numbered paragraphs of a run of blocks."""
    found = []
    for at, block in _paragraphs(run, spots):
        known = marker(block.text)
        if known and known[1] != DASH:
            found.append(Item(at, *known))
    return found


def find_items(run: Run, step: Step, spots: Spots) -> list[Run]:
    """The items that bear the number of the step, or begin with its label."""
    body = run.start + (run.unit in (Unit.SECTION, Unit.ITEM, Unit.SUBITEM, Unit.SUBSECTION))
    known = [item for item in items(run, spots) if item.at >= body]
    if step.number is not None:
        found = [item for item in known if same_number(item.number, step.number)]
        found = _of_form(found, step.unit)
    else:
        label = squeeze(step.label or "").lower()
        found = [item for item in known if label and label in squeeze(_text(run, item, spots)).lower()]
    return [extent(run, item, known, step.unit, spots) for item in found]


def _of_form(found: list[Item], unit: Unit) -> list[Item]:
    """Of «3.» and «3)» the former is an item and the latter a subitem, where both stand."""
    in_brackets = [item for item in found if item.rank >= IN_PARENTHESIS]
    dotted = [item for item in found if item.rank < IN_PARENTHESIS]
    return (in_brackets if unit == Unit.SUBITEM else dotted) if in_brackets and dotted else found


def extent(run: Run, item: Item, known: list[Item], unit: Unit, spots: Spots) -> Run:
    """The blocks of an item: up to the next number of its rank, or in an enumeration its own paragraph; `known` are all items of the run."""
    following = [other for other in known if other.at > item.at]
    higher = next((other for other in following if other.rank <= item.rank), None)
    wall = higher.at if higher else run.stop
    goes_on = higher is not None and higher.rank == item.rank and _is_next(item.number, higher.number)
    if goes_on or not _in_enumeration(run, item, known, spots):
        return Run(run.container, item.at, _without_blanks(run, item.at, wall, spots), unit)
    deeper = {other.at for other in following if other.at < wall}
    stop, expects = item.at + 1, _text(run, item, spots).rstrip().endswith(":")
    for at, block in _paragraphs(run._replace(start=item.at + 1, stop=wall), spots):
        if at not in deeper and not expects:
            break
        stop = at + 1
        expects = expects and block.text.rstrip().endswith((";", ":", ","))
    return Run(run.container, item.at, stop, unit)


def _is_next(one: str, other: str) -> bool:
    """Whether a number goes on from another: «2» and «3», «2.1» and «2.2», «2» and «2-1», «а» and «б»."""
    left, right = regex.split(r"[.\-]", one), regex.split(r"[.\-]", other)
    if not all(part.isdigit() for part in (*left, *right)):
        return one < other
    return tuple(map(int, left)) < tuple(map(int, right))


def _in_enumeration(run: Run, item: Item, known: list[Item], spots: Spots) -> bool:
    siblings = [other for other in known if other.rank == item.rank]
    return item.rank >= IN_PARENTHESIS or any(_text(run, other, spots).rstrip().endswith((";", ",")) for other in siblings)


def _text(run: Run, item: Item, spots: Spots) -> str:
    return spots.text((*run.container, item.at))


def _paragraphs(run: Run, spots: Spots) -> Iterator[tuple[int, Paragraph]]:
    for at in range(run.start, run.stop):
        block = spots.nodes[(*run.container, at)]
        if isinstance(block, Paragraph) and block.text.strip():
            yield at, block


def _without_blanks(run: Run, start: int, stop: int, spots: Spots) -> int:
    """The end of a run of blocks without the blank paragraphs behind its last written one."""
    while stop > start + 1:
        block = spots.nodes[(*run.container, stop - 1)]
        if not isinstance(block, Paragraph) or block.text.strip():
            break
        stop -= 1
    return stop


def counted_paragraphs(run: Run, body: int, spots: Spots) -> list[list[Run]]:
    """The paragraphs of a unit in each way of counting: all of them, and without those that bear a number of their own."""
    written = [(at, block.text) for at, block in _paragraphs(run._replace(start=body), spots)]
    everything = [at for at, _ in written]
    plain = [at for at, text in written if at == everything[0] or not (known := marker(text)) or known[1] == DASH]
    return [[Run(run.container, at, at + 1, Unit.PARAGRAPH) for at in ats] for ats in (everything, plain)]


def sentences(scope: Scope, spots: Spots) -> list[Signs]:
    """The sentences of the paragraphs of a scope."""
    found = []
    for area in areas(scope, spots):
        text = spots.text(area.paragraph)
        start = area.start + len(text[area.start : area.end]) - len(text[area.start : area.end].lstrip())
        for cut in _SENTENCE_END.finditer(text, start, area.end):
            if not _NO_SENTENCE.search(text[start : cut.start()]):
                found.append(Signs(area.paragraph, start, cut.start()))
                start = cut.end()
        if text[start : area.end].strip():
            found.append(Signs(area.paragraph, start, area.start + len(text[area.start : area.end].rstrip())))
    return found


def pick(things: list[Run] | list[Signs], step: Step) -> list[Scope]:
    """The thing with the ordinal number of the step, the last one, or a range of them."""
    if step.last:
        return list(things[-1:])
    first = ordinal(step.number)
    until = ordinal(step.until) or first
    if first is None or until is None or not 0 < first <= until <= len(things):
        return []
    chosen = things[first - 1 : until]
    one, other = chosen[0], chosen[-1]
    if isinstance(one, Run) and isinstance(other, Run):
        return [one._replace(stop=other.stop)]
    if isinstance(one, Signs) and isinstance(other, Signs) and one.paragraph == other.paragraph:
        return [one._replace(end=other.end)]
    return []


def ordinal(number: str | None) -> int | None:
    """A number as a count; None for one that is none («1-1»)."""
    return int(number) if number is not None and number.strip().isdecimal() else None
