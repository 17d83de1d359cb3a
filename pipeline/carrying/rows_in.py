"""Rows that come into a table: of the appendices, of the passport, of the tables in its cells."""

from collections.abc import Sequence

from extractors import values
from pipeline.carrying.edits import PutRows
from pipeline.carrying.former import Former, same_number
from pipeline.carrying.lines import Hit, tables_in
from pipeline.carrying.numbers import is_related, order, parsed, predecessor
from pipeline.carrying.paths import Path
from pipeline.carrying.payload import (
    Rows,
    beside_spans,
    cell_of,
    compressed,
    fitted,
    from_text,
    number_of,
    rows_of,
    the_table,
    without_header,
)
from pipeline.carrying.plan import Plan, Refused, behind, plan
from pipeline.carrying.resolve import resolve
from pipeline.carrying.restate import checked
from pipeline.carrying.scopes import Scope, Slots, shown
from pipeline.carrying.tables import RowBlock, TableView
from schemas.amendment import Operation, Step, Unit
from schemas.blocks import Block
from schemas.finding import phrase

_TOTALS = ("task_total", "group_total", "grand_total", "activity_total", "total")


def add_rows(operation: Operation, former: Former, holder: Hit, new: Step | None, blocks: tuple[Block, ...]) -> Plan:
    """New rows at the place that their number, their year or the act implies."""
    table = the_table(blocks)
    given = rows_of(table) if table else None
    slots = _table_for(holder.scope, given, operation, former)
    view = former.view(slots.table)
    rows = fitted(without_header(given, view), view) if given else _worded(operation, view, new, former)
    number = number_of(rows) or (new.number if new else None)
    at, extend, marks = _spot(operation, former, slots, rows, number)
    cells = beside_spans(rows, former.spots.table(slots.table), (at, at), [path[-1] for path in extend])
    edit = PutRows(slots.table, at, at, cells, rows.height, extend, order(number))
    scope = Slots(slots.table, max(0, at - 1), max(1, at), 0, view.table.width, Unit.ROW)
    return plan(holder, former, checked([edit], former), marks, scope=scope)


def _table_for(scope: Scope, given: Rows | None, operation: Operation, former: Former) -> Slots:
    """The table to which rows are added: the one of the scope; of several the one that has as many columns."""
    if scope == former.passport:
        found = [_whole(slots.table, former) for _, slots in former.passport_rows[-1:]]
    elif isinstance(scope, Slots) and scope.unit != Unit.PASSPORT:
        found = [scope]
    else:
        found = list(tables_in(scope, former, nested=isinstance(scope, Slots)))
    if operation.after and len(found) > 1:
        known = {one.scope.table for one in resolve(operation.after, former, [scope]).hits if isinstance(one.scope, Slots)}
        found = [slots for slots in found if slots.table in known] or found
    if given and len(found) > 1:
        widths = (given.width, compressed(given).width)
        found = [
            slots for slots in found if {former.spots.table(slots.table).width, len(former.view(slots.table).heads)}.intersection(widths)
        ]
    if len(found) != 1:
        raise Refused(
            phrase("не сказано, в какую из таблиц добавить строку: подходящих таблиц {count}", count=len(found)),
            (shown(slots, former.spots) for slots in found),
            absent=not found,
        )
    return found[0]


def _whole(path: Path, former: Former) -> Slots:
    table = former.spots.table(path)
    return Slots(path, 0, len(table.grid), 0, table.width, Unit.TABLE)


def _worded(operation: Operation, view: TableView, new: Step | None, former: Former) -> Rows:
    """A row given in words: column by column, or line by line with marks between the cells."""
    if operation.by_column:
        return _by_column(operation.by_column, view, new, former)
    rows = from_text(operation.new or "", view)
    if rows is None:
        raise Refused(phrase("новая строка дана словами, и не понять, что стоит в какой графе"))
    return fitted(rows, view)


def _by_column(said: Sequence[tuple[str, str]], view: TableView, new: Step | None, former: Former) -> Rows:
    """«в столбце "Исполнитель": …»: each text to the column that is called so; the others are blank, but for the number."""
    texts: dict[int, str] = {}
    for name, text in said:
        spans, _ = former.names.best(name, view.titled(), ("columns", "sources"))
        if len(spans) != 1:
            raise Refused(phrase("графа «{name}» не найдена, или их несколько", name=name))
        texts[spans[0][0]] = text
    if new and new.number and view.number_column is not None:
        texts.setdefault(view.number_column, new.number)
    cells = [cell_of(texts.get(head.column, ""), 0, head.column, 1, head.column_span) for head in view.heads]
    return Rows(tuple(cells), 1, view.table.width)


def _spot(operation: Operation, former: Former, slots: Slots, rows: Rows, number: str | None) -> tuple[int, tuple[Path, ...], list[str]]:
    """The row before which the new ones come, the cells that are to go over them too, and the liberties taken."""
    view = former.view(slots.table)
    if operation.after:
        within = slots if slots.unit == Unit.TABLE else _whole(slots.table, former)
        other = behind(operation, former, _rows_scope(within, former))
        if not isinstance(other, Slots) or other.table != slots.table:
            raise Refused(phrase("строка, за которой должна стоять новая, не найдена в указанной таблице"), [shown(other, former.spots)])
        return (other.top, (), []) if operation.before else (other.bottom, _part_ends(other, former), [])
    if slots.unit in (Unit.ROW, Unit.ACTIVITY, Unit.INDICATOR):
        return _part(slots, rows, former)
    blocks = [block for block in view.blocks if slots.top <= block.top and block.bottom <= slots.bottom]
    if number and any(block.number for block in blocks):
        return _by_number(number, blocks, former, slots), (), []
    end = next((n for n, block in reversed(list(enumerate(blocks))) if not _is_total(block, former)), len(blocks) - 1)
    if 0 <= end < len(blocks) - 1 and slots.unit != Unit.PASSPORT and not _is_total_row(rows, former):
        return blocks[end].bottom, (), ["before-the-totals"]
    return slots.bottom, (), ["at-the-end"]


def _rows_scope(slots: Slots, former: Former) -> list[Scope]:
    """Where the row named in «после строки …» is looked for: in the table, of the passport among its rows."""
    if former.passport and slots.table in {known.table for _, known in former.passport_rows}:
        return [former.passport]
    return [slots]


def _is_total(block: RowBlock, former: Former) -> bool:
    return block.number is None and any(former.labels.family("rows", label) in _TOTALS for label in block.labels)


def _is_total_row(rows: Rows, former: Former) -> bool:
    return any(former.labels.family("rows", cell.text) in _TOTALS for cell in rows.cells if cell.text.strip())


def _by_number(number: str, blocks: Sequence[RowBlock], former: Former, slots: Slots) -> int:
    """Behind the row with the greatest smaller number; a new head (6 behind 5.6) behind the totals of what it follows."""
    same = [block for block in blocks if same_number(block.number, number)]
    if same:
        raise Refused(
            phrase("строка {number} уже есть", number=number),
            (shown(slots._replace(top=block.top, bottom=block.bottom), former.spots) for block in same),
        )
    at = predecessor(number, [block.number for block in blocks])
    if at is None:
        first = next(block for block in blocks if block.number)
        if not is_related(number, first.number):
            raise Refused(phrase("не понять, где среди номеров таблицы место номеру {number}", number=number), [shown(slots, former.spots)])
        return first.top
    if not is_related(number, blocks[at].number) and len(parsed(number) or ()) > 1:
        raise Refused(phrase("не понять, где среди номеров таблицы место номеру {number}", number=number), [shown(slots, former.spots)])
    is_head = len(parsed(number) or ()) < len(parsed(blocks[at].number) or ())
    while is_head and at + 1 < len(blocks) and _is_total(blocks[at + 1], former) and not _is_grand(blocks[at + 1], former):
        at += 1
    return blocks[at].bottom


def _is_grand(block: RowBlock, former: Former) -> bool:
    return any(former.labels.family("rows", label) == "grand_total" for label in block.labels)


def _part(slots: Slots, rows: Rows, former: Former) -> tuple[int, tuple[Path, ...], list[str]]:
    """A year that comes into a row of several: in the order of the years, else behind the last of its rows."""
    view = former.view(slots.table)
    year = next((found for cell in rows.cells if (found := values.year(cell.text))), None)
    at = slots.bottom
    if year:
        there = [(row, found) for row in range(slots.top, slots.bottom) for name in view.names(row) if (found := values.year(name))]
        if any(found == year for _, found in there):
            raise Refused(phrase("строка {number} уже есть", number=year), [shown(slots, former.spots)])
        earlier = [row for row, found in there if found < year]
        at = max(earlier) + 1 if earlier else min((row for row, _ in there), default=slots.bottom)
    return at, _joined_ends(slots, former) if at == slots.bottom else (), []


def _part_ends(slots: Slots, former: Former) -> tuple[Path, ...]:
    """The cells over several rows that a row behind this one is under as well: none, unless this is one of the rows of a block."""
    block = next((b for b in former.view(slots.table).blocks if b.top <= slots.top < b.bottom), None)
    is_part = block is not None and (block.top, block.bottom) != (slots.top, slots.bottom)
    return _joined_ends(slots, former) if is_part else ()


def _joined_ends(slots: Slots, former: Former) -> tuple[Path, ...]:
    """The cells over several rows that end where these rows end."""
    cells = former.spots.table(slots.table).cells
    return tuple((*slots.table, n) for n, cell in enumerate(cells) if cell.row + cell.row_span == slots.bottom and cell.row_span > 1)
