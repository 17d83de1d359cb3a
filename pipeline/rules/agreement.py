"""AGR: what is said in several places must be the same in all of them."""

from collections.abc import Iterator

from extractors.text import key
from pipeline.rule import Dossier, rule
from pipeline.rules.sums import broken
from schemas.address import Address
from schemas.edition import Edition, Indicator
from schemas.finding import Remark, Term, phrase


@rule("AGR001")
def passport_funding(dossier: Dossier) -> Iterator[Remark]:
    """Финансирование в паспорте не совпадает с приложением 2

    Паспорт повторяет итог программы по источникам и годам; расхождение означает,
    что одно из двух мест при внесении изменений забыли. Паспорт может быть
    напечатан с меньшим числом знаков: тогда сравнивается округлённое.

    Не проходит: паспорт 2024 год 3559,38; приложение 2, итого по программе 2024 год 3560,28
    Проходит: паспорт 4084,48; приложение 2 4084,477
    """
    yield from broken(dossier, "AGR001", "в паспорте {value}, а в приложении 2 {expected}: расхождение {difference}")


@rule("AGR002")
def passport_indicators(dossier: Dossier) -> Iterator[Remark]:
    """Значение показателя в паспорте не совпадает с приложением 1

    Показатели паспорта и приложения 1 — одни и те же. Они сопоставляются внутри
    цели или задачи по наименованию, а если там один показатель с обеих сторон —
    и без него.

    Не проходит: паспорт, показатель задачи 1, 2023 год — 98%; приложение 1 — 99
    Проходит: паспорт 99%; приложение 1 — 99
    """
    for (address, passport), (other, appendix) in paired_indicators(dossier.edition):
        for year, amount in passport.values.items():
            twin = appendix.values.get(year)
            if twin is None or amount.value is None or twin.value is None or amount.value == twin.value:
                continue
            yield Remark(
                message=phrase("в паспорте {value}, а в приложении 1 {expected}", value=amount.value, expected=twin.value),
                address=address.at(year=year), place=amount.place, raw=amount.raw, value=amount.value, expected=twin.value,
                terms=(Term(address=other.at(year=year), value=twin.value, raw=twin.raw, place=twin.place),),
            )  # fmt: skip


Addressed = tuple[Address, Indicator]


def paired_indicators(edition: Edition) -> Iterator[tuple[Addressed, Addressed]]:
    """The passport's indicators with their twins in appendix 1; those without one are left out."""
    appendix: dict[str | None, list[Addressed]] = {}
    passport: dict[str | None, list[Addressed]] = {}
    for address, indicator in edition.indicator_addresses():
        appendix.setdefault(indicator.task, []).append((address, indicator))
    for address, indicator in edition.passport_indicator_addresses():
        passport.setdefault(indicator.task, []).append((address, indicator))
    for task, mine in passport.items():
        theirs = appendix.get(task, [])
        if len(mine) == len(theirs) == 1:
            yield mine[0], theirs[0]
            continue
        for addressed in mine:
            named = [other for other in theirs if key(other[1].name) == key(addressed[1].name)]
            if len(named) == 1:
                yield addressed, named[0]
