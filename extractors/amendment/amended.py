"""The head sentence of an instruction («Внести в постановление … следующие изменения:») → the act that it amends."""

import regex

from extractors.amendment.citing import Told, told
from extractors.labels import Labels, default_labels
from extractors.requisites import nominative
from extractors.text import squeeze
from schemas.amendment import AmendedAct
from schemas.place import Place

_ACT_WORD = regex.compile(r"\b(?:постановлени|распоряжени|решени|закон|приказ|указ)\w*", regex.I)
_INTO = regex.compile(r"\b(?:внес(?:ти|ении|ено)|изменени\w+)\b", regex.I)
_FORMER = regex.compile(
    r"\(?\s*(?:с\s+(?:последующими\s+|уч[её]том\s+(?:последующих\s+)?)?(?:изменени|изм\b|дополнени)|в\s+(?:последней\s+|действующей\s+)?ред(?:акци|\.)|ред\.\s*от"
    r"|(?:с\s+)?уч[её]том\s+(?:последующих\s+)?изменени|в\s+которое\s+внесены\s+изменени|список\s+изменяющих)",
    regex.I,
)
_UNTOLD = regex.compile(r"последующ|последней\s+редакци|действующей\s+редакци|и\s+др(?:уги|\b)|газет|сборник|вестник", regex.I)
_LAST_ALONE = regex.compile(r"\bред(?:\.|акци\w+)\s*от\b", regex.I)
_SEVERAL_DATES = 2
_SENTENCE_GOES_ON = regex.compile(r"следующ|изменени[яе]\b|дополнени[яе]\b|измен(?:ить|ив)|излож|утверди|согласно", regex.I)
_BEHIND_TITLE = regex.compile(
    r"\W*+(?:$|следующ|изменени|дополнени|излож|\(|с\s+(?:уч[её]том|изм|последующ)|в\s+ред|далее|утверд|согласно)|\s*[,;:.]", regex.I
)
_TITLE_START = regex.compile(r"[«\"“„]\s*+(?=Об?\b)")
_CLOSING = frozenset('»"”“')
_NO_ISSUER = regex.compile(r"[«»\"“”„:;()\d№]")
_AFTER_ISSUER = regex.compile(r"\s*(?:\(|\bот\b|\bот$)")
_GAZETTE = regex.compile(r"\s*+\([«\"“]?[^()]{0,60}(?:газет|сборник|вестник|бюллетен)", regex.I)
_NOTE_GOES_ON = regex.compile(r"\s(?:следующ|излож)|[«\"“„]\s*+Об?\b")
_NEXT = regex.compile(r"\sследующ")
_LONGEST_ISSUER = 200
_REACH = 250


def amended(text: str, place: Place, labels: Labels | None = None) -> AmendedAct | None:
    """The act that a head sentence amends, with its former amendments; None if it names none by date or number.

    >>> act = amended("Внести в постановление Администрации района от 17.09.2020 № 504 (ред. от 31.08.2022) следующие изменения:", Place())
    >>> act.issuer, act.date, act.number, act.former, act.all_told
    ('Администрация района', '2020-09-17', '504', (('2022-08-31', None),), False)
    """
    body = squeeze(text)
    acts = told(body)
    word, act = _which(body, acts)
    if word is None or act is None:
        return None
    issuer = _AFTER_ISSUER.split(body[word.end() : act.start])[0].strip(" ,")
    title, behind = _title(body, act.end)
    former, all_told = _former(body, word.end(), [one for one in acts if one is not act], behind)
    gazette = _GAZETTE.match(body, act.end) is not None
    return AmendedAct(
        issuer=_issuer(issuer, labels or default_labels()),
        date=act.date, number=act.number, title=title, former=former, all_told=all_told and not gazette, place=place,
    )  # fmt: skip


def _issuer(genitive: str, labels: Labels) -> str | None:
    """The issuer's name as it is called; None if the words between are more than a name."""
    if not genitive or len(genitive) > _LONGEST_ISSUER or _NO_ISSUER.search(genitive):
        return None
    name = nominative(genitive, labels)
    return name[0].upper() + name[1:]


def _which(body: str, acts: list[Told]) -> "tuple[regex.Match[str] | None, Told | None]":
    """The word for the amended act and its date and number: the first that are named behind «внести», or at all."""
    into = _INTO.search(body)
    for start in ([into.end()] if into else []) + [0]:
        for word in _ACT_WORD.finditer(body, start):
            behind = [one for one in acts if word.end() <= one.start <= word.end() + _REACH]
            act = next((one for one in behind if one.number), behind[0] if behind else None)  # «(ред. от 31.08.2022) от 01.02.2010 № 5»
            following = _ACT_WORD.search(body, word.end())
            if act and not (following and following.start() < act.start and not _is_issuer_like(body, word, following)):
                return word, act
    return None, None


def _is_issuer_like(body: str, word: "regex.Match[str]", following: "regex.Match[str]") -> bool:
    """Whether a second word for an act is part of the first's wording: «указ» inside a name never is."""
    return "," not in body[word.end() : following.start()] and following[0].lower().startswith("указ")


def _title(body: str, start: int) -> tuple[str | None, int]:
    """The quoted title behind the citation and where it ends; exports often lose the mark that closes the inner name."""
    opening = _TITLE_START.search(body, start, start + 1200)
    if opening is None:
        return None, start
    marks = [n for n in range(opening.end(), len(body)) if body[n] in _CLOSING and _closes(body, n)]
    balanced = next((n for n in marks if _depth(body, opening.start(), n) <= 0 and _BEHIND_TITLE.match(body, n + 1)), None)
    end = balanced if balanced is not None else next((n for n in marks if _BEHIND_TITLE.match(body, n + 1)), None)
    if end is None:
        return None, start
    return squeeze(body[opening.end() : end]) + _missing(body[opening.end() : end]), end + 1


def _closes(body: str, offset: int) -> bool:
    """A straight mark or «“» behind a blank opens; elsewhere it closes."""
    return body[offset] in "»”" or not body[offset - 1].isspace()


def _depth(body: str, start: int, end: int) -> int:
    """How many marks are still open behind `end`."""
    depth = 0
    for n in range(start, end + 1):
        if body[n] in "«„" or (body[n] in '"“' and (n == 0 or body[n - 1] in " («")):
            depth += 1
        elif body[n] in _CLOSING:
            depth -= 1
    return depth


def _missing(title: str) -> str:
    """The closing mark that the inner name shares with the title: «Об утверждении программы «Развитие культуры»."""
    return "»" if title.count("«") > title.count("»") else '"' if title.count('"') % 2 else ""


def _former(body: str, start: int, acts: list[Told], behind_title: int) -> tuple[tuple[tuple[str | None, str | None], ...], bool]:
    """The former amendments that are cited around the act and its title, and whether these are all."""
    found: list[tuple[str | None, str | None]] = []
    all_told, offset = True, start
    while opening := _FORMER.search(body, offset):
        if _goes_on_before(body, offset, opening.start(), behind_title):
            break
        end = _note_end(body, opening.start())
        note = body[opening.start() : end]
        cited = [(one.date, one.number) for one in acts if opening.start() <= one.start < end]
        if _UNTOLD.search(note) or (_LAST_ALONE.search(note) and len(cited) < _SEVERAL_DATES and not any(number for _, number in cited)):
            all_told = False
        found.extend(pair for pair in cited if pair not in found)
        offset = max(end, opening.end())
    return tuple(found), all_told


def _goes_on_before(body: str, offset: int, start: int, behind_title: int) -> bool:
    """Whether the sentence comes to its verb before a note: what is noted behind that is of something else."""
    return (
        _SENTENCE_GOES_ON.search(body, max(offset, behind_title) if start >= behind_title else offset, start) is not None
        and start >= behind_title
    )


def _note_end(body: str, start: int) -> int:
    """The end of a note: of its brackets, nested ones counted, or where the sentence goes on."""
    bracket = start if body[start] == "(" else None
    if bracket is None:
        found = _NOTE_GOES_ON.search(body, start)
        return found.start() if found else len(body)
    depth = 0
    for n in range(bracket, len(body)):
        depth += {"(": 1, ")": -1}.get(body[n], 0)
        if depth == 0:
            return n + 1
    found = _NEXT.search(body, start)
    return found.start() if found else len(body)
