"""What a Word 97 file says of its own text, held against what came out of its conversion."""

import struct
from collections import Counter
from pathlib import Path

import pytest

from extractors.compound import streams
from extractors.own_count import losses, missing, stated
from extractors.reader import read
from schemas.blocks import Document, Paragraph
from tests.converted import convert
from tests.programme import programme

PLAN, COUNTS = 0x1A2, 0x4C


def head_and_table(text: str, stored: bytes | None = None, counts: tuple[int, ...] = (), one_byte: bool = False) -> tuple[bytes, bytes]:
    """The two streams of a file that holds this text in one piece."""
    head = bytearray(0x400)
    counts = counts or (len(text),)
    struct.pack_into(f"<{len(counts)}i", head, COUNTS, *counts)
    struct.pack_into("<II", head, PLAN, 0, 21)
    spot = 2 * len(head) | 0x4000_0000 if one_byte else len(head)
    table = struct.pack("<BIII2xIH", 2, 16, 0, len(text), spot, 0)
    return bytes(head) + (text.encode("utf-16-le") if stored is None else stored), table


def document(*paragraphs: str) -> Document:
    """A document of these paragraphs."""
    return Document("doc", tuple(map(Paragraph, paragraphs)))


def test_the_text_is_taken_without_formatting() -> None:
    """Of two bytes a sign, or one; codes of fields are no text, their results are, and are told apart."""
    found = stated(*head_and_table("Дороги 2600,,0\r\x13 DATE \x14от 1.2\x15\r"))
    assert found == (Counter("Дороги26000от12"), 4, True)
    assert stated(*head_and_table("caf\u00e9\r", b"caf\xe9\r", one_byte=True)).signs == Counter("caf\u00e9")


def test_parts_that_are_seen() -> None:
    """Text, notes and boxes count; headers and remarks do not; the sign behind the last part belongs to none."""
    parts = ("текст\r", "сноска\r", "верх\r", "", "заметка\r", "конец\r", "надпись\r", "")
    found = stated(*head_and_table("".join(parts) + "\r", counts=tuple(map(len, parts))))
    assert found.whole
    assert found.signs == Counter("текстсносканадписьконец")


@pytest.mark.parametrize(
    ("head", "table"),
    [
        head_and_table("текст\r", counts=(3,)),
        head_and_table("текст\r", counts=(-1, 7)),
        head_and_table("текст\r", "тек".encode("utf-16-le")),
        (head_and_table("текст\r")[0], b""),
        (b"", b""),
    ],
    ids=["other count", "negative count", "text cut off", "no table", "nothing"],
)
def test_contradictions_are_told(head: bytes, table: bytes) -> None:
    """Where the head and the table of pieces do not agree, nobody can tell what is missing."""
    found = stated(head, table)
    assert not found.whole
    assert [note.kind for note in losses(found, document())] == ["doubtful-text"]


def test_what_is_missing() -> None:
    """Letters and figures that are nowhere; as many as fields hold may be worked out anew."""
    found = stated(*head_and_table("Дороги 2600,0\r\x13 PAGE \x1417\x15\r"))
    assert losses(found, document("Дороги 2600,0", "18")) == ()
    assert missing(found, document("Дороги", "17")) == 5
    assert [(note.kind, note.count) for note in losses(found, document("Дороги", "17"))] == [("lost-text", 5)]


@pytest.mark.parametrize(
    ("field", "lost"),
    [
        ("\x13 PAGE \x1417\x15", 0),
        ("\x13= SUM(ABOVE) \x1417\x15", 0),
        ('\x13 HYPERLINK "http://a.ru/1" \x14закон\x15', 5),
        ("\x13 TOC \\o \x14Паспорт\t\x13 PAGEREF _Toc1 \x143\x15\x15", 8),
        ("\x13 IF \x13 PAGE \x1499\x15 = 1 \x14да\x15", 2),
        ("\x14ни к чему\x15", 7),
        ("\x13\x14пусто\x15", 5),
    ],
)
def test_fields_that_hold_the_text_of_the_file(field: str, lost: int) -> None:
    """A link or a table of contents says what the file says: its text may not go; a number of a page may."""
    notes = losses(stated(*head_and_table(f"Дороги {field}\r")), document("Дороги"))
    assert [note.count for note in notes] == ([lost] if lost else [])


@pytest.mark.slow
def test_files_of_libreoffice(tmp_path: Path) -> None:
    """A whole file loses nothing; one whose count of characters has a flipped bit is read in part, and that is told."""
    whole = convert(tmp_path, programme(), "docx", "doc")
    clean = read(whole)
    assert [note.kind for note in clean.notes] == []
    head, _ = streams(whole) or (b"", b"")
    at = whole.index(head[:512]) + COUNTS
    for bit in (8, 10, 12):
        spoilt = bytearray(whole)
        spoilt[at + bit // 8] ^= 1 << bit % 8
        assert [note.kind for note in read(bytes(spoilt)).notes] == ["doubtful-text"]
