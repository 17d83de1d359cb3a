"""The comparison table (сравнительная таблица) as legal departments file it: row by row, the former wording beside the new one."""

from collections.abc import Iterator, Mapping, Sequence

from extractors.text import shortened
from pipeline.reporting.audit import marked
from pipeline.reporting.common import edition_name, identity
from pipeline.reporting.doubts import doubts
from pipeline.reporting.names import Names
from pipeline.reporting.told import TRAIT_WORDS, TRANSFERS, Told, briefly
from pipeline.reporting.wordings import former_and_new, slip
from pipeline.wording import PARTS, Words
from schemas.address import Address
from schemas.change import Change, Comparison, Kind, Role, Trait
from schemas.report import Line, Piece, ReportColumn, ReportRow, ReportSection, ReportTable, TableCell, Tone, cell, line, piece

_MOST = 6  # members of a group that a note names
_KIND_NOTE_WORDS = {Kind.ADDED: "добавлено", Kind.REMOVED: "исключено", Kind.RENUMBERED: "изменён номер", Kind.MOVED: "перенесено"}


def filed(comparison: Comparison, every: Sequence[Told], words: Words) -> tuple[ReportSection, ...]:
    """The comparison table, and behind it the totals that stand as they stood although their terms moved."""
    names, partners = Names(comparison), _partners(comparison, words)
    every = sorted(every, key=lambda one: list(PARTS).index(one.address.part))
    formal = [one for one in every if one.change.form]
    altered = [one for one in every if not _stands(one.change) and not one.change.form]
    stale = [one for one in every if _stands(one.change)]
    table = ReportTable(
        columns=_columns(words), rows=(*_rows(altered, names, partners, words), *_formal(formal, len(altered), names, words))
    )
    sections = [
        ReportSection(title=words("Сравнительная таблица"), lines=tuple(_head(comparison, bool(altered or formal), words)), table=table)
    ]
    if stale:
        lines = tuple(line("— ", *_unit(one, names, words), f": {words.value(_figure(one.change))}") for one in stale)
        sections.append(ReportSection(title=words("Не изменены итоги, слагаемые которых изменились"), lines=lines))
    numbers = {change.id: str(number) for number, one in enumerate([*altered, *formal], 1) for change in (one.change, *one.others)}
    sections.extend(doubts(comparison, names, lambda change: piece(numbers.get(change, "—")), "", words))
    return tuple(sections)


def _stands(change: Change) -> bool:
    """A total that is told of because it did not change."""
    return change.role == Role.UNEXPLAINED and change.kind == Kind.ALTERED and not change.delta and not change.form


def _figure(change: Change) -> object:
    return getattr(change.new, "value", None) or getattr(change.new, "raw", "")


def _head(comparison: Comparison, any_changes: bool, words: Words) -> Iterator[Line]:
    """Whose table this is: the programme, the two editions, the unit of money."""
    title, *act = identity(comparison.new, words)[:2]
    yield line(words("изменений, внесённых в муниципальную программу {title}", title=title))
    yield from (line(text) for text in act)
    editions = {"old": edition_name(comparison.old, words), "new": edition_name(comparison.new, words)}
    yield line(words("прежняя — {old}; новая — {new}", **editions))
    if comparison.new.unit:
        yield line(piece(words("суммы — {unit}", unit=comparison.new.unit), Tone.QUIET))
    if not any_changes:
        yield line(words("Все значения и тексты двух редакций совпадают."))


def _columns(words: Words) -> tuple[ReportColumn, ...]:
    return (
        ReportColumn(title=words("№ п/п"), width=6), ReportColumn(title=words("Структурная единица"), width=34),
        ReportColumn(title=words("Прежняя редакция"), width=42), ReportColumn(title=words("Новая редакция"), width=42),
        ReportColumn(title=words("Примечание"), width=26),
    )  # fmt: skip


def _rows(altered: Sequence[Told], names: Names, partners: Mapping[str, str], words: Words) -> Iterator[ReportRow]:
    """The changes in the order of the document, under the parts in which they stand."""
    part = None
    for number, one in enumerate(altered, 1):
        if one.address.part != part:
            part = one.address.part
            yield ReportRow(cells=(cell(piece(words.part(part), Tone.STRONG)),), heading=True)
        yield _row(number, one, names, partners, words, with_part=False)


def _formal(formal: Sequence[Told], behind: int, names: Names, words: Words) -> Iterator[ReportRow]:
    """Behind all others what is only written otherwise."""
    if formal:
        yield ReportRow(cells=(cell(piece(words("Изменена только запись"), Tone.STRONG)),), heading=True)
    yield from (_row(number, one, names, {}, words, with_part=True) for number, one in enumerate(formal, behind + 1))


def _row(number: int, one: Told, names: Names, partners: Mapping[str, str], words: Words, with_part: bool) -> ReportRow:
    before, after = former_and_new(one.change, words)
    note = _note(one.change, partners.get(one.change.id, ""), words)
    return ReportRow(cells=(cell(str(number)), cell(*_unit(one, names, words, with_part)), before, after, note))


def _partners(comparison: Comparison, words: Words) -> dict[str, str]:
    """Of each change that moved money with the sum unchanged: where the money came from or went to, and how much."""
    changes = {change.id: change for change in comparison.changes}
    found = {}
    for group in comparison.groups:
        if group.kind in TRANSFERS:
            said = {member: _with_delta(changes[member], words) for member in group.changes}
            found.update({member: _shortly([text for other, text in said.items() if other != member], words) for member in said})
    return found


def _with_delta(change: Change, words: Words) -> str:
    column = (change.address_new or change.address_old or Address(part="appendix2")).column
    where = [briefly(change, words), *([words.column(column)] if column else [])]
    return ", ".join(where) + (f" {words.number(change.delta, signed=True)}" if change.delta is not None else "")


def _shortly(texts: Sequence[str], words: Words) -> str:
    more = [words("ещё {n}", n=len(texts) - _MOST)] if len(texts) > _MOST else []
    return "; ".join([*texts[:_MOST], *more])


def _unit(one: Told, names: Names, words: Words, with_part: bool = False) -> list[Piece]:
    """The structural unit: where in its part, in which columns, and what it is called."""
    change, address = one.change, one.address
    where = words.address_words(address, with_part) or [words.part(address.part)]
    others = (other.address_new or other.address_old for other in one.others)
    columns = [words.column(found.column or found.source or "") for found in others if found]
    made = [piece("; ".join([", ".join(where), *columns]))]
    former, number = (_number(found) if found else "" for found in (change.address_old, address))
    if former and former != number and change.kind == Kind.ALTERED:
        made.append(piece(words(" (был номер {number})", number=former), Tone.QUIET))
    name = names.of(change) if _is_named(change) else ""
    if name:
        made.append(piece(f"\n«{shortened(name, 160)}»", Tone.QUIET))
    return made


def _is_named(change: Change) -> bool:
    """Whether the name tells what the number alone does not: not of totals, nor where the wordings themselves hold it."""
    whole = change.field in ("name", "indicator") and change.kind in (Kind.ADDED, Kind.REMOVED)
    renamed = change.field == "name" and change.kind == Kind.ALTERED
    return change.role in (None, Role.PRIMARY) and not whole and not renamed


def _number(address: Address) -> str:
    return address.activity or address.indicator or address.task or address.section or ""


def _note(change: Change, partners: str, words: Words) -> TableCell:
    """By how much, of what character, and what else is to be known."""
    notes: list[tuple[str, Tone]] = []
    if change.delta:
        notes.append((words.number(change.delta, signed=True), Tone.PLAIN))
    if change.kind in _KIND_NOTE_WORDS:
        notes.append((words(_KIND_NOTE_WORDS[change.kind]), Tone.PLAIN))
    if change.role == Role.DERIVED:
        notes.append((words("итог пересчитан вслед за слагаемыми"), Tone.QUIET))
    if change.role == Role.UNEXPLAINED:
        notes.append((words("итог изменился не так, как слагаемые"), Tone.UNEXPLAINED))
    if change.role == Role.UNEXPLAINED and change.footing is not None:
        notes.append((words("слагаемые изменились на {moved}", moved=words.number(change.footing.expected, signed=True)), Tone.PLAIN))
    if change.form:
        notes.append((words("изменена только запись"), Tone.QUIET))
    if change.pairing is not None and change.pairing.doubtful:
        notes.append((words("сопоставлено с сомнением"), Tone.WARNING))
    traits = () if change.role == Role.DERIVED else change.traits  # what follows has the marks of what it follows from
    told_with = {Trait.TRANSFERRED: words("перераспределено: {others}", others=partners)} if partners else {}
    notes.extend((told_with.get(trait, words(TRAIT_WORDS[trait])), Tone.WARNING) for trait in traits)
    notes.append((slip(change, words), Tone.ERROR))
    notes.extend((mark.text, mark.tone) for mark in marked(change, words))
    told = [(text, tone) for text, tone in notes if text]
    return cell(*(piece(("\n" if place else "") + text, tone) for place, (text, tone) in enumerate(told)))
