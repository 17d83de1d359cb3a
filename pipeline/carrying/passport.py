"""A row of the passport in its new wording: the whole row, or what stands beside its label."""

from extractors.text import key, squeeze
from pipeline.carrying.edits import Edit, PutBlocks, PutRows
from pipeline.carrying.former import Former
from pipeline.carrying.payload import Rows, compressed, rows_of, the_table
from pipeline.carrying.scopes import Slots, cells_of
from schemas.blocks import Block, Cell, Paragraph, Table

_PARTING = " \t|–—-:"


def passport_row(scope: Slots, former: Former, blocks: tuple[Block, ...]) -> tuple[list[Edit], list[str]]:
    """The edits that bring the new wording in, and the liberties taken."""
    label = squeeze(_label(scope, former))
    table = the_table(blocks)
    if table is not None:
        rows = compressed(rows_of(table))
        at = next((cell for cell in rows.cells if any(sign.isalpha() for sign in cell.text)), None)
        if at is not None and rows.width > 1 and at.row == 0 and _is_label(at.text, label, former):
            return [PutRows(scope.table, scope.top, scope.bottom, *_whole_row(rows, at, scope, former))], []
        return _content(scope, former, blocks), ["label-kept"]
    return _content(scope, former, _without_label(blocks, label, former)), ["label-kept"]


def _label(scope: Slots, former: Former) -> str:
    region = next(region for region, slots in former.passport_rows if slots == scope)
    return region.label.text if region.label else ""


def _is_label(said: str, label: str, former: Former) -> bool:
    level = former.names.like(said, label, ("passport",))
    return level is not None and level < 7


def _whole_row(rows: Rows, label: Cell, scope: Slots, former: Former) -> tuple[tuple[Cell, ...], int]:
    """The row on the columns of the passport: what stands beside the label is widened, or nested where there is no room for it."""
    width = former.spots.table(scope.table).width
    if rows.width == width:
        return rows.cells, rows.height
    edge = label.column + label.column_span
    beside = [cell for cell in rows.cells if cell.column >= edge]
    number = [cell for cell in rows.cells if cell.column < label.column]
    held: tuple[Block, ...]
    if len(beside) == 1:
        held = beside[0].blocks
    else:
        held = (Table(0, tuple(cell._replace(column=cell.column - edge) for cell in beside)), Paragraph(""))
    return _one_row(scope, former, label.blocks, held, number[0].blocks if number else None), 1


def _one_row(
    scope: Slots, former: Former, label: tuple[Block, ...], held: tuple[Block, ...], number: tuple[Block, ...] | None = None
) -> tuple[Cell, ...]:
    """A row made anew: its number as it was unless another is given, its label, and one cell beside it."""
    before = [former.spots.cell(path) for path in cells_of(scope, former.spots) if former.spots.cell(path).column < scope.content]
    left = before[-1].column if before else 0
    numbers = [Cell.of(0, cell.column, 1, cell.column_span, number or cell.blocks) for cell in before[:-1]]
    width = former.spots.table(scope.table).width
    return (*numbers, Cell.of(0, left, 1, scope.content - left, label), Cell.of(0, scope.content, 1, width - scope.content, held))


def _content(scope: Slots, former: Former, blocks: tuple[Block, ...]) -> list[Edit]:
    """What stands beside the label gives way; where that is several cells, the row is made anew with one."""
    cells = cells_of(scope._replace(left=scope.content), former.spots)
    held = (*blocks, Paragraph("")) if isinstance(blocks[-1], Table) else blocks
    if len(cells) == 1:
        return [PutBlocks(cells[0], 0, len(former.spots.blocks(cells[0])), held)]
    label = next(region.label for region, slots in former.passport_rows if slots == scope)
    row = _one_row(scope, former, label.blocks if label else (), held)
    return [PutRows(scope.table, scope.top, scope.bottom, row, 1)]


def _without_label(blocks: tuple[Block, ...], label: str, former: Former) -> tuple[Block, ...]:
    """The new wording without the label before it: on a line of its own, or parted by a tab, a dash, an upright line."""
    first = blocks[0].text if isinstance(blocks[0], Paragraph) else ""
    if len(blocks) > 1 and first and former.names.like(first, label) in (0, 1, 2):
        return blocks[1:]
    if (
        key(first).startswith(key(label))
        and len(squeeze(first)) > len(label)
        and squeeze(first)[len(label) :].lstrip()[:1] in tuple(_PARTING.strip() + "\t")
    ):
        return (Paragraph(squeeze(first)[len(label) :].lstrip(_PARTING)), *blocks[1:])
    for sign in ("\t", "|"):
        head, parted, rest = first.partition(sign)
        if parted and rest.strip() and _is_label(head, label, former):
            return (Paragraph(rest.strip()), *blocks[1:])
    return blocks
