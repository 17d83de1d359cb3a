"""Cells with rowspan and colspan, as HTML states them → cells on a grid.

A cell takes the first free slots of its row. A span reaches no further than its group of
rows, and not over another cell; columns in which no cell begins (colspan="99" over a
table of seven) are no columns, and rows likewise.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from extractors import errors
from extractors.options import Limits


class Spanned(NamedTuple):
    """What a cell asks for; `rows` 0 is «to the end of the group»."""

    rows: int
    columns: int


class Slot(NamedTuple):
    """Where a cell stands and how much it covers."""

    row: int
    column: int
    rows: int
    columns: int


def count(value: str | None, limits: Limits, least: int = 1) -> int:
    """A span as written; nonsense is 1, what is absurd is cut to the limit.

    >>> count("3", Limits()), count("0", Limits()), count("999999999999", Limits()), count("a", Limits())
    (3, 1, 1000, 1)
    """
    digits = (value or "").strip()[:9]
    return max(least, min(int(digits), limits.span)) if digits.isascii() and digits.isdigit() else 1


def place(rows: Sequence[Sequence[Spanned]], group_ends: Sequence[int], limits: Limits) -> list[list[Slot]]:
    """The slots of every cell, row by row; `group_ends` is for each row the row behind its group."""
    if len(rows) > limits.rows:
        raise errors.TooLarge(detail="limits.rows")
    placed: list[list[Slot]] = []
    open_spans: list[Slot] = []
    for number, row in enumerate(rows):
        open_spans = sorted((slot for slot in open_spans if slot.row + slot.rows > number), key=lambda slot: slot.column)
        if len(open_spans) * len(rows) > limits.table_slots:
            raise errors.TooLarge(detail="limits.table_slots")
        made = _row(number, row, open_spans, group_ends[number])
        open_spans.extend(slot for slot in made if slot.rows > 1)
        placed.append(made)
    return _without_empty(placed, limits)


def _row(number: int, row: Sequence[Spanned], taken: list[Slot], group_end: int) -> list[Slot]:
    """The cells of one row between those that reach into it from above."""
    made: list[Slot] = []
    column, behind = 0, iter([*taken, Slot(number, 2**31, 1, 1)])
    above = next(behind)
    for rows, columns in row:
        while above.column <= column:
            column = max(column, above.column + above.columns)
            above = next(behind)
        columns = min(columns, above.column - column)
        made.append(Slot(number, column, min(rows or group_end, group_end - number), columns))
        column += columns
    return made


def _without_empty(placed: list[list[Slot]], limits: Limits) -> list[list[Slot]]:
    columns = sorted({slot.column for row in placed for slot in row} | {0})
    rows = [number for number, row in enumerate(placed) if row]
    if len(columns) * len(rows) > limits.table_slots:
        raise errors.TooLarge(detail="limits.table_slots")
    return [[_narrowed(slot, rows, columns) for slot in placed[number]] for number in rows]


def _narrowed(slot: Slot, rows: list[int], columns: list[int]) -> Slot:
    top, bottom = bisect_left(rows, slot.row), bisect_left(rows, slot.row + slot.rows)
    left, right = bisect_left(columns, slot.column), bisect_left(columns, slot.column + slot.columns)
    return Slot(top, left, bottom - top, right - left)
