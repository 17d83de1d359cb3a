"""Small sound files in every format, and the law that holds for whatever becomes of them: they are read, or refused."""

import io
import zipfile
from collections.abc import Callable
from functools import cache

from extractors.edition import edition
from extractors.errors import CannotRead
from extractors.options import Options
from extractors.reader import read, source_file
from tests import opendocument, pdfs, word
from tests.model import MODEL
from tests.ole import compound
from tests.ole import word as word_stream
from tests.programme import programme
from tests.webpage import webpage

_ALONE = Options(soffice="/nowhere")  # what LibreOffice does is its own affair: only what we do before is tried
_ARCHIVE = "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"


def attempt(data: bytes) -> None:
    """Read as far as it goes; anything but CannotRead flies."""
    try:
        document = read(data, _ALONE)
        edition(document, source_file("x", data, document))
    except CannotRead:
        pass


@cache
def seeds() -> dict[str, bytes]:
    """By format; each holds a table at least, where the format has some."""
    page = webpage(read(MODEL.encode()))
    cells = opendocument.tbl(
        opendocument.tr(opendocument.tc("a", columns=2)), opendocument.tr(opendocument.tc("2600,,0"), opendocument.tc("б"))
    )
    ruled = pdfs.ruled([50, 100, 300], [50, 70, 90]) + pdfs.text(55, 64, "Total") + pdfs.text(105, 64, "2600,0")
    return {
        "docx": programme(tasks=1, activities=1),
        "small docx": word.package(word.tbl(word.tr(word.tc("a", word.span(2))), word.tr(word.tc("1,5"), word.tc("б"))) + word.p("в")),
        "odt": opendocument.odt(cells + opendocument.p("в")),
        "fodt": opendocument.flat(cells),
        "pdf": pdfs.pdf(ruled, ruled, pdfs.PICTURE, pdfs.text(50, 100, "Text.")),
        "html": page.encode(),
        "mht": (_ARCHIVE + page).encode(),
        "txt": MODEL.encode(),
        "txt cp1251": MODEL.encode("cp1251", "replace"),
        "drawn txt": "┌───┬───┐\n│ а │1,5│\n├───┼───┤\n│ б │2,5│\n└───┴───┘\n".encode(),
        "rtf": rb"{\rtf1\ansi\ansicpg1251 {\field{\*\fldinst { DATE}}{\fldrslt 01.02.2003}}\trowd\cellx100 x\cell\row}",
        "doc": compound(WordDocument=word_stream(), **{"0Table": b""}),
    }


def inside(data: bytes, choice: int, change: Callable[[bytes], bytes]) -> bytes:
    """A package with one of its parts changed, the choice among them by a number; other bytes are changed themselves."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as old:
            parts = {name: old.read(name) for name in old.namelist()}
    except Exception:  # what a damaged archive raises is anybody's guess
        return change(data)
    if not parts:
        return change(data)
    chosen = sorted(parts)[choice % len(parts)]
    parts[chosen] = change(parts[chosen])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return out.getvalue()
