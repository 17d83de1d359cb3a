"""The edition of a municipal programme: passport, sections, indicators, activities, totals."""

from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from schemas.address import MONEY_COLUMNS, Address, Part
from schemas.amount import Amount
from schemas.base import Shape, SparseShape
from schemas.blocks import Aside, Note, Unread
from schemas.place import Place
from schemas.requisites import Act, Citation, Period
from schemas.stated import FootMark, Mention, Named, RowLabel


class SourceFile(Shape):
    """The file an edition was read from; `sha256` of its bytes, `format` by content."""

    file: str
    sha256: str
    format: str


class Programme(Shape):
    """What the programme calls itself, and the years its title names."""

    title: str
    period: Period | None


class StatedPeriod(Shape):
    """A place that states the programme's years: a title, the term, the years of a table."""

    period: Period
    address: Address
    place: Place


class Money(SparseShape):
    """One row of money: the total and each source that the table has; blank cells included.

    `result` is the text of the row's result column, for activities.
    """

    total: Amount | None = None
    federal: Amount | None = None
    regional: Amount | None = None
    district: Amount | None = None
    settlement: Amount | None = None
    extrabudgetary: Amount | None = None
    result: str | None = None
    result_place: Place | None = None

    def amounts(self) -> Iterator[tuple[str, Amount]]:
        """(column, amount) for the columns that the table has, total first."""
        for column in MONEY_COLUMNS:
            amount: Amount | None = getattr(self, column)
            if amount is not None:
                yield column, amount


Block = dict[str, Money]  # year or "total" → its row


class Activity(Shape):
    """One activity with its money by year; `places` leads to its text cells."""

    number: str
    name: str
    term: str = ""
    responsible: str = ""
    result: str = ""
    years: Block
    places: dict[str, Place] = {}


class Task(Shape):
    """One task with its activities and its subtotal."""

    number: str
    name: str
    activities: tuple[Activity, ...] = ()
    subtotal: Block = {}
    place: Place
    subtotal_place: Place | None = None


class Funding(Shape):
    """One source of the passport's funding by year, as labelled there.

    `years` is empty when the row's values could not be given to years (they are in `unread`).
    Funding written `in_prose` names the years with money alone, and no label but its source.
    """

    source: str
    label: str
    place: Place
    years: dict[str, Amount]
    total: Amount | None = None
    in_prose: bool = False


class Indicator(Shape):
    """A target indicator and its values by year. `number` is None in the passport."""

    number: str | None = None
    scope: Literal["goal", "task"]
    task: str | None
    name: str
    unit: str | None
    method: str | None = None
    values: dict[str, Amount]
    place: Place


class Heading(Shape):
    """A row that opens a group in an appendix: «2 | Задача 1. …», «Цель: …»."""

    part: Literal["appendix1", "appendix2"]
    number: str | None
    scope: Literal["goal", "task", "programme"]
    task: str | None
    name: str
    place: Place


class Caption(Shape):
    """A paragraph above the passport or above the table of an appendix: act, title, notes, as written."""

    part: Literal["title", "appendix1", "appendix2"]
    text: str
    place: Place


class Listing(Shape):
    """A numbered list in running text, or the rows of an appendix: the numbers as written, each with its place."""

    address: Address
    numbers: tuple[str, ...]
    places: tuple[Place, ...]


class PassportRow(Shape):
    """A row of the passport, whole; `field` tells what it was understood as."""

    label: str
    text: str
    field: str | None = None
    place: Place


class Passport(Shape):
    """The passport: every row as it stands, and what was understood of it."""

    rows: tuple[PassportRow, ...] = ()
    curator: str | None = None
    customer: str | None = None
    executors: tuple[str, ...] = ()
    strategic_goal: str | None = None
    goal: str | None = None
    tasks: tuple[str, ...] = ()
    term: Period | None = None
    subprogrammes: tuple[str, ...] = ()
    management: str | None = None
    indicators: tuple[Indicator, ...] = ()
    funding: tuple[Funding, ...] = ()
    funding_unit: str | None = None

    def row(self, field: str) -> PassportRow | None:
        """The first row that was understood as `field`."""
        return next((row for row in self.rows if row.field == field), None)


class Section(Shape):
    """A section of the text; `places` leads to its paragraphs one by one."""

    number: str
    title: str
    paragraphs: tuple[str, ...]
    place: Place
    places: tuple[Place, ...] = ()


class Repeated(Shape):
    """A year that stands a second time in its block: the first is in the edition, this is kept here."""

    address: Address
    amounts: dict[str, Amount]
    place: Place


class Edition(Shape):
    """One edition of one programme, complete: what was understood and what was not.

    `unfinished` are acts cited with a blank for the date or the number.
    `named` are the titles of all parts, and the goal and the tasks as the text of the sections
    names them. `unknown_sources` are the parts in which money of some source was not understood, so
    that its sources cannot be added up; `unknown_years` those in which money of some year was
    not, so that its years cannot. `notes` and `aside` are the document's: what must be
    known of the file, and what stands apart from its text.
    """

    schema_version: Literal["1"] = "1"
    kind: Literal["edition"] = "edition"
    source: SourceFile
    programme: Programme
    base_act: Act
    amending_acts: tuple[Act, ...] = ()
    cited_acts: tuple[Citation, ...] = ()
    unfinished: tuple[Citation, ...] = ()
    unit: str | None = None
    passport: Passport
    sections: tuple[Section, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    tasks: tuple[Task, ...] = ()
    grand_total: Block = {}
    grand_total_place: Place | None = None
    captions: tuple[Caption, ...] = ()
    headings: tuple[Heading, ...] = ()
    listings: tuple[Listing, ...] = ()
    row_numbers: tuple[Listing, ...] = ()
    total_labels: tuple[RowLabel, ...] = ()
    periods: tuple[StatedPeriod, ...] = ()
    named: tuple[Named, ...] = ()
    mentions: tuple[Mention, ...] = ()
    foot_marks: tuple[FootMark, ...] = ()
    repeated: tuple[Repeated, ...] = ()
    unknown_sources: tuple[Part, ...] = ()
    unknown_years: tuple[Part, ...] = ()
    notes: tuple[Note, ...] = ()
    aside: tuple[Aside, ...] = ()
    unread: tuple[Unread, ...] = ()

    def blocks(self) -> Iterator[tuple[Address, Block]]:
        """The money of appendix 2: each activity, each subtotal, the grand total."""
        seen: dict[tuple[str, str | None], int] = {}

        def again(task: str, activity: str | None) -> int | None:
            seen[task, activity] = seen.get((task, activity), 0) + 1
            return seen[task, activity] if seen[task, activity] > 1 else None

        for task in self.tasks:
            nth = again(task.number, None)
            for position, activity in enumerate(task.activities, 1):
                number = activity.number or f"№{position}"
                repeat = again(task.number, number)
                yield Address(part="appendix2", task=task.number, activity=number, repeat=repeat), activity.years
            yield Address(part="appendix2", task=task.number, repeat=nth), task.subtotal
        yield Address(part="appendix2"), self.grand_total

    def activity_addresses(self) -> Iterator[tuple[Address, Activity]]:
        """The activities of appendix 2, each with its address."""
        addresses = (address for address, _ in self.blocks() if address.activity is not None)
        yield from zip(addresses, (activity for task in self.tasks for activity in task.activities), strict=True)

    def walk(self) -> Iterator[tuple[Address, Amount]]:
        """Every amount with its address, in the order of the document; no address twice."""
        yield from self._passport_amounts()
        for address, indicator in self.indicator_addresses():
            for year, amount in indicator.values.items():
                yield address.at(year=year), amount
        for address, block in self.blocks():
            for year, money in block.items():
                for column, amount in money.amounts():
                    yield address.at(year=year, column=column), amount

    def indicator_addresses(self) -> Iterator[tuple[Address, Indicator]]:
        """The indicators of appendix 1, each with its address."""
        seen: dict[str, int] = {}
        for position, indicator in enumerate(self.indicators, 1):
            number = indicator.number or f"№{position}"
            seen[number] = seen.get(number, 0) + 1
            repeat = seen[number] if seen[number] > 1 else None
            yield Address(part="appendix1", indicator=number, repeat=repeat), indicator

    def passport_indicator_addresses(self) -> Iterator[tuple[Address, Indicator]]:
        """The indicators of the passport, counted within their goal or task."""
        counts: dict[str | None, int] = {}
        for indicator in self.passport.indicators:
            counts[indicator.task] = counts.get(indicator.task, 0) + 1
            yield Address(part="passport", row="indicators", task=indicator.task,
                          indicator=str(counts[indicator.task])), indicator  # fmt: skip

    def _passport_amounts(self) -> Iterator[tuple[Address, Amount]]:
        for address, indicator in self.passport_indicator_addresses():
            for year, amount in indicator.values.items():
                yield address.at(year=year), amount
        counts: dict[str, int] = {}
        for funding in self.passport.funding:
            counts[funding.source] = counts.get(funding.source, 0) + 1
            repeat = counts[funding.source] if counts[funding.source] > 1 else None
            address = Address(part="passport", row="funding", source=funding.source, repeat=repeat)
            for year, amount in funding.years.items():
                yield address.at(year=year), amount
            if funding.total is not None:
                yield address.at(year="total"), funding.total

    @cached_property
    def amounts(self) -> dict[Address, Amount]:
        """Every amount by its address."""
        return dict(self.walk())

    def at(self, address: Address) -> Amount | None:
        """The amount that stands at the address, or None."""
        return self.amounts.get(address)
