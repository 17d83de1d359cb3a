"""What the benchmark shows: measures, what they must keep to, and tables of them."""

from collections.abc import Sequence
from typing import NamedTuple

HEADINGS = ("мера", "время", "отношение", "предел", "итог")


class Bar(NamedTuple):
    """What a measure must keep to: at most (or at least) `limit`, a ratio or seconds over a bare Python."""

    limit: float
    unit: str  # "×" or "с"
    at_least: bool = False

    def met(self, value: float) -> bool:
        return value >= self.limit if self.at_least else value <= self.limit


class Line(NamedTuple):
    """A line of the table: the least seconds; the compared value and its bar, where there are such."""

    name: str
    seconds: float
    value: float | None = None
    bar: Bar | None = None
    unit: str = "×"

    @property
    def missed(self) -> bool:
        return self.bar is not None and self.value is not None and not self.bar.met(self.value)

    def cells(self) -> tuple[str, ...]:
        value = "" if self.value is None else f"{'+' * (self.unit == 'с')}{number(self.value, self.unit)}"
        limit = f"{'≥' if self.bar.at_least else '≤'} {number(self.bar.limit, self.unit)}" if self.bar else ""
        verdict = ("НЕТ" if self.missed else "да") if self.bar else "для сведения" if value else ""
        return self.name, duration(self.seconds), value, limit, verdict


def number(value: float, unit: str) -> str:
    """«2,35 ×», «0,350 с»."""
    return f"{value:.{3 if unit == 'с' else 2}f} {unit}".replace(".", ",")


def duration(value: float) -> str:
    """Seconds as «1,234 с», «12,345 мс» or «56,789 мкс»."""
    scale, unit = (1.0, "с") if value >= 1 else (1e3, "мс") if value >= 1e-3 else (1e6, "мкс")
    return f"{value * scale:.3f} {unit}".replace(".", ",")


def table(lines: list[Line]) -> str:
    """The lines with their columns aligned: the names to the left, the figures to the right."""
    return aligned([HEADINGS, *(line.cells() for line in lines)], "<>>><")


def aligned(rows: Sequence[Sequence[str]], sides: str) -> str:
    """Rows with their columns aligned, each to its side."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    made = ([f"{cell:{side}{width}}" for cell, side, width in zip(row, sides, widths, strict=True)] for row in rows)
    return "\n".join("  ".join(cells).rstrip() for cells in made)
