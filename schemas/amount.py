"""The heart of the matter: a number as it was written and as it was read."""

from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, NamedTuple

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema

from schemas.base import tuple_schema
from schemas.place import Place


class Mark(StrEnum):
    """A liberty taken in reading a number, or the reason why none was read."""

    DASH = "dash"  # «-» stands for zero
    NOT_APPLICABLE = "not-applicable"  # «х»: no number is meant to stand here
    DOUBLED_SEPARATOR = "doubled-separator"  # «2600,,0» read as 2600.0
    LETTER = "letter-in-number"  # «26О0,0» with the letter О
    FOREIGN_SIGN = "foreign-sign"  # «2600;0»
    STRAY_SIGN = "stray-sign"  # «2600,0?», «*2600,0», «2600,»
    DECIMAL_POINT = "decimal-point"  # «2600.0»
    GROUPING = "irregular-grouping"  # «1500 000,0», «1.500,0»; with not-a-number: «150 00»
    BLANK_AFTER_SEPARATOR = "blank-after-separator"  # «81, 168»
    LINE_BREAK = "line-break"  # «2600,» and «0» on two lines of a narrow cell
    PERCENT_SIGN = "percent-sign"  # «54%»
    UNIT = "unit-in-cell"  # «21 814,6тыс.»
    FOOTNOTE = "footnote-mark"  # «2600,0 <*>»
    NEGATIVE = "negative"  # «-7 857,5»
    NOT_A_NUMBER = "not-a-number"  # text where a number is expected


class Amount(NamedTuple):
    """A number in the document (see `base.tuple_schema`).

    `raw`    the text exactly as written, "" for a blank cell
    `value`  with as many decimals as were written; None when nothing or no number stands there
    `marks`  every liberty taken in reading
    `place`  where it stands in the file
    """

    raw: str
    value: Decimal | None
    marks: tuple[Mark, ...]
    place: Place

    def record(self) -> dict[str, Any]:
        """The amount as plain JSON values."""
        value = None if self.value is None else f"{self.value:f}"
        return {"raw": self.raw, "value": value, "marks": [mark.value for mark in self.marks], "place": self.place.record()}

    @classmethod
    def of(cls, record: dict[str, Any]) -> "Amount":
        """The reverse of `record`; ValueError for anything else."""
        if record.keys() != set(cls._fields) or not isinstance(record["raw"], str):
            raise ValueError(f"not an amount: {record}")
        try:
            value = None if record["value"] is None else Decimal(record["value"])
        except (InvalidOperation, TypeError):
            raise ValueError(f"not a decimal: {record['value']}") from None
        return cls(record["raw"], value, tuple(map(Mark, record["marks"])), Place.of(record["place"]))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return tuple_schema(cls, cls.of, cls.record)

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
