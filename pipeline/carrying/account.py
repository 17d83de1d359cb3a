"""The account of what carrying out touched, and the proof that it touched nothing else.

The proof does not trust what made the new document: it takes away from the former document what was declared gone or
changed, from the new one what was declared made or changed, and the rest must be the same, cell by cell.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.carrying.apply import Made
from pipeline.carrying.edits import Edit, PutColumns, PutRows, Splice, gone
from pipeline.carrying.paths import Path, Spots
from schemas.blocks import Block, Document, Paragraph, Table


class Trespass(ValueError):
    """Something was changed that no operation declared: a bug of ours."""


class Touched(NamedTuple):
    """What operations touched: nodes of the former document that went or changed, nodes of the new one that came or changed.

    `lines_gone` and `lines_made` are (table, row or column from 0, is a column) of whole rows and columns.
    """

    former: frozenset[Path] = frozenset()
    made: frozenset[Path] = frozenset()
    lines_gone: frozenset[tuple[Path, int, bool]] = frozenset()
    lines_made: frozenset[tuple[Path, int, bool]] = frozenset()

    def also(self, other: "Touched") -> "Touched":
        """What both touched."""
        return Touched(
            self.former | other.former, self.made | other.made, self.lines_gone | other.lines_gone, self.lines_made | other.lines_made
        )


def touched(edits: Iterable[Edit], numbers: Iterable[int], made: Made, former: Spots, new: Spots) -> Touched:
    """What these edits touched; `numbers` are theirs in `made`."""
    before: set[Path] = set()
    after: set[Path] = set()
    lines_gone: set[tuple[Path, int, bool]] = set()
    lines_made: set[tuple[Path, int, bool]] = set()
    for edit, number in zip(edits, numbers, strict=True):
        after.update(made[number])
        before.update([edit.paragraph] if isinstance(edit, Splice) else gone(edit, former))
        if isinstance(edit, PutRows | PutColumns):
            turned = isinstance(edit, PutColumns)
            lines_gone.update((edit.table, line, turned) for line in range(edit.start, edit.stop))
            for path in made[number]:
                cell = new.cell(path)
                first, span = (cell.column, cell.column_span) if turned else (cell.row, cell.row_span)
                lines_made.update((path[:-1], first + n, turned) for n in range(span))
    return Touched(frozenset(before), frozenset(after), frozenset(lines_gone), frozenset(lines_made))


def prove(former: Document, new: Document, account: Touched) -> None:
    """Raise `Trespass` unless the documents are the same apart from what the account names."""
    before = _facts(former.blocks, account.former, account.lines_gone)
    after = _facts(new.blocks, account.made, account.lines_made)
    nothing = (None, ())
    while True:
        one, other = next(before, nothing), next(after, nothing)
        if one[0] != other[0]:
            raise Trespass(f"{one[1]} {one[0]!r} became {other[1]} {other[0]!r}, and no operation says so")
        if one is nothing and other is nothing:
            break
    if (former.format, former.unread, former.aside, former.left_out, former.notes) != (
        new.format, new.unread, new.aside, new.left_out, new.notes,
    ):  # fmt: skip
        raise Trespass("what stands apart from the text was changed")


Fact = tuple[object, Path]


def _facts(blocks: tuple[Block, ...], hidden: frozenset[Path], lines: frozenset[tuple[Path, int, bool]]) -> Iterator[Fact]:
    """What a document holds, in reading order, without the hidden nodes and lines; each with its path."""
    by_table: dict[Path, tuple[set[int], set[int]]] = {}
    for table, line, turned in lines:
        by_table.setdefault(table, (set(), set()))[turned].add(line)

    def in_container(container: Path, blocks: tuple[Block, ...]) -> Iterator[Fact]:
        for number, block in enumerate(blocks):
            path = (*container, number)
            if path in hidden:
                continue
            if isinstance(block, Paragraph):
                yield block, path
            else:
                yield "table", path
                yield from in_table(path, block)
                yield "end", path

    def in_table(path: Path, table: Table) -> Iterator[Fact]:
        rows, columns = by_table.get(path, (set(), set()))
        there = [(n, cell) for n, cell in enumerate(table.cells) if (*path, n) not in hidden]
        spots = sorted((_left(cell.row, cell.row_span, rows), _left(cell.column, cell.column_span, columns), n) for n, cell in there)
        for across, down, n in spots:
            yield (across, down), (*path, n)
            yield from in_container((*path, n), table.cells[n].blocks)

    yield from in_container((), blocks)


def _left(first: int, span: int, hidden: set[int]) -> tuple[int, int]:
    """Where a cell begins and how far it reaches when the hidden lines are not counted."""
    if not hidden:
        return first, span
    return first - sum(line < first for line in hidden), span - sum(first <= line < first + span for line in hidden)
