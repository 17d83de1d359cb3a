"""Words cut at the ends of narrow lines: parted from words that only stand there one below the other.

In a column of three letters «До / ля / на / се / ле / ния» says by itself neither where a word
ends nor where it was cut. The rest of the file does: the words that it writes on one line.
"""

from collections.abc import Collection, Iterable, Sequence

import regex

_LEADING, _TRAILING = '(«"“„[', ',.;:!?)»"”“]'
_FIGURES = regex.compile(r"[-–]?\d+(?:[.,]\d*)*%?")
_SIGN_INSIDE = regex.compile(r"\p{L}{2}[,;:)]\p{L}|\p{L}\(|\d\p{L}|\p{Ll}\p{Lu}")
_NO_BEGINNING = "ьъы"
_STRANGE = 10.0  # the price of an unknown word put together where words are not cut
_WIDE = 4  # words: in a line of so many none is cut at its ends
_ENDINGS = (0, 1, 2, 3)  # letters by which forms of a word differ
_SHORTEST_STEM = 5
_LONG = 14  # letters: one word in twenty is longer, and each letter more makes it less likely
_FRAGMENT = 5  # letters: an unknown word as short as this is rather a piece of one

# Words of the narrow heads of these tables, which a small file may have nowhere else.
_OF_FORMS = (
    "федеральный областной краевой республиканский окружной районный городской местный муниципальный бюджет бюджета бюджетные внебюджетные "
    "источник источники источников средства средств прочие иные всего итого финансирование финансирования объем объём объемы объёмы "
    "наименование мероприятия мероприятие показатель показателя показатели показателей результат результата значение значения единица измерения "
    "методика расчета расчёта срок сроки исполнения исполнитель исполнители реализации ответственный ответственные цель цели задача задачи "
    "программы муниципальной подпрограммы куратор заказчик администрация администрации района округа города поселения учреждений"
)


def plain(word: str) -> str:
    """A word without the signs around it, for comparing.

    >>> plain("«Доля,")
    'доля'
    """
    return word.lstrip(_LEADING).rstrip(_TRAILING).lower()


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """The words that surely are whole, those of every such file among them, and the beginnings of the longer ones, with a star."""
    words = set(_OF_FORMS.split())
    for text in texts:
        found = text.split()
        words.update(map(plain, found if len(found) >= _WIDE else found[1:-1]))
    return frozenset(words.union(*map(_stems, words)))


def _stems(word: str) -> list[str]:
    return [f"{word[: len(word) - cut]}*" for cut in _ENDINGS if len(word) - cut >= _SHORTEST_STEM]


def parted(pieces: Sequence[str], known: Collection[str], cuts: bool) -> list[str]:
    """The pieces put together to words, as few of them unknown as can be; `cuts`: words are cut in this file.

    >>> parted(["До", "ля", "на", "се", "ле", "ния,"], {"доля", "населения", "на"}, cuts=True)
    ['Доля', 'населения,']
    >>> parted(["40", "84,", "48"], (), cuts=True), parted(["Отдел", "кадров"], (), cuts=False)
    (['4084,48'], ['Отдел', 'кадров'])
    >>> parted(["федера", "льный", "бюджет"], vocabulary(()), cuts=True), parted(["внебюджетные", "средства"], vocabulary(()), cuts=True)
    (['федеральный', 'бюджет'], ['внебюджетные', 'средства'])
    """
    best: list[tuple[float, list[str]]] = [(0.0, [])]
    for end in range(1, len(pieces) + 1):
        options: list[tuple[float, list[str]]] = []
        for start in range(max(0, end - 40), end):
            word = "".join(pieces[start:end])
            cost = _cost(word, known, end - start == 1 or cuts)
            options.append((best[start][0] + cost, [*best[start][1], word]))
        best.append(min(options, key=lambda option: option[0]))
    return best[-1][1]


def _cost(word: str, known: Collection[str], usual: bool) -> float:
    bare = plain(word)
    if (bare in known and word[0] not in _TRAILING) or _FIGURES.fullmatch(bare) or not any(sign.isalpha() for sign in word):
        return 1.0
    odd = _SIGN_INSIDE.search(word) is not None or word[0] in _TRAILING or word[0] in _NO_BEGINNING
    if not odd and any(stem in known for stem in _stems(bare)):
        return 2.2
    length = len(bare)
    price = 3.0 + 0.1 * length + 0.8 * max(0, length - _LONG) + 3.0 * (odd + (length <= _FRAGMENT))
    return price if usual else price + _STRANGE
