"""Opens a PDF and draws its pages, within the limits of reading.

The library below forgives much: a stream that breaks off is read as far as it goes, a
page that cannot be found is left out. A text that is read in part must not pass for the
whole, so that what is broken is refused here.
"""

import io
import logging
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

import regex
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import (
    LITERALS_ASCII85_DECODE,
    LITERALS_ASCIIHEX_DECODE,
    LITERALS_FLATE_DECODE,
    LITERALS_LZW_DECODE,
    LITERALS_RUNLENGTH_DECODE,
    PDFStream,
    resolve1,
    stream_value,
)
from pdfminer.utils import mult_matrix

from extractors import errors
from extractors.options import Limits
from extractors.pdf.annotations import Matrix, name_of, upon
from extractors.pdf.marks import Device, Page
from extractors.pdf.tokens import bound_tokens, check_pictures

bound_tokens()
logging.getLogger("pdfminer").addHandler(logging.NullHandler())  # its warnings are no lines for the user

_CHUNK = 2**16
_MOST_FILTERS = 4
_MOST_IN_OLD_FORMS = {"lzw": 2**17, "runs": 2**22}  # bytes of a stream packed in a way that cannot be measured beforehand
_END = b"%%EOF"
_END_WITHIN = 2**16
_MOST_SAVED = 10_000  # states of drawing saved and not restored
_EASY = 2**20  # bytes: what unpacks to no more is not asked how well it was packed
_XREF_STREAM = regex.compile(rb"/Type\s*/XRef\b")


def pages(data: bytes, limits: Limits) -> Iterator[Page]:
    """The pages of the file one by one; raises `CannotRead` and nothing else."""
    try:
        yield from _pages(data, limits)
    except errors.CannotRead:
        raise
    except (PDFPasswordIncorrect, PDFEncryptionError):
        raise errors.Encrypted from None
    except MemoryError:
        raise errors.TooLarge from None
    except Exception:
        raise errors.Damaged from None


def room(data: bytes, limits: Limits) -> int:
    """How many bytes a file may unpack to, and draw: a drawing that is drawn many times counts each time."""
    return min(limits.unpacked_bytes, max(_EASY, limits.pdf_ratio * len(data)))


def _pages(data: bytes, limits: Limits) -> Iterator[Page]:
    if _END not in data[-_END_WITHIN:]:
        raise errors.Damaged
    _check_tables_of_contents(data, limits)
    document = _Document(data, limits)
    found = _found_pages(document, limits)
    manager = PDFResourceManager()
    device = Device(manager, limits)
    device.room = room(data, limits)
    interpreter = _Interpreter(manager, device)
    for page in found:
        interpreter.process_page(page)
        yield device.page


class _Interpreter(PDFPageInterpreter):
    """Draws as its parent does, and tells the device what is clipped off."""

    device: Device

    def process_page(self, page: PDFPage) -> None:
        """The page, and then what lies upon it."""
        super().process_page(page)
        laid = upon(page)
        self.device.page.notes.extend(laid.notes)
        for stream, matrix in laid.drawn:
            self.device.clip = None
            self.device.begin_figure("", (), matrix)
            resources = resolve1(stream.get("Resources"))
            drawer = self.subinterp()
            drawer.render_contents(resources if isinstance(resources, dict) else {}, [stream], ctm=mult_matrix(matrix, _upright(page)))
            self.device.end_figure("")

    def execute(self, streams: Sequence[object]) -> None:
        for stream in streams:
            drawing = stream_value(stream).get_data()
            check_pictures(drawing)
            self.device.room -= len(drawing)
            if self.device.room < 0:
                raise errors.TooLarge(detail="limits.pdf_ratio")
        super().execute(streams)

    def init_state(self, ctm: Any) -> None:
        super().init_state(ctm)
        self._clips: list[Any] = []

    def do_q(self) -> None:
        if len(self._clips) > _MOST_SAVED:
            raise errors.TooLarge
        super().do_q()
        self._clips.append(self.device.clip)

    def do_Q(self) -> None:  # noqa: N802
        super().do_Q()
        if self._clips:
            self.device.clip = self._clips.pop()

    def do_W(self) -> None:  # noqa: N802
        self.device.clip_to(self.curpath)

    def do_W_a(self) -> None:  # noqa: N802
        self.device.clip_to(self.curpath)

    def do_Do(self, xobjid_arg: Any) -> None:  # noqa: N802
        before = self.device.clip
        super().do_Do(xobjid_arg)
        self.device.clip = before


def _upright(page: PDFPage) -> Matrix:
    """The matrix that lays the page before a reader: its corner at the origin, turned as the page says."""
    x0, y0, x1, y1 = page.mediabox
    turned: dict[int, Matrix] = {90: (0, -1, 1, 0, -y0, x1), 180: (-1, 0, 0, -1, x1, y1), 270: (0, 1, -1, 0, y1, -x0)}
    return turned.get(page.rotate, (1, 0, 0, 1, -x0, -y0))


def _found_pages(document: "_Document", limits: Limits) -> list[PDFPage]:
    found: list[PDFPage] = []
    for page in PDFPage.create_pages(document):
        found.append(page)
        if len(found) > limits.pages:
            raise errors.TooLarge(detail="limits.pages")
    root = resolve1(document.catalog.get("Pages"))
    stated = resolve1(root.get("Count")) if isinstance(root, dict) else None
    if not found or (isinstance(stated, int) and stated > len(found)):
        raise errors.Damaged
    return found


class _Document(PDFDocument):
    """A document that measures each stream before it is unpacked."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._room = room(data, limits)
        self._measured: set[int] = set()
        super().__init__(PDFParser(io.BytesIO(data)))

    def getobj(self, objid: int) -> object:
        found = super().getobj(objid)
        if isinstance(found, PDFStream) and objid not in self._measured and found.rawdata is not None:
            self._measured.add(objid)
            if name_of(found.get("Subtype")) != "Image":
                self._room -= self._size(found)
                if self._room < 0:
                    raise errors.TooLarge(detail="limits.pdf_ratio")
        return found

    def _size(self, stream: PDFStream) -> int:
        """How much the stream unpacks to; Damaged for one that breaks off."""
        assert stream.rawdata is not None
        data = stream.rawdata
        if stream.decipher and stream.objid is not None and stream.genno is not None:
            data = stream.decipher(stream.objid, stream.genno, data, stream.attrs)
        filters = [name for name, _ in stream.get_filters()]
        if len(filters) > _MOST_FILTERS:
            raise errors.TooLarge
        flates = 0
        for name in filters:
            if name in LITERALS_FLATE_DECODE:
                flates += 1
            elif (name in LITERALS_LZW_DECODE and len(data) > _MOST_IN_OLD_FORMS["lzw"]) or (
                name in LITERALS_RUNLENGTH_DECODE and len(data) > _MOST_IN_OLD_FORMS["runs"]
            ):
                raise errors.TooLarge
            elif name in LITERALS_ASCII85_DECODE or name in LITERALS_ASCIIHEX_DECODE:
                return len(data) * 4 if len(filters) == 1 else self._later(stream)
        return unpacked_size(data, flates, self._room) if flates else len(data)

    def _later(self, stream: PDFStream) -> int:
        """A stream packed and then written as text: small enough to be unpacked as it is."""
        assert stream.rawdata is not None
        if len(stream.rawdata) > 2**20:
            raise errors.TooLarge
        return len(stream.get_data())


def unpacked_size(data: bytes | memoryview, times: int, limit: int) -> int:
    """The size of data packed so many times by Flate, measured piece by piece up to the limit."""
    size = 0
    for piece in _unpacked(data, times):
        size += len(piece)
        if size > limit:
            raise errors.TooLarge
    return size


def _unpacked(data: bytes | memoryview, times: int) -> Iterator[bytes]:
    if not times:
        yield from (bytes(data[start : start + _CHUNK]) for start in range(0, len(data), _CHUNK))
        return
    unpacker = zlib.decompressobj()
    for packed in _unpacked(data, times - 1):
        if unpacker.eof:
            return
        try:
            while packed and not unpacker.eof:
                yield unpacker.decompress(packed, _CHUNK)
                packed = unpacker.unconsumed_tail
        except zlib.error as problem:
            if "incorrect data check" in str(problem):
                return
            raise errors.Damaged from None
    while not unpacker.eof:
        rest = unpacker.flush(_CHUNK)
        if not rest:
            break
        yield rest
    if not unpacker.eof:
        raise errors.Damaged


def _check_tables_of_contents(data: bytes, limits: Limits) -> None:
    """Streams that say where the objects are, which the library unpacks before it can be asked."""
    whole, behind = memoryview(data), -1
    for found in _XREF_STREAM.finditer(data):
        start = data.find(b"stream", found.end(), found.end() + 4096)
        if start <= behind:
            continue
        behind = start
        begin = start + 6 + (data[start + 6 : start + 8] == b"\r\n") + 1
        try:
            unpacked_size(whole[begin:], 1, limits.unpacked_bytes)
        except errors.Damaged:
            continue  # not packed, or packed otherwise: the library will tell
