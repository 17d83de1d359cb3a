"""Names written in capitals or with spaced letters → as they are written in running text."""

from collections.abc import Iterable

import regex

from extractors.text import squeeze

_WORD = regex.compile(r"\p{L}+(?:-\p{L}+)*")
_GAP = regex.compile(r"\s{2,}")
_SINGLE_LETTERS = 4
_COMMON = regex.compile(
    r"(?:администраци|глав|мэр|совет|дум|собрани|правительств|губернатор|комитет|депутат|народн|муниципал|район|округ|образовани|город|сель|поселени|пос[её]л"
    r"|област|кра[йя]|республик|исполнительн|распорядительн|орган|представительн|местн|самоуправлени|созыв|управлени|департамент|министерств|автономн|внутригородск"
    r"|территори|закрыт|административн|культур|финанс|экономи|имуществ|здравоохранени|социальн|защит|спорт|молод[её]жн|хозяйств|строительств"
    r"|транспорт|природн|ресурс|труд|занятост|политик|развити|отношени|архитектур|градостроительств|жилищн|коммунальн|внутренн|населени)[\p{L}-]*|и|на|по|в",
)


def unspaced(text: str) -> str:
    """«П О С Т А Н О В Л Е Н И Е» → «ПОСТАНОВЛЕНИЕ»; words that stand two blanks apart stay apart.

    >>> unspaced("А Д М И Н И С Т Р А Ц И Я   Р А Й О Н А"), unspaced("О внесении")
    ('АДМИНИСТРАЦИЯ РАЙОНА', 'О внесении')
    """
    tokens = text.split()
    if len(tokens) < _SINGLE_LETTERS or sum(len(token) == 1 for token in tokens) < len(tokens) * 0.8:
        return squeeze(text)
    return " ".join("".join(part.split()) for part in _GAP.split(text.strip()))


def as_called(name: str, texts: Iterable[str]) -> str:
    """A name in capitals, word by word as other texts of the act write it; common words small, others with a capital.

    >>> as_called("АДМИНИСТРАЦИЯ КОЖЕВНИКОВСКОГО РАЙОНА", ["в Кожевниковском районе"])
    'Администрация Кожевниковского района'
    """
    if not name.isupper():
        return name
    known: dict[str, str] = {}
    for text in texts:
        for word in _WORD.findall(text):
            if not word.isupper():
                known.setdefault(word.lower(), word)
    small = _WORD.sub(lambda found: _word(found[0], known), name)
    return small[:1].upper() + small[1:]


def _word(word: str, known: dict[str, str]) -> str:
    low = word.lower()
    if _COMMON.fullmatch(low):
        return low
    return known.get(low, "-".join(part.capitalize() for part in low.split("-")))
