"""The running text of an edition, piece by piece, each with its address and its place.

The rules of prose and wording read it here. A text that stands in several places (a task's
name in passport, section and appendices) is read once: `whole` holds every distinct text
one time, so that an expression goes over the document once and at the speed of the machine.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import Literal, NamedTuple

import regex

from extractors.sections import LOOSE
from schemas.address import Address
from schemas.edition import Edition
from schemas.place import Place

Kind = Literal["caption", "label", "row", "heading", "paragraph", "name", "responsible", "result", "method"]
SEPARATOR = "\0"
_TOKEN = regex.compile(r"[\p{L}\p{M}\d]+(?:[-‑][\p{L}\p{M}\d]+)*|[^\s]|\n")


class Passage(NamedTuple):
    """One text of the edition; `chain` names the running text that it is a paragraph of, "" for one that stands alone."""

    kind: Kind
    text: str
    address: Address
    place: Place
    chain: str = ""


class Tokens(NamedTuple):
    """Words (in small letters, ё as е), and every other sign for itself; where each begins and ends."""

    words: list[str]
    spans: list[tuple[int, int]]

    @classmethod
    def of(cls, text: str) -> "Tokens":
        """The tokens of a text.

        >>> Tokens.of("Ещё 18-й год,").words
        ['еще', '18-й', 'год', ',']
        """
        plain = text.lower().replace("ё", "е")
        if len(plain) != len(text):  # a sign that has two in small letters
            plain = text.replace("ё", "е")
        found = [match.span() for match in _TOKEN.finditer(plain)]
        return cls([plain[start:end] for start, end in found], found)


class Passages:
    """All passages in the order of the document, and the one text of all of them."""

    def __init__(self, edition: Edition) -> None:
        self.all: tuple[Passage, ...] = tuple(passage for passage in _passages(edition) if passage.text)
        self.places: dict[str, list[Passage]] = {}
        for passage in self.all:
            self.places.setdefault(passage.text, []).append(passage)

    @cached_property
    def whole(self) -> str:
        """Every distinct text once, parted by a sign that stands in none."""
        return SEPARATOR.join(self.places)

    @cached_property
    def _starts(self) -> list[int]:
        starts, length = [], 0
        for text in self.places:
            starts.append(length)
            length += len(text) + 1
        return starts

    @cached_property
    def _texts(self) -> list[str]:
        return list(self.places)

    def text_at(self, offset: int) -> tuple[str, int]:
        """The distinct text that holds this character of `whole`, and the character's offset in it."""
        number = bisect_right(self._starts, offset) - 1
        return self._texts[number], offset - self._starts[number]

    @cached_property
    def tokens(self) -> "Tokens":
        """The words and signs of `whole`, in order."""
        return Tokens.of(self.whole)

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each word and sign stands there."""
        return Counter(self.tokens.words)

    @cached_property
    def chunks(self) -> tuple[str, ...]:
        """Every distinct run of signs between blanks: slips inside words are looked for in these, and then in the text."""
        return tuple(dict.fromkeys(self.whole.replace(SEPARATOR, " ").split()))

    def find(self, chunk: str) -> Iterator[tuple[str, int]]:
        """Where a run of signs stands between blanks: the distinct text and the offset in it."""
        whole, end = self.whole, len(self.whole)
        start = whole.find(chunk)
        while start >= 0:
            behind = start + len(chunk)
            if (start == 0 or whole[start - 1].isspace() or whole[start - 1] == SEPARATOR) and (
                behind == end or whole[behind].isspace() or whole[behind] == SEPARATOR
            ):
                yield self.text_at(start)
            start = whole.find(chunk, behind)

    @cached_property
    def chains(self) -> dict[str, list[Passage]]:
        """The paragraphs of each running text, in order."""
        found: dict[str, list[Passage]] = {}
        for passage in self.all:
            if passage.chain:
                found.setdefault(passage.chain, []).append(passage)
        return found


def _passages(edition: Edition) -> Iterator[Passage]:
    for caption in edition.captions:
        if caption.part == "title":
            yield Passage("caption", caption.text, Address(part="title"), caption.place, "title")
    yield from _passport(edition)
    yield from _sections(edition)
    yield from _appendix1(edition)
    yield from _appendix2(edition)


def _passport(edition: Edition) -> Iterator[Passage]:
    """The rows as they stand; of a row that was read as a table by years, only the names in it."""
    for row in edition.passport.rows:
        address = Address(part="passport", row=row.field)
        yield Passage("label", row.label, address, row.place)
        if row.field != "indicators" and not (row.field == "funding" and edition.passport.funding):
            yield Passage("row", row.text, address, row.place)
    for address, indicator in edition.passport_indicator_addresses():
        yield Passage("name", indicator.name, address, indicator.place)


def _sections(edition: Edition) -> Iterator[Passage]:
    for item in edition.unread:
        if item.reason == LOOSE:
            yield Passage("paragraph", item.text, Address(part="section"), item.place, "loose")
    for section in edition.sections:
        address = Address(part="section", section=section.number)
        yield Passage("heading", section.title, address, section.place)
        for number, (text, place) in enumerate(zip(section.paragraphs, section.places, strict=True), 1):
            yield Passage("paragraph", text, address.at(paragraph=number), place, f"section {section.number}")


def _appendix(edition: Edition, part: Literal["appendix1", "appendix2"]) -> Iterator[Passage]:
    for caption in edition.captions:
        if caption.part == part:
            yield Passage("caption", caption.text, Address(part=part, row="title"), caption.place, part)
    for heading in edition.headings:
        if heading.part == part:
            yield Passage("name", heading.name, Address(part=part, task=heading.task, column="name"), heading.place)


def _appendix1(edition: Edition) -> Iterator[Passage]:
    yield from _appendix(edition, "appendix1")
    for address, indicator in edition.indicator_addresses():
        yield Passage("name", indicator.name, address, indicator.place)
        yield Passage("method", indicator.method or "", address, indicator.place)


def _appendix2(edition: Edition) -> Iterator[Passage]:
    yield from _appendix(edition, "appendix2")
    addresses = (address for address, _ in edition.blocks() if address.activity is not None)
    activities = (activity for task in edition.tasks for activity in task.activities)
    for address, activity in zip(addresses, activities, strict=True):
        place = activity.places
        yield Passage("name", activity.name, address.at(column="name"), place["name"])
        yield Passage("responsible", activity.responsible, address.at(column="responsible"), place.get("responsible", place["name"]))
        yield Passage("result", activity.result, address.at(column="result"), place.get("result", place["name"]))
        for year, money in activity.years.items():
            if money.result and money.result_place:
                yield Passage("result", money.result, address.at(year=year, column="result"), money.result_place)
