"""Appendix 2 with years as rows and sources as columns → tasks, activities and their money."""

from extractors.across import across
from extractors.columns import Columns, holds_money, unknown
from extractors.groups import OUTER, Activities, Open, Plan, heading_name, plan
from extractors.labels import Labels
from extractors.locate import Appendix
from extractors.rows import Row
from extractors.text import joined, key
from extractors.values import Number
from schemas.address import Address
from schemas.blocks import Cell, Table, Unread
from schemas.edition import Block, Heading, Money, Repeated
from schemas.place import Place

SUM_WITHOUT_YEAR = "в строке мероприятия стоит сумма без года"


def activities(appendix: Appendix, labels: Labels) -> Activities:
    """Read every table of the appendix as one; `locate` puts tables of one form into an appendix."""
    if appendix.tables[0][1].yearly:
        return across(appendix.tables, labels)
    walk = _Walk(labels, plan(appendix.tables, labels))
    for table, cols in appendix.tables:
        walk.table(table, cols)
    return walk.result(next((cols.unit for _, cols in appendix.tables if cols.unit), None))


class _Walk:
    """Goes down the rows; `block` is where the next row of a year belongs."""

    def __init__(self, labels: Labels, plan: Plan) -> None:
        self.labels, self.plan = labels, plan
        self.tasks: list[Open] = []
        self.grand: Block = {}
        self.grand_place: Place | None = None
        self.headings: list[Heading] = []
        self.repeated: list[Repeated] = []
        self.unread: list[Unread] = []
        self.unknown_source = False
        self.continues = False  # whether this is the first row of a further table, which may say again where it goes on
        self.block: Block | None = None
        self.address = Address(part="appendix2")
        self.numbers: dict[str, Number] = {}  # the same few figures stand in most cells

    def result(self, unit: str | None) -> Activities:
        return Activities(tuple(task.task() for task in self.tasks), self.grand, self.grand_place,
                          tuple(self.headings), tuple(self.repeated), unit, self.unknown_source, unread=tuple(self.unread))  # fmt: skip

    def table(self, table: Table, cols: Columns) -> None:
        for number in range(cols.header, len(table.grid)):
            self.continues = number == cols.header and bool(self.tasks)
            self._row(Row(table, number, cols))
        for _, lost, header in unknown(table, cols, self.labels):
            self.unknown_source |= holds_money(lost, header, self.labels)
            self.unread.append(lost)

    def _row(self, row: Row) -> None:
        if not row.is_blank:
            self._understand(row)
            rest = row.rest()
            if rest:
                text = " | ".join(joined(cell.text) for cell in rest)
                self.unread.append(
                    Unread(place=row.table.place(rest[0]), text=text, reason="в строке стоит то, чего в таких строках не бывает")
                )

    def _understand(self, row: Row) -> None:
        year = row.year(self.labels)
        lead = row.lead
        found = self.labels.match("rows", lead.text) if lead else None
        scope = self.plan.scope(found.family) if found else None
        if lead and found and (found.family == "goal" or scope == "group") and not year:
            self._heading(row, lead, found.family, found.groups.get("task"))
        elif lead and found and scope in ("total", "grand"):
            self._open_total(row, lead, found.groups.get("task"), "grand_total" if scope == "grand" else "task_total")
            if year or row.has_money:
                self._money(row, year or "total")
        elif lead and found and found.family == "total" and row.year_cell is not lead:
            self._open_total(row, lead, None, "grand_total" if self._has_subtotal else "task_total")
            self._money(row, year or "total")
        elif lead and row.opens_activity and row.year_cell is not lead:
            self._open_activity(row, year)
        elif lead and scope == "outer":
            self.block = None
            self._lose(row, OUTER)
        elif year:
            self._money(row, year)
        else:
            self._lose(row, "строка таблицы мероприятий: не понять, к чему она относится")

    @property
    def _has_subtotal(self) -> bool:
        """Whether the task that is being read has its subtotal already: the next bare «ИТОГО» is the programme's."""
        return bool(self.tasks and self.tasks[-1].years)

    def _heading(self, row: Row, cell: Cell, scope: str, stated: str | None) -> None:
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
        self.tasks.append(Open(task, name, place))
        self.block = None

    def _open_total(self, row: Row, cell: Cell, stated: str | None, family: str) -> None:
        place = row.table.place(cell)
        row.take(cell)
        if family == "grand_total" or not self.tasks:
            self.block, self.address, self.grand_place = self.grand, Address(part="appendix2"), place
            return
        named = [task for task in self.tasks if task.number == stated and not task.years]
        task = named[-1] if named else self.tasks[-1]
        task.subtotal_place = place
        self.block, self.address = task.years, Address(part="appendix2", task=task.number)

    def _open_activity(self, row: Row, year: str | None) -> None:
        name = row.cell("name")
        assert name is not None  # opens_activity has seen it
        if not self.tasks or self.tasks[-1].years:
            self.tasks.append(Open("", "", row.table.place(name)))  # behind a subtotal stands another group, headed or not
        task = self.tasks[-1]
        row.take(row.cell("number"))
        if self.continues and self._goes_on(row, name):
            if year:
                self._money(row, year)
            return
        activity = Open(row.number() or "", joined(name.text), row.table.place(name))
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
            self._lose(row, SUM_WITHOUT_YEAR, only_money=True)

    def _goes_on(self, row: Row, name: Cell) -> bool:
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

    def _money(self, row: Row, year: str) -> None:
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

    def _lose(self, row: Row, reason: str, only_money: bool = False) -> None:
        money = [cell for _, column in row.cols.money if (cell := row.cells.get(column))]
        written = [cell for cell in (money if only_money else row.own) if cell.text]
        for cell in written:
            row.take(cell)
        text = " | ".join(joined(cell.text) for cell in written)
        self.unread.append(Unread(place=row.table.place(written[0]), text=text, reason=reason))
