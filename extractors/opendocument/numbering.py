"""Automatic numbers: what a word processor shows before a paragraph and does not store.

Norm: OpenDocument 1.3 part 3, 5.3 lists, 16.30 list styles, 19.500 style:num-format,
19.880 text:display-levels. `loext:num-list-format` says the same more exactly («%1%.%2%.»)
and is written beside it since LibreOffice 7.
"""

from typing import NamedTuple

import regex

_PLACE = regex.compile(r"%(\d{1,2})%")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"


class Level(NamedTuple):
    """A level of a list: in which form it counts, and what stands around the number."""

    form: str = "1"
    prefix: str = ""
    suffix: str = ""
    pattern: str | None = None
    shown: int = 1  # how many levels of the number are shown
    start: int = 1
    together: bool = False  # after z comes aa, bb; else aa, ab
    bullet: str | None = None
    separator: str = "\t"
    image: bool = False


ListStyle = dict[int, Level]
"""The levels of a list style, from 1."""


class Counters:
    """The numbers of one list, level by level; None for a level that has not begun."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}

    def next(self, style: ListStyle, level: int, start: int | None) -> str:
        """Count one more item of this level; returns its label, with what separates it from the text."""
        numbers = self._numbers
        if start is not None:
            numbers[level] = start
        elif level in numbers:
            numbers[level] += 1
        else:
            numbers[level] = _start(style, level)
        for above in range(1, level):
            numbers.setdefault(above, _start(style, above))
        for below in [found for found in numbers if found > level]:
            del numbers[below]
        return label(style, level, numbers)


def _start(style: ListStyle, level: int) -> int:
    return style[level].start if level in style else 1


def label(style: ListStyle, level: int, numbers: dict[int, int]) -> str:
    """What is shown before the text of an item; "" for a level without a number."""
    if level not in style or style[level].image:
        return ""
    made = style[level]
    if made.bullet is not None:
        return made.bullet

    def of(at: int) -> str:
        known = style.get(at, Level())
        return "" if known.bullet is not None or known.image else in_form(numbers.get(at, 1), known.form, together=known.together)

    if made.pattern is not None:
        return _PLACE.sub(lambda match: of(int(match[1])), made.pattern)
    written = [of(at) for at in range(max(1, level - made.shown + 1), level + 1)]
    return made.prefix + ".".join(filter(None, written)) + made.suffix


def in_form(number: int, form: str, *, together: bool = False) -> str:
    """A number as a list writes it; a form that is not known is written in figures.

    >>> in_form(4, "I"), in_form(28, "a"), in_form(28, "a", together=True), in_form(7, "01, 02, 03, ..."), in_form(3, "")
    ('IV', 'ab', 'bb', '07', '')
    >>> in_form(3, "а, б, .., аа, аб, ... (ru)"), in_form(30, "А, Б, .., Аа, Бб, ... (ru)")
    ('в', 'Бб')
    """
    if not form or number < 0:
        return ""
    if form[0] in "aA" and form[1:2] in ("", ","):
        return _letters(number, _LATIN, capital=form[0] == "A", together=together)
    if form[0] in "аА":
        return _letters(number, _RUSSIAN, capital=form[0] == "А", together="аа, бб" in form.lower())
    if form in ("i", "I"):
        return _roman(number).upper() if form == "I" else _roman(number)
    width = len(form.partition(",")[0]) if form.startswith("0") else 0
    return f"{number:0{width}}" if width else str(number)


def _letters(number: int, alphabet: str, *, capital: bool, together: bool) -> str:
    size = len(alphabet)
    if not 0 < number <= size * 100:
        return str(number)
    if together:
        made = alphabet[(number - 1) % size] * ((number - 1) // size + 1)
    else:
        made, rest = "", number
        while rest:
            rest, at = divmod(rest - 1, size)
            made = alphabet[at] + made
    if not capital:
        return made
    return made.capitalize() if alphabet is _RUSSIAN else made.upper()


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    made = ""
    for value, written in _ROMAN:
        times, number = divmod(number, value)
        made += written * times
    return made
