"""A table of an appendix as bands: the header, the rows of one activity, of one task's name, of one total.

A band is what an act calls a row («строка 4.1»): several rows of the grid where an activity has a
row for each year. What opens a band is told by the edition that was read from the table.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from extractors.locate import Appendix, label_cell
from extractors.text import squeeze
from schemas.address import Address, Part
from schemas.amendment import Step, Unit
from schemas.blocks import Cell, Table
from schemas.edition import Edition
from schemas.place import Place

Kind = Literal["header", "heading", "thing", "total"]
_LONGEST_LABEL = 120


class Band(NamedTuple):
    """Rows of a table from `first` up to `stop`, and the thing that they tell of.

    `number` is the number that an activity or an indicator bears, without a trailing dot; `label` the
    words by which the band is called. `address` is None for a header.
    """

    kind: Kind
    address: Address | None
    table: Table
    first: int
    stop: int
    number: str
    label: str

    @property
    def rows(self) -> list[list[Cell]]:
        """The slots of its rows."""
        return self.table.grid[self.first : self.stop]


class _Opening(NamedTuple):
    kind: Kind
    address: Address
    place: Place | None
    number: str = ""


def bands(edition: Edition, appendix: Appendix, part: Part) -> list[Band]:
    """The bands of an appendix's tables, in order; every row of them is in exactly one."""
    starts: dict[tuple[int, int], _Opening] = {}
    for opening in _openings(edition, part):
        place = opening.place
        if place is not None and place.table is not None and place.row is not None:
            starts.setdefault((place.table, place.row), opening)
    return [band for table, _ in appendix.tables for band in _of_table(table, starts)]


def _of_table(table: Table, starts: dict[tuple[int, int], _Opening]) -> Iterator[Band]:
    edges = sorted({0, len(table.grid), *(row for index, row in starts if index == table.index)})
    for first, stop in itertools.pairwise(edges):
        opening = starts.get((table.index, first))
        cell = label_cell(table.grid[first])
        label = squeeze(cell.text) if cell else ""
        if opening is None:
            yield Band("header", None, table, first, stop, "", label)
        else:
            yield Band(opening.kind, opening.address, table, first, stop, opening.number.rstrip(". "), label)


def _openings(edition: Edition, part: Part) -> Iterator[_Opening]:
    for heading in edition.headings:
        if heading.part == part:
            yield _Opening("heading", Address(part=part, task=heading.task), heading.place)
    if part == "appendix1":
        yield from (_Opening("thing", address, one.place, one.number or "") for address, one in edition.indicator_addresses())
        return
    for address, activity in edition.activity_addresses():
        yield _Opening("thing", address, activity.places.get("name"), activity.number)
    addresses = (address for address, _ in edition.blocks() if address.activity is None)
    for task, address in zip(edition.tasks, addresses, strict=False):
        yield _Opening("heading", address, task.place)
        yield _Opening("total", address, task.subtotal_place)
    yield _Opening("total", Address(part=part), edition.grand_total_place)


def steps(band: Band, others: Iterable[Band]) -> tuple[Step, ...] | None:
    """The band as a structural unit: by its number, by its name where that is not enough; None where both are not."""
    same = [other for other in others if other.kind != "header"]
    if band.number and sum(other.number == band.number for other in same) == 1:
        return (Step(unit=Unit.ROW, number=band.number),)
    label = band.label
    if not label or sum(other.label == label for other in same) > 1:
        return None
    return (Step(unit=Unit.ROW, number=band.number or None, label=label),)


def position(band: Band, row: int, apart: Sequence[int]) -> str | None:
    """The words by which a row of the grid is told from the others of its band: «2023г.», «районный бюджет».

    They stand in none of the columns `apart`, in a cell of this row alone; None where no words tell it apart.
    """
    for column in range(band.table.width):
        cell = band.table.grid[row][column]
        text = squeeze(cell.text)
        if column in apart or not text or cell.row_span > 1 or len(text) > _LONGEST_LABEL:
            continue
        others = [slots[column] for n, slots in enumerate(band.table.grid[band.first : band.stop], band.first) if n != row]
        if all(squeeze(other.text) != text for other in others):
            return text
    return None
