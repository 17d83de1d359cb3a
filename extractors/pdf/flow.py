"""Pages in order → one flow of lines and tables, the tables joined over the ends of pages."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from extractors.pdf.grids import Grid
from extractors.pdf.lines import Line
from extractors.pdf.prose import Room, Style, padding, usual
from extractors.pdf.running import Layout
from extractors.pdf.seams import continues, joined

_NEAR, _SURE = 15.0, 4  # so many lines that end so near to each other end where the room does


@dataclass
class Text:
    """Lines that follow each other with no table between, in the room they had."""

    lines: list[Line] = field(default_factory=list)
    room: Room = field(default_factory=lambda: Room(0, 0))


Item = Text | Grid


def flow(pages: list[Layout]) -> tuple[list[Item], Style]:
    """The items of the document in order, and what is usual in it."""
    rooms = _rooms(pages)
    single: list[Item] = [Text(layout.lines, rooms[_size(layout)]) for layout in pages]
    single.extend(grid for layout in pages for grid in layout.grids)
    style = usual(_containers(single))
    items: list[Item] = []
    for layout in pages:
        fresh = True  # nothing of this page stands in the flow yet
        for item in _in_order(layout):
            last = items[-1] if items else None
            if isinstance(item, Grid):
                if fresh and isinstance(last, Grid) and last.page_end == layout.page.number - 1 and continues(last, item):
                    items[-1] = joined(last, item, style)
                else:
                    items.append(item)
            else:
                room = rooms[_size(layout)]
                if not isinstance(last, Text) or last.room != room:
                    items.append(last := Text(room=room))
                last.lines.append(item)
            fresh = False
    return list(_dissolved(items)), style


def _in_order(layout: Layout) -> Iterator[Line | Grid]:
    """Lines and tables from top to bottom; turned lines stand at the end."""
    level = [line for line in layout.lines if not line.turn]
    placed: list[tuple[float, Line | Grid]] = [
        *((line.base - 0.5 * line.size, line) for line in level),
        *((grid.y0, grid) for grid in layout.grids),
    ]
    yield from (item for _, item in sorted(placed, key=lambda pair: pair[0]))
    yield from (line for line in layout.lines if line.turn)


def _dissolved(items: list[Item]) -> Iterator[Item]:
    """A frame around text is no table."""
    for item in items:
        if isinstance(item, Grid) and len(item.boxes) == 1:
            box = item.boxes[0]
            pad = padding(item)
            room = Room(item.x0 + pad, item.x1 - pad)
            for inner in box.content:
                yield inner if isinstance(inner, Grid) else Text([inner], room)
        else:
            yield item


def _size(layout: Layout) -> tuple[int, int]:
    return round(layout.page.width), round(layout.page.height)


def _rooms(pages: list[Layout]) -> dict[tuple[int, int], Room]:
    """Where text outside of tables stands, for each size of page."""
    found: dict[tuple[int, int], Room] = {}
    for size in {_size(layout) for layout in pages}:
        alike = [layout for layout in pages if _size(layout) == size]
        level = [line for layout in alike for line in layout.lines if not line.turn]
        tables = [grid for layout in alike for grid in layout.grids]
        left = min([*(line.x0 for line in level), *(grid.x0 for grid in tables)], default=0.0)
        right = max([*(line.x1 for line in level), *(grid.x1 - padding(grid) for grid in tables)], default=0.0)
        ends = sum(line.x1 > right - _NEAR for line in level)
        sure = right > 0.6 * size[0] and (ends >= _SURE or any(grid.x1 > right for grid in tables))
        found[size] = Room(left, right if sure else max(right, size[0] - left), ends >= _SURE)
    return found


def _containers(items: list[Item]) -> Iterator[tuple[list[Line], Room]]:
    """Every run of lines in the document, those in cells included, with its room."""
    for item in items:
        if isinstance(item, Text):
            yield item.lines, item.room
        else:
            pad = padding(item)
            for box in item.boxes:
                room = Room(box.x0 + pad, box.x1 - pad)
                yield [line for line in box.content if isinstance(line, Line)], room
                yield from _containers([inner for inner in box.content if isinstance(inner, Grid)])
