"""Constituents of an instruction → actions: each a verb with all that belongs to it, in any order of words.

A sentence is taken apart at its verbs. What a verb needs is listed in `is_whole`; a constituent
that would be one too many begins the next action. Anything left over is a reason not to understand.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.amendment import lexicon
from extractors.amendment.action import Action, NotUnderstood, Paths, is_whole, missing
from extractors.amendment.lexicon import CHANGES
from extractors.amendment.phrases import Kind, Token
from extractors.amendment.targets import rank

_SENTENCE_ENDS = frozenset((";", "."))
_HARMLESS = frozenset((":", ",", "-", "–", "—", "−"))


@dataclass
class Parsed:
    """A line: its actions, the context that it opens for the lines below, and whether it names the amended act."""

    actions: list[Action]
    context: tuple[Paths, ...]
    is_head: bool


def parse(tokens: Sequence[Token]) -> Parsed:
    """The actions of a line; raises NotUnderstood for a word or an order of words that is not known."""
    frames = _Frames()
    for sentence in _sentences(tokens):
        frames.sentence(sentence)
    return Parsed(frames.actions, frames.context, frames.is_head)


def _sentences(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    made: list[Token] = []
    for token in tokens:
        if token.kind is Kind.SIGN and token.text in _SENTENCE_ENDS:
            yield made
            made = []
        else:
            made.append(token)
    yield made


class _Frames:
    def __init__(self) -> None:
        self.actions: list[Action] = []
        self.context: tuple[Paths, ...] = ()
        self.is_head = False
        self.carry: tuple[Paths, ...] = ()
        self.was_head = False  # whether «Внести … изменения» stands right before
        self.former: Paths = ()  # what the action before was about
        self.frame = Action()
        self.rest: list[Token] = []

    def sentence(self, tokens: list[Token]) -> None:
        self.frame, self.was_head = Action(), False
        for at, token in enumerate(tokens):
            self.rest = tokens[at + 1 :]
            self._take(token, tokens[at - 1] if at else None)
        self._flush(ended=True)

    def _take(self, token: Token, before: Token | None) -> None:
        step = getattr(self, f"_{token.kind.value}", None)
        if step is None:
            if token.kind is Kind.PREPOSITION and self.rest and self.rest[0].kind is Kind.WORD:
                token = self.rest[0]
            raise NotUnderstood(_LEFT_OVER.get(token.kind, "слово, значение которого здесь не известно"), token)
        step(token, before)
        if token.kind not in (Kind.SIGN, Kind.AND):
            self.frame.tokens.append(token)

    def _sign(self, token: Token, _: Token | None) -> None:
        if token.text not in _HARMLESS:
            raise NotUnderstood("знак, значение которого здесь не известно", token)
        if token.text == ":" and self.frame.is_empty and self.frame.where:
            self.context = self.carry = (*self.carry, *self.frame.where)
            self.frame = Action()
        if token.text == ":" and self.frame.verb == lexicon.AMEND and self.frame.changes:
            self._flush()
            self.context = self.carry

    def _and(self, _token: Token, _before: Token | None) -> None:
        """«и» joins constituents; what it joins is told by them."""

    def _aside(self, _token: Token, _before: Token | None) -> None:
        """«(далее - Программа)»: no part of the instruction."""

    def _verb(self, token: Token, _: Token | None) -> None:
        frame = self.frame
        if token.name == lexicon.UNKNOWN:
            raise NotUnderstood("действие, которое не поддержано", token)
        if frame.verb:
            if not is_whole(frame):
                raise NotUnderstood("два действия подряд, и первому чего-то недостаёт", token)
            self._flush()
        self.frame.verb = token.name
        self.frame.after_head = bool(self.actions or self.carry or self.former) and self.was_head
        self.frame.verb_first = not (self.frame.objects or self.frame.olds or self.frame.anchors)

    def _place(self, token: Token, before: Token | None) -> None:
        if token.name in ("in", "from"):
            self._where(token, before)
        elif token.name in ("after", "before"):
            self._next_if_whole(token)
            if self.frame.after:
                raise NotUnderstood("два места, после которых вставить", token)
            self.frame.after, self.frame.before = token.paths, token.name == "before"
        elif "i" in token.cases:
            if "a" in token.cases:
                raise NotUnderstood("падеж не определить", token)
            self._next_if_whole(token)
            self.frame.added.append(token)
        elif set("na") & set(token.cases):
            self._next_if_whole(token)
            self._object_place(token, before)
        else:
            raise NotUnderstood("структурная единица, которая ни к чему не относится", token)

    def _object_place(self, token: Token, before: Token | None) -> None:
        """What the verb is about; «пункт 2 абзац 3»: units in a row without a sign between them lie in each other."""
        self._not_placed(token)
        in_a_row = before is not None and before.kind is Kind.PLACE and bool(self.frame.objects) and before.name == ""
        if not in_a_row:
            self.frame.objects.append(token)
            return
        outer = self.frame.objects.pop()
        if any(rank(above[-1]) >= rank(below[0]) for above in outer.paths for below in token.paths):
            raise NotUnderstood("не ясно, одно место названо или два", token)
        paths = tuple((*above, *below) for above in outer.paths for below in token.paths)
        self.frame.objects.append(token.at(paths=paths, marks=(*outer.marks, *token.marks, "units-in-a-row")))

    def _not_placed(self, token: Token) -> None:
        """«строку 3 в приложении 1 и строку 4 в приложении 2 исключить»: each has its own place, and no cross of both is meant."""
        if self.frame.placed:
            raise NotUnderstood("не ясно, к какому из мест это относится", token)

    def _where(self, token: Token, before: Token | None) -> None:
        if is_whole(self.frame) and self._more_follows() and (self.frame.verb != lexicon.AMEND or self.frame.where):
            self._flush()
        frame = self.frame
        frame.placed = bool(frame.objects or frame.olds or frame.anchors)
        joins = before is not None and (before.kind is Kind.AND or before.text == ",")
        if joins and frame.where and frame.tokens and frame.tokens[-1].kind is Kind.PLACE:
            if frame.where[-1][0][-1].unit is token.paths[0][-1].unit:
                frame.where = (*frame.where[:-1], (*frame.where[-1], *token.paths))
                return
            if before is not None and before.kind is Kind.AND:
                raise NotUnderstood("не ясно, одно место названо или два", token)
        frame.where = (*frame.where, token.paths)

    def _next_if_whole(self, token: Token) -> None:
        """A constituent that would be one too many begins the next action, if one follows; else it is one more of its kind."""
        if not is_whole(self.frame) or not self._more_follows(token):
            return
        doubtful = self.frame.verb_first and self.frame.verb == lexicon.DELETE and self._is_list_before_verb(token)
        if doubtful:
            raise NotUnderstood("не ясно, к какому из двух действий это относится", token)
        self._flush()

    def _is_list_before_verb(self, token: Token) -> bool:
        for other in self.rest:
            if other.kind is Kind.VERB:
                return False
            if other.kind is token.kind and other.name == token.name:
                return True
        return False

    def _more_follows(self, token: Token | None = None) -> bool:
        """Whether another action follows: a verb, or old words with new ones where the verb is left out."""
        kinds = [other.kind for other in self.rest] + ([token.kind] if token else [])
        if Kind.VERB in kinds:
            return True
        return self.frame.verb == lexicon.REPLACE and Kind.OLD in kinds and Kind.NEW in kinds

    def _old(self, token: Token, _: Token | None) -> None:
        self._next_if_whole(token)
        self._not_placed(token)
        self.frame.olds.append(token)

    def _new(self, token: Token, _: Token | None) -> None:
        self.frame.news.append(token)

    def _anchor(self, token: Token, _: Token | None) -> None:
        self._next_if_whole(token)
        self.frame.anchors.append(token)

    def _manner(self, token: Token, _: Token | None) -> None:
        if token.name in ("by-crossing", "cell"):
            raise NotUnderstood("клетка названа не строкой и графой", token)
        if token.name == "onward":
            raise NotUnderstood("не ясно, откуда и докуда заменить", token)
        self.frame.manners.append(token)

    def _object(self, token: Token, _: Token | None) -> None:
        if token.name != CHANGES:
            raise NotUnderstood("не сказано, какие слова или цифры", token)
        self.frame.changes = True

    def _quote(self, token: Token, before: Token | None) -> None:
        frame = self.frame
        if frame.verb in (lexicon.REPLACE, lexicon.READ) and frame.olds and not frame.news:
            frame.news.append(token.at(kind=Kind.NEW, name="any"))
        elif (
            frame.verb in (lexicon.RESTATE, lexicon.ADD, lexicon.INCLUDE, lexicon.READ)
            and frame.payload is None
            and _announced(frame, before)
        ):
            frame.payload = token
        else:
            raise NotUnderstood("текст в кавычках, который ни к чему не относится", token)

    _figure = _quote

    def _payload(self, token: Token, _: Token | None) -> None:
        if self.frame.payload is not None or self.frame.verb not in (
            lexicon.RESTATE,
            lexicon.ADD,
            lexicon.INCLUDE,
            lexicon.READ,
            lexicon.REPLACE,
        ):
            raise NotUnderstood("новый текст, который ни к чему не относится", token)
        self.frame.payload = token

    def _number(self, token: Token, before: Token | None) -> None:
        """«следующее изменение: 1) пункт 2 …»: a number that only counts instructions within a line."""
        if not token.text.endswith(")") or (before is not None and before.text != ":"):
            raise NotUnderstood(_LEFT_OVER[Kind.NUMBER], token)

    def _pronoun(self, token: Token, _: Token | None) -> None:
        if not self.carry and not self.former:
            raise NotUnderstood("местоимение, которое ни к чему не относится", token)
        self.frame.pronoun = True

    def _flush(self, *, ended: bool = False) -> None:
        frame, self.frame = self.frame, Action()
        about_the_same = not frame.objects and not frame.where and bool(self.former)
        frame.carry = (*self.carry, self.former) if about_the_same else self.carry
        if frame.is_empty:
            if frame.tokens and not ended:
                raise NotUnderstood("не сказано, что сделать", frame.tokens[0])
            if frame.where and ended:
                self.context = (*frame.carry, *frame.where)
            if frame.manners and not frame.where:
                raise NotUnderstood("не сказано, что сделать", frame.manners[0])
            return
        self._inherit(frame)
        _include(frame)
        if frame.verb == lexicon.AMEND or (frame.verb == lexicon.APPROVE and frame.changes):
            self._head(frame, ended=ended)
            return
        if not is_whole(frame):
            raise NotUnderstood(missing(frame), frame.tokens[-1] if frame.tokens else None)
        self.actions.append(frame)
        self.carry = (*frame.carry, *frame.where)
        self.former = () if frame.verb == lexicon.DELETE else tuple(path for token in frame.objects for path in token.paths)

    def _inherit(self, frame: Action) -> None:
        """«цифры "1" заменить цифрами "2", цифры "3" - цифрами "4"»."""
        former = self.actions[-1].verb if self.actions else ""
        if not frame.verb and former == lexicon.REPLACE and frame.olds and frame.news:
            frame.verb = former

    def _head(self, frame: Action, *, ended: bool) -> None:
        paths = tuple(path for token in frame.objects for path in token.paths)
        if frame.olds or frame.news or frame.added or frame.payload:
            raise NotUnderstood("внесены изменения, но какие именно, не понято", frame.tokens[0])
        if ended and not frame.changes and not self.is_head:
            raise NotUnderstood("не сказано, какие изменения внести", frame.tokens[0])
        self.is_head = self.is_head or frame.changes
        self.was_head = True
        self.actions.extend(_with_annex(frame))
        self.carry = (*frame.carry, *frame.where)
        self.former = paths
        self.context = (*self.carry, *((paths,) if paths else ()))


def _include(frame: Action) -> None:
    """«Включить в приложение строку»: its object is what is added."""
    if frame.verb != lexicon.INCLUDE:
        return
    frame.verb = lexicon.ADD
    frame.added, frame.objects = [*frame.added, *frame.objects], []
    frame.news, frame.olds = [*frame.news, *frame.olds], []


def _with_annex(frame: Action) -> Iterator[Action]:
    """«Внести изменения согласно приложению»: an action only the annex can explain."""
    if frame.has("annex", "annex-wording"):
        yield frame


def _announced(frame: Action, before: Token | None) -> bool:
    """Whether the new wording may stand here: behind «в следующей редакции», «следующего содержания», a colon."""
    return bool(frame.has("new-wording", "contents", "so", "as") or (before is not None and before.text == ":"))


_LEFT_OVER = {
    Kind.NEGATION: "отрицание: что именно сделать, не определить",
    Kind.NUMBER: "число, которое ни к чему не относится",
    Kind.ORDINAL: "число, которое ни к чему не относится",
    Kind.PREPOSITION: "предлог, за которым не названо место",
}
