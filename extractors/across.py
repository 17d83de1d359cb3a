"""Appendix 2 with years as columns → tasks, activities and their money, a source in each row.

The commonest form: under each activity the rows «Всего», «федеральный бюджет»,
«областной бюджет» …, in a column of their own or below the name itself. A row belongs to
what was opened last; the programme's total stands first or last.
"""

from collections.abc import Iterable
from typing import NamedTuple

import regex

from extractors.columns import Columns, holds_money, unknown
from extractors.groups import OUTER, Activities, Open, Plan, heading_name, plan
from extractors.labels import Labels, Match
from extractors.rows import NOT_DUE, Row
from extractors.source_rows import lead_cell, source_cell, source_of, sources_in_lines
from extractors.sources import is_lead, is_total
from extractors.text import joined, key, squeeze
from extractors.units import unit_in
from extractors.values import Number, number
from schemas.amount import Amount
from schemas.blocks import Cell, Table, Unread
from schemas.edition import Block, Heading, Money
from schemas.place import Place

_CROSS = regex.compile(r"\s*[хХxX]\s*")
_ACTIVITY_NUMBER = regex.compile(r"(?P<number>\d+(?:\.\d+)+)\.?\s+(?=\p{L})")
PART = "строка «в том числе»: часть того, что стоит над ней"
_INDICATOR = "показатель стоит среди мероприятий"
_TWICE = "источник стоит в этих строках второй раз"
_NO_SOURCE = "источник финансирования не опознан"

Figures = dict[str, dict[str, Amount]]  # year or "total" → source → amount


class _Target(NamedTuple):
    """Where money goes: the block it will be, and what has been read of it."""

    block: Block
    figures: Figures
    lines: list[str]  # the sources whose rows have been read


def across(tables: Iterable[tuple[Table, Columns]], labels: Labels) -> Activities:
    """Read the tables of an appendix as one."""
    tables = list(tables)
    walk = _Walk(labels, plan(tables, labels))
    for table, cols in tables:
        for index in range(cols.header, len(table.grid)):
            row = Row(table, index, cols)
            if not row.is_blank:
                walk.row(row)
    lost, holds = _unknown(tables, labels)
    walk.unread.extend(lost)
    unit = next((cols.unit for _, cols in tables if cols.unit), None)
    return walk.result(unit, holds or any(cols.lost_year for _, cols in tables))


def _unknown(tables: Iterable[tuple[Table, Columns]], labels: Labels) -> tuple[list[Unread], bool]:
    """The columns that were not understood, each once also where the table is cut into several; whether one may be money."""
    found: dict[int, Unread] = {}
    money = False
    for table, cols in tables:
        for column, lost, header in unknown(table, cols, labels):
            before = found.get(column)
            found[column] = before.model_copy(update={"text": f"{before.text} | {lost.text}"}) if before else lost
            money |= before is None and holds_money(lost, header, labels)
    return list(found.values()), money


class _Walk:
    """Goes down the rows; `target` is where the money of the next row belongs."""

    def __init__(self, labels: Labels, plan: Plan) -> None:
        self.labels, self.plan = labels, plan
        self.groups: list[Open] = []
        self.grand: Block = {}
        self.grand_place: Place | None = None
        self.headings: list[Heading] = []
        self.unread: list[Unread] = []
        self.targets: list[_Target] = []
        self.target: _Target | None = None
        self.reason = "строка с суммами стоит вне мероприятия и итога"
        self.opened: tuple[str, str] | None = None  # number and name of what was opened last
        self.in_parts = False
        self.is_closed = False  # the group has had its total: the next activity stands in another
        self.unknown_source = False
        self.units: list[str] = []  # what stands in the column of units
        self.numbers: dict[str, Number] = {}

    def result(self, unit: str | None, unknown_year: bool) -> Activities:
        """What was read; names of sources whose meaning depends on their neighbours are settled now."""
        names = {source for target in self.targets for money in target.figures.values() for source in money}
        renamed = {}
        if "regional_or_district" in names:
            renamed["regional_or_district"] = "district" if "regional" in names else "regional"
        if "settlement" in names and "district" not in names:
            renamed["settlement"] = "district"
        for target in self.targets:
            for year, money in target.figures.items():
                target.block[year] = Money(**{renamed.get(source, source): amount for source, amount in money.items()})
        unit = unit or next(filter(None, map(unit_in, self.units)), None)
        return Activities(tuple(group.task() for group in self.groups), self.grand, self.grand_place, tuple(self.headings),
                          unit=unit, unknown_source=self.unknown_source, unknown_year=unknown_year, unread=tuple(self.unread))  # fmt: skip

    def row(self, row: Row) -> None:
        """Understand one row, and tell of what was left in it."""
        source, lead = source_cell(row, self.labels), lead_cell(row, self.labels)
        if source is not None and lead is None and self._is_apart(row, source):
            source, lead = None, source
        row.take(source)
        self.units.append(row.text("unit"))
        if unit_in(row.text("unit")):
            row.take(row.cell("unit"))
        money = [cell for column, _, _ in row.cols.yearly if (cell := row.cells.get(column)) and cell.text]
        if lead is not None and not self._goes_on(row, lead, source):
            self._open(row, lead, any(not NOT_DUE.fullmatch(cell.text) for cell in money))
        if money and not self._is_crossed(money):
            self._put(row, source, lead)
        elif money:
            row.take_money()
        elif source is not None and is_lead(source.text):
            self.in_parts = source.column == row.cols.roles["name"]
        elif source is not None and source_of(row, source, self.labels) is None and not NOT_DUE.fullmatch(source.text):
            self._lose(row.table.place(source), joined(source.text), _NO_SOURCE)
        rest = row.rest()
        if rest:
            text = " | ".join(joined(cell.text) for cell in rest)
            self._lose(row.table.place(rest[0]), text, "в строке стоит то, чего в таких строках не бывает")

    def _is_crossed(self, money: list[Cell]) -> bool:
        """«х» in all the money of a heading: it has no sums of its own."""
        activities = self.groups[-1].activities if self.groups else []
        of_activity = self.target is not None and bool(activities) and self.target.block is activities[-1].years
        return not of_activity and all(_CROSS.fullmatch(cell.text) for cell in money)

    def _is_apart(self, row: Row, source: Cell) -> bool:
        """«Всего» among the names, where what is open has its total already or nothing is open: a total of its own."""
        if source.column != row.cols.roles["name"] or not is_total(source.text):
            return False
        return self.target is None or "total" in self.target.lines

    def _goes_on(self, row: Row, lead: Cell, source: Cell | None) -> bool:
        """Whether the row only says again what was opened: each row of a source repeats it, or a further table does."""
        if self.opened != (row.number() or "", key(lead.text)) or self.target is None:
            return False
        if (source_of(row, source, self.labels) or "total") in self.target.lines:
            return False
        for cell in (lead, row.cell("name"), row.cell("number"), row.cell("term"), row.cell("responsible"), row.cell("result")):
            row.take(cell)
        return True

    def _open(self, row: Row, lead: Cell, has_money: bool) -> None:
        found = self.labels.match("rows", lead.text)
        family = found.family if found else ""
        stated = row.number(apart_from=lead)
        if self.in_parts and not stated and not family:
            self._close(PART)
            row.take(lead)
            self._lose(row.table.place(lead), joined(lead.text), PART)
            return
        self.in_parts = False
        self.opened = (stated or "", key(lead.text))
        row.take(lead)
        if family == "indicator":
            self._lose(row.table.place(lead), joined(lead.text), _INDICATOR)
            self._close(_INDICATOR)
        elif family in ("programme", "goal"):
            self._open_programme(row, lead, family, stated, has_money)
        elif family == "activity_total":
            self._close(OUTER)
            self._again(found.groups.get("task") if found else None)
        elif found and family in ("task", "group", "task_total", "group_total", "grand_total"):
            self._open_level(row, lead, found, has_money)
        elif found and (family == "total" or is_total(lead.text)):
            self._open_bare_total(row, lead)
        else:
            self._open_activity(row, lead, found)

    def _open_programme(self, row: Row, lead: Cell, family: str, number: str | None, has_money: bool) -> None:
        row.take(row.cell("name"))
        if family == "goal" or not has_money:
            text = (row.text("name") if lead is row.cell("status") else "") or heading_name(lead.text)
            row.take(row.cell("number") if number else None)
            scope = "goal" if family == "goal" else "programme"
            self.headings.append(
                Heading(part="appendix2", number=number, scope=scope, task=None, name=squeeze(text), place=row.table.place(lead))
            )
            self._close(OUTER)
        if family == "programme":
            self._open_grand(row, lead)

    def _open_level(self, row: Row, lead: Cell, found: Match, has_money: bool) -> None:
        scope, stated = self.plan.scope(found.family), found.groups.get("task")
        if scope == "group":
            self._open_group(row, lead, stated)
        elif scope == "total":
            self._open_subtotal(row, lead, stated)
        elif scope == "grand":
            self._open_grand(row, lead)
        else:
            for cell in (row.cell("name"), row.cell("number"), row.cell("responsible"), row.cell("term")):
                row.take(cell)
            if not has_money:
                self._lose(row.table.place(lead), joined(lead.text), "название подпрограммы: в записи редакции над задачами ничего нет")
            self._close(OUTER)

    def _open_group(self, row: Row, lead: Cell, stated: str | None) -> None:
        number = row.number(apart_from=lead)
        written = row.text("name") if lead is row.cell("status") and row.text("name") else lead.text
        for column in ("name", "number"):
            row.take(row.cell(column))
        place, name, task = row.table.place(lead), heading_name(written), (stated or number or "").upper()
        self.headings.append(Heading(part="appendix2", number=number, scope="task", task=task, name=name, place=place))
        self.groups.append(Open(task, name, place))
        self.is_closed = False
        self.groups[-1].subtotal_place = place
        self._aim(self.groups[-1].years)

    def _open_subtotal(self, row: Row, lead: Cell, stated: str | None) -> None:
        named = [group for group in self.groups if stated and group.number == stated.upper()]
        if not self.groups:
            self._close("итог задачи, которой в таблице нет")
            return
        group = (named or self.groups)[-1]
        group.number = group.number or (stated or "").upper()
        group.subtotal_place = row.table.place(lead)
        self.is_closed = True
        self._aim(group.years)

    def _open_grand(self, row: Row, lead: Cell) -> None:
        if not self.grand_place:
            self.grand_place = row.table.place(lead)
        row.take(row.cell("number"))
        self._aim(self.grand)

    def _open_bare_total(self, row: Row, lead: Cell) -> None:
        """«ИТОГО»: of the last group that has none, when all before it have; else of the programme."""
        due = [group for group in self.groups if not self._has_money(group.years)]
        if due and due == self.groups[-1:] and due[0].number and (len(self.groups) > 1 or self._has_money(self.grand)):
            self._open_subtotal(row, lead, None)
        else:
            self._open_grand(row, lead)

    def _open_activity(self, row: Row, lead: Cell, found: Match | None) -> None:
        if not self.groups or self.is_closed:
            self.groups.append(Open("", "", row.table.place(lead)))
            self.is_closed = False
        name_cell = row.cell("name") if lead is row.cell("status") and row.text("name") else lead
        name = joined(name_cell.text if name_cell else lead.text)
        stated = found.groups.get("task") if found and found.family == "activity" else None
        inside = _ACTIVITY_NUMBER.match(squeeze(lead.text))
        number = row.number(apart_from=lead) or stated or (inside["number"] if inside else "")
        if inside and number == inside["number"] and not row.number(apart_from=lead):
            name = name[name.index(number) + len(number) :].lstrip(". ")
        activity = Open(number, name, row.table.place(name_cell or lead))
        activity.places["name"] = activity.place
        self.groups[-1].activities.append(activity)
        row.take(row.cell("number"))
        row.take(name_cell)
        for column in ("term", "responsible", "result"):
            cell = row.cell(column)
            if cell is not None and cell.column not in row.taken:
                row.take(cell)
                activity.places[column] = row.table.place(cell)
                activity.texts[column] = joined(cell.text)
        self._aim(activity.years)

    def _again(self, number: str | None) -> None:
        """«Итого по мероприятию 1.1»: the money goes to the activity that bears the number."""
        activities = [activity for group in self.groups for activity in group.activities]
        named = [activity for activity in activities if activity.number == number] or activities[-1:]
        if named:
            self._aim(named[-1].years)

    def _aim(self, block: Block) -> None:
        known = next((target for target in self.targets if target.block is block), None)
        self.target = known or _Target(block, {}, [])
        if known is None:
            self.targets.append(self.target)

    def _close(self, reason: str) -> None:
        self.target, self.reason = None, reason

    def _has_money(self, block: Block) -> bool:
        return any(target.block is block and target.lines for target in self.targets)

    def _put(self, row: Row, source: Cell | None, lead: Cell | None) -> None:
        """The money of a row, to what is open."""
        several = sources_in_lines(source, self.labels) if source is not None else []
        if several and self.target is not None:
            self._put_lines(row, source, several, self.target)
            return
        heads = {of for _, _, of in row.cols.yearly}
        named = source_of(row, source, self.labels)
        line = named or ("" if not named and any(heads) else "total")
        reason = None
        if self.target is None:
            reason = self.reason
        elif source is not None and named is None and not NOT_DUE.fullmatch(source.text):
            reason, self.unknown_source = _NO_SOURCE, True
        elif line in self.target.lines:
            reason = _TWICE if source is not None else _NO_SOURCE
            self.unknown_source |= source is not None and line != "total"
        elif source is None and lead is None and self.target.lines:
            reason = _NO_SOURCE
        if reason is not None:
            self._lose_money(row, source, reason)
            return
        assert self.target is not None  # else there is a reason
        self.target.lines.append(line)
        for column, year, of in row.cols.yearly:
            cell = row.cells.get(column)
            amount = row.amount(cell, self.numbers) if cell is not None else _blank(row, column)
            self.target.figures.setdefault(year, {})[(line if line not in ("", "total") else of) or line or "total"] = amount
        row.take_money()

    def _put_lines(self, row: Row, source: Cell | None, several: list[str], target: _Target) -> None:
        """The money of a row whose cells hold a line for each source."""
        cells = [(column, year, row.cells.get(column)) for column, year, _ in row.cols.yearly]
        lines = {column: cell.text.split("\n") if cell is not None else [] for column, _, cell in cells}
        if any(len(found) != len(several) for found in lines.values()) or len(set(several)) < len(several) or target.lines:
            self.unknown_source = True
            self._lose_money(row, source, "в клетках не по одной сумме на каждый источник")
            return
        for column, year, cell in cells:
            assert cell is not None  # it holds lines
            money = target.figures.setdefault(year, {})
            for named, raw in zip(several, lines[column], strict=True):
                money[named] = Amount(raw, *number(raw), row.table.place(cell))
        target.lines.extend(several)
        row.take_money()

    def _lose_money(self, row: Row, source: Cell | None, reason: str) -> None:
        cells = [source, *(row.cells.get(column) for column, _, _ in row.cols.yearly)]
        written = [cell for cell in cells if cell is not None and cell.text]
        row.take_money()
        self._lose(row.table.place(written[0]), " | ".join(joined(cell.text) for cell in written), reason)

    def _lose(self, place: Place, text: str, reason: str) -> None:
        self.unread.append(Unread(place=place, text=text, reason=reason))


def _blank(row: Row, column: int) -> Amount:
    return Amount("", None, (), Place(table=row.table.index, row=row.index, column=column))
