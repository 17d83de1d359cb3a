"""What the one who gives the work and files it costs by himself: `python -m tests.bench.parent FOLDER COUNT`.

The workers are instant: each document comes back as an edition that was read beforehand, under another programme's name, in
chains of five. Prints, as JSON: processor seconds for a document, the most memory, and seconds of a query for one programme.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from extractors.options import USUAL
from pipeline.batch.jobs import Taken, Task
from pipeline.batch.run import Run
from pipeline.batch.workers import Done
from pipeline.digest import Digest, digest
from pipeline.registry.registry import Registry
from pipeline.stepping import Stepped, stepped

SAMPLE = Path("samples/kozhevnikovo-504/2023-160/source.docx")
_CHAIN = 5
_QUERIES = 20


class Instant:
    """Workers that need no time."""

    def __init__(self, made: Digest, step: Stepped) -> None:
        self.slots, self.done, self._made, self._step, self._count = 2, Done(), made, step, 0

    def give(self, token: object, function: Callable[..., Any], *given: Any) -> None:
        """The edition of the next place in the next chain; the same step for all."""
        if function.__name__ == "step":
            self.done.put((token, self._step))
            return
        number, place = divmod(self._count, _CHAIN)
        self._count += 1
        date = f"20{20 + place}-03-24"
        self.done.put((token, Taken(self._made._replace(
            sha256=str(given[1]), base=("2019-09-17", str(number)), act=(date, str(place)), place_date=date, cited=((date, str(place)),),
        ))))  # fmt: skip

    def close(self) -> None:
        """Nothing to let go of."""


def main(folder: Path, count: int) -> None:
    """Measure."""
    files = folder / "files"
    files.mkdir(parents=True)
    for number in range(count):
        (files / f"{number:06d}.txt").write_text(str(number))
    made = digest(SAMPLE.read_bytes(), SAMPLE.name)
    assert made.record is not None
    registry = Registry(f"sqlite:///{folder}/popravka.db")
    task = Task(registry.originals.location, USUAL, "", made.reading)
    run = Run(registry, Instant(made, stepped(made.record, made.record)), task, registry.begin_run("bench", "[]"))
    started = time.process_time()
    run.documents((str(files),), lambda: None)
    run.steps(lambda: None)
    spent = time.process_time() - started
    queries = []
    for number in range(_QUERIES):
        started = time.process_time()
        assert len(registry.programme(str(number)).editions) == _CHAIN
        queries.append(time.process_time() - started)
    registry.close()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"document": spent / count, "kibibytes": memory, "query": min(queries)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
