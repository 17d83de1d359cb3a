"""RES004-006: the results of activities against their term, their unit and their price."""

from collections.abc import Iterator
from decimal import Decimal
from statistics import median

import regex
from pydantic import Field

from extractors.periodicity import Periodicity, periodicity
from extractors.quantities import Quantity, counted_in, shared_words
from pipeline.outcomes import Outcome, funded_years, outcomes
from pipeline.rule import Dossier, rule
from pipeline.rules.series import Outlier, slips
from schemas.address import Address
from schemas.base import Shape
from schemas.edition import Activity
from schemas.finding import Phrase, Remark, Severity, phrase

_COUNTED = regex.compile(r"^\W*(?:общее |среднее )?(?:количество|кол-во|число|численность)\b", regex.I)
_SHARE = regex.compile(r"^\W*(?:доля|удельный вес|процент)\b", regex.I)
_UNIT_OF_COUNT = regex.compile(r"(?:^|[\s,(])(?:чел(?:овек)?|шт(?:ук)?|ед(?:иниц)?|экз|комплект\w*)\.?\W*$", regex.I)
_PERCENT = regex.compile(r"%|процент", regex.I)
_RELATIVE = regex.compile(
    r"%|процент|дол[яиюе]\b|темп|от общ|к общ|прирост|рост\b|увеличени|снижени|по отношению|к предыдущ|к уровню", regex.I
)


@rule("RES004", Severity.WARNING)
def against_term(dossier: Dossier) -> Iterator[Remark]:
    """Срок исполнения мероприятия не таков, как годы с деньгами и результатами

    «Ежегодно» значит каждый год: между годами с деньгами или результатом не должно
    быть пустых. «1 раз в 2 года» — примерно половина лет срока, «1 раз» — один год.
    Если в сроке названы годы, денег вне их быть не должно. Годы, на которые денег
    нет ни у одного мероприятия, не считаются: они ещё не запланированы.

    Не проходит: «1 раз в 2 года», а деньги и результат только в 2026 из 2021–2026
    Не проходит: «1 раз», а результат в пяти годах
    Проходит: «ежегодно» и результат каждый год
    """
    funded = funded_years(dossier.edition)
    for address, activity in dossier.edition.activity_addresses():
        term = periodicity(activity.term)
        years = [each for each in outcomes(activity) if each.year in funded]
        message = _outside(term, years) or _too_often_or_seldom(term, years)
        if message is not None:
            yield Remark(message=message, address=address.at(column="term"), place=activity.places.get("term", years[0].place),
                         raw=activity.term)  # fmt: skip


def _outside(term: Periodicity, years: list[Outcome]) -> Phrase | None:
    """Money in years that the term leaves out."""
    out = [each.year for each in years if each.is_paid and each.year.isdecimal() and not term.allows(int(each.year))]
    return phrase("деньги стоят в годах, которых нет в сроке: {years}", years=", ".join(out)) if out else None


def _too_often_or_seldom(term: Periodicity, years: list[Outcome]) -> Phrase | None:
    """How often there is money or a result, against how often it is due."""
    if term.every == 1:
        return _gap(years)
    done = [each.year for each in years if each.is_paid or each.counted]
    if term.every is None or not done:
        return None
    if term.every == 0:
        message = phrase("срок — один раз, а деньги или результат стоят в нескольких годах: {years}", years=", ".join(done))
        return message if len(done) > 1 else None
    least, most = len(years) // term.every, -(-len(years) // term.every)
    if least <= len(done) <= most:
        return None
    return phrase(
        "срок — один раз в {every} года: из {all} лет ожидается {due}, а деньги или результат есть в {count}: {years}",
        every=term.every, all=len(years), due=str(least) if least == most else f"{least}–{most}", count=len(done), years=", ".join(done),
    )  # fmt: skip


def _gap(years: list[Outcome]) -> Phrase | None:
    """Years without money and without a result between years that have some."""
    done = [position for position, each in enumerate(years) if each.is_paid or not each.is_empty]
    idle = [years[position].year for position in range(done[0], done[-1]) if position not in done] if done else []
    return phrase("срок — ежегодно, а в годах {years} нет ни денег, ни результата", years=", ".join(idle)) if idle else None


@rule("RES005", Severity.WARNING)
def unit_against_name(dossier: Dossier) -> Iterator[Remark]:
    """Единица измерения не подходит к наименованию

    «Количество», «число», «численность» измеряют в людях и штуках, «доля» и
    «удельный вес» — в процентах. Если по годам стоит другое, показатель
    переименовали, а значения остались, или наоборот. Молчит, если наименование
    само говорит о доле, темпе или росте.

    Не проходит: «Количество служащих, прошедших диспансеризацию» — «100% от числа служащих»
    Проходит: «Доля служащих, прошедших диспансеризацию» — «100%»
    """
    for address, activity in dossier.edition.activity_addresses():
        texts = [each.text for each in outcomes(activity) if not each.is_empty]
        message = _misfit(activity.result, texts)
        if message is not None:
            place = activity.places.get("result", activity.places["name"])
            yield Remark(message=message, address=address.at(column="result"), place=place, raw=activity.result)
    for address, indicator in dossier.edition.indicator_addresses():
        message = _misfit(indicator.name, [indicator.unit or ""])
        if message is not None:
            yield Remark(message=message, address=address, place=indicator.place, raw=indicator.unit)


def _misfit(name: str, values: list[str]) -> Phrase | None:
    """Most of the values are in per cent under a count, or in pieces under a share."""
    percents = [value for value in values if _PERCENT.search(value)]
    pieces = [value for value in values if _UNIT_OF_COUNT.search(value) and not _PERCENT.search(value)]
    if _COUNTED.match(name) and not _RELATIVE.search(name) and len(percents) * 2 > len(values):
        return phrase("наименование говорит о количестве, а значения — в процентах: «{value}»", value=percents[0])
    if _SHARE.match(name) and len(pieces) * 2 > len(values):
        return phrase("наименование говорит о доле, а значения — в штуках или людях: «{value}»", value=pieces[0])
    return None


class Price(Shape):
    """When the result of a year does not go with its money."""

    years: int = Field(4, ge=3, description="сколько лет с деньгами и результатом нужно, чтобы судить")
    times: Decimal = Field(Decimal(4), gt=1, description="во сколько раз отношение результата к деньгам должно отличаться от обычного")


@rule("RES006", Severity.WARNING, options=Price())
def price_of_result(dossier: Dossier, options: Price) -> Iterator[Remark]:
    """Результат года несоразмерен деньгам

    На каждый рубль приходится примерно столько же результата, что и в другие годы.
    Один год, в котором его вчетверо больше или меньше обычного (медианы), — скорее
    описка в результате: лишняя или потерянная цифра. Если таких лет несколько, цена
    просто непостоянна, и это не находка. О сумме, отличной в 10 раз, говорит AMT007.

    Не проходит: 20,0 на 700 штук, когда в другие годы 20,0 на 150
    Проходит: 20,0 на 150 и 30,0 на 200
    """
    for address, activity in dossier.edition.activity_addresses():
        yields = _yields(activity)
        if len(yields) < options.years:
            continue
        usual = median(amount for _, _, amount in yields)
        far = [found for found in yields if not usual / options.times < found[2] < usual * options.times]
        if len(far) == 1 and far[0][0].year not in {year for year, *_ in slips(activity, Outlier())}:
            yield _price_remark(address, *far[0], usual)


def _yields(activity: Activity) -> list[tuple[Outcome, Quantity, Decimal]]:
    """The years that have money and one count of one thing: the count, and how much of it a unit of money gives."""
    if _PERCENT.search(activity.result):
        return []
    found: list[tuple[Outcome, Quantity, Decimal]] = []
    for each in outcomes(activity):
        counted = counted_in(each.text)
        if counted is None or not counted.value or not each.money or each.money < 0:
            continue
        if found and found[0][1].what and counted.what and not shared_words(found[0][1].what, counted.what):
            return []  # other years count other things
        found.append((each, counted, counted.value / each.money))
    return found


def _price_remark(address: Address, outcome: Outcome, counted: Quantity, amount: Decimal, usual: Decimal) -> Remark:
    times = max(amount / usual, usual / amount).quantize(Decimal("0.1"))
    told: dict[str, str | Decimal] = {"value": counted.value, "money": outcome.written, "times": times}
    message = (
        phrase("результат {value} при {money}: на те же деньги в {times} раза больше, чем обычно", **told)
        if amount > usual
        else phrase("результат {value} при {money}: на те же деньги в {times} раза меньше, чем обычно", **told)
    )
    return Remark(message=message, address=address.at(year=outcome.year, column="result"), place=outcome.place,
                  raw=outcome.text, value=counted.value)  # fmt: skip
