"""Web pages: read as a browser shows them, from every program that saves one."""

import base64
import io
import quopri
import re
import shutil
import subprocess
import zipfile
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import errors
from extractors.edition import edition
from extractors.options import USUAL, Limits, Options
from extractors.reader import read, source_file
from schemas.blocks import Block, Document, Paragraph, Table
from tests.golden import ROOT
from tests.model import CASES, PLAIN
from tests.shown import shown, stripped
from tests.test_samples import without_places
from tests.webpage import webpage

WORD = ROOT / "samples/kozhevnikovo-504/2023-160/source.docx"
PAGES = yaml.safe_load((CASES / "html.yaml").read_text("utf-8"))


def page(html: str, options: Options = USUAL) -> Document:
    """The document of a page whose body this is."""
    return read(f"<!DOCTYPE html><html><head><meta charset=utf-8><title>нет</title></head><body>{html}</body></html>".encode(), options)


def record(document: Document) -> Any:
    """The edition without file, places and blanks around amounts, which no page keeps."""
    return stripped(without_places(edition(document, source_file("page", b"", document)).record()))


@pytest.mark.parametrize("case", PAGES, ids=lambda case: case["case"])
def test_a_page_is_read_as_a_person_sees_it(case: dict[str, Any]) -> None:
    """Every case of html.yaml: blocks, what stands apart, what is left out, what is counted."""
    found = page(case["html"], Options(view=case.get("view", "final")))
    assert shown(found.blocks) == case["blocks"]
    assert [[item.kind, item.mark, item.text] for item in found.aside] == case.get("aside", [])
    assert {item.kind: item.text for item in found.left_out} == case.get("left_out", {})
    assert all(item.characters == len("".join(item.text.split())) for item in found.left_out)
    assert {note.kind: note.count for note in found.notes} == case.get("notes", {})
    assert found.computed == case.get("computed", 0)
    assert not found.unread


def test_the_sample_as_a_page() -> None:
    """Spans and nested tables of the sample come back; a page carries no blanks around an amount."""
    document = read(WORD.read_bytes())
    found = read(webpage(document).encode())
    assert found.format == "html"
    assert record(found) == record(document)


def test_nested_tables_know_their_place() -> None:
    """Tables are numbered in the order of the page, and a nested one knows its cell."""
    (outer,) = page("<table><tr><td>а<td><p>б</p><table><tr><td>в<td>г</table></table>").blocks
    assert isinstance(outer, Table)
    nested = outer.cells[1].table()
    assert nested is not None
    assert nested.inside is not None
    assert (outer.index, nested.index, nested.inside.record()) == (0, 1, {"table": 0, "row": 0, "column": 1})


PIECES = [
    "<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<br>", "<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<td rowspan=2>", "<tbody>",
    "<th colspan=3>", "<caption>", "<ul>", "<ol type=a>", "<li>", "</ul>", "<pre>", "</pre>", "<del>", "</del>", "<ins>", "</ins>", "<nav>", "</nav>",
    "<span hidden>", "</span>", "<header>", "</header>", "<h1>", "<textarea>аб</textarea>", "<sup>1</sup>",
    "слово", " два  слова ", "&nbsp;", "&shy;", "1,5", "\n", "\n| a | b |\n", "\n+---+---+\n", "\t",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=40))
@settings(max_examples=300, deadline=None)
def test_no_sign_of_a_page_is_lost(pieces: list[str]) -> None:
    """Law 11 for pages: whatever is written where, each visible sign is in the blocks, apart, left out or unread."""
    html = "начало" + "".join(pieces)
    found = page(html)
    texts = [paragraph.text for block in found.blocks for paragraph in _paragraphs(block)]
    kept = sum(_nonblank(text) for text in (*texts, *(item.text for item in (*found.aside, *found.unread))))
    left = sum(item.characters for item in found.left_out)
    assert kept + left - found.computed == _nonblank(unescape(re.sub(r"<[^<>]*>", "", html)))


def _paragraphs(block: Block) -> list[Paragraph]:
    return [block] if isinstance(block, Paragraph) else [paragraph for cell in block.cells for paragraph in cell.paragraphs()]


def _nonblank(text: str) -> int:
    return len("".join(text.split()))


@pytest.mark.slow
@pytest.mark.parametrize("form", ["html:HTML (StarWriter)", "xhtml:XHTML Writer File"], ids=["html", "xhtml"])
def test_the_sample_saved_by_libreoffice(form: str, tmp_path: Path) -> None:
    """LibreOffice's page of the sample gives its edition; the columns get widths first, without which it forgets merged cells.

    Its XHTML writes runs of blanks with no-break spaces; how titles are found behind them is not the reader's affair,
    so the periods that titles state are not compared there.
    """
    soffice = shutil.which("soffice")
    assert soffice is not None
    source = tmp_path / "source.docx"
    source.write_bytes(_with_widths(WORD))
    command = [
        soffice,
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        form,
        "--outdir",
        tmp_path,
        source,
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    document = read((tmp_path / f"source.{form.partition(':')[0]}").read_bytes())
    found, wanted = record(document), record(read(WORD.read_bytes()))
    if form.startswith("xhtml"):
        for told in (found, wanted):
            told["periods"] = [period for period in told["periods"] if period["address"].get("row") != "title"]
    assert found == wanted


def _with_widths(path: Path) -> bytes:
    """The Word file with a width for every column and cell."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                text = data.decode().replace("<w:gridCol/>", '<w:gridCol w:w="900"/>')
                data = re.sub(r"<w:tcPr>(.*?)</w:tcPr>|<w:tcPr/>", _wide, text).encode()
            new.writestr(name, data)
    return out.getvalue()


def _wide(properties: re.Match[str]) -> str:
    span = re.search(r'gridSpan w:val="(\d+)"', properties[0])
    return f'<w:tcPr><w:tcW w:w="{900 * int(span[1] if span else 1)}" w:type="dxa"/>{properties[1] or ""}</w:tcPr>'


ENCODED = [
    ("utf-8", "", b""), ("utf-8", "", b"\xef\xbb\xbf"), ("utf-16-le", "", b"\xff\xfe"), ("utf-16-be", "", b"\xfe\xff"), ("utf-16-le", "", b""),
    ("cp1251", "windows-1251", b""), ("koi8-r", "KOI8-R", b""), ("cp866", "ibm866", b""), ("cp1251", "", b""), ("cp1251", "utf-8", b""),
    ("cp1251", "iso-8859-1", b""), ("koi8-r", "windows-1251", b""), ("utf-8", "nonsense", b""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("encoding", "declared", "mark"), ENCODED, ids=[f"{encoding} {declared} {mark!r}" for encoding, declared, mark in ENCODED]
)
def test_the_encoding_is_told_by_mark_declaration_or_content(encoding: str, declared: str, mark: bytes) -> None:
    """A wrong declaration is found out by the text; a right one is followed."""
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    data = mark + f"<html><head>{meta}</head><body><p>Паспорт муниципальной программы района</p></body></html>".encode(encoding)
    assert shown(read(data).blocks) == ["Паспорт муниципальной программы района"]


def _archive(encoding: str, transfer: str) -> bytes:
    text = "<html><body><p>Паспорт программы</p></body></html>".encode(encoding)
    body = base64.encodebytes(text) if transfer == "base64" else quopri.encodestring(text) if transfer == "quoted-printable" else text
    frame = "<html><body><div style='mso-element:header'><p>Проект</p></div><p>Реклама</p></body></html>".encode()
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="=_x"; start="<main>"\r\n\r\nThis is a Single File Web Page.\r\n\r\n'
    parts = (
        (b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n", frame),
        (
            f'Content-Type: text/html; charset="{encoding}"\r\nContent-Transfer-Encoding: {transfer}\r\nContent-ID: <main>\r\n'.encode(),
            body,
        ),
        (b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n", b"iVBORw0KGgo="),
    )
    return head + b"".join(b"--=_x\r\n" + header + b"\r\n" + part + b"\r\n" for header, part in parts) + b"--=_x--\r\n"


@pytest.mark.parametrize("transfer", ["base64", "quoted-printable", "8bit"])
@pytest.mark.parametrize("encoding", ["windows-1251", "utf-8"])
def test_web_archives(encoding: str, transfer: str) -> None:
    """MHTML: the main page is the text; the header file of Word and a frame stand apart."""
    found = read(_archive(encoding, transfer))
    assert (found.format, shown(found.blocks)) == ("html", ["Паспорт программы"])
    assert [(item.kind, item.text) for item in found.aside] == [("header", "Проект"), ("frame", "Реклама")]


def test_an_archive_of_one_page() -> None:
    """A message that is itself a page."""
    data = b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + "<p>Паспорт</p>".encode()
    assert shown(read(data).blocks) == ["Паспорт"]


@pytest.mark.parametrize(
    "html",
    ["", "<p> &nbsp; </p>", "<script>alert('нет')</script>", "<p style='display:none'>нет</p>", "<img src=a.png alt='скан'>"],
    ids=["empty", "blank", "script", "hidden", "picture"],
)
def test_pages_without_text_are_refused(html: str) -> None:
    """A page that shows nothing is no empty document."""
    with pytest.raises(errors.NoText):
        page(html)


@pytest.mark.parametrize(
    "data",
    ["<html><body><table><tr><td>Паспорт", "<html><body><p>Паспорт" + "\0" * 500 + "</p></body></html>"],
    ids=["cut off in a table", "a hole of zeros"],
)
def test_pages_of_which_a_part_is_missing_are_refused(data: str) -> None:
    """What is left of them must not pass for the whole; a page that ends as pages do may leave a table open."""
    with pytest.raises(errors.Damaged):
        read(data.encode())
    assert shown(read("<html><body><table><tr><td>Паспорт</body></html>".encode()).blocks) == [[["Паспорт"]]]


def test_a_frameset_is_refused() -> None:
    """The page of frames holds no text of its own."""
    with pytest.raises(errors.NoText):
        read(b'<html><frameset cols="20%,80%"><frame src="a.htm"><frame src="b.htm"><noframes>no</noframes></frameset></html>')


@pytest.mark.parametrize(
    ("html", "limits"),
    [
        ("<div>" * 400 + "текст", Limits()),
        ("<table><tr><td>а<td>" * 6, Limits(nesting=5)),
        ("<table>" + "<tr><td rowspan=900>а" * 90 + "</table>", Limits(table_slots=1000)),
        ("<table>" + "<tr><td>а<td>б" * 90 + "</table>", Limits(rows=80)),
        ("<p>" + "слово " * 100, Limits(text=300)),
        ("<b>а</b>" * 100, Limits(elements=100)),
    ],
    ids=["depth", "nested tables", "rowspans", "rows", "text", "elements"],
)
def test_limits_are_kept(html: str, limits: Limits) -> None:
    """What asks for more than the limits is refused, never cut."""
    with pytest.raises(errors.TooLarge):
        page(html, Options(limits=limits))


def test_embedded_pictures_do_not_count() -> None:
    """A picture inside the page, larger than any text may be, hinders nothing."""
    assert shown(page(f"<p>до<img src='data:image/png;base64,{'A' * 12_000_000}'>после</p>").blocks) == ["допосле"]


def test_mojibake_in_a_page_is_undone_and_told() -> None:
    """«в„–» for № in a page that is sound otherwise."""
    found = page("<p>Постановление от 17.09.2020 в„– 504</p>")
    assert shown(found.blocks) == ["Постановление от 17.09.2020 № 504"]
    assert [note.kind for note in found.notes] == ["mojibake"]


def test_the_model_as_a_page_of_a_portal() -> None:
    """The programme inside a portal's layout, with menus, gives the same edition."""
    document = read((CASES / "model.txt").read_bytes())
    body = re.sub(r".*<body>|</body>.*", "", webpage(document), flags=re.S)
    portal = (
        f"<nav>Меню</nav><table width='100%'><tr><td colspan=2><div>Портал</div></td></tr><tr><td>Поиск</td><td>{body}</td></tr></table>"
    )
    found = record(page(portal))
    wanted = stripped(without_places(PLAIN.record()))
    assert [item["text"] for item in found.pop("aside")] == ["Меню"]
    assert [item["text"] for item in found["captions"][:2]] == ["Портал", "Поиск"]
    del found["captions"][:2]
    for part in ("base_act", "aside"):
        found.pop(part, None)
        wanted.pop(part)
    assert found == wanted
