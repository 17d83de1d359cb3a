"""RES001-003: the results of activities against their own total and against the money."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

import regex

from extractors.quantities import Quantity, clauses, plain, quantities, shared_words, words
from pipeline.outcomes import Outcome, funded_years, needs_no_money, outcomes
from pipeline.rule import Dossier, rule
from schemas.address import Address
from schemas.edition import Activity
from schemas.finding import Phrase, Remark, Severity, Term, phrase

_HEDGED = regex.compile(r"(?:не менее|не более|не ниже|до|более|менее|свыше|около|порядка|минимум|по|от|№|на)\s*$", regex.I)
_RECURRING = regex.compile(
    r"ежегодн|ежемесячн|ежекварт|еженедел|ежедневн|(?:в|за) (?:год|месяц|квартал|день|сутки)|кажд\w+|раза?\b", regex.I
)
_NUMBER_AT_END = regex.compile(r"(?:\p{Pd}|[:=]|всего|составит)\s*$", regex.I)
_UNIT_ALONE = regex.compile(r"\s*+(?:\p{L}++\.?\s*+){0,2}$")


@rule("RES001", Severity.WARNING)
def stated_result(dossier: Dossier) -> Iterator[Remark]:
    """Итог результата не равен сумме по годам

    Если в строке мероприятия назван итог («53 комплекта»), результаты по годам
    должны его составлять. Сравниваются все прочтения: всё вместе, каждый вид
    отдельно, наибольшее и последнее значение; «ежегодно», «не менее», «по 1» —
    не итог. Отдельно узнаётся число, которое попало строкой выше или ниже своей:
    оно стоит у мероприятия, а у первого года результата нет; результат стоит в
    году без денег рядом с годом, где деньги есть, а результата нет.

    Не проходит: «42 комплекта компьютерной и копировальной техники»; по годам 29 и 17
    Не проходит: «Количество подписей - 63», строкой ниже «3»; 2021 — пусто, дальше 12, 12, 12, 12, 12
    Проходит: «53 комплекта»; по годам 7, 18, 7, 7, 7, 7
    """
    for address, activity in dossier.edition.activity_addresses():
        years = outcomes(activity)
        heading = moved_up(activity, years)
        if heading is not None:
            yield _moved_up(address, activity, years, heading)
        elif moved := moved_row(years):
            yield _remark(
                phrase(
                    "деньги стоят в {paid} году, а результат — в {done}: не в своей ли строке стоит значение",
                    paid=moved[0].year, done=moved[1].year,
                ),
                address, moved[1],
            )  # fmt: skip
        else:
            yield from _against_total(address, activity, years)


def _against_total(address: Address, activity: Activity, years: list[Outcome]) -> Iterator[Remark]:
    """The totals stated in the activity's own row, and in its row ВСЕГО, against the years."""
    for stated in _stated(activity, years):
        readings = _readings(stated, quantities(activity.result), years)
        if readings is None or stated.value in readings.all:
            continue
        counts, kinds = readings.counts, sorted(readings.kinds, reverse=True)
        told = {"stated": stated.value, "sum": sum(counts.values(), Decimal(0))}
        if len(kinds) > 1:
            message = phrase(
                "итогом названо {stated}, а по годам в сумме {sum}, по видам {kinds}", **told, kinds=", ".join(map(str, kinds))
            )
        else:
            message = phrase("итогом названо {stated}, а по годам в сумме {sum}", **told)
        terms = tuple(Term(address=address.at(year=each.year, column="result"), value=counts[each.year], raw=each.text, place=each.place)
                      for each in years if each.year in counts)  # fmt: skip
        place = activity.places.get("result", years[0].place)
        yield Remark(message=message, address=address.at(column="result"), place=place, raw=stated.clause,
                     pointed=(stated.start, stated.end), value=stated.value, expected=told["sum"], terms=terms)  # fmt: skip


def _stated(activity: Activity, years: list[Outcome]) -> list[Quantity]:
    """The numbers that the activity's result states as totals."""
    found = [quantity for quantity in quantities(activity.result) if not quantity.is_percent and _is_total(quantity)]
    if all(each.counted is None or plain(each.text) is not None for each in years):
        return [quantity for quantity in found if _is_the_subject(quantity)] if len(found) == 1 else []
    return found


def _is_total(quantity: Quantity) -> bool:
    """«53 комплекта», but not «не менее 10», «по 1 ежегодно», «10 в год»."""
    before = quantity.clause[: quantity.start]
    return not _HEDGED.search(before) and not _RECURRING.search(quantity.clause) and quantity.value > 0


def _is_the_subject(quantity: Quantity) -> bool:
    """«Количество подписей - 63», «63 подписи», «63»; not «ремонт моста через 2 ручья»."""
    before, after = quantity.clause[: quantity.start], quantity.clause[quantity.end :]
    return not before.strip() or (_NUMBER_AT_END.search(before) is not None and _UNIT_ALONE.match(after) is not None)


class _Readings(NamedTuple):
    """What the stated total may be the total of."""

    counts: dict[str, Decimal]  # by year
    kinds: set[Decimal]  # the sum of each kind of thing
    all: set[Decimal]  # every value that a stated total may have


def _readings(stated: Quantity, all_stated: tuple[Quantity, ...], years: list[Outcome]) -> _Readings | None:
    """The years' counts of what the total counts; None when they do not say enough to judge.

    Of several stated numbers a year's count belongs to the one with which it has most words in common.
    """
    counts: dict[str, Decimal] = {}
    kinds: dict[str, Decimal] = {}
    for each in years:
        number = plain(each.text)
        own = [q for q in quantities(each.text) if not q.is_percent and _belongs(q, stated, all_stated)] if number is None else []
        if number is not None:
            counts[each.year] = number
        elif own:
            counts[each.year] = sum((quantity.value for quantity in own), Decimal(0))
        elif each.is_paid:
            return None
        for quantity in own:
            kind = next((known for known in kinds if _same_kind(known, quantity.what)), quantity.what)
            kinds[kind] = kinds.get(kind, Decimal(0)) + quantity.value
    values = list(counts.values())
    if sum(value > 0 for value in values) < 2:
        return None
    level = {max(values), values[-1], *(values[:1] if len(set(values)) == 1 else [])}
    return _Readings(counts, set(kinds.values()), {sum(values, Decimal(0)), *kinds.values(), *level})


def _belongs(quantity: Quantity, stated: Quantity, all_stated: tuple[Quantity, ...]) -> bool:
    return 0 < shared_words(quantity.what, stated.what) == max(shared_words(quantity.what, other.what) for other in all_stated)


def _same_kind(one: str, other: str) -> bool:
    """Whether two phrases count the same: «ед. компьютерной техники», «единиц компьютерной техники»."""
    return shared_words(one, other) >= min(len(words(one)), len(words(other)))


def moved_up(activity: Activity, years: list[Outcome]) -> Quantity | None:
    """The number that stands alone on the last line of the activity's result while its first year has none."""
    lines = clauses(activity.result)
    if len(lines) < 2 or not years or years[0].text or sum(plain(each.text) is not None for each in years[1:]) < 2:
        return None
    last = quantities(lines[-1])
    return last[0] if len(last) == 1 and last[0].stands_alone else None


def _moved_up(address: Address, activity: Activity, years: list[Outcome], found: Quantity) -> Remark:
    rest = sum((each.counted or Decimal(0) for each in years[1:]), Decimal(0))
    totals = [quantity.value for quantity in quantities(activity.result) if not quantity.stands_alone and _is_the_subject(quantity)]
    told: dict[str, str | Decimal] = {"number": found.value, "year": years[0].year}
    if found.value + rest in totals:
        message = phrase(
            "число {number} стоит в строке мероприятия, а у {year} года результата нет; с ним сумма по годам равна итогу {stated}",
            stated=found.value + rest, **told,
        )  # fmt: skip
    else:
        message = phrase("число {number} стоит в строке мероприятия, а у {year} года результата нет: не его ли это результат", **told)
    return Remark(message=message, address=address.at(year=years[0].year, column="result"),
                  place=activity.places.get("result", years[0].place), raw=found.clause)  # fmt: skip


def moved_row(years: list[Outcome]) -> tuple[Outcome, Outcome] | None:
    """The one year with money and no result beside the one year with a result and no money."""
    unpaid = [each for each in years if each.money == 0 and each.counted and plain(each.text) is not None]
    undone = [each for each in years if each.is_paid and each.is_empty]
    if len(unpaid) != 1 or len(undone) != 1 or abs(years.index(unpaid[0]) - years.index(undone[0])) != 1:
        return None
    return undone[0], unpaid[0]


def _moved_years(activity: Activity, years: list[Outcome]) -> set[str]:
    """The years of which RES001 speaks already."""
    row = moved_row(years)
    first = {years[0].year} if moved_up(activity, years) else set()
    return first | ({each.year for each in row} if row else set())


@rule("RES002", Severity.WARNING)
def money_without_result(dossier: Dossier) -> Iterator[Remark]:
    """Деньги предусмотрены, а результата нет

    В году, на который выделены деньги, результат равен нулю, прочерку или не
    указан, хотя в другие годы он указан. Так не оценить, на что деньги пойдут:
    показатель результата забыли изменить вместе с суммой.

    Не проходит: 2026г. | 50,0 | … | 0
    Проходит: 2026г. | 50,0 | … | 2
    """
    for address, activity in dossier.edition.activity_addresses():
        years = outcomes(activity)
        told = _moved_years(activity, years)
        paid = [each for each in years if each.is_paid]
        known = [each for each in paid if not each.is_empty]
        idle = [each for each in paid if each.is_empty and each.year not in told and (each.text or len(known) * 2 >= len(paid))]
        if idle:
            listed = "; ".join(f"{each.year} — {each.written}" for each in idle)
            yield _remark(phrase("деньги есть, а результата нет: {listed}", listed=listed), address, idle[0])


@rule("RES003", Severity.WARNING)
def result_without_money(dossier: Dossier) -> Iterator[Remark]:
    """Результат указан, а денег на него нет

    В одни годы мероприятие оплачено, в другие денег нет, а результат в числах тот
    же или иной. Либо деньги забыли, либо результат остался от прежней редакции.
    Молчит, если мероприятие денег не требует вовсе, если результат во все годы
    одинаков (это уровень, который поддерживают), если на этот год денег нет ни у
    одного мероприятия программы.

    Не проходит: 2022г. | 0 | … | 34 лицензии (в 2021 году 360,0 и 25 лицензий)
    Проходит: 2022г. | 0 | … | 0
    """
    funded = funded_years(dossier.edition)
    for address, activity in dossier.edition.activity_addresses():
        years = outcomes(activity)
        if not any(each.is_paid for each in years) or needs_no_money(activity) or len({each.counted for each in years}) == 1:
            continue
        told = _moved_years(activity, years)
        free = [each for each in years if each.money == 0 and each.counted and each.year in funded and each.year not in told]
        if free:
            listed = "; ".join(f"{each.year} — {each.shown}" for each in free)
            yield _remark(phrase("результат есть, а денег нет: {listed}", listed=listed), address, free[0])


def _remark(message: Phrase, address: Address, outcome: Outcome) -> Remark:
    return Remark(message=message, address=address.at(year=outcome.year, column="result"), place=outcome.place, raw=outcome.text or None)
