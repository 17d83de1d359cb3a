"""An old text and a new one → the words to be replaced, inserted or struck, where that is shorter than the whole text anew.

Each wording quoted as old stands in the old text exactly once, else more of the words around it are
taken; carried out one after the other they give the new text, which is tried before they are given away.
"""

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

import regex

from extractors.text import squeeze
from schemas.amendment import Verb

_MOST_PLACES, _MOST_SIGNS = 3, 240
_FIGURE = regex.compile(r"\d[\d\s\u00a0]*+(?:[.,]\d++)*+\.?")
_WORD_END = regex.compile(r"[\p{L}\p{N}]")
_TOKEN = regex.compile(r"\S+")


class Rewording(NamedTuple):
    """One replacement of words or figures."""

    kind: Verb
    old: str
    new: str


def is_figure(text: str) -> bool:
    """Whether the text is one number and nothing else: an amount, or the number of a row.

    >>> is_figure("1 900,0"), is_figure("5.5."), is_figure("22%")
    (True, True, False)
    """
    return _FIGURE.fullmatch(text) is not None


def rewording(old: str, new: str, around: str = "") -> tuple[Rewording, ...] | None:
    """The replacements that make `new` of `old`, both of one line; None where the whole text is better said anew.

    `around` is what else stands in the unit that the act will name: the old wording may not stand there either.

    >>> rewording("обновился на 22% за год", "обновился на 27% за год")
    (Rewording(kind=<Verb.REPLACE_WORDS: 'replace-words'>, old='22%', new='27%'),)
    """
    old, new = squeeze(old), squeeze(new)
    if not old or not new:
        return None
    found = tuple(_replacements(old, new, squeeze(around)))
    if not 0 < len(found) <= _MOST_PLACES or sum(len(one.old) + len(one.new) for one in found) > min(_MOST_SIGNS, len(old)):
        return None
    if any(not is_sound(one.old) or not is_sound(one.new) for one in found):
        return None
    return found if carried_out(old, found) == new else None


def carried_out(text: str, rewordings: tuple[Rewording, ...]) -> str | None:
    """The text with every replacement made; None where an old wording does not stand there exactly once."""
    for one in rewordings:
        if text.count(one.old) != 1:
            return None
        text = text.replace(one.old, one.new)
    return text


def is_sound(words: str) -> bool:
    """Words that can stand within quotation marks and be read back: their own marks are balanced."""
    return words.count("«") == words.count("»") and words.count('"') % 2 == 0 and "“" not in words and "”" not in words


def _replacements(old: str, new: str, around: str) -> Iterator[Rewording]:
    """The runs of words that differ, each widened until it stands in the old text once and nowhere around it."""
    left, right = _TOKEN.findall(old), _TOKEN.findall(new)
    position = 0
    for a, b, c, d in _runs(left, right):
        a, b, c, d = _widened(left, right, (a, b, c, d), position, around)
        was, becomes = _trimmed(f"{old}\n{around}", " ".join(left[a:b]), " ".join(right[c:d]))
        position = b
        yield Rewording(Verb.REPLACE_FIGURES if is_figure(was) and is_figure(becomes) else Verb.REPLACE_WORDS, was, becomes)


def _runs(left: list[str], right: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """The stretches of words in which the texts differ, those with one word between them as one."""
    at, to = 0, 0
    open_: list[int] | None = None
    for fragment_old, fragment_new, same in _paired(left, right):
        if same and open_ is not None and fragment_old > 1:
            yield open_[0], at, open_[1], to
            open_ = None
        elif not same and open_ is None:
            open_ = [at, to]
        at, to = at + fragment_old, to + fragment_new
        if not same:
            end = (at, to)
    if open_ is not None:
        yield open_[0], end[0], open_[1], end[1]


def _paired(left: list[str], right: list[str]) -> Iterator[tuple[int, int, bool]]:
    """How many words of each text a stretch holds, and whether they are the same."""
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        yield b - a, d - c, tag == "equal"


def _widened(left: list[str], right: list[str], run: tuple[int, int, int, int], least: int, around: str) -> tuple[int, int, int, int]:
    """The run with words before it, then behind it, until it holds words on both sides and stands in the old text once."""
    a, b, c, d = run
    text = " ".join(left) + "\n" + around
    while a == b or c == d or text.count(" ".join(left[a:b])) != 1:
        if a > least and c > 0:
            a, c = a - 1, c - 1
        elif b < len(left) and d < len(right):
            b, d = b + 1, d + 1
        else:
            break
    return a, b, c, d


def _trimmed(text: str, old: str, new: str) -> tuple[str, str]:
    """The wordings without the sign of punctuation that both end with, as long as the old one stays unique."""
    while (
        len(old) > 1
        and len(new) > 1
        and old[-1] == new[-1]
        and not _WORD_END.match(old[-1])
        and old[-1] not in '»")%'
        and text.count(old[:-1]) == 1
    ):
        old, new = old[:-1].rstrip(), new[:-1].rstrip()
    return old, new
