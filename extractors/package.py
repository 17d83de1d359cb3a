"""A zip package of XML parts (.docx, .odt), opened within the limits.

What a package says of itself is not believed: a part is unpacked piece by piece, and only
up to the limits. Both formats allow two ways of packing, stored and deflated; another one
is either damage or malice.
"""

import io
import struct
import zipfile
import zlib
from typing import Any

from lxml import etree

from extractors import errors
from extractors.options import USUAL, Limits

_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, OverflowError,
)  # fmt: skip
_ENTRY = b"PK\x01\x02"
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_PIECE = 2**20
_EASY = 2**23  # bytes: a part that is no larger is not asked how well it was packed
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_MIMETYPE = "mimetype"
_MANIFEST = "META-INF/manifest.xml"
_MANIFEST_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"


class Package:
    """The parts of a package by name; what is read of them counts against the limits."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self._archive, self._limits, self._unpacked = archive, limits, 0
        self.names = frozenset(archive.namelist())

    def read(self, name: str) -> bytes:
        """The bytes of a part; raises Damaged (also when it is missing), Encrypted or TooLarge."""
        if name not in self.names:
            raise errors.Damaged(detail=name)
        entry = self._archive.getinfo(name)
        if entry.flag_bits & 0x1:
            raise errors.Encrypted
        if entry.compress_type not in _PACKINGS:
            raise errors.Damaged(detail=name)
        if entry.file_size > _EASY and entry.file_size > entry.compress_size * self._limits.ratio:
            raise errors.TooLarge(detail=f"{name}, limits.ratio")
        return self._unpack(entry)

    def _unpack(self, entry: zipfile.ZipInfo) -> bytes:
        pieces = []
        try:
            with self._archive.open(entry) as stream:
                while piece := stream.read(_PIECE):
                    self._unpacked += len(piece)
                    if self._unpacked > self._limits.unpacked_bytes:
                        raise errors.TooLarge(detail=f"{entry.filename}, limits.unpacked_bytes")
                    pieces.append(piece)
        except _BROKEN:
            raise errors.Damaged(detail=entry.filename) from None
        return b"".join(pieces)

    def xml(self, name: str) -> etree._Element:
        """The root of a part that is XML; raises what `read` and `parse` raise."""
        return parse(self.read(name), self._limits, name)


def open_package(data: bytes, limits: Limits) -> Package:
    """The package in these bytes; raises Damaged or TooLarge."""
    if data.count(_ENTRY) > limits.parts:  # before a record is made of each
        raise errors.TooLarge(detail="limits.parts")
    try:
        return Package(zipfile.ZipFile(io.BytesIO(data)), limits)
    except _BROKEN:
        raise errors.Damaged from None


def parse(xml: bytes, limits: Limits, name: str = "") -> etree._Element:
    """XML without entities, network, document types or unbounded depth; raises Damaged or TooLarge."""
    if len(xml) > limits.elements and xml.count(b"<") > limits.elements:
        raise errors.TooLarge(detail=f"{name}, limits.elements".lstrip(", "))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise errors.Damaged(detail=name) from None
    declared: Any = root.getroottree().docinfo.internalDTD
    if declared is not None and next(iter(declared.iterentities()), None) is not None:
        raise errors.Damaged(detail=name)  # no office program writes entities, and their text would be lost
    return root


def open_document(data: bytes) -> str:
    """What an OpenDocument package is («text», «spreadsheet-template»…); "" for any other bytes. Never raises."""
    if not data.startswith(b"PK") or not any(name.encode() in data for name in (_MIMETYPE, _MANIFEST)):
        return ""  # the names of a package's parts stand in its bytes as they are
    try:
        package = open_package(data, USUAL.limits)
        return _media_type(package).partition(_OPEN_DOCUMENT)[2]
    except errors.CannotRead:
        return ""


def _media_type(package: Package) -> str:
    """The part made for this, or, where a repacked file has lost it, the manifest."""
    if _MIMETYPE in package.names:
        return package.read(_MIMETYPE).decode("ascii", "replace").strip()
    if _MANIFEST in package.names:
        for entry in package.xml(_MANIFEST):
            if entry.get(_MANIFEST_NAMESPACE + "full-path") == "/":
                return entry.get(_MANIFEST_NAMESPACE + "media-type") or ""
    return ""
