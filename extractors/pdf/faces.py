"""Ruling lines → the faces that they enclose.

The lines that touch each other make a net. Its edges, brought together where they are
drawn twice or a little apart, part the net into boxes; boxes without a wall between them
are one face. Sides left open, as at the end of a page, are closed.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractors import errors
from extractors.pdf.marks import Rule

TOUCH = 2.5  # points: what is nearer is one
_STUB = 9.0  # points: lines that run on beyond the others for less than a line of text run nowhere
_MOST_RULES = 50_000
_MOST_BOXES = 1_000_000


class Face(NamedTuple):
    """The boxes of a net that make one face, by their columns and rows."""

    left: int
    top: int
    right: int
    bottom: int
    boxes: frozenset[tuple[int, int]]

    @property
    def is_whole(self) -> bool:
        """Whether it is a plain rectangle."""
        return len(self.boxes) == (self.right - self.left) * (self.bottom - self.top)


class Net(NamedTuple):
    """The edges of a net, from left to right and from top to bottom, and its faces."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    faces: tuple[Face, ...]

    def box(self, x: float, y: float) -> tuple[int, int]:
        """The box that holds a spot."""
        return bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1


def nets(rules: Sequence[Rule]) -> list[Net]:
    """The nets of a page, those without a face left out."""
    if len(rules) > _MOST_RULES:
        raise errors.TooLarge
    level = _joined(rule for rule in rules if rule.level)
    steep = _joined(rule for rule in rules if not rule.level)
    made = (_net(*group) for group in _touching(level, steep))
    return sorted((net for net in made if net and net.faces), key=lambda net: (net.ys[0], net.xs[0]))


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """Lines that continue or cover each other as one."""
    found: list[Rule] = []
    for bundle in _bundles(sorted(rules, key=lambda rule: rule.at)):
        at = sum(rule.at for rule in bundle) / len(bundle)
        bundle.sort(key=lambda rule: rule.start)
        current = bundle[0]._replace(at=at)
        for rule in bundle[1:]:
            if rule.start <= current.stop + TOUCH:
                current = current._replace(stop=max(current.stop, rule.stop))
            else:
                found.append(current)
                current = rule._replace(at=at)
        found.append(current)
    return found


def _bundles(rules: list[Rule]) -> list[list[Rule]]:
    """Parallel lines less than a hair apart."""
    bundles: list[list[Rule]] = []
    for rule in rules:
        if bundles and rule.at - bundles[-1][0].at < 0.3:
            bundles[-1].append(rule)
        else:
            bundles.append([rule])
    return bundles


def _touching(level: list[Rule], steep: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """The lines parted into groups that hang together by crossings."""
    owner = list(range(len(level) + len(steep)))

    def root(n: int) -> int:
        while owner[n] != n:
            owner[n] = owner[owner[n]]
            n = owner[n]
        return n

    order = sorted(range(len(level)), key=lambda n: level[n].at)
    heights = [level[n].at for n in order]
    for number, upright in enumerate(steep, len(level)):
        first = bisect_right(heights, upright.start - TOUCH)
        for n in order[first : bisect_right(heights, upright.stop + TOUCH)]:
            if level[n].start - TOUCH <= upright.at <= level[n].stop + TOUCH:
                owner[root(n)] = root(number)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for n, rule in enumerate([*level, *steep]):
        groups.setdefault(root(n), ([], []))[0 if rule.level else 1].append(rule)
    return [group for group in groups.values() if group[0] and group[1]]


def _net(level: list[Rule], steep: list[Rule]) -> Net | None:
    (left, right), (top, bottom) = _bounds(steep, level), _bounds(level, steep)
    level = [*level, Rule(True, top, left, right), Rule(True, bottom, left, right)]
    steep = [*steep, Rule(False, left, top, bottom), Rule(False, right, top, bottom)]
    xs, ys = _edges(rule.at for rule in steep), _edges(rule.at for rule in level)
    if len(xs) < 2 or len(ys) < 2:
        return None
    if len(xs) * len(ys) > _MOST_BOXES:
        raise errors.TooLarge
    across = {wall for rule in level for wall in _walls(rule, ys, xs)}
    down = {wall for rule in steep for wall in _walls(rule, xs, ys)}
    return Net(xs, ys, tuple(_faces(len(xs) - 1, len(ys) - 1, across, down)))


def _bounds(rules: list[Rule], others: list[Rule]) -> tuple[float, float]:
    """The first and the last edge: of the rules, or where two others or more end clearly beyond them."""
    found: list[float] = []
    for side in (0, 1):
        pick = max if side else min
        nearest = pick(rule.at for rule in rules)
        edge = pick((rule.start, rule.stop)[side] for rule in others)
        reaching = sum(abs((rule.start, rule.stop)[side] - edge) <= TOUCH for rule in others)
        found.append(edge if abs(edge - nearest) > _STUB and (reaching > 1 or len(others) == 1) else nearest)
    return found[0], found[1]


def _edges(spots: Iterable[float]) -> tuple[float, ...]:
    """Spots that are not nearer to each other than a touch; nearer ones as their middle."""
    bundles: list[list[float]] = []
    for spot in sorted(spots):
        if bundles and spot - bundles[-1][0] <= TOUCH:
            bundles[-1].append(spot)
        else:
            bundles.append([spot])
    return tuple((bundle[0] + bundle[-1]) / 2 for bundle in bundles)


def _walls(rule: Rule, ats: Sequence[float], along: Sequence[float]) -> Iterable[tuple[int, int]]:
    """The (edge, box) pairs that a line walls off."""
    edge = min(
        range(max(0, bisect_right(ats, rule.at) - 1), min(len(ats), bisect_right(ats, rule.at) + 1)), key=lambda n: abs(ats[n] - rule.at)
    )
    first = bisect_right(along, rule.start - TOUCH)
    for box in range(first, len(along) - 1):
        if along[box + 1] > rule.stop + TOUCH:
            break
        yield edge, box


def _faces(wide: int, high: int, across: set[tuple[int, int]], down: set[tuple[int, int]]) -> Iterable[Face]:
    """Flood the boxes from the outside first, then from each that is still dry."""
    seen = [[False] * (high + 2) for _ in range(wide + 2)]

    def flood(column: int, row: int) -> list[tuple[int, int]]:
        seen[column][row] = True
        todo, found = [(column, row)], []
        while todo:
            column, row = todo.pop()
            found.append((column, row))
            for near, line, wall in (
                ((column - 1, row), down, (column - 1, row - 1)), ((column + 1, row), down, (column, row - 1)),
                ((column, row - 1), across, (row - 1, column - 1)), ((column, row + 1), across, (row, column - 1)),
            ):  # fmt: skip
                i, j = near
                if 0 <= i <= wide + 1 and 0 <= j <= high + 1 and not seen[i][j] and wall not in line:
                    seen[i][j] = True
                    todo.append(near)
        return found

    flood(0, 0)
    for row in range(1, high + 1):
        for column in range(1, wide + 1):
            if not seen[column][row]:
                boxes = frozenset((i - 1, j - 1) for i, j in flood(column, row))
                columns, rows = [i for i, _ in boxes], [j for _, j in boxes]
                yield Face(min(columns), min(rows), max(columns) + 1, max(rows) + 1, boxes)
