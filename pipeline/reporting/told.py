"""What is told as one change, how it weighs, and what its kind, its role and its traits are called."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from extractors.text import shortened
from pipeline.reporting.names import Names
from pipeline.wording import Words
from schemas.address import Address
from schemas.amount import Amount
from schemas.change import Change, Evidence, GroupKind, Kind, Pairing, Role, Trait
from schemas.report import Piece, Tone, piece

ROLE_TONES = {Role.PRIMARY: Tone.PRIMARY, Role.DERIVED: Tone.DERIVED, Role.UNEXPLAINED: Tone.UNEXPLAINED}
ROLE_WORDS = {Role.PRIMARY: "самостоятельное", Role.DERIVED: "следствие", Role.UNEXPLAINED: "не объяснено"}
KIND_WORDS = {
    Kind.ALTERED: "изменено", Kind.ADDED: "добавлено", Kind.REMOVED: "исключено",
    Kind.RENUMBERED: "новый номер", Kind.MOVED: "перенесено",
}  # fmt: skip
TRAIT_WORDS = {
    Trait.STALE: "итог прежний",
    Trait.RETROACTIVE: "прошедший год",
    Trait.LOWERED: "снижено",
    Trait.TRANSFERRED: "перераспределено",
    Trait.SPLIT: "разделено",
    Trait.MERGED: "объединено",
}
GROUP_WORDS = {
    GroupKind.YEAR_ADDED: "Добавлен {subject} год",
    GroupKind.YEAR_REMOVED: "Исключён {subject} год",
    GroupKind.SOURCE_ADDED: "Добавлен источник: {subject}",
    GroupKind.SOURCE_REMOVED: "Исключён источник: {subject}",
    GroupKind.BETWEEN_YEARS: "Между годами",
    GroupKind.BETWEEN_ACTIVITIES: "Между мероприятиями",
    GroupKind.BETWEEN_SOURCES: "Между источниками",
}
TRANSFERS = (GroupKind.BETWEEN_YEARS, GroupKind.BETWEEN_ACTIVITIES, GroupKind.BETWEEN_SOURCES)
_EVIDENCE_WORDS = {
    Evidence.NUMBER: "номер тот же",
    Evidence.NAME: "наименование то же",
    Evidence.LIKENESS: "наименования похожи",
    Evidence.GROUP: "в той же задаче, разделе или цели",
    Evidence.CONTENT: "содержание то же",
    Evidence.PLACE: "между теми же соседями",
}


class Told(NamedTuple):
    """Changes that are told as one: a figure that stands in its source's column and again in the total's."""

    change: Change
    others: tuple[Change, ...] = ()

    @property
    def tone(self) -> Tone:
        """How it weighs: what is no sum changed in its own right, unless it follows from another change or only its form changed."""
        if self.change.form:
            return Tone.QUIET
        if self.change.role is not None:
            return ROLE_TONES[self.change.role]
        return Tone.PRIMARY if self.change.cause is None else Tone.DERIVED

    @property
    def address(self) -> Address:
        """Where it stands, or where it stood."""
        return where(self.change)


def where(change: Change) -> Address:
    """Where a change stands, or where it stood."""
    found = change.address_new or change.address_old
    assert found is not None  # a change stands somewhere
    return found


def told(changes: Iterable[Change]) -> tuple[Told, ...]:
    """One row's change from one figure to the same other in several columns is told once, by the cell that it comes from."""
    groups: dict[object, list[Change]] = {}
    for change in changes:
        twin = change.field == "amount" and isinstance(change.old or change.new, Amount)
        row = where(change).at(column=None, source=None) if twin else None
        same = (row, change.kind, _value(change.old), _value(change.new), change.role == Role.UNEXPLAINED) if twin else change.id
        groups.setdefault(same, []).append(change)
    made = []
    for group in groups.values():
        first = next((change for change in group if change.role == Role.PRIMARY), group[0])
        made.append(Told(first, tuple(change for change in group if change is not first)))
    return tuple(made)


def _value(value: object) -> object:
    return value.value if isinstance(value, Amount) and value.value is not None else getattr(value, "raw", None)


def marks_of(change: Change) -> tuple[Trait, ...]:
    """The traits to be told of a change: what merely follows has the marks of what it follows from, a stale total says so itself."""
    if change.role == Role.DERIVED:
        return ()
    return tuple(trait for trait in change.traits if trait not in (Trait.STALE, Trait.TRANSFERRED))


def evidence(pairing: Pairing, words: Words) -> str:
    """Why two things are held to be one, and how surely: «наименования похожи, номер тот же — 82 %»."""
    why = ", ".join(words(_EVIDENCE_WORDS[one]) for one in pairing.evidence)
    return " — ".join(text for text in (why, percent(pairing.strength, words)) if text)


def percent(strength: Decimal, words: Words) -> str:
    """A strength as a person reads it: «82 %»."""
    return words("{number} %", number=words.number((strength * 100).quantize(Decimal(1))))


def what(change: Change, names: Names, words: Words) -> tuple[Piece, ...]:
    """Where the change stands, and the name of what stands there."""
    address, name = where(change), names.of(change)
    made = [piece(words.address(address, with_part=address.part not in ("appendix1", "appendix2")) or words.part(address.part))]
    return (*made, piece(f" «{shortened(name)}»", Tone.QUIET)) if name else tuple(made)


def briefly(change: Change, words: Words) -> str:
    """Where the change stands, as short as a chart wants it: the part and the column of money go without saying."""
    address = where(change)
    short = words.address(address.at(column=None), with_part=address.part not in ("appendix1", "appendix2"))
    return shortened(short or words.part(address.part), 60)
