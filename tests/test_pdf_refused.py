"""PDF files that are no text, are broken or ask for too much: refused, each with its reason."""

import random
import time
import zlib

import pytest

from extractors import errors
from extractors.options import USUAL, Limits
from extractors.reader import read
from tests.pdfs import IMAGE, PICTURE, assembled, packed, pdf, ruled, stream, text
from tests.seen import paragraphs


def test_scans() -> None:
    """Pictures alone are refused; among pages of text they are told of, by their numbers."""
    with pytest.raises(errors.Scanned):
        read(pdf(PICTURE, PICTURE))
    document = read(pdf(text(50, 100, "Text."), PICTURE, PICTURE))
    assert paragraphs(document) == ["Text."]
    assert [(note.kind, note.count) for note in document.notes] == [("scanned-pages", 2)]
    assert [(item.kind, item.count, item.text) for item in document.left_out] == [("scan", 2, "2, 3")]


def test_recognised_scan() -> None:
    """The text laid under a picture is read, with a note that it was recognised."""
    document = read(pdf(PICTURE + text(50, 100, "recognised words", before="3 Tr")))
    assert paragraphs(document) == ["recognised words"]
    assert [note.kind for note in document.notes] == ["recognised-pages"]


def test_no_text() -> None:
    """An empty page is no scan."""
    with pytest.raises(errors.NoText):
        read(pdf(""))


def test_a_pdf_is_known_by_its_beginning() -> None:
    """Some bytes may stand before the signature; what only begins like a PDF is damaged."""
    assert paragraphs(read(b"\n" * 9 + pdf(text(50, 100, "x")))) == ["x"]
    for data in (b"%PDF-1.4", b"%PDF-1.7\n%%EOF", "%PDF-1.4 текст %%EOF".encode()):
        with pytest.raises(errors.Damaged):
            read(data)


def test_broken_off() -> None:
    """A file cut anywhere is refused, never read in part."""
    whole = pdf(*(text(50, 100, f"Page {n}") for n in range(5)))
    for share in (0.3, 0.6, 0.9):
        with pytest.raises(errors.Damaged):
            read(whole[: int(share * len(whole))])
    with pytest.raises(errors.Damaged):
        read(pdf(text(50, 100, "x")).replace(b"/Count 1", b"/Count 2"))


def test_stream_that_breaks_off() -> None:
    """A page whose content is packed and incomplete is damage and not a short page."""
    content = zlib.compress(text(50, 100, "A text of some length, 12345.").encode())[:-9]
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
    tree = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[4 0 R]/Count 1>>", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    with pytest.raises(errors.Damaged):
        read(assembled([*tree, page, stream(content, b"/Filter/FlateDecode")]))


def _bombs() -> dict[str, bytes]:
    zeros = packed(b" " * 3_000_000, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    twice = stream(
        zlib.compress(zlib.compress(b" " * 30_000_000)), b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Filter[/FlateDecode/FlateDecode]"
    )
    forms = tuple(
        stream(b"/X Do " * 12, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % number)
        for number in range(6, 13)
    )
    return {
        "large": pdf("/X Do", extra=(zeros,), resources="/X 5 0 R"),
        "packed twice": pdf("/X Do", extra=(twice,), resources="/X 5 0 R"),
        "forms in forms": pdf("/X Do", extra=(*forms, IMAGE), resources="/X 5 0 R"),
        "pages": pdf(*["" for _ in range(21)]),
        "slots": pdf(ruled([10.0 * n for n in range(1, 50)], [15.0 * n for n in range(1, 50)]) + text(12, 28, "x")),
        "text": pdf(text(50, 100, "x" * 4000)),
    }  # fmt: skip


@pytest.mark.parametrize("name", list(_bombs()))
def test_limits(name: str) -> None:
    """What unpacks, draws or repeats itself beyond the limits is refused."""
    limits = Limits(unpacked_bytes=1_000_000, pages=20, table_slots=2_000, text=3_000)
    with pytest.raises(errors.TooLarge):
        read(_bombs()[name], USUAL._replace(limits=limits))


SLOW = {
    "curves": "0 0 m " + "1 2 3 4 5 6 c " * 500_000 + " S",
    "saved states": "q " * 400_000,
    "brackets": "(" * 900_000,
    "escapes in a name": "/" + "#41" * 300_000 + " x",
    "a picture without end": "BI ID " + "E " * 400_000,
    "a drawing drawn again and again": "/X Do " * 1_000,
}


@pytest.mark.parametrize("name", SLOW)
def test_small_files_that_would_take_hours_are_refused(name: str) -> None:
    """What unpacks to much more than any print does, and tokens without end, are refused with the usual limits, at once."""
    many = packed(b"0 0 m 1 1 l S " * 2_000, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    begun = time.process_time()
    with pytest.raises(errors.TooLarge):
        read(pdf(SLOW[name], extra=(many,), resources="/X 5 0 R"))
    assert time.process_time() - begun < 10


def test_spoilt_bytes() -> None:
    """Files with spoilt bytes are read or refused, and nothing else happens."""
    rnd = random.Random(7)
    whole = pdf(ruled([50, 100, 300], [50, 70, 90]) + text(55, 64, "x"), PICTURE, text(50, 100, "Text."))
    seen = set()
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(rnd.randint(1, 12)):
            at = rnd.randrange(9, len(data))
            data[at : at + rnd.randint(0, 3)] = rnd.randbytes(rnd.randint(0, 4))
        try:
            read(bytes(data))
            seen.add("read")
        except errors.CannotRead as problem:
            seen.add(problem.code)
    assert {"read", "damaged"} <= seen
