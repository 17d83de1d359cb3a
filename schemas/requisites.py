"""Issuer, date and number: what identifies a legal act, and where it is cited."""

import datetime as dt

from schemas.address import Part
from schemas.base import Shape, SparseShape
from schemas.place import Place


class Citation(Shape):
    """One place where an act is cited, with what stands there.

    `name` is the quoted title that follows the citation, if any; `kind` the word
    for the act («постановление», «федеральный закон») in lower case, if it stands there, `issuer`
    the name behind it, as declined there;
    `part` the part of the programme that cites it.
    """

    date: dt.date | None
    number: str
    kind: str | None = None
    issuer: str | None = None
    name: str | None = None
    raw: str
    part: Part
    place: Place


class Act(Shape):
    """A legal act as the document identifies it, with every citation of it."""

    issuer: str | None = None
    date: dt.date | None = None
    number: str | None = None
    citations: tuple[Citation, ...] = ()


class Period(SparseShape):
    """Years from `start` to `end`, both included; `raw` as written."""

    start: int
    end: int
    raw: str | None = None

    def years(self) -> tuple[str, ...]:
        """Every year of the period in order."""
        return tuple(str(year) for year in range(self.start, self.end + 1))
