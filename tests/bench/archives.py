"""How an archive goes through: with more workers, a second time, and what the one who files costs as the archive grows.

Whole runs are measured by the clock, for several processes are at work: the machine must be at rest.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pipeline.batch.batch import Wish, batch
from pipeline.digest import digest
from pipeline.registry.registry import Registry
from pipeline.settings import Settings
from pipeline.stepping import stepped
from tests.archive import archive
from tests.bench.lines import Bar, Line

FILES = 150
SMALL, LARGE = 1_000, 10_000  # files, for the one who files
TWO_WORKERS, OF_SINGLE, AGAIN = Bar(1.7, "×", at_least=True), Bar(0.8, "×", at_least=True), Bar(50, "×", at_least=True)
FLAT, QUERY = Bar(1.2, "×"), Bar(0.05, "с")


def archives() -> Iterator[Line]:
    """Whole runs over a constructed archive of Word files, and the filing alone at two sizes."""
    with tempfile.TemporaryDirectory(prefix="popravka-bench-") as name:
        yield from _runs(Path(name))
        yield from _filing(Path(name))


def _runs(folder: Path) -> Iterator[Line]:
    files = folder / "files"
    for planned in archive(FILES, formats=("docx",)):
        path = files / planned.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(planned.data)
    single = _one_by_one(files)
    (one, _), (two, again) = (_run(folder / f"{workers}.db", files, workers) for workers in (1, 2))
    yield Line(f"{FILES} документов по одному, без реестра", single)
    yield Line("архив, 1 процесс чтения", one)
    yield Line("архив, 2 процесса: во сколько раз скорее", two, one / two, TWO_WORKERS)
    yield Line("  доля от двух чтений подряд без реестра", two, single / 2 / two, OF_SINGLE)
    yield Line("архив без изменений ещё раз: во сколько раз скорее", again, two / again, AGAIN)


def _one_by_one(files: Path) -> float:
    """Seconds of reading each document and comparing each step in one process; the first document is read twice, to be warm."""
    paths = sorted(path for path in files.rglob("*") if path.is_file())
    digest(paths[0].read_bytes(), "")
    started, former = time.perf_counter(), None
    for path in paths:
        made = digest(path.read_bytes(), path.name)
        if former is not None and made.record is not None and former.base == made.base:
            stepped(former.record, made.record)
        former = made if made.kind == "edition" else None
    return time.perf_counter() - started


def _run(database: Path, files: Path, workers: int) -> tuple[float, float]:
    registry = Registry(f"sqlite:///{database}")
    spent = []
    for _ in range(2):
        started = time.perf_counter()
        batch(registry, Wish((str(files),), workers), Settings(), lambda *_: None)
        spent.append(time.perf_counter() - started)
    registry.close()
    return spent[0], spent[1]


def _filing(folder: Path) -> Iterator[Line]:
    small, large = (_parent(folder / f"parent{count}", count) for count in (SMALL, LARGE))
    yield Line(f"подшивка без чтения, на документ при {SMALL}", small["document"])
    yield Line(f"то же при {LARGE}, к {SMALL}", large["document"], large["document"] / small["document"], FLAT)
    mebibytes = (found["kibibytes"] / 1024 for found in (small, large))
    first, last = mebibytes
    yield Line(f"память того, кто раздаёт и подшивает, при {LARGE} ({last:.0f} МиБ), к {SMALL}", 0.0, last / first, FLAT)
    yield Line(f"программа из реестра, где {LARGE} документов", large["query"], large["query"], QUERY, "с")


def _parent(folder: Path, count: int) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.parent", str(folder), str(count)]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


if __name__ == "__main__":
    from tests.bench.lines import table

    print(table(list(archives())))
