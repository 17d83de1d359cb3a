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
_BROKEN = (OSError, ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError, struct.error)


def check(data: bytes) -> None:
    """Nothing for a whole Word document; raises Encrypted, OtherKind, TooOld or Damaged."""
    if data.startswith(TOO_OLD):
        raise errors.TooOld
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            _check(file)
    except _BROKEN:
        raise errors.Damaged from None


def _check(file: Any) -> None:
    if any(file.exists(name) for name in _ENCRYPTED):
        raise errors.Encrypted
    if not file.exists("WordDocument"):
        raise errors.OtherKind(detail=_kind(file))
    head = file.openstream("WordDocument").read()
    (identity,) = struct.unpack_from("<H", head)
    (flags,) = struct.unpack_from("<H", head, 10)
    if identity not in (_WORD_97, _WORD_6):
        raise errors.Damaged
    if flags & _IS_ENCRYPTED:
        raise errors.Encrypted
    if identity == _WORD_97:
        file.openstream("1Table" if flags & _TABLE_ONE else "0Table").read()
    if any("incomplete" in str(message) for _, message in file.parsing_issues):  # a stream goes on behind the end of the file
        raise errors.Damaged


def _kind(file: Any) -> str:
    """What a compound file is that is no Word document."""
    if str(getattr(file.root, "clsid", "")).upper() == _INSTALLER:
        return "установщик Windows"
    return next((kind for name, kind in _OTHER.items() if file.exists(name)), "составной файл другой программы")
