"""The characters of a source that are no part of its document, gathered by kind.

Law 11: every character of a source is extracted with its place, or listed with the reason.
"""

from collections.abc import Iterable

from extractors.invisible import REASON
from extractors.options import View
from schemas.blocks import LeftOut, Note

REASONS = {
    "deleted": "удалено исправлением, которое ещё не принято",
    "inserted": "вставлено исправлением: в прежней редакции этого нет",
    "hidden": "скрытый текст: его не видно ни на экране, ни на печати",
    "field-code": "код поля: вместо него показан результат",
    "alternate": "вторая запись того же содержимого, для других программ",
    "ruby": "надстрочная подсказка к слову",
    "invisible": REASON,
    "note-mark": "знак сноски: он ведёт к сноске и к тексту ничего не добавляет",
    "drawing": "надпись внутри рисунка, схемы или диаграммы",
    "glossary": "заготовка текста, которой нет на страницах",
    "embedded": "вложенный документ другого формата",
}


class Leftovers:
    """Gathers pieces of text by kind, in the order met."""

    def __init__(self) -> None:
        self._pieces: dict[str, list[str]] = {}

    def add(self, kind: str, text: str) -> None:
        """One more piece; a kind is listed also when its pieces hold no characters."""
        self._pieces.setdefault(kind, []).append(text)

    def extend(self, kind: str, texts: Iterable[str]) -> None:
        """More pieces of a kind; none of them is no kind."""
        for text in texts:
            self.add(kind, text)

    def listed(self) -> tuple[LeftOut, ...]:
        """What was gathered, a record for each kind."""
        return tuple(left_out(kind, pieces, REASONS[kind]) for kind, pieces in self._pieces.items())


def left_out(kind: str, pieces: list[str], reason: str) -> LeftOut:
    """The record of one kind."""
    text = "\n".join(piece for piece in pieces if piece)
    return LeftOut(kind=kind, count=len(pieces), characters=signs(text), reason=reason, text=text)


def signs(text: str) -> int:
    """How many characters are no blanks.

    >>> signs("2 600,0")
    6
    """
    return len("".join(text.split()))


def tracked_changes(count: int, view: View) -> Note:
    """What the reader of a document must know of its changes."""
    text = "окончательный текст, как если бы все они были приняты" if view == "final" else "прежний текст, без них"
    return Note(kind="tracked-changes", count=count, text=f"в файле есть исправления, которые не приняты: {count}; прочитан {text}")
