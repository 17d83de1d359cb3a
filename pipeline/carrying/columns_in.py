"""A column that comes into a table: a year, a source."""

from collections.abc import Sequence

from extractors import values
from extractors.text import squeeze
from pipeline.carrying.edits import PutColumns
from pipeline.carrying.former import Former, same_number
from pipeline.carrying.lines import Hit, tables_in
from pipeline.carrying.paths import Path
from pipeline.carrying.payload import Rows, cell_of, compressed, new_blocks, rows_of, the_table
from pipeline.carrying.plan import Plan, Refused, behind, plan
from pipeline.carrying.restate import checked
from pipeline.carrying.scopes import Slots, shown
from pipeline.carrying.tables import TableView
from schemas.amendment import Operation, Step
from schemas.blocks import Cell
from schemas.finding import phrase


def add_column(operation: Operation, former: Former, holder: Hit, new: Step | None) -> Plan:
    """A column behind the one with the number or the year before it, behind the one that the act names, or at the end."""
    found = list(tables_in(holder.scope, former, nested=isinstance(holder.scope, Slots) or holder.scope == former.passport))
    if len(found) != 1:
        raise Refused(
            phrase("не сказано, в какую из таблиц добавить графу: подходящих таблиц {count}", count=len(found)),
            (shown(slots, former.spots) for slots in found),
            absent=not found,
        )
    slots = found[0]
    view = former.view(slots.table)
    table = the_table(new_blocks(operation))
    if table is None:
        raise Refused(phrase("новая графа дана не таблицей, и не понять, что стоит в какой строке"), [shown(slots, former.spots)])
    given = compressed(rows_of(table))
    at = _spot(operation, former, slots, view, new)
    extend = _groups_to_extend(view, at, new, slots.table)
    open_rows = _open_rows(view, at, extend)
    cells = _cells(given, view, open_rows, new, slots, former)
    edit = PutColumns(
        slots.table, at, at, tuple(cells), 1, extend, (int(new.number) if new and new.number and new.number.isdigit() else 0,)
    )
    return plan(holder, former, checked([edit], former), (), scope=slots)


def _spot(operation: Operation, former: Former, slots: Slots, view: TableView, new: Step | None) -> int:
    """The column before which the new one comes."""
    if operation.after:
        other = behind(operation, former, [slots])
        if not isinstance(other, Slots) or other.table != slots.table:
            raise Refused(phrase("графа, за которой должна стоять новая, не найдена в указанной таблице"), [shown(other, former.spots)])
        return other.left if operation.before else other.right
    if new and new.number and new.number.isdigit():
        if view.columns_at(int(new.number)):
            raise Refused(phrase("графа {number} уже есть", number=new.number), [shown(slots, former.spots)])
        before = view.columns_at(int(new.number) - 1)
        if not before:
            raise Refused(phrase("не понять, где среди граф таблицы место графе {number}", number=new.number), [shown(slots, former.spots)])
        return before[0][1]
    year = values.year(new.label or "") if new else None
    years = [(found, right) for (_, right), names in view.titled() for name in names[:1] if (found := values.year(name))]
    if year and years:
        if any(found == year for found, _ in years):
            raise Refused(phrase("графа {number} уже есть", number=year), [shown(slots, former.spots)])
        earlier = [right for found, right in years if found < year]
        return max(earlier) if earlier else min(right for _, right in years) - 1
    return view.table.width


def _groups_to_extend(view: TableView, at: int, new: Step | None, path: Path) -> tuple[Path, ...]:
    """The cells over several columns that end here and go over the new one too: the head of the years for a year, rows that are one cell."""
    year = values.year(new.label or "") if new else None
    found = []
    for number, cell in enumerate(view.table.cells):
        if cell.column + cell.column_span != at or cell.column_span < 2:
            continue
        heads_years = (
            cell.row < view.header and year and any(values.year(head.text) for head in view.heads if cell.column <= head.column < at)
        )
        is_heading = (
            cell.row >= view.header
            and at == view.table.width
            and cell.column_span >= view.table.width - 1 - cell.column
            and cell.column < view.first_value
        )
        if heads_years or is_heading:
            found.append((*path, number))
    return tuple(found)


def _open_rows(view: TableView, at: int, extend: Sequence[Path]) -> list[int]:
    """The rows in which the new column has a slot of its own."""
    extended = {path[-1] for path in extend}
    covered = {
        row for number, cell in enumerate(view.table.cells) if cell.column < at < cell.column + cell.column_span or number in extended
        for row in range(cell.row, cell.row + cell.row_span)
    }  # fmt: skip
    return [row for row in range(view.height) if row not in covered]


def _cells(given: Rows, view: TableView, rows: Sequence[int], new: Step | None, slots: Slots, former: Former) -> list[Cell]:
    """The cells of the new column, row by row; the payload has one for each row below the header, with or without the header."""
    said = [cell for cell in given.cells if cell.column == given.width - 1]
    body = [row for row in rows if row >= view.header]
    header = [row for row in rows if row < view.header and row != view.numbering]
    title = squeeze(new.label or "") if new else ""
    if len(said) > len(body):
        title = title or squeeze(said[0].text)
        said = said[len(said) - len(body) :]
    if len(said) != len(body):
        reason = phrase("в новой графе клеток {given}, а строк в таблице {there}", given=len(said), there=len(body))
        raise Refused(reason, [shown(slots, former.spots)])
    cells = [cell_of(title, header[0], 0, header[-1] - header[0] + 1)] if header else []
    if view.numbering is not None and view.numbering in rows:
        cells.append(cell_of(_next_number(view, new), view.numbering, 0))
    return cells + [Cell.of(row, 0, 1, 1, cell.blocks) for row, cell in zip(body, said, strict=True)]


def _next_number(view: TableView, new: Step | None) -> str:
    """What stands for the new column in the row of numbers: its number if the act names it."""
    assert view.numbering is not None
    there = [squeeze(cell.text) for cell in dict.fromkeys(view.grid[view.numbering])]
    if new and new.number and not any(same_number(number, new.number) for number in there):
        return new.number
    return str(max((int(number) for number in there if number.isdigit()), default=0) + 1)
