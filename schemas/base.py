"""The common form of all records: frozen, closed, with one canonical JSON.

Equal records give equal bytes: fields stand in the order of their declaration,
money is a decimal string with the decimals that were written, text is UTF-8.
"""

import json
from typing import Any

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, model_serializer


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


def as_json(record: object) -> str:
    """JSON as popravka writes it everywhere: readable Cyrillic, two blanks, a final newline."""
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"
