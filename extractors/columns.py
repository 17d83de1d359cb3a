"""What the columns of a table mean, from its header: by words, never by position."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import regex

from extractors import values
from extractors.labels import Labels
from extractors.sources import source_in_column, source_label
from extractors.text import joined, squeeze
from extractors.units import unit_in
from extractors.yearly import Yearly, yearly
from schemas.address import MONEY_COLUMNS, SOURCES
from schemas.blocks import Cell, Table, Unread

CODES = "коды бюджетной классификации в запись редакции не входят"
_MOST_HEADER_ROWS = 6
_HALF = regex.compile(r"с|по|начал\w+|окончани\w+", regex.I)  # under «Срок реализации»: neither column is the term


class Columns(NamedTuple):
    """The header's rows, the column of each role, the columns that are headed by a year.

    Roles are those of the profile's [columns] and [sources]; `money` are (column name, column)
    of the total and the sources, total first; `values` the columns of money, results and executors, in which no
    label of a row stands; `reach` are (column, from, to) for each of them all: a cell that covers the column
    and nothing outside from…to is the column's own. `unit` is the unit of money that the header names, as written.
    `yearly` are the columns of money by year, where the header gives money to years; `lost_year` whether one was not understood.
    """

    header: int
    roles: dict[str, int]
    years: tuple[tuple[int, str], ...]
    money: tuple[tuple[str, int], ...]
    values: frozenset[int]
    reach: tuple[tuple[int, int, int], ...]
    unit: str | None
    yearly: tuple[Yearly, ...] = ()
    lost_year: bool = False

    @property
    def is_activities(self) -> bool:
        """The header of a table of activities with money in columns by source, or by year."""
        return bool(self.yearly) or ("name" in self.roles and ("total" in self.roles or len(self.money) > 1) and not self.years)

    @property
    def is_indicators(self) -> bool:
        """The header of a table of indicators with values in columns by year."""
        return "name" in self.roles and len(self.years) > 0 and ("unit" in self.roles or "method" in self.roles or not self.money)


def columns(table: Table, labels: Labels) -> Columns:
    """The meaning of the table's columns; without a header there are no roles."""
    grid = table.grid
    first = _first_data_row(grid, labels)
    header = [row for row in grid[:first] if not is_numbering(row)]
    over = _texts_over(header, table.width)
    roles: dict[str, int] = {}
    years: list[tuple[int, str]] = []
    for column, texts in over.items():
        year = next((found for text in texts[:1] if (found := values.year(text))), None)
        if year:
            years.append((column, year))
            continue
        role = None if texts and _HALF.fullmatch(texts[0]) else next((found for text in texts if (found := _role(text, labels))), None)
        if role and role not in roles:
            roles[role] = column
    if header and "number" not in roles and 0 not in roles.values() and not squeeze(header[-1][0].text):
        roles["number"] = 0
    _settle_names(roles)
    unit = next((unit for row in header for cell in row if (unit := unit_in(cell.text))), None)
    by_year, lost = yearly(over, labels)
    named = _roles_beside_years(grid[first:], roles, by_year, labels) if by_year else {}
    if "name" in named and ("source" in named or unit or any(made.source for made in by_year)):
        reach = _reach([*named.values(), *(made.column for made in by_year)], table.width)
        money = (column for column, _, _ in by_year)
        return Columns(first, named, (), (), _no_labels(named, money), reach, unit, by_year, lost)
    amounts = tuple((name, roles[name]) for name in ("total", *SOURCES) if name in roles)
    reach = _reach([*roles.values(), *(column for column, _ in years)], table.width)
    return Columns(first, roles, tuple(years), amounts, _no_labels(roles, (column for _, column in amounts)), reach, unit)


def _texts_over(header: list[list[Cell]], width: int) -> dict[int, list[str]]:
    """The texts over each column, from the lowest up; a slot that only a wider cell covers is no column."""
    found: dict[int, list[str]] = {}
    for column in range(width if header else 0):
        written = list(dict.fromkeys(row[column] for row in reversed(header) if squeeze(row[column].text)))
        if not written or written[0].column == column:
            found[column] = [squeeze(cell.text) for cell in written]
    return found


def _no_labels(roles: dict[str, int], money: Iterable[int]) -> frozenset[int]:
    return frozenset((*money, *(roles[name] for name in ("result", "responsible") if name in roles)))


def _reach(columns: Iterable[int], width: int) -> tuple[tuple[int, int, int], ...]:
    """For each known column the slots between the known columns beside it: tables have slots that nobody sees."""
    known = sorted(set(columns))
    beside = zip([-1, *known], known, [*known[1:], width], strict=False)
    return tuple((column, before + 1, after) for before, column, after in beside)


def _roles_beside_years(body: list[list[Cell]], roles: dict[str, int], by_year: tuple[Yearly, ...], labels: Labels) -> dict[str, int]:
    """The roles of a table with money in columns by year; its column of sources is known by what stands in it.

    Names that hold the sources below them («1.1 Ремонт», «федеральный бюджет») stay names.
    """
    money = {made.column for made in by_year}
    found = {name: column for name, column in roles.items() if column not in money and name not in MONEY_COLUMNS}
    sourced = _sourced_columns(body, money, labels)
    if "name" not in found:
        worded = (column for column in range(min(money)) if column not in (*found.values(), *sourced) and _holds_words(body, column))
        found |= dict(zip(["name"], worded, strict=False))
    apart = [column for column in sourced if column != found.get("name")]
    if apart:
        found = {name: column for name, column in found.items() if column != apart[0]} | {"source": apart[0]}
    elif sourced:
        found["source"] = sourced[0]
    elif "source" in found and not _names_source(body, found["source"], labels):
        del found["source"]  # «Источник» of the data, not of the money
    return found


def _names_source(body: list[list[Cell]], column: int, labels: Labels) -> bool:
    return any(source_in_column(row[column].text, labels) for row in body if row[column].column == column)


def _sourced_columns(body: list[list[Cell]], money: set[int], labels: Labels) -> list[int]:
    """The columns in which sources stand, at least two, those with the most of them first."""
    counts: dict[int, int] = {}
    for column in range(min(money)):
        cells = dict.fromkeys(row[column] for row in body if row[column].column == column)
        counts[column] = sum(source_label(cell.text, labels) not in (None, "total") for cell in cells if cell.text)
    return sorted((column for column, count in counts.items() if count > 1), key=lambda column: -counts[column])


def _holds_words(body: list[list[Cell]], column: int) -> bool:
    return any(row[column].column == column and any(sign.isalpha() for sign in row[column].text) for row in body)


def _settle_names(roles: dict[str, int]) -> None:
    """Names whose meaning depends on their neighbours: a settlement's budget alone, «РБ» beside «ОБ», «ГРБС» without an executor."""
    if (manager := roles.pop("manager", None)) is not None:
        roles.setdefault("responsible", manager)
    if "regional_or_district" in roles:
        roles["district" if "regional" in roles else "regional"] = roles.pop("regional_or_district")
    if "settlement" in roles and "district" not in roles:
        roles["district"] = roles.pop("settlement")


def holds_money(item: Unread, header: str, labels: Labels) -> bool:
    """Whether a column that was not understood may be money of some source: numbers under no known other heading."""
    first = item.text.split(" | ")[0]
    return values.number(first)[0] is not None and labels.family("other_columns", header) is None


def unknown(table: Table, cols: Columns, labels: Labels) -> Iterator[tuple[int, Unread, str]]:
    """Columns that hold something under a header that was not understood: the column, what it holds, its header."""
    known = [column for column, _, _ in cols.reach]
    below = table.grid[cols.header :]
    covered = {column for row in table.grid[max(0, cols.header - 1) : cols.header] for column in range(table.width)
               if any(row[column] is row[one] for one in known)}  # fmt: skip
    for column in range(table.width):
        if column in known or column in covered:
            continue
        cells = dict.fromkeys(row[column] for row in below if row[column].column == column)
        apart = (cell for cell in cells if not any(column < one < column + cell.column_span for one in known))
        written = [cell for cell in apart if cell.text and (cols.yearly or not values.year(cell.text))]
        if written:
            titles = (squeeze(row[column].text) for row in reversed(table.grid[: cols.header]) if not is_numbering(row))
            header = next(filter(None, titles), "")
            text = " | ".join(joined(cell.text) for cell in written)
            is_code = labels.family("other_columns", header) == "code"
            reason = CODES if is_code else "заголовок не понят"
            yield column, Unread(place=table.place(written[0]), text=text, reason=f"графа {column + 1} «{header}»: {reason}"), header


def _role(text: str, labels: Labels) -> str | None:
    return labels.family("columns", text) or labels.family("sources", text)


def _first_data_row(grid: list[list[Cell]], labels: Labels) -> int:
    """The row behind the header: behind the numbering row, or the first that is numbered or headed."""
    for number, row in enumerate(grid[:_MOST_HEADER_ROWS]):
        if is_numbering(row):
            return number + 1
    for number, row in enumerate(grid[:_MOST_HEADER_ROWS]):
        first = next((text for cell in row if (text := squeeze(cell.text))), "")
        if values.list_number(first) and not values.year(first):
            return number
        if labels.family("rows", first) or (number and _has_money(row)):
            return number
    return min(1, len(grid))


def _has_money(row: list[Cell]) -> bool:
    """Whether numbers that are no years stand in the row."""
    texts = [cell.text for cell in row]
    return sum(values.number(text)[0] is not None and not values.year(text) for text in texts) > 1


def is_numbering(row: list[Cell]) -> bool:
    """«1 | 2 | 3 | … | n», also when it skips some, or when the columns have been moved since."""
    numbers = [text for cell in dict.fromkeys(row) if (text := squeeze(cell.text))]
    if len(numbers) < 3 or not all(number.isdigit() and len(number) < 3 for number in numbers) or "1" not in numbers:
        return False
    return len(set(numbers)) == len(numbers) and max(map(int, numbers)) < 3 * len(numbers)
