"""The contract of a reader, and the choice of the one that a file's content calls for.

A reader is a value of type `Reader` in a module of `readers/`. The format is told
by content, never by the suffix; a file that two readers claim is refused.
"""

import errno
import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from extractors import errors, readers
from extractors.doors import collect
from extractors.memory import give_back
from extractors.options import USUAL, Options
from extractors.uncollected import uncollected
from schemas.blocks import Document
from schemas.edition import SourceFile


class Reader(NamedTuple):
    """An input format.

    `recognises` decides from the first bytes and the whole content, fast and without
    raising; `read` gives the document or raises `CannotRead`.
    """

    name: str
    suffixes: tuple[str, ...]
    recognises: Callable[[bytes], bool]
    read: Callable[[bytes, Options], Document]


_LARGE = 2**20  # bytes of a file whose tree was too large to be left behind
_TROUBLE = {errno.ELOOP: "ссылка ведёт по кругу", errno.ENAMETOOLONG: "имя слишком длинное"}
_ARCHIVES = {
    b"Rar!": "архив RAR",
    b"7z\xbc\xaf": "архив 7-Zip",
}


@cache
def all_readers() -> tuple[Reader, ...]:
    """Every reader in the folder, by name."""
    return collect(readers, Reader, lambda reader: reader.name)


def fetch(path: str, options: Options = USUAL) -> bytes:
    """The bytes of the file; every way in which that fails has its own error."""
    try:
        file = Path(path)
        if not path:
            raise errors.Missing("«»")
        if file.is_dir():
            raise errors.IsFolder(path)
        if file.exists() and not file.is_file():
            raise errors.NotAFile(path)
        if file.stat().st_size > options.limits.file_bytes:
            raise errors.TooLarge(path, "limits.file_bytes")
        data = file.read_bytes()
    except FileNotFoundError:
        raise errors.Missing(path) from None
    except PermissionError:
        raise errors.NoPermission(path) from None
    except OSError as problem:
        raise errors.CannotRead(path, _TROUBLE.get(problem.errno or 0, problem.strerror or "")) from None
    except ValueError as problem:
        raise errors.CannotRead(path, str(problem)) from None
    if not data:
        raise errors.Empty(path)
    return data


@uncollected
def read(data: bytes, options: Options = USUAL) -> Document:
    """Bytes of any supported format → the document; raises `CannotRead` and nothing else."""
    if not data:
        raise errors.Empty
    for signature, kind in _ARCHIVES.items():
        if data.startswith(signature):
            raise errors.OtherKind(detail=kind)
    claims = [reader for reader in all_readers() if reader.recognises(data)]
    if not claims:
        raise errors.UnknownFormat
    if len(claims) > 1:
        raise errors.AmbiguousFormat(detail=", ".join(reader.name for reader in claims))
    document = claims[0].read(data, options)
    if len(data) > _LARGE:
        give_back()
    return document


def source_file(path: str, data: bytes, document: Document) -> SourceFile:
    """The identity of the file an edition is read from."""
    return SourceFile(file=path, sha256=hashlib.sha256(data).hexdigest(), format=document.format)
