"""Where in the programme a thing stands. Where in the file: see `place`."""

from typing import Any, Literal, NamedTuple, Self, get_args

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema

from schemas.base import tuple_schema

Part = Literal["title", "passport", "section", "appendix1", "appendix2", "resolution"]
Source = Literal["federal", "regional", "district", "settlement", "extrabudgetary"]
Column = Literal[
    "total", "federal", "regional", "district", "settlement", "extrabudgetary",
    "name", "term", "responsible", "result",
]  # fmt: skip

SOURCES: tuple[Source, ...] = get_args(Source)
MONEY_COLUMNS: tuple[str, ...] = ("total", *SOURCES)


class Address(NamedTuple):
    """A place in the programme; in JSON keys that do not apply are absent (see `base.tuple_schema`).

    In appendix 2 no `activity` means the task's subtotal, no `task` either the
    programme's total; `year` is a year or "total" (the row ВСЕГО). In the passport
    `row` is the field's name; `indicator` counts the indicators of its goal or task.
    `repeat` tells the second (2), third … of things that bear the same number.

    >>> str(Address(part="appendix2", task="4", activity="4.1", year="2025", column="district"))
    'appendix2 task=4 activity=4.1 year=2025 column=district'
    """

    part: Part
    section: str | None = None
    paragraph: int | None = None
    row: str | None = None
    task: str | None = None
    activity: str | None = None
    indicator: str | None = None
    source: str | None = None
    year: str | None = None
    column: Column | None = None
    repeat: int | None = None

    def __str__(self) -> str:
        part, *pairs = self.record().items()
        return " ".join([part[1], *(f"{key}={value}" for key, value in pairs)])

    @classmethod
    def parse(cls, text: str) -> Self:
        """The reverse of `str`.

        >>> Address.parse("passport row=funding source=total year=2021").row
        'funding'
        """
        part, *pairs = text.split()
        record: dict[str, Any] = {"part": part} | dict(pair.split("=", 1) for pair in pairs)
        return cls.of(record | {key: int(record[key]) for key in ("paragraph", "repeat") if key in record})

    def at(self, **keys: Any) -> Self:
        """The same address with some keys changed (None removes a key)."""
        return self._replace(**keys)

    def record(self) -> dict[str, Any]:
        """The address as plain JSON values, absent keys left out."""
        return {key: value for key, value in zip(self._fields, self, strict=True) if value is not None}

    @classmethod
    def of(cls, record: dict[str, Any]) -> Self:
        """The reverse of `record`; ValueError for a key or a part that there is none."""
        known = record.keys() <= set(cls._fields) and record.get("part") in get_args(Part)
        if not known or record.get("column") not in (None, *get_args(Column)) or not all(map(_is_key, record.items())):
            raise ValueError(f"not an address: {record}")
        return cls(**record)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return tuple_schema(cls, cls.of, cls.record)


def _is_key(item: tuple[str, object]) -> bool:
    key, value = item
    return value is None or isinstance(value, int if key in ("paragraph", "repeat") else str)
