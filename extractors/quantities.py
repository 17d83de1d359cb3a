"""What a text counts: «53 комплекта лицензионного обеспечения» → 53 and the words that say of what.

A result of an activity is written in many ways: «12», «18комплектов», «5 ед. компьютерной
техники, 5 ед. копировальной техники», «1 – обновление сервера», «100% от числа служащих».
"""

from decimal import Decimal
from typing import NamedTuple

import regex

from extractors import values
from schemas.amount import Mark

_COUNT = regex.compile(
    r"(?<![\p{L}\d.,/№\-])(?P<value>\d{1,3}(?:[ \u00a0]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)(?![.,/]?\d)"
    r"\s*+(?P<percent>%|процент\w*+)?\s*+(?P<dash>\p{Pd}\s++)?(?P<what>[^\d;,()\n]*)",
    regex.I,
)
_WORD = regex.compile(r"\p{L}{3,}")
_CLAUSE_END = regex.compile(r"[;\n]|\.\s+(?=\p{Lu})")
_YEAR_BEHIND = regex.compile(r"г\.|гг|год", regex.I)
_NO_NUMBER = {Mark.PERCENT_SIGN, Mark.NOT_A_NUMBER, Mark.NEGATIVE}


class Quantity(NamedTuple):
    """A counted thing: the number, the words behind it, and the clause in which it stands."""

    value: Decimal
    what: str
    is_percent: bool
    clause: str
    start: int  # of the number in its clause
    end: int

    @property
    def stands_alone(self) -> bool:
        """Whether nothing but the number is in the clause."""
        return self.clause.strip() == self.clause[self.start : self.end]


def clauses(text: str) -> list[str]:
    r"""The text cut at semicolons, lines and sentences.

    >>> clauses("1 - обновление сайта;\n63")
    ['1 - обновление сайта', '63']
    """
    return [clause.strip() for clause in _CLAUSE_END.split(text) if clause.strip()]


def quantities(text: str) -> tuple[Quantity, ...]:
    """Every number of the text that counts something; years, dates and parts of names are none.

    >>> [(str(found.value), found.what) for found in quantities("5 ед. техники, 18комплектов; по 1")]
    [('5', 'ед. техники'), ('18', 'комплектов'), ('1', '')]
    >>> [found.is_percent for found in quantities("100% от числа служащих")]
    [True]
    """
    made: list[Quantity] = []
    for clause in clauses(text):
        for found in _COUNT.finditer(clause):
            value, what = Decimal(regex.sub(r"\s", "", found["value"]).replace(",", ".")), found["what"].strip()
            if 1990 <= value <= 2060 and len(found["value"]) == 4 and (_YEAR_BEHIND.match(what) or not what):
                continue
            made.append(Quantity(value, what, bool(found["percent"]), clause, found.start("value"), found.end("value")))
    return tuple(made)


def plain(text: str) -> Decimal | None:
    """The number that is all of the text; None for anything else, and for a share in per cent.

    >>> plain(" 354035"), plain("12 чел."), plain("54%"), plain("-")
    (Decimal('354035'), None, None, Decimal('0'))
    """
    value, marks = values.number(text)
    return None if value is None or _NO_NUMBER & set(marks) else value


def counted_in(text: str) -> Quantity | None:
    """The one quantity that the text states, when it states exactly one and it is no share.

    >>> counted_in("12 чел.").value, counted_in("5 ед., 3 шт."), counted_in("100%")
    (Decimal('12'), None, None)
    """
    value = plain(text)
    if value is not None:
        return Quantity(value, "", is_percent=False, clause=text, start=0, end=len(text))
    found = quantities(text)
    return found[0] if len(found) == 1 and not found[0].is_percent else None


def words(text: str) -> tuple[str, ...]:
    """The words of a text that may name a thing, in small letters.

    >>> words("5 ед. компьютерной техники")
    ('компьютерной', 'техники')
    """
    return tuple(_WORD.findall(text.lower().replace("ё", "е")))


def same_word(one: str, other: str) -> bool:
    """Whether two words are forms of one: a common beginning, short endings.

    >>> same_word("лицензий", "лицензия"), same_word("техники", "техническое")
    (True, False)
    """
    shared = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return shared >= 4 and len(one) - shared <= 3 and len(other) - shared <= 3


def shared_words(one: str, other: str) -> int:
    """How many words of the one phrase stand in the other, whatever their case.

    >>> shared_words("пользовательских лицензий", "лицензия подсистемы")
    1
    """
    theirs = words(other)
    return sum(any(same_word(mine, word) for word in theirs) for mine in words(one))
