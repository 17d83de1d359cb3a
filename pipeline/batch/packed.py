"""Archives of files (.zip, .7z) → what they hold, within the limits of reading; nothing is unpacked on the disk.

Office files are archives too: they are told by what they hold.
"""

import io
import zipfile
from collections.abc import Iterator
from typing import NamedTuple

from extractors.errors import CannotRead, Damaged, Encrypted, TooLarge
from extractors.options import Limits
from pipeline.batch.walk import INSIDE

_ZIP, _SEVEN = (b"PK\x03\x04", b"PK\x05\x06"), b"7z\xbc\xaf\x27\x1c"
_OFFICE = {"[Content_Types].xml", "mimetype", "content.xml"}
_DEPTH = 3  # archives in archives
_UTF8 = 0x800  # the flag of a name that says its encoding


class Member(NamedTuple):
    """A file of an archive: its name in it, and its bytes or why they cannot be had."""

    name: str
    data: bytes | CannotRead


def is_archive(data: bytes, limits: Limits) -> bool:
    """Whether the bytes are an archive of files, and not a document that is packed."""
    if data.startswith(_SEVEN):
        return True
    if not data.startswith(_ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False
    return len(names) <= limits.parts and not names & _OFFICE


def members(data: bytes, limits: Limits, depth: int = 1) -> Iterator[Member]:
    """The files of an archive, those of archives in it too; raises CannotRead where it cannot be opened at all."""
    left = limits.unpacked_bytes
    for member in _seven(data, limits) if data.startswith(_SEVEN) else _zip(data, limits):
        left -= len(member.data) if isinstance(member.data, bytes) else 0
        if left < 0:
            raise TooLarge(detail="limits.unpacked_bytes")
        if isinstance(member.data, bytes) and depth < _DEPTH and is_archive(member.data, limits):
            yield from _inner(member.name, member.data, limits, depth + 1)
        else:
            yield member


def _inner(name: str, data: bytes, limits: Limits, depth: int) -> Iterator[Member]:
    try:
        yield from (Member(f"{name}{INSIDE}{inner.name}", inner.data) for inner in members(data, limits, depth))
    except CannotRead as problem:
        yield Member(name, problem)


def _zip(data: bytes, limits: Limits) -> Iterator[Member]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            if not entry.is_dir():
                yield Member(_name(entry), _unpacked(archive, entry, limits))


def _name(entry: zipfile.ZipInfo) -> str:
    """The entry's name; Windows packs Russian names in CP866 without saying so."""
    if entry.flag_bits & _UTF8:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("cp866")
    except UnicodeError:
        return entry.filename


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits) -> bytes | CannotRead:
    if entry.flag_bits & 1:
        return Encrypted()
    if entry.file_size > limits.file_bytes:
        return TooLarge(detail="limits.file_bytes")
    try:
        with archive.open(entry) as packed:
            body = packed.read(limits.file_bytes + 1)
    except Exception as problem:  # each way of packing has errors of its own
        return Damaged(detail=str(problem))
    return body if len(body) <= limits.file_bytes else TooLarge(detail="limits.file_bytes")


def _seven(data: bytes, limits: Limits) -> Iterator[Member]:
    import py7zr
    from py7zr.io import BytesIOFactory

    try:
        with py7zr.SevenZipFile(io.BytesIO(data)) as archive:
            if archive.needs_password():
                raise Encrypted
            entries = archive.list()
            if len(entries) > limits.parts:
                raise TooLarge(detail="limits.parts")
            if sum(entry.uncompressed for entry in entries) > limits.unpacked_bytes:
                raise TooLarge(detail="limits.unpacked_bytes")
            factory = BytesIOFactory(limits.file_bytes)
            archive.extractall(factory=factory)
    except CannotRead:
        raise
    except Exception as problem:  # the library has errors of its own, and those of each way of packing
        raise Damaged(detail=str(problem)) from None
    for name, product in sorted(factory.products.items()):
        product.seek(0)
        yield Member(name, product.read())
