"""Other readers of Word files: how each gives the rows of tables, and what is measured of it.

Each is taken at its best: tables and not running text where it knows tables, deletions
accepted where it can, marks of notes and invisible signs taken out of what it gives.
A program is measured as a whole process, which is how one would use it.
"""

import io
import re
import subprocess
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import Any, NamedTuple

import docx
import docx2python
import mammoth
from lxml import html

from extractors.reader import read
from schemas.blocks import Block, Table

Rows = list[list[str]]
_NOTE = re.compile(r"----(?:foot|end)note\d+----")
_LINK = re.compile(r"</?a\b[^>]*>")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u2060\ufeff")) | {0x2011: "-"}
_SYMBOLS = {0xF000 + code: chr(code) for code in range(0x20, 0x7F)}  # figures and signs of the font Symbol, as programs pass them on
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SECONDS = 300  # more than any program here takes


class Rival(NamedTuple):
    """A reader: `work` is measured, `rows` makes the rows of tables of what it gives; `is_program`: run as a process."""

    name: str
    work: Callable[[Path], Any]
    rows: Callable[[Any], Rows]
    is_program: bool = False
    is_there: bool = True
    install: str = ""  # the command that puts it there


def rivals(folder: Path) -> tuple[Rival, ...]:
    """All readers, ours first; those that are not installed say how they are. `folder` is for what programs write."""
    return (
        Rival("popravka", lambda file: read(file.read_bytes()), _our_rows),
        Rival("python-docx (row.cells)", _python_docx, list),
        Rival("docx2python", _docx2python, _nested_rows),
        Rival("mammoth", lambda file: mammoth.convert_to_html(io.BytesIO(file.read_bytes())).value, _html_rows),
        Rival("pandoc", _pandoc, _html_rows, True, bool(which("pandoc")), "apt-get install pandoc"),
        Rival(
            "LibreOffice",
            lambda file: _office(file, folder),
            _html_rows,
            True,
            bool(which("soffice")),
            "apt-get install libreoffice-writer",
        ),
        Rival("docling", _docling, _docling_rows, is_there=find_spec("docling") is not None, install="pip install '.[bench]'"),
    )


def clean(cell: str) -> str:
    """A cell's text with blanks as one, figures of Symbol as figures, without marks of notes and signs that nobody sees."""
    return " ".join(_NOTE.sub("", cell).translate(_INVISIBLE | _SYMBOLS).split())


def _our_rows(document: Any) -> Rows:
    return [row for table in _tables(document.blocks) for row in _grid(table)]


def _tables(blocks: tuple[Block, ...]) -> list[Table]:
    found: list[Table] = []
    for block in blocks:
        if isinstance(block, Table):
            found.append(block)
            for cell in block.cells:
                found.extend(_tables(cell.blocks))
    return found


def _grid(table: Table) -> Rows:
    return [[cell.text for cell in dict.fromkeys(row)] for row in table.grid]


def _python_docx(file: Path) -> Rows:
    word = docx.Document(io.BytesIO(file.read_bytes()))
    return [[cell.text for cell in row.cells] for table in word.tables for row in table.rows]


def _docx2python(file: Path) -> list[Any]:
    with docx2python.docx2python(io.BytesIO(file.read_bytes())) as opened:
        return list(opened.body)


def _nested_rows(body: list[Any]) -> Rows:
    return [[_LINK.sub("", "\n".join(cell)) for cell in row] for table in body for row in table]


def _pandoc(file: Path) -> str:
    command = ["pandoc", "--from", "docx", "--to", "html", str(file)]
    return subprocess.run(command, capture_output=True, check=True, timeout=_SECONDS).stdout.decode()


def _office(file: Path, folder: Path) -> str:
    """LibreOffice's HTML: its plain text has a line for each cell, and no rows."""
    profile, out = folder / "profile", folder / "out"
    command = [
        "soffice",
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--convert-to",
        "html",
        "--outdir",
        str(out),
        str(file),
    ]
    subprocess.run(command, capture_output=True, check=True, timeout=_SECONDS)
    return (out / file.with_suffix(".html").name).read_text("utf-8", errors="replace")


def _html_rows(text: str) -> Rows:
    if not text.strip():
        return []
    page = html.document_fromstring(_CONTROLS.sub("", text))
    for mark in page.xpath("//sup[.//a] | //a[.//sup] | //a[contains(@class, 'note')] | //del"):
        mark.drop_tree()
    return [[cell.text_content() for cell in row.iterchildren("td", "th")] for row in page.iter("tr")]


def _docling(file: Path) -> Any:
    """The part of docling that reads Word files, asked directly: its `DocumentConverter` needs torch, and for these files does no more."""
    from docling.backend.msword_backend import MsWordDocumentBackend
    from docling.datamodel.base_models import InputFormat
    from docling.datamodel.document import InputDocument

    asked = InputDocument(path_or_stream=file, format=InputFormat.DOCX, backend=MsWordDocumentBackend)
    return MsWordDocumentBackend(asked, file).convert()


def _docling_rows(document: Any) -> Rows:
    return [[cell.text for cell in row] for table in document.tables for row in table.data.grid]
