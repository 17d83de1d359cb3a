"""An amending act of any length, and how long its instructions take."""

from functools import partial

from extractors.amendment.operations import readings
from extractors.amendment.zones import Placed
from schemas.blocks import Paragraph
from schemas.place import Place
from tests.bench.timing import in_turn

PAGE = 2000  # signs
HEAD = "1. Внести в постановление Администрации района от 17.09.2020 № 504 следующие изменения:"
ITEM = (
    "1.{n}. В приложении № 2:",
    "1.{n}.1. в строке {n}.1 в графе 5 цифры «13863,2» заменить цифрами «14052,2», цифры «1» и «2» заменить соответственно цифрами «3» и «4»;",
    "1.{n}.2. строку «Объёмы финансирования» паспорта изложить в следующей редакции:",
    "«Общий объём финансирования программы «Развитие» составляет 100 тыс. рублей, в том числе по годам:",
    "2025 год - 50 тыс. рублей;",
    "2026 год - 50 тыс. рублей.»;",
    "1.{n}.3. раздел 3 после слов «в районе» дополнить словами «и поселениях».",
)
OPERATIONS = 5  # of an item


def act(items: int) -> tuple[Placed, ...]:
    """The operative part of an act with so many items, each of four instructions."""
    texts = [HEAD, *(line.format(n=n) for n in range(1, items + 1) for line in ITEM)]
    return tuple(Placed(Paragraph.of(text), Place(paragraph=number)) for number, text in enumerate(texts))


def pages(blocks: tuple[Placed, ...]) -> float:
    """How many pages of a usual size the blocks take."""
    return sum(len(block.text) for block in blocks) / PAGE


def measured(small: int, large: int, repetitions: int) -> tuple[float, float, float]:
    """Pages of the large act, its seconds, and the time for an item in it against that in the small one.

    An act of which not every instruction is understood is no measurement.
    """
    acts = {items: act(items) for items in (small, large)}
    for items, blocks in acts.items():
        made = [operation for reading in readings(blocks) for operation in reading.operations]
        if len(made) != items * OPERATIONS or any(operation.status for operation in made):
            raise SystemExit(f"{len(made)} operations were read, {items * OPERATIONS} are written")
    taken = in_turn({str(items): partial(readings, blocks) for items, blocks in acts.items()}, repetitions)
    return pages(acts[large]), taken[str(large)], (taken[str(large)] / large) / (taken[str(small)] / small)
