"""The whole archive as tables for analysts: amounts, findings and changes, one row each, as CSV or Parquet; editions as JSON Lines.

Amounts are decimal texts as written, so that nothing is lost in binary fractions.
"""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.digest import packed_text, unpack
from pipeline.registry.errors import RegistryError
from pipeline.registry.queries import Edition as Filed
from pipeline.registry.queries import Programme
from pipeline.registry.registry import Registry
from pipeline.stepping import edition_of

_WHERE = ("programme", "programme_date", "edition", "edition_date", "sha256")
_ADDRESS = ("part", "task", "activity", "indicator", "row", "source", "year", "column", "section", "paragraph", "repeat")
COLUMNS = {
    "amounts": (*_WHERE, *_ADDRESS, "value", "raw", "marks", "place"),
    "findings": (*_WHERE, "id", "code", "severity", *_ADDRESS, "message", "raw", "value", "expected", "difference", "cause", "place"),
    "changes": (*_WHERE, "from_edition", "from_edition_date", "id", "kind", "field", "role", *_ADDRESS, "old", "new", "delta", "declared"),
}
_BATCH = 5_000  # rows of Parquet that are kept in memory at once


def export(registry: Registry, folder: str, form: str) -> dict[str, int]:
    """Write the tables into a folder; returns how many rows each file has. Raises RegistryError, OSError."""
    root = Path(folder)
    root.mkdir(parents=True, exist_ok=True)
    programmes = registry.programmes()
    if form == "jsonl":
        return {str(root / "editions.jsonl"): _lines(root / "editions.jsonl", registry, programmes)}
    rows = {"amounts": _amounts, "findings": _findings, "changes": _changes}
    write = _csv if form == "csv" else _parquet
    return {
        str(root / f"{name}.{form}"): write(root / f"{name}.{form}", COLUMNS[name], of(registry, programmes)) for name, of in rows.items()
    }


def _editions(programmes: list[Programme]) -> Iterator[tuple[dict[str, Any], Programme, int, Filed]]:
    for programme in programmes:
        for number, edition in enumerate(programme.editions):
            where = {
                "programme": programme.number, "programme_date": programme.date or None,
                "edition": edition.number, "edition_date": edition.date, "sha256": edition.documents[0].sha256,
            }  # fmt: skip
            yield where, programme, number, edition


def _lines(path: Path, registry: Registry, programmes: list[Programme]) -> int:
    count = 0
    with _written(path) as draft, draft.open("w", encoding="utf-8") as file:
        for where, *_ in _editions(programmes):
            file.write(packed_text(unpack(registry.records(where["sha256"])[0])) + "\n")
            count += 1
    return count


def _amounts(registry: Registry, programmes: list[Programme]) -> Iterator[dict[str, Any]]:
    for where, *_ in _editions(programmes):
        edition = edition_of(registry.records(where["sha256"])[0])
        for address, amount in edition.amounts.items():
            record = amount.record()
            yield where | address.record() | {
                "value": record["value"], "raw": record["raw"], "marks": " ".join(record["marks"]), "place": packed_text(record["place"]),
            }  # fmt: skip


def _findings(registry: Registry, programmes: list[Programme]) -> Iterator[dict[str, Any]]:
    for where, *_ in _editions(programmes):
        for text in registry.findings(where["sha256"]):
            record = json.loads(text)
            yield (
                where
                | record["address"]
                | {name: record[name] for name in COLUMNS["findings"] if name in record}
                | {"place": packed_text(record["place"])}
            )


def _changes(registry: Registry, programmes: list[Programme]) -> Iterator[dict[str, Any]]:
    for where, programme, number, _ in _editions(programmes):
        if number == 0:
            continue
        former = programme.editions[number - 1]
        for record in registry.changes(former.documents[0].sha256, where["sha256"]):
            address = record["address_new"] or record["address_old"]
            yield where | address | {name: record.get(name) for name in ("id", "kind", "field", "role", "delta", "declared")} | {
                "from_edition": former.number, "from_edition_date": former.date,
                "old": _value(record["old"]), "new": _value(record["new"]),
            }  # fmt: skip


def _value(record: Any) -> str | None:
    """What stands for a value in one cell: an amount's value, a text, or the whole record."""
    if not isinstance(record, dict):
        return record if record is None else str(record)
    if "raw" in record:
        return str(record["raw"] if record["value"] is None else record["value"])
    return str(record["text"]) if "text" in record else packed_text(record)


class _written:  # noqa: N801 — used as a function
    """A draft beside the file, which takes its place when all is written."""

    def __init__(self, path: Path) -> None:
        self.path, self.draft = path, path.with_name(f".{path.name}.part")

    def __enter__(self) -> Path:
        return self.draft

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self.draft.replace(self.path)
        self.draft.unlink(missing_ok=True)


def _csv(path: Path, columns: tuple[str, ...], rows: Iterator[dict[str, Any]]) -> int:
    count = 0
    with _written(path) as draft, draft.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        for row in rows:
            writer.writerow(row)
            count += 1
    return count


def _parquet(path: Path, columns: tuple[str, ...], rows: Iterator[dict[str, Any]]) -> int:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise RegistryError(
            str(path), "для Parquet нужна библиотека pyarrow", "поставьте её: pip install 'popravka[parquet]' — или пишите csv"
        ) from None
    schema = pyarrow.schema([(name, pyarrow.string()) for name in columns])
    count = 0
    with _written(path) as draft, pyarrow.parquet.ParquetWriter(draft, schema) as writer:
        held: list[dict[str, Any]] = []
        for row in rows:
            held.append({name: None if row.get(name) is None else str(row[name]) for name in columns})
            count += 1
            if len(held) == _BATCH:
                writer.write_table(pyarrow.Table.from_pylist(held, schema))
                held = []
        writer.write_table(pyarrow.Table.from_pylist(held, schema))
    return count
