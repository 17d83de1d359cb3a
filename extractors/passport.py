"""The passport table → its rows as they stand, and what is understood of them."""

from typing import Literal, NamedTuple

import regex

from extractors import values
from extractors.inner import Inner, InnerRow, inner, inner_of_rows, located, without_years
from extractors.labels import Labels
from extractors.locate import Located, Region, regions
from extractors.prose import source_of_all, spoken
from extractors.requisites import period
from extractors.text import is_marker, joined, squeeze
from extractors.units import only_unit, unit_in
from schemas.address import Address
from schemas.amount import Amount, Mark
from schemas.blocks import Cell, Table, Unread
from schemas.edition import Funding, Indicator, Passport, PassportRow, Repeated

MISFIT = "значений в строке"
_TASK = regex.compile(r"задач\w*\s+(?:№\s*)?(\d+)", regex.I)
_UNIT = regex.compile(
    r",\s*(%|процент\w*|ед\.?(?:\s*изм\.?)?|единиц\w*|чел\.?|человек|шт\.?|штук|тыс\.?\s*\w+\.?|руб\w*\.?|км|кв\.?\s*м\.?|балл\w*)$",
    regex.I,
)
_ITEM = regex.compile(r"^\s*(?:задача\s*)?(?:№\s*)?\d+\s*(?:[.):]|[–—-](?=\s))\s*", regex.I)
_DASH_ITEM = regex.compile(r"^\s*[-–—•·]\s*")
_SUM = regex.compile(r"\W*(?:сумма|об[ъ]?[её]м|размер|расход|финансирован|тыс|млн|руб|$)", regex.I)  # over the only column of money
_NONE = regex.compile(r"(нет|отсутству\w+|-|–|—|не предусмотрен\w*)?\.?", regex.I)


class PassportRead(NamedTuple):
    """The passport, years stated twice in its tables, whether a source of funding was not understood."""

    passport: Passport
    repeated: tuple[Repeated, ...] = ()
    years: dict[str, tuple[str, ...]] = {}
    unknown_source: bool = False
    unread: tuple[Unread, ...] = ()


def passport(tables: tuple[Table, ...], labels: Labels) -> PassportRead:
    """Read the passport, which may have been cut into several tables; without one it is empty."""
    return _Reading(tables, labels).result()


def items(text: str) -> tuple[str, ...]:
    r"""The items of a list, each with its further lines: by its numbers, else by its dashes, else by its semicolons.

    >>> items("1) отделы:\n· кадров;\n2) МУП"), items("- отдел;\n- архив"), items("Отдел;\nАрхив"), items("Отдел\nкадров")
    (('отделы:\n· кадров', 'МУП'), ('отдел', 'архив'), ('Отдел', 'Архив'), ('Отдел\nкадров',))
    """
    lines = text.split("\n")
    marker = next((marker for marker in (_ITEM, _DASH_ITEM) if sum(marker.match(line) is not None for line in lines) > 1), _ITEM)
    parted = not any(marker.match(line) for line in lines) and all(line.rstrip().endswith(";") for line in lines[:-1])
    found: list[list[str]] = []
    for line in lines:
        if parted or marker.match(line) or not found:
            found.append([marker.sub("", line)])
        else:
            found[-1].append(line)
    made = ("\n".join(lines).strip().rstrip(";").strip() for lines in found)
    return tuple(item for item in made if item)


class _Reading:
    def __init__(self, tables: tuple[Table, ...], labels: Labels) -> None:
        self.tables, self.labels = tables, labels
        self.rows: list[PassportRow] = []
        self.unread: list[Unread] = []
        self.repeated: list[Repeated] = []
        self.years: dict[str, tuple[str, ...]] = {}
        self.indicators: list[Indicator] = []
        self.funding: list[Funding] = []
        self.funding_unit: str | None = None
        self.unknown_source = False

    def result(self) -> PassportRead:
        for region in regions(self.tables):
            self._row(region)
        text = {row.field: row.text for row in reversed(self.rows) if row.field}
        subprogrammes = text.get("subprogrammes", "")
        made = Passport(
            rows=tuple(self.rows), curator=text.get("curator"), customer=text.get("customer"),
            executors=items(text.get("executors", "")), strategic_goal=text.get("strategic_goal"),
            goal=text.get("goal"), tasks=items(text.get("tasks", "")), term=period(text.get("term", "")),
            subprogrammes=() if _NONE.fullmatch(subprogrammes) else items(subprogrammes),
            management=text.get("management"), indicators=tuple(self.indicators), funding=tuple(self.funding),
            funding_unit=self.funding_unit,
        )  # fmt: skip
        return PassportRead(made, tuple(self.repeated), self.years, self.unknown_source, tuple(self.unread))

    def _row(self, region: Region) -> None:
        content, label = region.content, region.label
        text = joined("\n".join(cell.text for cell in content))
        if label is not None:
            found = self.labels.family("passport", label.text)
            field = "indicators" if found in ("indicators_goal", "indicators_task") else found
            place = region.table.place((content or [label])[0])
            self.rows.append(PassportRow(label=squeeze(label.text), text=text, field=field, place=place))
        elif self.rows and text:
            above = self.rows[-1]
            found = self.labels.family("passport", above.label)
            self.rows[-1] = above.model_copy(update={"text": f"{above.text}\n{text}"})
        else:
            written = [cell for slots in region.rows for cell in slots if cell.text]
            text = " | ".join(joined(cell.text) for cell in dict.fromkeys(written))
            self.unread.append(Unread(place=region.table.place(written[0]), text=text, reason="строка паспорта без названия"))
            return
        if found in ("indicators_goal", "indicators_task"):
            for made in self._inners(region):
                self._indicators(made, "goal" if found == "indicators_goal" else "task")
        elif found == "funding":
            self._funding_of(region)

    def _funding_of(self, region: Region) -> None:
        """The funding of a row of the passport: in tables by years or sources, else in words."""
        self.funding_unit = self.funding_unit or unit_in(region.label.text if region.label else "")
        content = [cell for cell in region.content if not _NONE.fullmatch(squeeze(cell.text))]
        lines = [line for cell in content for line in located(region.table, cell)]
        tabled = any(isinstance(block, Table) for cell in content for block in cell.blocks) or len(content) > 1
        in_words = None if tabled else spoken(lines, self.labels)
        if in_words is not None and not self.funding:
            self.funding.extend(in_words.funding)
            self.funding_unit = self.funding_unit or in_words.unit
            self._name_only_source(region)
            return
        apart = [made for cell in region.content if inner(region.table, cell) is None and (made := without_years(cell))]
        for made in apart or self._inners(region):
            self._funding(made)
        if self.funding:
            self.funding_unit = self.funding_unit or only_unit(line.text for line in lines)
        self._name_only_source(region)

    def _name_only_source(self, region: Region) -> None:
        """Money that is all of the source that the row's label names is no total of several."""
        source = source_of_all(region.label.text, self.labels) if region.label else None
        if source and {funding.source for funding in self.funding} == {"total"}:
            self.funding = [funding.model_copy(update={"source": source}) for funding in self.funding]

    def _inners(self, region: Region) -> list[Inner]:
        """The tables by years in a row of the passport: drawn in its own rows, or one in each of its cells."""
        drawn = inner_of_rows(region.table, region.rows, region.left) if len(region.rows) > 1 else None
        found = [drawn] if drawn else [made for cell in region.content if (made := self._inner(region, cell))]
        for made in found:
            for row in made.rows:
                if row.misfit:
                    reason = f"{MISFIT}: {len(row.misfit)}, а граф: {len(made.header)}; к каким годам они относятся, не определить"
                    text = " | ".join(squeeze(line.text) for line in [*row.label, *row.misfit])
                    self.unread.append(Unread(place=row.misfit[0].place, text=text, reason=reason))
        return found

    def _inner(self, region: Region, cell: Cell) -> Inner | None:
        made = inner(region.table, cell)
        if made is None and cell.text.strip() and not _NONE.fullmatch(squeeze(cell.text)):
            label = self.rows[-1].label
            reason = f"в строке паспорта «{label}» нет таблицы по годам"
            self.unread.append(Unread(place=region.table.place(cell), text=joined(cell.text), reason=reason))
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

    def _indicators(self, made: Inner, scope: Literal["goal", "task"]) -> None:
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

    def _funding(self, made: Inner) -> None:
        self.years["funding"] = made.header
        names = [squeeze(" ".join(line.text for line in row.label)) for row in made.rows]
        sources = [self.labels.family("sources", name) for name in names]
        for row, named, source in zip(made.rows, names, sources, strict=True):
            if source == "settlement" and "district" not in sources:
                source = "district"
            if source is None and len(made.rows) == 1 and _SUM.match(named):
                source = "total"
            self.funding_unit = self.funding_unit or unit_in(named)
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
