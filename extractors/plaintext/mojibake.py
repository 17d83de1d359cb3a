"""Text that was once decoded in the wrong encoding and saved so: undone where that is exact, else refused.

«Џ®бв ­®ў«Ґ­ЁҐ», «РџРѕСЃС‚Р°РЅРѕРІР»РµРЅРёРµ», «Ïîñòàíîâëåíèå» are one word. Writing the
text back in the wrong encoding and reading it in the right one is exact when every sign
takes part; it is certain when nonsense becomes Russian. A text that becomes Russian but
for some signs has lost them: it is damaged, and nobody must take it for a programme.
"""

from typing import NamedTuple

import regex

from extractors import errors
from extractors.plaintext.russian import likeness
from schemas.blocks import Note

# (the encoding it was wrongly read in, the right one)
_WAYS = (
    ("cp1251", "utf-8"), ("cp1252", "utf-8"), ("latin-1", "utf-8"), ("cp866", "utf-8"), ("koi8-r", "utf-8"),
    ("cp1252", "cp1251"), ("latin-1", "cp1251"), ("cp1252", "koi8-r"), ("cp1252", "cp866"), ("latin-1", "koi8-r"), ("latin-1", "cp866"),
    ("cp1251", "koi8-r"), ("koi8-r", "cp1251"), ("cp1251", "cp866"), ("cp866", "cp1251"), ("koi8-r", "cp866"), ("cp866", "koi8-r"),
)  # fmt: skip
_LEADS, _A_THIRD = ("РС", "ÐÑ"), 0.34
_FOREIGN = regex.compile(r"[^\x00-\x7f]+")
_ENOUGH = 20_000
_DOUBTFUL, _NONSENSE = (
    0.3,
    0.0,
)  # points a sign: sound text has more than the first, all but a few kinds of spoilt text less than the second
_RUSSIAN, _BETTER, _LEAST_LETTERS, _LONG = 0.45, 0.6, 20, 2.5

# The signs that the bytes 80–BF are in CP1251; a byte without a sign stays the control character that it is.
_TAIL = "".join(byte.to_bytes(1, "big").decode("cp1251", "ignore") or chr(byte) for byte in range(0x80, 0xC0))
_FRAGMENT = regex.compile(f"в[Ђ„][{regex.escape(_TAIL)}]|(?:[РС][{regex.escape(_TAIL)}]){{4,}}")


class Mended(NamedTuple):
    """The text, and what was undone in it."""

    text: str
    notes: tuple[Note, ...] = ()


def undo(text: str) -> Mended:
    """The text as it was before it was spoilt; Damaged where it cannot be had back exactly.

    >>> undo("РњСѓРЅРёС†РёРїР°Р»СЊРЅР°СЏ РїСЂРѕРіСЂР°РјРјР°").text
    'Муниципальная программа'
    >>> undo("от 17.09.2020 в„– 504").text
    'от 17.09.2020 № 504'
    """
    if text.isascii():
        return Mended(text)
    sample = _sample(text)
    now = _points(sample)
    if now < _DOUBTFUL:
        whole = _whole(text, sample, now)
        if whole:
            return whole
    mended = _fragments(text)
    if mended.notes and (whole := _by(_WAYS[0], text)):
        return whole
    if mended.notes:
        now = _points(sample := _sample(mended.text))
    if now < _NONSENSE and (_is_half_of_leads(sample) or _best(sample, now, "replace")):
        raise errors.Damaged
    return mended


def _sample(text: str) -> str:
    """The first runs of signs above ASCII."""
    runs: list[str] = []
    length = 0
    for run in _FOREIGN.finditer(text):
        runs.append(run[0])
        length += len(run[0])
        if length > _ENOUGH:
            break
    return " ".join(runs)


def _is_half_of_leads(sample: str) -> bool:
    """Whether every other sign is «Р» or «С», «Ð» or «Ñ»: the first bytes of Russian letters in UTF-8."""
    signs = [sign for sign in sample if not sign.isspace()]
    return len(signs) >= 2 * _LEAST_LETTERS and any(sum(sign in leads for sign in signs) > _A_THIRD * len(signs) for leads in _LEADS)


def _points(sample: str) -> float:
    """How Russian the sample is, a sign."""
    return likeness(sample).score / len(sample)


def _whole(text: str, sample: str, now: float) -> Mended | None:
    """The whole text undone."""
    way = _best(sample, now, "strict")
    return _by(way, text) if way else None


def _by(way: tuple[str, str], text: str) -> Mended | None:
    """The whole text undone in this way; None where a sign has no part in it."""
    mended = _through(text, way, "strict")
    if mended is None:
        return None
    return Mended(mended, (Note(kind="mojibake", count=1, text=f"текст был записан в {way[1]}, а прочитан как {way[0]}: прочитан заново"),))


def _fragments(text: str) -> Mended:
    """Pieces of UTF-8 that were read as CP1251 («в„–» for «№») in a text that is sound otherwise."""
    count = 0

    def mend(found: regex.Match[str]) -> str:
        nonlocal count
        mended = _through(found[0], _WAYS[0], "strict")
        count += mended is not None
        return found[0] if mended is None else mended

    text = _FRAGMENT.sub(mend, text)
    note = Note(
        kind="mojibake",
        count=count,
        text="отдельные знаки были записаны в utf-8, а прочитаны как cp1251 («в„–» вместо «№»): прочитаны заново",
    )
    return Mended(text, (note,) if count else ())


def _best(sample: str, now: float, mode: str) -> tuple[str, str] | None:
    """The way back that makes the most Russian text, when it makes whole words of nonsense."""
    found: list[tuple[float, tuple[str, str]]] = []
    for way in _WAYS:
        mended = (_through(sample, way, mode) or "").replace("\ufffd", "?")
        words = mended.split()
        if not words or sum(map(len, words)) < _LONG * len(words):
            continue
        after = likeness(mended)
        points = after.score / len(mended)
        if after.letters >= _LEAST_LETTERS and points > max(_RUSSIAN, now + _BETTER):
            found.append((points, way))
    return max(found)[1] if found else None


def _through(text: str, way: tuple[str, str], mode: str) -> str | None:
    """The text written in the one encoding and read in the other; None where a sign has no part in them."""
    wrong, right = way
    if right == "utf-8" and mode != "strict":
        text = text.replace(" ", "\n")  # a sequence must not run on over what stood between
    try:
        return _bytes(text, wrong, mode).decode(right, mode)
    except UnicodeError:
        return None


def _bytes(text: str, encoding: str, mode: str) -> bytes:
    """Encoded; control characters that stand for bytes without a sign become these bytes."""
    try:
        return text.encode(encoding, mode)
    except UnicodeEncodeError:
        pieces = regex.split(r"([\x80-\x9f]+)", text)
        return b"".join(piece.encode("latin-1" if number % 2 else encoding, mode) for number, piece in enumerate(pieces))
