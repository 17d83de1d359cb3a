"""How long things take: wall-clock seconds, medians, the measured taken in turn so that drift cancels.

The garbage collector is run before each measurement and left on during it: users have it on.
"""

import gc
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds that the work takes, and its result (freed only after the clock has stopped)."""
    gc.collect()
    start = perf_counter()
    result = work()
    return perf_counter() - start, result


def in_turn(works: Mapping[str, Callable[[], Any]], repetitions: int) -> dict[str, float]:
    """Median seconds of each work, done A B C A B C …; a first turn only warms up."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(repetitions + 1):
        for name, work in works.items():
            spent, _ = seconds(work)
            if turn:
                taken[name].append(spent)
    return {name: median(spent) for name, spent in taken.items()}


def process(command: Sequence[str], folder: Path, expected: int = 0) -> Callable[[], None]:
    """The work of running a command from start to exit.

    Another exit code than the expected stops the benchmark, and so does anything on
    stderr: a traceback ends with code 1 too, and would be measured as a fast `check`.
    """

    def run() -> None:
        done = subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
        if done.returncode != expected or done.stderr:
            raise SystemExit(
                f"{' '.join(command)}: exit code {done.returncode} (expected {expected}), stderr:\n{done.stderr.decode(errors='replace')}"
            )

    return run
