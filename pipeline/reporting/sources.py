"""The document that a report speaks of, with a mark at each place that it names."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.reporting.common import SEVERITY_TONES
from schemas.amendment import Resolution
from schemas.amount import Amount
from schemas.blocks import Document
from schemas.change import Text
from schemas.edition import Activity, Edition, Indicator, Task
from schemas.finding import Finding, Severity
from schemas.place import Place
from schemas.report import Mark, Shown, Spot, Tone
from schemas.requisites import Act

_WEIGHT = [*(SEVERITY_TONES[severity] for severity in Severity), Tone.UNEXPLAINED, Tone.PRIMARY, Tone.DERIVED, Tone.QUIET]


class Checked(NamedTuple):
    """An edition, or a resolution without one, what was found in it, and the document it was read from when that is to be shown."""

    record: Edition | Resolution
    findings: tuple[Finding, ...]
    document: Document | None = None


class Marks:
    """What a report says of the places of one document; `prefix` keeps the documents of a report apart."""

    def __init__(self, title: str, document: Document | None, prefix: str = "") -> None:
        self._title, self._document, self._prefix = title, document, prefix
        self._marks: dict[Spot, Mark] = {}
        self.places: dict[object, str] = {}

    def say(self, place: Place, tone: Tone, link: tuple[str, str] | None = None) -> None:
        """Mark the place; `link` (text, anchor) leads back to where it is spoken of."""
        spot = None if self._document is None else _spot(place)
        if spot is None:
            return
        former = self._marks.get(spot) or Mark(self._anchor(spot), tone)
        links = former.links if link is None or link in former.links else (*former.links, link)
        self._marks[spot] = Mark(former.anchor, min(former.tone, tone, key=_WEIGHT.index), links)
        self.places[place] = former.anchor

    def shown(self) -> Iterator[Shown]:
        """The document with its marks, if there is one to be shown."""
        if self._document is not None:
            yield Shown(self._title, self._document, self._marks)

    def _anchor(self, spot: Spot) -> str:
        return f"{self._prefix}t{spot[0]}r{spot[1]}c{spot[2]}" if isinstance(spot, tuple) else f"{self._prefix}p{spot}"


class Anchors:
    """The anchors of one checked file in a report: of its findings and, in `marks`, of the places they speak of."""

    def __init__(self, checked: Checked, prefix: str = "", marks: Marks | None = None) -> None:
        self.prefix = prefix
        self.marks = marks or Marks(checked.record.source.file, checked.document, prefix)
        self._heads = {twin.id: twins[0].id for twins in twins_of(checked.findings) for twin in twins}
        for place, finding, tone in _spoken_of(checked):
            self.marks.say(place, tone, None if tone == Tone.QUIET else (finding.code, self.finding(finding)))

    @property
    def places(self) -> dict[object, str]:
        """The anchor of each place that is shown."""
        return self.marks.places

    def finding(self, finding: Finding) -> str:
        """The anchor of the entry that tells of a finding."""
        return f"{self.prefix}{self._heads[finding.id]}"


def _spoken_of(checked: Checked) -> Iterator[tuple[Place, Finding, Tone]]:
    """Every place that a finding names: its own, its terms', the cells it would have mended."""
    amounts = checked.record.amounts if isinstance(checked.record, Edition) else {}
    for finding in checked.findings:
        yield finding.remark.place, finding, SEVERITY_TONES[finding.severity]
        others: Iterable[Place] = (*(term.place for term in (*finding.remark.terms, *finding.remark.again)),
                                   *(amounts[s.address].place for s in finding.suggestions if s.address in amounts))  # fmt: skip
        for place in others:
            yield place, finding, Tone.QUIET


def _spot(place: Place) -> Spot | None:
    """Where the place is in the body of the document; what stands apart from it (a footnote) is not shown."""
    if place.part is not None:
        return None
    if place.table is not None and place.row is not None and place.column is not None:
        return place.table, place.row, place.column
    return place.paragraph


def twins_of(findings: Sequence[Finding]) -> list[list[Finding]]:
    """One slip typed into a source and into the total breaks both columns alike: such findings are told as one, the cause first."""
    groups: dict[object, list[Finding]] = {}
    for finding in findings:
        remark = finding.remark
        row = remark.address.at(column=None, source=None)
        same = (finding.code, row, remark.value, remark.expected) if remark.expected is not None else finding.id
        groups.setdefault(same, []).append(finding)
    return [sorted(group, key=lambda finding: finding.cause is not None) for group in groups.values()]


def places_of(value: object) -> Iterator[Place]:
    """Every place of a changed value, its chief one first: of a whole activity, all its cells."""
    if isinstance(value, Amount):
        yield value.place
    elif isinstance(value, Text):
        yield from (value.place,) if value.place else ()
    elif isinstance(value, Act):
        yield from (citation.place for citation in value.citations)
    elif isinstance(value, Indicator):
        yield value.place
        yield from (amount.place for amount in value.values.values())
    elif isinstance(value, Activity):
        yield from value.places.values()
        yield from (amount.place for money in value.years.values() for _, amount in money.amounts())
    elif isinstance(value, Task):
        yield value.place
        for activity in value.activities:
            yield from places_of(activity)
