"""What an amendment did, in a few lines: what to look at first, each with the way to where it is told."""

from collections.abc import Callable, Sequence

from pipeline.reporting.common import is_of_step
from pipeline.reporting.told import GROUP_WORDS, TRANSFERS, Told, briefly
from pipeline.wording import NO_BREAK, Words
from schemas.change import Change, Comparison, Kind, Trait
from schemas.finding import Finding
from schemas.report import Line, Piece, Tone, line, piece

_MOST = 4  # changes named in a line; of the others it is said how many there are
_FIELD_WORDS = {
    "name": ("{n} наименование", "{n} наименований"),
    "term": ("{n} срок", "{n} сроков"),
    "responsible": ("{n} исполнитель", "{n} исполнителей"),
    "result": ("{n} результат", "{n} результатов"),
    "text": ("{n} текст", "{n} текстов"),
    "requisites": ("{n} реквизит", "{n} реквизитов"),
}
Pieces = list[Piece]


class Gist:
    """Tells of a comparison in a few lines; `anchor` gives the place of a change on the page."""

    def __init__(self, comparison: Comparison, every: Sequence[Told], anchor: Callable[[str], str], words: Words, prefix: str = "") -> None:
        self._comparison, self._anchor, self._words, self._prefix = comparison, anchor, words, prefix
        self._all = [one.change for one in every if not one.change.form]
        self._own = [one.change for one in every if one.tone == Tone.PRIMARY]
        self._unexplained = [one.change for one in every if one.tone == Tone.UNEXPLAINED]

    def lines(self, findings: Sequence[Finding] = ()) -> tuple[Line, ...]:
        """The lines, the gravest first; nothing for what did not happen."""
        words = self._words
        past = [change for change in self._all if Trait.RETROACTIVE in change.traits and change in self._own]
        lowered = [change for change in self._all if Trait.LOWERED in change.traits and change in self._own]
        parts = (
            self._named(words("Не объяснено"), self._unexplained, Tone.UNEXPLAINED, self._sum),
            self._named(words("Изменены прошедшие годы"), past, Tone.WARNING, self._delta),
            self._named(words("Снижены показатели"), lowered, Tone.WARNING, self._values),
            self._step(findings),
            self._named(words("Больше всего денег"), self._chief(), Tone.STRONG, self._delta),
            self._transfers(),
            self._named(words("Добавлено"), self._things(Kind.ADDED), Tone.STRONG, self._delta),
            self._named(words("Исключено"), self._things(Kind.REMOVED), Tone.STRONG, self._delta),
            self._texts(),
            self._doubts(),
        )
        return tuple(line(*made) for made in parts if made)

    def _named(self, title: str, changes: Sequence[Change], tone: Tone, say: Callable[[Change], str]) -> Pieces:
        if not changes:
            return []
        made = [piece(f"{title}: ", tone)]
        for position, change in enumerate(changes[:_MOST]):
            made += [
                piece("; " if position else ""),
                piece(change.id, target=self._anchor(change.id)),
                piece(f" {briefly(change, self._words)}{say(change)}"),
            ]
        if len(changes) > _MOST:
            made.append(piece("; " + self._words("ещё {n}", n=len(changes) - _MOST), Tone.QUIET))
        return made

    def _sum(self, change: Change) -> str:
        words, footing = self._words, change.footing
        if footing is None:
            return ""
        moved = words.number(footing.expected, signed=True)
        return words(
            " (слагаемые {moved}, итог {delta})", moved=moved, delta=words.number(change.delta or footing.expected * 0, signed=True)
        )

    def _delta(self, change: Change) -> str:
        return f"{NO_BREAK}{self._words.number(change.delta, signed=True)}" if change.delta else ""

    def _values(self, change: Change) -> str:
        before, after = (getattr(value, "value", None) for value in (change.old, change.new))
        if before is None or after is None:
            return ""
        return f"{NO_BREAK}{self._words.number(before)}{NO_BREAK}→{NO_BREAK}{self._words.number(after)}"

    def _chief(self) -> list[Change]:
        """The changes that moved the programme's total most."""
        by_id = {change.id: change for change in self._comparison.changes}
        explained = sorted(self._comparison.totals.explained, key=lambda item: -abs(item.delta))
        transferred = {change for group in self._comparison.groups if group.kind in TRANSFERS for change in group.changes}
        return [by_id[item.change] for item in explained if item.change not in transferred]

    def _things(self, kind: Kind) -> list[Change]:
        return [change for change in self._own if change.kind == kind and change.field in ("name", "indicator") and change.group is None]

    def _transfers(self) -> Pieces:
        words = self._words
        groups = [group for group in self._comparison.groups if group.kind in TRANSFERS]
        events = [group for group in self._comparison.groups if group.kind not in TRANSFERS]
        made: Pieces = []
        for title, found in ((words("Перераспределено, сумма прежняя"), groups), (words("Годы и источники"), events)):
            if found:
                made += [piece("; " if made else ""), piece(f"{title}: ", Tone.STRONG)]
                for position, group in enumerate(found[:_MOST]):
                    subject = words.column(group.subject or "")
                    name = words(GROUP_WORDS[group.kind], subject=subject)
                    members = words.count("{n} изменение", "{n} изменений", len(group.changes))
                    made += [piece("; " if position else ""), piece(f"{name[:1].lower()}{name[1:]}"), piece(f" ({members})", Tone.QUIET)]
                if len(found) > _MOST:
                    made.append(piece("; " + words("ещё {n}", n=len(found) - _MOST), Tone.QUIET))
        return made

    def _texts(self) -> Pieces:
        words, counted = self._words, []
        altered = [change for change in self._own if change.kind == Kind.ALTERED or change.field in ("text", "requisites")]
        for field, (one, many) in _FIELD_WORDS.items():
            number = sum(change.field == field for change in altered)
            if number:
                counted.append(words.count(one, many, number))
        return [piece(words("Изменены слова: "), Tone.STRONG), piece(", ".join(counted))] if counted else []

    def _step(self, findings: Sequence[Finding]) -> Pieces:
        found = [finding for finding in findings if is_of_step(finding) and finding.cause is None]
        codes = dict.fromkeys(finding.code for finding in found)
        if not found:
            return []
        counted = ", ".join(f"{code} — {sum(one.code == code for one in found)}" for code in codes)
        return [piece(self._words("Находки шага: "), Tone.WARNING), piece(counted)]

    def _doubts(self) -> Pieces:
        number = sum(pair.doubtful for pair in self._comparison.pairs)
        if not number:
            return []
        return [piece(self._words.count("С сомнением сопоставлена {n} пара", "С сомнением сопоставлено {n} пар", number), Tone.WARNING)]
