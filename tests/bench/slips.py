"""The slips that people make when they retype a figure, each as a way to spoil a written number.

A slip takes the figure as written and a source of chance, and gives what stands there
instead, or None where such a slip cannot befall this figure.
"""

from collections.abc import Callable
from random import Random

import regex

Spoil = Callable[[str, Random], str | None]

_LOOK_ALIKE = {"0": "О", "3": "З", "6": "б", "1": "l"}


def _digits(raw: str) -> list[int]:
    return [at for at, sign in enumerate(raw) if sign.isdigit()]


def doubled_separator(raw: str, chance: Random) -> str | None:  # noqa: ARG001 — all slips are called alike
    return raw.replace(",", ",,") if "," in raw else None


def lost_comma(raw: str, chance: Random) -> str | None:  # noqa: ARG001
    return raw.replace(",", "") if regex.fullmatch(r"\d+,\d*[1-9]\d*|[1-9]\d*,0+", raw) else None


def moved_comma(raw: str, chance: Random) -> str | None:
    whole, comma, part = raw.partition(",")
    if not comma or len(whole) < 2 or not raw.strip("0,"):
        return None
    places = chance.randint(1, len(whole) - 1)
    return f"{whole[:-places]},{whole[-places:]}{part}"


def lost_digit(raw: str, chance: Random) -> str | None:
    places = [at for at in _digits(raw) if len(raw.partition(",")[0]) > 1]
    if not places:
        return None
    at = chance.choice(places)
    return raw[:at] + raw[at + 1 :]


def doubled_digit(raw: str, chance: Random) -> str | None:
    at = chance.choice(_digits(raw))
    return raw[:at] + raw[at] + raw[at:]


def swapped_digits(raw: str, chance: Random) -> str | None:
    pairs = [at for at in _digits(raw)[:-1] if raw[at + 1].isdigit() and raw[at] != raw[at + 1]]
    if not pairs:
        return None
    at = chance.choice(pairs)
    return raw[:at] + raw[at + 1] + raw[at] + raw[at + 2 :]


def mistaken_digit(raw: str, chance: Random) -> str | None:
    at = chance.choice(_digits(raw))
    return raw[:at] + chance.choice([digit for digit in "0123456789" if digit != raw[at]]) + raw[at + 1 :]


def letter(raw: str, chance: Random) -> str | None:
    places = [at for at in _digits(raw) if raw[at] in _LOOK_ALIKE]
    if not places:
        return None
    at = chance.choice(places)
    return raw[:at] + _LOOK_ALIKE[raw[at]] + raw[at + 1 :]


def foreign_sign(raw: str, chance: Random) -> str | None:
    at = chance.choice(_digits(raw))
    return raw[: at + 1] + chance.choice(["?", ";", "*", "ж"]) + raw[at + 1 :]


def emptied(raw: str, chance: Random) -> str | None:  # noqa: ARG001
    return "" if raw.strip("0,") else None


BY_NAME: dict[str, Spoil] = {
    "двойная запятая": doubled_separator,
    "запятая потеряна": lost_comma,
    "запятая сдвинута": moved_comma,
    "цифра потеряна": lost_digit,
    "цифра набрана дважды": doubled_digit,
    "цифры переставлены": swapped_digits,
    "не та цифра": mistaken_digit,
    "похожая буква": letter,
    "посторонний знак": foreign_sign,
    "сумма не вписана": emptied,
}
