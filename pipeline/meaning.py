"""What a value says when its form is set aside: values of one meaning differ in form only."""

from decimal import Decimal

import regex

from extractors import values
from extractors.text import key, squeeze
from schemas.amount import Amount, Mark
from schemas.change import Field, Text

_GROUPED = regex.compile(r"(?<=\d)\s(?=\d{3}(?!\d))")  # «10 000»
_AFTER_FIGURE = regex.compile(r"(?<=\d)[.,](?=\s|$)")  # «3.1. Развитие»
_BLANKS = regex.compile(r"(?<!\d)\s+|\s+(?!\d)")


def text_meaning(text: str) -> str:
    """What is left of a text when its form is set aside: two texts of one meaning differ in form only.

    Form is letter case, ё, the kind of quotation marks and dashes, blanks (not those between figures)
    and a point or comma that ends the text or a number.

    >>> text_meaning("п. 3.1. «Объём  работ»") == text_meaning('п.3.1 "объем работ".')
    True
    >>> text_meaning("1 2") == text_meaning("12")
    False
    """
    number, _ = values.number(text)
    if number is not None:
        return str(number.normalize() + 0)
    text = _GROUPED.sub("", key(text))
    text = _AFTER_FIGURE.sub("", text)
    return _BLANKS.sub("", text)


def amount_meaning(amount: Amount, field: Field) -> str:
    """The value, however it is written. No money is zero; an indicator without a value is not an indicator of zero."""
    if amount.is_unreadable:
        return squeeze(amount.raw)
    if field == "indicator" and (amount.value is None or Mark.DASH in amount.marks):
        return ""
    return str((amount.value or Decimal(0)).normalize() + 0)


def is_of_form_only(old: object, new: object, field: Field) -> bool:
    """Whether nothing but the form is different."""
    if isinstance(old, Amount) and isinstance(new, Amount):
        return amount_meaning(old, field) == amount_meaning(new, field)
    return isinstance(old, Text) and isinstance(new, Text) and text_meaning(old.text) == text_meaning(new.text)
