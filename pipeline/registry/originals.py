"""Originals by SHA-256 in a folder, or in any location that fsspec knows («s3://bucket/originals»).

An original is written under another name and then given its own: it is there whole or not at all.
"""

import hashlib
import uuid
from typing import Any

from pipeline.registry.errors import RegistryError


class Originals:
    """The store at a location; raises RegistryError where it cannot be reached."""

    def __init__(self, location: str) -> None:
        import fsspec

        self.location = location
        try:
            self._files, self._root = (
                fsspec.core.url_to_fs(location, auto_mkdir=True) if "://" not in location else fsspec.core.url_to_fs(location)
            )
        except (ImportError, ValueError) as problem:
            raise _unreachable(location, problem) from None

    def _path(self, sha256: str) -> str:
        return f"{self._root}/{sha256[:2]}/{sha256}"

    def has(self, sha256: str) -> bool:
        """Whether the original is there."""
        return bool(self._told(self._files.exists, self._path(sha256)))

    def put(self, data: bytes) -> str:
        """Keep an original; returns its SHA-256. Keeping it twice changes nothing."""
        sha256 = hashlib.sha256(data).hexdigest()
        if not self.has(sha256):
            path = self._path(sha256)
            draft = f"{path}.{uuid.uuid4().hex}.part"
            self._told(self._files.makedirs, path.rpartition("/")[0], exist_ok=True)
            self._told(self._files.pipe_file, draft, data)
            self._told(self._files.mv, draft, path)
        return sha256

    def get(self, sha256: str) -> bytes:
        """The original's bytes; raises RegistryError where it is gone or was altered."""
        data = bytes(self._told(self._files.cat_file, self._path(sha256)))
        if hashlib.sha256(data).hexdigest() != sha256:
            raise RegistryError(self._path(sha256), "подлинник изменён: его SHA-256 другой", "восстановите его из резервной копии")
        return data

    def drop(self, sha256: str) -> None:
        """Forget an original; one that is not there is no error."""
        if self.has(sha256):
            self._told(self._files.rm_file, self._path(sha256))

    def all(self) -> list[str]:
        """Every SHA-256 that is kept, in order."""
        if not self._told(self._files.exists, self._root):
            return []
        names = (path.rpartition("/")[2] for path in self._told(self._files.find, self._root))
        return sorted(name for name in names if len(name) == 64)

    def _told(self, does: Any, *given: Any, **named: Any) -> Any:
        try:
            return does(*given, **named)
        except FileNotFoundError:
            raise RegistryError(str(given[0]), "подлинника нет на месте", "восстановите его из резервной копии") from None
        except (OSError, ValueError) as problem:
            raise _unreachable(self.location, problem) from None


def _unreachable(location: str, problem: Exception) -> RegistryError:
    advice = "проверьте место подлинников (ключ --originals или POPRAVKA_ORIGINALS), права и связь"
    return RegistryError(location, "хранилище подлинников недоступно", advice, " ".join(str(problem).split())[:200])
