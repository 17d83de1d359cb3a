"""Tasks and activities while they are being read, and what a table of activities gives in the end."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import regex

from extractors.columns import Columns
from extractors.labels import Labels
from extractors.text import squeeze
from schemas.blocks import Cell, Table, Unread
from schemas.edition import Activity, Block, Heading, Repeated, Task
from schemas.place import Place

_AFTER_LABEL = regex.compile(
    r"^(?:(?:задача|подпрограмма|раздел|направление|блок)\b\s*(?:№\s*)?(?:(?:\d+(?:\.\d+)*|[IVX]+\b)\s*[:.)–—-]?|[:.])|(?:задача|цель)[^:.]{0,60}?[:.])\s*",
    regex.I,
)

_LEVELS = ("task", "group", "task_total", "group_total", "grand_total")
OUTER = "итог подпрограммы или цели: в записи редакции есть итоги задач и программы"


class Activities(NamedTuple):
    """What appendix 2 holds; `unknown_source`: whether money of some source was not understood, `unknown_year`: of some year."""

    tasks: tuple[Task, ...] = ()
    grand_total: Block = {}
    grand_total_place: Place | None = None
    headings: tuple[Heading, ...] = ()
    repeated: tuple[Repeated, ...] = ()
    unit: str | None = None
    unknown_source: bool = False
    unknown_year: bool = False
    unread: tuple[Unread, ...] = ()


def heading_name(text: str) -> str:
    """The name behind «Задача 2:», «Цель муниципальной программы:».

    >>> heading_name("Задача 3.  Развитие системы")
    'Развитие системы'
    """
    return _AFTER_LABEL.sub("", squeeze(text), count=1)


class Open:
    """An activity or a task that is still being read."""

    def __init__(self, number: str, name: str, place: Place) -> None:
        self.number, self.name, self.place = number, name, place
        self.years: Block = {}
        self.texts: dict[str, str] = {}
        self.places: dict[str, Place] = {}
        self.activities: list[Open] = []
        self.subtotal_place: Place | None = None

    def activity(self) -> Activity:
        """The activity as it was read."""
        return Activity(number=self.number, name=self.name, years=self.years, places=self.places, **self.texts)

    def task(self) -> Task:
        """The task with its activities as they were read."""
        made = tuple(activity.activity() for activity in self.activities)
        return Task(number=self.number, name=self.name, activities=made, subtotal=self.years,
                    place=self.place, subtotal_place=self.subtotal_place)  # fmt: skip


class Plan(NamedTuple):
    """Which rows head groups: tasks, or where a table has none, subprogrammes and sections.

    `is_one` tells that the rows speak of no more than one subprogramme: its total is the whole's.
    """

    tasked: bool
    is_one: bool

    def scope(self, family: str) -> str | None:
        """What a row of this family opens: "group", "total" of a group, "grand" total, or "outer": a level above the tasks.

        None for a family that is no level.
        """
        if family not in _LEVELS:
            return None
        if family == "task" or (family == "group" and not self.tasked):
            return "group"
        if family == "task_total" or (family == "group_total" and not self.tasked and not self.is_one):
            return "total"
        return "grand" if family == "grand_total" or (family == "group_total" and self.is_one) else "outer"


def plan(tables: Iterable[tuple[Table, Columns]], labels: Labels) -> Plan:
    """The plan of an appendix, from what stands in its columns of names."""
    cells = (cell for table, cols in tables for cell in _name_cells(table, cols))
    families = Counter(labels.family("rows", cell.text) for cell in dict.fromkeys(cells))
    groups = max(families["group"], families["group_total"])
    return Plan(bool(families["task"] or families["task_total"]), groups < 2 and not families["group"])


def _name_cells(table: Table, cols: Columns) -> Iterator[Cell]:
    for role in ("status", "name"):
        column = cols.roles.get(role)
        if column is not None:
            yield from (row[column] for row in table.grid[cols.header :])
