"""How much two wordings are alike, and where they part: for names that several places must give alike."""

from difflib import SequenceMatcher
from functools import lru_cache

import regex

from extractors.text import key, shortened

_ENDING = regex.compile(
    r"(?<=\p{L}{3})(?:иями|ями|ами|иям|ием|иях|ого|его|ому|ему|ыми|ими|ую|юю|ая|яя|ое|ее|ые|ие|ый|ий|ой|ей|ых|их|ым|им|ов|ев|ам|ям|ах|ях|ом|ем|"
    r"ия|ии|ию|ья|ье|ью|а|я|о|е|ы|и|у|ю|ь|й)$"
)
_WORD = regex.compile(r"[\p{L}\p{N}%]+(?:[-.,/][\p{L}\p{N}%]+)*")
_SMALL = frozenset(("и", "в", "во", "на", "по", "с", "со", "для", "к", "ко", "от", "из", "о", "об", "за", "до", "при", "а", "или", "у"))
_REMEMBERED = 4096  # texts: those of one edition, and no more of an archive
_MARGIN = 3  # words that are shown on each side of a difference
_SHOWN = 150


@lru_cache(_REMEMBERED)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: case, quotation marks, punctuation and ё set aside.

    >>> words_of("«Объём услуг», %;")
    ('объем', 'услуг', '%')
    """
    return tuple(_WORD.findall(key(text))) or tuple(part for part in ("%",) if part in text)


def stem(word: str) -> str:
    """A word without its ending, roughly: enough to know «отделом» for «отдел».

    >>> stem("отделом"), stem("культуры"), stem("мкд")
    ('отдел', 'культур', 'мкд')
    """
    return _ENDING.sub("", word)


def bearing(text: str) -> tuple[str, ...]:
    """The words that carry meaning: prepositions and conjunctions left out."""
    return tuple(word for word in words_of(text) if word not in _SMALL)


@lru_cache(_REMEMBERED)
def stems(text: str) -> tuple[str, ...]:
    """The stems of the words that carry meaning."""
    return tuple(map(stem, bearing(text)))


def likeness(left: str, right: str) -> float:
    """From 0 (nothing in common) to 1 (the same stems in the same order).

    >>> likeness("Развитие сети дорог", "развития сети дорог")
    1.0
    """
    return SequenceMatcher(None, stems(left), stems(right), autojunk=False).ratio()


def apart(usual: str, this: str) -> tuple[str, str]:
    """The stretches of two texts in which they differ, with a few words around.

    >>> apart("Развитие информационного общества района", "Развитие информационного сообщества района")
    ('Развитие информационного общества района', 'Развитие информационного сообщества района')
    """
    left, right = usual.split(), this.split()
    found = SequenceMatcher(None, [key(word) for word in left], [key(word) for word in right], autojunk=False).get_opcodes()
    changed = [codes for codes in found if codes[0] != "equal"]
    if not changed:
        return shortened(usual, _SHOWN), shortened(this, _SHOWN)
    (_, a, _, c, _), (_, _, b, _, d) = changed[0], changed[-1]
    return _window(left, a, b), _window(right, c, d)


def _window(words: list[str], start: int, end: int) -> str:
    first, last = max(0, start - _MARGIN), min(len(words), end + _MARGIN)
    text = shortened(" ".join(words[first:last]), _SHOWN)
    return ("…" if first else "") + text + ("…" if last < len(words) and not text.endswith("…") else "")
