"""Appendix 2 → tasks, activities and their money by year and source."""

from typing import NamedTuple

import regex

from extractors import values
from extractors.columns import Columns, holds_money, unknown
from extractors.labels import Labels
from extractors.locate import Appendix
from extractors.text import joined, key, squeeze
from schemas.address import Address
from schemas.amount import Amount
from schemas.blocks import Cell, Table, Unread
from schemas.edition import Activity, Block, Heading, Money, Repeated, Task
from schemas.place import Place

_LETTER = regex.compile(r"\p{L}")
_AFTER_LABEL = regex.compile(r"^(?:задача\s*(?:№\s*)?(?:\d+\s*[:.)–—-]?|[:.])|(?:задача|цель)[^:.]{0,60}?[:.])\s*", regex.I)


class Activities(NamedTuple):
    """What appendix 2 holds; `unknown_source`: whether a column of numbers was not understood."""

    tasks: tuple[Task, ...] = ()
    grand_total: Block = {}
    grand_total_place: Place | None = None
    headings: tuple[Heading, ...] = ()
    repeated: tuple[Repeated, ...] = ()
    unit: str | None = None
    unknown_source: bool = False
    unread: tuple[Unread, ...] = ()


def activities(appendix: Appendix, labels: Labels) -> Activities:
    """Read every table of the appendix as one."""
    walk = _Walk(labels)
    for table, cols in appendix.tables:
        walk.table(table, cols)
    return walk.result(next((cols.unit for _, cols in appendix.tables if cols.unit), None))


def heading_name(text: str) -> str:
    """The name behind «Задача 2:», «Цель муниципальной программы:».

    >>> heading_name("Задача 3.  Развитие системы")
    'Развитие системы'
    """
    return _AFTER_LABEL.sub("", squeeze(text), count=1)


class _Open:
    """An activity or a task that is still being read."""

    def __init__(self, number: str, name: str, place: Place) -> None:
        self.number, self.name, self.place = number, name, place
        self.years: Block = {}
        self.texts: dict[str, str] = {}
        self.places: dict[str, Place] = {}
        self.activities: list[_Open] = []
        self.subtotal_place: Place | None = None

    def activity(self) -> Activity:
        return Activity(number=self.number, name=self.name, years=self.years, places=self.places, **self.texts)

    def task(self) -> Task:
        made = tuple(activity.activity() for activity in self.activities)
        return Task(number=self.number, name=self.name, activities=made, subtotal=self.years,
                    place=self.place, subtotal_place=self.subtotal_place)  # fmt: skip


class _Walk:
    """Goes down the rows; `block` is where the next row of a year belongs."""

    def __init__(self, labels: Labels) -> None:
        self.labels = labels
        self.tasks: list[_Open] = []
        self.grand: Block = {}
        self.grand_place: Place | None = None
        self.headings: list[Heading] = []
        self.repeated: list[Repeated] = []
        self.unread: list[Unread] = []
        self.unknown_source = False
        self.continues = False  # whether this is the first row of a further table, which may say again where it goes on
        self.block: Block | None = None
        self.address = Address(part="appendix2")
        self.numbers: dict[str, values.Number] = {}  # the same few figures stand in most cells

    def result(self, unit: str | None) -> Activities:
        return Activities(tuple(task.task() for task in self.tasks), self.grand, self.grand_place,
                          tuple(self.headings), tuple(self.repeated), unit, self.unknown_source, tuple(self.unread))  # fmt: skip

    def table(self, table: Table, cols: Columns) -> None:
        for number in range(cols.header, len(table.grid)):
            self.continues = number == cols.header and bool(self.tasks)
            self._row(_Row(table, number, cols))
        for lost, header in unknown(table, cols):
            self.unknown_source |= holds_money(lost, header, self.labels)
            self.unread.append(lost)

    def _row(self, row: "_Row") -> None:
        if not row.is_blank:
            self._understand(row)
            rest = row.rest()
            if rest:
                text = " | ".join(joined(cell.text) for cell in rest)
                self.unread.append(
                    Unread(place=row.table.place(rest[0]), text=text, reason="в строке стоит то, чего в таких строках не бывает")
                )

    def _understand(self, row: "_Row") -> None:
        year = row.year(self.labels)
        lead = row.lead
        found = self.labels.match("rows", lead.text) if lead else None
        if lead and found and found.family in ("task", "goal") and not year:
            self._heading(row, lead, found.family, found.groups.get("task"))
        elif lead and found and found.family in ("task_total", "grand_total"):
            self._open_total(row, lead, found.groups.get("task"), found.family)
            if year or row.has_money:
                self._money(row, year or "total")
        elif lead and found and found.family == "total" and row.year_cell is not lead:
            self._open_total(row, lead, None, "grand_total" if self._has_subtotal else "task_total")
            self._money(row, year or "total")
        elif lead and row.opens_activity and row.year_cell is not lead:
            self._open_activity(row, year)
        elif year:
            self._money(row, year)
        else:
            self._lose(row, "строка таблицы мероприятий: не понять, к чему она относится")

    @property
    def _has_subtotal(self) -> bool:
        """Whether the task that is being read has its subtotal already: the next bare «ИТОГО» is the programme's."""
        return bool(self.tasks and self.tasks[-1].years)

    def _heading(self, row: "_Row", cell: Cell, scope: str, stated: str | None) -> None:
        place, name = row.table.place(cell), heading_name(cell.text)
        number = row.number(apart_from=cell)
        row.take(cell)
        row.take(row.cell("number") if number else None)
        if scope == "goal":
            self.headings.append(Heading(part="appendix2", number=number, scope="goal", task=None, name=name, place=place))
            return
        task = stated or number or ""
        if self.continues and (self.tasks[-1].number, key(self.tasks[-1].name)) == (task, key(name)):
            return
        self.headings.append(Heading(part="appendix2", number=number, scope="task", task=task, name=name, place=place))
        self.tasks.append(_Open(task, name, place))
        self.block = None

    def _open_total(self, row: "_Row", cell: Cell, stated: str | None, family: str) -> None:
        place = row.table.place(cell)
        row.take(cell)
        if family == "grand_total" or not self.tasks:
            self.block, self.address, self.grand_place = self.grand, Address(part="appendix2"), place
            return
        named = [task for task in self.tasks if task.number == stated and not task.years]
        task = named[-1] if named else self.tasks[-1]
        task.subtotal_place = place
        self.block, self.address = task.years, Address(part="appendix2", task=task.number)

    def _open_activity(self, row: "_Row", year: str | None) -> None:
        name = row.cell("name")
        assert name is not None  # opens_activity has seen it
        if not self.tasks:
            self.tasks.append(_Open("", "", row.table.place(name)))
        task = self.tasks[-1]
        row.take(row.cell("number"))
        if self.continues and self._goes_on(row, name):
            if year:
                self._money(row, year)
            return
        activity = _Open(row.number() or "", joined(name.text), row.table.place(name))
        task.activities.append(activity)
        for column in ("name", "term", "responsible", "result"):
            cell = row.cell(column)
            if cell is not None and not (column in ("term", "result") and year):
                row.take(cell)
                activity.places[column] = row.table.place(cell)
                if column != "name":
                    activity.texts[column] = joined(cell.text)
        self.block = activity.years
        self.address = Address(part="appendix2", task=task.number, activity=activity.number or f"№{len(task.activities)}")
        if year or row.has_total:
            self._money(row, year or "total")
        elif row.has_money:
            self._lose(row, "в строке мероприятия стоит сумма без года", only_money=True)

    def _goes_on(self, row: "_Row", name: Cell) -> bool:
        """Whether the row says again what the activity is in whose middle the table was cut; its texts are known then."""
        last = self.tasks[-1].activities[-1] if self.tasks[-1].activities else None
        if last is None or (last.number, key(last.name)) != (row.number() or "", key(name.text)) or self.block is not last.years:
            return False
        row.take(name)
        for column in ("responsible", "result"):
            cell = row.cell(column)
            if cell is not None and joined(cell.text) == last.texts.get(column):
                row.take(cell)
        return True

    def _money(self, row: "_Row", year: str) -> None:
        if self.block is None:
            self._lose(row, "строка с годом стоит вне мероприятия и итога")
            return
        amounts = row.amounts(self.numbers)
        row.take_money()
        if year in self.block:
            address = self.address.at(year=year)
            self.repeated.append(Repeated(address=address, amounts=amounts, place=row.table.place(row.year_cell or row.own[0])))
            return
        result = row.cell("result")
        if result is None or (self.address.activity is None and not result.text):
            self.block[year] = Money(**amounts)
        else:
            row.take(result)
            self.block[year] = Money(**amounts, result=joined(result.text), result_place=row.table.place(result))

    def _lose(self, row: "_Row", reason: str, only_money: bool = False) -> None:
        money = [cell for _, column in row.cols.money if (cell := row.cells.get(column))]
        written = [cell for cell in (money if only_money else row.own) if cell.text]
        for cell in written:
            row.take(cell)
        text = " | ".join(joined(cell.text) for cell in written)
        self.unread.append(Unread(place=row.table.place(written[0]), text=text, reason=reason))


class _Row:
    """A row of the table, its cells by role. Only cells that begin in this row are its own."""

    def __init__(self, table: Table, index: int, cols: Columns) -> None:
        self.table, self.index, self.cols = table, index, cols
        self.slots = table.grid[index]
        self.own = [cell for column, cell in enumerate(self.slots) if cell.row == index and cell.column == column]
        self.cells: dict[int, Cell] = {}
        for column, first, end in cols.reach:
            cell = self.slots[column]
            if cell.row == index and first <= cell.column and cell.column + cell.column_span <= end:
                self.cells[column] = cell
        no_labels = {self.cells[column].column for column in cols.values if column in self.cells}
        self.labelled = [cell for cell in self.own if cell.text and cell.column not in no_labels]
        self.taken: set[int] = set()
        self.year_cell: Cell | None = None

    def take(self, cell: Cell | None) -> None:
        """Tell that a cell was understood, or told of."""
        if cell is not None:
            self.taken.add(cell.column)

    def take_money(self) -> None:
        """Tell that the row's year and its money were understood."""
        self.taken.update(self.cells[column].column for _, column in self.cols.money if column in self.cells)
        self.take(self.year_cell)

    def rest(self) -> list[Cell]:
        """The cells that hold something and were not understood (a column without a role is told of as a whole)."""
        known = self.cols.roles.values()
        told = {cell.text for cell in self.own if cell.column in self.taken}
        open_ = [cell for cell in self.own if cell.text and cell.column not in self.taken]
        left = [cell for cell in open_ if any(cell.column <= column < cell.column + cell.column_span for column in known)]
        return [cell for cell in left if not (_LETTER.search(cell.text) and cell.text in told)]  # a heading torn in two

    def cell(self, role: str) -> Cell | None:
        """The row's own cell in the column of this role, and in no other."""
        return self.cells.get(self.cols.roles.get(role, -1))

    def text(self, role: str) -> str:
        """The text of that cell, "" where there is none."""
        cell = self.cell(role)
        return cell.text if cell is not None else ""

    @property
    def is_blank(self) -> bool:
        return not any(cell.text for cell in self.own)

    @property
    def lead(self) -> Cell | None:
        """The row's own cell that names it: over the name column, else the first that holds letters and is no value."""
        name = self.slots[self.cols.roles["name"]]
        lettered = [cell for cell in self.labelled if _LETTER.search(cell.text)]
        return name if name in lettered else next(iter(lettered), None)

    def number(self, apart_from: Cell | None = None) -> str | None:
        """The row's number, if its number cell holds one."""
        cell = self.cell("number")
        return values.list_number(self.text("number")) if cell is not None and cell is not apart_from else None

    def year(self, labels: Labels) -> str | None:
        """The year that the row is for, or "total" in the row ВСЕГО; remembers where it stands.

        Of several («ИТОГО | ВСЕГО») it is the one in the column of terms, else the last.
        """
        term = self.cell("term")
        first = [term] if term is not None and term.text else []
        for cell in [*first, *reversed(self.labelled)]:
            if self._is_number_cell(cell):
                continue
            year = values.year(cell.text) or ("total" if labels.family("rows", cell.text) == "total" else None)
            if year:
                self.year_cell = cell
                return year
        return None

    def _is_number_cell(self, cell: Cell) -> bool:
        """A cell of the number column alone; «2021» in it is no year. A label «ИТОГО» that spans further is none."""
        return cell is self.cell("number")

    @property
    def opens_activity(self) -> bool:
        """A name of its own stands in the name column, and a number or a term beside it."""
        name = self.cell("name")
        return name is not None and bool(name.text) and bool(self.number() or self.text("term"))

    @property
    def has_money(self) -> bool:
        return any(cell.text for _, column in self.cols.money if (cell := self.cells.get(column)))

    @property
    def has_total(self) -> bool:
        return values.number(self.text("total"))[0] is not None

    def amounts(self, numbers: dict[str, values.Number]) -> dict[str, Amount]:
        """An amount for each money column of the table, blank where the row has no cell of its own.

        `numbers` remembers what was read of a text before.
        """
        found: dict[str, Amount] = {}
        for name, column in self.cols.money:
            cell = self.cells.get(column)
            if cell is not None:
                raw = cell.text
                if raw not in numbers:
                    numbers[raw] = values.number(raw)
                value, marks = numbers[raw]
                found[name] = Amount(raw, value, marks, self.table.place(cell))
            else:
                found[name] = Amount("", None, (), Place(table=self.table.index, row=self.index, column=column))
        return found
