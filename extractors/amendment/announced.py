"""Where a line announces a new wording: «изложить в следующей редакции:», «дополнить строкой следующего содержания:»."""

from collections.abc import Sequence

from extractors.amendment import lexicon, quotes
from extractors.amendment.phrases import Kind, Token, running

_ANNOUNCING = frozenset(("new-wording", "contents", "so"))
_OF_A_UNIT = frozenset((Kind.NUMBER, Kind.ORDINAL, Kind.QUOTE, Kind.AND, Kind.ADJECTIVE))


def announcement(text: str) -> int | None:
    """The sign from which on the new wording is looked for; None if none is announced.

    >>> announcement("пункт 4 изложить в следующей редакции:"), announcement("пункт 4 исключить;")
    (38, None)
    """
    made: list[Token] = []
    for behind in running(text):  # token by token: what stands behind the announcement is another's
        made.append(behind)
        found = _announced(text, made, len(made) - 2, behind)
        if found is not None:
            return found
    return (
        len(text)
        if made and (_is_last(made, len(made) - 1) or (len(made) > 1 and made[-1].text == "." and _is_last(made, len(made) - 2)))
        else None
    )


def _announced(text: str, made: Sequence[Token], at: int, behind: Token) -> int | None:
    """Where the new wording begins, if the token before the last one announces it."""
    if at < 0:
        return None
    token = made[at]
    if _is_last(made, at):
        if behind.text == ":":
            return behind.end
        if text[behind.start] in quotes.OPENING:
            return behind.start
    if token.text == ":" and at and _announces(made, at):
        return token.end
    return None


def _is_last(made: Sequence[Token], at: int) -> bool:
    token = made[at]
    return (token.kind is Kind.MANNER and token.name in _ANNOUNCING and _has_verb(made[:at])) or (
        token.text == ":" and at > 0 and _announces(made, at)
    )


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
