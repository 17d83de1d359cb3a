"""The money of two editions as tables and pictures: what its difference is made of, and year by year."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from extractors.text import shortened
from pipeline.reporting.footing import lined_up
from pipeline.reporting.names import Names
from pipeline.reporting.told import briefly, what
from pipeline.wording import NO_BREAK, Words
from schemas.change import Balance, Comparison, Explained, Share, Totals
from schemas.report import Bar, Chart, Fact, Piece, ReportColumn, ReportRow, ReportSection, ReportTable, Tone, cell, piece

Anchor = Callable[[str], str]
"""The number of a change → its anchor in the report."""

_HOLD = NO_BREAK
_NAME = 60  # signs of a task's name
_PARTS = 8  # changes named one by one behind a share
_MOST = 12  # bars between the old total and the new one; smaller parts are drawn together
_ZERO = Decimal(0)


def waterfall(comparison: Comparison, words: Words, anchor: Anchor) -> Iterator[ReportSection]:
    """From the old total to the new one by the primary changes."""
    totals = comparison.totals
    if not totals.delta or totals.old is None or totals.new is None:
        return
    by_id, names_of = {change.id: change for change in comparison.changes}, Names(comparison)
    rows = [ReportRow(cells=(cell(""), cell(words("было")), cell(words.number(totals.old), numeric=True)), tone=Tone.STRONG)]
    for item in totals.explained:
        change = by_id[item.change]
        rows.append(
            ReportRow(
                cells=(
                    cell(piece(item.change, target=anchor(item.change))),
                    cell(*what(change, names_of, words)),
                    cell(words.number(item.delta, signed=True), numeric=True),
                )
            )
        )
    for name, value, tone in _rest(totals, words):
        rows.append(ReportRow(cells=(cell(""), cell(name), cell(words.number(value, signed=True), numeric=True)), tone=tone))
    rows.append(ReportRow(cells=(cell(""), cell(words("стало")), cell(words.number(totals.new), numeric=True)), tone=Tone.STRONG))
    unit = comparison.new.unit or words("сумма")
    columns = (ReportColumn(title="№"), ReportColumn(title=words("Из чего сложилось")), ReportColumn(title=unit, numeric=True))
    title = words("Объём программы: из чего сложилось изменение")
    names = {item.change: briefly(by_id[item.change], words) for item in totals.explained}
    chart = Chart(
        kind="waterfall",
        title=title,
        description=words(
            "Было {old}, стало {new} {unit}; между ними — самостоятельные изменения.",
            old=totals.old, new=totals.new, unit=comparison.new.unit or "",
        ),
        bars=tuple(_steps(totals, names, words)),
    )  # fmt: skip
    yield ReportSection(title=title, leading=True, table=lined_up(ReportTable(columns=columns, rows=tuple(rows))), chart=chart)


def _rest(totals: Balance, words: Words) -> Iterator[tuple[str, Decimal, Tone]]:
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


def by_year(comparison: Comparison, words: Words, anchor: Anchor) -> Iterator[ReportSection]:
    """The programme's money in each year, before and after; nothing if no year moved."""
    shares = comparison.totals.by_year
    if not any(share.delta or share.explained for share in shares):
        return
    bars = [
        Bar(label=share.key, text=_shown(value, words), start=_ZERO, end=value or _ZERO, tone=tone)
        for share in shares for value, tone in ((share.old, Tone.QUIET), (share.new, Tone.PRIMARY))
    ]  # fmt: skip
    title = words("Деньги по годам, {unit}", unit=comparison.new.unit or words("сумма"))
    chart = Chart(kind="columns", title=title, description=words("Для каждого года два столбца: сколько было и сколько стало."), bars=tuple(bars),
                  legend=(Fact(name=words("было"), value="", tone=Tone.QUIET), Fact(name=words("стало"), value="", tone=Tone.PRIMARY)))  # fmt: skip
    yield ReportSection(title=title, leading=True, table=_shares(shares, comparison, words("Год"), words, anchor), chart=chart)


def by_task_and_source(comparison: Comparison, words: Words, anchor: Anchor) -> Iterator[ReportSection]:
    """The money of each task, and of each source where there are several; nothing if none moved."""
    totals, unit = comparison.totals, comparison.new.unit or words("сумма")
    for title, head, shares in (
        (words("Деньги по задачам, {unit}", unit=unit), words("Задача"), totals.by_task),
        (words("Деньги по источникам, {unit}", unit=unit), words("Источник"), totals.by_source),
    ):
        told = [share for share in shares if share.old or share.new or share.explained]
        if len(told) > 1 and any(share.delta or share.explained for share in told):
            yield ReportSection(title=title, leading=True, table=_shares(told, comparison, head, words, anchor))


def _shares(shares: Sequence[Share], comparison: Comparison, head: str, words: Words, anchor: Anchor) -> ReportTable:
    """Before, after, by how much, and which changes make that up; at last the programme as a whole."""
    names = Names(comparison)
    rows = [_share(_named(share, names, words), share, words, anchor) for share in shares]
    whole = comparison.totals.model_copy(update={"explained": ()})  # the waterfall tells what that consists of
    rows.append(_share([piece(words("итого по программе"))], whole, words, anchor, Tone.STRONG))
    titles = (head, words("Было"), words("Стало"), words("Разница"), words("Из чего сложилось"))
    columns = tuple(ReportColumn(title=text, numeric=0 < number < 4) for number, text in enumerate(titles))
    return lined_up(ReportTable(columns=columns, rows=tuple(rows)))


def _named(share: Share, names: Names, words: Words) -> list[Piece]:
    address = share.address
    if address.task is not None:
        name = names.at(address, is_new=True) or names.at(address, is_new=False)
        return [piece(share.key), *([piece(f" {shortened(name, _NAME)}", Tone.QUIET)] if name else [])]
    return [piece(words.column(share.key) if address.column else share.key)]


def _share(name: list[Piece], share: Balance, words: Words, anchor: Anchor, tone: Tone = Tone.PLAIN) -> ReportRow:
    delta = "—" if share.delta is None else words.number(share.delta, signed=True)
    numbers = (cell(text, numeric=True) for text in (_shown(share.old, words), _shown(share.new, words), delta))
    tone = tone if share.delta or share.explained or tone == Tone.STRONG else Tone.QUIET
    return ReportRow(cells=(cell(*name), *numbers, cell(*_made_of(share, words, anchor))), tone=tone)


def _made_of(share: Balance, words: Words, anchor: Anchor) -> Iterator[Piece]:
    """The changes that make up the difference, the greatest first, and what they leave over."""
    parts = sorted(share.explained, key=lambda item: -abs(item.delta))
    few, many = parts[:_PARTS], parts[_PARTS:]
    lead = ""
    for item in few:
        yield from (piece(lead), piece(item.change, target=anchor(item.change)), piece(f"{_HOLD}{words.number(item.delta, signed=True)}"))
        lead = "; "
    if many:
        total = words.number(sum((item.delta for item in many), _ZERO), signed=True)
        yield piece(lead + words("ещё {n}", n=len(many)) + f" {total}")
    for name, value, tone in _rest(share, words):
        yield from (piece("; " if parts else ""), piece(f"{name}{_HOLD}{words.number(value, signed=True)}".replace(" ", _HOLD), tone))


def _shown(value: Decimal | None, words: Words) -> str:
    return "—" if value is None else words.number(value)
