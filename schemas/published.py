"""The JSON Schemas (draft 2020-12) of what popravka writes, made from the shapes themselves.

Pydantic's own generator knows neither named tuples nor keys that are absent from a sparse
shape. Here every object is closed and every key that is always written is required, so that
a reader of the schema knows exactly what he may meet.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from schemas.amendment import Resolution
from schemas.base import Shape, SparseShape, as_json
from schemas.blocks import Block, Cell, Paragraph, Table
from schemas.edition import Edition
from schemas.envelope import ChecksRecord, ComparisonRecord, HistoryRecord, OtherRecord

Schema = dict[str, Any]
_Fields = Callable[[Any], Iterator[tuple[str, Any, bool]]]
VERSION = "1"
PUBLISHED: dict[str, tuple[type[Shape], ...]] = {
    "read": (Edition, Resolution, OtherRecord), "check": (ChecksRecord,), "diff": (ComparisonRecord, HistoryRecord),
}  # fmt: skip
_PLAIN: dict[object, Schema] = {
    str: {"type": "string"}, int: {"type": "integer"}, bool: {"type": "boolean"}, NoneType: {"type": "null"}, Any: {},
    Decimal: {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}, dt.date: {"type": "string", "format": "date"},
}  # fmt: skip

_AS_WRITTEN: dict[type, dict[str, Any]] = {  # what `block_record` makes of the document's own parts
    Paragraph: {"paragraph": str}, Table: {"table": tuple[tuple[Cell, ...], ...]},
    Cell: dict.fromkeys(("row", "column", "row_span", "column_span"), int) | {"blocks": tuple[Block, ...]},
}  # fmt: skip


def published(name: str) -> str:
    """The schema of what the command `name` writes, as JSON."""
    kinds = PUBLISHED[name]
    made: dict[type, Schema] = {}
    whole = [_schema(kind, made) for kind in kinds]
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:popravka:{name}:{VERSION}",
        "title": f"popravka {name} --format json",
    }
    return as_json(head | (whole[0] if len(whole) == 1 else {"oneOf": whole}) | {"$defs": _by_name(made)})


def _by_name(made: dict[type, Schema]) -> dict[str, Schema]:
    named = {kind.__name__: schema for kind, schema in sorted(made.items(), key=lambda item: item[0].__name__)}
    if len(named) < len(made):
        raise ValueError("two shapes of one name cannot stand in one schema")
    return named


def _schema(kind: Any, made: dict[type, Schema]) -> Schema:
    """The schema of a type; what has a name of its own is defined once, in `made`, and referred to."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _schema(arguments[0], made)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin in (Union, UnionType):
        return {"anyOf": [_schema(one, made) for one in arguments]}
    if origin is tuple:
        return _array(arguments, made)
    if origin is dict:
        return {"type": "object", "additionalProperties": _schema(arguments[1], made)}
    return _named(kind, made)


def _array(kinds: tuple[Any, ...], made: dict[type, Schema]) -> Schema:
    if kinds[1:] == (...,):
        return {"type": "array", "items": _schema(kinds[0], made)}
    return {"type": "array", "prefixItems": [_schema(kind, made) for kind in kinds], "items": False, "minItems": len(kinds)}


def _named(kind: type, made: dict[type, Schema]) -> Schema:
    if kind not in made:
        made[kind] = {}  # a place may stand inside a place
        about = {"description": (kind.__doc__ or "").strip().partition("\n")[0]}
        made[kind] = about | ({"enum": list(map(str, kind))} if issubclass(kind, StrEnum) else _object(kind, made))
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _object(kind: type, made: dict[type, Schema]) -> Schema:
    """A record: of a shape all keys, of a sparse one and of a named tuple without those that say nothing."""
    fields: _Fields = _of_blocks if kind in _AS_WRITTEN else _of_shape if issubclass(kind, Shape) else _of_tuple
    properties, required = {}, []
    for name, hint, may_be_absent in fields(kind):
        properties[name] = _schema(_present(hint) if may_be_absent else hint, made)
        if not may_be_absent:
            required.append(name)
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _of_blocks(kind: type) -> Iterator[tuple[str, Any, bool]]:
    yield from ((name, hint, False) for name, hint in _AS_WRITTEN[kind].items())


def _of_shape(kind: type[Shape]) -> Iterator[tuple[str, Any, bool]]:
    for name, field in kind.model_fields.items():
        yield name, field.annotation, issubclass(kind, SparseShape) and NoneType in get_args(field.annotation)


def _of_tuple(kind: Any) -> Iterator[tuple[str, Any, bool]]:
    hints = get_type_hints(kind)
    for name in kind._fields:
        yield name, hints[name], name in kind._field_defaults


def _present(hint: Any) -> Any:
    """A type without None: the key is left out instead."""
    kinds = [kind for kind in get_args(hint) if kind is not NoneType]
    return Union[tuple(kinds)]  # noqa: UP007 — the kinds are known when this runs
