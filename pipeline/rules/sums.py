"""SUM: sums inside the edition. The equations themselves stand in `pipeline.equations`."""

from collections.abc import Iterator
from decimal import Decimal

from pipeline.equations import Equation
from pipeline.rule import Dossier, rule
from schemas.finding import Phrase, Remark, Term, phrase


def broken(dossier: Dossier, code: str, template: str) -> Iterator[Remark]:
    """A remark for each equation of this code that does not hold."""
    for equation in dossier.system.broken:
        if equation.code == code:
            yield _remark(dossier, equation, template)


def _remark(dossier: Dossier, equation: Equation, template: str) -> Remark:
    system = dossier.system
    total = system.amount(equation.total)
    expected = system.sum(equation, system.values)
    terms = tuple(
        Term(address=address, value=amount.value, raw=amount.raw, place=amount.place)
        for address in equation.terms
        for amount in [system.amount(address)]
    )
    assert total.value is not None  # a total without a value is in no equation
    return Remark(
        message=_message(template, total.value, expected), address=equation.total, place=total.place,
        raw=total.raw, value=total.value, expected=expected, terms=terms,
    )  # fmt: skip


def _message(template: str, value: Decimal, expected: Decimal) -> Phrase:
    return phrase(template, value=value, expected=expected, difference=value - expected)


@rule("SUM001")
def sources_against_total(dossier: Dossier) -> Iterator[Remark]:
    """Сумма по источникам не равна итогу строки

    В каждой строке с суммами графа «всего» должна быть равна сумме граф источников
    (федеральный, областной, районный бюджеты, внебюджетные средства). Основание:
    статья 179 Бюджетного кодекса РФ — объём финансового обеспечения программы
    утверждается по источникам, и общий объём из них складывается.

    Не проходит: всего 100,0; районный бюджет 90,0; прочие 0
    Проходит: всего 100,0; районный бюджет 90,0; внебюджетные 10,0
    """
    yield from broken(dossier, "SUM001", "в итоге строки {value}, а сумма по источникам {expected}: расхождение {difference}")


@rule("SUM002")
def years_against_total(dossier: Dossier) -> Iterator[Remark]:
    """Сумма по годам не равна строке «ВСЕГО»

    Строка «ВСЕГО» мероприятия, задачи, программы и графа «Всего» паспорта равны
    сумме по годам. Итог, напечатанный с меньшим числом знаков, чем слагаемые,
    верен, если это округлённая сумма (4084,477 → 4084,48).

    Не проходит: ВСЕГО 3535,663; по годам 585,163 + 453,6 + 624,9 + 624,9 + 624,9 + 742,0
    Проходит: ВСЕГО 3655,463 при тех же годах
    """
    yield from broken(dossier, "SUM002", "в строке «ВСЕГО» стоит {value}, а сумма по годам {expected}: расхождение {difference}")


@rule("SUM003")
def activities_against_task(dossier: Dossier) -> Iterator[Remark]:
    """Сумма мероприятий не равна итогу задачи

    За каждый год и по каждому источнику «Итого по задаче» равно сумме её
    мероприятий. Год, которого у какого-то мероприятия нет, не сравнивается:
    об этом скажет STR003.

    Не проходит: итого по задаче за 2024 год 624,9; мероприятия 364,9 + 168,9 + 32,0 + 60,0
    Проходит: итого по задаче за 2024 год 625,8 при тех же мероприятиях
    """
    yield from broken(dossier, "SUM003", "в итоге задачи {value}, а сумма мероприятий {expected}: расхождение {difference}")


@rule("SUM004")
def tasks_against_programme(dossier: Dossier) -> Iterator[Remark]:
    """Сумма задач не равна итогу программы

    За каждый год, за весь срок и по каждому источнику «Итого по муниципальной
    программе» равно сумме итогов задач (задача без строки «Итого» входит
    суммой своих мероприятий).

    Не проходит: итого по программе 23084,76; задачи 299,86 + 3535,663 + 360,0 + 16856,994 + 1912,44
    Проходит: то же при 3655,463 по второй задаче (23084,757 округлено до 23084,76)
    """
    yield from broken(dossier, "SUM004", "в итоге программы {value}, а сумма задач {expected}: расхождение {difference}")
