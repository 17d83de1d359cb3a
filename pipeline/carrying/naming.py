"""Whether the name by which an act calls a thing is the name that stands in the document, and how surely.

Acts quote labels whole («строку "Куратор МП"»), shortened («строку "Объемы финансирования"»), or describe them in
another case («позицию, касающуюся объемов финансирования»). The surest kind of likeness that
is met at all decides: a shortened name is not looked for where a whole one stands.
"""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

import regex

from extractors import values
from extractors.labels import Labels
from extractors.text import key, squeeze

_NUMBER = regex.compile(r"^\s*\d+(?:[.\-]\d+)*[.)]?\s+")
_IN_BRACKETS = regex.compile(r"\s*\([^()]*\)")
_WORD = regex.compile(r"\p{L}[\p{L}\-]*|\d+(?:[.,]\d+)?")
_TOO_SHORT, _LONG_ENOUGH = 3, 10
_SAYS_NOTHING = frozenset(("программа", "подпрограмма", "мп", "муниципальный", "государственный", "целевой", "по", "на", "и", "в"))
MARKS = (
    None,
    None,
    "label-without-brackets",
    "label-by-its-beginning",
    "label-by-year",
    "label-by-family",
    "label-declined",
    "label-described",
)


class Likeness(NamedTuple):
    """How a name was recognised: 0 letter by letter … 7 by the words of a description; see MARKS."""

    level: int

    @property
    def mark(self) -> str | None:
        """The mark of an operation whose target was found this way; None for the two that take no liberty."""
        return MARKS[self.level]


class Names:
    """Compares names under one profile of labels."""

    def __init__(self, labels: Labels) -> None:
        self.labels = labels

    def like(self, said: str, stands: str, kinds: Sequence[str] = (), described: bool = False) -> int | None:
        """The level of likeness, the surest that holds; None where there is none. `kinds` are families of labels that decide."""
        if not said.strip() or not stands.strip():
            return None
        if squeeze(said) == squeeze(stands):
            return 0
        one, other = key(said), key(stands)
        if one == other:
            return 1
        if _bare(said) == _bare(stands):
            return 2
        if _begins(_bare(stands), _bare(said)) or _is_longer(_bare(said), _bare(stands)):
            return 3
        year = values.year(said)
        if year and year == values.year(stands):
            return 4
        words, found = lemmas(one), lemmas(other)
        if (described or set(words) & set(found) - _SAYS_NOTHING) and any(self._same_family(kind, said, stands) for kind in kinds):
            return 5
        if words == found:
            return 6
        if (described or len(words) > 2) and words and set(words) <= set(found):
            return 7
        return None

    def _same_family(self, kind: str, said: str, stands: str) -> bool:
        one, other = self.labels.match(kind, said), self.labels.match(kind, stands)
        return one is not None and other is not None and one.family == other.family and one.groups == other.groups

    def best(
        self, said: str, things: Iterable[tuple[Any, Iterable[str]]], kinds: Sequence[str] = (), described: bool = False
    ) -> tuple[list[Any], int]:
        """The things whose name is most like the one said, and the level; no things where none is like it."""
        found: list[tuple[int, Any]] = []
        for thing, texts in things:
            levels = [level for text in texts if (level := self.like(said, text, kinds, described)) is not None]
            if levels:
                found.append((min(levels), thing))
        best = min((level for level, _ in found), default=0)
        return [thing for level, thing in found if level == best], best


def _bare(text: str) -> str:
    """Without its number, and without what stands in brackets."""
    return key(_IN_BRACKETS.sub("", _NUMBER.sub("", text)))


def _begins(whole: str, beginning: str) -> bool:
    """Whether a name is the beginning of another one, at the end of a word."""
    return len(beginning) > _TOO_SHORT and whole.startswith(beginning) and not whole[len(beginning) : len(beginning) + 1].isalnum()


def _is_longer(said: str, stands: str) -> bool:
    """Whether the name was said with more words than stand there: «Исполнители МП и соисполнители»; a number is never more words."""
    rest = said[len(stands) :]
    return len(stands) >= _LONG_ENOUGH and _begins(said, stands) and not any(sign.isdigit() for sign in rest)


@cache
def analyzer() -> Any:
    """The dictionary of Russian word forms (OpenCorpora, through pymorphy3); loaded when a form is first asked for."""
    import pymorphy3

    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=20_000)
def _lemma(word: str) -> str:
    return str(analyzer().parse(word)[0].normal_form).replace("ё", "е")


def lemmas(text: str) -> tuple[str, ...]:
    """The words of a text in their dictionary form, in order.

    >>> lemmas("объемов финансирования")
    ('объем', 'финансирование')
    """
    return tuple(_lemma(word) for word in _WORD.findall(text.lower()) if len(word) > 1 or word.isdigit())
