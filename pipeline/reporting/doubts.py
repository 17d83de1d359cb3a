"""Pairs that are held to be one thing with doubt: the reading that was taken, and those that would do almost as well."""

from collections.abc import Callable, Iterator

from extractors.text import shortened
from pipeline.reporting.names import Names
from pipeline.reporting.told import evidence, percent
from pipeline.wording import Words
from schemas.address import Address
from schemas.change import Comparison, Pairing
from schemas.report import Piece, ReportColumn, ReportRow, ReportSection, ReportTable, Tone, cell, line, piece

_LONGEST_NAME = 90


def doubtful(comparison: Comparison, prefix: str) -> Iterator[tuple[str, Pairing]]:
    """The doubtful pairs, each with the anchor of the row that tells of it."""
    yield from ((f"{prefix}D{number}", pair) for number, pair in enumerate((pair for pair in comparison.pairs if pair.doubtful), 1))


def doubts(comparison: Comparison, names: Names, link: Callable[[str], Piece], prefix: str, words: Words) -> Iterator[ReportSection]:
    """A row for each doubtful pair: both readings, why, and the changes that hang on it, each by what `link` calls it."""
    pairs = list(doubtful(comparison, prefix))
    if not pairs:
        return
    titles = (words("Было"), words("Принято: стало"), words("Почему"), words("Иначе"), words("Изменения"))
    rows = tuple(ReportRow(cells=(
        cell(_name(pair.address_old, names, False, words)), cell(_name(pair.address_new, names, True, words)), cell(evidence(pair, words)),
        cell("\n".join(dict.fromkeys(_readings(pair, names, words)))), cell(*_links(comparison, pair, link)),
    ), anchor=mark) for mark, pair in pairs)  # fmt: skip
    note = words("Номер и наименование не говорят наверняка, что это одно и то же: проверьте, верно ли прочтение.")
    yield ReportSection(
        title=words("Сопоставлено с сомнением"), lines=(line(piece(note, Tone.QUIET)),),
        table=ReportTable(columns=tuple(ReportColumn(title=title) for title in titles), rows=rows),
    )  # fmt: skip


def _name(address: Address | None, names: Names, is_new: bool, words: Words) -> str:
    """The address, with the name of what stands there."""
    if address is None:
        return "—"
    name = names.at(address, is_new)
    return words.address(address) + (f" «{shortened(name, _LONGEST_NAME)}»" if name else "")


def _readings(pair: Pairing, names: Names, words: Words) -> Iterator[str]:
    """Other ways to understand the pair, in words."""
    for other in pair.alternatives:
        sure = percent(other.strength, words)
        if other.address_old is None or other.address_new is None:
            yield words("прежнее исключено, новое добавлено — {sure}", sure=sure)
        elif other.address_old == pair.address_old:
            yield words("стало: {what} — {sure}", what=_name(other.address_new, names, True, words), sure=sure)
        else:
            yield words("было: {what} — {sure}", what=_name(other.address_old, names, False, words), sure=sure)


def _links(comparison: Comparison, pair: Pairing, link: Callable[[str], Piece]) -> Iterator[Piece]:
    """The changes that are told only because the two are taken for one."""
    hanging = (change.id for change in comparison.changes if change.pairing is not None
               and (change.pairing.address_old, change.pairing.address_new) == (pair.address_old, pair.address_new))  # fmt: skip
    for position, told in enumerate(dict.fromkeys(map(link, hanging))):
        yield from ((piece(", "), told) if position else (told,))
