"""Text of an instruction → tokens: quotations, numbers, units, verbs, set phrases; a word that is none of these stays a word."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import NamedTuple

import regex

from extractors.amendment import lexicon, quotes
from extractors.amendment.lexicon import ADJECTIVES, FIGURES, LAST, NEGATIONS, OBJECTS, ORDINALS, PREPOSITIONS, PRONOUNS, TENS, UNITS, VERBS
from schemas.amendment import Step, Unit

ANY_CASE = "gdpna"
"""Of an abbreviation: all but the instrumental, which would tell what is added."""
PAYLOAD_SIGN = "\ufffc"
"""Stands in a sentence for the new wording that was cut out of it."""


class Kind(StrEnum):
    """What a token is."""

    VERB = "verb"
    MANNER = "manner"  # «в следующей редакции», «согласно приложению», «соответственно»
    UNIT = "unit"
    OBJECT = "object"  # слова, цифры
    QUOTE = "quote"
    NUMBER = "number"
    FIGURE = "figure"  # an unquoted figure behind «цифры»
    ORDINAL = "ordinal"
    LAST = "last"
    DESCRIPTION = "description"  # касающуюся …
    ADJECTIVE = "adjective"
    PREPOSITION = "preposition"
    PRONOUN = "pronoun"
    ACT = "act"  # постановление … от … № …
    ASIDE = "aside"  # (далее - Программа), утвержденную указанным постановлением
    AND = "and"
    SIGN = "sign"  # , ; : . –
    PAYLOAD = "payload"
    NEGATION = "negation"
    WORD = "word"
    PLACE = "place"  # made by a pass: units as paths
    OLD = "old"
    NEW = "new"
    ANCHOR = "anchor"


class Token(NamedTuple):
    """A piece of an instruction: what it is, where it stands, and what it says.

    `name` is the verb, the manner, the preposition's sense or the object's kind; `cases` and `plural` the
    grammatical form; `values` numbers or quoted texts; `paths` the units as paths, outermost first.
    """

    kind: Kind
    text: str
    start: int
    end: int
    name: str = ""
    cases: str = ""
    plural: bool | None = None
    values: tuple[str, ...] = ()
    paths: tuple[tuple[Step, ...], ...] = ()
    marks: tuple[str, ...] = ()

    def at(self, **fields: object) -> "Token":
        """The same token with some fields changed."""
        return self._replace(**fields)  # type: ignore[arg-type]


_OF_THIS_ACT = r"(?: к (?:(?:настоящ|данн)\w{2,3} )?(?:постановлени|решени|распоряжени|приказ|закон)\w{1,3}+(?! администрац| от ))?"
_ANNEX = (
    r"приложени(?:ю|ем|ям|ями|и|е|я)(?: ?(?:№№?|nn?) ?)?(?: ?(?:\d{1,2}(?:(?:, | и | - )(?:(?:№|n) ?)?\d{1,2}(?!\d)){0,20}|(?!к )[а-я](?=[ ,.;)]|$)))?"
    + _OF_THIS_ACT
)
_NUMBER_SIGN = r"(?:(?:№№?|nn?\.?) ?)?"
_DATE = r"(?:[«\"“„]? ?\d{1,2} ?[»\"”“]? ?\.?(?: ?\d{1,2} ?\.| (?:январ|феврал|март|апрел|ма[яй]|июн|июл|август|сентябр|октябр|ноябр|декабр)\w{0,2}) ?\d{2,4})"
_ACT_NUMBER = r"[№n] ?[\w/-]{1,20}+(?: ?[-–] ?[пр]\w?\b)?"
_CITED = rf"(?:от ?{_DATE} ?(?:г(?:ода|\.)?)? ?,? ?{_ACT_NUMBER}|{_ACT_NUMBER} от ?{_DATE}(?: ?г(?:ода|\.)?)?)"
RULES: tuple[tuple[str, str], ...] = (
    (
        "new-wording",
        r"в (?:(?:следующ|нов|ново|нижеследующ|так)\w{2,3}|ниже(?:приведенн|следующ)\w{2}) редакции(?! согласно| в соответствии| приложени)",
    ),
    ("new-wording", r"в редакции(?=:| ?[«\"“„]|$)"),
    (
        "annex-wording",
        r"в прилагаем\w{2} редакции|в редакции,? прилагаем\w{2}(?: к настоящему \w{6,14})?|\((?:прилагается|прилагаются)\)|, прилагается|прилагаем\w{2,3}",
    ),
    ("annex", rf"(?:в (?:(?:следующ|нов)\w{{2}} )?редакции,? )?(?:согласно|в соответствии с(?:о)?|по) {_ANNEX}(?! к )"),
    ("annex", rf"в редакции {_ANNEX}(?! к )"),
    ("annex", rf"\((?:согласно )?{_ANNEX}\)"),
    ("contents", r"(?:следующ|так|нижеследующ)\w{2,3} содержани(?:я|ем|ю)|в следующем содержании"),
    ("respectively", r"соответственно"),
    ("onward", r"(?:и )?+далее по (?:всему )?+тексту"),
    ("throughout", r"по (?:всему )?тексту|(?:во всем|в) тексте"),
    ("each", r"(?:во всех|в каждом) случа(?:ях|е)|везде"),
    (
        "inflected",
        r"в (?:соответствующ|нужн|надлежащ|необходим)\w{2,3}(?: числе,? (?:и )?)?(?: ?падеж\w{0,2}| ?форм\w{0,2}| ?числ\w{0,2})(?: и числе)?",
    ),
    ("void", r"утративш\w{2,3} силу|утратил[аои]? силу"),
    ("which", r"котор\w{2,3}"),
    ("as", r"как"),
    ("so", r"следующим образом|так"),
    ("at-end", r"в конце|в конец"),
    ("by-crossing", r"на пересечении"),
    ("cell", r"ячейк(?:у|а|е|ой|и|ах)"),
    ("from-date", r"[сc] (?:01|1)(?:\.\d\d\.| \w{3,8} )20\d\d(?: года| г\.)?"),
)
_ASIDE = regex.compile(
    r"\((?:далее|в редакции|в ред\.|с изменени|с последующ|с учетом|с изм\.|ред\.)[^()]{0,1500}+\)"
    rf"|,? ?утвержденн\w{{2,3}} (?:(?:указанн|названн|данн|вышеуказанн|вышеназванн|этим|тем же)\w{{0,3}} )?(?:постановлени|решени|распоряжени|приказ)\w{{1,3}}+(?:[^«»\"“”„,;:()]{{0,99}}?{_CITED})?,?"
    r"|,? ?являющ\w{2,3}ся приложени\w{1,2} (?:(?:№|n) ?\d+ )?к (?:(?:указанн|названн|данн)\w{2,3} )?(?:постановлени|решени)\w{1,2},?"
)
_ACT = regex.compile(rf"(?:постановлени|решени|распоряжени|приказ|закон)\w{{0,3}}+[^«»\"“”„,;:()]{{0,99}}?{_CITED}")
_YEARS = regex.compile(r"на (?:период )?\d{4} ?[-–—] ?\d{4} ?(?:годы|годов|гг\.?)")
_PHRASE = regex.compile("|".join(f"(?P<r{number}>(?:{pattern}))(?!\\w)" for number, (_, pattern) in enumerate(RULES)))
_WORD = regex.compile(r"[\p{L}\p{M}]+(?:[-‑]\p{L}+)*+")
_ABBREVIATED = regex.compile(r"(?P<short>п|абз|гр|подп|табл|прил)\. ?(?=\d|№)")
_SHORT = {
    "п": "пункт",
    "абз": "абзац",
    "гр": "графа",
    "подп": "подпункт",
    "табл": "таблица",
    "прил": "приложение",
}
_ORDINAL_NUMBER = regex.compile(r"(\d{1,3})-?(?:ого|его|ый|ой|го|ую|ая|ое|ые|ым|ом|ых|ыми|й|я|е|ю|м|му|х|ми)(?!\w)")
_NUMERAL = regex.compile(
    _NUMBER_SIGN
    + r"(?:\d{1,4}(?:\.\d{1,4})*+(?:[-–]\d{1,3}(?:\.\d{1,3})*+)?(?![\d,]\d)(?:\.(?! *\d)(?= ?[«\"\p{Ll},;:)-]))?\)?|[ivx]+(?:\.(?=\d))?(?:\.\d+)*+(?!\p{L})\.?)"
)
_MONEY = r"[+-]?(?:\d{1,3}(?:[ \u00a0]\d{3})++|\d++)(?:[.,]\d++)?"
_FIGURE = regex.compile(rf"{_MONEY}(?: ?%)?(?: ?(?:тыс|млн|млрд|тысяч\w?|миллион\w{{0,2}})?\.? ?руб(?:лей|ля|ль|\.)?(?!\w))?(?: ?%)?")
_DESCRIBED = regex.compile(r"касающ(?:уюся|аяся|ейся|ийся|егося|емся|иеся|ихся|имися|ееся)(?: (?=\w))")
_DESCRIPTION_ENDS = regex.compile(
    r"[,;:]|[ ](?:паспорта|таблицы|приложения|раздела|цифр|числ[оау]|слов[аоу]?|изложить|исключить|дополнить|заменить|после)(?!\w)"
)
_DESCRIPTIONS_END = regex.compile(r",? (?:паспорта|изложить|исключить|дополнить|признать)(?!\w)|[;:]")
_PATIENCE = 2.0  # seconds for one expression at one place
_LONGEST_DESCRIPTION = 600
_SIGNS = frozenset(",;:.–—-−")


def plain(text: str) -> str:
    """Small letters, ё as е, sign by sign, so that places stay."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)
    return lower.replace("ё", "е")


def tokens(text: str) -> list[Token]:
    """The tokens of a squeezed text, every sign of it in one of them or a blank between.

    >>> [(token.kind.value, token.text) for token in tokens("строку 6 исключить")]
    [('unit', 'строку'), ('number', '6'), ('verb', 'исключить')]
    """
    return list(running(text))


def running(text: str) -> Iterator[Token]:
    """The same one by one, for those who need not know them all."""
    return _Lexer(text).run()


class _Lexer:
    def __init__(self, text: str) -> None:
        self.text, self.plain = text, plain(text)
        self.before: Token | None = None
        self.figures = False

    def run(self) -> Iterator[Token]:
        at = 0
        while at < len(self.text):
            if self.text[at] == " ":
                at += 1
                continue
            try:
                token = next(found for step in _STEPS if (found := step(self, at)))
            except TimeoutError:  # what takes too long is one unknown word
                token = self.make(Kind.WORD, at, len(self.text))
            self.figures = self._is_figures(token)
            self.before = token
            at = token.end
            yield token

    def _is_figures(self, token: Token) -> bool:
        """Whether a bare figure may follow: behind «цифры», behind another figure and «и», behind «заменить на»."""
        if token.kind is Kind.OBJECT:
            return token.name == FIGURES
        if token.kind in (Kind.FIGURE, Kind.AND) or token.text in (",", ":"):
            return self.figures
        return (token.kind is Kind.VERB and token.name == lexicon.REPLACE) or (token.text in ("на", "с", "до") and self.figures)

    def make(self, kind: Kind, at: int, end: int, **fields: object) -> Token:
        return Token(kind, self.text[at:end], at, end).at(**fields)

    def payload(self, at: int) -> Token | None:
        return self.make(Kind.PAYLOAD, at, at + 1) if self.text[at] == PAYLOAD_SIGN else None

    def quote(self, at: int) -> Token | None:
        if self.text[at] not in quotes.OPENING:
            return None
        found = quotes.quoted(self.text, at)
        if found is None:
            return None
        return self.make(Kind.QUOTE, at, found.end, values=(found.text,), marks=() if found.balanced else ("unbalanced-quotes",))

    def aside(self, at: int) -> Token | None:
        found = _ASIDE.match(self.plain, at, timeout=_PATIENCE) or _YEARS.match(self.plain, at)
        return self.make(Kind.ASIDE, at, found.end()) if found else None

    def act(self, at: int) -> Token | None:
        found = _ACT.match(self.plain, at, timeout=_PATIENCE)
        form = UNITS.get(self._word(at))
        return self.make(Kind.ACT, at, found.end(), cases=form.cases if form else "") if found else None

    def figure(self, at: int) -> Token | None:
        found = _FIGURE.match(self.plain, at) if self.figures else None
        return self.make(Kind.FIGURE, at, found.end(), values=(self.text[at : found.end()].strip(),)) if found else None

    def phrase(self, at: int) -> Token | None:
        found = _PHRASE.match(self.plain, at, timeout=_PATIENCE)
        if not found or found.lastgroup is None:
            return None
        return self.make(Kind.MANNER, at, found.end(), name=RULES[int(found.lastgroup[1:])][0])

    def description(self, at: int) -> Token | None:
        found = _DESCRIBED.match(self.plain, at)
        if not found:
            return None
        several = self.plain.startswith(("касающиеся", "касающихся", "касающимися"), at)
        stop = (_DESCRIPTIONS_END if several else _DESCRIPTION_ENDS).search(self.plain, found.end(), found.end() + _LONGEST_DESCRIPTION)
        end = stop.start() if stop else min(len(self.text), found.end() + _LONGEST_DESCRIPTION)
        said = self.text[found.end() : end].strip(" ,.")
        return self.make(Kind.DESCRIPTION, at, end, values=tuple(_listed(said)) if several else (said,), plural=several)

    def ordinal(self, at: int) -> Token | None:
        found = _ORDINAL_NUMBER.match(self.plain, at)
        if found:
            return self.make(Kind.ORDINAL, at, found.end(), values=(found[1],))
        word = self._word(at)
        if word in LAST:
            return self.make(Kind.LAST, at, at + len(word))
        number, end, least = 0, at, 1000
        while word in TENS and TENS[word] < least:  # «сто двадцать первый»
            number, least, end = number + TENS[word], min(TENS[word], 100 if TENS[word] == 100 else 10), end + len(word) + 1
            word = self._word(end)
        if word not in ORDINALS or ORDINALS[word] >= least:
            return None
        return self.make(Kind.ORDINAL, at, end + len(word), values=(str(number + ORDINALS[word]),))

    def abbreviation(self, at: int) -> Token | None:
        found = _ABBREVIATED.match(self.plain, at)
        if not found:
            return None
        name = UNITS[_SHORT[found["short"]]].name
        return self.make(Kind.UNIT, at, found.end(), name=name, cases=ANY_CASE, plural=None)

    def numeral(self, at: int) -> Token | None:
        found = _NUMERAL.match(self.plain, at)
        if not found or (self.plain[at].isalpha() and not self.text[at].isupper() and not found[0].startswith("n")):
            return None
        said = regex.sub(r"^(?:№№?|[Nn]{1,2}\.?) ?", "", self.text[at : found.end()]).rstrip(".)")
        return self.make(Kind.NUMBER, at, found.end(), values=(said,)) if said else None

    def word(self, at: int) -> Token | None:
        word = self._word(at)
        if not word:
            return None
        end = at + len(word)
        for table, kind in ((UNITS, Kind.UNIT), (OBJECTS, Kind.OBJECT)):
            form = table.get(word)
            if form:
                return self.make(kind, at, end, name=form.name, cases=form.cases, plural=form.plural)
        for kind, name in _named(word):
            return self.make(kind, at, end, name=name)
        return self.make(Kind.WORD, at, end)

    def sign(self, at: int) -> Token | None:
        return self.make(Kind.SIGN if self.text[at] in _SIGNS else Kind.WORD, at, at + 1)

    def _word(self, at: int) -> str:
        found = _WORD.match(self.plain, at)
        return found[0] if found else ""


def _named(word: str) -> Iterator[tuple[Kind, str]]:
    if word in VERBS:
        yield Kind.VERB, VERBS[word]
    if word in PREPOSITIONS:
        yield Kind.PREPOSITION, PREPOSITIONS[word]
    if word in ("и", "а", "также"):
        yield Kind.AND, word
    if word in ADJECTIVES:
        yield Kind.ADJECTIVE, ""
    if word in PRONOUNS:
        yield Kind.PRONOUN, ""
    if word in NEGATIONS:
        yield Kind.NEGATION, ""


def _listed(text: str) -> Iterator[str]:
    """«объемов, сроков и целей»: one by one."""
    *first, last = text.split(", ")
    yield from (part.strip() for part in first)
    yield from (part.strip() for part in (last.rsplit(" и ", 1) if " и " in last else [last]))


_STEPS: tuple[Callable[[_Lexer, int], Token | None], ...] = (
    _Lexer.payload, _Lexer.quote, _Lexer.aside, _Lexer.act, _Lexer.figure, _Lexer.phrase, _Lexer.description, _Lexer.ordinal,
    _Lexer.abbreviation, _Lexer.numeral, _Lexer.word, _Lexer.sign,
)  # fmt: skip


def is_unit(token: Token, *units: Unit) -> bool:
    """Whether a token names one of these units."""
    return token.kind is Kind.UNIT and token.name in units
