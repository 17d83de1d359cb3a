"""Plain text: encodings told by content, spoilt text put right or refused, drawn tables read."""

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import errors
from extractors.edition import edition
from extractors.options import Limits, Options
from extractors.plaintext import decoding
from extractors.reader import read, source_file
from extractors.readers.txt import reader
from schemas.blocks import Document, Paragraph, Table
from tests import drawing
from tests.golden import ROOT
from tests.model import CASES, MODEL
from tests.shown import shown, stripped
from tests.test_samples import without_places

SAMPLE = ROOT / "samples/kozhevnikovo-504/2023-160"
REAL = (SAMPLE / "source.txt").read_text("utf-8")
DRAWINGS = yaml.safe_load((CASES / "ruled.yaml").read_text("utf-8"))
SPOILT = yaml.safe_load((CASES / "mojibake.yaml").read_text("utf-8"))
ONE_BYTE = ["cp1251", "koi8-r", "cp866", "mac-cyrillic", "iso8859-5"]
LOOKALIKES = str.maketrans({"«": '"', "»": '"', "–": "-", "№": "N", "—": "-", "…": "...", "•": "*", "·": "*", "“": '"', "”": '"', "−": "-"})


def record(document: Document) -> Any:
    """The edition without file and places, and without blanks around amounts."""
    return stripped(without_places(edition(document, source_file("text", b"", document)).record()))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", *ONE_BYTE])
def test_the_sample_in_every_encoding(encoding: str) -> None:
    """The same edition; an encoding without «», – and № gets their likes, and so does what it is compared with."""
    text = REAL
    if encoding in ONE_BYTE and encoding != "cp1251":
        text = REAL.translate(LOOKALIKES)
        text = "".join(sign for sign in text if sign.encode(encoding, "ignore"))
    assert record(read(text.encode(encoding))) == record(read(text.encode()))


@pytest.mark.parametrize("encoding", ONE_BYTE)
def test_snippets_are_read_right_or_refused(encoding: str) -> None:
    """Of two hundred pieces of some lines each, nearly all are read, and none of them wrongly."""
    text = "".join(sign for sign in (REAL + MODEL).translate(LOOKALIKES) if sign.encode(encoding, "ignore"))
    pieces = [text[start : start + 250] for start in range(0, len(text) - 250, (len(text) - 250) // 200)]
    pieces = [piece for piece in pieces if sum(sign.isalpha() for sign in piece) > 20]
    read_right = [_decoded(piece.encode(encoding)) for piece in pieces]
    assert len(pieces) > 120
    assert all(found in (piece, None) for found, piece in zip(read_right, pieces, strict=True))
    usual = 0.9 if encoding == "mac-cyrillic" else 0.98  # its small letters are those of CP1251 but for one
    assert sum(found is not None for found in read_right) > usual * len(pieces)


def _decoded(data: bytes) -> str | None:
    try:
        return decoding.decode(data).text
    except errors.UnknownEncoding:
        return None


@pytest.mark.parametrize("case", SPOILT, ids=lambda case: case["case"])
def test_spoilt_text_is_put_right_or_refused(case: dict[str, str]) -> None:
    """Every case of mojibake.yaml; what was undone is told, a sound text is left alone."""
    data = case["broken"].encode()
    if "refused" in case:
        with pytest.raises(errors.CannotRead) as refused:
            read(data)
        assert refused.value.code == case["refused"]
        return
    found = read(data)
    assert shown(found.blocks) == case["text"].split("\n")
    assert [note.kind for note in found.notes] == ["mojibake"] * (case["broken"] != case["text"])


def test_lost_characters_are_counted() -> None:
    """Signs that an earlier conversion lost stay as they are, and the file says so."""
    found = read("Паспорт муниц\ufffdпальной про\ufffdраммы".encode())
    assert [(note.kind, note.count) for note in found.notes] == [("lost-characters", 2)]
    cut = "Паспорт муниципальной программы Кожевниковского района".encode()[:-1]
    assert [(note.kind, note.count) for note in read(cut).notes] == [("lost-characters", 1)]


REFUSED = [
    ("Résumé à la carte, déjà vu".encode("cp1252"), errors.UnknownEncoding),
    (b"\x00\x01\x02\x03" * 30, errors.UnknownFormat),
    (b"\xff\xfe" + bytes(range(256)) * 3, errors.UnknownFormat),
    (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="x"/>', errors.UnknownFormat),
    (b'<?xml version="1.0"?>\n<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"/>', errors.UnknownFormat),
    (b'\xef\xbb\xbf<?xml version="1.0"?><office:document xmlns:office="x"/>', errors.UnknownFormat),
    (b"\n\x1a", errors.NoText),
]


@pytest.mark.parametrize(
    ("data", "error"), REFUSED, ids=["western", "binary", "utf-16 binary", "Word 2003 XML", "flat package", "flat odt", "blank"]
)
def test_what_is_no_text_is_refused(data: bytes, error: type[errors.CannotRead]) -> None:
    """Each with its own reason, and never taken for words."""
    with pytest.raises(error):
        read(data)


def test_text_that_others_claim_is_left_to_them() -> None:
    """RTF and PDF are text signs, too, but no text."""
    for data in (b"{\\rtf1\\ansi}", b"%PDF-1.7"):
        assert not reader.recognises(data)
    assert read(b"<html><p>x</p>").format == "html"
    assert read("<*> Сноска: <b не тег".encode()).format == "txt"


def test_line_ends_and_page_ends() -> None:
    """Every line end is one; a form feed ends a line that keeps its number; a vertical tab is a break inside a paragraph."""
    found = read("раз\r\nдва\rтри\u0085четыре\f\n\fпять\vшесть\fсемь\n\x1a\x1a".encode())
    assert found.blocks == (
        Paragraph("раз", 1), Paragraph("два", 2), Paragraph("три", 3), Paragraph("четыре", 4), Paragraph("пять\vшесть", 5), Paragraph("семь", 5),
    )  # fmt: skip


@pytest.mark.parametrize("case", DRAWINGS, ids=lambda case: case["case"])
def test_drawn_tables(case: dict[str, Any]) -> None:
    """Every case of ruled.yaml: cells, what is unread, and no sign lost between source and document."""
    found = read(case["text"].encode())
    assert shown(found.blocks, "\n") == case["blocks"]
    assert [item.text for item in found.unread] == case.get("unread", [])
    assert [item.text for item in found.aside] == case.get("aside", [])
    assert _signs(found) == _nonblank(case["text"])


def _nonblank(text: str) -> int:
    return len("".join(text.split()))


def _signs(found: Document) -> int:
    """Signs in the blocks, apart from them, left out and unread."""
    texts = [block.text if isinstance(block, Paragraph) else "".join(cell.text for cell in block.cells) for block in found.blocks]
    others = [item.text for item in (*found.aside, *found.unread)]
    return sum(map(_nonblank, (*texts, *others))) + sum(item.characters for item in found.left_out)


@pytest.mark.parametrize("signs", [drawing.ASCII, drawing.BOX, drawing.BROKEN_BAR], ids=["ascii", "box", "broken bar"])
@pytest.mark.parametrize("width", [9, 16])
def test_the_sample_as_a_drawing(signs: tuple[str, str, str], width: int) -> None:
    """Cells merged both ways come back from their frames; nested tables are flat, blanks around amounts are gone."""
    document = read((SAMPLE / "source.docx").read_bytes())
    text = drawing.drawing(document, signs, width)
    found = read(text.encode())
    assert record(found) == record(document)
    assert _signs(found) == _nonblank(text)


@given(st.lists(st.lists(st.text("абв12 .,-", max_size=9), min_size=3, max_size=3), min_size=1, max_size=6), st.sampled_from("|¦│"))
@settings(max_examples=60, deadline=None)
def test_any_drawn_cells_come_back(rows: list[list[str]], upright: str) -> None:
    """Law 9 for drawings: whatever words stand in a fully ruled table, its cells are those."""
    rule = "+" + ("-" * 11 + "+") * 3
    lines = [rule]
    for row in rows:
        lines += [upright + upright.join(f" {text:<10}" for text in row) + upright, rule]
    (table,) = read("\n".join(["шапка", *lines]).encode()).blocks[1:]
    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.grid] == [[text.strip() for text in row] for row in rows]


@given(st.text("|¦+-─│┼ абв1,\n\t", max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_lines_lose_nothing(text: str) -> None:
    """Law 11 for drawings: every sign is in the blocks, unread, apart or left out."""
    try:
        found = read(f"начало\n\n{text}".encode())
    except errors.CannotRead:
        return
    assert _signs(found) == _nonblank(f"начало{text}")


@pytest.mark.parametrize(
    "text",
    ["\t" * 500 + "1\n", ("|" * 400 + "\n"), ("|а|б|\n" * 100 + "\nслова\n\n") * 3],
    ids=["tabs", "one drawn table", "many drawn tables"],
)
def test_tables_larger_than_anyone_draws_are_refused(text: str) -> None:
    """Slots of tables in plain text cost time and memory: there is a limit for all of them together, and below it they are read."""
    data = (text * 5).encode()
    read(data, Options(limits=Limits(plain_slots=1_000_000)))
    with pytest.raises(errors.TooLarge):
        read(data, Options(limits=Limits(plain_slots=500)))
