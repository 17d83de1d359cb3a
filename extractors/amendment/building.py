"""An action with its resolved places → the fields of operations: one for each target and each pair of old and new."""

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Any, NamedTuple

import regex

from extractors import values
from extractors.amendment import lexicon
from extractors.amendment.action import Action, NotUnderstood
from extractors.amendment.lexicon import FIGURES
from extractors.amendment.payloads import UNCLEAR_END, Payload, in_words
from extractors.amendment.phrases import PAYLOAD_SIGN, Token
from extractors.amendment.targets import Conflict, Path, address, is_named, nest, rank
from extractors.amendment.zones import Annex
from extractors.labels import Labels
from extractors.text import squeeze
from schemas.amendment import Step, Unit, Verb
from schemas.blocks import Block, Paragraph, Table

_NUMBER = regex.compile(
    r"(?:№№?|[Nn]{1,2}\.?) ?(\d{1,2})|приложени\w{1,2} (\d{1,2})(?!\d)|, ?(\d{1,2})(?!\d)| и (?:(?:№|[Nn]) ?)?(\d{1,2})(?!\d)"
)
_AMOUNT = regex.compile(
    r"[+-]?\d[\d \u00a0]*(?:[.,]\d+)? ?(?:%|(?:тыс|млн|млрд|тысяч\w?|миллион\w*)?\.? ?(?:руб(?:лей|ля|ль|\.)?)?)", regex.I
)
_DATE = regex.compile(r"\d{1,2}(?:\.\d\d\.| \w{3,8} )\d{4}")
IN_ORDER = "paired-in-order"


class Built(NamedTuple):
    """The fields of one operation."""

    fields: dict[str, Any]


def build(
    action: Action, where: tuple[Path, ...], payload: Payload | None, annexes: Sequence[Annex], labels: Labels, *, below: bool = True
) -> Iterator[Built]:
    """The operations of an action; `below` if the act's numbering puts it under its context. Raises NotUnderstood or Conflict."""
    yield from _Builder(action, where, payload, annexes, labels, below=below if action.carry else below or bool(action.where)).built()


class _Builder:
    def __init__(
        self, action: Action, where: tuple[Path, ...], payload: Payload | None, annexes: Sequence[Annex], labels: Labels, *, below: bool
    ) -> None:
        self.action, self.where, self.annexes, self.labels, self.below = action, where, annexes, labels, below
        self.payload = payload or _of_quote(action.payload)

    def built(self) -> Iterator[Built]:
        action = self.action
        if self.payload and UNCLEAR_END in self.payload.marks:
            raise NotUnderstood("не ясно, где кончается новый текст")
        if "scope-in-doubt" in action.marks:
            paths = tuple(path for token in action.tokens for path in token.paths)
            raise Conflict("не ясно, относится ли последнее из названных мест к первому", paths)
        if action.changes or action.verb == lexicon.AMEND:
            if not any(annex.kind == "изменения" for annex in self.annexes):
                raise NotUnderstood("изменения внесены приложением, в котором указаний нет")
        elif action.verb in (lexicon.RESTATE, lexicon.APPROVE) or (action.verb == lexicon.READ and not action.olds):
            yield from self._restate()
        elif action.verb in (lexicon.REPLACE, lexicon.READ):
            yield from self._replace()
        elif action.verb == lexicon.ADD:
            yield from self._insert() if action.news else self._add()
        elif action.verb == lexicon.DELETE:
            yield from self._delete()
        elif action.verb == lexicon.DECLARE:
            yield from (self._made(Verb.REPEAL, path) for path in self._objects())

    def _made(self, kind: Verb, path: Path, **fields: Any) -> Built:
        if not (path or fields.get("after")) or not all(map(is_named, path)):
            raise NotUnderstood("не сказано, какая структурная единица изменяется")
        marks = [mark for mark in self.action.marks if mark != "throughout"]
        marks += self.payload.marks if self.payload else ()
        marks += fields.pop("marks", ())
        effective = next((_day(manner) for manner in self.action.manners if manner.name == "from-date"), None)
        given = {
            "kind": kind,
            "locus": path,
            "target": address(path, self.labels),
            "marks": tuple(dict.fromkeys(marks)),
            "effective": effective,
        }
        return Built({**given, "inflected": self.action.has("inflected"), **fields})

    def _objects(self) -> tuple[Path, ...]:
        """What the verb is about: its objects, or what a pronoun or its place stands for."""
        named = tuple(path for token in self.action.objects for path in token.paths)
        if not named:
            return self.where
        return tuple(nest(above, path, self.labels, below=self.below) for above in self.where for path in named)

    def _of_objects_or_place(self) -> tuple[Path, ...]:
        return self._objects() if self.action.objects else self._where()

    def _where(self) -> tuple[Path, ...]:
        if not any(self.where):
            raise NotUnderstood("не сказано, где")
        return self.where

    def _restate(self) -> Iterator[Built]:
        paths = self._objects()
        if self.action.olds:
            raise NotUnderstood("слова не излагаются, а заменяются")
        annexed = self._annexed(len(paths))
        if annexed:
            for path, (number, blocks) in zip(paths, annexed, strict=True):
                marks = () if blocks else ("annex-not-found",)
                yield self._made(
                    Verb.RESTATE, path, annex=number, payload=blocks, new=in_words(blocks) or None, marks=marks, **self._old_row()
                )
            return
        if self.payload is None:
            raise NotUnderstood("не найден новый текст")
        for path, blocks in zip(paths, _shared(self.payload, paths), strict=True):
            by_column = self.payload.by_column
            new = self.payload.text if len(paths) == 1 else in_words(blocks)
            yield self._made(Verb.RESTATE, path, payload=blocks, new=new, by_column=by_column, **self._old_row())

    def _old_row(self) -> dict[str, Any]:
        """«строку: "<прежний текст>" изложить …»: the name is the whole old row."""
        quoted = "old-row-quoted" in self.action.marks and len(self.action.objects) == 1
        return {"old": self.action.objects[0].paths[0][-1].label} if quoted else {}

    def _annexed(self, count: int) -> list[tuple[str, tuple[Block, ...]]]:
        """The annex for each target: by the numbers told, or the only one there is."""
        manner = next((manner for manner in self.action.manners if manner.name in ("annex", "annex-wording")), None)
        if manner is None or self.payload is not None:
            return []
        numbers = [next(filter(None, found.groups())) for found in _NUMBER.finditer(manner.text)] if manner.name == "annex" else []
        if len(numbers) > 1 and len(numbers) != count:
            raise NotUnderstood("приложений названо не столько, сколько мест")
        if not numbers and count > 1:
            raise NotUnderstood("не сказано, какое приложение к какому месту относится")
        return [self._annex(number) for number in numbers] if len(numbers) > 1 else [self._annex(numbers[0] if numbers else "")] * count

    def _annex(self, number: str) -> tuple[str, tuple[Block, ...]]:
        carried = [annex for annex in self.annexes if annex.kind != "изменения"]
        fits = [annex for annex in carried if annex.number == number] if number else carried
        if number and not fits and len(carried) == 1 and carried[0].number is None:
            fits = carried
        return (fits[0].number or number, tuple(line.block for line in fits[0].blocks)) if len(fits) == 1 else (number, ())

    def _replace(self) -> Iterator[Built]:
        action = self.action
        if action.objects:
            raise NotUnderstood("не ясно, что заменяется: слова или структурная единица")
        olds = [(token.name, value) for token in action.olds for value in token.values]
        news = [(token.name, value) for token in action.news for value in token.values]
        if not news and self.payload is not None:
            news = [("any", self.payload.text)]
        if len(news) not in (1, len(olds)):
            raise NotUnderstood("прежних текстов названо не столько, сколько новых")
        in_order = len(olds) > 1 and len(news) > 1 and not action.has("respectively") and len(action.olds) == 1
        news = news * len(olds) if len(news) == 1 else news
        if action.has("respectively") and len(self._where()) > 1 and len(olds) > 1:
            raise NotUnderstood("не ясно, к какому из мест какая пара относится")
        for path in self._where():
            for old, new in zip(olds, news, strict=True):
                yield self._replaced(path, old, new, in_order=in_order)

    def _replaced(self, path: Path, old: tuple[str, str], new: tuple[str, str], *, in_order: bool) -> Built:
        everywhere = _is_throughout(path) or self.action.has("each")
        figures = old[0] == FIGURES or all(_is_amount(said) for _, said in (old, new))
        kind = Verb.REPLACE_FIGURES if figures else Verb.REPLACE_WORDS
        if everywhere:
            kind = Verb.REPLACE_THROUGHOUT
        marks = (IN_ORDER,) if in_order else ()
        return self._made(kind, path, old=old[1], new=new[1], everywhere=everywhere, marks=marks)

    def _insert(self) -> Iterator[Built]:
        action = self.action
        if action.added or action.after:
            raise NotUnderstood("не ясно, что добавляется: слова или структурная единица")
        anchors = [(token.name, value) for token in action.anchors for value in token.values]
        news = [value for token in action.news for value in token.values] or ([self.payload.text] if self.payload else [])
        if len(news) != 1 and len(news) != len(anchors):
            raise NotUnderstood("мест, после которых вставить, названо не столько, сколько новых текстов")
        news = news * max(1, len(anchors)) if len(news) == 1 else news
        for path in self._of_objects_or_place():
            everywhere = _is_throughout(path) or action.has("each")
            for (side, old), new in zip(anchors or [("", "")], news, strict=True):
                yield self._made(Verb.INSERT_WORDS, path, old=old or None, new=new, before=side == "before", everywhere=everywhere)

    def _add(self) -> Iterator[Built]:
        action = self.action
        if len(action.added) != 1:
            raise NotUnderstood("добавляется несколько разных структурных единиц")
        if action.olds or action.anchors:
            raise NotUnderstood("не ясно, что добавляется: слова или структурная единица")
        added = action.added[0]
        steps = tuple(path[-1] for path in added.paths)
        if any(len(path) > 1 for path in added.paths):
            raise NotUnderstood("структурная единица, которая ни к чему не относится", added)
        if len(action.after) > 1:
            raise NotUnderstood("два места, после которых вставить")
        annexed = self._annexed(1)
        blocks = annexed[0][1] if annexed else self.payload.blocks if self.payload else ()
        for path in self._containers(steps[0]):
            after = nest(path, action.after[0], self.labels, below=True) if action.after else ()
            if path and path[-1].unit is not Unit.ROW and rank(path[-1]) >= rank(steps[0]) and not _is_inside(path[-1], steps[0]):
                raise NotUnderstood("структурная единица, в которую такая не входит", added)
            container = after[:-1] if after and len(after) > len(path) + 1 else path
            yield self._made(
                Verb.ADD, container or _whole(steps[0]), added=steps, after=after, before=action.before, payload=blocks,
                new=(self.payload.text if self.payload else in_words(blocks) or None), annex=annexed[0][0] if annexed else None,
                by_column=self.payload.by_column if self.payload else (),
                marks=() if blocks or self.payload or _is_complete(steps) else ("nothing-to-add",),
            )  # fmt: skip

    def _containers(self, step: Step) -> tuple[Path, ...]:
        """What receives: what is named as such; of a place named before it in the line, what is wide enough."""
        if self.action.objects:
            return self._objects()
        if self.action.carry and not self.action.where:
            return tuple(tuple(takewhile(lambda outer: rank(outer) < rank(step), path)) for path in self.where)
        return self.where

    def _delete(self) -> Iterator[Built]:
        action = self.action
        if not action.olds:
            yield from (self._made(Verb.DELETE, path) for path in self._objects())
            return
        if action.objects:
            raise NotUnderstood("не ясно, что исключается: слова или структурная единица")
        for path in self._where():
            for token in action.olds:
                for value in token.values:
                    yield self._made(Verb.DELETE, path, old=value, everywhere=_is_throughout(path) or action.has("each"))


def _of_quote(token: Token | None) -> Payload | None:
    """A new wording that stands in quotation marks inside the sentence."""
    if token is None or token.text == PAYLOAD_SIGN or not token.values:
        return None
    return Payload((Paragraph.of(token.values[0]),), token.values[0], 0, "", token.marks)


def _is_throughout(path: Path) -> bool:
    return bool(path) and path[-1].unit is Unit.TEXT


def _is_complete(steps: Sequence[Step]) -> bool:
    """Whether what is added says itself what it is: «графой "2027 год"»."""
    return all(step.label for step in steps)


def _is_inside(outer: Step, step: Step) -> bool:
    """«пункт 2 дополнить пунктом 2.1»."""
    return bool(outer.number and step.number and step.number.startswith(outer.number + "."))


def _whole(step: Step) -> Path:
    """What receives a unit of which nothing else is said: an appendix, a section belong to the programme."""
    return (Step(unit=Unit.PROGRAMME),) if step.unit in (Unit.APPENDIX, Unit.SECTION, Unit.SUBPROGRAMME) else ()


def _is_amount(text: str) -> bool:
    return _AMOUNT.fullmatch(squeeze(text)) is not None


def _day(manner: Token) -> str | None:
    found = _DATE.search(manner.text)
    day = values.date(found[0]) if found else None
    return day.isoformat() if day else None


def _shared(payload: Payload, paths: Sequence[Path]) -> list[tuple[Block, ...]]:
    """One new wording for several targets, each its own piece: told by the numbers and names that begin the pieces."""
    if len(paths) == 1:
        return [payload.blocks]
    pieces = _pieces(payload.blocks)
    if len(pieces) != len(paths) or not all(_begins(piece, path[-1]) for piece, path in zip(pieces, paths, strict=True)):
        raise NotUnderstood("мест названо несколько, а новый текст не делится на них")
    return [(piece,) for piece in pieces]


def _pieces(blocks: Sequence[Block]) -> list[Block]:
    if len(blocks) == 1 and isinstance(blocks[0], Table):
        table = blocks[0]
        rows = sorted({cell.row for cell in table.cells})
        if any(cell.row_span > 1 for cell in table.cells):
            return []
        return [Table(table.index, tuple(cell._replace(row=0) for cell in table.cells if cell.row == row), table.inside) for row in rows]
    return list(blocks)


def _begins(piece: Block, step: Step) -> bool:
    text = squeeze(piece.text if isinstance(piece, Paragraph) else " ".join(cell.text for cell in piece.cells))
    number = f"{step.number}" if step.number else None
    return bool(
        (number and regex.match(rf"{regex.escape(number)}(?:[.)]|\s)", text))
        or (step.label and step.label.lower() in text.lower()[: len(step.label) + 20])
    )
