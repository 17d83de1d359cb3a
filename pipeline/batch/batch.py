"""The batch as a command carries it out: folders → a filed archive and the record of the run."""

import hashlib
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from extractors.options import Options
from pipeline import VERSION
from pipeline.batch.jobs import Task, stated_rules
from pipeline.batch.report import run_record
from pipeline.batch.run import Run
from pipeline.batch.walk import walk
from pipeline.batch.workers import Bounds, Cluster, Processes, Workers
from pipeline.digest import pack, packed_text, reading_version
from pipeline.registry.registry import Registry
from pipeline.settings import Settings


class Wish(NamedTuple):
    """What is asked of a batch: `scheduler` is the address of a Dask cluster, None for processes of this machine."""

    folders: tuple[str, ...]
    workers: int
    scheduler: str | None = None
    bounds: Bounds = Bounds()
    retry: bool = False


Told = Callable[[str, int, int | None], None]
"""Called as the work goes on: what is being done («documents», «steps»), how many are done, how many there are."""


def batch(registry: Registry, wish: Wish, settings: Settings, told: Told) -> dict[str, Any]:
    """Carry out a run; returns its record. Raises RegistryError only."""
    started = time.perf_counter()
    task = Task(
        registry.originals.location, Options("final", settings.limits, settings.soffice), stated_rules(settings.rules), _reading(settings)
    )
    number = registry.begin_run(f"{VERSION} {task.reading}", packed_text(sorted(wish.folders)))
    workers: Workers = Cluster(wish.scheduler, wish.bounds) if wish.scheduler else Processes(wish.workers, wish.bounds)
    try:
        run = Run(registry, workers, task, number, wish.retry)
        run.documents(wish.folders, _counter(told, "documents", sum(1 for _ in walk(wish.folders))))
        run.steps(_counter(told, "steps", None))
    finally:
        workers.close()
    record = run_record(registry, number, run.failed_steps, time.perf_counter() - started)
    registry.end_run(number, pack({key: value for key, value in record.items() if key not in ("files", "programmes")}))
    return record


def _reading(settings: Settings) -> str:
    """The version that reads, with a mark of settings that are not the usual ones: they change what is read and found."""
    if settings == Settings():
        return reading_version()
    told = packed_text([list(settings.limits), stated_rules(settings.rules)])
    return f"{reading_version()}+{hashlib.sha256(told.encode()).hexdigest()[:8]}"


def _counter(told: Told, what: str, total: int | None) -> Callable[[], None]:
    done = 0

    def one_more() -> None:
        nonlocal done
        done += 1
        told(what, done, total)

    told(what, 0, total)
    return one_more
