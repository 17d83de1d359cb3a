"""The passport table → its rows as they stand, and what is understood of them."""

from typing import Literal, NamedTuple

import regex

from extractors import values
from extractors.inner import Inner, InnerRow, inner
from extractors.labels import Labels
from extractors.locate import Located, label_cell
from extractors.requisites import period
from extractors.text import is_marker, joined, squeeze
from schemas.address import Address
from schemas.amount import Amount, Mark
from schemas.blocks import Cell, Table, Unread
from schemas.edition import Funding, Indicator, Passport, PassportRow, Repeated

_TASK = regex.compile(r"задач\w*\s+(?:№\s*)?(\d+)", regex.I)
_UNIT = regex.compile(
    r",\s*(%|процент\w*|ед\.?(?:\s*изм\.?)?|единиц\w*|чел\.?|человек|шт\.?|штук|тыс\.?\s*\w+\.?|руб\w*\.?|км|кв\.?\s*м\.?|балл\w*)$",
    regex.I,
)
_ITEM = regex.compile(r"^\s*(\d+)\s*[.)]\s*")
_NONE = regex.compile(r"(нет|отсутству\w+|-|–|—|не предусмотрен\w*)?\.?", regex.I)


class PassportRead(NamedTuple):
    """The passport, years stated twice in its tables, whether a source of funding was not understood."""

    passport: Passport
    repeated: tuple[Repeated, ...] = ()
    years: dict[str, tuple[str, ...]] = {}
    unknown_source: bool = False
    unread: tuple[Unread, ...] = ()


def passport(table: Table | None, labels: Labels) -> PassportRead:
    """Read the passport; without a table it is empty."""
    if table is None:
        return PassportRead(Passport())
    return _Reading(table, labels).result()


def items(text: str) -> tuple[str, ...]:
    r"""The items of a numbered list, each with its further lines; the text itself when it has no numbers.

    >>> items("1) отделы:\n· кадров;\n2) МУП")
    ('отделы:\n· кадров', 'МУП')
    """
    found: list[list[str]] = []
    for line in text.split("\n"):
        if _ITEM.match(line) or not found:
            found.append([_ITEM.sub("", line)])
        else:
            found[-1].append(line)
    made = ("\n".join(lines).strip().rstrip(";").strip() for lines in found)
    return tuple(item for item in made if item)


class _Reading:
    def __init__(self, table: Table, labels: Labels) -> None:
        self.table, self.labels = table, labels
        self.rows: list[PassportRow] = []
        self.unread: list[Unread] = []
        self.repeated: list[Repeated] = []
        self.years: dict[str, tuple[str, ...]] = {}
        self.indicators: list[Indicator] = []
        self.funding: list[Funding] = []
        self.unknown_source = False

    def result(self) -> PassportRead:
        for number, slots in enumerate(self.table.grid):
            self._row(number, slots)
        text = {row.field: row.text for row in reversed(self.rows) if row.field}
        subprogrammes = text.get("subprogrammes", "")
        made = Passport(
            rows=tuple(self.rows), curator=text.get("curator"), customer=text.get("customer"),
            executors=items(text.get("executors", "")), strategic_goal=text.get("strategic_goal"),
            goal=text.get("goal"), tasks=items(text.get("tasks", "")), term=period(text.get("term", "")),
            subprogrammes=() if _NONE.fullmatch(subprogrammes) else items(subprogrammes),
            management=text.get("management"), indicators=tuple(self.indicators), funding=tuple(self.funding),
        )  # fmt: skip
        return PassportRead(made, tuple(self.repeated), self.years, self.unknown_source, tuple(self.unread))

    def _row(self, number: int, slots: list[Cell]) -> None:
        own = [cell for column, cell in enumerate(slots) if cell.row == number and cell.column == column]
        label = label_cell(own)
        if label is None:
            return
        content = [cell for cell in own if cell.column > label.column]
        text = joined("\n".join(cell.text for cell in content))
        found = self.labels.family("passport", label.text)
        field = "indicators" if found in ("indicators_goal", "indicators_task") else found
        self.rows.append(PassportRow(label=squeeze(label.text), text=text, field=field, place=self.table.place((content or [label])[0])))
        for cell in content:
            if found in ("indicators_goal", "indicators_task"):
                self._indicators(cell, "goal" if found == "indicators_goal" else "task", squeeze(label.text))
            elif found == "funding":
                self._funding(cell, squeeze(label.text))

    def _inner(self, cell: Cell, label: str) -> Inner | None:
        made = inner(self.table, cell)
        if made is None:
            if cell.text.strip() and not _NONE.fullmatch(squeeze(cell.text)):
                reason = f"в строке паспорта «{label}» нет таблицы по годам"
                self.unread.append(Unread(place=self.table.place(cell), text=joined(cell.text), reason=reason))
            return None
        for row in made.rows:
            if row.misfit:
                reason = f"значений в строке: {len(row.misfit)}, а граф: {len(made.header)}; к каким годам они относятся, не определить"
                text = " | ".join(squeeze(line.text) for line in [*row.label, *row.misfit])
                self.unread.append(Unread(place=row.misfit[0].place, text=text, reason=reason))
        return made

    def _values(self, row: InnerRow, header: tuple[str, ...], address: Address) -> dict[str, Amount]:
        found: dict[str, Amount] = {}
        for name, line in zip(header, row.values, strict=True) if row.values else ():
            value, marks = values.number(line.text)
            amount = Amount(raw=line.text, value=value, marks=marks, place=line.place)
            if name in found:
                self.repeated.append(Repeated(address=address.at(year=name), amounts={"value": amount}, place=line.place))
            else:
                found[name] = amount
        return found

    def _indicators(self, cell: Cell, scope: Literal["goal", "task"], label: str) -> None:
        made = self._inner(cell, label)
        if made is None:
            return
        self.years[f"indicators_{scope}"] = made.header
        task: str | None = None
        loose: list[Located] = []
        for row in made.rows:
            for line in row.label:
                found = _TASK.search(line.text) if is_marker(line.text) else None
                task = found[1] if found and scope == "task" else task
            named = [line for line in row.label if not is_marker(line.text)]
            if row.values or row.misfit:
                self._indicator([*loose, *named], row, made.header, scope, task)
            loose = [] if row.values or row.misfit else [*loose, *named]
        self.unread.extend(Unread(place=line.place, text=joined(line.text), reason="показатель паспорта без значений") for line in loose)

    def _indicator(
        self, name: list[Located], row: InnerRow, header: tuple[str, ...], scope: Literal["goal", "task"], task: str | None
    ) -> None:
        text = joined("\n".join(line.text for line in name))
        unit = _UNIT.search(text)
        count = 1 + sum(indicator.task == task for indicator in self.indicators)
        found = self._values(row, header, Address(part="passport", row="indicators", task=task, indicator=str(count)))
        percent = any(Mark.PERCENT_SIGN in amount.marks for amount in found.values())
        self.indicators.append(Indicator(
            scope=scope, task=task, name=text[: unit.start()] if unit else text,
            unit=unit[1] if unit else "%" if percent else None,
            values={year: amount for year, amount in found.items() if year != "total"},
            place=(name or row.label or row.values or row.misfit)[0].place,
        ))  # fmt: skip

    def _funding(self, cell: Cell, label: str) -> None:
        made = self._inner(cell, label)
        if made is None:
            return
        self.years["funding"] = made.header
        names = [squeeze(" ".join(line.text for line in row.label)) for row in made.rows]
        sources = [self.labels.family("sources", name) for name in names]
        for row, named, source in zip(made.rows, names, sources, strict=True):
            if source == "settlement" and "district" not in sources:
                source = "district"
            if not row.values and not row.misfit:
                self._lose(row, "строка финансирования без сумм")
            elif source is None:
                self.unknown_source = True
                self._lose(row, "источник финансирования не опознан")
            else:
                found = self._values(row, made.header, Address(part="passport", row="funding", source=source))
                years = {year: amount for year, amount in found.items() if year != "total"}
                place = (row.label or row.values or row.misfit)[0].place
                self.funding.append(Funding(source=source, label=named, place=place, years=years, total=found.get("total")))

    def _lose(self, row: InnerRow, reason: str) -> None:
        text = " | ".join(squeeze(line.text) for line in [*row.label, *row.values])
        self.unread.append(Unread(place=(row.label or row.values or row.misfit)[0].place, text=text, reason=reason))
