"""The shapes of real Word files: how fast they are read against the floor, and how much other readers recover of them.

One table, the sample's appendix 2, is written plainly, in each shape and in all of them
together. A row of money is recovered when its year and all its amounts stand in one row
of what a reader gives, in their order.
"""

import io
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from extractors.reader import read
from tests.bench.grown import main_part
from tests.bench.lines import Bar, Line, aligned, duration, number
from tests.bench.rivals import Rival, clean, rivals
from tests.bench.timing import in_turn, seconds
from tests.bench.works import ours
from tests.shapes import SHAPES, together
from tests.shapes.word import MAIN, Word, q, text_of

TO_DOCUMENT, TO_EDITION, FASTER, LINEAR = Bar(4, "×"), Bar(10, "×"), Bar(5, "×", at_least=True), Bar(1.5, "×")
READINGS, SHAPE_READINGS, PROGRAMS = 15, 5, 3  # repetitions
PLAIN, ALL = "обычный файл", "все формы вместе"
SEED = 1
FEW_ROWS, MANY_ROWS = 1_000, 100_000
_YEAR, _AMOUNT = re.compile(r"20\d\d\s*г\.?|ВСЕГО"), re.compile(r"[\d\s,.–-]+")
_AMOUNTS = 5  # in a row: the total and four sources

_READ_ALONE = """
import resource, sys
from time import process_time
from extractors.reader import read

data, spent = open(sys.argv[1], "rb").read(), []
for _ in range(int(sys.argv[2])):
    document = None
    start = process_time()
    document = read(data)
    spent.append(process_time() - start)
rows = len(document.blocks[0].grid)
print(min(spent), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, rows)
"""

Row = tuple[str, ...]
Work = Callable[[], Any]


class Standing(NamedTuple):
    """What a reader recovered of each shape, its seconds on the plain file, and once on all shapes together."""

    rival: Rival
    recovered: dict[str, int]
    plain: float
    together: float


def one_table(sample: bytes) -> bytes:
    """The sample's longest table alone; the package keeps the styles of a document, not those of its template's tables."""
    word = Word(sample, "one table")
    table = max(word.tables(), key=lambda found: len(found.findall(q("w:tr"))))
    for block in list(word.body)[:-1]:
        word.body.remove(block)
    word.body.insert(0, table)
    for column in table.find(q("w:tblGrid")):
        column.set(q("w:w"), "1000")  # as every program writes it; without it pandoc drops the cells
    styles = word.tree("word/styles.xml")
    for style in styles.findall(q("w:style")):
        if style.get(q("w:type")) == "table" and style.get(q("w:default")) is None and style.get(q("w:styleId")) != "TableGrid":
            styles.remove(style)
    return word.saved().data


def money(data: bytes) -> list[Row]:
    """The rows of money as the plain file has them, taken from its XML: a year and the amounts behind it."""
    found = []
    for row in etree.fromstring(main_part(data)).iter(q("w:tr")):
        texts = [clean(text_of(cell)) for cell in row.findall(q("w:tc"))]
        start = next((n for n, text in enumerate(texts) if _YEAR.fullmatch(text)), len(texts))
        amounts = texts[start + 1 : start + 1 + _AMOUNTS]
        if len(amounts) == _AMOUNTS and all(_AMOUNT.fullmatch(text) for text in amounts):
            found.append((texts[start], *amounts))
    return found


def recovered(wanted: list[Row], rows: list[list[str]]) -> int:
    """How many of the wanted rows stand in the rows given, each in one of its own."""
    left = [[clean(cell) for cell in row] for row in rows]
    count = 0
    for row in wanted:
        at = next((n for n, given in enumerate(left) if _holds(given, row)), None)
        if at is not None:
            del left[at]
            count += 1
    return count


def _holds(given: list[str], row: Row) -> bool:
    cells = iter(given)
    return all(cell in cells for cell in row)


def shapes(plain: bytes) -> dict[str, bytes]:
    """The table in every shape, by name: plain, each, all together."""
    return {PLAIN: plain} | {name: made(plain, SEED).data for name, made in SHAPES.items()} | {ALL: together(plain, SEED).data}


def lowest(data: bytes, plain: bytes) -> list[etree._Element]:
    """What no reader of this file can do without: unzip and parse the main part, and the parts with text that its shape added."""
    with zipfile.ZipFile(io.BytesIO(plain)) as package:
        there = set(package.namelist())
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        added = [name for name in package.namelist() if name.endswith(".xml") and (name == MAIN or name not in there)]
        return [etree.fromstring(package.read(name)) for name in added]


def against_floor(files: dict[str, bytes]) -> Iterator[Line]:
    """Bytes to document and to edition against unzipping and parsing, plain and in the worst shape."""
    to_document: dict[str, tuple[float, float]] = {}
    to_edition: dict[str, tuple[float, float]] = {}
    for name, data in files.items():
        works: dict[str, Work] = {"floor": partial(lowest, data, files[PLAIN]), "read": partial(read, data), "ours": partial(ours, data)}
        taken = in_turn(works, READINGS if name == PLAIN else SHAPE_READINGS)
        to_document[name] = (taken["read"], taken["read"] / taken["floor"])
        to_edition[name] = (taken["ours"], taken["ours"] / taken["floor"])
    for what, found, bar in (("документ", to_document, TO_DOCUMENT), ("редакцию", to_edition, TO_EDITION)):
        worst = max(found, key=lambda name: found[name][1])
        yield Line(f"таблица из .docx в {what}, к основе: {PLAIN}", *found[PLAIN], bar)
        yield Line(f"  худшая форма: {worst}", *found[worst], bar)


def standings(files: dict[str, bytes]) -> list[Standing]:
    """Every reader that is installed, on every shape."""
    wanted = money(files[PLAIN])
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        written = {name: folder / f"{number}.docx" for number, name in enumerate(files)}
        for name, file in written.items():
            file.write_bytes(files[name])
        return [_standing(rival, written, wanted) for rival in rivals(folder) if rival.is_there]


def _standing(rival: Rival, files: dict[str, Path], wanted: list[Row]) -> Standing:
    found: dict[str, int] = {}
    spent: dict[str, float] = {}
    for name, file in files.items():
        spent[name], given = seconds(partial(_tried, rival, file))
        found[name] = 0 if given is None else recovered(wanted, rival.rows(given))
    taken = in_turn({PLAIN: partial(_tried, rival, files[PLAIN])}, PROGRAMS if rival.is_program else READINGS)
    return Standing(rival, found, taken[PLAIN], spent[ALL])


def _tried(rival: Rival, file: Path) -> Any:
    """What the reader gives, None when it refuses the file."""
    try:
        return rival.work(file)
    except Exception:
        return None


def side_by_side(found: list[Standing], known: tuple[Rival, ...], rows: int) -> str:
    """The table of all readers: what they recover, how long they take, how that is to ours."""
    headings = (
        "чтение", "обычный файл", "формы в среднем", "формы целиком", "худшая форма", "все вместе",
        "время", "к нашему", "время на все вместе",
    )  # fmt: skip
    first = found[0]
    lines = [headings, *(_cells(standing, first, rows) for standing in found)]
    missing = [f"{rival.name} не установлен и не сравнивался: {rival.install}" for rival in known if not rival.is_there]
    return "\n".join([aligned(lines, "<<<<<<>>>"), *missing])


def _cells(standing: Standing, first: Standing, rows: int) -> tuple[str, ...]:
    alone = {name: count for name, count in standing.recovered.items() if name not in (PLAIN, ALL)}
    worst = min(alone, key=lambda name: alone[name])
    mean = sum(alone.values()) / len(alone) / rows
    whole = sum(count == rows for count in alone.values())
    return (
        standing.rival.name + " (процесс)" * standing.rival.is_program, f"{standing.recovered[PLAIN]} из {rows}",
        f"{mean:.1%}".replace(".", ","), f"{whole} из {len(alone)}",
        str(rows) if alone[worst] == rows else f"{alone[worst]}: {worst}", str(standing.recovered[ALL]),
        duration(standing.plain), number(standing.plain / first.plain, "×"), duration(standing.together),
    )  # fmt: skip


def bars(found: list[Standing], rows: int) -> Iterator[Line]:
    """Ours recovers every row of every shape, and is faster than each of the others."""
    first, *others = found
    whole = min(first.recovered.values()) / rows
    yield Line("доля строк, прочитанных нами, в худшей форме", first.plain, whole, Bar(1, "×", at_least=True))
    for standing in others:
        yield Line(f"{standing.rival.name}: из .docx в документ, к нашему", standing.plain, standing.plain / first.plain, FASTER)


def with_rows(plain: bytes, count: int) -> bytes:
    """The table with its rows repeated until there are so many."""
    xml = main_part(plain)
    rows = re.findall(rb"<w:tr>.*?</w:tr>", xml, re.S)
    before, after = xml[: xml.index(rows[0])], xml[xml.rindex(rows[-1]) + len(rows[-1]) :]
    head, body = rows[:3], rows[3:]
    times = (count - len(head)) // len(body)
    rest = body[: count - len(head) - times * len(body)]
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, b"".join([before, *head, *body * times, *rest, after]) if name == MAIN else old.read(name))
    return out.getvalue()


def growing(plain: bytes) -> tuple[list[Line], int]:
    """Seconds for a row at a thousand and at a hundred thousand rows, and the most memory in mebibytes that the latter take."""
    few, _ = _alone(with_rows(plain, FEW_ROWS), FEW_ROWS, READINGS)
    many, peak = _alone(with_rows(plain, MANY_ROWS), MANY_ROWS, 3)
    lines = [
        Line(f"документ, на строку при {FEW_ROWS} строк", few / FEW_ROWS),
        Line(f"документ, на строку при {MANY_ROWS} строк, к {FEW_ROWS}", many / MANY_ROWS, many / MANY_ROWS / (few / FEW_ROWS), LINEAR),
    ]
    return lines, peak


def _alone(data: bytes, rows: int, times: int) -> tuple[float, int]:
    """The least seconds of the processor for reading, and the peak of memory, of a process that does nothing else."""
    with tempfile.TemporaryDirectory() as made:
        file = Path(made) / "rows.docx"
        file.write_bytes(data)
        done = subprocess.run([sys.executable, "-c", _READ_ALONE, str(file), str(times)], stdout=subprocess.PIPE, check=True, text=True)
    spent, peak, read_rows = done.stdout.split()
    if int(read_rows) != rows:
        raise SystemExit(f"{read_rows} rows were read, {rows} are written")
    return float(spent), int(peak) >> 10


def measured(sample: bytes) -> tuple[list[Line], str]:
    """All lines with their bars, and the table of readers side by side."""
    files = shapes(one_table(sample))
    rows = len(money(files[PLAIN]))
    found = standings(files)
    grown, peak = growing(files[PLAIN])
    lines = [*against_floor(files), *bars(found, rows), *grown]
    note = f"форм: {len(files) - 2}; программы измерены целым процессом; память при {MANY_ROWS} строк: {peak} МиБ"
    return lines, f"{side_by_side(found, rivals(Path()), rows)}\n{note}"
