"""«Изложить в следующей редакции»: a unit of the text, rows, a column, a cell, the passport, an appendix, the whole programme."""

from collections.abc import Sequence

from extractors.text import key, squeeze
from pipeline.carrying.edits import Edit, PutBlocks, PutRows, Splice
from pipeline.carrying.former import APPENDIX, Former
from pipeline.carrying.items import marker, marker_text
from pipeline.carrying.lines import Hit
from pipeline.carrying.passport import passport_row
from pipeline.carrying.payload import beside_spans, compressed, fitted, from_text, new_blocks, rows_of, the_table, without_header
from pipeline.carrying.plan import Plan, Refused, by_rule, check_found, found, plan, the_only
from pipeline.carrying.reshape import cells_with, is_whole
from pipeline.carrying.scopes import Run, Scope, Signs, Slots, cells_of, shown, text
from pipeline.similarity import similarity
from schemas.amendment import Operation, Unit
from schemas.blocks import Block, Cell, Paragraph, Table
from schemas.finding import phrase

_ALIKE, _APART = 0.5, 0.25


def restate(operation: Operation, former: Former) -> Plan:
    """A unit gives way to its new wording."""
    blocks = new_blocks(operation)
    hit = _target(operation, former, blocks)
    scope = hit.scope
    if isinstance(scope, Signs):
        return plan(hit, former, [Splice(scope.paragraph, scope.start, scope.end, squeeze(_plain(blocks)))])
    if isinstance(scope, Run):
        edit, marks = _run(scope, former, blocks)
        return plan(hit, former, [edit], marks)
    if scope.unit == Unit.PASSPORT:
        edits, marks = passport_row(scope, former, blocks)
        return plan(hit, former, checked(edits, former), marks)
    return plan(hit, former, checked(_slots(operation, scope, former, blocks), former))


def _target(operation: Operation, former: Former, blocks: Sequence[Block]) -> Hit:
    """The target; of two ways to count paragraphs the one whose paragraph the new wording is like."""
    resolved = found(operation, former)
    check_found(resolved, former)
    if resolved.disputed and len(resolved.hits) > 1:
        new = key(_plain(blocks))
        scores = [similarity(key(text(one.scope, former.spots)), new) for one in resolved.hits]
        best = max(range(len(scores)), key=lambda n: scores[n])
        sure = scores[best] >= _ALIKE and all(score < scores[best] - _APART for n, score in enumerate(scores) if n != best)
        resolved = by_rule(resolved, best if sure else None)
    return the_only(resolved, former)


def _plain(blocks: Sequence[Block]) -> str:
    return "\n".join(block.text for block in blocks if isinstance(block, Paragraph))


def _run(run: Run, former: Former, blocks: tuple[Block, ...]) -> tuple[Edit, list[str]]:
    """Blocks give way to blocks; the heading, the number, the line «Приложение» stay where the new wording does not bring its own."""
    start, marks = run.start, list[str]()
    first = blocks[0].text if isinstance(blocks[0], Paragraph) else ""
    if run.unit == Unit.PROGRAMME:
        return _programme(run, former, blocks)
    if run.unit in (Unit.PASSPORT, Unit.APPENDIX):
        start = _kept_heading(run, former, blocks)
    elif run.unit in (Unit.SECTION, Unit.SUBSECTION) and not _is_heading(first, run, former):
        start = former.body(run) if run.unit == Unit.SECTION else run.start + 1
    elif run.unit in (Unit.ITEM, Unit.SUBITEM) and not marker(first) and first:
        blocks = (Paragraph(marker_text(former.spots.text((*run.container, run.start))) + first.lstrip()), *blocks[1:])
        marks.append("number-kept")
    if start > run.start:
        marks.append("heading-kept")
    return PutBlocks(run.container, start, run.stop, blocks), marks


def _is_heading(first: str, run: Run, former: Former) -> bool:
    """Whether the new wording begins with the heading of the unit that it restates."""
    heading = former.spots.text((*run.container, run.start))
    known, own = marker(first), marker(heading)
    return (
        (known is not None and own is not None and known[0] == own[0])
        or similarity(key(first), key(heading)) >= _ALIKE
        or squeeze(first).lower().startswith("раздел")
    )


def _kept_heading(run: Run, former: Former, blocks: tuple[Block, ...]) -> int:
    """Where the part of a passport or an appendix begins that is restated: below its heading, if the new wording has none."""
    tables = [n for n in range(run.start, run.stop) if isinstance(former.spots.nodes[(*run.container, n)], Table)]
    first = squeeze(blocks[0].text) if isinstance(blocks[0], Paragraph) else ""
    if not first:
        return tables[0] if tables else run.start
    if run.unit == Unit.PASSPORT:
        return run.start if "паспорт" in key(first).replace(" ", "") else tables[0] if tables else run.start
    if APPENDIX.match(first):
        return run.start
    line = run.start + 1
    while (
        line < run.stop
        and isinstance(block := former.spots.nodes[(*run.container, line)], Paragraph)
        and squeeze(block.text).lower().startswith("к ")
    ):
        line += 1
    return line


def _programme(run: Run, former: Former, blocks: tuple[Block, ...]) -> tuple[Edit, list[str]]:
    """The whole programme: the lines that say to which act it belongs are those of the former edition."""
    start, skipped = run.start, 0
    held = former.spots.blocks(run.container)
    while start < run.stop and isinstance(block := held[start], Paragraph) and is_requisites(block.text):
        start += 1
    while skipped < len(blocks) - 1 and isinstance(block := blocks[skipped], Paragraph) and is_requisites(block.text):
        skipped += 1
    return PutBlocks(run.container, start, run.stop, blocks[skipped:]), ["requisites-kept"] if start > run.start else []


def is_requisites(line: str) -> bool:
    """«Приложение», «к постановлению Администрации …», «от 17.09.2020 № 504», «УТВЕРЖДЕНА», blank lines: above the title of a programme.

    >>> is_requisites("от 17.09.2020 № 504"), is_requisites("Муниципальная программа")
    (True, False)
    """
    plain = squeeze(line).lower()
    return not plain or plain.startswith(
        ("приложение", "к постановлению", "к решению", "от ", "утвержден", "постановлением", "администрации")
    )


def _slots(operation: Operation, scope: Slots, former: Former, blocks: tuple[Block, ...]) -> list[Edit]:
    table = former.spots.table(scope.table)
    if scope.unit == Unit.TABLE:
        return [PutBlocks(scope.table[:-1], scope.table[-1], scope.table[-1] + 1, blocks)]
    if scope.left == 0 and scope.right == table.width:
        return [_rows(operation, scope, former, blocks)]
    cells = cells_of(scope, former.spots)
    if len(cells) == 1:
        return [cell_put(cells[0], former, blocks)]
    return _column(scope, cells, former, blocks)


def cell_put(cell: Sequence[int], former: Former, blocks: tuple[Block, ...]) -> PutBlocks:
    """All that a cell holds gives way."""
    path = tuple(cell)
    return PutBlocks(path, 0, len(former.spots.blocks(path)), blocks or (Paragraph(""),))


def _rows(operation: Operation, scope: Slots, former: Former, blocks: tuple[Block, ...]) -> PutRows:
    """Rows give way to rows, the repeated header of the new ones left out."""
    view = former.view(scope.table)
    table = the_table(blocks)
    given = rows_of(table) if table else from_text(operation.new or "", view)
    if given is None:
        raise Refused(phrase("новая редакция строки дана словами, а не таблицей"), [shown(scope, former.spots)])
    rows = fitted(without_header(given, view), view)
    _check_complete(scope, rows.cells, rows.height, former)
    cells = beside_spans(rows, view.table, (scope.top, scope.bottom))
    return PutRows(scope.table, scope.top, scope.bottom, cells, rows.height)


def _check_complete(scope: Slots, cells: Sequence[Cell], height: int, former: Former) -> None:
    """Raise `Refused` where the new wording holds but some of the years or sources of the row that it restates."""
    view = former.view(scope.table)
    if height >= scope.bottom - scope.top or height == 0:
        return
    there = [{key(name) for name in view.names(row)} for row in range(scope.top, scope.bottom)]
    said = [{key(cell.text) for cell in cells if cell.row == row and cell.text.strip()} for row in range(height)]
    if all(any(names & words for names in there if names) for words in said):
        raise Refused(
            phrase(
                "новая редакция дана не для всех строк, которые стоят под этим номером: их {there}, а дано {given}",
                there=scope.bottom - scope.top,
                given=height,
            ),
            [shown(scope, former.spots)],
        )


def _column(scope: Slots, cells: Sequence[tuple[int, ...]], former: Former, blocks: tuple[Block, ...]) -> list[Edit]:
    """The cells of a column one by one, with or without its header."""
    table = the_table(blocks)
    if table is None:
        raise Refused(phrase("новая редакция относится к нескольким клеткам, а дана одним текстом"), [shown(scope, former.spots)])
    rows = compressed(rows_of(table))
    given = [cell.blocks for cell in rows.cells if cell.column == rows.width - 1]
    header = former.view(scope.table).header
    body = [cell for cell in cells if former.spots.cell(cell).row >= header]
    for wanted in (body, cells):
        if len(wanted) == len(given):
            return [cell_put(cell, former, new) for cell, new in zip(wanted, given, strict=True)]
    raise Refused(
        phrase("в новой редакции графы клеток {given}, а в таблице {there}", given=len(given), there=len(body)),
        [shown(scope, former.spots)],
    )


def checked(edits: Sequence[Edit], former: Former) -> list[Edit]:
    """The edits, if every table that they give rows or columns is whole after them; else `Refused`."""
    for edit in edits:
        if not isinstance(edit, Splice | PutBlocks):
            table = former.spots.table(edit.table)
            if not is_whole(cells_with(table.cells, edit, len(table.grid), table.width)):
                scope: Scope = Slots(edit.table, edit.start, max(edit.stop, edit.start + 1), 0, table.width, Unit.ROW)
                raise Refused(
                    phrase("строки новой редакции не ложатся в таблицу: её клетки объединены иначе"),
                    [shown(scope, former.spots)],
                    absent=True,
                )
    return list(edits)
