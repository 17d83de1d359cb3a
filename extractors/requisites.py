"""What identifies the programme: its act, the acts that amend it, its title, its years.

Citations are read in the spellings seen in real documents: «от 07.04.2022 №192»,
«от 6 октября 2003 года № 131-ФЗ», «№ 387 от 13.05.2016».
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

import regex

from extractors import values
from extractors.labels import Labels
from extractors.locate import Located
from extractors.text import key, squeeze
from schemas.address import Part
from schemas.place import Place
from schemas.requisites import Act, Citation, Period

_DATE = rf"(?:[«\"“„]?\s*+\d{{1,2}}\s*+[»\"”“]?\s*+\.?\s*+(?:\d{{1,2}}\s*+\.|{values.MONTH_WORDS})\s*+\d{{4}})"
_NUMBER = r"[№N]\s*(?P<{0}>\p{{L}}{{0,3}}\s?-?\d[\w/]*(?:-[\w/]+)*(?:\s?[-–—]?\s?(?:п|па|пг|р|рг|нпа|ФЗ|ФКЗ|[ОКР]З)\b)?)"
_CITED = regex.compile(
    rf"(?:от\s*+)?(?P<date>{_DATE})\s*+(?:г(?:ода)?\b\.?)?\s*+,?\s*+{_NUMBER.format('after')}"
    rf"|{_NUMBER.format('before')}\s*от\s*(?P<date2>{_DATE})",
    regex.I,
)
_LONG_DASH = regex.compile("[–—]")
_OPENING = frozenset('«"“„')
_NUMBER_SIGN = regex.compile(r"[№N]\s*\p{L}{0,3}\s?-?\d")
_REACH = 80
_NOTE_REACH = 400  # from the words «в редакции» to the first act behind them
_ACT_WORD_REACH = 400
_LONGEST_ISSUER = 120
_NO_ISSUER = regex.compile(r"[«»\"“”„.:;()\d]")
_MORE_OF_THE_SAME = regex.compile(r"[^\S\n]*[,;]?[^\S\n]*(?:и\s+)?")
_QUOTED_NAME = regex.compile(r"\s*[«\"“](?P<name>[^»\"”\n]{4,300})[»\"”]")
_ACT_WORD = regex.compile(r"(?:\b(федеральн\w+\s+|областн\w+\s+)?(закон|постановлени|распоряжени|указ|решени|приказ)\w*)", regex.I)
_AMENDED = regex.compile(r"в\s+ред(?:акции|\.)|с\s+изменениями|с\s+изм\.|в\s+последней\s+редакции|изменени\w*,?\s+внесен\w*", regex.I)
_BASE = regex.compile(
    r"(?:приложение\s*(?:№\s*\d+\s*)?к|утвержден\w*)\s+(?:постановлени|распоряжени|решени)\w*\s++(?P<issuer>.*?)\s*+(?=от\s*[\d«\"]|[№N]\s*\d|$)",
    regex.I,
)
_ADOPTED = regex.compile(r"программ\w*[»\"”]?,?\s+утвержд[её]н\w*\s+(?:постановлени|распоряжени|решени)\w*", regex.I)
_TITLE = regex.compile(r"(?:муниципальн\w+|ведомственн\w+|целев\w+|государственн\w+)\s+(?:целев\w+\s+)?программ\w+", regex.I)
_BEHIND_TITLE = regex.compile(r"\bПАСПОРТ\b|\(в\s+ред|\(с\s+изм|\bпрограмм\w+\s*[«\"“]")
_YEARS = regex.compile(
    r"(?P<start>(?:19|20)\d\d)\s*(?:г(?:оды?|г?\.)?\s*)?[-–—]\s*(?P<end>(?:19|20)\d\d)(?:\s*г(?:оды?|одах|одов|\.?\s?г)?\.?(?!\w)|\s*(?=$|[»\"”)]))",
    regex.I,
)
_YEARS_FROM_TO = regex.compile(r"\b[cс]\s+(?P<start>(?:19|20)\d\d)\s*(?:года?|г\.)?\s+по\s+(?P<end>(?:19|20)\d\d)", regex.I)


class Joined:
    """The paragraphs of a part as one text, with the way back from a character to its place."""

    def __init__(self, part: Part, paragraphs: Iterable[Located]) -> None:
        self.part = part
        self._starts: list[int] = []
        self._places: list[Place] = []
        texts: list[str] = []
        length = 0
        for paragraph in paragraphs:
            self._starts.append(length)
            self._places.append(paragraph.place)
            texts.append(paragraph.text.replace("\v", " "))
            length += len(paragraph.text) + 1
        self.text = "\n".join(texts)

    def place(self, offset: int) -> Place:
        """The place of the paragraph that holds this character."""
        return self._places[bisect_right(self._starts, offset) - 1]

    @cached_property
    def citations(self) -> tuple[tuple[int, Citation], ...]:
        """Every act cited by date and number, with the offset of its citation."""
        return tuple(_citations(self))


def period(text: str) -> Period | None:
    """The first span of years in a text.

    >>> period("на 2021-2026 годы").years()[-1]
    '2026'
    """
    found = _YEARS.search(text) or _YEARS_FROM_TO.search(text)
    if not found or int(found["start"]) > int(found["end"]) or int(found["end"]) - int(found["start"]) > 50:
        return None
    return Period(start=int(found["start"]), end=int(found["end"]), raw=squeeze(found[0]))


def _citations(joined: Joined) -> Iterator[tuple[int, Citation]]:
    kind: str | None = None
    issuer: str | None = None
    end = 0
    for found in _cited(joined.text):
        between = joined.text[end : found.start()]
        words = list(_ACT_WORD.finditer(between[-_ACT_WORD_REACH:]))
        if words:
            kind = squeeze(words[-1][0]).lower()
            issuer = _issuer(between[-_ACT_WORD_REACH:][words[-1].end() :])
        elif not _MORE_OF_THE_SAME.fullmatch(between):
            kind = issuer = None
        end = found.end()
        citation = Citation(
            date=values.date(found["date"] or found["date2"]), number=_number(found["after"] or found["before"]),
            kind=kind, issuer=issuer, name=_quoted(joined.text, end), raw=squeeze(found[0]), part=joined.part, place=joined.place(found.start()),
        )  # fmt: skip
        yield found.start(), citation


def _cited(text: str) -> Iterator[regex.Match[str]]:
    """Citations, looked for only around the signs of a number: a search of the whole text costs ten times as much."""
    end = 0
    for hint in _NUMBER_SIGN.finditer(text):
        if hint.start() < end:
            continue
        start = max(end, hint.start() - _REACH)
        for found in _CITED.finditer(text, start, min(len(text), hint.end() + _REACH)):
            if found.start() <= hint.start() < found.end():
                end = found.end()
                yield found
                break


def _issuer(between: str) -> str | None:
    """Who issued the act: the words between «постановлением» and «от», if they are but a name."""
    name = squeeze(between)
    return name if name and len(name) <= _LONGEST_ISSUER and not _NO_ISSUER.search(name) else None


def _number(written: str) -> str:
    """«131 – ФЗ» → «131-ФЗ»."""
    return _LONG_DASH.sub("-", squeeze(written).replace(" ", ""))


def _quoted(text: str, offset: int) -> str | None:
    found = _QUOTED_NAME.match(text, offset)
    return squeeze(found["name"]) if found else None


_BLANK = regex.compile(
    rf"\bот\s++(?:(?P<date>{_DATE})|(?P<blank>[.…]++\s*+\d{{4}}))\s*+(?:г(?:ода)?\b\.?)?\s*+[№N](?:\s*(?P<number>\d[\w/-]*)|[^\S\n]*(?P<open>$|\n))?",
    regex.I,
)


def unfinished(joined: Joined) -> Iterator[Citation]:
    """Acts whose date lost its day, or whose number is missing: «от .2018 № 15», «от 12.03.2018 №» at the end of a paragraph.

    A line to write on («от «__» ____») is the mark of a draft or a form, and no concern of citations.
    """
    for found in _BLANK.finditer(joined.text):
        if found["blank"] or (found["number"] is None and found["open"] is not None):
            yield Citation(date=values.date(found["date"] or ""), number=found["number"] or "", raw=squeeze(found[0]),
                           part=joined.part, place=joined.place(found.start()))  # fmt: skip


class AmendmentNote(NamedTuple):
    """A note «(в редакции постановлений … от … №…)» with the acts that it lists."""

    acts: tuple[Citation, ...]


def amendment_notes(joined: Joined, base: Act) -> list[AmendmentNote]:
    """The notes that list amending acts, each up to the end of its brackets.

    Without brackets a note ends with its paragraph in running text, and with the heading in a heading.
    In running text a note tells of the act before it, which may be another than the programme's.
    """
    notes: list[AmendmentNote] = []
    starts: list[int] = []
    behind = 0
    for offset, _ in joined.citations:
        starts.extend(found.start() for found in _AMENDED.finditer(joined.text, max(behind, offset - _NOTE_REACH), offset))
        behind = offset
    for start, following in zip(starts, [*starts[1:], len(joined.text)], strict=False):
        in_brackets = joined.text[:start].rstrip().endswith("(")
        end = ")" if in_brackets else "\n" if joined.part in ("section", "passport") else "\0"
        closing = joined.text.find(end, start)
        stop = min(following, closing if closing >= 0 else len(joined.text))
        acts = tuple(citation for offset, citation in joined.citations if start <= offset < stop)
        if acts and not (joined.part in ("section", "passport") and _is_of_another(joined, start, acts[0], base)):
            notes.append(AmendmentNote(acts))
    return notes


def _is_of_another(joined: Joined, start: int, act: Citation, base: Act) -> bool:
    """Whether a note in running text tells of the act that its paragraph names before it, or of a law."""
    place = joined.place(start)
    before = [citation for offset, citation in joined.citations if offset < start and citation.place == place]
    return "закон" in (act.kind or "") or "указ" in (act.kind or "") or bool(before and key(before[-1].number) != key(base.number or ""))


def base_act(joined: Joined, labels: Labels) -> Act:
    """The act that adopted the programme: «Приложение к постановлению …», «Утверждена постановлением …»."""
    flat = joined.text.replace("\n", " ")
    found = _BASE.search(flat)
    if not found:
        return Act()
    citation = next((citation for offset, citation in joined.citations if offset >= found.end() - 1), None)
    issuer = nominative(squeeze(found["issuer"]), labels) or None
    if citation is None:
        return Act(issuer=issuer)
    return Act(issuer=issuer, date=citation.date, number=citation.number, citations=(citation,))


def other_base_citations(joined: Joined, base: Act) -> Iterator[Citation]:
    """Where a part says again by which act the programme was adopted, rightly or wrongly."""
    for found in _ADOPTED.finditer(joined.text):
        citation = next((c for offset, c in joined.citations if found.end() <= offset < found.end() + 200), None)
        if citation and (citation.date == base.date or key(citation.number) == key(base.number or "")):
            yield citation


def nominative(issuer: str, labels: Labels) -> str:
    """The issuer's name as it is called, from the genitive of a citation.

    >>> from extractors.labels import default_labels
    >>> nominative("Администрации Кожевниковского района", default_labels())
    'Администрация Кожевниковского района'
    """
    words = issuer.split(" ")
    for number, word in enumerate(words):
        name = labels.issuers.get(word.lower())
        if name:
            before = [_adjective(w, feminine=name.endswith(("а", "я"))) for w in words[:number]]
            return " ".join([*before, name if not before else name.lower(), *words[number + 1 :]])
    return issuer


def _adjective(word: str, feminine: bool) -> str:
    """«Кожевниковской районной» → «Кожевниковская районная»."""
    if feminine:
        return regex.sub(r"ой$", "ая", regex.sub(r"ей$", "яя", word))
    return regex.sub(r"ого$", "ый" if not regex.search(r"ского$", word) else "ий", word)


def amending_acts(notes: Iterable[AmendmentNote]) -> tuple[Act, ...]:
    """One act for each amendment, with every place where it is cited.

    The first note names the acts. Citations of later notes are the same act when date
    and number agree; of those left over on both sides, when one of the two agrees:
    then the act is cited with two dates or two numbers (rule REF001).
    """
    acts: list[list[Citation]] = []
    for note in notes:
        free = [act for act in acts if not any(_same(act[0], citation) for citation in note.acts)]
        for citation in note.acts:
            known = next((act for act in acts if _same(act[0], citation)), None)
            known = known or next((act for act in free if _half_same(act[0], citation)), None)
            if known is None:
                acts.append([citation])
            else:
                known.append(citation)
                free = [act for act in free if act is not known]
    return tuple(Act(date=act[0].date, number=act[0].number, citations=tuple(act)) for act in acts)


def _same(left: Citation, right: Citation) -> bool:
    return left.date == right.date and key(left.number) == key(right.number)


def _half_same(left: Citation, right: Citation) -> bool:
    return left.date == right.date or key(left.number) == key(right.number)


def title(joined: Joined) -> str | None:
    """The programme's title: what is quoted behind the word «программа», without its quotation marks."""
    found = title_at(joined)
    return found[0] if found else None


def title_at(joined: Joined) -> tuple[str, Place] | None:
    """The same with the place where it begins."""
    flat = joined.text.replace("\n", " ")
    for found in _TITLE.finditer(flat):
        rest = flat[found.end() :].lstrip(" :\u00a0\u202f")
        if rest[:1] in _OPENING and rest[:1]:
            behind = _BEHIND_TITLE.search(rest, 1)  # «Развитие «Умного города» ПАСПОРТ»: one mark closes two
            return squeeze(rest[1 : _closing(rest[: behind.start()] if behind else rest)]), joined.place(len(flat) - len(rest))
    return None


def _closing(text: str) -> int:
    """The quotation mark that closes the first one; nested ones are counted.

    A straight mark opens behind a blank and closes elsewhere. Where marks are lost
    («"Развитие "Умного города"») the last one closes.
    """
    pairs = {"«": "»", "“": "”", "„": "“"}
    opening, closing = text[0], pairs.get(text[0], text[0])
    depth = 0
    for offset, sign in enumerate(text):
        if sign == opening and (opening != closing or not text[:offset].strip() or text[offset - 1] in " («"):
            depth += 1
        elif sign == closing:
            depth -= 1
            if depth <= 0:
                return offset
    last = text.rfind(closing)
    return last if last > 0 else len(text)
