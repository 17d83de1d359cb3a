"""What a text file is by its beginning: a page of HTML, a web archive, some other XML, RTF, or just text."""

import regex

_ENOUGH = 8192
_FIRST_TAG = regex.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|base|link|style|script|table|p|div|span|center|font|h[1-6]|br|b|i|a|ul|ol|pre|section|article)\b",
    regex.I,
)
_PAGE_INSIDE = regex.compile(r"<(?:!doctype\s+html|html)\b[^<>]*>\s*<", regex.I)
_HEADER = regex.compile(r"[A-Za-z][A-Za-z0-9-]*:")
_ARCHIVE = regex.compile(r"^content-type:\s*(?:multipart/(?:related|mixed|alternative)|text/html|application/xhtml)", regex.I | regex.M)
_PROLOGUE = (("<?", "?>"), ("<!--", "-->"))


def opening(data: bytes) -> str:
    """The first signs of the file; what is no ASCII in it does not matter."""
    head = data[:_ENOUGH]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in head[:4]:
        head = head.replace(b"\x00", b"")
    return head.decode("latin-1").lstrip("\xef\xbb\xbf\xff\xfe \t\r\n\f")


def is_html(data: bytes) -> bool:
    """A page of HTML or XHTML, whole or only its body's inside."""
    head = opening(data)
    rest = _behind_prologue(head)
    if _FIRST_TAG.match(rest):
        return True
    return not is_xml(data) and not is_archive(data) and b"</" in data and _PAGE_INSIDE.search(head) is not None


def is_archive(data: bytes) -> bool:
    """A web archive (MHTML): the headers of a message, one of them saying that a page follows."""
    head = opening(data)
    if not _HEADER.match(head):
        return False
    headers = regex.split(r"\r?\n\r?\n", head, maxsplit=1)[0]
    return "mime-version:" in headers.lower() and _ARCHIVE.search(headers) is not None


def is_xml(data: bytes) -> bool:
    """XML of another kind: Word 2003, a flat package, anything with a declaration."""
    head = opening(data)
    rest = _behind_prologue(head)
    return (head.startswith("<?xml") or rest.startswith(("<w:", "<pkg:", "<office:"))) and not _FIRST_TAG.match(rest)


def is_other(data: bytes) -> bool:
    """A format that is written in text signs and yet is none: RTF, PDF, a zip archive."""
    return data.startswith(b"PK") or opening(data).startswith("{\\rtf") or b"%PDF-" in data[:1024]


def _behind_prologue(head: str) -> str:
    """What follows declarations and comments."""
    while True:
        head = head.lstrip()
        for begin, end in _PROLOGUE:
            if head.startswith(begin):
                _, found, head = head.partition(end)
                if not found:
                    return ""
                break
        else:
            return head
