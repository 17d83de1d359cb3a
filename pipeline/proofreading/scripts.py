"""Words with letters of two alphabets: «Cистема» with a Latin C, «изменениz».

Names of variables («Kобщ», «Пij») and words joined to a foreign one («PDFфайл») are not meant.
"""

from collections.abc import Iterator
from typing import NamedTuple

import regex

_LATIN_RUN = regex.compile(r"[A-Za-z]+")
_WORD = regex.compile(r"\p{L}+")
_LATIN = regex.compile(r"[A-Za-z]")
_LOOK_LIKE_CYRILLIC = frozenset("ABCEHKMOPTXYaceopxyk")
_LOOK_LIKE_LATIN = frozenset("АВСЕНКМОРТХУасеорху")
_INDEX = regex.compile(r"[ijknmtIJNT]{1,2}$")
_ADDRESS = regex.compile(r"@|/|\\|www|_|\.\p{L}{2,4}$")
_SHORT = 6  # a longer word is no variable
_CHUNK, _LINE = 60, 300
_LINE_END = regex.compile(r"[\n\0]")


class Mixed(NamedTuple):
    """A word of two alphabets: where it stands, and the signs of the alphabet that is not its own."""

    start: int
    end: int
    foreign: str
    is_latin: bool


def mixed_words(text: str) -> Iterator[Mixed]:
    """The words of two alphabets in a text that only a slip explains."""
    done = 0
    for run in _LATIN_RUN.finditer(text):
        if run.start() < done or not (text[run.start() - 1 : run.start()].isalpha() or text[run.end() : run.end() + 1].isalpha()):
            continue
        start, done = _bounds(text, run.start())
        found = _judged(text, start, done)
        if found is not None:
            yield found


def _bounds(text: str, offset: int) -> tuple[int, int]:
    start = offset
    while start and text[start - 1].isalpha():
        start -= 1
    match = _WORD.match(text, start)
    return start, match.end() if match else offset + 2


def _judged(text: str, start: int, end: int) -> Mixed | None:
    word = text[start:end]
    latin = _LATIN.findall(word)
    cyrillic = len(word) - len(latin)
    is_latin = len(latin) <= cyrillic
    foreign = "".join(latin) if is_latin else "".join(sign for sign in word if not _LATIN.match(sign))
    alike = all(sign in (_LOOK_LIKE_CYRILLIC if is_latin else _LOOK_LIKE_LATIN) for sign in foreign)
    if _ADDRESS.search(_chunk(text, start, end)) or (len(word) <= _SHORT and _is_in_formula(text, start, end)):
        return None
    if alike and (len(word) >= 4 or word.isupper()):
        return Mixed(start, end, foreign, is_latin)
    if is_latin and len(latin) <= 2 and len(word) > _SHORT and not _INDEX.search(word):
        return Mixed(start, end, foreign, is_latin)
    return None


def _chunk(text: str, start: int, end: int) -> str:
    """The signs around the word up to the next blanks."""
    before = text[max(0, start - _CHUNK) : start].rsplit(None, 1)[-1:] if not text[start - 1 : start].isspace() else []
    after = text[end : end + _CHUNK].split(None, 1)[:1] if not text[end : end + 1].isspace() else []
    return "".join([*before, text[start:end], *after])


def _is_in_formula(text: str, start: int, end: int) -> bool:
    """Whether the line reckons, or explains what it reckons with: «где Kобщ – число …»."""
    line = _LINE_END.split(text[max(0, start - _LINE) : start])[-1] + _LINE_END.split(text[start : end + _LINE])[0]
    explained = text[end : end + 3].lstrip()[:1] in ("-", "–", "—", "*", "/") and not text[start:end].isupper()
    return explained or any(sign in line for sign in "=∑×÷") or line.lstrip().lower().startswith("где")
