"""What carrying out does to a document: a few kinds of edits, all told in the numbering of the former edition.

Since all edits of an act speak of the former blocks, their order says nothing, and two of them
that want the same spot are found out before anything is touched.
"""

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.carrying.paths import Path, Spots
from schemas.blocks import Block, Cell


class Splice(NamedTuple):
    """In one paragraph the signs from `start` up to `end` give way to `text`."""

    paragraph: Path
    start: int
    end: int
    text: str


class PutBlocks(NamedTuple):
    """In a container the blocks from `start` up to `stop` give way to `blocks`; `order` sorts what comes to the same spot."""

    container: Path
    start: int
    stop: int
    blocks: tuple[Block, ...]
    order: tuple[int, ...] = ()


class PutRows(NamedTuple):
    """In a table the rows from `start` up to `stop` give way to `height` rows of `cells`, counted from 0.

    `extend` are cells that end at `start` and go over the new rows too; `order` sorts rows that come to the same spot.
    """

    table: Path
    start: int
    stop: int
    cells: tuple[Cell, ...] = ()
    height: int = 0
    extend: tuple[Path, ...] = ()
    order: tuple[int, ...] = ()


class PutColumns(NamedTuple):
    """The same with columns."""

    table: Path
    start: int
    stop: int
    cells: tuple[Cell, ...] = ()
    width: int = 0
    extend: tuple[Path, ...] = ()
    order: tuple[int, ...] = ()


Edit = Splice | PutBlocks | PutRows | PutColumns


class Clash(NamedTuple):
    """An edit wants what another operation has taken; `by` is the id of that operation."""

    by: str


class Claims:
    """What the operations of an act have taken so far, so that no spot is taken twice."""

    def __init__(self, spots: Spots) -> None:
        self.spots = spots
        self._taken: dict[Path, str] = {}  # whole nodes: removed, or their blocks replaced
        self._below: dict[Path, str] = {}  # nodes above something that was touched
        self._spans: dict[Path, list[tuple[int, int, str]]] = {}
        self._shaped: dict[Path, tuple[str, str]] = {}  # tables that get rows, or columns

    def clash(self, edit: Edit) -> Clash | None:
        """What stands in the way of the edit, if anything does."""
        if isinstance(edit, Splice):
            return self._splice_clash(edit)
        for path in gone(edit, self.spots):
            by = self._above(path) or self._below.get(path)
            if by:
                return Clash(by)
        by = self._above(edit.container if isinstance(edit, PutBlocks) else edit.table) or self._gap_clash(edit)
        return Clash(by) if by else None

    def _splice_clash(self, edit: Splice) -> Clash | None:
        by = self._above(edit.paragraph)
        if by:
            return Clash(by)
        for start, end, of in self._spans.get(edit.paragraph, ()):
            if edit.start < end and start < edit.end:
                return Clash(of)
        return None

    def _above(self, path: Path) -> str | None:
        """Who has taken the node or one that holds it."""
        return next((self._taken[path[:n]] for n in range(1, len(path) + 1) if path[:n] in self._taken), None)

    def _gap_clash(self, edit: "PutBlocks | PutRows | PutColumns") -> str | None:
        """Who has taken both sides of the spot where something is to come in; who gave the table another width."""
        if isinstance(edit, PutBlocks):
            sides = [(*edit.container, n) for n in (edit.start - 1, edit.start)]
            takers = {self._taken.get(side) for side in sides} if edit.start == edit.stop else {None}
            return next(iter(takers)) if len(takers) == 1 else None
        kind = "rows" if isinstance(edit, PutRows) else "columns"
        known = self._shaped.get(edit.table)
        return known[1] if known and known[0] != kind and edit.cells else None

    def take(self, edit: Edit, by: str) -> None:
        """The spot belongs to the operation from now on."""
        if isinstance(edit, Splice):
            self._spans.setdefault(edit.paragraph, []).append((edit.start, edit.end, by))
            touched = [edit.paragraph]
        else:
            touched = list(gone(edit, self.spots))
            self._taken |= dict.fromkeys(touched, by)
            touched.append(edit.container if isinstance(edit, PutBlocks) else edit.table)
            if not isinstance(edit, PutBlocks):
                self._shaped[edit.table] = ("rows" if isinstance(edit, PutRows) else "columns", by)
        for path in touched:
            for n in range(1, len(path) + 1):
                self._below.setdefault(path[:n], by)


def gone(edit: Edit, spots: Spots) -> Iterator[Path]:
    """The nodes of the former document that an edit takes away."""
    match edit:
        case PutBlocks():
            yield from ((*edit.container, number) for number in range(edit.start, edit.stop))
        case PutRows():
            for number, cell in enumerate(spots.table(edit.table).cells):
                if edit.start <= cell.row and cell.row + cell.row_span <= edit.stop:
                    yield (*edit.table, number)
        case PutColumns():
            for number, cell in enumerate(spots.table(edit.table).cells):
                if edit.start <= cell.column and cell.column + cell.column_span <= edit.stop:
                    yield (*edit.table, number)
        case _:
            return
