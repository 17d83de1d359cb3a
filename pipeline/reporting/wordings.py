"""The former and the new wording of what changed: whole, as a comparison table shows it."""

from collections.abc import Iterator

from pipeline.wording import Words
from pipeline.words import difference
from schemas.amount import Amount, Mark
from schemas.change import Change, Column, Text
from schemas.edition import Activity, Block, Funding, Indicator, Money, Task
from schemas.report import TableCell, Tone, cell, piece
from schemas.requisites import Act

_PART_NAMES = {
    "term": "срок",
    "responsible": "исполнители",
    "result": "результат",
    "unit": "единица измерения",
    "method": "методика расчёта",
}
_SLIPS = {Mark.DOUBLED_SEPARATOR, Mark.LETTER, Mark.FOREIGN_SIGN, Mark.BLANK_AFTER_SEPARATOR, Mark.GROUPING}


def former_and_new(change: Change, words: Words) -> tuple[TableCell, TableCell]:
    """Both wordings, with what went and what came marked."""
    old, new = change.old, change.new
    if isinstance(old, Text) and isinstance(new, Text):
        fragments = change.words or difference(old.text, new.text)
        sides = (("added", Tone.REMOVED), ("removed", Tone.ADDED))
        before, after = (
            cell(*(piece(f.text, Tone.PLAIN if f.op == "same" else tone) for f in fragments if f.op != other)) for other, tone in sides
        )
        return before, after
    numeric = isinstance(old or new, Amount)
    absent = piece(words("отсутствует"), Tone.QUIET)
    gone = piece(words("исключено"), Tone.QUIET)
    if change.form:
        return cell(_written(old, words), numeric=numeric), cell(_written(new, words), numeric=numeric)
    before = cell(piece(wording(old, words), Tone.REMOVED) if old is not None else absent, numeric=numeric and old is not None)
    after = cell(piece(wording(new, words), Tone.ADDED) if new is not None else gone, numeric=numeric and new is not None)
    return before, after


def _written(value: object, words: Words) -> str:
    """A figure as it is written, for changes of its form."""
    return value.raw.strip() if isinstance(value, Amount) else wording(value, words)


def wording(value: object, words: Words) -> str:
    """A value or a whole record in words, line by line."""
    return "\n".join(line for line in _lines(value, words) if line)


def slip(change: Change, words: Words) -> str:
    """How the new figure is written where that is not how a figure should be written."""
    amount = change.new
    if isinstance(amount, Amount) and _SLIPS & set(amount.marks):
        return words("в документе написано «{raw}»", raw=amount.raw.strip())
    return ""


def _lines(value: object, words: Words) -> Iterator[str]:
    match value:
        case Amount():
            yield _short(value, words) if not value.is_blank else words("пусто")
        case Text():
            yield value.text or words("пусто")
        case Act():
            yield words("постановление от {date} № {number}", date=words.date(value.date), number=value.number or "")
        case Activity():
            yield _numbered(value.number, value.name)
            yield from _named({"term": value.term, "responsible": value.responsible, "result": value.result}, words)
            yield from _money(value.years, words)
        case Task():
            yield words("Задача {number}. {name}", number=value.number, name=value.name)
            for activity in value.activities:
                yield from _lines(activity, words)
            yield from _money(value.subtotal, words)
        case Indicator():
            yield _numbered(value.number, value.name)
            yield from _named({"unit": value.unit, "method": value.method}, words)
            yield from _by_year(value.values, words)
        case Column():
            yield words("графа «{source}»", source=words.column(value.source))
        case Funding():
            yield value.label
            yield from _by_year(value.years | ({"total": value.total} if value.total is not None else {}), words)
        case Money():
            yield _row(value, words)


def _numbered(number: str | None, name: str) -> str:
    return f"{number or ''} {name}".strip()


def _named(parts: dict[str, str | None], words: Words) -> Iterator[str]:
    yield from (f"{words(_PART_NAMES[key])}: {text}" for key, text in parts.items() if text)


def _by_year(amounts: dict[str, Amount], words: Words) -> Iterator[str]:
    yield from (f"{_year(year, words)} — {_short(amount, words)}" for year, amount in amounts.items())


def _money(block: Block, words: Words) -> Iterator[str]:
    yield from (f"{_year(year, words)} — {row}" for year, money in block.items() if (row := _row(money, words)))


def _row(money: Money, words: Words) -> str:
    """A row of money: the columns in which there is something, then its result."""
    shown = [
        f"{words.column(column)} {_short(amount, words)}" for column, amount in money.amounts() if amount.value or amount.is_unreadable
    ]
    if not shown and any(True for _ in money.amounts()):
        shown = [words("средств нет")]
    return "; ".join([*shown, *([f"{words('результат')}: {money.result}"] if money.result else [])])


def _short(amount: Amount, words: Words) -> str:
    return words.number(amount.value) if amount.value is not None else amount.raw.strip() or "—"


def _year(year: str, words: Words) -> str:
    return words("ВСЕГО") if year == "total" else words("{year} год", year=year)
