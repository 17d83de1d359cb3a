"""The common form of all records: frozen, closed, with one canonical JSON.

Equal records give equal bytes: fields stand in the order of their declaration,
money is a decimal string with the decimals that were written, text is UTF-8.
"""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, PlainSerializer, SerializerFunctionWrapHandler, model_serializer
from pydantic_core import CoreSchema, core_schema

Exact = Annotated[Decimal, PlainSerializer("{:f}".format, when_used="json-unless-none")]
"""A decimal that is written without an exponent, however many noughts it has."""


class Shape(BaseModel):
    """A frozen record that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def record(self) -> dict[str, Any]:
        """The record as plain JSON values (dict, list, str, int, None)."""
        return self.model_dump(mode="json")

    def canonical(self) -> str:
        """The one JSON text of this record, indented, ending with a newline."""
        return as_json(self.record())


class SparseShape(Shape):
    """A shape whose absent fields (None) do not appear in its JSON."""

    @model_serializer(mode="wrap")
    def _only_present(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {key: value for key, value in handler(self).items() if value is not None}


def tuple_schema(cls: type, of: Callable[[dict[str, Any]], Any], record: Callable[[Any], dict[str, Any]]) -> CoreSchema:
    """How a named tuple stands in the fields of Shapes: by instance, from its record, as its record.

    Some values are named tuples and not Shapes, because every figure of a document has one
    and building a model costs five times as much. In JSON they behave like Shapes all the same.
    """
    from_record = core_schema.no_info_after_validator_function(of, core_schema.dict_schema())
    return core_schema.json_or_python_schema(
        json_schema=from_record,
        python_schema=core_schema.union_schema([core_schema.is_instance_schema(cls), from_record], mode="left_to_right"),
        serialization=core_schema.plain_serializer_function_ser_schema(record),
    )


def as_json(record: object) -> str:
    """JSON as popravka writes it everywhere: readable Cyrillic, two blanks, a final newline."""
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"
