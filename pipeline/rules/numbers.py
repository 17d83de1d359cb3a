"""AMT: the amounts as they are written."""

from collections.abc import Iterator
from decimal import Decimal

import regex
from pydantic import Field

from pipeline.rule import Dossier, rule
from schemas.address import Address
from schemas.amount import Amount, Mark, decimals
from schemas.base import Shape
from schemas.edition import Edition
from schemas.finding import Phrase, Remark, Severity, phrase
from schemas.place import Place

_DOUBLED = regex.compile(r"(?<=\d)\s*[.,]\s*[.,][\s.,]*(?=\d)")
_LETTER = regex.compile(r"\p{L}|[;:/'`´_|]")
_GROUPING = regex.compile(r"(?<=\d)[\s.,]+(?=\d)")
_AFTER_SEPARATOR = regex.compile(r"(?<=\d)(?:\s+,\s*|,\s+)(?=\d)")
_SEPARATOR = regex.compile(r"(?<=\d)[.,](?=\s*\d)")
_STRAY = regex.compile(r"^[^\d\p{L}]+(?=\d)|(?<=\d)[^\d\p{L}]+$")


def _marked(dossier: Dossier, *marks: Mark) -> Iterator[tuple[Address, Amount]]:
    for address, amount in dossier.edition.amounts.items():
        if any(mark in amount.marks for mark in marks):
            yield address, amount


def _remark(message: Phrase, address: Address, amount: Amount, wrong: regex.Pattern[str] | None = None) -> Remark:
    """`wrong` finds the signs to be pointed at."""
    found = wrong.search(amount.raw) if wrong else None
    return Remark(message=message, address=address, place=amount.place, raw=amount.raw, value=amount.value,
                  pointed=found.span() if found else None)  # fmt: skip


@rule("AMT001")
def doubled_separator(dossier: Dossier) -> Iterator[Remark]:
    """Двойной десятичный разделитель в числе

    Между целой и дробной частью стоит больше одного знака. Число читается без
    лишнего знака, но в официальном тексте так быть не может: значение
    неоднозначно, а программы, читающие таблицу, его теряют.

    Не проходит: 2600,,0
    Проходит: 2600,0
    """
    for address, amount in _marked(dossier, Mark.DOUBLED_SEPARATOR):
        yield _remark(
            phrase("двойной десятичный разделитель: «{raw}», прочитано как {value}", raw=amount.raw.strip(), value=amount.value or 0),
            address,
            amount,
            _DOUBLED,
        )


@rule("AMT002")
def letter_in_number(dossier: Dossier) -> Iterator[Remark]:
    """Буква или посторонний знак в числе

    Вместо цифры стоит похожая на неё буква (О, З, б, l) или в число попал чужой
    знак. На бумаге этого не видно, а сумма по такой графе не считается. Похожие
    буквы читаются как цифры, с пометкой; непохожие оставляют число непрочитанным.

    Не проходит: 26О0,0 (буква О)
    Не проходит: 2600;0
    Проходит: 2600,0
    """
    for address, amount in _marked(dossier, Mark.LETTER, Mark.FOREIGN_SIGN):
        if _is_indicator(address) and (amount.value is None or Mark.FOREIGN_SIGN in amount.marks):
            continue  # a target may be words: «5 ч», «1/3»
        if amount.value is None:
            message = phrase("посторонний знак в числе: «{raw}», прочитать нельзя", raw=amount.raw.strip())
        else:
            message = phrase("посторонний знак в числе: «{raw}», прочитано как {value}", raw=amount.raw.strip(), value=amount.value)
        yield _remark(message, address, amount, _LETTER)


@rule("AMT003")
def misplaced_separator(dossier: Dossier) -> Iterator[Remark]:
    """Разделитель в числе стоит не на месте

    Пробел отделяет тысячи: по три цифры справа налево от запятой. Если он стоит
    иначе или вместо него точка или вторая запятая, число можно прочитать не так,
    как его писали. Когда прочесть его можно только одним способом, оно читается с
    пометкой; иначе остаётся непрочитанным, и суммы с ним не считаются.

    Не проходит: 1500 000,0
    Не проходит: 1 50,0
    Не проходит: 81, 168
    Проходит: 1 500 000,0
    """
    for address, amount in _marked(dossier, Mark.GROUPING, Mark.BLANK_AFTER_SEPARATOR):
        wrong = _GROUPING if Mark.GROUPING in amount.marks else _AFTER_SEPARATOR
        raw = amount.raw.strip()
        if amount.value is not None:
            message = phrase("разделитель в числе стоит не на месте: «{raw}», прочитано как {value}", raw=raw, value=amount.value)
            yield _remark(message, address, amount, wrong)
        elif not _is_indicator(address):
            message = phrase("разделители в числе стоят так, что прочесть его можно по-разному: «{raw}»", raw=raw)
            yield _remark(message, address, amount, wrong)


_SPOILT = {Mark.LETTER, Mark.GROUPING}
"""Marks of a number that was written, whatever became of it: other rules speak of it."""


class Filled(Shape):
    """When a blank cell is a number left out."""

    filled: Decimal = Field(
        Decimal("0.5"), ge=0, le=1, description="какая доля строк графы должна быть заполнена, чтобы пустая клетка была пропуском"
    )


@rule("AMT004", options=Filled())
def missing_number(dossier: Dossier, options: Filled) -> Iterator[Remark]:
    """Нет числа там, где строка и графа его требуют

    В графе с деньгами стоит текст вместо числа, или клетка пуста, хотя в этой
    строке есть другие суммы, в этой графе числа стоят больше чем в половине строк,
    а итоги без неё меньше, чем написано, или ни один итог её не проверяет. Прочерк
    и «х» допустимы. Графа, которую в таблице почти нигде не заполняют, ничего не
    требует, как и таблица, в которой нулей не пишут; о пустой клетке, без которой всё
    сходится, говорит AMT010.

    Не проходит: 2024г. | 43,380 | 0 | 0 | (пусто) | 0
    Проходит: 2024г. | 43,380 | 0 | 0 | 43,380 | 0
    """
    yield from _rows_of_misfits(dossier.edition)
    for address, amount in dossier.edition.amounts.items():
        if amount.is_unreadable and not _SPOILT & set(amount.marks) and not _is_indicator(address):
            yield _remark(phrase("вместо числа стоит «{raw}»", raw=amount.raw.strip()), address, amount)
    confirmed = _confirmed(dossier)
    for address, amount, count, all_ in _blanks(dossier.edition, options.filled):
        if address not in confirmed:
            message = phrase("нет числа: клетка пуста, а в этой графе числа стоят в {count} строках из {all}", count=count, all=all_)
            yield _remark(message, address, amount)


@rule("AMT010", Severity.NOTE, options=Filled(filled=Decimal("0.9")))
def blank_for_zero(dossier: Dossier, options: Filled) -> Iterator[Remark]:
    """Клетка пуста, где в других строках пишут нуль

    Пустая клетка читается как нуль, и все итоги с этим сходятся. Но почти во всех
    строках этой графы нуль написан: пропуск нельзя отличить от забытой суммы.

    Не проходит: 2024г. | 43,380 | (пусто) | 0 | 43,380 при «0» в остальных строках
    Проходит: 2024г. | 43,380 | 0 | 0 | 43,380
    """
    confirmed = _confirmed(dossier)
    for address, amount, count, all_ in _blanks(dossier.edition, options.filled):
        if address in confirmed:
            yield _remark(
                phrase("клетка пуста, а в этой графе числа стоят в {count} строках из {all}", count=count, all=all_), address, amount
            )


def _blanks(edition: Edition, share: Decimal) -> Iterator[tuple[Address, Amount, int, int]]:
    """The blank cells of rows that hold numbers, in columns of which more than this share is filled: how many of how many are."""
    filled: dict[tuple[str, str | None], list[bool]] = {}
    rows: dict[Address, list[Amount]] = {}
    zeros = {address.part for address, amount in edition.amounts.items() if amount.value is not None and not amount.value}
    for address, amount in edition.amounts.items():
        filled.setdefault(_column(address), []).append(not amount.is_blank)
        rows.setdefault(_row(address), []).append(amount)
    for address, amount in edition.amounts.items():
        usual = filled[_column(address)]
        if (
            amount.is_blank
            and address.part in zeros
            and sum(usual) > len(usual) * share
            and any(not other.is_blank for other in rows[_row(address)])
        ):
            yield address, amount, sum(usual), len(usual)


def _confirmed(dossier: Dossier) -> set[Address]:
    """The cells that some sum holds, and no broken sum asks more of."""
    system = dossier.system
    short = (broken for broken in system.broken if (system.values[broken.total] or 0) > system.sum(broken, system.values))
    wanting = {term for broken in short for term in broken.terms}
    return {address for equation in system.equations for address in (equation.total, *equation.terms)} - wanting


def _rows_of_misfits(edition: Edition) -> Iterator[Remark]:
    """Rows of the passport's flattened tables that hold fewer or more values than the header has years."""
    message = phrase("чисел в строке не столько, сколько граф: какого не хватает, не определить")
    for address, indicator in edition.passport_indicator_addresses():
        if not indicator.values:
            yield Remark(message=message, address=address, place=indicator.place)
    for funding in edition.passport.funding:
        if not funding.years and funding.total is None:
            yield Remark(message=message, address=Address(part="passport", row="funding", source=funding.source), place=funding.place)


def _column(address: Address) -> tuple[str, str | None]:
    if address.part == "appendix2":
        return address.part, address.column
    return f"{address.part} {address.row}", address.year


def _row(address: Address) -> Address:
    return address.at(column=None) if address.part == "appendix2" else address.at(year=None)


def _is_indicator(address: Address) -> bool:
    """Targets may be words («не менее 5», «да»)."""
    return address.part == "appendix1" or address.row == "indicators"


@rule("AMT005")
def stray_sign(dossier: Dossier) -> Iterator[Remark]:
    """Лишний знак около числа

    Перед суммой или за ней стоит знак, которому там не место: точка, скобка,
    вопрос, кавычка, минус. Он остаётся от правки или от вёрстки; минус к тому же
    меняет сумму, а отрицательных сумм в программе не бывает. Сноска («*»),
    единица измерения и знак процента — не лишние.

    Не проходит: 2600,0?
    Не проходит: -2600,0
    Проходит: 2600,0
    """
    for address, amount in _marked(dossier, Mark.STRAY_SIGN, Mark.NEGATIVE):
        if not _is_indicator(address):
            message = phrase("лишний знак около числа: «{raw}», прочитано как {value}", raw=amount.raw.strip(), value=amount.value or 0)
            yield _remark(message, address, amount, _STRAY)


@rule("AMT006", Severity.NOTE)
def mixed_decimal_signs(dossier: Dossier) -> Iterator[Remark]:
    """В одной таблице дробная часть отделена то запятой, то точкой

    В русском тексте дробную часть отделяют запятой. Числа с точкой прочитаны так
    же, но в одной таблице это след правки другим человеком или другой программой.
    Таблица, в которой везде точка, не считается.

    Не проходит: 37,880 и рядом 43.380
    Проходит: 37,880 и рядом 43,380
    """
    tables: dict[tuple[Place | None, int | None], list[tuple[Address, Amount]]] = {}
    for address, amount in dossier.edition.amounts.items():
        if amount.value is not None and decimals(amount.value):
            tables.setdefault((amount.place.inside, amount.place.table), []).append((address, amount))
    for found in tables.values():
        pointed = [pair for pair in found if Mark.DECIMAL_POINT in pair[1].marks]
        rest = [pair for pair in found if Mark.DECIMAL_POINT not in pair[1].marks]
        if pointed and rest:
            address, amount = min(pointed, rest, key=len)[0]
            message = phrase("в таблице чисел с точкой: {points}, с запятой: {commas}", points=len(pointed), commas=len(rest))
            yield _remark(message, address, amount, _SEPARATOR)
