"""Tokens of an instruction → its constituents, pass by pass, in the order of `PASSES`.

Each pass joins neighbours into one token and leaves the rest as it is: a unit with its numbers,
a chain of units, a preposition with its unit, «слова» with what is quoted.
"""

from collections.abc import Callable, Sequence

from extractors.amendment.lexicon import CHANGES
from extractors.amendment.phrases import Kind, Token
from extractors.amendment.targets import Path, rank
from schemas.amendment import Step, Unit

Tokens = tuple[Token, ...]
_LETTERED = frozenset((Unit.ITEM, Unit.SUBITEM, Unit.APPENDIX, Unit.PART))
_TITLED = frozenset((Unit.PROGRAMME, Unit.SUBPROGRAMME, Unit.ACT))
_DASHES = frozenset("-–—−")
_YEAR_WORDS = frozenset(("год", "года", "году", "годы", "годом"))


def constituents(tokens: Sequence[Token]) -> Tokens:
    """All passes, one after the other."""
    made = tuple(tokens)
    for one in PASSES:
        made = one(made)
    return made


def _joined(kind: Kind, parts: Sequence[Token], **fields: object) -> Token:
    text = " ".join(part.text for part in parts)
    marks = tuple(dict.fromkeys(mark for part in parts for mark in part.marks))
    return Token(kind, text, parts[0].start, parts[-1].end, marks=marks).at(**fields)


class _Reader:
    """A position in the tokens, with what was read since it began."""

    def __init__(self, tokens: Tokens, at: int) -> None:
        self.tokens, self.at = tokens, at

    def peek(self, offset: int = 0) -> Token | None:
        at = self.at + offset
        return self.tokens[at] if at < len(self.tokens) else None

    def take(self, *kinds: Kind) -> Token | None:
        token = self.peek()
        if token is None or token.kind not in kinds:
            return None
        self.at += 1
        return token

    def sign(self, *signs: str) -> bool:
        token = self.peek()
        if token is None or token.text not in signs:
            return False
        self.at += 1
        return True


def units(tokens: Tokens) -> Tokens:
    """«подпункты 1 и 2», «абзац второй», «второй абзац», «строку "Всего"», «позицию, касающуюся …» → places."""
    made: list[Token] = []
    at = 0
    while at < len(tokens):
        token, at = _unit(tokens, at)
        made.append(token)
    return tuple(made)


def _unit(tokens: Tokens, start: int) -> tuple[Token, int]:
    reader = _Reader(tokens, start)
    while reader.take(Kind.ADJECTIVE):
        pass
    lead = _lead(reader)
    head = reader.take(Kind.UNIT, Kind.ACT)
    if head is None:
        throughout = tokens[start]
        if throughout.kind is Kind.MANNER and throughout.name == "throughout":
            return throughout.at(kind=Kind.PLACE, name="in", paths=((Step(unit=Unit.TEXT),),), marks=("throughout",)), start + 1
        return throughout, start + 1
    unit = Unit.ACT if head.kind is Kind.ACT else Unit(head.name)
    steps, old = ([_step(unit, lead)], False) if lead else _designated(reader, unit, head)
    while reader.take(Kind.ASIDE):
        pass
    place = _joined(Kind.PLACE, tokens[start : reader.at], cases=head.cases, plural=head.plural, paths=tuple((step,) for step in steps), name="")
    return (place.at(marks=(*place.marks, "old-row-quoted")) if old else place), reader.at


def _lead(reader: _Reader) -> Token | None:
    """A number before its unit: «второй абзац», «3-й столбец», «последнее предложение»."""
    token, behind = reader.peek(), reader.peek(1)
    if token and token.kind in (Kind.ORDINAL, Kind.LAST) and behind and behind.kind is Kind.UNIT:
        reader.at += 1
        return token
    return None


def _step(unit: Unit, token: Token, until: str | None = None) -> Step:
    if token.kind is Kind.LAST:
        return Step(unit=unit, last=True)
    said = token.values[0] if token.values else token.text
    if token.kind is Kind.QUOTE:
        short = unit in _LETTERED and len(said) < 4
        return Step(unit=unit, number=said.rstrip(".)"), until=until) if short else Step(unit=unit, label=said)
    if unit in (Unit.ROW, Unit.COLUMN) and len(said) == 4 and said.startswith(("19", "20")):
        return Step(unit=unit, label=said)
    return Step(unit=unit, number=said, until=until)


def _designated(reader: _Reader, unit: Unit, head: Token) -> tuple[list[Step], bool]:
    """The units that the words behind one name, and whether the name is the whole old row («строку: "…"»)."""
    if unit in _TITLED and unit is not Unit.SUBPROGRAMME:
        while reader.take(Kind.ASIDE):
            pass
        title = reader.take(Kind.QUOTE)
        return [Step(unit=unit, label=title.values[0] if title else None)], False
    described = _described(reader, unit)
    if described:
        return described, False
    if unit is Unit.ROW and (colon := reader.peek()) and colon.text == ":" and (quote := reader.peek(1)) and quote.kind is Kind.QUOTE:
        reader.at += 2
        return [Step(unit=unit, label=quote.values[0])], True
    found = _listed(reader, unit, head)
    return (found or [Step(unit=unit)]), False


def _described(reader: _Reader, unit: Unit) -> list[Step]:
    at = reader.at
    reader.sign(",")
    token = reader.take(Kind.DESCRIPTION)
    if token is None:
        reader.at = at
        return []
    reader.sign(",")
    return [Step(unit=unit, label=value, described=True) for value in token.values]


_DESIGNATORS = (Kind.NUMBER, Kind.ORDINAL, Kind.LAST, Kind.QUOTE, Kind.FIGURE)


def _listed(reader: _Reader, unit: Unit, head: Token) -> list[Step]:
    """One number, or several: «1, 2 и 4», «второй - пятый», «"а" и "б"», «NN 1, 2»."""
    found: list[Step] = []
    while (token := _designator(reader, unit)) is not None:
        until = _until(reader, unit, token)
        steps = [_step(unit, token, until)] if until else _split(unit, token, plural=head.plural is not False)
        found.extend(_with_name(reader, steps))
        if not _goes_on(reader, token):
            break
    return found


def _designator(reader: _Reader, unit: Unit) -> Token | None:
    token = reader.peek()
    if token is None:
        return None
    if token.kind in _DESIGNATORS:
        reader.at += 1
        if unit in (Unit.ROW, Unit.COLUMN) and (word := reader.peek()) and word.text.lower() in _YEAR_WORDS:
            reader.at += 1
            return token.at(kind=Kind.QUOTE, values=(f"{token.values[0]} год",))
        return token
    letter = token.text.rstrip(")")
    if unit in _LETTERED and token.kind in (Kind.WORD, Kind.AND, Kind.PREPOSITION) and len(letter) == 1 and reader.tokens[reader.at - 1].end <= token.start:
        behind = reader.peek(1)
        if token.kind is Kind.WORD or (behind is not None and behind.text == ")"):
            reader.at += 1 + (behind is not None and behind.text == ")")
            return token.at(kind=Kind.NUMBER, values=(letter,))
    return None


def _until(reader: _Reader, unit: Unit, token: Token) -> str | None:
    """The end of a range: «вторым - восьмым»."""
    dash, end = reader.peek(), reader.peek(1)
    if dash is None or dash.text not in _DASHES or end is None or end.kind not in (Kind.NUMBER, Kind.ORDINAL, Kind.QUOTE):
        return None
    if token.kind is Kind.QUOTE and _step(unit, token).number is None:
        return None
    reader.at += 2
    return end.values[0]


def _split(unit: Unit, token: Token, *, plural: bool) -> list[Step]:
    """«подпункты 1-3» is a range, «пункт 1-1» one number."""
    said = token.values[0] if token.values else ""
    start, dash, end = said.replace("–", "-").partition("-")
    if plural and dash and start.isdigit() and end.isdigit() and int(start) < int(end):
        return [Step(unit=unit, number=start, until=end)]
    return [_step(unit, token)]


def _with_name(reader: _Reader, steps: list[Step]) -> list[Step]:
    """«раздел 3 "Механизм реализации"»: number and name of one."""
    quote = reader.peek()
    if len(steps) == 1 and steps[0].number and not steps[0].until and quote is not None and quote.kind is Kind.QUOTE:
        reader.at += 1
        return [steps[0].model_copy(update={"label": quote.values[0]})]
    return steps


def _goes_on(reader: _Reader, former: Token) -> bool:
    """Whether another number of the same kind follows: «, 4», «и 5», but not «и 3 абзац»."""
    sign, number, behind = reader.peek(), reader.peek(1), reader.peek(2)
    if sign is None or number is None or (sign.kind is not Kind.AND and sign.text != ","):
        return False
    alike = number.kind is former.kind or {number.kind, former.kind} <= {Kind.NUMBER, Kind.ORDINAL, Kind.LAST, Kind.FIGURE}
    letter = former.kind is Kind.NUMBER and not former.values[0][:1].isdigit() and number.kind is Kind.WORD and len(number.text.rstrip(")")) == 1
    if not (alike or letter) or (behind is not None and behind.kind is Kind.UNIT and number.kind in (Kind.ORDINAL, Kind.LAST) and behind.plural is not None and "g" not in behind.cases):
        return False
    reader.at += 1
    return True


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
        return _under(inner, outer, (inner, outer)), 2
    to = outer.kind is Kind.PREPOSITION and outer.name == "to" and len(stack) > 2 and stack[-3].kind is Kind.PLACE
    if to and ("d" in stack[-3].cases or not stack[-3].cases):
        return _under(inner, stack[-3], (inner, outer, stack[-3])), 3
    return None


def _under(inner: Token, outer: Token, parts: Sequence[Token]) -> Token:
    paths = tuple((*above, *below) for below in inner.paths for above in outer.paths)
    return _joined(Kind.PLACE, parts, cases=inner.cases, plural=inner.plural, paths=paths, name=inner.name)


def prepositions(tokens: Tokens) -> Tokens:
    """«в» and a place, «после» and a place: the place plays that part."""
    made: list[Token] = []
    for token in tokens:
        before = made[-1] if made else None
        fits = before is not None and before.kind is Kind.PREPOSITION and before.name in ("in", "from", "after", "before")
        if fits and token.kind is Kind.PLACE and not token.name and before is not None:
            made[-1] = _joined(Kind.PLACE, (before, token), name=before.name, cases=token.cases, plural=token.plural, paths=token.paths)
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
            joined = _joined(Kind.PLACE, (first, between, last), cases=first.cases, plural=True, name=first.name, paths=paths)
            made[-3:] = [joined.at(marks=(*joined.marks, doubt)) if doubt else joined]
    return tuple(made)


def _is_list(first: Token, between: Token, last: Token) -> bool:
    if first.kind is not Kind.PLACE or last.kind is not Kind.PLACE:
        return False
    if between.kind is Kind.AND and first.name == last.name == "in":
        return True
    joins = between.kind is Kind.AND or (between.text == "," and first.name != "")
    return joins and last.name == "" and bool(set(first.cases) & set(last.cases)) and not (set("na") & set(last.cases) and first.name not in ("", "in"))


def _shared(first: Token, last: Token) -> tuple[tuple[Path, ...], str]:
    """The paths of both; «пункт 1 и пункт 3 раздела 2» are both in the section, other lists say what they say.

    Where units of two kinds stand before one that may hold both, it is not told whether it does.
    """
    tail = last.paths[0]
    if len(tail) < 2 or any(len(path) > 1 for path in first.paths) or any(rank(path[0]) <= rank(tail[0]) for path in first.paths):
        return (*first.paths, *last.paths), ""
    under = tuple((*tail[:-1], *path) for path in first.paths)
    if all(path[0].unit is tail[-1].unit for path in first.paths):
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
    reader = _Reader(tokens, start)
    preposition = reader.take(Kind.PREPOSITION)
    while reader.take(Kind.ADJECTIVE):
        pass
    head = reader.take(Kind.OBJECT)
    if head is not None and head.name == CHANGES:
        return (_joined(Kind.OBJECT, tokens[start : reader.at], name=CHANGES), reader.at) if preposition is None else (tokens[start], start + 1)
    values = _values(reader) if head is not None or (preposition is not None and preposition.name == "on") else []
    role = _role(preposition, head, values)
    if role is None:
        return tokens[start], start + 1
    kind, name = role
    said = tuple(value for token in values for value in token.values)
    return _joined(kind, tokens[start : reader.at], name=name, values=said, plural=head.plural if head else None), reader.at


def _values(reader: _Reader) -> list[Token]:
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
    if sense in ("after", "before") and head is not None and "g" in head.cases and values:
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
    reader = _Reader(tokens, start)
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
    return _joined(Kind.PLACE, tokens[start : reader.at], name=name, cases=cases, plural=False, paths=(path,)), reader.at


PASSES: tuple[Callable[[Tokens], Tokens], ...] = (units, chains, crossings, prepositions, lists, objects)
