"""The changes as rows of a table: where, before, after, by how much, of what character, and what it rests on."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractors.text import shortened
from pipeline.reporting.footing import told_apart
from pipeline.reporting.movement import Moved, Movement, Movements
from pipeline.reporting.sources import Marks, places_of
from pipeline.reporting.wordings import wording
from pipeline.wording import Words
from pipeline.words import around, difference
from schemas.address import Address
from schemas.amount import Amount
from schemas.change import Change, Comparison, Kind, Role, Text, Trait
from schemas.edition import Activity, Indicator, Task
from schemas.place import Place
from schemas.report import Line, Piece, ReportColumn, ReportRow, ReportTable, TableCell, Tone, cell, piece
from schemas.requisites import Act

_LONGEST_ROW = 160  # signs of a whole row or column in a cell of the changelog
ROLE_TONES = {Role.PRIMARY: Tone.PRIMARY, Role.DERIVED: Tone.DERIVED, Role.UNEXPLAINED: Tone.UNEXPLAINED}
ROLE_WORDS = {Role.PRIMARY: "самостоятельное", Role.DERIVED: "следствие", Role.UNEXPLAINED: "не объяснено"}
KIND_WORDS = {
    Kind.ALTERED: "изменено", Kind.ADDED: "добавлено", Kind.REMOVED: "исключено",
    Kind.RENUMBERED: "новый номер", Kind.MOVED: "перенесено",
}  # fmt: skip
TRAIT_WORDS = {
    Trait.STALE: "итог прежний, хотя слагаемые изменились",
    Trait.RETROACTIVE: "изменён год, который уже закончился",
    Trait.LOWERED: "значение показателя снижено",
    Trait.TRANSFERRED: "перераспределено, сумма прежняя",
    Trait.SPLIT: "разделено",
    Trait.MERGED: "объединено",
}


class Told(NamedTuple):
    """Changes that are told as one: a figure that stands in its source's column and again in the total's."""

    change: Change
    others: tuple[Change, ...] = ()

    @property
    def tone(self) -> Tone:
        """How it weighs: what is no sum changed in its own right."""
        return ROLE_TONES[self.change.role] if self.change.role else Tone.PRIMARY

    @property
    def address(self) -> Address:
        """Where it stands, or where it stood."""
        found = self.change.address_new or self.change.address_old
        assert found is not None  # a change stands somewhere
        return found


def told(changes: Iterable[Change]) -> tuple[Told, ...]:
    """One row's change from one figure to the same other in several columns is told once, by the cell that it comes from."""
    groups: dict[object, list[Change]] = {}
    for change in changes:
        address = change.address_new or change.address_old
        twin = change.field == "amount" and address is not None and isinstance(change.old or change.new, Amount)
        row = address.at(column=None, source=None) if twin and address else None
        same = (row, change.kind, _value(change.old), _value(change.new), change.role == Role.UNEXPLAINED) if twin else change.id
        groups.setdefault(same, []).append(change)
    made = []
    for group in groups.values():
        first = next((change for change in group if change.role == Role.PRIMARY), group[0])
        made.append(Told(first, tuple(change for change in group if change is not first)))
    return tuple(made)


def _value(value: object) -> object:
    return value.value if isinstance(value, Amount) and value.value is not None else getattr(value, "raw", None)


class ChangeRows:
    """Sets changes as rows of one table; `old` and `new` are the marks of the two documents."""

    def __init__(self, comparison: Comparison, every: Sequence[Told], old: Marks, new: Marks, words: Words) -> None:
        self._words, self._old, self._new = words, old, new
        self._movements = Movements(comparison)
        self._heads = {change.id: one.change.id for one in every for change in (one.change, *one.others)}
        for one in every:
            self._mark(one)

    def table(self, members: Sequence[Told], facets: dict[str, dict[str, tuple[str, ...]]]) -> ReportTable:
        """The table of these changes; `facets` are theirs by number."""
        words = self._words
        numeric = all(isinstance(one.change.new or one.change.old, Amount) for one in members)
        columns = (
            ReportColumn(title="№"), ReportColumn(title=words("Где")), ReportColumn(title=words("Было"), numeric=numeric), ReportColumn(title=words("Стало"), numeric=numeric),
            ReportColumn(title=words("Разница"), numeric=True), ReportColumn(title=words("Характер")),
        )  # fmt: skip
        return ReportTable(columns=columns, rows=tuple(self._row(one, facets.get(one.change.id, {})) for one in members))

    def _mark(self, one: Told) -> None:
        """The cells in which the changes stand lead back to the row that tells of them."""
        link = (one.change.id, one.change.id)
        for change in (one.change, *one.others):
            for marks, value in ((self._old, change.old), (self._new, change.new)):
                for position, place in enumerate(places_of(value)):
                    marks.say(place, one.tone, None if position else link)

    def _row(self, one: Told, facets: dict[str, tuple[str, ...]]) -> ReportRow:
        words, change = self._words, one.change
        before, after = _values(change, words)
        delta = "" if change.delta is None else words.number(change.delta, signed=True)
        movement = self._movements.of(change)
        return ReportRow(
            cells=(cell(change.id), cell(*self._where(one)), before, after, cell(delta) if delta else cell(), cell(*self._nature(one, movement))),
            tone=one.tone, anchor=change.id, facets=facets,
            fold=words("из чего сложилось") if movement else "", folded=self._footing(change, movement) if movement else (),
        )  # fmt: skip

    def _where(self, one: Told) -> tuple[Piece, ...]:
        """The address, the former one when it was another, and the places: in the new file, in the old one where it is shown."""
        words, change, address = self._words, one.change, one.address
        made = [
            piece(
                words("Заголовок, реквизиты")
                if change.field == "requisites"
                else "; ".join([words.address(address), *_columns(one, words)])
            )
        ]
        if change.address_old and change.address_new and change.address_old != change.address_new and change.kind == Kind.ALTERED:
            made.append(piece(words(" (был номер {number})", number=_number(change.address_old)), Tone.QUIET))
        old, new = (next(iter(places_of(value)), None) for value in (change.old, change.new))
        if new or old:
            made.append(
                piece(f" [{words.place(new or old or Place())}]", Tone.QUIET, (self._new if new else self._old).places.get(new or old))
            )
        if new and old and old in self._old.places:
            made += [piece(" "), piece(words("в прежней редакции"), Tone.QUIET, self._old.places[old])]
        return tuple(made)

    def _nature(self, one: Told, movement: Movement | None) -> list[Piece]:
        words, change = self._words, one.change
        nature = words(ROLE_WORDS[change.role]) if change.role else words(KIND_WORDS[change.kind])
        if change.role and change.kind != Kind.ALTERED:
            nature = f"{words(KIND_WORDS[change.kind])}, {nature}"
        made = [piece(nature, one.tone)]
        if movement and change.role == Role.UNEXPLAINED:
            moved = words.number(movement.moved, signed=True)
            made.append(piece(words(": слагаемые изменились на {moved}, а итог остался прежним", moved=moved) if not movement.total.delta
                              else words(": слагаемые изменились на {moved}", moved=moved)))  # fmt: skip
        roots = dict.fromkeys(self._heads[root] for root in self._movements.roots(change)) if movement else {}
        if roots:
            made.append(piece(words(", вслед за ") if change.role == Role.DERIVED else " ("))
            for position, root in enumerate(roots):
                made += [piece(", " if position else ""), piece(root, target=root)]
            made.append(piece("" if change.role == Role.DERIVED else ")"))
        # What merely follows has the marks of what it follows from; a stale total says so above.
        traits = () if change.role == Role.DERIVED else (trait for trait in change.traits if trait != Trait.STALE)
        made += [piece(f"; {words(TRAIT_WORDS[trait])}", Tone.WARNING) for trait in traits]
        made.append(piece(f"; {words('изменена только запись')}" if change.form else "", Tone.QUIET))
        return [one for one in made if one.text]

    def _footing(self, change: Change, movement: Movement) -> tuple[Line | ReportTable, ...]:
        """The addends that moved, their sum, the total, and what of its move they do not explain."""
        words = self._words
        rows = [
            self._moved_row(name, term, Tone.PLAIN)
            for name, term in zip(told_apart([term.address for term in movement.terms], words), movement.terms, strict=True)
        ]
        if movement.stayed:
            rows.append(
                ReportRow(
                    cells=(
                        cell(piece(words.count("{n} слагаемое не изменилось", "{n} слагаемых не изменились", movement.stayed), Tone.QUIET)),
                        *[cell()] * 3,
                    )
                )
            )
        total = movement.total
        rows.append(self._moved_row(words("сумма слагаемых"), Moved(total.address, movement.before, movement.after), Tone.STRONG))
        rows.append(self._moved_row(words("итог, как он напечатан"), total, Tone.STRONG))
        if movement.rest:
            unexplained = change.role == Role.UNEXPLAINED
            name = words("не объяснено") if unexplained else words("округление")
            rest = cell(words.number(movement.rest, signed=True), numeric=True)
            rows.append(ReportRow(cells=(cell(name), cell(), cell(), rest), tone=Tone.UNEXPLAINED if unexplained else Tone.QUIET))
        titles = ("", words("Было"), words("Стало"), words("Разница"))
        return (
            ReportTable(
                columns=tuple(ReportColumn(title=title, numeric=n > 0) for n, title in enumerate(titles)), rows=tuple(rows), indent=1
            ),
        )

    def _moved_row(self, name: str, moved: Moved, tone: Tone) -> ReportRow:
        words = self._words
        change = self._movements.change_at(moved.address) if tone == Tone.PLAIN else None
        number = self._heads[change.id] if change else None
        shown = ("—" if value is None else words.number(value) for value in (moved.before, moved.after))
        head = [piece(name), *([piece(" "), piece(number, target=number)] if number else [])]
        return ReportRow(
            cells=(cell(*head), *(cell(text, numeric=True) for text in (*shown, words.number(moved.delta, signed=True)))), tone=tone
        )


def what(change: Change, words: Words) -> tuple[Piece, ...]:
    """The address and the name of what changed."""
    address = change.address_new or change.address_old
    assert address is not None  # a change stands somewhere
    name = getattr(change.new or change.old, "name", None)
    made = [piece(words.address(address))]
    if isinstance(name, str) and name:
        made.append(piece(f" «{shortened(name)}»", Tone.QUIET))
    return tuple(made)


def _columns(one: Told, words: Words) -> list[str]:
    others = (other.address_new or other.address_old for other in one.others)
    return [words.column(address.column or address.source or "") for address in others if address]


def _number(address: Address) -> str:
    return address.activity or address.indicator or address.task or address.section or ""


def _values(change: Change, words: Words) -> tuple[TableCell, TableCell]:
    if isinstance(change.old, Text) and isinstance(change.new, Text):
        return _text_cells(change.old.text, change.new.text)
    numeric = isinstance(change.new or change.old, Amount)
    before, after = piece(_shown(change.old, words)), piece(_shown(change.new, words), Tone.STRONG)
    return cell(before, numeric=numeric), cell(after, numeric=numeric)


def _text_cells(old: str, new: str) -> tuple[TableCell, TableCell]:
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
