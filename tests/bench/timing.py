"""How long things take: seconds of processor time, the least of several, the measured taken in turn.

Other work on the machine makes a clock run on and a median grow; the processor time of the
work itself, at its least, it changes hardly. What programs take that the work starts counts too.
The garbage collector is run before each measurement and left on during it: users have it on.
"""

import gc
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from typing import Any


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of processor time that the work takes, and its result (freed only after it is measured)."""
    gc.collect()
    start = _spent()
    result = work()
    return _spent() - start, result


def _spent() -> float:
    """Seconds of all processors, spent by this process and by the programs that it has waited for."""
    return sum(used.ru_utime + used.ru_stime for used in map(getrusage, (RUSAGE_SELF, RUSAGE_CHILDREN)))


def in_turn(works: Mapping[str, Callable[[], Any]], repetitions: int) -> dict[str, float]:
    """The least seconds of each work, done A B C A B C …; a first turn only warms up."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(repetitions + 1):
        for name, work in works.items():
            spent, _ = seconds(work)
            if turn:
                taken[name].append(spent)
    return {name: min(spent) for name, spent in taken.items()}


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
