"""Where in the file a thing stands. Where in the programme: see `address`."""

from typing import Any, NamedTuple

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema

from schemas.base import tuple_schema


class Place(NamedTuple):
    """A spot in the source file, in JSON without the fields that do not apply (see `base.tuple_schema`).

    `table`      number of the table in document order from 0, nested ones counted
    `row`, `column`  slot of the table's grid, from 0
    `paragraph`  number of the block in its container (cell, or document), from 0
    `line`       line of a text file, from 1
    `page`       page of a PDF, from 1
    `span`       characters of the paragraph, from 0, end excluded
    `part`       for text apart from the body: the part of the file that holds it («footnotes 2», «header1»)
    `inside`     for a nested table: the cell that holds it
    """

    table: int | None = None
    row: int | None = None
    column: int | None = None
    paragraph: int | None = None
    line: int | None = None
    page: int | None = None
    span: tuple[int, int] | None = None
    inside: "Place | None" = None
    part: str | None = None

    def record(self) -> dict[str, Any]:
        """The place as plain JSON values, absent fields left out."""
        found = {name: value for name, value in self._asdict().items() if value is not None}
        if self.inside is not None:
            found["inside"] = self.inside.record()
        return found

    @classmethod
    def of(cls, record: dict[str, Any]) -> "Place":
        """The reverse of `record`; ValueError for a field that is none or holds no number."""
        fields = dict(record)
        inside, span, part = fields.pop("inside", None), fields.pop("span", None), fields.pop("part", None)
        if not fields.keys() <= set(cls._fields) or not all(isinstance(value, int) for value in fields.values()):
            raise ValueError(f"not a place: {record}")
        return cls(**fields, span=(span[0], span[1]) if span else None, inside=cls.of(inside) if inside else None, part=part)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return tuple_schema(cls, cls.of, cls.record)
