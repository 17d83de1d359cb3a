"""The money of two editions as tables and pictures: what its difference is made of, and year by year."""

from collections.abc import Iterator
from decimal import Decimal

from extractors.text import shortened
from pipeline.reporting.changes import what
from pipeline.wording import Words
from schemas.change import Change, Comparison, Explained, Totals
from schemas.edition import Edition
from schemas.report import Bar, Chart, Fact, ReportColumn, ReportRow, ReportSection, ReportTable, Tone, cell, piece

_MOST = 12  # bars between the old total and the new one; smaller parts are drawn together
_ZERO = Decimal(0)


def waterfall(comparison: Comparison, words: Words) -> Iterator[ReportSection]:
    """From the old total to the new one by the primary changes."""
    totals = comparison.totals
    if not totals.delta or totals.old is None or totals.new is None:
        return
    by_id = {change.id: change for change in comparison.changes}
    rows = [ReportRow(cells=(cell(""), cell(words("было")), cell(words.number(totals.old))), tone=Tone.STRONG)]
    for item in totals.explained:
        change = by_id[item.change]
        rows.append(
            ReportRow(
                cells=(
                    cell(piece(item.change, target=item.change)),
                    cell(*what(change, words)),
                    cell(words.number(item.delta, signed=True)),
                )
            )
        )
    for name, value, tone in _rest(totals, words):
        rows.append(ReportRow(cells=(cell(""), cell(name), cell(words.number(value, signed=True))), tone=tone))
    rows.append(ReportRow(cells=(cell(""), cell(words("стало")), cell(words.number(totals.new))), tone=Tone.STRONG))
    unit = comparison.new.unit or words("сумма")
    columns = (ReportColumn(title="№"), ReportColumn(title=words("Из чего сложилось")), ReportColumn(title=unit, numeric=True))
    title = words("Объём программы: из чего сложилось изменение")
    names = {item.change: _briefly(by_id[item.change], words) for item in totals.explained}
    chart = Chart(
        kind="waterfall",
        title=title,
        description=words(
            "Было {old}, стало {new} {unit}; между ними — самостоятельные изменения.",
            old=totals.old, new=totals.new, unit=comparison.new.unit or "",
        ),
        bars=tuple(_steps(totals, names, words)),
    )  # fmt: skip
    yield ReportSection(title=title, table=ReportTable(columns=columns, rows=tuple(rows)), chart=chart)


def _briefly(change: Change, words: Words) -> str:
    """Where the change stands, as short as a chart wants it: its part and its column go without saying."""
    address = change.address_new or change.address_old
    assert address is not None  # a change stands somewhere
    return shortened(words.address(address.at(column=None), with_part=False), 40)


def _rest(totals: Totals, words: Words) -> Iterator[tuple[str, Decimal, Tone]]:
    """What the primary changes leave over, if anything."""
    for name, value, tone in (
        (words("округление"), totals.rounding, Tone.QUIET),
        (words("не объяснено"), totals.unexplained, Tone.UNEXPLAINED),
    ):
        if value:
            yield name, value, tone


def _steps(totals: Totals, names: dict[str, str], words: Words) -> Iterator[Bar]:
    assert totals.old is not None  # a waterfall has both ends
    assert totals.new is not None
    yield Bar(label=words("было"), text=words.number(totals.old), start=_ZERO, end=totals.old)
    chief = sorted(totals.explained, key=lambda item: -abs(item.delta))[:_MOST]
    level = totals.old
    parts: list[tuple[str, Decimal, Tone | None]] = [
        (f"{item.change} {names[item.change]}", item.delta, None) for item in totals.explained if item in chief
    ]
    small: list[Explained] = [item for item in totals.explained if item not in chief]
    if small:
        label = words.count("ещё {n} изменение", "ещё {n} изменений", len(small))
        parts.append((label, sum((item.delta for item in small), _ZERO), None))
    parts.extend(_rest(totals, words))
    for label, delta, tone in parts:
        yield Bar(label=label, text=words.number(delta, signed=True), start=level, end=level + delta,
                  tone=tone or (Tone.ADDED if delta > 0 else Tone.REMOVED))  # fmt: skip
        level += delta
    yield Bar(label=words("стало"), text=words.number(totals.new), start=_ZERO, end=totals.new)


def by_year(comparison: Comparison, words: Words) -> Iterator[ReportSection]:
    """The programme's money in each year, before and after; nothing if no year moved."""
    before, after = (_money(edition) for edition in (comparison.old, comparison.new))
    years = sorted(before.keys() | after.keys())  # "total" comes behind the years
    if all(before.get(year) == after.get(year) for year in years):
        return
    rows, bars = [], []
    for year in years:
        old, new = before.get(year), after.get(year)
        delta = words.number((new or _ZERO) - (old or _ZERO), signed=True)
        shown = ["—" if value is None else words.number(value) for value in (old, new)]
        name = words("ВСЕГО") if year == "total" else year
        rows.append(
            ReportRow(cells=tuple(cell(text) for text in (name, *shown, delta)), tone=Tone.STRONG if year == "total" else Tone.PLAIN)
        )
        if year != "total":
            bars += [Bar(label=year, text=text, start=_ZERO, end=value or _ZERO, tone=tone)
                     for text, value, tone in zip(shown, (old, new), (Tone.QUIET, Tone.PRIMARY), strict=True)]  # fmt: skip
    titles = (words("Год"), words("Было"), words("Стало"), words("Разница"))
    title = words("Деньги по годам, {unit}", unit=comparison.new.unit or words("сумма"))
    chart = Chart(kind="columns", title=title, description=words("Для каждого года два столбца: сколько было и сколько стало."), bars=tuple(bars),
                  legend=(Fact(name=words("было"), value="", tone=Tone.QUIET), Fact(name=words("стало"), value="", tone=Tone.PRIMARY)))  # fmt: skip
    columns = tuple(ReportColumn(title=text, numeric=number > 0) for number, text in enumerate(titles))
    yield ReportSection(title=title, table=ReportTable(columns=columns, rows=tuple(rows)), chart=chart)


def _money(edition: Edition) -> dict[str, Decimal]:
    """The programme's total by year, from appendix 2 or else from the passport; only what could be read."""
    grand = {year: money.total for year, money in edition.grand_total.items()}
    passport = next((funding for funding in edition.passport.funding if funding.source == "total"), None)
    found = grand or ({**passport.years, "total": passport.total} if passport else {})
    return {year: amount.value for year, amount in found.items() if amount is not None and amount.value is not None}
