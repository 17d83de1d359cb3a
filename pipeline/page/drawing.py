"""A chart as rectangles: across in percent of its width, so that letters keep their size; down in pixels."""

from decimal import Decimal
from typing import NamedTuple

from schemas.report import Bar, Chart, Tone

_ROW, _TEXT, _THICK, _THIN, _FOOT = 46, 15, 16, 9, 6
_AIR = Decimal("0.15")  # of the spread, left of the least level of a waterfall whose axis does not begin with zero
_ZERO = Decimal(0)


class Rectangle(NamedTuple):
    """A bar: its left edge and width in percent, its top and height in pixels."""

    x: str
    width: str
    y: int
    height: int
    tone: Tone


class Joint(NamedTuple):
    """A line from the end of one bar down to the next."""

    x: str
    top: int
    bottom: int


class Row(NamedTuple):
    """What is written above a row's bars: its name on the left, its value on the right."""

    y: int
    name: str
    value: str


class Drawing(NamedTuple):
    """All of a chart; `cut` tells that its axis does not begin with zero."""

    height: int
    rows: tuple[Row, ...]
    bars: tuple[Rectangle, ...]
    joints: tuple[Joint, ...]
    cut: bool


def drawn(chart: Chart) -> Drawing:
    """The chart's rectangles and words."""
    groups: dict[object, list[Bar]] = {}
    for number, bar in enumerate(chart.bars):
        groups.setdefault(number if chart.kind == "waterfall" else bar.label, []).append(bar)
    low, high = _axis(chart)
    rows, bars, joints = [], [], []
    for number, group in enumerate(groups.values()):
        top = number * _ROW
        rows.append(Row(top + _TEXT, group[0].label, " → ".join(bar.text for bar in group)))
        thick = _THICK if len(group) == 1 else _THIN
        for place, bar in enumerate(group):
            left, right = (_percent(max(value, low), low, high) for value in sorted((bar.start, bar.end)))
            y = top + _TEXT + _FOOT + place * (thick + 1)
            bars.append(Rectangle(f"{left:.3f}%", f"{max(right - left, Decimal('0.3')):.3f}%", y, thick, bar.tone))
        if chart.kind == "waterfall" and number < len(groups) - 1:
            end = _percent(group[0].end, low, high)
            joints.append(Joint(f"{end:.3f}%", top + _TEXT + _FOOT + thick, top + _ROW + _TEXT + _FOOT))
    return Drawing(len(groups) * _ROW, tuple(rows), tuple(bars), tuple(joints), low != _ZERO)


def _axis(chart: Chart) -> tuple[Decimal, Decimal]:
    """The least and the greatest value shown; a waterfall's small steps are not lost beside its totals."""
    ends = [bar.end for bar in chart.bars] or [_ZERO]
    least, most = min(_ZERO, *ends), max(_ZERO, *ends)
    if chart.kind == "waterfall" and min(ends) > _ZERO:
        least = max(_ZERO, min(ends) - (max(ends) - min(ends)) * _AIR)
    return least, most if most > least else least + 1


def _percent(value: Decimal, low: Decimal, high: Decimal) -> Decimal:
    return (value - low) * 100 / (high - low)
