"""How much a text looks like Russian: by which letter follows which, and by the case of words.

The measure needs no dictionary and works on a few words: «аппарата» is made of usual
pairs, «юООЮПЮРЮ» (the same bytes read in another encoding) of rare ones, with a capital
behind a small letter besides.
"""

from collections import Counter
from typing import NamedTuple

import regex

_LETTERS = " абвгдежзийклмнопрстуфхцчшщъыьэюя"
"""A blank stands for the edge of a word."""

_PAIRS = (
    # How often the letter of the column follows that of the row: 9 nearly always, 4 as often as by
    # chance, 0 hardly ever (log₂ of the frequency + 9). Counted in 277 000 words of Russian prose and messages.
    "034625204505246564644411310000301",  # a word begins
    "703434435054546045461023411000024",  # а
    "360001500405604606205033004460011",  # б
    "670200600504524614324020000060001",  # в
    "550133500500434806005000000000000",  # г
    "470303730503614634304000000030001",  # д
    "701434232234557226560002212000000",  # е
    "252006700703007100103000000000000",  # ж
    "571505300402266603105000000040004",  # з
    "623423504444455134550323320000035",  # и
    "800003000002712200550000000000000",  # й
    "570100400600502704554004000000000",  # к
    "552000630602104600103000200036046",  # л
    "662400700501043630104000000050005",  # м
    "460014700702005600343200000061003",  # н
    "605645444245654245550001330000001",  # о
    "460000600501301727015001000020001",  # п
    "570320740502034602335020020040002",  # р
    "542200500505522552474020110034005",  # с
    "660400600604104606503000100036000",  # т
    "623236543035454054650200414000050",  # у
    "180000400600400605035300000000000",  # ф
    "840300400500013705202000000000000",  # х
    "550400600803000320003000000050000",  # ц
    "460000800704106200052000000001000",  # ч
    "460100700805304303232000000001000",  # ш
    "060000800700000000003000000004000",  # щ
    "000000900000000000000000000000005",  # ъ
    "703503602073450044250060220000000",  # ы
    "800000106004006000430001030000031",  # ь
    "200120000026733023380300040000000",  # э
    "802003020000001002160000707000010",  # ю
    "900302403000034002150021001000032",  # я
)  # fmt: skip
_CHANCE = 4
_WIDTH = len(_LETTERS)
_POSITION = {letter: number for number, letter in enumerate(_LETTERS)} | {"ё": _LETTERS.index("е")}
_WORD = regex.compile(r"[а-яА-ЯёЁ]+")
_ODD_CASE = regex.compile(r"[а-яё][А-ЯЁ]")
_ODD_CASE_COSTS = 6
_USUAL_SIGNS = frozenset("«»„“”‘’–—−-…№§°·•©®±×\u00a0\u00ad\u2009\u202f\u200b\ufeff")
_ODD_SIGN_COSTS = 6
_ENOUGH_WORDS = 3000
_MOST_ALIKE = 2  # a word met again and again («г.») is no new evidence


class Measure(NamedTuple):
    """`score` is above zero for Russian and below for anything else; `letters` are those it was measured on."""

    score: float
    letters: int

    @property
    def mean(self) -> float:
        """The score of a letter: about 1.5 in Russian prose, 0.5 and more in short names, below -1 in nonsense."""
        return self.score / self.letters if self.letters else 0.0


def measure(text: str) -> Measure:
    """How much the text's first words look like Russian.

    >>> measure("Куратор программы").mean > 0.5 > 0 > measure("йСПЮРНП ОПНЦПЮЛЛШ").mean
    True
    """
    words = Counter(found[0] for found, _ in zip(_WORD.finditer(text), range(_ENOUGH_WORDS), strict=False))
    counted = [(word, min(count, _MOST_ALIKE)) for word, count in words.items()]
    return Measure(sum(count * _word(word) for word, count in counted), sum(count * len(word) for word, count in counted))


def odd_signs(text: str) -> int:
    """Signs that are neither ASCII, nor Russian letters, nor usual in Russian print, nor drawn frames.

    >>> odd_signs("№ 504 — «МУП» ┌─┐ Ђђ")
    2
    """
    return sum(
        min(count, _MOST_ALIKE * 10)
        for sign, count in Counter(text).items()
        if sign > "\x7f" and sign not in _USUAL_SIGNS and sign.lower() not in _POSITION and not "\u2500" <= sign <= "\u259f"
    )


def likeness(text: str) -> Measure:
    """The measure of a whole text, odd signs held against it."""
    score, letters = measure(text)
    return Measure(score - _ODD_SIGN_COSTS * odd_signs(text), letters)


def _word(word: str) -> float:
    before, score = 0, -_ODD_CASE_COSTS * len(_ODD_CASE.findall(word))
    for letter in word.lower():
        position = _POSITION[letter]
        score += int(_PAIRS[before][position]) - _CHANCE
        before = position
    return score + int(_PAIRS[before][0]) - _CHANCE
