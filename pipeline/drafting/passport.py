"""The passports of two editions → instructions on their rows.

A row is said anew whole, with the table that stands in it: so acts do most often. A row of one text in
which few words change gets those words alone.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from extractors.labels import Labels
from extractors.locate import Region, regions
from extractors.text import joined, key, squeeze
from pipeline.drafting.cutting import cells_of, cut, flat_text
from pipeline.drafting.instructions import Instruction
from pipeline.drafting.phrases import added, deleted, operations, quoted, replacing, restated
from pipeline.drafting.rewording import rewording
from schemas.amendment import Step, Unit
from schemas.blocks import Paragraph, Table

PASSPORT = Step(unit=Unit.PASSPORT)


class Row(NamedTuple):
    """A row of the passport: its label, what tells it apart, its rows cut out of the table, its text."""

    label: str
    ident: str
    table: Table
    text: str


def rows(tables: Sequence[Table], labels: Labels) -> list[Row]:
    """The passport's rows in order; what stands in a row without a label belongs to the one above."""
    found: list[Row] = []
    for region in regions(tables):
        piece = _piece(region)
        if region.label is None and found:
            above = found[-1]
            whole = Table(0, (*above.table.cells, *(cell._replace(row=cell.row + len(above.table.grid)) for cell in piece.cells)))
            found[-1] = above._replace(table=whole, text=f"{above.text}\n{flat_text(piece)}")
            continue
        label = squeeze(region.label.text) if region.label else ""
        found.append(Row(label, labels.family("passport", label) or key(label), piece, flat_text(piece)))
    return found


def _piece(region: Region) -> Table:
    number = next(n for n, slots in enumerate(region.table.grid) if slots is region.rows[0])
    return cut(region.table, number, number + len(region.rows))


def passport_instructions(old: Sequence[Row], new: Sequence[Row], careful: int) -> tuple[Instruction, ...]:
    """The instructions on all rows, in the order of the former passport; if `careful`, no single words are told."""
    found: list[Instruction] = []
    before, after = [row.ident for row in old], [row.ident for row in new]
    for _, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        pairs = list(zip(old[a:b], new[c:d], strict=False))
        for n, (was, becomes) in enumerate(pairs):
            found += _row(was, becomes, old[a + n - 1] if a + n else None, careful)
        found += [deleted(_named(row), _locus(row)) for row in old[a + len(pairs) : b]]
        if come := new[c + len(pairs) : d]:
            anchor = new[c + len(pairs) - 1] if c + len(pairs) else None
            found.append(_added(come, anchor))
    return tuple(found)


def _named(row: Row) -> str:
    return f"строку {quoted(row.label)}"


def _locus(row: Row) -> tuple[Step, ...]:
    return PASSPORT, Step(unit=Unit.ROW, label=row.label)


def _row(old: Row, new: Row, above: Row | None, careful: int) -> Iterator[Instruction]:
    """A row in its new form; one that is called otherwise takes the place of the old one."""
    if old.text == new.text and old.label == new.label:
        return
    if old.ident != new.ident and above is not None:
        yield deleted(_named(old), _locus(old))
        yield _added((new,), above)
        return
    was, becomes = _one_text(old), _one_text(new)
    found = rewording(was, becomes, old.label) if was and becomes and old.label == new.label and not careful else None
    if found:
        yield Instruction(f"в строке {quoted(old.label)} {replacing(found)}", operations=operations(_locus(old), found))
    else:
        yield restated(_named(old), _locus(old), (new.table,))


def _one_text(row: Row) -> str | None:
    """The text of a row whose content is one paragraph."""
    cells = [cell for cell in cells_of(row.table) if joined(cell.text)]
    if len(cells) != 2 or any(isinstance(block, Table) for cell in cells for block in cell.blocks):
        return None
    written = [block.text for block in cells[1].blocks if isinstance(block, Paragraph) and squeeze(block.text)]
    return squeeze(written[0]) if len(written) == 1 else None


def _added(come: Sequence[Row], anchor: Row | None) -> Instruction:
    tables = tuple(row.table for row in come)
    whole = Table(
        0, tuple(cell._replace(row=cell.row + sum(len(t.grid) for t in tables[:n])) for n, t in enumerate(tables) for cell in t.cells)
    )
    what = "строкой" if len(come) == 1 else "строками"
    behind = (*_locus(anchor),) if anchor else ()
    return added(f"после строки {quoted(anchor.label)}" if anchor else "", what, (PASSPORT,), behind, (whole,))
