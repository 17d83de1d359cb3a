"""Files of OpenDocument: packages, pieces of XML, what is refused, and the sample as LibreOffice writes it."""

from pathlib import Path

import pytest

from extractors import errors
from extractors.edition import edition
from extractors.options import Limits, Options
from extractors.reader import all_readers, read, source_file
from tests import word
from tests.converted import as_word_writes_it, convert, without
from tests.golden import ROOT
from tests.opendocument import (
    content,
    flat,
    item,
    level,
    list_style,
    listed,
    manifest,
    odt,
    p,
    packed,
    styles,
    tbl,
    tc,
    tr,
)
from tests.seen import paragraphs

SAMPLE = ROOT / "samples/kozhevnikovo-504/2023-160/source.docx"


CHAIN = list_style("L", level(1), level(2, shown=2), level(3, "a", ")"))


def test_one_piece_of_xml_is_read_like_a_package() -> None:
    """A flat file gives the same document, and is told by its content whatever stands before it."""
    body = listed(item("x"), style="L") + p("конец") + tbl(tr(tc("т")))
    master = f"<style:master-page><style:header>{p('верх')}</style:header></style:master-page>"
    whole = flat(body, CHAIN, master=master)
    assert read(whole) == read(odt(body, common=CHAIN, master=master)) == read(b"\xef\xbb\xbf" + whole)
    assert [reader.name for reader in all_readers() if reader.recognises(whole)] == ["odt"]


def test_templates_and_repacked_files_are_texts_too() -> None:
    """The kinds of text that the format knows; a package that has lost its mimetype; one without styles."""
    for kind in ("text-template", "text-master", "text-web"):
        data = packed({"content.xml": content(p("x"))}, f"application/vnd.oasis.opendocument.{kind}")
        assert paragraphs(read(data)) == ["x"]


@pytest.mark.parametrize(
    ("data", "error", "detail"),
    [
        (
            packed({"content.xml": content("", kind="spreadsheet")}, "application/vnd.oasis.opendocument.spreadsheet"),
            errors.OtherKind,
            "таблица OpenDocument",
        ),
        (packed({}, "application/vnd.oasis.opendocument.presentation-template"), errors.OtherKind, "презентация OpenDocument"),
        (packed({"content.xml": content("", kind="spreadsheet")}), errors.OtherKind, "таблица OpenDocument"),
        (packed({"content.xml": content("", kind="drawing")}), errors.OtherKind, "рисунок OpenDocument"),
        (packed({"META-INF/manifest.xml": manifest("<manifest:encryption-data/>"), "content.xml": "x"}), errors.Encrypted, ""),
        (packed({"encrypted-package": "x"}), errors.Encrypted, ""),
        (packed({}), errors.Damaged, "content.xml"),
        (packed({"content.xml": "<a>"}), errors.Damaged, "content.xml"),
        (packed({"content.xml": "<a/>"}), errors.Damaged, ""),
        (packed({"content.xml": content(p("x")), "styles.xml": "<a"}), errors.Damaged, "styles.xml"),
        (odt(p("текст"))[:-40], errors.Damaged, ""),
        (flat(p("x"))[:-20], errors.Damaged, ""),
    ],
    ids=[
        "ods",
        "otp",
        "ods inside",
        "odg inside",
        "password",
        "password, newer",
        "no content",
        "broken",
        "other xml",
        "styles",
        "cut off",
        "flat cut off",
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(data: bytes, error: type[errors.CannotRead], detail: str) -> None:
    """Each kind of damage, and each kind of file that is no text, has its own error."""
    with pytest.raises(error) as raised:
        read(data)
    assert raised.value.detail == detail


@pytest.mark.parametrize(
    ("body", "limits"),
    [
        (p("x<text:s text:c='999999999999'/>"), Limits()),
        (p("x" * 200), Limits(text=100)),
        (tbl(tr(tc("x", repeated=999_999_999))), Limits()),
        (tbl(tr(tc("x"), repeated=999_999_999)), Limits()),
        (tbl(tr(tc("x", 2000))), Limits()),
        (tbl(tr(tc("x", rows=2_000_000))), Limits()),
        (tbl(tr(tc(repeated=1000), repeated=1000)), Limits(table_slots=100_000)),
        (tbl(tr(tc(tbl(tr(tc(repeated=1000), repeated=100))), repeated=1000)), Limits(elements=50_000)),
        (tbl(tr(tc("a", 1000)), tr(tc("b"), repeated=2000)), Limits(table_slots=1_000_000)),
        (
            "<table:table><table:table-row><table:table-cell>" * 12 + p("x") + "</table:table-cell></table:table-row></table:table>" * 12,
            Limits(nesting=10),
        ),
    ],
    ids=["blanks", "text", "columns", "rows", "span", "row span", "slots", "repeated nests", "width by height", "nesting"],
)
def test_a_file_that_asks_for_too_much_is_refused(body: str, limits: Limits) -> None:
    """Counts are believed only within the limits, before anything is built."""
    with pytest.raises(errors.TooLarge):
        read(odt(body), Options(limits=limits))


def test_packages_are_claimed_by_one_reader_each() -> None:
    """An OpenDocument package is not taken for Word's, nor the other way round."""
    for data, name in ((odt(p("x")), "odt"), (word.package(word.p("x")), "docx"), (packed({}, "application/epub+zip"), "docx")):
        assert [reader.name for reader in all_readers() if reader.recognises(data)] == [name]


def test_styles_part_may_be_missing() -> None:
    """A part that only formats is not asked for."""
    assert paragraphs(read(packed({"content.xml": content(p("x"))}))) == ["x"]
    assert paragraphs(read(packed({"content.xml": content(p("x")), "styles.xml": styles()}))) == ["x"]


@pytest.mark.slow
@pytest.mark.parametrize("to", ["odt", "fodt"])
def test_the_sample_gives_the_same_edition(tmp_path: Path, to: str) -> None:
    """The edition from .odt and .fodt is that from .docx, nothing excepted but the file and the places."""
    source = SAMPLE.read_bytes()
    found = []
    for data in (source, convert(tmp_path, as_word_writes_it(source), "docx", to)):
        document = read(data)
        found.append(without(edition(document, source_file("", data, document)).record()))
    assert found[0] == found[1]
