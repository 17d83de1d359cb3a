"""Faces and the signs in them → tables as they stand on one page, with tables inside their cells.

A table inside a cell shows in three ways: its net touches nothing of the net around it; or
it touches, and the cell's own face lies around it like a U or a ring; or a page cuts it above
and below, and only two empty strips, the cell's padding, are left of the cell to its left and right.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from extractors.pdf.faces import TOUCH, Face, Net, nets
from extractors.pdf.lines import Line, lines
from extractors.pdf.marks import Glyph, Page, middle

_PADDING = 12.0  # points: the widest strip that is a cell's padding and no cell


@dataclass
class Box:
    """A cell: its edges, its rows, what it holds in order. `y1` is where it ends on the page where it ends."""

    x0: float
    x1: float
    top: int
    bottom: int
    y1: float
    content: "list[Line | Grid]"
    page: int

    @property
    def rows(self) -> int:
        return self.bottom - self.top


@dataclass
class Grid:
    """A table, or the piece of one that a page holds."""

    x0: float
    x1: float
    y0: float
    y1: float
    page: int
    rows: int
    boxes: list[Box]
    page_end: int = 0  # the page where it ends
    lost: list[str] = field(default_factory=list)  # heads repeated on later pages

    @property
    def edges(self) -> list[float]:
        """Where its columns end, measured from its left edge."""
        return sorted({round(x - self.x0, 1) for box in self.boxes for x in (box.x0, box.x1)})

    def band(self, row: int) -> list[Box]:
        """The cells that stand in a row, from left to right."""
        return sorted((box for box in self.boxes if box.top <= row < box.bottom), key=lambda box: box.x0)


@dataclass
class _Part:
    """A cell in the making: its span of boxes, its own faces, the faces of tables inside it."""

    left: int
    top: int
    right: int
    bottom: int
    own: list[Face]
    inside: list[Face]


def grids(page: Page) -> tuple[list[Grid], list[Line]]:
    """The tables of a page from top to bottom, and the lines outside of them."""
    found = [net for net in nets(page.rules) if not _is_frame(net, page)]
    found.sort(key=_surface)
    held: list[dict[int, list[Glyph]]] = [{} for _ in found]
    faces = [{box: n for n, face in enumerate(net.faces) for box in face.boxes} for net in found]
    loose: list[Glyph] = []
    at: dict[int, list[Glyph]] = {}  # of each string: where its first written sign stands
    for glyph in sorted(page.glyphs, key=lambda glyph: glyph.text.isspace()):
        spot = at.get(glyph.run)
        if spot is None:
            spot = at[glyph.run] = loose
            x, y = middle(glyph)
            for number, net in enumerate(found):
                face = faces[number].get(net.box(x, y))
                if face is not None:
                    spot = at[glyph.run] = held[number].setdefault(face, [])
                    break
        spot.append(glyph)
    return _nested(found, faces, held, page.number), lines(loose, page.number)


def _surface(net: Net) -> float:
    return (net.xs[-1] - net.xs[0]) * (net.ys[-1] - net.ys[0])


def _is_frame(net: Net, page: Page) -> bool:
    """A line around the whole page."""
    return len(net.faces) == 1 and _surface(net) > 0.6 * page.width * page.height


def _nested(found: list[Net], faces: list[dict[tuple[int, int], int]], held: list[dict[int, list[Glyph]]], page: int) -> list[Grid]:
    """The tables; a net inside a face of a larger one becomes a part of what that face holds."""
    inner: list[dict[int, list[Grid]]] = [{} for _ in found]
    top: list[Grid] = []
    for number, net in enumerate(found):
        spots = [(x, y) for x in (net.xs[0] + TOUCH, net.xs[-1] - TOUCH) for y in (net.ys[0] + TOUCH, net.ys[-1] - TOUCH)]
        holder = face = None
        for other in range(number + 1, len(found)):
            around = {faces[other].get(found[other].box(x, y)) for x, y in spots}
            if len(around) == 1 and (face := around.pop()) is not None:
                holder = other
                break
        if holder is not None and face is not None and len(net.faces) == 1 and not inner[number]:
            held[holder].setdefault(face, []).extend(held[number].get(0, ()))
            continue
        made = _Builder(net, held[number], inner[number], page).grid(list(net.faces))
        if holder is not None and face is not None:
            inner[holder].setdefault(face, []).append(made)
        else:
            top.append(made)
    return sorted(top, key=lambda grid: (grid.y0, grid.x0))


class _Builder:
    """Makes the table of one net."""

    def __init__(self, net: Net, held: dict[int, list[Glyph]], inner: dict[int, list[Grid]], page: int) -> None:
        self.net, self.page = net, page
        self.held = {net.faces[n]: glyphs for n, glyphs in held.items()}
        self.inner = {net.faces[n]: made for n, made in inner.items()}

    def grid(self, faces: list[Face]) -> Grid:
        parts = self._parts(faces)
        ys = sorted({edge for part in parts for edge in (part.top, part.bottom)})
        row = {y: n for n, y in enumerate(ys)}
        xs = self.net.xs
        boxes = [
            Box(xs[part.left], xs[part.right], row[part.top], row[part.bottom], self.net.ys[part.bottom], self._content(part), self.page)
            for part in sorted(parts, key=lambda part: (part.top, part.left))
        ]
        left, right = min(part.left for part in parts), max(part.right for part in parts)
        return Grid(xs[left], xs[right], self.net.ys[ys[0]], self.net.ys[ys[-1]], self.page, len(ys) - 1, boxes, self.page)

    def _content(self, part: _Part) -> list[Line | Grid]:
        glyphs = [glyph for face in part.own for glyph in self.held.get(face, ())]
        tables = [grid for face in part.own for grid in self.inner.get(face, ())]
        for group in _adjoining(part.inside):
            if len(group) == 1:
                glyphs.extend(self.held.get(group[0], ()))
            else:
                tables.append(self.grid(group))
        tables.sort(key=lambda grid: grid.y0)
        content: list[Line | Grid] = []
        for line in lines(glyphs, self.page):
            while tables and not line.turn and tables[0].y0 < line.base:
                content.append(tables.pop(0))
            content.append(line)
        return [*content, *tables]

    def _parts(self, faces: list[Face]) -> list[_Part]:
        """The cells of these faces; faces inside one of them belong to its inner tables."""
        parts: list[_Part] = []
        taken: set[Face] = set()
        for face in sorted(faces, key=lambda face: -(face.right - face.left) * (face.bottom - face.top)):
            if face in taken or face.is_whole:
                continue
            inside = [other for other in faces if other is not face and other not in taken and _within(other, face)]
            taken.add(face)
            if len(face.boxes) + sum(len(other.boxes) for other in inside) == (face.right - face.left) * (face.bottom - face.top):
                taken.update(inside)
                parts.append(_Part(face.left, face.top, face.right, face.bottom, [face], inside))
            else:
                parts.extend(self._broken(face))
        whole = [face for face in faces if face not in taken]
        for left, right, inside in self._padded(whole):
            if not taken & {left, right, *inside}:
                taken.update((left, right, *inside))
                parts.append(_Part(left.left, left.top, right.right, left.bottom, [left, right], inside))
        parts.extend(_Part(face.left, face.top, face.right, face.bottom, [face], []) for face in whole if face not in taken)
        return parts

    def _broken(self, face: Face) -> Iterator[_Part]:
        """An odd face, row by row: a line is missing somewhere; the first piece keeps the text."""
        own = [face]
        for row in range(face.top, face.bottom):
            columns = sorted(column for column, at in face.boxes if at == row)
            start = 0
            for n in range(1, len(columns) + 1):
                if n == len(columns) or columns[n] != columns[n - 1] + 1:
                    yield _Part(columns[start], row, columns[n - 1] + 1, row + 1, own, [])
                    own, start = [], n

    def _padded(self, faces: list[Face]) -> Iterator[tuple[Face, Face, list[Face]]]:
        """Two empty strips and the faces that fill the room between them."""
        strips: dict[tuple[int, int], list[Face]] = {}
        for face in faces:
            if self._width(face) <= _PADDING and face not in self.held:
                strips.setdefault((face.top, face.bottom), []).append(face)
        for (top, bottom), group in strips.items():
            left, right = min(group, key=lambda face: face.left), max(group, key=lambda face: face.right)
            between = Face(left.right, top, right.left, bottom, frozenset())
            inside = [face for face in faces if _within(face, between)]
            filled = sum(len(face.boxes) for face in inside) == (between.right - between.left) * (bottom - top)
            if filled and len(inside) > 1 and (bottom - top > 1 or any(face in self.held for face in inside)):
                yield left, right, inside

    def _width(self, face: Face) -> float:
        return self.net.xs[face.right] - self.net.xs[face.left]


def _within(inner: Face, outer: Face) -> bool:
    return outer.left <= inner.left and inner.right <= outer.right and outer.top <= inner.top and inner.bottom <= outer.bottom


def _adjoining(faces: Iterable[Face]) -> list[list[Face]]:
    """The faces parted into groups that share sides."""
    groups: list[list[Face]] = []
    for face in sorted(faces, key=lambda face: (face.top, face.left)):
        near = [group for group in groups if any(_side_by_side(face, other) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([face, *(other for group in near for other in group)])
    return groups


def _side_by_side(left: Face, right: Face) -> bool:
    across = min(left.right, right.right) - max(left.left, right.left)
    down = min(left.bottom, right.bottom) - max(left.top, right.top)
    return across >= 0 and down >= 0 and across + down > 0
