"""`make bench`: how fast popravka is, against bars that do not depend on the machine; exit code 1 when one is missed.

Every bar compares with something measured in the same run: the floor (unzip and parse),
python-docx, a bare Python, the same work on a smaller document. Time is processor time, at its least.
"""

import io
import os
import platform
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import docx

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))  # so that it also runs by path

from extractors.reader import read  # noqa: E402
from pipeline.rule import check  # noqa: E402
from pipeline.stages import load_edition  # noqa: E402
from tests.bench import changes, shapes  # noqa: E402
from tests.bench.acts import measured  # noqa: E402
from tests.bench.archives import archives  # noqa: E402
from tests.bench.grown import Grown, grow  # noqa: E402
from tests.bench.lines import Bar, Line, table  # noqa: E402
from tests.bench.timing import in_turn, process, seconds  # noqa: E402
from tests.bench.works import floor, ours, python_docx  # noqa: E402

SAMPLE = Path("samples/kozhevnikovo-504/2023-160")
READINGS, STARTS, ROUNDS = 25, 11, 3  # repetitions
RUNS_A_ROUND = {1: 7, 10: 3, 100: 1}  # of the document grown so many times
FINDINGS = 1  # the exit code of `check`: the real edition has errors


AGAINST_FLOOR, AGAINST_PYTHON_DOCX, GROWTH = Bar(10, "×"), Bar(3, "×", at_least=True), Bar(1.5, "×")
VERSION, CHECK = Bar(0.35, "с"), Bar(1, "с")
ACT = Bar(5, "с")
RULES, RULES_BROKEN = Bar(0.06, "с"), Bar(0.4, "с")  # of an edition of the sample's size, its sums right or broken
REPAIRED = Path("samples/kozhevnikovo-504-repaired/2023-160/source.txt")


def reading(data: bytes) -> Iterator[Line]:
    """Bars 1 and 2: bytes to edition against the floor and against python-docx."""
    made = partial(ours, data)
    first = in_turn({"ours": made, "floor": partial(floor, data), "read": partial(read, data)}, READINGS)
    yield Line("основа: распаковать и разобрать XML", first["floor"])
    yield Line("из .docx в редакцию, к основе", first["ours"], first["ours"] / first["floor"], AGAINST_FLOOR)
    yield Line("  из того: из .docx в документ, к основе", first["read"], first["read"] / first["floor"])
    second = in_turn({"ours": made, "walk": partial(python_docx, data), "open": partial(docx.Document, io.BytesIO(data))}, READINGS)
    alone = second["walk"] - second["open"]
    yield Line("python-docx: открыть и обойти row.cells, к нашему", second["walk"], second["walk"] / second["ours"], AGAINST_PYTHON_DOCX)
    yield Line("  из того: обойти, без открытия, к нашему", alone, alone / second["ours"])


def starting() -> Iterator[Line]:
    """Bar 3: whole processes against a bare Python."""
    python, popravka = sys.executable, str(Path(sys.executable).with_name("popravka"))
    text, word = str(SAMPLE / "source.txt"), str(SAMPLE / "source.docx")
    works = {
        "python -c pass": process([python, "-c", "pass"], ROOT),
        "popravka --version": process([popravka, "--version"], ROOT),
        "popravka check source.txt": process([popravka, "check", text], ROOT, FINDINGS),
        "popravka check source.docx": process([popravka, "check", word], ROOT, FINDINGS),
    }
    taken = in_turn(works, STARTS)
    (name, bare), *others = taken.items()
    yield Line(name, bare)
    for name, spent in others:
        yield Line(f"{name}, сверх Python", spent, spent - bare, VERSION if "--version" in name else CHECK, "с")


def checking(data: bytes) -> Iterator[Line]:
    """All rules over an edition that is read: its sums right, and broken in three places."""
    whole, broken = load_edition(str(REPAIRED)), ours(data)
    taken = in_turn({"right": partial(check, whole), "broken": partial(check, broken)}, READINGS)
    yield Line("проверка прочитанной редакции, суммы верны", taken["right"], taken["right"], RULES, "с")
    yield Line("то же, суммы не сходятся", taken["broken"], taken["broken"], RULES_BROKEN, "с")


def growing(data: bytes) -> Iterator[Line]:
    """Bar 4: seconds for a row of appendix 2 as its rows grow."""
    documents = [grow(data, times) for times in RUNS_A_ROUND]
    taken: dict[Grown, list[tuple[float, float]]] = {document: [] for document in documents}
    for _ in range(ROUNDS):
        for document, runs in taken.items():
            runs.extend(stages(document) for _ in range(RUNS_A_ROUND[document.times]))
    spent = [(document, min(run[0] for run in runs)) for document, runs in taken.items()]
    checks = [(document, min(run[1] for run in runs)) for document, runs in taken.items()]
    yield from by_row("редакция", spent, GROWTH)
    (one, first), (ten, second), (hundred, third) = spent
    early, late = (second - first) / (ten.rows - one.rows), (third - second) / (hundred.rows - ten.rows)
    yield Line("  каждая новая строка: от 10× до 100×, к от 1× до 10×", late, late / early)
    yield from by_row("проверка", checks, GROWTH)


def by_row(stage: str, spent: list[tuple[Grown, float]], bar: Bar | None) -> Iterator[Line]:
    """Seconds for a row at each size; the last size is compared with the first."""
    each = [(document, whole / document.rows) for document, whole in spent]
    for document, row in each[:-1]:
        yield Line(f"{stage}, на строку при {document.times}× ({document.rows} строк)", row)
    document, row = each[-1]
    yield Line(f"{stage}, на строку при {document.times}× ({document.rows} строк), к 1×", row, row / each[0][1], bar)


def stages(document: Grown) -> tuple[float, float]:
    """Seconds to the edition, and seconds of its check; an edition without all the tasks is no measurement."""
    spent, made = seconds(partial(ours, document.data))
    numbers = {task.number for task in made.tasks}
    if len(numbers) != document.tasks or any(not a.number.startswith(f"{t.number}.") for t in made.tasks for a in t.activities):
        raise SystemExit(f"{document.times}×: {len(numbers)} tasks were read, {document.tasks} are written")
    return spent, seconds(partial(check, made))[0]


def amending() -> Iterator[Line]:
    """The instructions of an amending act of more than 200 pages, and the time for one item against a short act."""
    pages, taken, growth = measured(90, 900, ROUNDS)
    yield Line(f"указания акта в {pages:.0f} страниц", taken, taken, ACT, "с")
    yield Line("  время на пункт, к акту в 10 раз короче", taken / 900, growth, GROWTH)


def main() -> int:
    """Measure, print, and tell by the exit code whether every bar is kept."""
    os.chdir(ROOT)
    data = (SAMPLE / "source.docx").read_bytes()
    print(f"{platform.python_implementation()} {platform.python_version()}, процессоров: {os.cpu_count()}, {platform.platform()}")
    grown = ", ".join(f"{ROUNDS * runs} при {times}×" for times, runs in RUNS_A_ROUND.items())
    print(f"время процессора, наименьшее; повторений: чтение {READINGS}, запуск {STARTS}, рост {grown}\n")
    of_shapes, side_by_side = shapes.measured(data)
    lines = [*reading(data), *starting(), *checking(data), *growing(data), *amending(), *changes.comparing(), *archives(), *of_shapes]
    print(table(lines))
    print(f"\n{side_by_side}\n\n{changes.beside()}")
    missed = sum(line.missed for line in lines)
    print(f"\nне выдержано: {missed}" if missed else "\nвсё выдержано")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
