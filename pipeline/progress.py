"""Long work, seen by a person: a bar with rate and remaining time on a terminal, a plain line now and then in a log."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal

import click

from pipeline.wording import Words

_EVERY_SECONDS = 15
STAGE_WORDS = {"documents": "Документы", "steps": "Сравнение редакций"}
Told = Callable[[str, int, int | None], None]


@contextmanager
def progress(words: Words) -> Iterator[Told]:
    """What to call as the work goes on: the stage, how many are done, how many there are."""
    if sys.stderr.isatty():
        with _bar(words) as told:
            yield told
    else:
        yield _lines(words)


@contextmanager
def _bar(words: Words) -> Iterator[Told]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    rate = TextColumn("{task.fields[rate]}")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks = {stage: bar.add_task(words(name), total=None, visible=False, rate="") for stage, name in STAGE_WORDS.items()}

        def told(stage: str, done: int, total: int | None) -> None:
            speed = bar.tasks[list(tasks).index(stage)].speed
            bar.update(tasks[stage], completed=done, total=total, visible=True, rate=_rate(speed, words) if speed else "")

        yield told


def _rate(speed: float, words: Words) -> str:
    return words("{rate} в секунду", rate=words.number(Decimal(f"{speed:.1f}")))


def _lines(words: Words) -> Told:
    started: dict[str, float] = {}
    said: dict[str, float] = {}

    def told(stage: str, done: int, total: int | None) -> None:
        now = time.monotonic()
        since = now - started.setdefault(stage, now)
        is_last = total is not None and done == total
        if done and (now - said.setdefault(stage, started[stage]) >= _EVERY_SECONDS or is_last):
            said[stage] = now
            click.echo(_line(words, stage, done, total, since), err=True)

    return told


def _line(words: Words, stage: str, done: int, total: int | None, since: float) -> str:
    speed = done / since if since else 0.0
    text = f"{words(STAGE_WORDS[stage])}: {done}" + (f" / {total}" if total is not None else "")
    text += f", {_rate(speed, words)}" if speed else ""
    if total is not None and done < total and speed:
        text += ", " + words("осталось {minutes} мин", minutes=str(max(1, round((total - done) / speed / 60))))
    return text
