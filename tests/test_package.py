"""Packages of XML parts: opened within the limits, refused with a reason, never believed."""

import io
import struct
import zipfile

import pytest

from extractors import errors
from extractors.options import Limits
from extractors.package import open_document, open_package, parse

LIMITS = Limits()
NESTED = b"".join(b'<!ENTITY a%d "%s">' % (number, b"&a%d;" % (number - 1) * 10) for number in range(1, 12))


def packed(packing: int = zipfile.ZIP_DEFLATED, **parts: bytes) -> bytes:
    """A zip of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


def test_parts_are_read_by_name() -> None:
    """The names are those of the archive; a part is bytes or the root of its XML."""
    package = open_package(packed(a=b"<a>x</a>", b=b"y"), LIMITS)
    assert package.names == {"a", "b"}
    assert (package.read("b"), package.xml("a").text) == (b"y", "x")


@pytest.mark.parametrize(
    ("data", "limits", "error"),
    [
        (packed(b=b"x")[:40], LIMITS, errors.Damaged),
        (b"PK\x03\x04" + bytes(60), LIMITS, errors.Damaged),
        (packed(a=b"x"), LIMITS, errors.Damaged),
        (packed(zipfile.ZIP_LZMA, b=b"x"), LIMITS, errors.Damaged),
        (packed(b=bytes(2**24)), LIMITS, errors.TooLarge),
        (packed(b=bytes(2**24)), Limits(ratio=10_000), None),
        (packed(b=bytes(range(256)) * 4), Limits(unpacked_bytes=1000), errors.TooLarge),
        (packed(a=b"", b=b""), Limits(parts=1), errors.TooLarge),
    ],
    ids=["cut off", "no directory", "missing part", "odd packing", "bomb", "allowed bomb", "too much", "too many parts"],
)
def test_what_cannot_be_unpacked_is_refused(data: bytes, limits: Limits, error: type[errors.CannotRead] | None) -> None:
    """Each kind of damage and each limit has its own error; a limit that is raised lets the file through."""
    if error is None:
        assert len(open_package(data, limits).read("b")) == 2**24
        return
    with pytest.raises(error):
        open_package(data, limits).read("b")


def test_limits_count_all_parts_together() -> None:
    """Two parts that fit one by one do not fit together."""
    package = open_package(packed(a=bytes(600), b=bytes(600)), Limits(unpacked_bytes=1000))
    package.read("a")
    with pytest.raises(errors.TooLarge):
        package.read("b")


def test_a_part_larger_than_it_says_is_damage() -> None:
    """What the directory says of a part's length bounds what is unpacked, and a lie is found out."""
    data = bytearray(packed(b=bytes(2**22)))
    entry = data.find(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = data[22:26] = struct.pack("<I", 10)
    with pytest.raises(errors.Damaged):
        open_package(bytes(data), LIMITS).read("b")


def test_a_password_is_said() -> None:
    """The flag that a part is encrypted gives the error that says what to do."""
    data = bytearray(packed(b=b"x"))
    data[data.find(b"PK\x01\x02") + 8] |= 1
    data[6] |= 1
    with pytest.raises(errors.Encrypted):
        open_package(bytes(data), LIMITS).read("b")


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"<a>",
        b'<?xml version="1.0" encoding="klingon"?><a/>',
        b"<a>" * 300 + b"</a>" * 300,
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>',
        b'<!DOCTYPE a [<!ENTITY a0 "xxxxxxxxxx">' + NESTED + b']><a b="&a11;">&a11;</a>',
    ],
    ids=["empty", "open", "encoding", "deep", "external entity", "many laughs"],
)
def test_bad_xml_is_damage(xml: bytes) -> None:
    """XML that is broken, too deep or that declares entities is refused, quickly and without a look outside."""
    with pytest.raises(errors.Damaged):
        parse(xml, LIMITS)


def test_elements_are_counted_before_they_are_built() -> None:
    """A limit of elements refuses, and one above the number lets through."""
    xml = b"<a>" + b"<b/>" * 9 + b"</a>"
    assert len(parse(xml, Limits(elements=11))) == 9
    with pytest.raises(errors.TooLarge):
        parse(xml, Limits(elements=10))


MANIFEST = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="/" m:media-type="{}"/></m:manifest>'


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (packed(mimetype=b"application/vnd.oasis.opendocument.text", x=b""), "text"),
        (packed(x=b"", mimetype=b"application/vnd.oasis.opendocument.spreadsheet\n"), "spreadsheet"),
        (
            packed(**{"META-INF/manifest.xml": MANIFEST.format("application/vnd.oasis.opendocument.text-template").encode()}),
            "text-template",
        ),
        (packed(**{"META-INF/manifest.xml": MANIFEST.format("application/epub").encode()}), ""),
        (packed(**{"META-INF/manifest.xml": b"<a>"}), ""),
        (packed(**{"word/document.xml": b"<a/>"}), ""),
        (packed(mimetype=b"application/vnd.oasis.opendocument.text")[:60], ""),
        (b"text", ""),
    ],
    ids=["text", "spreadsheet, repacked", "by manifest", "other manifest", "broken manifest", "word", "cut off", "no zip"],
)
def test_open_documents_are_told_from_other_packages(data: bytes, kind: str) -> None:
    """By the part made for this or by the manifest; anything else is none, and nothing raises."""
    assert open_document(data) == kind
