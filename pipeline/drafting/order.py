"""Rows that went, came or bear another number → instructions, one after the other so that no number ever stands twice.

A row is called by the number that it bears at that moment: a row that takes the number of another
waits until that one has given it up. Where no such order exists, or rows changed places, the
appendix is better restated (`CannotTell`).
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from pipeline.drafting.bands import Band, steps
from pipeline.drafting.cutting import cut, whole_rows
from pipeline.drafting.instructions import Instruction, in_words, operation
from pipeline.drafting.phrases import deleted, one_value, operations, quoted, replacing
from schemas.amendment import Step, Verb
from schemas.blocks import Table

Pairs = Sequence[tuple[Band | None, Band | None]]


class CannotTell(Exception):
    """The difference of two tables is none that the words of an act can tell row by row."""


class Column(NamedTuple):
    """A column as an act calls it, and as a structural unit."""

    words: str
    step: Step


class _Task(NamedTuple):
    """One thing to be told: what gives a number up, what takes it."""

    gives: tuple[str | None, str] | None
    takes: tuple[tuple[str | None, str], ...]
    line: Instruction


def ordered(pairs: Pairs, latter: Sequence[Band], appendix: Step, column: Callable[[Band], Column | None]) -> list[Instruction]:
    """The instructions for everything but the content of rows that stayed; `column` is where a band's number stands."""
    former = [was for was, _ in pairs if was is not None]
    became = {id(becomes): was for was, becomes in pairs if was is not None and becomes is not None}
    stayed = [became[id(band)] for band in latter if id(band) in became]
    if [was.first for was in stayed if was.table is former[0].table] != sorted(was.first for was in stayed if was.table is former[0].table):
        raise CannotTell
    waiting = [_gone(was, former, appendix) for was, becomes in pairs if was is not None and becomes is None]
    waiting += [_renumbered(was, becomes, former, appendix, column) for was, becomes in pairs
                if was is not None and becomes is not None and was.kind == "thing" and was.number != becomes.number]  # fmt: skip
    waiting += [_come(run, anchor, former, appendix) for run, anchor in _runs(latter, became)]
    return _in_order(waiting, {_number(band) for band in former if band.kind == "thing"})


def _in_order(waiting: list[_Task], held: set[tuple[str | None, str]]) -> list[Instruction]:
    """Each as soon as the numbers that it takes are free."""
    found: list[Instruction] = []
    while waiting:
        ready = next((task for task in waiting if not set(task.takes) & held), None)
        if ready is None:
            raise CannotTell
        waiting.remove(ready)
        held = held - {ready.gives} | set(ready.takes)
        found.append(ready.line)
    return found


def _number(band: Band) -> tuple[str | None, str]:
    return (band.address.task if band.address else None), band.number or band.label


def _named(band: Band, former: Iterable[Band]) -> tuple[str, tuple[Step, ...]]:
    """How a band is called, in words and as a unit."""
    path = steps(band, former)
    if path is None:
        raise CannotTell
    return " ".join(filter(None, (path[0].number, quoted(path[0].label) if path[0].label else ""))), path


def _gone(was: Band, former: Sequence[Band], appendix: Step) -> _Task:
    if was.kind != "thing" or not whole_rows(was.table, was.first, was.stop):
        raise CannotTell
    words, path = _named(was, former)
    return _Task(_number(was), (), deleted(f"строку {words}", (appendix, *path)))


def _renumbered(was: Band, becomes: Band, former: Sequence[Band], appendix: Step, column: Callable[[Band], Column | None]) -> _Task:
    place = column(was)
    numbers = [_written(band, place) for band in (was, becomes)]
    if place is None or not all(numbers):
        raise CannotTell
    words, path = _named(was, former)
    change = (one_value(*numbers),)
    line = Instruction(
        f"в строке {words} в графе {place.words} {replacing(change)}", operations=operations((appendix, *path, place.step), change)
    )
    return _Task(_number(was), (_number(becomes),), line)


def _written(band: Band, place: Column | None) -> str:
    """The number as it is written in its cell, where it stands there alone."""
    for cell in band.rows[0]:
        text = cell.text.strip()
        if place and text.rstrip(". ") == band.number:
            return text
    return ""


def _runs(latter: Sequence[Band], became: dict[int, Band]) -> list[tuple[list[Band], Band]]:
    """New bands that stand together, each run with the former band behind which it comes."""
    found: list[tuple[list[Band], Band]] = []
    anchor: Band | None = None
    run: list[Band] = []
    for band in latter:
        if id(band) in became:
            anchor, run = became[id(band)], []
            continue
        if band.kind != "thing" or anchor is None or anchor.kind == "header" or not whole_rows(band.table, band.first, band.stop):
            raise CannotTell
        run.append(band)
        if len(run) == 1:
            found.append((run, anchor))
    return found


def _come(run: list[Band], anchor: Band, former: Sequence[Band], appendix: Step) -> _Task:
    words, path = _named(anchor, former)
    tables = [cut(band.table, band.first, band.stop) for band in run]
    heights = [len(table.grid) for table in tables]
    cells = tuple(cell._replace(row=cell.row + sum(heights[:n])) for n, table in enumerate(tables) for cell in table.cells)
    payload = (Table(0, cells),)
    what = "строкой" if len(run) == 1 else "строками"
    if all(band.number for band in run):  # rows without a number are named by their words alone
        what = f"{what} {' - '.join(dict.fromkeys((run[0].number, run[-1].number)))}"
    made = operation(Verb.ADD, (appendix,), new=in_words(payload), payload=payload, after=(appendix, *path))
    text = f"после строки {words} дополнить {what} следующего содержания"
    return _Task(None, tuple(map(_number, run)), Instruction(text, payload, (), (made,)))
