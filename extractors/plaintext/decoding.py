"""Bytes → text: the encoding told by content, text that was decoded wrongly before put right or refused.

UTF-8 and UTF-16 prove themselves. The one-byte encodings of Russian all decode any
bytes, so each is tried and the one whose text looks most like Russian taken, if it
does so clearly (see `extractors.plaintext.russian`); what stays in doubt is refused.
"""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import regex

from extractors import errors
from extractors.plaintext import mojibake
from extractors.plaintext.russian import likeness
from schemas.blocks import Note

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\x00\x00", "utf-32-le"), (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"),
)  # fmt: skip
_ONE_BYTE = {"cp1251": 6.0, "koi8-r": 2.0, "cp866": 2.0, "mac-cyrillic": 0.0, "iso8859-5": 0.0}
"""With what each has in advance: files in CP1251 are by far the most."""

_DECLARED = {
    "utf-8": "utf-8", "utf8": "utf-8", "windows-1251": "cp1251", "cp1251": "cp1251", "cp-1251": "cp1251", "win-1251": "cp1251",
    "x-cp1251": "cp1251", "koi8-r": "koi8-r", "koi8-u": "koi8-u", "ibm866": "cp866", "cp866": "cp866", "cp-866": "cp866", "dos-866": "cp866",
    "x-mac-cyrillic": "mac-cyrillic", "mac-cyrillic": "mac-cyrillic", "iso-8859-5": "iso8859-5", "us-ascii": "cp1252",
    "iso-8859-1": "cp1252", "latin1": "cp1252", "windows-1252": "cp1252", "cp1252": "cp1252",
}  # fmt: skip
_HIGH = regex.compile(rb"[\x80-\xff]+")
_ENOUGH_HIGH = 20_000  # bytes to tell a one-byte encoding by
_BINARY = regex.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_LEAST_MEAN, _LEAST_LEAD, _LEAST_LETTERS = 0.0, 6.0, 4
_HALF, _NEARLY_ALL = 0.5, 0.9
_FEW = 20  # one damaged spot for so many sound ones still makes a text

# A sound sequence of two or more bytes in UTF-8.
_SEQUENCE = regex.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


class Decoded(NamedTuple):
    """The text of a file, the encoding it was read in, what must be known of it."""

    text: str
    encoding: str
    notes: tuple[Note, ...] = ()


def is_text(data: bytes) -> bool:
    """Whether the bytes may be text at all: no control characters, or those of UTF-16."""
    return _marked(data) is not None or _BINARY.search(data) is None or _without_mark(data) is not None


def decode(data: bytes, declared: str = "") -> Decoded:
    """The text; `declared` is what the file itself says of its encoding.

    Raises UnknownEncoding where the encoding cannot be told, Damaged where the text
    was spoilt before and cannot be put right exactly.
    """
    text, encoding = _first_reading(data, declared)
    mended = mojibake.undo(text)
    notes = [*mended.notes]
    lost = mended.text.count("\ufffd")
    if lost:
        notes.append(Note(kind="lost-characters", count=lost, text="знаки, потерянные при прежних перекодировках, вместо них «\ufffd»"))
    return Decoded(mended.text, encoding, tuple(notes))


def _first_reading(data: bytes, declared: str) -> tuple[str, str]:
    for reading in (_marked, _without_mark, partial(_as_declared, declared=declared), _utf8, _guessed):
        found = reading(data)
        if found is not None:
            return found
    raise errors.UnknownEncoding


Reading = Callable[[bytes], "tuple[str, str] | None"]


def _marked(data: bytes) -> tuple[str, str] | None:
    """By the byte order mark."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            sound = "\x00" not in text and _FEW * text.count("\ufffd") <= len(text) + _FEW
            return (text, encoding) if sound and (encoding == "utf-8" or _usual(text) > _HALF) else None
    return None


def _without_mark(data: bytes) -> tuple[str, str] | None:
    """UTF-16 without a mark: every blank and every line end has a zero byte in it."""
    if b"\x00" not in data[:4000]:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text and _usual(text) > _NEARLY_ALL:
            return text, encoding
    return None


def _usual(text: str) -> float:
    """The share of signs that Russian text is made of, among the first."""
    first = text[:4000]
    usual = sum("\x20" <= sign <= "\x7e" or "\u0400" <= sign <= "\u04ff" or sign in "\t\n\r\f\v\xa0«»–—№…\u2028" for sign in first)
    return usual / len(first) if first else 1.0


def _as_declared(data: bytes, declared: str) -> tuple[str, str] | None:
    """As the file says, unless that is no encoding we know, does not fit, or gives nonsense where another gives Russian."""
    encoding = _DECLARED.get(declared.strip().lower().replace("_", "-"))
    if encoding is None:
        return None
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    if encoding == "utf-8" or text.isascii() or likeness(_sample(data).decode(encoding, "replace")).mean > 0:
        return text, encoding
    return None if _guessed(data) else (text, encoding)


def _utf8(data: bytes) -> tuple[str, str] | None:
    """UTF-8; a few broken sequences among many sound ones are damage, and no other encoding."""
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    sound = sum(1 for _ in _SEQUENCE.finditer(data))
    return (text, "utf-8") if sound > _FEW * text.count("\ufffd") else None


def _guessed(data: bytes) -> tuple[str, str] | None:
    """One of the one-byte encodings of Russian, when one is clearly the most Russian."""
    sample = _sample(data)
    tried = sorted((_Try.of(sample, encoding) for encoding in _ONE_BYTE), key=lambda found: -found.score)
    best = tried[0]
    rival = next((other.score for other in tried if other.text != best.text), 0.0)
    if best.mean <= _LEAST_MEAN or best.letters < _LEAST_LETTERS or best.score - max(rival, 0.0) < _LEAST_LEAD:
        return None
    return data.decode(best.encoding, "replace"), best.encoding


class _Try(NamedTuple):
    score: float
    mean: float
    letters: int
    encoding: str
    text: str

    @classmethod
    def of(cls, sample: bytes, encoding: str) -> "_Try":
        text = sample.decode(encoding, "replace")
        found = likeness(text)
        return cls(found.score + _ONE_BYTE[encoding], found.mean, found.letters, encoding, text)


def _sample(data: bytes) -> bytes:
    """The bytes that decide: the first runs above ASCII, a blank for whatever stands between them."""
    runs: list[bytes] = []
    length = 0
    for run in _HIGH.finditer(data):
        runs.append(run[0])
        length += len(run[0])
        if length > _ENOUGH_HIGH:
            break
    return b" ".join(runs)
