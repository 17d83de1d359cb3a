"""Columns headed by years: which year, and which source, each column of money is for.

Years may stand over sources, sources over years, or years alone with a source in each
row. A column whose year is told apart only by «план» and «факт» is taken for the plan.
"""

from typing import NamedTuple

import regex

from extractors import values
from extractors.labels import Labels
from extractors.text import squeeze

_YEAR = regex.compile(r"(?<![\d.])((?:19|20)\d\d)(?!\d)")
_RESULT = regex.compile(r"показател|результат|индикатор|значени", regex.I)
_MONEY = regex.compile(r"финанс|руб|расход|бюджет|ассигнован|объем средств|затрат|стоимост", regex.I)
_PLAN = regex.compile(r"план|утвержд|предусм|потребност|прогноз", regex.I)
_TOTAL = regex.compile(r"(всего|итого|общий объ[её]м|за (весь период|\d\d\d\d))", regex.I)
_PROGRAMME = regex.compile(r"(?:муниципальн|государственн|районн|городск|областн|целев)\w+ (?:под)?программ\w*", regex.I)
_BUDGET = regex.compile(r"бюджет|средств|источник|внебюдж", regex.I)
_LONGEST, _SHORT = 70, 25


class Yearly(NamedTuple):
    """A column of money: its year or "total", and its source where the header names one."""

    column: int
    year: str
    source: str | None


def yearly(header: dict[int, list[str]], labels: Labels) -> tuple[tuple[Yearly, ...], bool]:
    """The columns of money by year, and whether a year among them was not understood.

    `header` are the texts over each column, from the lowest up.
    """
    found = [made for column, texts in header.items() if (made := _column(column, texts, labels))]
    if len({made.year for made in found} - {"total"}) < 1:
        return (), False
    sources = {made.source for made in found if made.year != "total"}
    mixed = len(sources) > 1
    settled = [made if made.source or not mixed else made._replace(source="total") for made in found]
    by_key: dict[tuple[str, str | None], list[Yearly]] = {}
    for made in settled:
        by_key.setdefault((made.year, made.source), []).append(made)
    chosen = [_the_plan(twins, header) for twins in by_key.values()]
    known = tuple(made for made in chosen if made)
    spans = any(_is_span(texts) for column, texts in header.items() if column not in {made.column for made in found})
    return known, len(known) < len(chosen) or spans


def _column(column: int, texts: list[str], labels: Labels) -> Yearly | None:
    if any(_RESULT.search(text) and not _MONEY.search(text) for text in texts):
        return None
    year = next((year for text in texts if (year := _year(text))), None)
    total = next((text for text in texts if _TOTAL.match(squeeze(text))), None)
    families = [labels.family("sources", bare) for text in texts if _is_source(bare := _PROGRAMME.sub("", text))]
    source = next((family for family in families if family and family != "total"), None)
    if year is None and total is None:
        return None
    if year and total and source is None and _TOTAL.match(squeeze(texts[0])):
        source = "total"
    return Yearly(column, year or "total", source)


def _is_source(text: str) -> bool:
    """A short name, or one that speaks of a budget: «Объем финансирования мероприятия муниципальной программы» names no source."""
    return len(text) < _SHORT or _BUDGET.search(text) is not None


def _year(text: str) -> str | None:
    """«2024», «2024 год (план)», «План на 2024 год, тыс. руб.»: the only year of the text."""
    exact = values.year(text)
    if exact or len(text) > _LONGEST:
        return exact
    years = set(_YEAR.findall(text))
    return years.pop() if len(years) == 1 and not _TOTAL.match(squeeze(text)) else None


def _is_span(texts: list[str]) -> bool:
    """«2019 - 2020 годы» over one column: money of years that are told apart elsewhere."""
    return bool(texts) and len(set(_YEAR.findall(texts[0]))) > 1 and len(texts[0]) <= _LONGEST and not _TOTAL.match(squeeze(texts[0]))


def _the_plan(twins: list[Yearly], header: dict[int, list[str]]) -> Yearly | None:
    if len(twins) == 1:
        return twins[0]
    plans = [made for made in twins if any(_PLAN.search(text) for text in header[made.column][:1])]
    return plans[0] if len(plans) == 1 else None
