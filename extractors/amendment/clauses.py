"""Items of the operative part that amend nothing → their kind; the entry into force → its day."""

from collections.abc import Iterator, Sequence

import regex

from extractors.amendment.citing import told
from extractors.text import squeeze
from schemas.amendment import Clause, InForce, Operation, Unit

_KINDS = (
    ("entry-into-force", regex.compile(r"вступа\w+\s+в\s+(?:законную\s+)?силу|ввести\s+в\s+действие|вводится\s+в\s+действие|распространя\w+\s+(?:сво[её]\s+)?(?:действие|на\s+(?:право)?отношени)|применя\w+\s+к\s+правоотношени", regex.I)),
    ("control", regex.compile(r"\bконтроль\b(?!.{0,60}\bпрограмм\w*\s+осуществля)|проконтролировать", regex.I)),
    ("repeal-of-act", regex.compile(r"признать\s+(?:\w+\s+)?утративш|считать\s+утративш|отменить", regex.I)),
    ("publication", regex.compile(r"\b(?:опубликова|обнародова|размести|размещени|публикаци|официальном\s+сайте)", regex.I)),
    ("money", regex.compile(r"\b(?:выделить|предусмотреть|профинансировать|осуществл\w+\s+финансирован|финансирован\w+\s+(?:расход|производ|осуществ)|произвести\s+финансирование|выделени\w+\s+(?:средств|денежн))", regex.I)),
    ("order", regex.compile(r"^\W*(?:\d[\d.)]*\s*)?(?:\p{L}+у\s|\p{L}+ам\s|.{0,80}?\()?.{0,160}?\b(?:обеспечить|организовать|руководствоваться|довести|направить|ознакомить|внести\s+(?:соответствующ|необходим)|привести\s+в\s+соответствие)", regex.I)),
    ("approval", regex.compile(r"^\W*(?:\d[\d.)]*\s*)?(?:утвердить|одобрить|принять)\b", regex.I)),
)  # fmt: skip
_RETROACTIVE = regex.compile(
    r"распространя\w+[^.;]{0,80}?(?:правоотношени|отношени)\w*[^.;]{0,60}?\b[cс]\s+(?P<date>.{6,30})|примен\w+\s+к\s+(?:право)?отношени\w*[^.;]{0,60}?возникш\w+\s+[cс]\s+(?P<since>.{6,30})",
    regex.I,
)
_WITH_A_DAY = regex.compile(
    r"(?:вступа\w+\s+в\s+(?:законную\s+)?силу|ввест\w+\s+в\s+действие|вводится\s+в\s+действие)[^.;]{0,60}?\b[cс]o?\s+(?=[«\"]?\s*\d)(?P<date>.{6,30})",
    regex.I,
)
_DAY_BEFORE_VERB = regex.compile(r"\b[cс]\s+(?P<date>[«\"]?\s*\d.{5,25}?)\s*(?:года?|г\.?)?\s+вступа\w+\s+в\s+силу", regex.I)
_ON_SIGNING = regex.compile(r"(?:со\s+дня|с\s+момента|с\s+даты|после)\s+(?:его\s+|её\s+|ее\s+)?(?:подписани|приняти|издани)", regex.I)
_LATER = regex.compile(
    r"на\s+следующий\s+день|(?:со|на)\s+(?:следующего\s+)?дня,?\s+следующего\s+за|по\s+истечении|через\s+\w+\s+д", regex.I
)
_SENTENCES = regex.compile(r";|\.(?=\s+\p{Lu})")
_EXCEPTION = regex.compile(r",?\s*\b(?:за\s+исключением|кроме)\b.*?(?=,?\s+и\s+(?:распростран|применя)|$)", regex.I)
_SAYS_FORCE = (_KINDS[0][1],)
_OWN_NUMBER = regex.compile(r"^\W*\d++(?:\.\d++)*+[.)]?\s*+")
_NUMBERS = regex.compile(r"\d[\d.]*\d|\d")
_UNDER = regex.compile(r"[.)(«\s]")
_PART = regex.compile(
    r"(?P<unit>подпункт\w*|пункт\w*|приложени\w*|паспорт\w*|част\w+)\s*(?P<numbers>(?:№\s*)?(?:\d[\d.]*\d|\d|[«\"][а-я][»\"]|[а-я]\))?(?:\s*(?:,|и|-|–|—)\s*(?:№\s*)?(?:\d[\d.]*\d|\d))*)",
    regex.I,
)


def classified(clause: Clause) -> Clause:
    """The clause with its kind, where one is known."""
    kind = next((name for name, words in _KINDS if words.search(clause.text)), None)
    return clause if clause.kind or kind is None else clause.model_copy(update={"kind": kind})


def says_force(text: str) -> bool:
    """Whether a text speaks of an entry into force.

    >>> says_force("Пункт 1.2 вступает в силу с 1 января 2025 года."), says_force("Пункт 1.2 исключить.")
    (True, False)
    """
    return any(words.search(text) for words in _SAYS_FORCE)


def forces(text: str, signed: str | None) -> tuple[InForce, ...]:
    """What a clause says of the day, for the whole act and for parts of it; `signed` is the act's own date.

    A day is told where the wording names one or follows from the date of the act («со дня подписания»); not where
    it hangs on a publication.

    >>> told = forces("Постановление вступает в силу со дня подписания, кроме пункта 1.2, который вступает в силу с 1 января 2025 года", "2024-02-15")
    >>> [(one.unit, one.numbers, one.effective) for one in told]
    [(None, (), '2024-02-15'), ('пункт', ('1.2',), '2025-01-01')]
    """
    pieces = (piece for sentence in _SENTENCES.split(unnumbered(text)) for piece in _with_exceptions(sentence))
    return tuple(_force(piece, signed) for piece in pieces if says_force(piece))


def _with_exceptions(sentence: str) -> Iterator[str]:
    """A sentence without its exceptions, then these: «…, за исключением пункта 1.2, вступающего …, и распространяется …»."""
    exceptions = [found[0] for found in _EXCEPTION.finditer(sentence)]
    yield _EXCEPTION.sub("", sentence)
    yield from exceptions


def _force(piece: str, signed: str | None) -> InForce:
    part = _PART.search(piece)
    unit, numbers = (_unit(part["unit"]), tuple(_NUMBERS.findall(part["numbers"]))) if part else (None, ())
    back = _RETROACTIVE.search(piece)
    ahead = _WITH_A_DAY.search(piece) or _DAY_BEFORE_VERB.search(piece)
    if ahead and back and ahead.start("date") >= back.start():
        ahead = None
    effective = _day(ahead["date"]) if ahead else None
    if effective is None and _ON_SIGNING.search(piece) and not _LATER.search(piece):
        effective = signed
    return InForce(
        unit=unit,
        numbers=numbers,
        effective=effective,
        retroactive=_day(back["date"] or back["since"]) if back else None,
        text=squeeze(piece),
    )


def _unit(word: str) -> str:
    return next(unit for unit in ("подпункт", "пункт", "приложение", "паспорт", "часть") if word.lower().startswith(unit[:-1]))


def _day(text: str) -> str | None:
    """The date with which a text begins."""
    found = told(text + " г")
    return found[0].date if found and found[0].start < 4 else None


def in_force(operation: Operation, parts: Sequence[InForce]) -> Operation:
    """The operation with its own day, where the act puts it into force on another than the rest."""
    for part in parts:
        if part.unit and part.effective and _speaks_of(part, operation):
            return operation.model_copy(update={"effective": part.effective})
    return operation


def _speaks_of(part: InForce, operation: Operation) -> bool:
    if part.unit == "паспорт":
        return any(step.unit is Unit.PASSPORT for step in operation.locus)
    if part.unit == "приложение":
        return operation.annex in part.numbers
    item = operation.item.rstrip(".)")
    return any(
        item == number or (_UNDER.match(item.removeprefix(number)) is not None and item.startswith(number)) for number in part.numbers
    )


def unnumbered(text: str) -> str:
    """A clause without its own number."""
    return _OWN_NUMBER.sub("", squeeze(text))


def wording(clauses: Sequence[Clause], kind: str) -> str | None:
    """The wording of the clauses of a kind, without their numbers; None if there is none."""
    return "\n".join(unnumbered(clause.text) for clause in clauses if clause.kind == kind) or None
