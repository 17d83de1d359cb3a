"""AMT: the amounts as they are written."""

from collections.abc import Iterator
from decimal import Decimal

from pydantic import Field

from pipeline.rule import Dossier, rule
from schemas.address import Address
from schemas.amount import Amount, Mark
from schemas.base import Shape
from schemas.edition import Edition
from schemas.finding import Phrase, Remark, phrase


def _marked(dossier: Dossier, *marks: Mark) -> Iterator[tuple[Address, Amount]]:
    for address, amount in dossier.edition.amounts.items():
        if any(mark in amount.marks for mark in marks):
            yield address, amount


def _remark(message: Phrase, address: Address, amount: Amount) -> Remark:
    return Remark(message=message, address=address, place=amount.place, raw=amount.raw, value=amount.value)


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
        if amount.value is None:
            message = phrase("посторонний знак в числе: «{raw}», прочитать нельзя", raw=amount.raw.strip())
        else:
            message = phrase("посторонний знак в числе: «{raw}», прочитано как {value}", raw=amount.raw.strip(), value=amount.value)
        yield _remark(message, address, amount)


class Missing(Shape):
    """When a blank cell is a number left out."""

    filled: Decimal = Field(
        Decimal("0.5"), ge=0, le=1, description="какая доля строк графы должна быть заполнена, чтобы пустая клетка была пропуском"
    )


@rule("AMT004", options=Missing())
def missing_number(dossier: Dossier, options: Missing) -> Iterator[Remark]:
    """Нет числа там, где строка и графа его требуют

    В графе с деньгами стоит текст вместо числа, или клетка пуста, хотя в этой
    строке есть другие суммы, а в этой графе числа стоят больше чем в половине
    строк. Пустая клетка считается нулём, но там, где нули пишут, пропуск нельзя
    отличить от забытой суммы. Прочерк и «х» допустимы. Графа, которую почти нигде
    не заполняют, и таблица, в которой нулей не пишут, ничего не требуют.

    Не проходит: 2024г. | 43,380 | 0 | 0 | (пусто) | 0
    Проходит: 2024г. | 43,380 | 0 | 0 | 43,380 | 0
    """
    yield from _rows_of_misfits(dossier.edition)
    amounts = dossier.edition.amounts
    filled: dict[tuple[str, str | None], list[bool]] = {}
    rows: dict[Address, list[Amount]] = {}
    zeros = {address.part for address, amount in amounts.items() if amount.value is not None and not amount.value}
    for address, amount in amounts.items():
        filled.setdefault(_column(address), []).append(not amount.is_blank)
        rows.setdefault(_row(address), []).append(amount)
    for address, amount in amounts.items():
        usual = filled[_column(address)]
        if amount.is_unreadable and Mark.LETTER not in amount.marks and not _is_indicator(address):
            yield _remark(phrase("вместо числа стоит «{raw}»", raw=amount.raw.strip()), address, amount)
        elif (
            amount.is_blank
            and address.part in zeros
            and sum(usual) > len(usual) * options.filled
            and any(not other.is_blank for other in rows[_row(address)])
        ):
            yield _remark(
                phrase("нет числа: клетка пуста, а в этой графе числа стоят в {count} строках из {all}", count=sum(usual), all=len(usual)),
                address,
                amount,
            )


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
