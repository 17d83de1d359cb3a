"""Web archives (MHTML, Word's «single file web page»): a message with a page and what belongs to it."""

from email import message_from_bytes
from email.message import Message
from typing import NamedTuple

from extractors import errors

_PAGES = ("text/html", "application/xhtml+xml")


class Part(NamedTuple):
    """A page of the archive, and the encoding that its headers name."""

    data: bytes
    encoding: str


def pages(data: bytes) -> list[Part]:
    """The pages of an archive, the main one first; Damaged where there is none."""
    try:
        message = message_from_bytes(data.removeprefix(b"\xef\xbb\xbf").lstrip())
        parts = [part for part in message.walk() if part.get_content_type() in _PAGES]
        start = str(message.get_param("start") or "").strip()
        parts.sort(key=lambda part: not start or str(part.get("Content-ID") or "").strip() != start)
        return [*map(_part, parts)] or _nothing()
    except (RecursionError, LookupError, ValueError, AttributeError, TypeError):
        raise errors.Damaged from None


def _nothing() -> list[Part]:
    raise errors.Damaged


def _part(message: Message) -> Part:
    data = message.get_payload(decode=True)
    return Part(data if isinstance(data, bytes) else b"", str(message.get_content_charset() or ""))
