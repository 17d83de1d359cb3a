"""Folders → their files, by name. Nothing is opened here."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

INSIDE = "!/"
"""Between an archive's name and the name of a file in it: «письма.zip!/2023/программа.docx»."""


class Found(NamedTuple):
    """A file and how it looks; `modified` in nanoseconds, "" where it cannot be looked at (reading it will tell why)."""

    path: str
    size: int
    modified: str


def walk(folders: tuple[str, ...]) -> Iterator[Found]:
    """Every file of the folders; what cannot be looked into stands there too, as a file that cannot be read."""
    for folder in folders:
        root = Path(folder)
        yield from _walk(str(root.absolute())) if root.is_dir() else [_found(str(root.absolute()))]


def _walk(folder: str) -> Iterator[Found]:
    try:
        with os.scandir(folder) as listed:
            entries = sorted(listed, key=lambda entry: entry.name)
    except OSError:
        yield Found(folder, 0, "")
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path)
        else:
            yield _found(entry.path)


def _found(path: str) -> Found:
    try:
        state = os.stat(path)
    except (OSError, ValueError):
        return Found(path, 0, "")
    return Found(path, state.st_size, str(state.st_mtime_ns))
