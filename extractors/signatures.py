"""How formats are told that begin as text does: for their readers, and for the reader of plain text."""

import regex

_MARK = b"\xef\xbb\xbf"
_FLAT = regex.compile(rb"<(?:[\w.-]+:)?document[\s>]")
_OFFICE = b"urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_HEAD = 2**16


def is_flat_open_document(data: bytes) -> bool:
    """Whether it is an OpenDocument file in one piece of XML."""
    head = data[:_HEAD]
    return head.removeprefix(_MARK).lstrip().startswith(b"<") and _OFFICE in head and _FLAT.search(head) is not None
