"""«Исключить», «признать утратившим силу»: a unit goes. The numbers of the others stay as they are.

What is repealed leaves the edition like what is excluded: its number stays free.
"""

from pipeline.carrying.edits import Edit, PutBlocks, PutColumns, PutRows, Splice
from pipeline.carrying.former import Former
from pipeline.carrying.plan import Plan, Refused, plan, target
from pipeline.carrying.restate import checked
from pipeline.carrying.scopes import Run, Scope, Signs, cells_of
from pipeline.carrying.words import delete as delete_words
from schemas.amendment import Operation, Unit
from schemas.blocks import Paragraph
from schemas.finding import phrase


def remove(operation: Operation, former: Former) -> Plan:
    """Words go from the target, if the act names words, else the target itself."""
    if operation.old:
        return delete_words(operation, former)
    hit = target(operation, former)
    if hit.scope == former.whole or hit.scope == former.act:
        raise Refused(phrase("утрачивает силу вся программа: редакции, которую можно составить, не остаётся"))
    return plan(hit, former, checked(_edits(hit.scope, former), former))


def _edits(scope: Scope, former: Former) -> list[Edit]:
    if isinstance(scope, Signs):
        return [_sentence(scope, former)]
    if isinstance(scope, Run):
        return [_blocks(scope, former)]
    table = former.spots.table(scope.table)
    whole_rows = scope.left == 0 and scope.right == table.width
    whole_columns = scope.top == 0 and scope.bottom == len(table.grid)
    if scope.unit == Unit.TABLE or (whole_rows and whole_columns):
        return [PutBlocks(scope.table[:-1], scope.table[-1], scope.table[-1] + 1, ())]
    if whole_rows:
        return [PutRows(scope.table, scope.top, scope.bottom)]
    if whole_columns:
        return [PutColumns(scope.table, scope.left, scope.right)]
    return [PutBlocks(cell, 0, len(former.spots.blocks(cell)), (Paragraph(""),)) for cell in cells_of(scope, former.spots)]


def _blocks(run: Run, former: Former) -> PutBlocks:
    """Blocks go; a cell that would hold nothing holds a blank paragraph."""
    held = former.spots.blocks(run.container)
    empties = bool(run.container) and run.start == 0 and run.stop == len(held)
    return PutBlocks(run.container, run.start, run.stop, (Paragraph(""),) if empties else ())


def _sentence(signs: Signs, former: Former) -> Splice:
    """A sentence goes with the blank that parted it from its neighbour."""
    text = former.spots.text(signs.paragraph)
    end = signs.end
    while end < len(text) and text[end].isspace():
        end += 1
    start = signs.start
    if end == len(text):
        start = len(text[:start].rstrip())
    return Splice(signs.paragraph, start, end, "")
