"""What a Word 97-2003 file says of its own text, to hold against what a program made of it.

A file whose bytes are spoilt still opens in LibreOffice, which leaves out in silence what it
can no longer find. The file's head states how many characters each of its parts has, and its
table of pieces where they stand, so the text can be taken without any formatting.

Norm: [MS-DOC] 2.4.1 Retrieving Text, 2.5.4 FibRgLw97, 2.9.38 Clx, 2.9.73 FcCompressed.
"""

import struct
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import regex

from schemas.blocks import Document, Note, Paragraph, Table

_COUNTS, _PIECES = 0x4C, 0x1A2  # ccpText and what follows; fcClx, lcbClx
_PARTS = 8
_TEXT, _NOTES, _END_NOTES, _BOXES = 0, 1, 5, 6  # of the parts those that are seen; headers are kept for kinds of pages that no page is of
_SEEN = (_TEXT, _NOTES, _END_NOTES, _BOXES)
_FORMATTING, _TABLE_OF_PIECES = 1, 2  # kinds of entries in the Clx
_PIECE = struct.Struct("<2xIH")
_ONE_BYTE = 0x4000_0000
_DOUBTFUL = "файл повреждён: длина текста в его заголовке не та, что в таблице частей; часть текста могла пропасть"
_FIELD, _RESULT, _FIELD_END = "\x13", "\x14", "\x15"
_FIELD_NAME = regex.compile(r"\s*+(=|\p{L}++)")
# Fields whose result a program works out when it opens the file; of all others (HYPERLINK, TOC, REF …) the text is the file's own.
_WORKED_OUT = frozenset({
    "PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "PAGEREF", "DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE", "EDITTIME",
    "FILENAME", "FILESIZE", "NUMWORDS", "NUMCHARS", "REVNUM", "SEQ", "STYLEREF", "=",
})  # fmt: skip


class Stated(NamedTuple):
    """The letters and figures that the file holds; `worked_out` of them are results of fields that a program works out anew.

    `whole` is False where the counts of the head and the table of pieces contradict each other.
    """

    signs: Counter[str]
    worked_out: int
    whole: bool


def stated(head: bytes, table: bytes) -> Stated:
    """The stream WordDocument and its table → what they state; any nonsense in them gives a text that is not whole."""
    try:
        counts = struct.unpack_from(f"<{_PARTS}i", head, _COUNTS)
        pieces = list(_pieces(head, table))
    except (struct.error, ValueError, IndexError):
        return Stated(Counter(), 0, False)
    text, end = "".join(piece for _, piece in pieces), pieces[-1][0] if pieces else 0
    apart = sum(counts[1:])
    whole = min(counts) >= 0 and end == len(text) == counts[_TEXT] + apart + (apart > 0)
    if not whole:
        return Stated(Counter(), 0, False)
    signs: Counter[str] = Counter()
    worked_out = start = 0
    for number, count in enumerate(counts):
        if number in _SEEN:
            plain, results = _without_codes(text[start : start + count])
            signs.update(filter(str.isalnum, plain))
            worked_out += results
        start += count
    return Stated(signs, worked_out, True)


def _pieces(head: bytes, table: bytes) -> Iterator[tuple[int, str]]:
    """Each piece of the text with the position of its end."""
    start, size = struct.unpack_from("<II", head, _PIECES)
    entries = table[start : start + size]
    at = 0
    while entries[at] == _FORMATTING:
        at += 3 + struct.unpack_from("<H", entries, at + 1)[0]
    if entries[at] != _TABLE_OF_PIECES:
        raise ValueError
    plan = entries[at + 5 : at + 5 + struct.unpack_from("<I", entries, at + 1)[0]]
    count = (len(plan) - 4) // 12  # n + 1 positions of four bytes, n pieces of eight
    ends = struct.unpack_from(f"<{count + 1}I", plan)
    for number in range(count):
        length, (spot, _) = ends[number + 1] - ends[number], _PIECE.unpack_from(plan, 4 * (count + 1) + 8 * number)
        yield ends[number + 1], _read(head, spot, length)


def _read(head: bytes, spot: int, length: int) -> str:
    if length < 0:
        raise ValueError
    if spot & _ONE_BYTE:
        start = (spot & ~_ONE_BYTE) // 2
        return head[start : start + length].decode("cp1252", "replace")
    return head[spot : spot + 2 * length].decode("utf-16-le", "replace")


class _Field:
    """A field that is open: its code as far as it was read, and whether its result has begun."""

    def __init__(self) -> None:
        self.code: list[str] = []
        self.has_result = False

    @property
    def is_worked_out(self) -> bool:
        name = _FIELD_NAME.match("".join(self.code))
        return name is not None and name[1].upper() in _WORKED_OUT


def _without_codes(text: str) -> tuple[str, int]:
    """The text without the codes of fields, and how many letters and figures of it are results that are worked out anew."""
    if _FIELD not in text:
        return text, 0
    kept: list[str] = []
    results = anew = 0
    fields: list[_Field] = []
    for sign in text:
        if sign == _FIELD:
            fields.append(_Field())
        elif sign == _RESULT and fields and not fields[-1].has_result:
            fields[-1].has_result = True
            anew += fields[-1].is_worked_out
        elif sign == _FIELD_END and fields:
            closed = fields.pop()
            anew -= closed.has_result and closed.is_worked_out
        elif all(field.has_result for field in fields):
            kept.append(sign)
            results += anew > 0 and sign.isalnum()
        else:
            fields[-1].code.append(sign)
    return "".join(kept), results


def losses(of: Stated, document: Document) -> tuple[Note, ...]:
    """What must be known of a document that was made of the file: that its text is not all there, or that nobody can tell."""
    if not of.whole:
        return (Note(kind="doubtful-text", count=1, text=_DOUBTFUL),)
    count = missing(of, document)
    return (
        (Note(kind="lost-text", count=count, text=f"букв и цифр, которые в файле есть, а прочитать не удалось: {count}"),)
        if count > of.worked_out
        else ()
    )


def missing(of: Stated, document: Document) -> int:
    """How many of the letters and figures that the file states are nowhere in the document, nor listed as left out."""
    found: Counter[str] = Counter()
    for text in _texts(document):
        found.update(filter(str.isalnum, text))
    return sum((of.signs - found).values())


def _texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from _in_cells(block)
    yield from (kept.text for kept in document.aside)
    yield from (kept.text for kept in document.unread)
    yield from (kept.text for kept in document.left_out)


def _in_cells(table: Table) -> Iterator[str]:
    for cell in table.cells:
        for paragraph in cell.paragraphs():
            yield paragraph.text
