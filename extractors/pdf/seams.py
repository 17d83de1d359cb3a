"""The pieces of a table on several pages → one table.

A page cuts a table between two rows or through one; which of the two is told by what stands
on both sides: a cut row goes on with some cells only, with text that found no more room, or
with the table inside a cell. A merged cell that a page cuts goes on as an empty one.
"""

from collections.abc import Sequence

from extractors import values
from extractors.pdf.grids import Box, Grid
from extractors.pdf.lines import Line
from extractors.pdf.prose import Room, Style, fits, has_blanks_room, padding
from extractors.text import squeeze

_SAME = 4.0  # points: how far the same edge may stand apart on two pages
_NEAR_THE_END = 2.6  # lines: how far from its cell's end a text that goes on may break off
_MOST_HEAD_ROWS = 8

_Head = tuple[int, int, str]
"""A cell of a table's head: its left and right edge, its text."""


def continues(before: Grid, after: Grid) -> bool:
    """Whether two tables have the same columns, as pieces of one have."""
    left, right = before.edges, after.edges
    if abs(left[-1] - right[-1]) > _SAME:
        return False
    few, many = sorted((left, right), key=len)
    return all(_has(many, edge) for edge in few)


def _has(edges: Sequence[float], edge: float) -> bool:
    return any(abs(edge - other) <= _SAME for other in edges)


def joined(before: Grid, after: Grid, style: Style) -> Grid:
    """The two pieces as one table."""
    _move(after, before.x0 - after.x0)
    heads = _repeated_head(before, after)
    if heads:
        before.lost.append(_drop_head(after, heads))
    before.page_end = after.page_end
    if after.rows <= 0:
        return before
    pairs = [(upper, lower) for upper in before.band(before.rows - 1) for lower in after.band(0) if _same_span(upper, lower)]
    seam = _Seam(before, after, pairs, style)
    shift = before.rows
    if seam.ends_head():
        going_on = []
    elif seam.row_goes_on():
        shift -= 1
        going_on = pairs
    else:
        going_on = seam.merged()
    swallowed = {id(lower) for _, lower in going_on}
    for box in after.boxes:
        if id(box) not in swallowed:
            box.top, box.bottom = box.top + shift, box.bottom + shift
            before.boxes.append(box)
    for upper, lower in going_on:
        _absorb(upper, lower, lower.bottom + shift, style)
    before.rows = shift + after.rows
    before.y1 = after.y1
    before.lost.extend(after.lost)
    return before


def _absorb(upper: Box, lower: Box, bottom: int, style: Style) -> None:
    upper.bottom, upper.y1 = bottom, lower.y1
    content = list(lower.content)
    last = upper.content[-1] if upper.content else None
    first = content[0] if content else None
    if isinstance(last, Grid) and isinstance(first, Grid) and continues(last, first):
        upper.content[-1] = joined(last, first, style)
        del content[0]
    upper.content.extend(content)


def _same_span(upper: Box, lower: Box) -> bool:
    return abs(upper.x0 - lower.x0) <= _SAME and abs(upper.x1 - lower.x1) <= _SAME


def _move(grid: Grid, along: float) -> None:
    """Put the piece where the one before it stands: left and right pages may have other margins."""
    if abs(along) < 0.05:
        return
    grid.x0, grid.x1 = grid.x0 + along, grid.x1 + along
    for box in grid.boxes:
        box.x0, box.x1 = box.x0 + along, box.x1 + along
        for number, item in enumerate(box.content):
            if isinstance(item, Grid):
                _move(item, along)
            else:
                box.content[number] = item.moved(along) if not item.turn else item


def _text(box: Box) -> str:
    return squeeze(" ".join(item.text if isinstance(item, Line) else " ".join(map(_text, item.boxes)) for item in box.content))


def _repeated_head(before: Grid, after: Grid) -> int:
    """How many rows at the top of a piece only repeat the table's head."""
    same = 0
    for row in range(min(_MOST_HEAD_ROWS, before.rows, after.rows)):
        if not _alike(_row(before, row), _row(after, row)):
            break
        same = row + 1
    while same and any(box.top < same < box.bottom for box in after.boxes):
        same -= 1
    head = [text for row in range(same) for _, _, text in _row(before, row)]
    return same if any(any(sign.isalpha() for sign in text) for text in head) or _is_numbering(head) else 0


def _alike(above: list[_Head], below: list[_Head]) -> bool:
    """Whether two rows are one and the same; a word may be cut off here and there."""
    if [cell[:2] for cell in above] != [cell[:2] for cell in below]:
        return False
    texts = [(left[2], right[2]) for left, right in zip(above, below, strict=True)]
    same = sum(left == right for left, right in texts)
    return same >= 0.6 * len(texts) and all(left.startswith(right) or right.startswith(left) for left, right in texts)


def _is_numbering(texts: list[str]) -> bool:
    return len(texts) > 2 and texts == [str(number) for number in range(1, len(texts) + 1)]


def _row(grid: Grid, row: int) -> list[_Head]:
    return [
        (round((box.x0 - grid.x0) / _SAME), round((box.x1 - grid.x0) / _SAME), _text(box))
        for box in grid.band(row) if box.top == row
    ]  # fmt: skip


def _drop_head(grid: Grid, rows: int) -> str:
    """Take the repeated rows off; their text."""
    head = [box for box in grid.boxes if box.top < rows]
    grid.boxes = [box for box in grid.boxes if box.top >= rows]
    for box in grid.boxes:
        box.top, box.bottom = box.top - rows, box.bottom - rows
    grid.rows -= rows
    return " ".join(filter(None, map(_text, head)))


class _Seam:
    """The last row of a piece and the first of the next, cell by cell."""

    def __init__(self, before: Grid, after: Grid, pairs: list[tuple[Box, Box]], style: Style) -> None:
        self.before, self.after, self.pairs, self.style = before, after, pairs, style
        self.pad = padding(before)

    def ends_head(self) -> bool:
        """Whether a page ends below a head: words and years above, figures below («2025» and «федеральный бюджет» over «120,5»)."""
        if any(_is_figure(_text(above)) for above, _ in self.pairs):
            return False
        return sum(bool(above.content) and _is_value(_text(below)) for above, below in self.pairs) > 1

    def row_goes_on(self) -> bool:
        """Whether the page cuts through a row."""
        upper, lower = self.before.band(self.before.rows - 1), self.after.band(0)
        if len(self.pairs) != len(upper) or len(self.pairs) != len(lower):
            return False
        written = [(above, below) for above, below in self.pairs if below.content]
        if not written:
            return any(above.content for above, _ in self.pairs)
        if any(not above.content and not isinstance(below.content[0], Grid) for above, below in written):
            return False
        signs = [self._sign(above, below) for above, below in written]
        if any(sign < 0 for sign in signs):
            return False
        key_above, key_below = self.pairs[0]
        if key_below.content:
            if len(written) == 1 and sum(bool(above.content) for above, _ in self.pairs) > 2:
                return True  # only the row's name goes on, its figures stand on the page before
            return max(signs) > 0 and (self._leaves_figures(written, signs) or self._goes_on_in_words(written))
        quiet = any(above.content and not below.content for above, below in self.pairs)
        return (bool(key_above.content) or max(signs) > 0) and (quiet or max(signs) > 0)

    def _sign(self, above: Box, below: Box) -> int:
        """1: the text was cut for want of room; -1: the one is whole and the other begins anew; 0: either may be."""
        if not above.content:
            return 0  # a table that stands in its cell below a blank line
        last, first = above.content[-1], below.content[0]
        if isinstance(last, Grid) and isinstance(first, Grid):
            return 1 if continues(last, first) else -1
        if isinstance(last, Grid) or isinstance(first, Grid):
            return 0
        if above.y1 - last.base > _NEAR_THE_END * 1.2 * last.size and not last.turn:
            return -1
        fit = fits(last, first, self._room(above))
        upper, lower = _text(above), _text(below)
        numbers = [text.replace(" ", "") for text in (upper, lower)]  # «2.1» may stand there sign by sign
        if all(map(values.list_number, numbers)) and above.x0 - self.before.x0 <= _SAME:
            return 1 if upper.endswith(".") and not fit else -1  # «3.» and «1.» may be one that was cut, «1» and «1.1» are two
        if all(map(_is_value, numbers)):
            cut = not fit and not self._had_room_below(last)
            return 1 if cut and _is_value("".join(numbers)) and not values.year(lower) else -1
        return 0 if fit else 1

    def _goes_on_in_words(self, written: list[tuple[Box, Box]]) -> bool:
        """Of rows whose first cell goes on: whether no cell looks like a beginning."""
        key_above, key_below = _text(written[0][0]), _text(written[0][1])
        if key_above.count("(") > key_above.count(")") and ")" in key_below:
            return True
        lines = _lines(written)
        if self.style.hangs and self.style.bare and lines and lines[0][0].hangs:
            return True
        if lines and self._begins_name(*lines[0], self._room(written[0][0])):
            return False
        begins = [first.text.lstrip()[:1].isupper() or first.text.lstrip()[:1].isdigit() for _, first in lines]
        cut = [not last.hangs and not last.text.endswith((".", ";", ":")) for last, _ in lines]
        opens = any(isinstance(below.content[0], Grid) for above, below in written if above.content and isinstance(above.content[-1], Line))
        if opens and all(begins):
            return False  # a table that begins where a text ended is the next row's as its name is
        return not all(begins) or (bool(cut) and all(cut) and not all(_is_value(_text(below)) for _, below in written))

    def _leaves_figures(self, written: list[tuple[Box, Box]], signs: list[int]) -> bool:
        """Whether all that is written was cut, and the row's other cells stand on the page before: «1.» / «1», «Доля» / «1, получивших»."""
        quiet = sum(bool(above.content) and not below.content for above, below in self.pairs)
        return min(signs) > 0 and quiet > 2 and not any(self._begins_name(*pair, self._room(written[0][0])) for pair in _lines(written)[:1])

    def _begins_name(self, last: Line, first: Line, room: Room) -> bool:
        """Whether a row's name that ends above, no blank drawn where one was due, is followed by another: «Сроки реализации» / «Объёмы»."""
        told = self.style.hangs and self.style.bare and not last.hangs and has_blanks_room(last, room)
        return told and last.text[-1:].isalpha() and first.text.lstrip()[:1].isupper()

    def _had_room_below(self, line: Line) -> bool:
        """Whether another cell of the row reaches a line lower, so that a figure would have gone on there: «2025» beside «Источ / ник»."""
        ends = [above.content[-1] for above, _ in self.pairs if above.content]
        return any(isinstance(end, Line) and not end.turn and end.base - line.base > 0.9 * line.size for end in ends)

    def _room(self, box: Box) -> Room:
        return Room(box.x0 + self.pad, box.x1 - self.pad)

    def merged(self) -> list[tuple[Box, Box]]:
        """The cells over several rows that go on behind the page's end."""
        if self._cuts_head():
            return self.pairs
        tall = [(above, below) for above, below in self.pairs if above.rows > 1 or below.rows > 1]
        if any(below.content and not self._runs_over(above, below) for above, below in tall):
            return []
        if self.pairs and self.pairs[0][0].x0 - self.before.x0 <= _SAME and self.pairs[0][1].content:
            return [] if self.pairs[0] not in tall else [pair for pair in tall if self._runs_over(*pair)]
        return tall

    def _cuts_head(self) -> bool:
        """Whether a page ends below the first row of a head: a title parts into columns on the next, and all other cells only go on."""
        parts = len(self.after.band(0)) > len(self.before.band(0)) > len(self.pairs) > 0
        return parts and self.before.rows == 1 and all(self._runs_over(above, below) for above, below in self.pairs)

    def _runs_over(self, above: Box, below: Box) -> bool:
        if not below.content:
            return True
        return bool(above.content) and self._sign(above, below) > 0


def _lines(written: list[tuple[Box, Box]]) -> list[tuple[Line, Line]]:
    return [
        (last, first) for above, below in written
        if above.content and isinstance(last := above.content[-1], Line) and isinstance(first := below.content[0], Line)
    ]  # fmt: skip


def _is_figure(text: str) -> bool:
    return _is_value(text) and values.year(text) is None


def _is_value(text: str) -> bool:
    return values.number(text)[0] is not None or values.year(text) is not None or text in ("х", "Х")
