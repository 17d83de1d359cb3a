"""AGR: the indicators of the passport against those of appendix 1."""

from collections.abc import Iterator

from extractors.text import shortened
from pipeline.likeness import apart
from pipeline.rule import Dossier, rule
from pipeline.twins import Addressed, Twins, bare, measured, named, twins
from schemas.address import Address
from schemas.edition import Indicator
from schemas.finding import Phrase, Remark, Severity, Term, phrase


@rule("AGR002")
def values_of_indicators(dossier: Dossier) -> Iterator[Remark]:
    """Значение показателя в паспорте не совпадает с приложением 1

    Показатели паспорта и приложения 1 — одни и те же. Они сопоставляются по
    наименованию, сначала внутри цели или задачи; два единственных показателя одной
    задачи — и при несколько ином наименовании. Если единицы измерения разные,
    значения не сравниваются: о единицах говорит AGR007.

    Не проходит: паспорт, показатель задачи 1, 2023 год — 98%; приложение 1 — 99
    Проходит: паспорт 99%; приложение 1 — 99
    """
    for (address, passport), (other, appendix) in twins(dossier.edition).pairs:
        if _units_differ(passport, appendix):
            continue
        for year, amount in passport.values.items():
            twin = appendix.values.get(year)
            if twin is None or amount.value is None or twin.value is None or amount.value == twin.value:
                continue
            yield Remark(
                message=phrase("в паспорте {value}, а в приложении 1 {expected}", value=amount.value, expected=twin.value),
                address=address.at(year=year), place=amount.place, raw=amount.raw, value=amount.value, expected=twin.value,
                terms=(Term(address=other.at(year=year), value=twin.value, raw=twin.raw, place=twin.place),),
            )  # fmt: skip


@rule("AGR007", Severity.WARNING)
def names_of_indicators(dossier: Dossier) -> Iterator[Remark]:
    """Показатель в паспорте и в приложении 1 назван или измерен по-разному

    У одного показателя — одно наименование и одна единица измерения. Показатель,
    который есть только в одном из двух мест, забыли добавить или исключить в
    другом. Если паспорт приводит лишь немногие показатели, остальных в нём не ждут.
    Знаки препинания, кавычки, «Показатель 1» и единица в конце наименования не
    считаются; «ед.» и «шт.» — одно и то же.

    Не проходит: паспорт — «Доля дорог, отвечающих нормативам, %»; приложение 1 — «Доля улиц, отвечающих нормативам»
    Не проходит: паспорт — «…, км»; приложение 1 — единица «м»
    Проходит: паспорт — «Доля дорог, %»; приложение 1 — «Показатель 1. Доля дорог», единица «процент»
    """
    found = twins(dossier.edition)
    for (address, passport), (other, appendix) in found.pairs:
        if named(passport) != named(appendix):
            there, here = apart(bare(appendix), bare(passport))
            message = phrase("в паспорте показатель назван «{here}», а в приложении 1 «{there}»", here=here, there=there)
            yield _remark((address, passport), message, (other, appendix))
        if _units_differ(passport, appendix):
            message = phrase("в паспорте единица показателя «{here}», а в приложении 1 «{there}»",
                             here=passport.unit or "", there=appendix.unit or "")  # fmt: skip
            yield _remark((address, passport), message, (other, appendix))
    yield from _alone(found)


def _alone(found: Twins) -> Iterator[Remark]:
    """Indicators of one place only, where most of the others stand in both."""
    paired = {indicator.scope for pair in found.pairs for _, indicator in pair}
    if len(found.only_passport) <= len(found.pairs):
        for addressed in found.only_passport:
            message = phrase("показателя «{name}» нет в приложении 1", name=shortened(bare(addressed[1])))
            yield _remark(addressed, message)
    expected = [addressed for addressed in found.only_appendix if addressed[1].scope in paired]
    if len(expected) < len(found.pairs):
        for addressed in expected:
            yield _remark(addressed, phrase("показателя «{name}» нет в паспорте", name=shortened(bare(addressed[1]))))


def _units_differ(passport: Indicator, appendix: Indicator) -> bool:
    """Whether both state a unit and the one is not the beginning of the other («%» and «% от числа опрошенных»)."""
    here, there = measured(passport.unit or ""), measured(appendix.unit or "")
    shared = min(len(here), len(there))
    return bool(shared) and here[:shared] != there[:shared]


def _remark(addressed: Addressed, message: Phrase, other: tuple[Address, Indicator] | None = None) -> Remark:
    address, indicator = addressed
    terms = (Term(address=other[0], value=None, raw=other[1].name, place=other[1].place),) if other else ()
    return Remark(message=message, address=address, place=indicator.place, raw=indicator.name, terms=terms)
