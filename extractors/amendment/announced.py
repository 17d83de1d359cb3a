"""Where a line announces a new wording: «изложить в следующей редакции:», «дополнить строкой следующего содержания:»."""

from collections.abc import Sequence

from extractors.amendment import lexicon, quotes
from extractors.amendment.phrases import Kind, Token, tokens

_ANNOUNCING = frozenset(("new-wording", "contents", "so"))
_OF_A_UNIT = frozenset((Kind.NUMBER, Kind.ORDINAL, Kind.QUOTE, Kind.AND, Kind.ADJECTIVE))


def announcement(text: str) -> int | None:
    """The sign from which on the new wording is looked for; None if none is announced.

    >>> announcement("пункт 4 изложить в следующей редакции:"), announcement("пункт 4 исключить;")
    (38, None)
    """
    if not text:
        return None
    made = tokens(text)
    for at, token in enumerate(made):
        behind = made[at + 1] if at + 1 < len(made) else None
        if token.kind is Kind.MANNER and token.name in _ANNOUNCING and _has_verb(made[:at]):
            if behind is None or (behind.text == "." and at + 2 == len(made)):
                return len(text)
            if behind.text == ":":
                return behind.end
            if text[behind.start] in quotes.OPENING:
                return behind.start
        if token.text == ":" and at and _announces(made, at):
            return token.end
    return None


def _has_verb(made: Sequence[Token]) -> bool:
    return any(
        token.kind is Kind.VERB and token.name in (lexicon.RESTATE, lexicon.ADD, lexicon.INCLUDE, lexicon.READ, lexicon.REPLACE)
        for token in made
    )


def _announces(made: Sequence[Token], colon: int) -> bool:
    """Whether a colon stands behind the verb, or behind what is added: «дополнить строками:», «изложить:»."""
    before, behind = made[colon - 1], made[colon + 1] if colon + 1 < len(made) else None
    if before.kind is Kind.VERB:
        return before.name in (lexicon.READ, lexicon.RESTATE)
    added = next((token for token in reversed(made[:colon]) if token.kind not in _OF_A_UNIT), None)
    verb = next((token for token in reversed(made[:colon]) if token.kind is Kind.VERB), None)
    if added is None or verb is None or verb.name not in (lexicon.ADD, lexicon.INCLUDE):
        return False
    if ("i" if verb.name == lexicon.ADD else "a") not in added.cases:
        return False
    return added.kind is Kind.UNIT or (added.kind is Kind.OBJECT and behind is None)
