"""An action: one verb with all that belongs to it, and whether it has all that the verb needs."""

from dataclasses import dataclass, field

from extractors.amendment import lexicon
from extractors.amendment.phrases import Token
from extractors.amendment.targets import Path

Paths = tuple[Path, ...]
_NEW_WORDING = frozenset(("new-wording", "annex", "annex-wording", "so", "contents"))


class NotUnderstood(Exception):
    """Why a sentence cannot be taken for an instruction; `token` is where it failed."""

    def __init__(self, reason: str, token: Token | None = None) -> None:
        super().__init__(reason)
        self.reason, self.token = reason, token


@dataclass
class Action:
    """One verb with its arguments, as the act names them; paths are still relative to the context."""

    verb: str = ""
    verb_first: bool = False
    where: tuple[Paths, ...] = ()  # named in this action, each a part of the spot
    carry: tuple[Paths, ...] = ()  # where the action before it was, in the same line
    objects: list[Token] = field(default_factory=list)
    added: list[Token] = field(default_factory=list)
    after: Paths = ()
    before: bool = False
    olds: list[Token] = field(default_factory=list)
    news: list[Token] = field(default_factory=list)
    anchors: list[Token] = field(default_factory=list)
    manners: list[Token] = field(default_factory=list)
    payload: Token | None = None
    pronoun: bool = False
    placed: bool = False  # a place stands behind an object: what comes next may be in another
    after_head: bool = False  # «Внести изменения в программу, изложив …»: what the head names
    changes: bool = False
    tokens: list[Token] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing of it was said yet but places."""
        return not (self.verb or self.objects or self.added or self.olds or self.news or self.anchors or self.changes or self.payload)

    def has(self, *names: str) -> bool:
        """Whether one of these set phrases stands in it."""
        return any(manner.name in names for manner in self.manners)

    @property
    def marks(self) -> tuple[str, ...]:
        """The liberties taken in reading its words."""
        return tuple(dict.fromkeys(mark for token in (*self.tokens, *self.objects) for mark in token.marks))


def is_whole(frame: Action) -> bool:
    """Whether the verb has all that it needs."""
    target = bool(frame.objects or frame.pronoun or frame.after_head)
    if frame.verb == lexicon.RESTATE:
        return target and frame.has(*_NEW_WORDING) and (frame.payload is not None or frame.has("annex", "annex-wording"))
    if frame.verb in (lexicon.REPLACE, lexicon.READ):
        reads = frame.verb == lexicon.READ and target and frame.has("new-wording", "so") and frame.payload is not None
        return reads or bool(frame.olds and (frame.news or frame.payload))
    if frame.verb == lexicon.ADD:
        words = bool(frame.news) and (bool(frame.news[0].values) or frame.payload is not None)
        return words or (
            bool(frame.added) and (frame.payload is not None or frame.has("annex", "annex-wording") or not frame.has("contents"))
        )
    if frame.verb == lexicon.INCLUDE:
        return bool(frame.olds or ((frame.objects or frame.added) and (frame.payload is not None or frame.has("annex", "annex-wording"))))
    if frame.verb == lexicon.DELETE:
        return bool(frame.objects or frame.olds)
    if frame.verb == lexicon.DECLARE:
        return bool(frame.objects) and frame.has("void")
    if frame.verb == lexicon.APPROVE:
        return frame.changes or (bool(frame.objects) and frame.has("new-wording", "annex-wording"))
    return frame.verb == lexicon.AMEND


def missing(frame: Action) -> str:
    """What it lacks, in words."""
    if not frame.verb:
        return "не сказано, что сделать"
    if frame.verb == lexicon.DECLARE and frame.added:
        return "действие, которое не поддержано"  # «пункт 5 считать пунктом 6»
    return {
        lexicon.RESTATE: "не найден новый текст или не сказано, что изложить",
        lexicon.READ: "не найден новый текст или не сказано, что изложить",
        lexicon.REPLACE: "не сказано, что и чем заменить",
        lexicon.ADD: "не сказано, чем дополнить",
        lexicon.DELETE: "не сказано, что исключить",
        lexicon.DECLARE: "не сказано, что признать утратившим силу",
    }.get(frame.verb, "действие не понято")
