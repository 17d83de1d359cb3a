"""The document that a report speaks of, with a mark at each place that it names."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.reporting.common import SEVERITY_TONES
from schemas.blocks import Document
from schemas.edition import Edition
from schemas.finding import Finding, Severity
from schemas.place import Place
from schemas.report import Mark, Shown, Spot, Tone

_WEIGHT = [*(SEVERITY_TONES[severity] for severity in Severity), Tone.QUIET]


class Checked(NamedTuple):
    """An edition, what was found in it, and the document it was read from when that is to be shown."""

    edition: Edition
    findings: tuple[Finding, ...]
    document: Document | None = None


class Anchors:
    """The anchors of one checked file in a report: of its findings and of the places they speak of.

    `prefix` keeps the files of a report apart.
    """

    def __init__(self, checked: Checked, prefix: str = "") -> None:
        self.prefix = prefix
        self._checked = checked
        self._heads = {twin.id: twins[0].id for twins in twins_of(list(checked.findings)) for twin in twins}
        self.places: dict[object, str] = {}
        if checked.document is not None:
            for place, _, _ in self._spoken_of():
                spot = _spot(place)
                if spot is not None:
                    self.places[place] = self._anchor(spot)

    def finding(self, finding: Finding) -> str:
        """The anchor of the entry that tells of a finding."""
        return f"{self.prefix}{self._heads[finding.id]}"

    def shown(self) -> Iterator[Shown]:
        """The document with its marks, if there is one to be shown."""
        if self._checked.document is None:
            return
        marks: dict[Spot, Mark] = {}
        for place, finding, tone in self._spoken_of():
            spot = _spot(place)
            if spot is not None:
                marks[spot] = self._joined(marks.get(spot), spot, finding, tone)
        yield Shown(self._checked.edition.source.file, self._checked.document, marks)

    def _spoken_of(self) -> Iterator[tuple[Place, Finding, Tone]]:
        """Every place that a finding names: its own, its terms', the cells it would have mended."""
        amounts = self._checked.edition.amounts
        for finding in self._checked.findings:
            yield finding.remark.place, finding, SEVERITY_TONES[finding.severity]
            others: Iterable[Place] = (*(term.place for term in finding.remark.terms),
                                       *(amounts[s.address].place for s in finding.suggestions if s.address in amounts))  # fmt: skip
            for place in others:
                yield place, finding, Tone.QUIET

    def _joined(self, former: Mark | None, spot: Spot, finding: Finding, tone: Tone) -> Mark:
        link = (finding.code, self.finding(finding))
        if former is None:
            return Mark(self._anchor(spot), tone, (link,) if tone != Tone.QUIET else ())
        links = former.links if tone == Tone.QUIET or link in former.links else (*former.links, link)
        return Mark(former.anchor, min(former.tone, tone, key=_WEIGHT.index), links)

    def _anchor(self, spot: Spot) -> str:
        return f"{self.prefix}t{spot[0]}r{spot[1]}c{spot[2]}" if isinstance(spot, tuple) else f"{self.prefix}p{spot}"


def _spot(place: Place) -> Spot | None:
    """Where the place is in the body of the document; what stands apart from it (a footnote) is not shown."""
    if place.part is not None:
        return None
    if place.table is not None and place.row is not None and place.column is not None:
        return place.table, place.row, place.column
    return place.paragraph


def twins_of(findings: list[Finding]) -> list[list[Finding]]:
    """One slip typed into a source and into the total breaks both columns alike: such findings are told as one."""
    groups: dict[object, list[Finding]] = {}
    for finding in findings:
        remark = finding.remark
        row = remark.address.at(column=None, source=None)
        same = (finding.code, row, remark.value, remark.expected) if remark.expected is not None else finding.id
        groups.setdefault(same, []).append(finding)
    return list(groups.values())
