"""AMT007-009: amounts that do not go with those beside them: other years, other rows, other columns."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from statistics import median

from pydantic import Field

from extractors.activities import SUM_WITHOUT_YEAR
from extractors.quantities import counted_in, plain
from pipeline.rule import Dossier, rule
from schemas.address import MONEY_COLUMNS, SOURCES, Address
from schemas.base import Shape
from schemas.blocks import Unread
from schemas.edition import Activity, Edition, Money
from schemas.finding import Remark, Severity, phrase

_POWERS = (10, 100, 1000)
Series = Mapping[str, Decimal]


class Outlier(Shape):
    """When an amount is out of line with its other years."""

    years: int = Field(2, ge=2, description="сколько других лет с суммами нужно, чтобы судить")
    spread: Decimal = Field(Decimal(3), ge=1, description="во сколько раз другие годы могут различаться между собой")
    closeness: Decimal = Field(Decimal("1.26"), ge=1, le=3, description="во сколько раз отношение может отличаться от 10, 100 или 1000")


@rule("AMT007", Severity.WARNING, options=Outlier())
def out_of_line(dossier: Dossier, options: Outlier) -> Iterator[Remark]:
    """Сумма в 10, 100 или 1000 раз больше или меньше, чем в другие годы

    Так выглядит потерянная или сдвинутая запятая. Сравнивается с другими годами
    того же мероприятия; сумма называется, только если другие годы близки между
    собой, отношение к ним близко к 10, 100 или 1000 и после деления сумма попадает
    в их ряд. Молчит, если вместе с деньгами вырос и результат, если сумму дал
    новый источник, если один источник заменил другой.

    Не проходит: 2600,0; 2600,0; 26000; 2600,0
    Проходит: 2600,0; 2889,994; 3300,0
    """
    for address, activity in dossier.edition.activity_addresses():
        for year, column, power, others in slips(activity, options):
            amount = getattr(activity.years[year], column)
            told = {"value": amount.value, "power": power, "low": min(others), "high": max(others)}
            if amount.value > max(others):
                message = phrase(
                    "{value} — примерно в {power} раз больше, чем в другие годы (от {low} до {high}): не потеряна ли запятая", **told
                )
            else:
                message = phrase(
                    "{value} — примерно в {power} раз меньше, чем в другие годы (от {low} до {high}): не сдвинута ли запятая", **told
                )
            yield Remark(message=message, address=address.at(year=year, column=column), place=amount.place,
                         raw=amount.raw, value=amount.value)  # fmt: skip


def slips(activity: Activity, options: Outlier) -> Iterator[tuple[str, str, int, list[Decimal]]]:
    """The years of an activity whose sum is a power of ten away from the others: year, column, power, the others.

    Of a sum and its source that moved together the source is named: it is the one that was typed.
    """
    rows = {year: row for year, row in activity.years.items() if year != "total"}
    for year, row in rows.items():
        found = {column: slip for column, _ in row.amounts() if (slip := _slip(_series(rows, column), year, options))}
        sources = [column for column in found if column in SOURCES]
        if not found or (_adds_up(row) and not (sources and "total" in found)):
            continue  # a new source, or one in the place of another
        column: str = next(iter(sources), "total")
        if not _grew_with_its_result(rows, year, _series(rows, column)):
            yield year, column, *found[column]


def _series(rows: Mapping[str, Money], column: str) -> Series:
    """The sums above zero of one column, by year."""
    amounts = ((year, getattr(row, column)) for year, row in rows.items())
    return {year: amount.value for year, amount in amounts if amount is not None and amount.value is not None and amount.value > 0}


def _slip(series: Series, year: str, options: Outlier) -> tuple[int, list[Decimal]] | None:
    """The power of ten that leads from the others to this year's sum, or None."""
    others = [value for other, value in series.items() if other != year]
    if year not in series or len(others) < options.years or max(others) > min(others) * options.spread:
        return None
    value, middle = series[year], median(others)
    if len(others) == 2 and len(value.normalize().as_tuple().digits) == 1:
        return None  # 100, 100, 1000: round sums meet at powers of ten by themselves
    for power in _POWERS:
        scaled = value / power if value > middle else value * power
        near = middle / options.closeness <= scaled <= middle * options.closeness
        if near and min(others) * Decimal("0.9") <= scaled <= max(others) * Decimal("1.1"):
            return power, others
    return None


def _adds_up(row: Money) -> bool:
    """Whether the row has sources and they make its total."""
    values = [amount.value or Decimal(0) for column, amount in row.amounts() if column != "total"]
    return bool(values) and row.total is not None and sum(values, Decimal(0)) == row.total.value


def _grew_with_its_result(rows: Mapping[str, Money], year: str, series: Series) -> bool:
    """Whether the price of one unit of the result is as in the other years: then more was done, or less."""
    prices: dict[str, Decimal] = {}
    for each, value in series.items():
        counted = counted_in(rows[each].result or "")
        if counted and counted.value > 0:
            prices[each] = value / counted.value
    others = [price for each, price in prices.items() if each != year]
    return year in prices and bool(others) and median(others) / 3 <= prices[year] <= median(others) * 3


@rule("AMT008", Severity.WARNING)
def lone_amount(dossier: Dossier) -> Iterator[Remark]:
    """Сумма стоит там, где других сумм нет

    В графе источника одна-единственная сумма на всё приложение, хотя её должны
    повторять итоги, или сумма стоит в строке мероприятия, где нет ни года, ни
    других сумм. Вероятно, число попало не в свою графу или не в свою строку: ни в
    один итог оно не входит.

    Не проходит: внебюджетные источники: 50,0 у одного мероприятия, во всех итогах 0
    Проходит: внебюджетные источники: 50,0 у мероприятия, в итоге задачи и программы
    """
    edition = dossier.edition
    for column in MONEY_COLUMNS:
        cells = [
            (address, amount) for address, amount in edition.amounts.items() if address.part == "appendix2" and address.column == column
        ]
        filled = [(address, amount) for address, amount in cells if amount.value]
        if len(filled) == 1 and len(cells) > 3 and _has_totals(edition):
            address, amount = filled[0]
            message = phrase("{value} — единственная сумма в графе: не в свою ли графу она попала", value=amount.value or 0)
            yield Remark(message=message, address=address, place=amount.place, raw=amount.raw, value=amount.value)
    for address, item in _without_year(edition):
        if not _is_zero(item):
            yield Remark(
                message=phrase("в строке мероприятия стоит сумма без года: {raw}; ни в один итог она не входит", raw=item.text),
                address=address, place=item.place, raw=item.text,
            )  # fmt: skip


@rule("AMT009", Severity.NOTE)
def lone_zero(dossier: Dossier) -> Iterator[Remark]:
    """Нуль стоит в строке, где сумм не бывает

    Строка с наименованием мероприятия сумм не содержит, они стоят в строках годов.
    Нуль в ней ничего не меняет, но остался от другой строки или от правки.

    Не проходит: 4.1 | Печатные СМИ | ежегодно | (пусто) | … | 0
    Проходит: 4.1 | Печатные СМИ | ежегодно | (пусто) | … | (пусто)
    """
    for address, item in _without_year(dossier.edition):
        if _is_zero(item):
            yield Remark(message=phrase("нуль в строке мероприятия, где нет года"), address=address, place=item.place, raw=item.text)


def _has_totals(edition: Edition) -> bool:
    return bool(edition.grand_total) or any(task.subtotal for task in edition.tasks)


def _without_year(edition: Edition) -> Iterator[tuple[Address, Unread]]:
    """What stands in the money columns of an activity's own row, with the activity's address."""
    rows = {(a.places["name"].table, a.places["name"].row): address for address, a in edition.activity_addresses() if "name" in a.places}
    for item in edition.unread:
        if item.reason == SUM_WITHOUT_YEAR:
            yield rows.get((item.place.table, item.place.row), Address(part="appendix2")), item


def _is_zero(item: Unread) -> bool:
    return all(plain(text) == 0 for text in item.text.split(" | "))
