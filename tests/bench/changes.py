"""How fast two editions are compared, and what a comparison of tables (daff) and of records (deepdiff) tells of the same steps.

The steps are random edits of the real edition whose true changes are known (`tests.mixed_truth`).
daff gets what it is made for, the table of appendix 2 as CSV; deepdiff the two records of `read`.
"""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import daff
from deepdiff import DeepDiff

from extractors.reader import read
from pipeline.compare import compare
from pipeline.renderer import Screen, renderer
from pipeline.reporting.changelog import Documents, diff_report
from pipeline.rule import check_step
from pipeline.stages import load_edition
from pipeline.wording import Words
from schemas.address import MONEY_COLUMNS
from schemas.edition import Block, Edition
from tests.bench.grown import grow
from tests.bench.lines import Bar, Line, aligned, duration
from tests.bench.timing import in_turn
from tests.bench.works import ours
from tests.mixed import step
from tests.mixed_truth import truth
from tests.test_mixed import told

FORMER, LATTER = (Path("samples/kozhevnikovo-504") / name / "source.docx" for name in ("2022-192", "2023-160"))
COMPARED, GROWTH, PAGE = Bar(0.12, "с"), Bar(15, "×"), Bar(400, "КБ")
STEPS, TURNS = 20, 7
Rows = list[list[str]]


def comparing() -> Iterator[Line]:
    """Two editions that are read, the same with ten times the rows, and the page."""
    data = [file.read_bytes() for file in (FORMER, LATTER)]
    one, ten = ([ours(grow(side, times).data) for side in data] for times in (1, 10))
    taken = in_turn({"one": partial(compare, *one), "ten": partial(compare, *ten)}, TURNS)
    yield Line("сравнение двух прочитанных редакций", taken["one"], taken["one"], COMPARED, "с")
    yield Line("  то же при 10-кратных строках, к однократным", taken["ten"], taken["ten"] / taken["one"], GROWTH)
    made = partial(_page, one, data)
    yield Line("  страница HTML этого сравнения, её размер", in_turn({"page": made}, 3)["page"], len(made()) / 1000, PAGE, "КБ")


def _page(editions: list[Edition], data: list[bytes]) -> bytes:
    comparison = compare(*editions)
    known = renderer("html")
    documents = Documents(*map(read, data))
    return known.render(diff_report(comparison, check_step(comparison), Words("ru"), documents, known.wants), Screen())


def csv_of(edition: Edition) -> str:
    """Appendix 2 as a table of text."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["задача", "номер", "наименование", "срок", "исполнитель", "результат", "год", *MONEY_COLUMNS, "результат года"])
    for task in edition.tasks:
        for activity in task.activities:
            texts = (activity.number, activity.name, activity.term, activity.responsible, activity.result)
            rows.writerows(_rows((task.number, *texts), activity.years))
        rows.writerows(_rows((task.number, "", f"Итого: {task.name}", "", "", ""), task.subtotal))
    rows.writerows(_rows(("", "", "Итого по программе", "", "", ""), edition.grand_total))
    return out.getvalue()


def _rows(texts: tuple[str, ...], block: Block) -> Iterator[list[str]]:
    for year, money in block.items():
        figures = dict(money.amounts())
        raws = (figures[column].raw.strip() if column in figures else "" for column in MONEY_COLUMNS)
        yield [*texts, year, *raws, money.result or ""]


def by_daff(old: str, new: str) -> int:
    """Rows that came, went or moved, and cells that differ."""
    tables = [daff.PythonTableView(list(csv.reader(io.StringIO(text)))) for text in (old, new)]
    found: Rows = []
    daff.TableDiff(daff.Coopy.compareTables(*tables).align(), daff.CompareFlags()).hilite(daff.PythonTableView(found))
    return sum(_reported(list(map(str, row))) for row in found)


def _reported(row: list[str]) -> int:
    if row[0].startswith(("+++", "---", ":")):
        return 1
    return sum(row[0] in cell for cell in row[1:]) if row[0].endswith("->") else 0


def by_deepdiff(old: dict[str, Any], new: dict[str, Any]) -> int:
    """Everything that differs between two records."""
    return sum(len(found) for found in DeepDiff(old, new, view="tree").values())


def beside() -> str:
    """The three ways side by side over the same steps: changes reported and true ones, and the time of all steps."""
    old = load_edition(str(LATTER))
    scenes = [step(old, seed) for seed in range(STEPS)]
    news = [Edition.model_validate(scene.record) for scene in scenes]
    true = [truth(scene) for scene in scenes]
    in_table = sum((one.new or one.old or "").startswith("appendix2") for told_ in true for one in told_)
    whole = sum(map(len, true))
    right = sum((Counter(map(told, compare(old, new).changes)) & Counter(known)).total() for new, known in zip(news, true, strict=True))
    works: dict[str, Callable[[], int]] = {
        "popravka": lambda: sum(len(compare(old, new).changes) for new in news),
        "daff": partial(_all, by_daff, csv_of(old), [csv_of(new) for new in news]),
        "deepdiff": partial(_all, by_deepdiff, old.record(), [new.record() for new in news]),
    }
    taken = in_turn(works, 2)
    rows = [("сравнение", "что сравнивает", "на самом деле", "сообщено", "время шага")]
    for name, sees, count in (
        ("popravka", "редакции", whole),
        ("daff", "приложение 2 как CSV", in_table),
        ("deepdiff", "записи read", whole),
    ):
        rows.append((name, sees, str(count), str(works[name]()), duration(taken[name] / STEPS)))
    return f"{aligned(rows, '<<>>>')}\nиз сообщённых popravka верны во всём (что, где, роль): {right} из {whole}; шагов: {STEPS}"


def _all(by: Callable[[Any, Any], int], old: Any, news: list[Any]) -> int:
    return sum(by(old, new) for new in news)
