"""Words and phrases that stand twice in a row: «в соответствии в соответствии», «пользовательских пользовательская»."""

from collections.abc import Iterator
from typing import NamedTuple

import regex

from pipeline.passages import Tokens

_LONGEST = 8  # words of a phrase
_WORD = regex.compile(r"\p{Cyrillic}[\p{Cyrillic}-]*")
_ONE_LETTER = frozenset("вскиоу")
_EMPHATIC = frozenset(("очень", "чуть", "едва", "еле", "вот", "так", "да", "нет", "ну"))
_ADJECTIVE = regex.compile(r"(?P<stem>\p{Cyrillic}{5,}?)(?:(?P<sure>ая|яя|ое|ый|ого|его|ому|ему|ую|юю|ые|ых|ым|ыми|ими)|их|ой|ей|им|ее)$")


class Repeat(NamedTuple):
    """A repetition: from the first word to the end of the last; `whole` unless only the stem is the same."""

    start: int
    end: int
    whole: bool


def repeats(tokens: Tokens) -> Iterator[Repeat]:
    """Every phrase of up to eight words that follows itself, every adjective that follows another form of itself."""
    words, spans = tokens
    last: dict[str, int] = {}
    run = lag = 0  # so many words in a row are the same as those so many words before
    for position, word in enumerate(words):
        before = position - last.get(word, position)
        run = (run + 1 if before == lag else 1) if before else 0
        lag = before
        last[word] = position
        if run == lag and 0 < lag <= _LONGEST and _counts(words[position - lag + 1 : position + 1]):
            yield Repeat(spans[position - 2 * lag + 1][0], spans[position][1], True)
            run = lag = 0
        elif position and before != 1 and word[:5] == words[position - 1][:5] and _is_same_adjective(words[position - 1], word):
            yield Repeat(spans[position - 1][0], spans[position][1], False)


def _counts(phrase: list[str]) -> bool:
    """Whether a phrase that stands twice is a slip: words alone, no signs or figures, none that are doubled on purpose."""
    if len(phrase) == 1:
        word = phrase[0]
        return (len(word) > 1 or word in _ONE_LETTER) and word not in _EMPHATIC and _WORD.fullmatch(word) is not None
    return all(word[0].isalnum() for word in phrase) and sum(len(word) > 2 and word.isalpha() for word in phrase) > 0


def _is_same_adjective(left: str, right: str) -> bool:
    one, other = _ADJECTIVE.fullmatch(left), _ADJECTIVE.fullmatch(right)
    return one is not None and other is not None and one["stem"] == other["stem"] and bool(one["sure"] or other["sure"])
