"""A constructed archive: programmes that never were, with chains of editions in mixed formats, slips in them, and damaged files.

`python -m tests.archive FOLDER COUNT [SEED]`. The same seed gives the same bytes. Documents are made from a few templates by
putting other requisites and figures in them, so that thousands are made in a minute; the damaged ones are damaged in ways
that archives know: cut off, zeroed, empty, of another kind, hostile.
"""

import io
import random
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.converted import convert
from tests.programme import programme
from tests.word import package

_BASE, _ACTS = "от 14.11.2024 № 1187-па", "от 20.02.2025 № 211-па, от 05.06.2025 № 640-па"
_TEMPLATES = 6
_EDITIONS = 6  # at most, of one programme
_DAMAGED = 0.05
_SLIPS = 0.3
_FORMATS = {"docx": 86, "html": 6, "odt": 6, "rtf": 2}  # parts of a hundred


class Planned(NamedTuple):
    """A file of the archive: its name, what is in it, and whether it is damaged."""

    name: str
    data: bytes
    is_damaged: bool


def archive(count: int, seed: int = 1, formats: tuple[str, ...] = tuple(_FORMATS)) -> Iterator[Planned]:
    """So many files, in folders by programme."""
    chance = random.Random(seed)
    made = 0
    for number in range(1, count + 1):
        base = f"{10 + number}-па"
        acts = [
            (f"{chance.randint(1, 28):02d}.{month:02d}.2025", f"{100 * month + number % 90}-па")
            for month in range(1, chance.randint(1, _EDITIONS))
        ]
        for edition in range(len(acts) + 1):
            if made == count:
                return
            made += 1
            form = chance.choices(formats, [_FORMATS[name] for name in formats])[0]
            data = _edition(form, chance, base, acts[:edition])
            name = f"{number // 100:03d}/{base}/редакция {edition}.{form}"
            if chance.random() < _DAMAGED:
                yield Planned(name, chance.choice(DAMAGES)(data, chance), True)
            else:
                yield Planned(name, data, False)


def write(folder: Path, count: int, seed: int = 1) -> None:
    """Write an archive into a folder."""
    for planned in archive(count, seed):
        path = folder / planned.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(planned.data)


def _edition(form: str, chance: random.Random, base: str, acts: list[tuple[str, str]]) -> bytes:
    """A template with these requisites, and now and then a slip."""
    listed = ", ".join(f"от {date} № {number}" for date, number in acts)
    pairs = [(_BASE, f"от 14.11.2024 № {base}")]
    pairs.append((_ACTS, listed) if acts else (f"(в редакции постановлений администрации Озёрского муниципального округа {_ACTS})", ""))
    if chance.random() < _SLIPS:
        pairs.append((">0<", ">1<"))
    return _replaced(template(form, chance.randrange(_TEMPLATES)), form, pairs)


def _replaced(data: bytes, form: str, pairs: list[tuple[str, str]]) -> bytes:
    if form in ("docx", "odt"):
        return _repacked(data, "word/document.xml" if form == "docx" else "content.xml", pairs)
    for old, new in pairs:
        data = data.replace(_encoded(old, form), _encoded(new, form), 1)
    return data


def _encoded(text: str, form: str) -> bytes:
    """The text as the format writes it: RTF in escapes."""
    if form != "rtf":
        return text.encode()
    return b"".join(char.encode() if char.isascii() else f"\\u{ord(char)}\\'3f".encode() for char in text)


def _repacked(data: bytes, part: str, pairs: list[tuple[str, str]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for entry in old.infolist():
            body = old.read(entry)
            if entry.filename == part:
                text = body.decode()
                for before, after in pairs:
                    text = text.replace(before, after, 1)
                body = text.encode()
            new.writestr(zipfile.ZipInfo(entry.filename, (2026, 1, 1, 0, 0, 0)), body, compress_type=entry.compress_type)
    return out.getvalue()


@cache
def template(form: str, number: int) -> bytes:
    """One of a few programmes; other formats than Word's are LibreOffice's conversions of it."""
    made = programme(tasks=3, activities=4, seed=number)
    if form == "docx":
        return made
    with tempfile.TemporaryDirectory() as folder:
        converted = convert(Path(folder), made, "docx", form)
    return b" ".join(converted.split()) if form == "html" else converted  # a page breaks its lines anywhere


Damage = Callable[[bytes, random.Random], bytes]


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(1, len(data))]


def _zeroed(data: bytes, _: random.Random) -> bytes:
    return data[: len(data) // 2] + bytes(len(data) - len(data) // 2)


def _empty(_: bytes, __: random.Random) -> bytes:
    return b""


def _noise(_: bytes, chance: random.Random) -> bytes:
    return chance.choice((b"", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7\n")) + chance.randbytes(4_000)


def _no_page(_: bytes, __: random.Random) -> bytes:
    return b"<!DOCTYPE html><html><body><h1>404 Not Found</h1></body></html>"


def _bomb(_: bytes, __: random.Random) -> bytes:
    """A small file that would unpack to half a gibibyte."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made, made.open("word/document.xml", "w") as part:
        for _ in range(64):
            part.write(b" " * 2**23)
    return out.getvalue()


def _deep(_: bytes, __: random.Random) -> bytes:
    """Elements in elements beyond all measure."""
    return package("<w:p>" * 5_000 + "</w:p>" * 5_000)


def _entities(_: bytes, __: random.Random) -> bytes:
    """Entities that multiply."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    return f'<!DOCTYPE html [<!ENTITY e0 "ха">{entities}]><html><body><table><tr><td>&e11;</td></tr></table></body></html>'.encode()


def _flipped(data: bytes, chance: random.Random) -> bytes:
    body = bytearray(data)
    for _ in range(20):
        body[chance.randrange(len(body))] ^= 1 << chance.randrange(8)
    return bytes(body)


DAMAGES: tuple[Damage, ...] = (_cut, _zeroed, _empty, _noise, _no_page, _flipped, _bomb, _deep, _entities)

if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1)
