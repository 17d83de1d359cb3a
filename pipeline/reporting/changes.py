"""The changes as rows of a table: where, before, after, by how much, of what character, and what it rests on."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from extractors.text import shortened
from pipeline.reporting.audit import marked
from pipeline.reporting.doubts import doubtful
from pipeline.reporting.footing import lined_up, told_apart
from pipeline.reporting.movement import Moved, Movements
from pipeline.reporting.names import Names
from pipeline.reporting.sources import Marks, places_of
from pipeline.reporting.told import KIND_WORDS, TRAIT_WORDS, Told, evidence, marks_of
from pipeline.reporting.wordings import wording
from pipeline.wording import PARTS, Words
from pipeline.words import around, difference
from schemas.address import Address
from schemas.amount import Amount
from schemas.change import Change, Column, Comparison, Kind, Passage, Role, Text, Trait
from schemas.edition import Activity, Funding, Indicator, Money, Task
from schemas.report import Line, Piece, ReportColumn, ReportRow, ReportTable, TableCell, Tone, cell, line, piece
from schemas.requisites import Act

_LONGEST_ROW = 160  # signs of a whole row or column in a cell of the changelog
_LONGEST_NAME = 70  # signs of the name of what an amount stands for
Facets = dict[str, dict[str, tuple[str, ...]]]


class Bunch(NamedTuple):
    """Changes under a heading of their own: its pieces, and its anchor where it is spoken of elsewhere."""

    heading: tuple[Piece, ...]
    members: tuple[Told, ...]
    anchor: str | None = None


class ChangeRows:
    """Sets changes as rows of one table; `old` and `new` are the marks of the two documents, `prefix` keeps several steps apart."""

    def __init__(self, comparison: Comparison, every: Sequence[Told], old: Marks, new: Marks, words: Words, prefix: str = "") -> None:
        self._words, self._old, self._new, self._prefix = words, old, new, prefix
        self.movements, self._names = Movements(comparison), Names(comparison)
        self._heads = {change.id: one.change.id for one in every for change in (one.change, *one.others)}
        self._doubts = {(pair.address_old, pair.address_new): anchor for anchor, pair in doubtful(comparison, prefix)}
        for one in every:
            self._mark(one)

    def anchor(self, change: str) -> str:
        """The anchor of the row that tells of the change."""
        return f"{self._prefix}{self._heads.get(change, change)}"

    def link(self, change: str) -> Piece:
        """The number of the row that tells of the change, leading there."""
        return piece(self._heads.get(change, change), target=self.anchor(change))

    def by_part(self, members: Sequence[Told], facets: Facets) -> ReportTable:
        """The table of these changes, under the parts of the programme in which they stand; `facets` are theirs by number."""
        parts: dict[str, list[Told]] = {part: [] for part in PARTS}
        for one in members:
            parts[one.address.part].append(one)
        heads = [Bunch((piece(self._words.part(part)),), tuple(held)) for part, held in parts.items() if held]
        return self.table(heads, facets, with_part=False)

    def table(self, bunches: Sequence[Bunch], facets: Facets, with_part: bool = True) -> ReportTable:
        """The table of bunches of changes, each under its heading."""
        words = self._words
        members = [one.change for bunch in bunches for one in bunch.members]
        numeric = all(
            change.cause is not None or not isinstance(change.new or change.old, Text | Act | Indicator | Column) for change in members
        )
        columns = (
            ReportColumn(title="№"), ReportColumn(title=words("Где")), ReportColumn(title=words("Было"), numeric=numeric), ReportColumn(title=words("Стало"), numeric=numeric),
            *([ReportColumn(title=words("Разница"), numeric=True)] if any(change.delta is not None for change in members) else []),
            ReportColumn(title=words("Примечание")),
        )  # fmt: skip
        rows = tuple(self._rows(bunches, facets, with_part))
        if len(columns) < 6:
            rows = tuple(row if row.heading else row.model_copy(update={"cells": (*row.cells[:4], row.cells[5])}) for row in rows)
        return lined_up(ReportTable(columns=columns, rows=rows))

    def _rows(self, bunches: Sequence[Bunch], facets: Facets, with_part: bool) -> Iterator[ReportRow]:
        for bunch in bunches:
            if bunch.heading:
                yield ReportRow(cells=(cell(*bunch.heading),), heading=True, anchor=bunch.anchor)
            yield from (self._row(one, facets.get(one.change.id, {}), with_part) for one in bunch.members)

    def _mark(self, one: Told) -> None:
        """The cells in which the changes stand lead back to the row that tells of them."""
        link = (one.change.id, self.anchor(one.change.id))
        for change in (one.change, *one.others):
            for marks, value in ((self._old, change.old), (self._new, change.new)):
                for position, place in enumerate(places_of(value)):
                    marks.say(place, one.tone, None if position else link)

    def _row(self, one: Told, facets: dict[str, tuple[str, ...]], with_part: bool) -> ReportRow:
        words, change = self._words, one.change
        before, after = _values(change, words)
        delta = "" if change.delta is None else words.number(change.delta, signed=True)
        fold, folded = self._folded(change)
        return ReportRow(
            cells=(cell(change.id), cell(*self._where(one, with_part)), before, after, cell(delta, numeric=True), cell(*self._nature(one))),
            tone=one.tone, anchor=self.anchor(change.id), facets=facets, fold=fold, folded=folded,
            is_open=change.role == Role.UNEXPLAINED,
        )  # fmt: skip

    def _where(self, one: Told, with_part: bool) -> tuple[Piece, ...]:
        """The address, the former one when it was another, the name, and the places in both files."""
        words, change, address = self._words, one.change, one.address
        said = words.address(address, with_part) or words("реквизиты" if change.field == "requisites" else "графа таблицы")
        made = [piece("; ".join([said, *_columns(one, words)]))]
        if change.address_old and change.address_new and change.address_old != change.address_new and change.kind == Kind.ALTERED:
            made.append(piece(words(" (был номер {number})", number=_number(change.address_old)), Tone.QUIET))
        name = self._names.of(change) if change.role in (None, Role.PRIMARY) and not _is_renamed(change) else ""
        if name:
            made.append(piece(f" «{shortened(name, _LONGEST_NAME)}»", Tone.QUIET))
        return (*made, *self._places(change))

    def _places(self, change: Change) -> Iterator[Piece]:
        """A link to the cell of the new edition, and of the old one where that is shown; in words where nothing is."""
        words = self._words
        old, new = (next(iter(places_of(value)), None) for value in (change.old, change.new))
        place, marks = (new, self._new) if new else (old, self._old)
        if place is not None:
            yield piece(" ")
            yield piece(f"[{words.place(place, brief=True)}]", Tone.QUIET, marks.places.get(place))
        if new and old and old in self._old.places:
            yield piece(" ")
            yield piece(words("было здесь"), Tone.QUIET, self._old.places[old])

    def _nature(self, one: Told) -> list[Piece]:
        """What came or went, from what it follows, what else is to be known."""
        said = [
            made
            for made in (self._kind(one.change), self._rest(one.change), *self._marks(one.change), marked(one.change, self._words))
            if made
        ]
        return [part for place, made in enumerate(said) for part in ([piece("; "), *made] if place else made)]

    def _kind(self, change: Change) -> list[Piece]:
        words = self._words
        made = [piece(words(KIND_WORDS[change.kind]))] if change.kind != Kind.ALTERED else []
        roots = dict.fromkeys(self._heads[root] for root in self.movements.roots(change)) if change.role != Role.UNEXPLAINED else {}
        behind = list(roots) or ([self._heads[change.cause]] if change.cause else [])
        if not behind:
            return made
        return [*made, piece(f"{', ' if made else ''}{words('вслед за ')}"), *self._links(behind)]

    def _links(self, changes: Iterable[str]) -> Iterator[Piece]:
        for position, change in enumerate(changes):
            if position:
                yield piece(", ")
            yield piece(change, target=self.anchor(change))

    def _rest(self, change: Change) -> list[Piece]:
        """Of a total that is not explained: what its terms did, and by which changes."""
        words = self._words
        if change.role != Role.UNEXPLAINED:
            return []
        roots = list(dict.fromkeys(self._heads[root] for root in self.movements.roots(change)))
        if change.footing is None:
            return [piece(words("не объяснено"), Tone.UNEXPLAINED)]
        moved = words.number(change.footing.expected, signed=True)
        said = words("слагаемые изменились на {moved}", moved=moved) if change.delta or change.kind != Kind.ALTERED else \
            words("слагаемые изменились на {moved}, а итог остался прежним", moved=moved)  # fmt: skip
        return [piece(said, Tone.UNEXPLAINED), *([piece(" ("), *self._links(roots), piece(")")] if roots else [])]

    def _marks(self, change: Change) -> Iterator[list[Piece]]:
        words = self._words
        for trait in marks_of(change):
            related = (
                [words.address(address, with_part=False) for address in change.relatives] if trait in (Trait.SPLIT, Trait.MERGED) else []
            )
            yield [piece(words(TRAIT_WORDS[trait]), Tone.WARNING), piece(f": {', '.join(related)}" if related else "")]
        if change.pairing is not None and change.pairing.doubtful:
            yield [
                piece(
                    words("сопоставлено с сомнением"),
                    Tone.WARNING,
                    self._doubts.get((change.pairing.address_old, change.pairing.address_new)),
                )
            ]
        elif change.pairing is not None and change.cause is None and (change.field == "name" or change.kind != Kind.ALTERED):
            yield [piece(evidence(change.pairing, words), Tone.QUIET)]

    def _folded(self, change: Change) -> tuple[str, tuple[Line | ReportTable, ...]]:
        """The sum behind a total, or the whole record of what came or went."""
        words = self._words
        if change.footing is not None:
            return words("из чего сложилось"), self._footing(change)
        whole = change.new if change.new is not None else change.old
        if change.kind in (Kind.ADDED, Kind.REMOVED) and isinstance(whole, Activity | Task | Money | Funding | Indicator | Passage):
            return words("целиком"), tuple(line(text) for text in wording(whole, words).split("\n"))
        return "", ()

    def _footing(self, change: Change) -> tuple[ReportTable]:
        """The terms that moved, what they come to, the total, and what of its move they do not explain."""
        words, footing, terms = self._words, change.footing, self.movements.terms(change)
        assert footing is not None  # it was asked for
        assert change.address_new is not None  # a sum is one of the new edition
        names = told_apart([term.address for term in terms], words)
        rows = [self._moved_row(name, term, Tone.PLAIN) for name, term in zip(names, terms, strict=True)]
        if len(terms) > 1:
            rows.append(_summed(words("слагаемые вместе"), footing.expected, words, Tone.STRONG))
        before, after = (value.value if isinstance(value, Amount) else None for value in (change.old, change.new))
        delta = (after or Decimal(0)) - (before or Decimal(0))
        rows.append(self._moved_row(words("итог, как он напечатан"), Moved(change.address_new, before, after, delta, None), Tone.STRONG))
        if delta != footing.expected:
            is_wrong = change.role == Role.UNEXPLAINED
            name, tone = (words("не объяснено"), Tone.UNEXPLAINED) if is_wrong else (words("округление"), Tone.QUIET)
            rows.append(_summed(name, delta - footing.expected, words, tone))
        titles = ("", words("Было"), words("Стало"), words("Разница"))
        columns = tuple(ReportColumn(title=title, numeric=n > 0) for n, title in enumerate(titles))
        return (lined_up(ReportTable(columns=columns, rows=tuple(rows), indent=1)),)

    def _moved_row(self, name: str, moved: Moved, tone: Tone) -> ReportRow:
        words = self._words
        shown = ("—" if value is None else words.number(value) for value in (moved.before, moved.after))
        link = [piece(" "), *self._links([self._heads[moved.change]])] if moved.change else []
        numbers = (cell(text, numeric=True) for text in (*shown, words.number(moved.delta, signed=True)))
        return ReportRow(cells=(cell(piece(name), *link), *numbers), tone=tone)


def _summed(name: str, delta: Decimal, words: Words, tone: Tone) -> ReportRow:
    return ReportRow(cells=(cell(name), cell(), cell(), cell(words.number(delta, signed=True), numeric=True)), tone=tone)


def _is_renamed(change: Change) -> bool:
    return change.field == "name" and change.kind == Kind.ALTERED


def _columns(one: Told, words: Words) -> list[str]:
    others = (other.address_new or other.address_old for other in one.others)
    return [words.column(address.column or address.source or "") for address in others if address]


def _number(address: Address) -> str:
    return address.activity or address.indicator or address.task or address.section or ""


def _values(change: Change, words: Words) -> tuple[TableCell, TableCell]:
    if isinstance(change.old, Text) and isinstance(change.new, Text):
        return _text_cells(change.old.text, change.new.text)
    if change.form and isinstance(change.old, Amount) and isinstance(change.new, Amount):
        return cell(f"«{change.old.raw.strip()}»", numeric=True), cell(f"«{change.new.raw.strip()}»", numeric=True)
    if (
        change.delta is not None
        and isinstance(change.new or change.old, Activity | Task | Money | Funding)
        and not (change.old and change.new)
    ):
        whole, none = cell(piece(words.number(abs(change.delta)), Tone.STRONG), numeric=True), cell("—", numeric=True)
        return (none, whole) if change.new else (whole, none)
    numeric = isinstance(change.new or change.old, Amount)
    before, after = piece(_shown(change.old, words)), piece(_shown(change.new, words), Tone.STRONG)
    return cell(before, numeric=numeric), cell(after, numeric=numeric)


def _text_cells(old: str, new: str) -> tuple[TableCell, TableCell]:
    """Both wordings around what differs."""
    fragments = around(difference(old, new))
    sides = []
    for unwanted, tone in (("added", Tone.REMOVED), ("removed", Tone.ADDED)):
        sides.append(cell(*(piece(f.text, Tone.PLAIN if f.op == "same" else tone) for f in fragments if f.op != unwanted)))
    return sides[0], sides[1]


def _shown(value: object, words: Words) -> str:
    """A value as a person reads it."""
    if isinstance(value, Amount):
        return words.number(value.value) if value.value is not None else value.raw.strip() or words("пусто")
    if isinstance(value, Text):
        return value.text or words("пусто")
    if isinstance(value, Activity):
        return words("мероприятие {number} «{name}»", number=value.number, name=shortened(value.name))
    if isinstance(value, Task):
        return words(
            "задача {number} «{name}», мероприятий: {count}", number=value.number, name=shortened(value.name), count=len(value.activities)
        )
    if isinstance(value, Indicator):
        return words("показатель «{name}»", name=shortened(value.name))
    if isinstance(value, Act):
        return words("постановление от {date} № {number}", date=words.date(value.date), number=value.number or "")
    return "—" if value is None else shortened(wording(value, words).replace("\n", "; "), _LONGEST_ROW)
