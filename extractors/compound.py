"""OLE compound files: whether one is a Word document, and what it is if not.

Norm: [MS-CFB] for the container, [MS-DOC] 2.5 for the head of the stream WordDocument.
"""

import io
import struct
from typing import Any

import olefile  # type: ignore[import-untyped]

from extractors import errors

SIGNATURE = b"\xd0\xcf\x11\xe0"
TOO_OLD = (
    b"\xdb\xa5\x2d\x00",  # Word 2 for Windows
    b"\x9b\xa5\x21\x00",  # Word 1 for Windows
    b"\x31\xbe\x00\x00",  # Word for DOS, Write
    b"\x32\xbe\x00\x00",  # Write with pictures
    b"\xbe\x31\x00\x00",
    b"\xfe\x37\x00\x1c",  # Word 4 for Macintosh
    b"\xfe\x37\x00\x23",  # Word 5 for Macintosh
)
_ENCRYPTED = ("EncryptedPackage", "EncryptionInfo", "\x09DRMContent")
_OTHER = {
    "Workbook": "таблица Excel",
    "Book": "таблица Excel",
    "PowerPoint Document": "презентация PowerPoint",
    "VisioDocument": "чертёж Visio",
    "__properties_version1.0": "письмо Outlook",
    "Quill": "публикация Publisher",
    "MatOST": "документ Works",
    "StarWriterDocument": "документ StarOffice",
    "HwpSummaryInformation": "документ Hangul",
    "Equation Native": "формула",
    "Catalog": "эскизы Windows",
}
_INSTALLER = "000C1084-0000-0000-C000-000000000046"
_WORD_97, _WORD_6 = 0xA5EC, 0xA5DC
_IS_ENCRYPTED, _TABLE_ONE = 0x0100, 0x0200
_HEAD = "<H8xH"  # identity, flags
_FIRST_TABLE = 0x9A
_FIELD_TABLES = (16, 17, 18, 19, 48, 57, 59)  # of the text, headers, footnotes, comments, endnotes, text boxes
_FIELD_BEGINS = 0x13
_WORKED_OUT, _UNKNOWN_FIELD = (0x1D, 0x1F, 0x20), 2  # FILENAME, DATE, TIME
_BROKEN = (OSError, ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError, struct.error)


def settled(data: bytes) -> bytes:
    """A Word document in which no field will be worked out anew; raises Encrypted, OtherKind, TooOld or Damaged."""
    if data.startswith(TOO_OLD):
        raise errors.TooOld
    changed = io.BytesIO(data)
    try:
        with olefile.OleFileIO(changed, write_mode=True) as file:
            _check(file)
            _settle(file)
            return changed.getvalue()
    except _BROKEN:
        raise errors.Damaged from None


def streams(data: bytes) -> tuple[bytes, bytes] | None:
    """The stream WordDocument and its table of a Word document that `settled` has let pass; None for one of Word 6."""
    with olefile.OleFileIO(io.BytesIO(data)) as file:
        head = _stream(file, "WordDocument")
        identity, flags = struct.unpack_from(_HEAD, head)
        return (head, _stream(file, _table(flags))) if identity == _WORD_97 else None


def _check(file: Any) -> None:
    if any(file.exists(name) for name in _ENCRYPTED):
        raise errors.Encrypted
    if not file.exists("WordDocument"):
        raise _other(file)
    identity, flags = struct.unpack_from(_HEAD, _stream(file, "WordDocument"))
    if identity not in (_WORD_97, _WORD_6):
        raise errors.Damaged
    if flags & _IS_ENCRYPTED:
        raise errors.Encrypted
    if identity == _WORD_97:
        _stream(file, _table(flags))


def _stream(file: Any, name: str) -> bytes:
    """A whole stream; Damaged for one that goes on behind the end of the file."""
    data = bytes(file.openstream(name).read())
    if len(data) < file.get_size(name):
        raise errors.Damaged
    return data


def _table(flags: int) -> str:
    return "1Table" if flags & _TABLE_ONE else "0Table"


def _settle(file: Any) -> None:
    """Dates of the day and names of the file keep the text that they were saved with.

    LibreOffice works them out anew: the date of a resolution would become that of its reading.
    """
    head = _stream(file, "WordDocument")
    identity, flags = struct.unpack_from(_HEAD, head)
    if identity != _WORD_97:
        return
    table = bytearray(_stream(file, _table(flags)))
    changed = False
    for position in _FIELD_TABLES:
        start, size = struct.unpack_from("<II", head, _FIRST_TABLE + 8 * position)
        fields = size // 6  # n + 1 positions of four bytes, n descriptions of two
        for at in range(start + 4 * (fields + 1), min(start + size, len(table)) - 1, 2):
            if table[at] & 0x1F == _FIELD_BEGINS and table[at + 1] in _WORKED_OUT:
                table[at + 1] = _UNKNOWN_FIELD
                changed = True
    if changed:
        file.write_stream(_table(flags), bytes(table))


def _other(file: Any) -> errors.CannotRead:
    """What a compound file is that is no Word document."""
    if str(getattr(file.root, "clsid", "")).upper() == _INSTALLER:
        return errors.OtherKind(detail="установщик Windows")
    for name, kind in _OTHER.items():
        if file.exists(name):
            return errors.OtherKind(detail=kind)
    return errors.Damaged() if file.parsing_issues else errors.OtherKind(detail="составной файл другой программы")
