"""Plain text exported from Word, in which a tab begins a table cell.

Tables are found by `extractors.tabbed`; everything between them is paragraphs.
"""

from extractors import errors
from extractors.options import Options
from extractors.reader import Reader
from extractors.tabbed import blocks
from schemas.blocks import Document

_BINARY = frozenset(range(32)) - frozenset(b"\t\n\r\f\v\x1a")


def decode(data: bytes) -> str | None:
    """The text, by its byte order mark, as UTF-8, or as CP1251 when that reads as Russian."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _try(data, encoding)
    if _BINARY.intersection(data):
        return None
    text = _try(data, "utf-8")
    if text is not None:
        return text
    text = _try(data, "cp1251")
    if text is None:
        return None
    letters = [sign for sign in text if sign.isalpha()]
    russian = sum("а" <= sign.lower() <= "я" or sign in "ёЁ" for sign in letters)
    return text if letters and russian >= 0.6 * len(letters) else None


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def recognises(data: bytes) -> bool:
    """Whether the bytes are text and not one of the formats that have a signature."""
    return not data.startswith(b"PK") and b"%PDF-" not in data[:1024] and decode(data) is not None


def read(data: bytes, options: Options) -> Document:  # noqa: ARG001
    """The text as blocks; raises `NoText` when there is nothing but blanks."""
    text = decode(data)
    if text is None:
        raise errors.UnknownFormat
    if not text.strip():
        raise errors.NoText
    found, unread = blocks(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return Document("txt", found, unread)


reader = Reader("txt", (".txt",), recognises, read)
