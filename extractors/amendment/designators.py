"""A unit with what tells which one: its numbers, its name, its description, in one token."""

from collections.abc import Sequence

from extractors.amendment.phrases import Kind, Token
from schemas.amendment import Step, Unit

Tokens = tuple[Token, ...]
_LETTERED = frozenset((Unit.ITEM, Unit.SUBITEM, Unit.APPENDIX, Unit.PART))
_COUNTED = frozenset((Unit.PARAGRAPH, Unit.SENTENCE, Unit.ROW, Unit.COLUMN))
_SINGLE = frozenset((Unit.PASSPORT, Unit.PREAMBLE, Unit.TITLE, Unit.TEXT))
_TITLED = frozenset((Unit.PROGRAMME, Unit.SUBPROGRAMME, Unit.ACT))
_DASHES = frozenset("-–—−")
_YEAR_WORDS = frozenset(("год", "года", "году", "годы", "годом"))
_SHORT_YEAR_WORDS = frozenset(("г", "г.", "гг", "гг."))  # «строке 2023г.»: behind four digits only


def joined(kind: Kind, parts: Sequence[Token], **fields: object) -> Token:
    """Several tokens as one, with their words, their place and their marks."""
    text = " ".join(part.text for part in parts)
    marks = tuple(dict.fromkeys(mark for part in parts for mark in part.marks))
    return Token(kind, text, parts[0].start, parts[-1].end, marks=marks).at(**fields)


def _means_year(number: str, word: str) -> bool:
    """Whether the word behind a number makes a year of it."""
    return word in _YEAR_WORDS or (word in _SHORT_YEAR_WORDS and len(number) == 4 and number.isdecimal())


class Reader:
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
    reader = Reader(tokens, start)
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
    while (aside := reader.take(Kind.ASIDE)) is not None:
        if "твержден" in aside.text:  # утвержденной постановлением … «Об утверждении …»
            reader.take(Kind.QUOTE)
    place = joined(
        Kind.PLACE, tokens[start : reader.at], cases=head.cases, plural=head.plural, paths=tuple((step,) for step in steps), name=""
    )
    return (place.at(marks=(*place.marks, "old-row-quoted")) if old else place), reader.at


def _lead(reader: Reader) -> Token | None:
    """A number before its unit: «второй абзац», «3-й столбец», «последнее предложение»."""
    token, behind = reader.peek(), reader.peek(1)
    counted: tuple[Kind, ...] = (Kind.ORDINAL, Kind.LAST)
    if behind and behind.kind is Kind.UNIT and behind.name in _COUNTED and token and not token.text.endswith((".", ")")):
        counted = (*counted, Kind.NUMBER)  # «в 3 абзаце»
    if token and token.kind in counted and behind and behind.kind is Kind.UNIT:
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


def _designated(reader: Reader, unit: Unit, head: Token) -> tuple[list[Step], bool]:
    """The units that the words behind one name, and whether the name is the whole old row («строку: "…"»)."""
    if unit in _TITLED and unit is not Unit.SUBPROGRAMME:
        while reader.take(Kind.ASIDE):
            pass
        title = reader.take(Kind.QUOTE)
        return [Step(unit=unit, label=title.values[0] if title and unit is Unit.PROGRAMME else None)], False
    described = _described(reader, unit)
    if described:
        return described, False
    if unit is Unit.ROW and (colon := reader.peek()) and colon.text == ":" and (quote := reader.peek(1)) and quote.kind is Kind.QUOTE:
        reader.at += 2
        return [Step(unit=unit, label=quote.values[0])], True
    found = _listed(reader, unit, head)
    return (found or [Step(unit=unit)]), False


def _described(reader: Reader, unit: Unit) -> list[Step]:
    at = reader.at
    reader.sign(",")
    token = reader.take(Kind.DESCRIPTION)
    if token is None:
        reader.at = at
        return []
    reader.sign(",")
    return [Step(unit=unit, label=value, described=True) for value in token.values]


_DESIGNATORS = (Kind.NUMBER, Kind.ORDINAL, Kind.LAST, Kind.QUOTE, Kind.FIGURE)


def _listed(reader: Reader, unit: Unit, head: Token) -> list[Step]:
    """One number, or several: «1, 2 и 4», «второй - пятый», «"а" и "б"», «NN 1, 2»."""
    found: list[Step] = []
    if unit in _SINGLE:
        return found
    while (token := _designator(reader, unit)) is not None:
        until = _until(reader, unit, token)
        steps = [_step(unit, token, until)] if until else _split(unit, token, plural=head.plural is not False)
        found.extend(_with_name(reader, steps))
        if not _goes_on(reader, token):
            break
    return found


def _designator(reader: Reader, unit: Unit) -> Token | None:
    token = reader.peek()
    if token is None:
        return None
    if token.kind in _DESIGNATORS:
        reader.at += 1
        if unit in (Unit.ROW, Unit.COLUMN) and (word := reader.peek()) and _means_year(token.values[0], word.text.lower()):
            reader.at += 1
            dot = reader.peek()
            reader.at += word.text.lower() in _SHORT_YEAR_WORDS and dot is not None and dot.text == "."
            return token.at(kind=Kind.QUOTE, values=(f"{token.values[0]} год",))
        return token
    letter = token.text.rstrip(")")
    if (
        unit in _LETTERED
        and token.kind in (Kind.WORD, Kind.AND, Kind.PREPOSITION)
        and len(letter) == 1
        and reader.tokens[reader.at - 1].end <= token.start
    ):
        behind = reader.peek(1)
        if token.kind is Kind.WORD or (behind is not None and behind.text == ")"):
            reader.at += 1 + (behind is not None and behind.text == ")")
            return token.at(kind=Kind.NUMBER, values=(letter,))
    return None


def _until(reader: Reader, unit: Unit, token: Token) -> str | None:
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


def _with_name(reader: Reader, steps: list[Step]) -> list[Step]:
    """«раздел 3 "Механизм реализации"»: number and name of one."""
    quote = reader.peek()
    if len(steps) == 1 and steps[0].number and not steps[0].until and quote is not None and quote.kind is Kind.QUOTE:
        reader.at += 1
        return [steps[0].model_copy(update={"label": quote.values[0]})]
    return steps


def _goes_on(reader: Reader, former: Token) -> bool:
    """Whether another number of the same kind follows: «, 4», «и 5», but not «и 3 абзац»."""
    sign, number, behind = reader.peek(), reader.peek(1), reader.peek(2)
    if sign is None or number is None or (sign.kind is not Kind.AND and sign.text != ","):
        return False
    alike = number.kind is former.kind or {number.kind, former.kind} <= {Kind.NUMBER, Kind.ORDINAL, Kind.LAST, Kind.FIGURE}
    letter = (
        former.kind is Kind.NUMBER and not former.values[0][:1].isdigit() and number.kind is Kind.WORD and len(number.text.rstrip(")")) == 1
    )
    if not (alike or letter) or (
        behind is not None
        and behind.kind is Kind.UNIT
        and number.kind in (Kind.ORDINAL, Kind.LAST)
        and behind.plural is not None
        and "g" not in behind.cases
    ):
        return False
    reader.at += 1
    return True
