"""Small OLE compound files for tests."""

import struct

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_LEAST = 4096  # shorter streams would stand in another table


def compound(**streams: bytes) -> bytes:
    """A compound file with these streams in its root; an underscore in a name stands for a blank."""
    named = [(name.replace("_", " "), data.ljust(_LEAST, b"\0")) for name, data in streams.items()]
    directory_sectors = (len(named) + 4) // 4
    at = 1 + directory_sectors
    fat = [FAT, *_chain(1, directory_sectors)]
    entries = [_entry("Root Entry", 5, child=1 if named else FREE, start=END, size=0)]
    for number, (name, data) in enumerate(named, 1):
        sectors = -(-len(data) // SECTOR)
        entries.append(_entry(name, 2, right=number + 1 if number < len(named) else FREE, start=at, size=len(data)))
        fat += _chain(at, sectors)
        at += sectors
    entries += [bytes(128)] * (directory_sectors * 4 - len(entries))
    bodies = b"".join(data.ljust(-(-len(data) // SECTOR) * SECTOR, b"\0") for _, data in named)
    return _header() + struct.pack("<128I", *(fat + [FREE] * (128 - len(fat)))) + b"".join(entries) + bodies


def word(flags: int = 0, identity: int = 0xA5EC) -> bytes:
    """The stream WordDocument with nothing but the beginning of its head."""
    return struct.pack("<HH6xH", identity, 0x00C1, flags)


def _header() -> bytes:
    numbers = struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, _LEAST, END, 0, END, 0)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + numbers + struct.pack("<109I", 0, *[FREE] * 108)


def _chain(first: int, length: int) -> list[int]:
    return [*range(first + 1, first + length), END]


def _entry(name: str, kind: int, *, right: int = FREE, child: int = FREE, start: int, size: int) -> bytes:
    letters = name.encode("utf-16-le")
    links = struct.pack("<BBIII", kind, 1, FREE, right, child)
    return letters.ljust(64, b"\0") + struct.pack("<H", len(letters) + 2) + links + bytes(36) + struct.pack("<III", start, size, 0)
