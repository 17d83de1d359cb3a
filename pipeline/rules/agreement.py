"""AGR: the passport's funding against the money of appendix 2."""

from collections.abc import Iterable, Iterator

from pipeline.rule import Dossier, rule
from pipeline.rules.sums import broken
from schemas.address import SOURCES, Address
from schemas.amount import Amount
from schemas.edition import Edition
from schemas.finding import Remark, Severity, phrase
from schemas.place import Place

_LOCAL = ("district", "settlement")  # one part may tell them apart where the other does not


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


@rule("AGR005", Severity.WARNING)
def sources_of_money(dossier: Dossier) -> Iterator[Remark]:
    """Источник финансирования с деньгами есть только в одном месте

    Если паспорт обещает деньги областного бюджета, а в приложении 2 такой графы или
    строки нет (или наоборот), источник забыли в одном из двух мест, и итоги не
    сопоставить. Источник, у которого всюду нули, можно не печатать.

    Не проходит: в паспорте «областной бюджет» 2700,5, в приложении 2 только районный и федеральный
    Проходит: в приложении 2 графа «внебюджетные источники» с нулями, в паспорте такой строки нет
    """
    edition = dossier.edition
    passport, appendix = _of_passport(edition), _of_appendix(edition)
    if edition.unknown_sources or not passport or not appendix:
        return
    for source, (address, place, has_money) in passport.items():
        if has_money and not _is_there(source, appendix):
            yield Remark(message=phrase("в паспорте у этого источника есть деньги, а в приложении 2 такого источника нет"),
                         address=address, place=place)  # fmt: skip
    for source, (address, place, has_money) in appendix.items():
        if has_money and not _is_there(source, passport):
            yield Remark(message=phrase("в приложении 2 у этого источника есть деньги, а в паспорте такого источника нет"),
                         address=address, place=place)  # fmt: skip


Standing = dict[str, tuple[Address, Place, bool]]
"""For each source that a part has: its first address with money, or its first; the place; whether it has money."""


def _of_passport(edition: Edition) -> Standing:
    found: Standing = {}
    for funding in edition.passport.funding:
        if funding.source in SOURCES:
            amounts = [*funding.years.values(), *([funding.total] if funding.total else [])]
            has_money = _has_money(amounts) or found.get(funding.source, (None, None, False))[2]
            found[funding.source] = (Address(part="passport", row="funding", source=funding.source), funding.place, has_money)
    return found


def _of_appendix(edition: Edition) -> Standing:
    found: Standing = {}
    blocks = [(Address(part="appendix2"), edition.grand_total), *edition.blocks()]
    for address, block in blocks:
        for year, money in block.items():
            for column, amount in money.amounts():
                if column in SOURCES and not found.get(column, (None, None, False))[2]:
                    found[column] = (address.at(year=year, column=column), amount.place, _has_money([amount]))
    return found


def _has_money(amounts: Iterable[Amount]) -> bool:
    return any(amount.value for amount in amounts)


def _is_there(source: str, others: Standing) -> bool:
    return source in others or (source in _LOCAL and any(local in others for local in _LOCAL))
