"""Rare words beside which the document has the right one: «наградах материалов» and «наградных материалов».

There is no dictionary here: the document itself says how the phrase is written. Endings differ
lawfully, so a difference counts only where grammar or the rest of the document excludes it.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import regex

from pipeline.passages import Tokens

_LONG, _NEIGHBOUR, _ENDING, _OFTEN = 9, 5, 3, 3
_PREPOSITIONS = frozenset(("в", "во", "на", "о", "об", "обо", "при", "по"))
_LOCATIVE = regex.compile(r"(?P<stem>\p{Cyrillic}{5,})[ая]х$")
_ADJECTIVE_OF = r"(?:н|ен|енн|ск|ов|ев|овск|очн|ичн|ическ)(?:ых|их|ого|его|ому|ему|ым|им|ыми|ими|ой|ая|ое|ые|ый|ую)"
_SENTENCE = frozenset((".", ";", "\n", "\0", "!", "?"))
_TWO_VERBS = regex.compile(r"предо?став")  # «предоставление» and «представление» are two words


class Similar(NamedTuple):
    """A word that stands where the document otherwise writes another: from, to, and the usual form."""

    start: int
    end: int
    usual: str


def similar_words(tokens: Tokens, counts: Counter[str]) -> Iterator[Similar]:
    """Words that stand once, beside a word beside which a near-identical one stands elsewhere."""
    words, spans = tokens
    rare = [n for n, word in enumerate(words) if len(word) > 6 and counts[word] == 1 and word.isalpha()]
    wanted = {
        words[m] for n in rare for m in (n - 1, n + 1) if 0 <= m < len(words) and len(words[m]) >= _NEIGHBOUR and counts[words[m]] > 1
    }
    before: dict[str, set[str]] = {}
    behind: dict[str, set[str]] = {}
    for left, right in pairwise(words):
        if right in wanted:
            before.setdefault(right, set()).add(left)
        if left in wanted:
            behind.setdefault(left, set()).add(right)
    for n in rare:
        neighbours = (before.get(words[n + 1], ()) if n + 1 < len(words) else (), behind.get(words[n - 1], ()) if n else ())
        usual = _noun_for_adjective(words, n, neighbours[0]) or _misspelt(words[n], {*neighbours[0], *neighbours[1]}, counts)
        if usual:
            yield Similar(*spans[n], usual)


def _noun_for_adjective(words: list[str], position: int, others: "set[str] | tuple[()]") -> str | None:
    """«приобретение наградах материалов»: a noun in the locative with nothing that asks for it, an adjective elsewhere."""
    found = _LOCATIVE.fullmatch(words[position])
    if not found or not others:
        return None
    for earlier in reversed(words[max(0, position - 60) : position]):
        if earlier in _SENTENCE:
            break
        if earlier in _PREPOSITIONS:
            return None
    adjective = regex.compile(regex.escape(found["stem"]) + _ADJECTIVE_OF)
    return next((other for other in sorted(others) if adjective.fullmatch(other)), None)


def _misspelt(word: str, others: set[str], counts: Counter[str]) -> str | None:
    """A word with one slip inside, its ending right, that no other word of the document begins like."""
    if len(word) < _LONG:
        return None
    for other in sorted(others):
        if counts[other] >= _OFTEN and other[-_ENDING:] == word[-_ENDING:] and abs(len(other) - len(word)) <= 1 and other != word:
            place = _one_slip(word, other)
            same_verb = _TWO_VERBS.match(word) and _TWO_VERBS.match(other)
            if place is not None and not same_verb and not any(w != word and w.startswith(word[: place + 2]) for w in counts):
                return other
    return None


def _one_slip(word: str, right: str) -> int | None:
    """Where the two differ, if by one letter lost, added or changed, or two swapped, well inside the word.

    >>> _one_slip("муницпальной", "муниципальной"), _one_slip("районной", "районного")
    (5, None)
    """
    first = next((n for n, (a, b) in enumerate(zip(word, right, strict=False)) if a != b), min(len(word), len(right)))
    if not 3 <= first <= len(word) - _ENDING:
        return None
    rest, other = word[first:], right[first:]
    changed = rest[1:] == other[1:] and first > 4
    swapped = rest[:2] == other[1::-1] and rest[2:] == other[2:]
    return first if changed or swapped or rest == other[1:] or rest[1:] == other else None
