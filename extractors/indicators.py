"""Appendix 1 → target indicators by year, under their goal or task."""

from typing import NamedTuple

import regex

from extractors import values
from extractors.columns import Columns, unknown
from extractors.groups import heading_name
from extractors.labels import Labels
from extractors.locate import Appendix
from extractors.text import is_marker, joined, squeeze
from schemas.address import Address
from schemas.amount import Amount
from schemas.blocks import Cell, Table, Unread
from schemas.edition import Heading, Indicator, Repeated

_INLINE_MARKER = regex.compile(r"^показател[ьи]\s+\d+(?:\.\d+)*[.:)]?\s+(?=\p{Lu})", regex.I)


class Indicators(NamedTuple):
    """What appendix 1 holds; `years` are the years of its header, as often as they stand there."""

    indicators: tuple[Indicator, ...] = ()
    headings: tuple[Heading, ...] = ()
    repeated: tuple[Repeated, ...] = ()
    years: tuple[str, ...] = ()
    unread: tuple[Unread, ...] = ()


def indicator_name(text: str) -> str:
    r"""The indicator's name without the marker «Показатель 1».

    >>> indicator_name("Показатель 1 \n\nДоля жителей")
    'Доля жителей'
    """
    lines = [line for line in joined(text).split("\n") if not is_marker(line)]
    return _INLINE_MARKER.sub("", "\n".join(lines))


def indicators(appendix: Appendix, labels: Labels) -> Indicators:
    """Read every table of the appendix as one."""
    walk = _Walk(labels)
    for table, cols in appendix.tables:
        for row in range(cols.header, len(table.grid)):
            walk.row(table, row, cols)
        walk.unread.extend(lost for _, lost, _ in unknown(table, cols, labels))
    years = tuple(year for _, year in appendix.tables[0][1].years)
    return Indicators(tuple(walk.indicators), tuple(walk.headings), tuple(walk.repeated), years, tuple(walk.unread))


class _Walk:
    def __init__(self, labels: Labels) -> None:
        self.labels = labels
        self.indicators: list[Indicator] = []
        self.headings: list[Heading] = []
        self.repeated: list[Repeated] = []
        self.unread: list[Unread] = []

    def row(self, table: Table, index: int, cols: Columns) -> None:
        slots = table.grid[index]
        own = [cell for column, cell in enumerate(slots) if cell.row == index and cell.column == column]
        written = [cell for cell in own if cell.text.strip()]
        if not written:
            return
        lettered = [cell for cell in written if any(sign.isalpha() for sign in cell.text)]
        named = slots[cols.roles["name"]] if "name" in cols.roles else None
        lead = named if named in lettered else next(iter(lettered), None)
        found = self.labels.match("rows", lead.text) if lead else None
        cells = [slots[column] for column, _ in cols.years]
        has_values = any(cell.row == index and lead is not None and cell.text.strip() and cell.text != lead.text for cell in cells)
        if lead and found and found.family in ("goal", "task") and not has_values:
            first = slots[cols.roles["number"]] if "number" in cols.roles else written[0]
            self._heading(table, lead, first, found.family, found.groups.get("task"))
        elif lead and has_values:
            self._indicator(table, index, cols, lead)
        else:
            text = " | ".join(joined(cell.text) for cell in written)
            self.unread.append(Unread(place=table.place(written[0]), text=text, reason="строка таблицы показателей без значений по годам"))

    def _heading(self, table: Table, lead: Cell, first: Cell, scope: str, stated: str | None) -> None:
        number = values.list_number(first.text) if first is not lead else None
        self.headings.append(Heading(
            part="appendix1", number=number, scope="goal" if scope == "goal" else "task",
            task=None if scope == "goal" else stated or number, name=heading_name(lead.text), place=table.place(lead),
        ))  # fmt: skip

    def _indicator(self, table: Table, index: int, cols: Columns, lead: Cell) -> None:
        def text(role: str) -> str | None:
            column = cols.roles.get(role)
            return joined(table.grid[index][column].text) if column is not None else None

        heading = self.headings[-1] if self.headings else None
        number = values.list_number(text("number") or "")
        found: dict[str, Amount] = {}
        for column, year in cols.years:
            cell = table.grid[index][column]
            raw = cell.text
            value, marks = values.number(raw)
            amount = Amount(raw=raw, value=value, marks=marks, place=table.place(cell))
            if year in found:
                address = Address(part="appendix1", indicator=number or f"№{len(self.indicators) + 1}", year=year)
                self.repeated.append(Repeated(address=address, amounts={"value": amount}, place=amount.place))
            else:
                found[year] = amount
        self.indicators.append(Indicator(
            number=number, scope=heading.scope if heading else "goal", task=heading.task if heading else None,
            name=indicator_name(text("name") or squeeze(lead.text)), unit=squeeze(text("unit") or "") or None,
            method=text("method"), values=found, place=table.place(lead),
        ))  # fmt: skip
