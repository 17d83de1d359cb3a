"""What a worker does: take a document from the originals and read it; compare a step. It never touches the registry."""

import os
import resource
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from extractors.errors import CannotRead
from extractors.options import Options
from extractors.reader import read, source_file
from pipeline.batch.packed import is_archive, members
from pipeline.digest import Digest, digest, packed_text, refused
from pipeline.registry.originals import Originals
from pipeline.rule import Rule
from pipeline.stepping import Loaded, Stepped, held_against, stepped


class Task(NamedTuple):
    """How all documents of a run are read: where originals are, options, what the settings say of rules (JSON), which reading it is."""

    originals: str
    options: Options
    rules: str
    reading: str


class Packed(NamedTuple):
    """A file of an archive: kept as an original, or why it cannot be had (`code`, `reason`)."""

    name: str
    sha256: str | None
    size: int
    code: str | None = None
    reason: str | None = None


class Taken(NamedTuple):
    """What came of a document: its digest, the files it holds if it is an archive, how many values a new reading changed."""

    digest: Digest
    packed: tuple[Packed, ...] = ()
    changed: int | None = None


@cache
def _originals(location: str) -> Originals:
    return Originals(location)


@cache
def _rules(stated: str) -> tuple[Rule, ...] | None:
    import json

    from pipeline.tuning import tuned

    return tuned("settings", json.loads(stated)) if stated else None


def stated_rules(rules: Mapping[str, Any]) -> str:
    """What the settings say of rules, as a text that may be sent."""
    return packed_text({code: dict(options) for code, options in rules.items()}) if rules else ""


def take(task: Task, sha256: str, name: str, former: bytes | None = None) -> Taken:
    """Read a document; `former` is its record as another version read it. A document that needs too much memory has an outcome too."""
    try:
        return _take(task, sha256, name, former)
    except MemoryError:
        made = Digest(sha256, 0, name, "out-of-memory", task.reading, reason="документу не хватило памяти")
        return Taken(made._replace(advice="проверьте, тот ли это файл; предел меняет ключ --memory"))


def _take(task: Task, sha256: str, name: str, former: bytes | None) -> Taken:
    data = _originals(task.originals).get(sha256)
    limits = task.options.limits
    if not is_archive(data, limits):
        made = digest(data, name, task.options, _rules(task.rules), task.reading)
        return Taken(made, changed=_changed(former, made.record))
    made = Digest(sha256, len(data), name, "read", task.reading, kind="archive")
    try:
        return Taken(made, tuple(_kept(task, member.name, member.data) for member in members(data, limits)))
    except CannotRead as problem:
        return Taken(refused(made, problem))


def _kept(task: Task, name: str, data: bytes | CannotRead) -> Packed:
    if isinstance(data, CannotRead):
        detail = f" ({data.detail})" if data.detail else ""
        return Packed(name, None, 0, data.code, data.message + detail)
    return Packed(name, _originals(task.originals).put(data), len(data))


def _changed(former: bytes | None, record: bytes | None) -> int | None:
    """How many changes a new reading of the same document shows against the former one."""
    if former is None or record is None or former == record:
        return None if former is None else 0
    try:
        return stepped(former, record).changes
    except ValueError:  # an older version kept its records in another form
        return None


def step(old: bytes, new: bytes) -> Stepped:
    """Compare two filed editions."""
    return stepped(old, new)


def step_with_acts(task: Task, *documents: tuple[str, str]) -> Stepped:
    """Compare two filed editions and hold the changes against the acts behind them, all (SHA-256, name), read anew from their originals."""
    former, latter, *given = (_loaded(task, *document) for document in documents)
    return held_against(former, latter, given)


def _loaded(task: Task, sha256: str, name: str) -> Loaded:
    data = _originals(task.originals).get(sha256)
    document = read(data, task.options)
    return source_file(name, data, document), document


def limit_memory(megabytes: int) -> None:
    """Bound the memory of this process; what it starts inherits the bound."""
    bound = megabytes * 2**20
    resource.setrlimit(resource.RLIMIT_DATA, (bound, resource.getrlimit(resource.RLIMIT_DATA)[1]))
    os.environ.setdefault("OMP_NUM_THREADS", "1")
