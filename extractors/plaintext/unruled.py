"""Rows of a drawn table that no rule parts: by their numbers and years, or not at all.

Between two rules stands one row, unless its lines show by themselves that they are
several: each with a number («1.1», «1.2») or a year of its own, or each filled. Where
lines are several rows and nothing says which, no guess is made.
"""

from itertools import pairwise
from typing import NamedTuple

import regex

from extractors import values
from extractors.plaintext import frames

FEW_BANDS = 3  # a table with so few stretches between its rules has none between its rows
_HEADING = regex.compile(r"\s*(Цел[ьи]|ЦЕЛ[ЬИ]|Задача|ЗАДАЧА|Подпрограмма|ПОДПРОГРАММА|Раздел|РАЗДЕЛ|Итого|ИТОГО|Всего|ВСЕГО)\b")
_TOTAL = regex.compile(r"(всего|итого)\W*", regex.I)
_UPRIGHT = regex.compile(f"[{regex.escape(frames.UPRIGHT)}]")
_MARKDOWN = regex.compile(r"\s*+\|?\s*+:?-+:?\s*+(?:\|\s*+:?-+:?\s*+)+\|?\s*+")

Lines = list[list[str]]
"""The texts of the cells, line by line."""


class Part(NamedTuple):
    """The lines of one row; its first `merged` cells are those of the row above."""

    start: int
    stop: int
    merged: int = 0


def is_list(lines: list[tuple[str, bool, bool]]) -> bool:
    """Whether each line is a row: Markdown, or no rules and no columns; of each line its text, whether it is a rule, whether it fits."""
    rules = [number for number, (_, rule, _) in enumerate(lines) if rule]
    if rules == [1] and len(lines) > 2 and _MARKDOWN.fullmatch(lines[1][0]):
        return True
    return not rules and not all(fits for _, _, fits in lines)


def pieces(text: str) -> list[str]:
    """The cells of a line of a list, without the outer uprights."""
    found = _UPRIGHT.split(text.strip())
    return found[found[0] == "" : len(found) - (len(found) > 1 and found[-1] == "")]


def parts(lines: Lines, alone: bool) -> list[Part] | None:
    """The rows that these lines hold; `alone` when the table has no rules between its rows. None where that cannot be told."""
    numbered = [n for n, line in enumerate(lines) if _is_number(line[0])]
    if len(lines[0]) < 2 or len(lines) < 2:
        return [Part(n, n + 1) for n in range(len(lines))] if alone and len(lines[0]) < 2 else [Part(0, len(lines))]
    if len(numbered) < 2:
        return _by_years(lines, Part(0, len(lines))) or _filled(lines, alone)
    starts = [n for n, line in enumerate(lines) if _is_number(line[0]) or any(_HEADING.match(text) for text in line[:2])]
    if any(text.strip() for line in lines[: starts[0]] for text in line):
        return None
    made: list[Part] = []
    for start, stop in zip([0, *starts[1:]], [*starts[1:], len(lines)], strict=True):
        made.extend(_by_years(lines, Part(start, stop)) or [Part(start, stop)])
    return made


def _is_number(text: str) -> bool:
    return values.list_number(text) is not None and values.year(text) is None


def _is_year(text: str) -> bool:
    return values.year(text) is not None or _TOTAL.fullmatch(text.strip()) is not None


def _by_years(lines: Lines, whole: Part) -> list[Part] | None:
    """Rows that each have a year in one column; the cells before it go through all of them."""
    inside = lines[whole.start : whole.stop]
    for column in range(len(inside[0])):
        years = [n for n, line in enumerate(inside) if _is_year(line[column])]
        if len(years) > 1 and years[0] == next(n for n, line in enumerate(inside) if any(text.strip() for text in line)):
            if any(_runs_on(inside, behind) for behind in range(column + 1, len(inside[0]))):
                return None
            ends = [*years[1:], len(inside)]
            return [
                Part(whole.start + (year if number else 0), whole.start + end, column if number else 0)
                for number, (year, end) in enumerate(zip(years, ends, strict=True))
            ]
    return None


def _runs_on(lines: Lines, column: int) -> bool:
    """Whether words stand in the column on two lines that follow each other: one text over several years, or several."""
    words = [any(sign.isalpha() for sign in line[column]) for line in lines]
    return any(left and right for left, right in pairwise(words))


def _filled(lines: Lines, alone: bool) -> list[Part] | None:
    """One row, unless no rules part the rows and several lines hold figures: then each line, if each is filled, is one."""
    figures = [sum(values.number(text)[0] is not None for text in line) for line in lines]
    if not alone or sum(count > 1 for count in figures) < 2:
        return [Part(0, len(lines))]
    if all(line[0].strip() for line in lines):
        return [Part(n, n + 1) for n in range(len(lines))]
    return None
