"""Ordinal numbers in words, as acts count paragraphs: «абзац сорок четвертый», «в абзаце втором», «после абзаца третьего»."""

from typing import Literal

Case = Literal["nominative", "genitive", "prepositional"]

_ENDINGS: dict[Case, str] = {"nominative": "ый", "genitive": "ого", "prepositional": "ом"}
_UNITS = ("", "перв", "втор", "трет", "четверт", "пят", "шест", "седьм", "восьм", "девят")
_TEENS = (
    "десят",
    "одиннадцат",
    "двенадцат",
    "тринадцат",
    "четырнадцат",
    "пятнадцат",
    "шестнадцат",
    "семнадцат",
    "восемнадцат",
    "девятнадцат",
)
_TENS = ("", "", "двадцат", "тридцат", "сороков", "пятидесят", "шестидесят", "семидесят", "восьмидесят", "девяност")
_WHOLE_TENS = ("", "", "двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят", "восемьдесят", "девяносто")
_STRESSED = {"втор", "шест", "седьм", "восьм", "сороков"}


def ordinal(number: int, case: Case = "nominative") -> str:
    """The number in words, masculine; a number over a hundred stays in figures.

    >>> ordinal(2, "prepositional"), ordinal(44), ordinal(3, "genitive"), ordinal(120)
    ('втором', 'сорок четвертый', 'третьего', '120')
    """
    if not 0 < number < 100:
        return str(number)
    tens, units = divmod(number, 10)
    if tens == 1:
        return _declined(_TEENS[units], case)
    if not units:
        return _declined(_TENS[tens], case)
    return f"{_WHOLE_TENS[tens]} {_declined(_UNITS[units], case)}".strip()


def _declined(stem: str, case: Case) -> str:
    if stem == "трет":
        return {"nominative": "третий", "genitive": "третьего", "prepositional": "третьем"}[case]
    if case == "nominative" and stem in _STRESSED:
        return f"{stem}ой"
    return stem + _ENDINGS[case]
