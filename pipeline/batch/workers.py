"""Workers behind one face: processes of this machine, or of a Dask cluster. Each has limits of time and memory.

A document that takes too long has its process killed and replaced; one that kills its process takes nothing else with
it. On a cluster each worker process of Dask keeps such a process of its own: what a document does to it, it does to that one.
"""

import ctypes
import multiprocessing
import signal
import sys
from collections.abc import Callable
from concurrent.futures import Future
from functools import cache
from queue import SimpleQueue
from typing import Any, NamedTuple, Protocol

from pebble import ProcessExpired, ProcessPool

from pipeline.batch.jobs import limit_memory
from pipeline.registry.errors import RegistryError

_TASKS = 500  # documents that one process reads before it is replaced: what it may have leaked goes with it
TELL_US_WORDS = {"file": "пришлите этот файл разработчикам"}
_SHOWN = 300  # signs of an error's text
_PARENT_DEATH_SIGNAL = 1  # prctl(2)


class Bounds(NamedTuple):
    """The most that one document may take."""

    seconds: int = 300
    megabytes: int = 3072


class Failed(NamedTuple):
    """A job that gave nothing: the outcome, why, and what to do."""

    outcome: str
    reason: str
    advice: str
    detail: str = ""


Done = SimpleQueue[tuple[Any, Any]]
"""What came back: the token under which a job was given, and its result or a Failed."""


class Workers(Protocol):
    """Gives jobs to workers; what comes back is put in `done`."""

    slots: int
    done: Done

    def give(self, token: object, function: Callable[..., Any], *given: Any) -> None:
        """Let a worker call the function."""

    def close(self) -> None:
        """Let go of the workers; what they still do is dropped."""


class Processes:
    """Worker processes of this machine."""

    def __init__(self, number: int, bounds: Bounds) -> None:
        self.slots, self.done, self._bounds = number, Done(), bounds
        self._pool = pool(number, bounds.megabytes)

    def give(self, token: object, function: Callable[..., Any], *given: Any) -> None:
        """Let a process call the function."""
        future = self._pool.schedule(function, args=given, timeout=self._bounds.seconds)
        future.add_done_callback(lambda done: self.done.put((token, _result(done, self._bounds))))

    def close(self) -> None:
        """End the processes at once."""
        self._pool.stop()
        self._pool.join()


class Cluster:
    """The workers of a Dask cluster; raises RegistryError where it does not answer."""

    def __init__(self, address: str, bounds: Bounds) -> None:
        from distributed import Client

        try:
            self._client = Client(address, timeout=10, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as problem:
            advice = "запустите его (dask scheduler) и проверьте адрес: tcp://узел:8786"
            raise RegistryError(address, "планировщик Dask не отвечает", advice, " ".join(str(problem).split())[:200]) from None
        self.done, self._bounds = Done(), bounds
        self.slots = sum(self._client.nthreads().values()) or 1

    def give(self, token: object, function: Callable[..., Any], *given: Any) -> None:
        """Let a worker of the cluster call the function, in a process of its own."""
        future = self._client.submit(on_cluster, function, given, self._bounds, pure=False, retries=3)
        future.add_done_callback(lambda done: self.done.put((token, _of_cluster(done))))

    def close(self) -> None:
        """Leave the cluster."""
        self._client.close()


def pool(number: int, megabytes: int) -> ProcessPool:
    """Processes that know nothing of this one's threads and files."""
    context: Any = multiprocessing.get_context("spawn")
    return ProcessPool(number, max_tasks=_TASKS, initializer=_begin, initargs=(megabytes,), context=context)


def _begin(megabytes: int) -> None:
    limit_memory(megabytes)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who gives the jobs ends the work
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)  # when that one is killed, nobody waits for us


def _result(future: "Future[Any]", bounds: Bounds) -> Any:
    if future.cancelled():
        return Failed("crashed", "работа прервана", "запустите ещё раз")
    problem = future.exception()
    return future.result() if problem is None else failed(problem, bounds)


def failed(problem: BaseException, bounds: Bounds) -> Failed:
    """What an exception of a worker means for the document."""
    if isinstance(problem, TimeoutError):
        advice = "проверьте, тот ли это файл; предел меняет ключ --timeout"
        return Failed("timed-out", "документ не прочитан за отведённое число секунд", advice, str(bounds.seconds))
    if isinstance(problem, MemoryError):
        return Failed("out-of-memory", "документу не хватило памяти", "проверьте, тот ли это файл; предел меняет ключ --memory")
    if isinstance(problem, ProcessExpired):
        return Failed("crashed", "процесс чтения завершился аварийно с кодом", TELL_US_WORDS["file"], str(problem.exitcode))
    return Failed("crashed", "ошибка программы", TELL_US_WORDS["file"], f"{type(problem).__name__}: {problem}"[:_SHOWN])


@cache
def _own(megabytes: int) -> ProcessPool:
    """The process that a worker of the cluster keeps for documents."""
    return pool(1, megabytes)


def on_cluster(function: Callable[..., Any], given: tuple[Any, ...], bounds: Bounds) -> Any:
    """On a worker of the cluster: call the function in a process that may be killed."""
    future = _own(bounds.megabytes).schedule(function, args=given, timeout=bounds.seconds)
    try:
        return future.result()
    except Exception as problem:
        return failed(problem, bounds)


def _of_cluster(future: Any) -> Any:
    if future.status == "finished":
        return future.result()
    problem = future.exception() if future.status == "error" else None
    return Failed("crashed", "узел кластера потерян", "проверьте узлы и запустите ещё раз", str(problem or "")[:_SHOWN])
