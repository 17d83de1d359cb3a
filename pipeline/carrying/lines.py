"""Rows and columns of tables, found by number, by name, by year, and as what they are (task, activity, indicator)."""

from collections.abc import Iterator
from typing import NamedTuple

from extractors import values
from extractors.inner import Inner, inner
from pipeline.carrying.former import Former, same_number
from pipeline.carrying.items import ordinal
from pipeline.carrying.naming import MARKS
from pipeline.carrying.paths import Path
from pipeline.carrying.scopes import Run, Scope, Slots, cells_of
from pipeline.carrying.tables import RowBlock, TableView, is_part
from schemas.amendment import Step, Unit
from schemas.blocks import Table
from schemas.place import Place


class Hit(NamedTuple):
    """A scope that a step leads to, and the liberties taken."""

    scope: Scope
    marks: tuple[str, ...] = ()


def hit(scope: Scope, *marks: str | None) -> Hit:
    """A hit with the marks that there are."""
    return Hit(scope, tuple(mark for mark in marks if mark))


def tables_in(scope: Scope, former: Former, nested: bool = False) -> Iterator[Slots]:
    """The tables of a scope: its own, of a run of blocks those that stand in it; `nested` those in its cells."""
    spots = former.spots
    if isinstance(scope, Slots):
        if scope.unit != Unit.PASSPORT:
            yield scope
        elif nested:
            for cell in cells_of(scope._replace(left=scope.content), spots):
                yield from _tables_below(cell, former)
    elif isinstance(scope, Run):
        for at in range(scope.start, scope.stop):
            path = (*scope.container, at)
            block = spots.nodes[path]
            if isinstance(block, Table):
                if not nested or path not in {slots.table for _, slots in former.passport_rows}:
                    yield _whole(path, block)
                if nested:
                    yield from (slots for n in range(len(block.cells)) for slots in _tables_below((*path, n), former))


def _tables_below(cell: Path, former: Former) -> Iterator[Slots]:
    for n, block in enumerate(former.spots.blocks(cell)):
        if isinstance(block, Table):
            yield _whole((*cell, n), block)


def _whole(path: Path, table: Table) -> Slots:
    return Slots(path, 0, len(table.grid), 0, table.width, Unit.TABLE)


def passport_rows(former: Former, step: Step) -> list[Hit]:
    """Rows of the passport by label, by number, by order."""
    rows = former.passport_rows
    if step.label:
        found, level = former.names.best(step.label, ((slots, [region.label.text]) for region, slots in rows if region.label),
                                         ("passport",), bool(step.described))  # fmt: skip
        return [hit(slots, MARKS[level]) for slots in found]
    numbered = [(former.view(slots.table).number(slots.top), slots) for _, slots in rows]
    if step.number and any(number for number, _ in numbered):
        return [hit(slots) for number, slots in numbered if same_number(number, step.number)]
    count = len(rows) if step.last else ordinal(step.number)
    return [hit(rows[count - 1][1], None if step.last else "row-by-order")] if count and 0 < count <= len(rows) else []


def rows(scope: Scope, step: Step, former: Former) -> list[Hit]:
    """Rows of the tables of a scope by number and name; a row within rows by its name, its year, its source."""
    found = [(slots, block) for slots in tables_in(scope, former, nested=_in_passport(scope, former)) for block in _blocks(slots, former)]
    is_part_of_row = isinstance(scope, Slots) and scope.unit not in (Unit.TABLE, Unit.COLUMN, Unit.TASK)
    if step.number and not (is_part_of_row and not step.label):
        found = [(slots, block) for slots, block in found if same_number(block.number, step.number)]
        if not step.label:
            return _ranged(found, step, scope, former) or _by_order(scope, step, former)
        return [hit(_slots(slots, block)) for slots, block in found if _is_named(block, step, former)]
    if step.label:
        whole = [] if is_part_of_row else _named([(s, b, b.labels) for s, b in found], step, former)
        return whole or _named(list(_single_rows(scope, former)), step, former)
    if step.last and found:
        return [hit(_slots(*found[-1]))]
    return []


def _in_passport(scope: Scope, former: Former) -> bool:
    return scope == former.passport or (isinstance(scope, Slots) and scope.unit == Unit.PASSPORT)


def _is_named(block: RowBlock, step: Step, former: Former) -> bool:
    return any(former.names.like(step.label or "", text, ("rows",), bool(step.described)) is not None for text in block.labels)


def _blocks(slots: Slots, former: Former) -> list[RowBlock]:
    return [block for block in former.view(slots.table).blocks if slots.top <= block.top and block.bottom <= slots.bottom]


def _slots(slots: Slots, block: RowBlock, unit: Unit = Unit.ROW) -> Slots:
    return slots._replace(top=block.top, bottom=block.bottom, unit=unit)


def _ranged(found: list[tuple[Slots, RowBlock]], step: Step, scope: Scope, former: Former) -> list[Hit]:
    """The rows of a number; from a number to another one for a range."""
    if not step.until:
        return [hit(_slots(slots, block)) for slots, block in found]
    last = rows(scope, step.model_copy(update={"number": step.until, "until": None}), former)
    pairs = [(slots, block, other.scope) for slots, block in found for other in last if isinstance(other.scope, Slots)]
    return [
        hit(_slots(slots, block)._replace(bottom=other.bottom))
        for slots, block, other in pairs
        if other.table == slots.table and other.top >= block.top
    ]


def _by_order(scope: Scope, step: Step, former: Former) -> list[Hit]:
    """The n-th row below the header of a table that has no numbers of its own."""
    count = ordinal(step.number)
    found = []
    for slots in tables_in(scope, former):
        view, blocks = former.view(slots.table), _blocks(slots, former)
        if count and view.number_column is None and not any(block.number for block in blocks) and count <= len(blocks):
            found.append(hit(_slots(slots, blocks[count - 1]), "row-by-order"))
    return found


def _single_rows(scope: Scope, former: Former) -> Iterator[tuple[Slots, RowBlock, tuple[str, ...]]]:
    """The rows of the grid one by one, each under the names that it bears itself."""
    for slots in tables_in(scope, former, nested=_in_passport(scope, former)):
        view = former.view(slots.table)
        for row in range(max(slots.top, view.header), slots.bottom):
            yield slots, RowBlock(row, row + 1, None, ()), view.names(row)


def _named(things: list[tuple[Slots, RowBlock, tuple[str, ...]]], step: Step, former: Former) -> list[Hit]:
    kinds = ("sources",) if is_part(step.label or "", former.labels) else ("rows",) if _is_total(step, former) else ()
    found, level = former.names.best(
        step.label or "", ((_slots(slots, block), texts) for slots, block, texts in things), kinds, bool(step.described)
    )
    return [hit(slots, MARKS[level]) for slots in found]


def _is_total(step: Step, former: Former) -> bool:
    family = former.labels.family("rows", step.label or "")
    return family in ("task_total", "group_total", "grand_total", "activity_total")


def flattened(scope: Scope, former: Former) -> Iterator[tuple[Path, Inner]]:
    """Tables of the passport that lost their lines: a text export leaves the cells of a nested table as paragraphs."""
    rows_ = (
        former.passport_rows if scope == former.passport else [(region, slots) for region, slots in former.passport_rows if slots == scope]
    )
    for region, slots in rows_:
        for cell in region.content:
            if cell.table() is None and (made := inner(region.table, cell)) is not None:
                yield former.spots.slot(slots.table, cell), made


def flattened_rows(scope: Scope, step: Step, former: Former) -> list[Hit]:
    """The rows of such a table by name, as runs of paragraphs."""
    things = []
    for path, made in flattened(scope, former):
        for row in made.rows:
            lines = (*row.label, *row.values)
            ats = [line.place.paragraph for line in lines if line.place.paragraph is not None]
            run = Run(path, min(ats), max(ats) + 1, Unit.ROW)
            things.append((run, [" ".join(line.text for line in row.label), *(line.text for line in row.label)]))
    found, level = former.names.best(step.label or "", things, ("sources",), bool(step.described))
    return [hit(run, MARKS[level]) for run in found]


def flattened_cell(scope: Run, step: Step, former: Former) -> list[Hit]:
    """The value under a year, or under «Всего», in a row of such a table."""
    year = values.year(step.label or "") or ("total" if is_part(step.label or "", former.labels) else None)
    found = []
    for path, made in flattened(former.passport, former) if former.passport else ():
        for row in made.rows:
            if path == scope.container and row.values and row.label[0].place.paragraph == scope.start and year in made.header:
                place: Place = row.values[made.header.index(year)].place
                if place.paragraph is not None:
                    found.append(hit(Run(path, place.paragraph, place.paragraph + 1, Unit.COLUMN)))
    return found


def columns(scope: Scope, step: Step, former: Former) -> list[Hit]:
    """Columns of the tables of a scope by number, by header, by year."""
    if isinstance(scope, Run) and scope.unit == Unit.ROW:
        return flattened_cell(scope, step, former)
    found: list[Hit] = []
    for slots in tables_in(scope, former, nested=_in_passport(scope, former)):
        found.extend(_columns_of(slots, former.view(slots.table), step, former))
    levels = [MARKS.index(one.marks[0]) if one.marks else 0 for one in found]
    return [one for one, level in zip(found, levels, strict=True) if level == min(levels)]


def _columns_of(slots: Slots, view: TableView, step: Step, former: Former) -> Iterator[Hit]:
    unit = Unit.COLUMN if slots.unit == Unit.TABLE else slots.unit
    if step.number is not None:
        count, until = ordinal(step.number), ordinal(step.until)
        spans = view.columns_at(count) if count else []
        if until:
            spans = [(left, right) for left, _ in spans for _, right in view.columns_at(until)]
        if step.label:
            named = {
                span
                for span, names in view.titled()
                if any(former.names.like(step.label, name, ("columns", "sources")) is not None for name in names)
            }
            spans = [span for span in spans if span in named]
        yield from (hit(slots._replace(left=left, right=right, unit=unit)) for left, right in spans)
        return
    if step.last:
        heads = view.heads[-1:]
        yield from (hit(slots._replace(left=head.column, right=head.column + head.column_span, unit=unit)) for head in heads)
        return
    found, level = former.names.best(step.label or "", view.titled(), ("columns", "sources"), bool(step.described))
    if not found:
        found, level = former.names.best(step.label or "", view.groups(), (), bool(step.described))
    yield from (hit(slots._replace(left=left, right=right, unit=unit), MARKS[level]) for left, right in found)


def tasks(scope: Scope, step: Step, former: Former) -> list[Hit]:
    """Tasks in the tables of a scope: from the row that heads the task up to the next, its subtotal with it."""
    found = []
    for slots in tables_in(scope, former):
        blocks = _blocks(slots, former)
        heads = [n for n, block in enumerate(blocks) if _task_of(block, former) is not None]
        for position, n in enumerate(heads):
            if (step.number and _task_of(blocks[n], former) == step.number) or (step.label and _is_named(blocks[n], step, former)):
                end = heads[position + 1] if position + 1 < len(heads) else len(blocks)
                end = next((k for k in range(n + 1, end) if _family(blocks[k], former) in ("grand_total", "goal")), end)
                found.append(hit(slots._replace(top=blocks[n].top, bottom=blocks[end - 1].bottom, unit=Unit.TASK)))
    return found


def _family(block: RowBlock, former: Former) -> str | None:
    return next((family for label in block.labels if (family := former.labels.family("rows", label))), None)


def _task_of(block: RowBlock, former: Former) -> str | None:
    """The number of the task that a row heads."""
    for label in block.labels:
        match = former.labels.match("rows", label)
        if match and match.family in ("task", "group"):
            return match.groups.get("task") or block.number or ""
    return None


def records(scope: Scope, step: Step, former: Former) -> list[Hit]:
    """Activities or indicators, by number and by name, in the tables that hold such."""
    wanted = "is_activities" if step.unit == Unit.ACTIVITY else "is_indicators"
    found: list[Hit] = []
    for slots in tables_in(scope, former, nested=_in_passport(scope, former)):
        nested = len(slots.table) > 1 and step.unit == Unit.INDICATOR
        if nested or getattr(former.view(slots.table).cols, wanted):
            found.extend(rows(slots, step.model_copy(update={"unit": Unit.ROW}), former))
    return [one._replace(scope=one.scope._replace(unit=step.unit)) if isinstance(one.scope, Slots) else one for one in found]
