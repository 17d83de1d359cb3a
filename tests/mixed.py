"""Random steps of an edition, with edits of many kinds at once; every thing is followed from the old record into the new one.

The edits are made in the edition's record; what is true of the step tells `mixed_truth`.
"""

import random
from collections.abc import Callable, Iterator
from copy import deepcopy
from decimal import Decimal
from typing import Any

from schemas.address import SOURCES
from schemas.edition import Edition

Record = dict[str, Any]
Key = tuple[Any, ...]
Cells = dict[Key, Decimal]
ZERO = Decimal(0)
WORDS = (
    "устройство", "тротуаров", "озеленение", "мостов", "ливневой", "канализации", "перевозка", "школьников", "закупка", "техники",
    "паспортизация", "кадастровых", "участков", "обследование", "переправ", "разметка", "остановок", "светофоров", "ограждений", "обочин",
)  # fmt: skip


class Scene:
    """A record being edited, with what each thing of it was before."""

    def __init__(self, edition: Edition, seed: int) -> None:
        self.edition, self.chance = edition, random.Random(seed)
        self.record: Record = edition.record()
        self.before: Record = deepcopy(self.record)
        self.was: dict[int, Key] = {}  # id of a dict of the record → what it is
        self.keep: list[Any] = []
        self.touched: set[Any] = set()
        self.done: list[str] = []
        self.moves: list[Key] = []
        self.form: set[Key] = set()
        for record, keeps in ((self.before, False), (self.record, True)):
            for key, thing in things(record):
                if keeps:
                    self.was[id(thing)] = key
                    self.keep.append(thing)
        self.paragraphs = [[("paragraph", n, m) for m in range(len(s["paragraphs"]))] for n, s in enumerate(self.record["sections"])]
        self.totals: dict[Key, str] = {}  # totals that are not carried along: "stale" or "wrong"
        self.years = [year for year in next(iter(self.activities()))["years"] if year != "total"] if list(self.activities()) else []

    def activities(self) -> Iterator[Record]:
        for task in self.record["tasks"]:
            yield from task["activities"]

    def key(self, thing: Record) -> Key:
        return self.was.setdefault(id(thing), ("new", len(self.was)))

    def adopt(self, thing: Record) -> None:
        self.keep.append(thing)
        self.was[id(thing)] = ("new", len(self.keep))

    def free(self, things: list[Any]) -> Any:
        """A thing that no other edit has touched, or None."""
        left = [thing for thing in things if id(thing) not in self.touched]
        if not left:
            return None
        chosen = self.chance.choice(left)
        self.touched.add(id(chosen))
        return chosen

    def words(self, n: int) -> str:
        return " ".join(self.chance.sample(WORDS, n))


def things(record: Record) -> Iterator[tuple[Key, Record]]:
    """Everything of a record that has a name."""
    for n, task in enumerate(record["tasks"]):
        yield ("task", n), task
        for m, activity in enumerate(task["activities"]):
            yield ("activity", n, m), activity
    for n, indicator in enumerate(record["indicators"]):
        yield ("indicator", n), indicator
    for n, indicator in enumerate(record["passport"]["indicators"]):
        yield ("passport-indicator", n), indicator
    for n, funding in enumerate(record["passport"]["funding"]):
        yield ("funding", n), funding
    for n, row in enumerate(record["passport"]["rows"]):
        yield ("row", n), row
    for n, section in enumerate(record["sections"]):
        yield ("section", n), section


def write(cell: Record, value: Decimal) -> None:
    cell |= {"raw": f"{value:f}".replace(".", ","), "value": f"{value:f}", "marks": []}


def amounts(scene: Scene) -> None:
    """Other figures in some cells of one activity, its own rows carried along."""
    activity = scene.free(list(scene.activities()))
    if activity is None:
        return
    for year in scene.chance.sample(scene.years, min(len(scene.years), scene.chance.randint(1, 3))):
        row = activity["years"].get(year)
        columns = (row and [source for source in SOURCES if row.get(source)]) or (row and row.get("total") and ["total"])
        if columns:
            column = scene.chance.choice(columns)
            old = value(row[column])
            if old is None:
                continue
            new = max(ZERO, old + Decimal(scene.chance.randint(-400, 900)) / 10) + Decimal("0.1")
            write(row[column], new)
            if column != "total" and row.get("total") and value(row["total"]) is not None:
                write(row["total"], value(row["total"]) + new - old)
    scene.done.append("amounts")


def between_activities(scene: Scene) -> None:
    """Money goes from one activity to another of any task."""
    one, other = scene.free(list(scene.activities())), scene.free(list(scene.activities()))
    if one is None or other is None:
        return
    year = scene.chance.choice(scene.years)
    for source in SOURCES:
        rows = [a["years"].get(year) for a in (one, other)]
        if all(row and row.get(source) and value(row[source]) for row in rows) and all(row.get("total") for row in rows):
            part = value(rows[0][source]) / 2
            part = part.quantize(Decimal("0.1"))
            if not part or part > value(rows[0][source]):
                continue
            for row, sign in zip(rows, (-1, 1), strict=True):
                write(row[source], value(row[source]) + sign * part)
                write(row["total"], value(row["total"]) + sign * part)
            scene.done.append("between activities")
            return


def next_number(task: Record) -> str:
    """The number of a further activity, in the manner of those that are there."""
    numbers = [activity["number"].rpartition(".") for activity in task["activities"]]
    last = max([int(own) for _, _, own in numbers if own.isdigit()] or [0]) + 1
    return f"{task['number']}.{last}" if task["number"] and all(dot for _, dot, _ in numbers) else str(last)


def new_activity(scene: Scene, task: Record, name: str, like: Record) -> Record:
    activity = deepcopy(like)
    activity |= {"name": name, "number": next_number(task)}
    scene.adopt(activity)
    scene.touched.add(id(activity))
    return activity


def add(scene: Scene) -> None:
    task = scene.chance.choice(scene.record["tasks"])
    like = scene.chance.choice(list(scene.activities()))
    activity = new_activity(scene, task, scene.words(4).capitalize(), like)
    activity |= {"responsible": "Отдел " + scene.words(1), "result": scene.words(2), "term": "2027-2030"}
    for year, row in activity["years"].items():
        columns = [source for source in SOURCES if row.get(source)]
        chosen = scene.chance.choice(columns) if columns else "total"
        new = Decimal(scene.chance.randint(1, 5000)) / 10 if year != "total" else ZERO
        for column in columns:
            write(row[column], new if column == chosen else ZERO)
        if row.get("total"):
            write(row["total"], new)
        if row.get("result") is not None:
            row["result"] = str(scene.chance.randint(200, 900))
    resum(activity)
    task["activities"].append(activity)
    scene.done.append("add")


def resum(activity: Record) -> None:
    if "total" in activity["years"]:
        for column in ("total", *SOURCES):
            if activity["years"]["total"].get(column):
                write(
                    activity["years"]["total"][column],
                    sum((value(r[column]) or ZERO for y, r in activity["years"].items() if y != "total"), ZERO),
                )


def remove(scene: Scene) -> None:
    """Without one activity; those behind it keep their numbers, or move up."""
    tasks = [task for task in scene.record["tasks"] if len(task["activities"]) > 1]
    if not tasks:
        return
    task = scene.chance.choice(tasks)
    activity = scene.free(task["activities"])
    if activity is None:
        return
    at = next(n for n, one in enumerate(task["activities"]) if one is activity)
    shift = scene.chance.random() < 0.5 and all(id(a) not in scene.touched for a in task["activities"][at + 1 :])
    if shift:
        for later, number in zip(task["activities"][at + 1 :], [a["number"] for a in task["activities"][at:-1]], strict=True):
            later["number"] = number
            scene.touched.add(id(later))
    del task["activities"][at]
    scene.done.append("remove" + (" and renumber" if shift else ""))


def move(scene: Scene) -> None:
    """An activity into another task, with a number of that task."""
    if len(scene.record["tasks"]) < 2:
        return
    sources = [task for task in scene.record["tasks"] if len(task["activities"]) > 1]
    if not sources:
        return
    task = scene.chance.choice(sources)
    activity = scene.free(task["activities"])
    if activity is None:
        return
    target = scene.chance.choice([other for other in scene.record["tasks"] if other is not task])
    task["activities"] = [one for one in task["activities"] if one is not activity]
    activity["number"] = next_number(target)
    target["activities"].append(activity)
    scene.done.append("move")


def renumber(scene: Scene) -> None:
    activity = scene.free(list(scene.activities()))
    if activity is not None:
        activity["number"] += "1"
        scene.done.append("renumber")


def rename(scene: Scene) -> None:
    """One word more in the name of an activity, a task or an indicator."""
    pool = [*scene.activities(), *(t for t in scene.record["tasks"] if t["name"]), *scene.record["indicators"]]
    thing = scene.free(pool)
    if thing is not None:
        thing["name"] += " и " + scene.words(1)
        scene.done.append("rename")


def split(scene: Scene) -> None:
    """A part of an activity's money goes to a new one of a like name."""
    for task in scene.record["tasks"]:
        pool = [a for a in task["activities"] if id(a) not in scene.touched]
        scene.chance.shuffle(pool)
        for activity in pool:
            found = [
                (row, source)
                for year, row in activity["years"].items()
                if year != "total"
                for source in SOURCES
                if row.get(source) and (value(row[source]) or ZERO) > 2 and row.get("total")
            ]
            if found and "total" not in activity["years"]:
                row, source = scene.chance.choice(found)
                year = next(y for y, r in activity["years"].items() if r is row)
                other = new_activity(scene, task, activity["name"] + ": " + scene.words(2), activity)
                for r in other["years"].values():
                    for column in ("total", *SOURCES):
                        if r.get(column):
                            write(r[column], ZERO)
                    if r.get("result") is not None:
                        r["result"] = ""
                part = (value(row[source]) / 2).quantize(Decimal("0.1"))
                for column in (source, "total"):
                    write(other["years"][year][column], part)
                    write(row[column], value(row[column]) - part)
                scene.touched.add(id(activity))
                task["activities"].append(other)
                scene.done.append("split")
                return


def indicators(scene: Scene) -> None:
    """Values of an indicator lowered or raised."""
    indicator = scene.free([*scene.record["indicators"], *scene.record["passport"]["indicators"]])
    if indicator is None:
        return
    for cell in indicator["values"].values():
        if value(cell) is not None and scene.chance.random() < 0.5:
            write(cell, value(cell) + scene.chance.choice([-1, 2, 5]))
    scene.done.append("indicator")


def remove_indicator(scene: Scene) -> None:
    indicator = scene.free(scene.record["indicators"])
    if indicator is not None and len(scene.record["indicators"]) > 2:
        scene.record["indicators"] = [one for one in scene.record["indicators"] if one is not indicator]
        scene.done.append("remove indicator")


def texts(scene: Scene) -> None:
    """Words of a term, an executor, a result, a row of the passport, a method."""
    match scene.chance.randint(0, 2):
        case 0:
            activity = scene.free(list(scene.activities()))
            if activity is not None:
                column = scene.chance.choice(["term", "responsible", "result"])
                activity[column] = (activity[column] + " " + scene.words(1)).strip()
        case 1:
            row = scene.free([r for r in scene.record["passport"]["rows"] if r["field"] not in ("indicators", "funding")])
            if row is not None:
                row["text"] += " " + scene.words(2)
        case _:
            indicator = scene.free(scene.record["indicators"])
            if indicator is not None and indicator["method"] is not None:
                indicator["method"] += " " + scene.words(1)
    scene.done.append("texts")


def paragraphs(scene: Scene) -> None:
    """A paragraph altered by words, removed, added, moved."""
    known = [(n, s) for n, s in enumerate(scene.record["sections"]) if len(s["paragraphs"]) > 3 and ("section", n) not in scene.touched]
    if not known:
        return
    n, section = scene.chance.choice(known)
    scene.touched.add(("section", n))
    own = section["paragraphs"]
    at = scene.chance.randrange(len(own))
    match scene.chance.randint(0, 3):
        case 0:
            parts = own[at].split(" ")
            if len(parts) < 4:
                return
            parts[scene.chance.randrange(len(parts))] = scene.words(1)
            own[at] = " ".join(parts)
        case 1:
            del own[at], section["places"][at], scene.paragraphs[n][at]
        case 2:
            own.insert(at, scene.words(8))
            section["places"].insert(at, {"line": 1})
            scene.paragraphs[n].insert(at, ("new",))
        case _:
            to = scene.chance.randrange(len(own))
            if abs(to - at) < 2 or own.count(own[at]) > 1 or len(own[at]) < 30:
                return
            for list_ in (own, section["places"], scene.paragraphs[n]):
                list_.insert(to, list_.pop(at))
            scene.moves.append(scene.paragraphs[n][to])
    scene.done.append("paragraphs")


def forms(scene: Scene) -> None:
    """Another form and nothing else: of a figure, of a text."""
    if scene.chance.random() < 0.5:
        cells = [
            r[c]
            for a in scene.activities()
            if id(a) not in scene.touched
            for y, r in a["years"].items()
            for c in SOURCES
            if r.get(c) and value(r[c])
        ]
        if cells:
            cell = scene.chance.choice(cells)
            raw = cell["raw"]
            new = scene.chance.choice([raw.replace(",", ",,"), raw.replace(",", "."), raw + "0" if "," in raw else raw + ",0", raw])
            if new.strip() != raw.strip():
                cell["raw"] = new
                cell["marks"] = ["doubled-separator"] if ",," in new else ["decimal-point"] if "." in new else []
                if new.endswith("0") and new != raw and ",," not in new and "." not in new:
                    cell["value"] = new.replace(",", ".").replace(" ", "").replace("\u00a0", "")
                scene.done.append("form of a figure")
    else:
        activity = scene.free(list(scene.activities()))
        if activity is not None:
            column = scene.chance.choice(["name", "responsible", "result"])
            text = activity[column]
            new = scene.chance.choice([text.replace("е", "ё", 1), text + ".", text.upper()])
            if new != text and text:
                activity[column] = new
                scene.form.add((scene.key(activity), column))
                scene.done.append("form of a text")


def extend(scene: Scene) -> None:
    """The period becomes a year longer, in every table."""
    if "extend" in scene.touched or not scene.years:
        return
    scene.touched.add("extend")
    last, new = scene.years[-1], str(int(scene.years[-1]) + 1)
    for activity in scene.activities():
        if last in activity["years"]:
            row = deepcopy(activity["years"][last])
            columns = [c for c in SOURCES if row.get(c)]
            for column in columns:
                write(row[column], Decimal(scene.chance.randint(0, 900)) / 10 if scene.chance.random() < 0.5 else ZERO)
            if row.get("total"):
                write(row["total"], sum((value(row[c]) for c in columns), ZERO) if columns else Decimal(scene.chance.randint(0, 900)) / 10)
            activity["years"][new] = row
    for task in scene.record["tasks"]:
        if last in task["subtotal"]:
            task["subtotal"][new] = deepcopy(task["subtotal"][last])
    if last in scene.record["grand_total"]:
        scene.record["grand_total"][new] = deepcopy(scene.record["grand_total"][last])
    for indicator in [*scene.record["indicators"], *scene.record["passport"]["indicators"]]:
        if last in indicator["values"]:
            indicator["values"][new] = deepcopy(indicator["values"][last])
    for funding in scene.record["passport"]["funding"]:
        if last in funding["years"]:
            funding["years"][new] = deepcopy(funding["years"][last])
    scene.years = [*scene.years, new]
    scene.done.append("extend")


def add_source(scene: Scene) -> None:
    """A column for a source that no table had, empty but for one activity."""
    blocks = [scene.record["grand_total"], *(t["subtotal"] for t in scene.record["tasks"]), *(a["years"] for a in scene.activities())]
    rows = [row for block in blocks for row in block.values()]
    activity = scene.free(list(scene.activities()))
    if activity is None or any(row.get("settlement") or not row.get("district") for row in rows) or "source" in scene.touched:
        return
    scene.touched.add("source")
    for row in rows:
        row["settlement"] = deepcopy(row["district"])
        write(row["settlement"], ZERO)
    row = activity["years"][scene.chance.choice(scene.years)]
    new = Decimal(scene.chance.randint(1, 900)) / 10
    if row.get("total") and value(row["total"]) is not None:
        write(row["settlement"], new)
        write(row["total"], value(row["total"]) + new)
    resum(activity)
    funding = scene.record["passport"]["funding"]
    if funding and all(one["source"] != "settlement" for one in funding):
        like = deepcopy(funding[0])
        like |= {"source": "settlement", "label": "бюджеты поселений"}
        for cell in [*like["years"].values(), *([like["total"]] if like["total"] else [])]:
            write(cell, ZERO)
        scene.adopt(like)
        funding.insert(len(funding) - 1, like)
    scene.done.append("add source")


def stale(scene: Scene) -> None:
    """Some total is not carried along, or wrongly."""
    found = list(totals_of(scene.record, scene.key))
    if found:
        for _ in range(scene.chance.randint(1, 2)):
            scene.totals[scene.chance.choice(found)] = scene.chance.choice(["stale", "wrong"])
        scene.done.append("stale totals")


EDITS: tuple[Callable[[Scene], None], ...] = (
    amounts, amounts, between_activities, add, remove, move, renumber, rename, split, indicators, remove_indicator,
    texts, texts, paragraphs, paragraphs, forms, forms, extend, add_source, stale,
)  # fmt: skip


def value(cell: Record | None) -> Decimal | None:
    """The money of a cell: blank is nothing, what cannot be read is not known."""
    if cell is None:
        return None
    if cell["value"] is None:
        return None if cell["raw"].strip() and "not-applicable" not in cell["marks"] else ZERO
    return Decimal(cell["value"])


def cells_of(record: Record, key: Callable[[Record], Key]) -> dict[Key, Record]:
    """Every cell of money under what it is."""
    found: dict[Key, Record] = {}
    for task in record["tasks"]:
        for activity in task["activities"]:
            for year, row in activity["years"].items():
                found |= {(key(activity), year, c): row[c] for c in ("total", *SOURCES) if row.get(c)}
        for year, row in task["subtotal"].items():
            found |= {(key(task), year, c): row[c] for c in ("total", *SOURCES) if row.get(c)}
    for year, row in record["grand_total"].items():
        found |= {(("grand",), year, c): row[c] for c in ("total", *SOURCES) if row.get(c)}
    for funding in record["passport"]["funding"]:
        rows = funding["years"] | ({"total": funding["total"]} if funding["total"] else {})
        found |= {(("passport", funding["source"]), year, funding["source"]): cell for year, cell in rows.items()}
    return found


def sums_of(record: Record, key: Callable[[Record], Key]) -> dict[Key, list[list[Key]]]:
    """Of each total, the ways in which it is a sum: lists of cells."""
    cells = cells_of(record, key)
    blocks: dict[Key, list[str]] = {}
    for owner, year, _ in cells:
        if year not in blocks.setdefault(owner, []):
            blocks[owner].append(year)
    inner = {key(task): [key(a) for a in task["activities"]] for task in record["tasks"]}
    inner[("grand",)] = [key(task) if task["subtotal"] else key(a) for task in record["tasks"] for a in (task["activities"] or [task])]
    inner[("grand",)] = list(dict.fromkeys(inner[("grand",)]))
    sources = [f["source"] for f in record["passport"]["funding"] if f["source"] != "total"]
    found: dict[Key, list[list[Key]]] = {}
    for owner, year, column in cells:
        ways = []
        if owner[0] == "passport":
            if column == "total":
                ways.append([(("passport", s), year, s) for s in sources])
            ways.append([(("grand",), year, column)])
            if year == "total":
                ways.append([(owner, y, column) for y in blocks[owner] if y != "total"])
        else:
            if column == "total":
                ways.append([(owner, year, s) for s in SOURCES])
            if year == "total":
                ways.append([(owner, y, column) for y in blocks[owner] if y != "total"])
            ways.append([cell for part in inner.get(owner, []) for cell in stated(cells, (part, year, column))])
        ways = [[term for term in way if term in cells] for way in ways]
        if any(ways):
            found[owner, year, column] = [way for way in ways if way]
    return found


def stated(cells: dict[Key, Record], key: Key) -> list[Key]:
    """The cell itself; of a total in a table without such a column, the sources that make it."""
    owner, year, column = key
    return [key] if column != "total" or key in cells else [(owner, year, source) for source in SOURCES]


def totals_of(record: Record, key: Callable[[Record], Key]) -> list[Key]:
    return [k for k in sums_of(record, key) if k[0][0] in ("grand", "passport", "task")]


def carry(scene: Scene) -> None:
    """All totals of tasks, programme and passport move as the activities did, but for those that are to be stale or wrong."""
    old_key = {id(thing): key for key, thing in things(scene.before)}
    before, after = cells_of(scene.before, lambda t: old_key[id(t)]), cells_of(scene.record, scene.key)
    of_task = {scene.key(a): scene.key(task) for task in scene.record["tasks"] for a in task["activities"]}
    was_of_task = {old_key[id(a)]: old_key[id(task)] for task in scene.before["tasks"] for a in task["activities"]}
    moved: dict[Key, Decimal] = {}

    def count(owner: Key, year: str, column: str, delta: Decimal) -> None:
        for target in (owner, ("grand",)):
            for y in (year, "total"):
                moved[target, y, column] = moved.get((target, y, column), ZERO) + delta

    for sign, cells, task in ((-1, before, was_of_task), (1, after, of_task)):
        for (owner, year, column), cell in cells.items():
            if owner in task and year != "total":
                count(task[owner], year, column, sign * (value(cell) or ZERO))
    for (owner, year, column), cell in after.items():
        if owner in of_task:
            continue
        source = ("grand",) if owner[0] == "passport" else owner
        delta = moved.get((source, year, column), ZERO)
        former = before.get((owner, year, column))
        base = value(former) if former is not None else ZERO
        mode = scene.totals.get((owner, year, column))
        if base is None or (mode == "stale" and former is not None):
            continue
        if mode == "wrong":
            delta += Decimal("13.7")
        if delta or former is None:
            new = base + delta
            write(cell, new)


def step(edition: Edition, seed: int, most: int = 7) -> Scene:
    """A random step from the edition."""
    scene = Scene(edition, seed)
    for _ in range(scene.chance.randint(1, most)):
        scene.chance.choice(EDITS)(scene)
    carry(scene)
    return scene
