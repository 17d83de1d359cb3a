"""Plain text in any encoding of Russian: paragraphs, tab-led tables, tables drawn with rules.

The encoding is told by `extractors.plaintext.decoding`, the tables are found by `extractors.plaintext.plain`.
A form feed is a page's end and no text; a vertical tab is Word's line break inside a paragraph.
"""

import regex

from extractors import errors
from extractors.invisible import invisible_left_out, without_invisible
from extractors.options import Options
from extractors.plaintext import plain
from extractors.plaintext.decoding import decode, is_text
from extractors.reader import Reader
from extractors.sniffing import is_archive, is_html, is_other, is_xml
from schemas.blocks import Document

_LINE_END = regex.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
_END_OF_FILE = "\x1a"


def recognises(data: bytes) -> bool:
    """Whether the bytes are text and none of the formats that are written in text."""
    return not is_other(data) and not is_html(data) and not is_archive(data) and not is_xml(data) and is_text(data)


def read(data: bytes, options: Options) -> Document:
    """The text as blocks; raises `NoText` when there is nothing but blanks."""
    decoded = decode(data)
    text, taken = without_invisible(decoded.text)
    if len(text) > options.limits.text:
        raise errors.TooLarge(detail="limits.text")
    text = text.rstrip(_END_OF_FILE)
    if not text.strip():
        raise errors.NoText
    lines, numbers = _lines(text)
    found = plain.blocks(lines, numbers, limits=options.limits)
    return Document(
        "txt", found.blocks, found.unread, found.aside, left_out=(*invisible_left_out(taken), *found.left_out), notes=decoded.notes
    )


def _lines(text: str) -> tuple[list[str], list[int]]:
    """The lines and their numbers; a form feed ends a line, but begins none that an editor would count."""
    lines = _LINE_END.split(text)
    if "\f" not in text:
        return lines, list(range(1, len(lines) + 1))
    parts = [(part, number) for number, line in enumerate(lines, 1) for part in _pages(line)]
    return [part for part, _ in parts], [number for _, number in parts]


def _pages(line: str) -> list[str]:
    """The parts of a line between form feeds; those at its ends leave nothing."""
    return [part for part in line.split("\f") if part] or [""]


reader = Reader("txt", (".txt",), recognises, read)
