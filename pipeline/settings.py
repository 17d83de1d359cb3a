"""Settings from one TOML file; what it does not say keeps its default, what nobody knows is refused.

[limits]
conversion_seconds = 300
[programs]
soffice = "/opt/libreoffice/program/soffice"
"""

import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from extractors.options import Limits

_TABLES = ("limits", "programs")
_PROGRAMS = ("soffice",)


class Settings(NamedTuple):
    """The limits of reading, and where the outside programs are ("" for: on the path)."""

    limits: Limits = Limits()
    soffice: str = ""


class BadSettings(Exception):
    """Settings that cannot be used: the file, the key, and why (a Russian message identifier)."""

    def __init__(self, file: str, key: str, reason: str) -> None:
        super().__init__(f"{file}: {key}: {reason}")
        self.file, self.key, self.reason = file, key, reason


WHY_WORDS = {
    "unknown": "такой настройки нет",
    "number": "нужно целое число больше нуля",
    "text": "нужен путь в кавычках",
    "table": "нужен раздел с ключами",
    "toml": "это не TOML",
    "file": "файл настроек не читается",
}


def settings(path: str | None) -> Settings:
    """The settings in the file, or the usual ones without a file; raises BadSettings."""
    if not path:
        return Settings()
    try:
        stated = tomllib.loads(Path(path).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, ValueError) as problem:
        kind = "toml" if isinstance(problem, tomllib.TOMLDecodeError) else "file"
        raise BadSettings(path, "", WHY_WORDS[kind]) from None
    for name, table in stated.items():
        if name not in _TABLES:
            raise BadSettings(path, name, WHY_WORDS["unknown"])
        if not isinstance(table, dict):
            raise BadSettings(path, name, WHY_WORDS["table"])
    return Settings(_limits(path, stated.get("limits", {})), _soffice(path, stated.get("programs", {})))


def _limits(path: str, table: dict[str, Any]) -> Limits:
    for key, value in table.items():
        if key not in Limits._fields:
            raise BadSettings(path, f"limits.{key}", WHY_WORDS["unknown"])
        if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
            raise BadSettings(path, f"limits.{key}", WHY_WORDS["number"])
    return Limits(**table)


def _soffice(path: str, table: dict[str, Any]) -> str:
    for key, value in table.items():
        if key not in _PROGRAMS:
            raise BadSettings(path, f"programs.{key}", WHY_WORDS["unknown"])
        if not isinstance(value, str):
            raise BadSettings(path, f"programs.{key}", WHY_WORDS["text"])
    return str(table.get("soffice", ""))
