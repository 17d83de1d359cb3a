"""Shapes of tables: content controls around their parts, other merges and grids, tables in cells, one table in pieces."""

import re
from copy import deepcopy

from lxml import etree

from tests.shapes.runs import control
from tests.shapes.word import FIGURE, Word, el, properties, put, q, signs, text_of

_KEY_WORDS = re.compile(r"всего|итого|задач|цель|показател", re.I)
_WIDE = 6  # columns that only the tables of the appendices have


def block_controls(word: Word) -> None:
    """Content controls around paragraphs and tables, of the body and of cells, one or several at a time."""
    for kind in ("p", "tbl"):
        for found in list(word.body.iter(q(f"w:{kind}"))):
            if word.some(0.6):
                content = control(word, found)[-1]
                following = content.getparent().getnext()
                if following is not None and following.tag == q("w:p") and word.rng.random() < 0.3:
                    content.append(following)


def cell_controls(word: Word) -> None:
    """Content controls around cells."""
    for found in list(word.body.iter(q("w:tc"))):
        if word.some(0.6):
            control(word, found)


def row_controls(word: Word) -> None:
    """Content controls around rows, and those that repeat a row."""
    for found in list(word.body.iter(q("w:tr"))):
        if word.some(0.6):
            if word.rng.random() < 0.5:
                control(word, control(word, found, el("w15:repeatingSectionItem")), el("w15:repeatingSection"))
            else:
                control(word, found)


def geometry(word: Word) -> None:
    """Blank cells at the ends of rows left out, blank cells merged into the one above, spans written the old way."""
    for table in word.tables():
        wide = len(_grid(table)) > _WIDE
        rows = table.findall(q("w:tr"))
        for row in rows:
            if wide:
                _start_late(word, row)
                _end_early(word, row)
            _old_spans(word, row)
        if wide:
            _merge_down(word, rows)


def _grid(table: etree._Element) -> list[etree._Element]:
    return table.find(q("w:tblGrid")).findall(q("w:gridCol"))


def _span(cell: etree._Element) -> int:
    found = cell.find(f"{q('w:tcPr')}/{q('w:gridSpan')}")
    return 1 if found is None else int(found.get(q("w:val")))


def _is_spare(cell: etree._Element) -> bool:
    """A blank cell that is merged with none above or below."""
    return not signs(text_of(cell)) and cell.find(f"{q('w:tcPr')}/{q('w:vMerge')}") is None and cell.find(q("w:tbl")) is None


def _start_late(word: Word, row: etree._Element) -> None:
    cells = row.findall(q("w:tc"))
    spare = next((n for n, cell in enumerate(cells) if not _is_spare(cell)), 0)
    if spare and word.some(0.6):
        width = sum(map(_span, cells[:spare]))
        for cell in cells[:spare]:
            row.remove(cell)
        put(properties(row, "w:trPr"), el("w:gridBefore", val=width))
        put(properties(row, "w:trPr"), el("w:wBefore", w=500 * width, type="dxa"))


def _end_early(word: Word, row: etree._Element) -> None:
    """Without its last cell, if that is blank: told of by gridAfter, or not at all."""
    cells = row.findall(q("w:tc"))
    if len(cells) > 2 and _is_spare(cells[-1]) and word.some(0.6):
        row.remove(cells[-1])
        if word.rng.random() < 0.6:
            put(properties(row, "w:trPr"), el("w:gridAfter", val=_span(cells[-1])))


def _old_spans(word: Word, row: etree._Element) -> None:
    """Cells merged sideways by hMerge in place of gridSpan."""
    for cell in row.findall(q("w:tc")):
        span = cell.find(f"{q('w:tcPr')}/{q('w:gridSpan')}")
        merged = cell.find(f"{q('w:tcPr')}/{q('w:vMerge')}") is not None
        if span is not None and not merged and word.some(0.6):
            held = span.getparent()
            held.remove(span)
            put(held, el("w:hMerge", val="restart"))
            for _ in range(int(span.get(q("w:val"))) - 1):
                cell.addnext(
                    el("w:tc", el("w:tcPr", el("w:hMerge", **({"val": "continue"} if word.rng.random() < 0.5 else {}))), el("w:p"))
                )


def _merge_down(word: Word, rows: list[etree._Element]) -> None:
    """Blank cells in the first two columns become parts of the written cell above them."""
    for column in (0, 1):
        above: etree._Element | None = None
        for row in rows:
            cell = _at(row, column)
            free = cell is not None and _span(cell) == 1 and cell.find(f"{q('w:tcPr')}/{q('w:vMerge')}") is None
            if not free or cell.find(f"{q('w:tcPr')}/{q('w:hMerge')}") is not None:
                above = None
            elif signs(text_of(cell)):
                above = cell
            elif above is not None and word.some(0.9):
                if above.find(f"{q('w:tcPr')}/{q('w:vMerge')}") is None:
                    put(properties(above, "w:tcPr"), el("w:vMerge", val="restart"))
                put(properties(cell, "w:tcPr"), el("w:vMerge", **({"val": "continue"} if word.rng.random() < 0.5 else {})))
            else:
                above = None


def _at(row: etree._Element, column: int) -> etree._Element | None:
    """The row's cell that begins in the column."""
    before = row.find(f"{q('w:trPr')}/{q('w:gridBefore')}")
    start = 0 if before is None else int(before.get(q("w:val")))
    for cell in row.findall(q("w:tc")):
        if start == column:
            return cell
        start += _span(cell)
    return None


def spare_columns(word: Word) -> None:
    """Columns of the grid cut in two that no cell tells apart: every cell of the column spans both."""
    for table in word.tables():
        width = len(_grid(table))
        if width > _WIDE:
            for column in sorted(word.rng.sample(range(width), 2), reverse=True):
                _widen(table, column)


def _widen(table: etree._Element, column: int) -> None:
    _grid(table)[column].addnext(el("w:gridCol", w=500))
    for row in table.findall(q("w:tr")):
        ends = properties(row, "w:trPr")
        before, after = ends.find(q("w:gridBefore")), ends.find(q("w:gridAfter"))
        start = 0 if before is None else int(before.get(q("w:val")))
        cells = [] if start > column else row.findall(q("w:tc"))
        if start > column:
            before.set(q("w:val"), str(start + 1))
        for cell in cells:
            held = properties(cell, "w:tcPr")
            start += _span(cell)
            if start > column:
                _old = held.find(q("w:gridSpan"))
                if _old is not None:
                    held.remove(_old)
                put(held, el("w:gridSpan", val=(1 if _old is None else int(_old.get(q("w:val")))) + 1))
                break
        else:
            if start <= column and after is not None:
                after.set(q("w:val"), str(int(after.get(q("w:val"))) + 1))


def nested(word: Word) -> None:
    """The text of cells put into tables in them, to the depth of three: of cells of text alone, never of figures or titles."""
    for cell in word.cells():
        text = text_of(cell)
        wanted = len(signs(text)) > 12 and not _KEY_WORDS.search(text) and not FIGURE.fullmatch(text) and not re.search(r"\d{4}\s*г", text)
        if wanted and cell.find(q("w:tbl")) is None and not _in_header(cell) and word.some(0.4):
            for _ in range(word.rng.randint(1, 3)):
                _nest(cell)


def _in_header(cell: etree._Element) -> bool:
    row = cell.getparent()
    return len(_grid(row.getparent())) > 2 and row.getparent().findall(q("w:tr")).index(row) < 2


def _nest(cell: etree._Element) -> None:
    content = [child for child in cell if child.tag != q("w:tcPr")]
    inner = el("w:tc", el("w:tcPr"))
    inner.extend(content)
    grid = el("w:tblGrid", el("w:gridCol", w=2000))
    cell.append(el("w:tbl", el("w:tblPr", el("w:tblW", w=0, type="auto")), grid, el("w:tr", inner)))
    cell.append(el("w:p"))


def cut_with_header(word: Word) -> None:
    """The longest table cut into several, its header repeated on each."""
    _cut_table(word, repeated=True)


def cut_without_header(word: Word) -> None:
    """The longest table cut into several that go on without a header, also inside the years of an activity."""
    _cut_table(word, repeated=False)


def _cut_table(word: Word, repeated: bool) -> None:
    table = max(word.tables(), key=lambda found: len(found.findall(q("w:tr"))))
    rows = table.findall(q("w:tr"))
    first = next(number for number, row in enumerate(rows) if re.match(r"\s*Цель", "".join(text_of(cell) for cell in row[:2])))
    headings = [n for n, row in enumerate(rows) if n > first + 1 and re.match(r"\s*\d*\s*Задача", text_of(row))]
    anywhere = range(first + 2, len(rows) - 1)
    cuts = sorted({word.rng.choice(headings or anywhere), *word.rng.sample(anywhere, 3)})
    for cut in reversed(cuts):
        made = el("w:tbl", deepcopy(table.find(q("w:tblPr"))), deepcopy(table.find(q("w:tblGrid"))))
        if repeated:
            made.extend(deepcopy(row) for row in rows[:first])
        made.extend(rows[cut:])
        _open_merges(word, rows[cut])
        rows = rows[:cut]
        table.addnext(made)
        page = el("w:p", el("w:r", el("w:br", type="page"))) if word.rng.random() < 0.5 else el("w:p")
        table.addnext(page)


def _open_merges(word: Word, row: etree._Element) -> None:
    """A merge that the cut went through begins anew, or is left without a beginning, as programs do either."""
    for merge in row.iter(q("w:vMerge")):
        if word.rng.random() < 0.7:
            merge.set(q("w:val"), "restart")
