"""The registry in one file, whatever the database: its rows as JSON Lines and its originals, in a ZIP archive.

A backup of SQLite may be restored into PostgreSQL, and the other way round.
"""

import base64
import json
import zipfile
from pathlib import Path
from typing import Any

from pipeline.registry.engine import HEAD
from pipeline.registry.errors import RegistryError
from pipeline.registry.registry import Registry

_ABOUT, _ROWS, _ORIGINALS = "about.json", "rows/", "originals/"
_BYTES = "base64:"


def backup(registry: Registry, file: str) -> int:
    """Write the backup, whole or not at all; returns how many documents it holds. Raises RegistryError, OSError."""
    dump = registry.dump()
    draft = Path(file).with_name(f".{Path(file).name}.part")
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(_ABOUT, json.dumps({"revision": HEAD}))
            for name, rows in dump.items():
                archive.writestr(f"{_ROWS}{name}.jsonl", "".join(json.dumps(_plain(row), ensure_ascii=False) + "\n" for row in rows))
            for sha256 in registry.originals.all():
                archive.writestr(f"{_ORIGINALS}{sha256}", registry.originals.get(sha256))
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
    return len(dump["documents"])


def restore(registry: Registry, file: str) -> int:
    """Fill an empty registry from a backup; returns how many documents came back. Raises RegistryError."""
    try:
        with zipfile.ZipFile(file) as archive:
            return _restore(registry, archive, file)
    except (zipfile.BadZipFile, OSError, KeyError, ValueError) as problem:
        raise RegistryError(
            file, "это не резервная копия реестра или она повреждена", "возьмите другую копию", str(problem)[:200]
        ) from None


def _restore(registry: Registry, archive: zipfile.ZipFile, file: str) -> int:
    revision = json.loads(archive.read(_ABOUT))["revision"]
    if revision != HEAD:
        raise RegistryError(
            file, "копия сделана другой версией popravka", "восстановите её той же версией, затем обновите popravka", revision
        )
    tables = [name for name in archive.namelist() if name.startswith(_ROWS)]
    dump = {name.removeprefix(_ROWS).removesuffix(".jsonl"): _rows(archive.read(name)) for name in tables}
    for name in archive.namelist():
        if name.startswith(_ORIGINALS) and registry.originals.put(archive.read(name)) != name.removeprefix(_ORIGINALS):
            raise RegistryError(file, "подлинник изменён: его SHA-256 другой", "возьмите другую копию", name)
    registry.restore(dump)
    return len(dump["documents"])


def _rows(data: bytes) -> list[dict[str, Any]]:
    return [{key: _typed(value) for key, value in json.loads(line).items()} for line in data.decode().split("\n") if line]


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {key: _BYTES + base64.b64encode(value).decode() if isinstance(value, bytes) else value for key, value in row.items()}


def _typed(value: Any) -> Any:
    return base64.b64decode(value.removeprefix(_BYTES)) if isinstance(value, str) and value.startswith(_BYTES) else value
