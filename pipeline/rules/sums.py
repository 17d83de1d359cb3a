"""SUM: sums inside the edition. The equations themselves stand in `pipeline.equations`."""

from collections.abc import Iterator
from decimal import Decimal

from pipeline.identities import Equation
from pipeline.rule import Dossier, rule
from schemas.address import Address
from schemas.finding import Phrase, Remark, Severity, Term, phrase


def broken(dossier: Dossier, code: str, template: str) -> Iterator[Remark]:
    """A remark for each equation of this code that does not hold."""
    for equation in dossier.system.broken:
        if equation.code == code:
            residual = dossier.system.residual(equation)
            value = dossier.system.amount(equation.total).value or Decimal(0)
            yield _remark(dossier, equation, phrase(template, value=value, expected=value - residual, difference=residual))


def _remark(dossier: Dossier, equation: Equation, message: Phrase) -> Remark:
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
        message=message, address=equation.total, place=total.place,
        raw=total.raw, value=total.value, expected=expected, terms=terms,
    )  # fmt: skip


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
    сумме по годам до последнего знака. Иначе только там, где вся таблица
    напечатана округлённой: см. SUM005.

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


@rule("SUM005", Severity.NOTE)
def rounding(dossier: Dossier) -> Iterator[Remark]:
    """Суммы расходятся в пределах округления

    Если вся таблица (паспорт, итог программы) напечатана с меньшим числом знаков,
    чем слагаемые, её суммы округлены: итог может отличаться на половину своей
    последней единицы, а сумма округлённых слагаемых — ещё на половину единицы за
    каждое. Это не ошибка; названы наибольшее расхождение и допуск. Короткое число
    среди длинных не округлено (13,0 рядом с 50,473 — это 13,000), а нуль и прочерк
    точны всегда. Как в XBRL Calculations 1.1 (2023), но там интервалом считается
    каждое число; здесь — только там, где так напечатана вся таблица.

    Не проходит: итог программы 4084,48 при задачах 37,880 + 585,163 + 360,0 + 2817,0 + 284,434
    Проходит: итог программы 4084,477 при тех же задачах
    """
    system = dossier.system
    blocks: dict[Address, list[Equation]] = {}
    for equation in system.rounded:
        blocks.setdefault(equation.total.at(year=None, source=None, column=None), []).append(equation)
    for equations in blocks.values():
        worst = max(equations, key=lambda equation: abs(system.residual(equation)))
        difference, bound = abs(system.residual(worst)), system.bound(worst)
        message = phrase("суммы округлены; сходятся не до последнего знака: {count}; наибольшее расхождение {difference} при допуске {bound}",
                         count=len(equations), difference=difference, bound=bound)  # fmt: skip
        yield _remark(dossier, worst, message)
