"""Tokens of an instruction → its constituents, pass by pass, in the order of `PASSES`.

Each pass joins neighbours into one token and leaves the rest as it is: a unit with its numbers,
a chain of units, a preposition with its unit, «слова» with what is quoted.
"""

from collections.abc import Callable, Sequence

from extractors.amendment.designators import Reader, Tokens, joined, units
from extractors.amendment.lexicon import CHANGES
from extractors.amendment.phrases import ANY_CASE, Kind, Token
from extractors.amendment.targets import Path, rank
from schemas.amendment import Unit


def constituents(tokens: Sequence[Token]) -> Tokens:
    """All passes, one after the other."""
    made = tuple(tokens)
    for one in PASSES:
        made = one(made)
    return made


def chains(tokens: Tokens) -> Tokens:
    """«подпункты 1 и 2» «пункта 9» «раздела 3» → one place; «приложение 2 к Программе» too."""
    made: list[Token] = []
    for token in reversed(tokens):
        made.append(token)
        while (joined := _chained(made)) is not None:
            made[-joined[1] :] = [joined[0]]
    return tuple(reversed(made))


def _chained(stack: list[Token]) -> tuple[Token, int] | None:
    """The last tokens of the stack (in reverse order) as one, and how many they were."""
    if len(stack) < 2 or stack[-1].kind is not Kind.PLACE:
        return None
    inner, outer = stack[-1], stack[-2]
    if outer.kind is Kind.PLACE and "g" in outer.cases and outer.name == "":
        if _holds(outer, inner):
            return _under(inner, outer, (inner, outer)), 2
        if _holds(inner, outer) and outer.cases == inner.cases == ANY_CASE:
            return _under(outer, inner, (inner, outer)), 2  # «п. 2.1 гр. 5»
        return None
    to = outer.kind is Kind.PREPOSITION and outer.name == "to" and len(stack) > 2 and stack[-3].kind is Kind.PLACE
    if to and ("d" in stack[-3].cases or not stack[-3].cases):
        return _under(inner, stack[-3], (inner, outer, stack[-3])), 3
    return None


def _holds(outer: Token, inner: Token) -> bool:
    """Whether one unit may stand in another: an item in a section, and no section in an item."""
    units_ = {outer.paths[0][-1].unit, inner.paths[0][0].unit}
    return rank(outer.paths[0][-1]) <= rank(inner.paths[0][0]) or units_ in ({Unit.ROW, Unit.COLUMN}, {Unit.SUBPROGRAMME, Unit.APPENDIX})


def _under(inner: Token, outer: Token, parts: Sequence[Token]) -> Token:
    paths = tuple((*above, *below) for below in inner.paths for above in outer.paths)
    return joined(Kind.PLACE, parts, cases=inner.cases, plural=inner.plural, paths=paths, name=inner.name)


def prepositions(tokens: Tokens) -> Tokens:
    """«в» and a place, «после» and a place: the place plays that part."""
    made: list[Token] = []
    for token in tokens:
        before = made[-1] if made else None
        fits = before is not None and before.kind is Kind.PREPOSITION and before.name in ("in", "from", "after", "before")
        if fits and token.kind is Kind.PLACE and not token.name and before is not None:
            made[-1] = joined(Kind.PLACE, (before, token), name=before.name, cases=token.cases, plural=token.plural, paths=token.paths)
        else:
            made.append(token)
    return tuple(made)


def lists(tokens: Tokens) -> Tokens:
    """«в заголовке» «и» «пункте 1» → one place with two paths."""
    made: list[Token] = []
    for token in tokens:
        made.append(token)
        while len(made) > 2 and _is_list(*made[-3:]):
            first, between, last = made[-3:]
            paths, doubt = _shared(first, last)
            both = joined(Kind.PLACE, (first, between, last), cases=first.cases, plural=True, name=first.name, paths=paths)
            made[-3:] = [both.at(marks=(*both.marks, doubt)) if doubt else both]
    return tuple(made)


def _is_list(first: Token, between: Token, last: Token) -> bool:
    if first.kind is not Kind.PLACE or last.kind is not Kind.PLACE:
        return False
    if between.kind is Kind.AND and first.name == last.name == "in":
        return True
    joins = between.kind is Kind.AND or (between.text == "," and first.name != "")
    return (
        joins
        and last.name == ""
        and bool(set(first.cases) & set(last.cases))
        and not (set("na") & set(last.cases) and first.name not in ("", "in"))
    )


def _shared(first: Token, last: Token) -> tuple[tuple[Path, ...], str]:
    """The paths of both; «пункт 1 и пункт 3 раздела 2» are both in the section, other lists say what they say.

    Where units of two kinds stand before one that may hold both, it is not told whether it does.
    """
    tail = last.paths[0]
    if len(tail) < 2 or any(len(path) > 1 for path in first.paths) or any(rank(path[0]) <= rank(tail[0]) for path in first.paths):
        return (*first.paths, *last.paths), ""
    under = tuple((*tail[:-1], *path) for path in first.paths)
    if all(path[0].unit is tail[-1].unit for path in first.paths) or tail[0].unit in (Unit.ACT, Unit.PROGRAMME):
        return (*under, *last.paths), ""
    return (*under, *last.paths), "scope-in-doubt"


def objects(tokens: Tokens) -> Tokens:
    """«слова "…" и "…"» → the old wording, «словами "…"» → the new one, «после слов "…"» → where it comes."""
    made: list[Token] = []
    at = 0
    while at < len(tokens):
        token, at = _object(tokens, at)
        made.append(token)
    return tuple(made)


def _object(tokens: Tokens, start: int) -> tuple[Token, int]:
    reader = Reader(tokens, start)
    preposition = reader.take(Kind.PREPOSITION)
    while reader.take(Kind.ADJECTIVE):
        pass
    head = reader.take(Kind.OBJECT)
    if head is not None and head.name == CHANGES:
        return (
            (joined(Kind.OBJECT, tokens[start : reader.at], name=CHANGES), reader.at) if preposition is None else (tokens[start], start + 1)
        )
    values = _values(reader) if head is not None or (preposition is not None and preposition.name == "on") else []
    role = _role(preposition, head, values)
    if role is None:
        return tokens[start], start + 1
    kind, name = role
    said = tuple(value for token in values for value in token.values)
    return joined(kind, tokens[start : reader.at], name=name, values=said, plural=head.plural if head else None), reader.at


def _values(reader: Reader) -> list[Token]:
    found: list[Token] = []
    at = reader.at
    reader.sign(":")
    while (token := reader.take(Kind.QUOTE, Kind.FIGURE)) is not None:
        found.append(token)
        at = reader.at
        if not (reader.sign(",") or reader.take(Kind.AND)):
            break
    reader.at = at
    return found


def _role(preposition: Token | None, head: Token | None, values: list[Token]) -> tuple[Kind, str] | None:
    sense = preposition.name if preposition else ""
    name = head.name if head else "any"
    if head is not None and values and ((sense == "after" and "g" in head.cases) or (sense == "before" and "i" in head.cases)):
        return Kind.ANCHOR, sense
    if sense == "on" and values:
        return Kind.NEW, name
    if preposition is not None or head is None:
        return None
    if "i" in head.cases and "a" not in head.cases:
        return Kind.NEW, name
    return (Kind.OLD, name) if values and set("na") & set(head.cases) else None


def crossings(tokens: Tokens) -> Tokens:
    """«на пересечении строки 3 и графы 5», «в ячейке строки 3 графы 5» → the cell."""
    made: list[Token] = []
    at = 0
    while at < len(tokens):
        token, at = _crossing(tokens, at)
        made.append(token)
    return tuple(made)


def _crossing(tokens: Tokens, start: int) -> tuple[Token, int]:
    reader = Reader(tokens, start)
    cell = reader.peek()
    is_cell = reader.take(Kind.MANNER) is not None and cell is not None and cell.name == "cell"
    crossing = reader.peek() if is_cell else cell
    is_crossing = crossing is not None and crossing.kind is Kind.MANNER and crossing.name == "by-crossing"
    if is_cell and is_crossing:
        reader.at += 1
    first = reader.take(Kind.PLACE) if is_cell or is_crossing else None
    if first is None or len(first.paths) != 1:
        return tokens[start], start + 1
    path = first.paths[0]
    if is_crossing:
        if reader.take(Kind.AND) is None or (second := reader.take(Kind.PLACE)) is None or len(second.paths) != 1:
            return tokens[start], start + 1
        path = (*second.paths[0][:-1], *path, second.paths[0][-1])
    name = "" if is_cell else "in"
    cases = "nap" if is_cell else ""
    return joined(Kind.PLACE, tokens[start : reader.at], name=name, cases=cases, plural=False, paths=(path,)), reader.at


PASSES: tuple[Callable[[Tokens], Tokens], ...] = (units, chains, crossings, prepositions, lists, objects)
