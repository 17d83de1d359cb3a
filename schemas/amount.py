"""The heart of the matter: a number as it was written and as it was read."""

from decimal import Decimal
from enum import StrEnum

from schemas.base import Shape
from schemas.place import Place


class Mark(StrEnum):
    """A liberty taken in reading a number, or the reason why none was read."""

    DASH = "dash"  # «-» stands for zero
    NOT_APPLICABLE = "not-applicable"  # «х»: no number is meant to stand here
    DOUBLED_SEPARATOR = "doubled-separator"  # «2600,,0» read as 2600.0
    LETTER = "letter-in-number"  # «26О0,0» with the letter О
    FOREIGN_SIGN = "foreign-sign"  # «2600,0?»
    DECIMAL_POINT = "decimal-point"  # «2600.0»
    GROUPING = "irregular-grouping"  # «1500 000,0»
    BLANK_AFTER_SEPARATOR = "blank-after-separator"  # «81, 168»
    LINE_BREAK = "line-break"  # «2600,» and «0» on two lines of a narrow cell
    PERCENT_SIGN = "percent-sign"  # «54%»
    UNIT = "unit-in-cell"  # «21 814,6тыс.»
    FOOTNOTE = "footnote-mark"  # «2600,0 <*>»
    NEGATIVE = "negative"  # «-7 857,5»
    NOT_A_NUMBER = "not-a-number"  # text where a number is expected


class Amount(Shape):
    """A number in the document.

    `raw`    the text exactly as written, "" for a blank cell
    `value`  with as many decimals as were written; None when nothing or no number stands there
    `marks`  every liberty taken in reading
    `place`  where it stands in the file
    """

    raw: str
    value: Decimal | None
    marks: tuple[Mark, ...] = ()
    place: Place

    @property
    def is_blank(self) -> bool:
        """Nothing at all is written here."""
        return not self.raw.strip()

    @property
    def is_unreadable(self) -> bool:
        """Something is written here and no number could be read from it."""
        return self.value is None and Mark.NOT_APPLICABLE not in self.marks and not self.is_blank


def decimals(value: Decimal) -> int:
    """How many decimals are written.

    >>> decimals(Decimal("37.880"))
    3
    """
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
