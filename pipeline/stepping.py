"""A step between two filed editions: compared, and put in the form in which it is filed. What a worker of a batch does."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from pipeline.digest import pack, packed_text, unpack
from pipeline.records import comparison_record
from pipeline.stages import audit, compare, read_edition
from pipeline.wording import Words
from schemas.blocks import Document
from schemas.change import Change, Comparison
from schemas.edition import Edition, SourceFile

Loaded = tuple[SourceFile, Document]
"""A document and which file it is, as `stages.load` gives them."""


class Stepped(NamedTuple):
    """A compared step: its packed record without the changes, and the rows of its changes."""

    record: bytes
    changes: tuple[dict[str, Any], ...]


def edition_of(record: bytes) -> Edition:
    """An edition from its packed record."""
    return Edition.model_validate(unpack(record))


def stepped(old: bytes, new: bytes) -> Stepped:
    """The packed records of two editions → what is filed of the step between them."""
    return of_comparison(compare(edition_of(old), edition_of(new)))


def held_against(old: Loaded, new: Loaded, acts: Sequence[Loaded]) -> Stepped:
    """The documents of two editions and of the acts between them → what is filed of the step, every change judged."""
    return of_comparison(audit(old, new, compare(read_edition(*old), read_edition(*new)), acts))


def of_comparison(comparison: Comparison) -> Stepped:
    """A comparison → what is filed of it."""
    record = comparison_record(comparison, (), Words("ru"))
    rest = {key: value for key, value in record.items() if key not in ("changes", "findings")}
    return Stepped(pack(rest), tuple(_row(change) for change in comparison.changes))


def _row(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind.value, "field": change.field, "role": change.role.value if change.role else None,
        "delta": None if change.delta is None else str(change.delta), "record": packed_text(change.record()),
    }  # fmt: skip
