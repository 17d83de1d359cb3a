"""One run over an archive: what is known is left out, the rest goes to the workers, what comes back is filed, by one writer.

Each document is filed in one transaction together with how its file looked, so a run that is killed goes on where it was.
An archive is noted last, when all that it holds is filed.
"""

from collections.abc import Callable, Iterable
from itertools import islice
from typing import NamedTuple

from extractors.errors import CannotRead
from extractors.reader import fetch
from pipeline.batch.jobs import Packed, Taken, Task, step, step_with_acts, take
from pipeline.batch.walk import INSIDE, Found, walk
from pipeline.batch.workers import Failed, Workers
from pipeline.digest import Digest, refused
from pipeline.registry.registry import Registry, Seen

FAILED = ("refused", "timed-out", "out-of-memory", "crashed")
_CHUNK = 200  # files that are looked up at once
_AHEAD = 3  # jobs that wait for each worker


class _Wanted(NamedTuple):
    """A file whose bytes are among the originals: to be read if nobody has read them yet."""

    found: Found
    sha256: str
    archive: str | None = None


class _Archive(NamedTuple):
    """An archive that was opened, and what it holds."""

    seen: Seen
    found: Found
    packed: tuple[Packed, ...]


class Run:
    """A run; `told` is called with each file that is done. Raises RegistryError only."""

    def __init__(self, registry: Registry, workers: Workers, task: Task, number: int, retry: bool = False) -> None:
        self.number, self.failed_steps = number, 0
        self._registry, self._workers, self._task, self._retry = registry, workers, task, retry
        self._given: dict[str, list[_Wanted]] = {}  # SHA-256 of what is being read → the files that have it, the first one first
        self._opened: list[_Archive] = []

    def documents(self, folders: tuple[str, ...], told: Callable[[], None]) -> None:
        """Every file of the folders has an outcome at the end."""
        files = walk(folders)
        while chunk := list(islice(files, _CHUNK)):
            looked = self._registry.looked([found.path for found in chunk])
            known = {found.path for found in chunk if self._is_known(found, looked.get(found.path))}
            self._registry.met(sorted(known), self.number)
            for found in chunk:
                if found.path not in known:
                    self._look(found)
                told()
        self._drain()
        self._registry.settle_doubles(self.number)

    def _is_known(self, found: Found, seen: Seen | None) -> bool:
        """Whether the file looks as it did when this version read it."""
        if seen is None or not found.modified or (seen.size, seen.modified) != (found.size, found.modified):
            return False
        return seen.reading == self._task.reading and not (self._retry and seen.outcome in FAILED)

    def _look(self, found: Found) -> None:
        try:
            data = fetch(found.path, self._task.options)
        except CannotRead as problem:
            made = refused(Digest("", 0, found.path, "refused", self._task.reading), problem)
            self._registry.saw([self._seen(found, None, made.outcome, made.reason)])
            return
        self._want(_Wanted(found._replace(size=len(data)), self._registry.originals.put(data)))
        if self._opened:
            self._drain()

    def _want(self, wanted: _Wanted) -> None:
        """Give the document to a worker, unless it is known or being read."""
        if wanted.sha256 in self._given:
            self._given[wanted.sha256].append(wanted)
            return
        filed = self._registry.filed(wanted.sha256)
        is_this_reading = filed is not None and filed.reading == self._task.reading
        if filed is not None and is_this_reading and filed.kind != "archive" and (filed.outcome == "read" or not self._retry):
            self._registry.saw([self._again(wanted, filed.outcome, filed.reason, filed.paths)])
            return
        while len(self._given) >= self._workers.slots * _AHEAD:
            self._take_back()
        self._given[wanted.sha256] = [wanted]
        former = filed.record if filed is not None and not is_this_reading else None
        self._workers.give(wanted.sha256, take, self._task, wanted.sha256, wanted.found.path, former)

    def _again(self, wanted: _Wanted, outcome: str, reason: str | None, paths: Iterable[str]) -> Seen:
        """A file whose bytes are filed: a duplicate where another file holds them, else the same file as before."""
        is_double = outcome == "read" and any(path != wanted.found.path for path in paths)
        return self._seen(wanted.found, wanted.sha256, "duplicate" if is_double else outcome, reason, archive=wanted.archive)

    def _take_back(self) -> None:
        """Wait for a document and file it; an archive waits until what it holds is filed."""
        sha256, came = self._workers.done.get()
        first, *others = self._given.pop(sha256)
        taken = came if isinstance(came, Taken) else self._lost(first, came)
        made = taken.digest
        seen = self._seen(first.found, sha256, made.outcome, made.reason, taken.changed, first.archive)
        if made.kind == "archive" and made.outcome == "read":
            self._registry.file(made)
            self._opened.append(_Archive(seen, first.found, taken.packed))
        else:
            self._registry.file(made, seen)
        again = "duplicate" if made.outcome == "read" else made.outcome
        self._registry.saw([self._seen(one.found, sha256, again, made.reason, archive=one.archive) for one in others])

    def _drain(self) -> None:
        """Wait for everything that was given, what opened archives hold included."""
        archives: list[Seen] = []
        while self._given or self._opened:
            while self._given:
                self._take_back()
            opened, self._opened = self._opened, []
            archives += [archive.seen for archive in opened]
            for archive in opened:
                self._unpack(archive)
        self._registry.saw(archives)

    def _unpack(self, archive: _Archive) -> None:
        outermost = archive.seen.archive or archive.found.path
        for packed in archive.packed:
            found = Found(f"{archive.found.path}{INSIDE}{packed.name}", packed.size, archive.found.modified)
            if packed.sha256 is None:
                self._registry.saw([self._seen(found, None, "refused", packed.reason, archive=outermost)])
            else:
                self._want(_Wanted(found, packed.sha256, outermost))

    def _lost(self, wanted: _Wanted, came: Failed) -> Taken:
        detail = f" ({came.detail})" if came.detail else ""
        made = Digest(wanted.sha256, wanted.found.size, wanted.found.path, came.outcome, self._task.reading, code=came.outcome)
        return Taken(made._replace(reason=came.reason + detail, advice=came.advice))

    def _seen(
        self, found: Found, sha256: str | None, outcome: str, reason: str | None, changed: int | None = None, archive: str | None = None
    ) -> Seen:
        now = self.number
        return Seen(found.path, sha256, found.size, found.modified, outcome, reason, self._task.reading, now, now, changed, archive)

    def steps(self, told: Callable[[], None]) -> None:
        """Every step between two neighbouring editions is compared at the end."""
        waiting = 0
        for missing in self._registry.missing_steps():
            while waiting >= self._workers.slots * _AHEAD:
                waiting -= self._step_back(told)
            if missing.acts:
                documents = self._registry.names(missing.old, missing.new, *missing.acts)
                self._workers.give(missing, step_with_acts, self._task, *documents)
            else:
                self._workers.give(missing, step, *self._registry.records(missing.old, missing.new))
            waiting += 1
        while waiting:
            waiting -= self._step_back(told)

    def _step_back(self, told: Callable[[], None]) -> int:
        missing, came = self._workers.done.get()
        if isinstance(came, Failed):
            self.failed_steps += 1
        else:
            self._registry.file_step(missing, self._task.reading, came)
        told()
        return 1
