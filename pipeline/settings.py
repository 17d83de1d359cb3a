"""Settings from one TOML file; what it does not say keeps its default, what nobody knows is refused.

[limits]
conversion_seconds = 300
[programs]
soffice = "/opt/libreoffice/program/soffice"
[rules.AMT005]
enabled = false
[rules.AMT007]
severity = "note"
share = 0.2
"""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from extractors.options import Limits

_TABLES = ("limits", "programs", "rules")
_PROGRAMS = ("soffice",)


class Settings(NamedTuple):
    """The limits of reading, where the outside programs are ("" for: on the path), what is said of rules.

    `rules` is as stated, by code: what a rule may be told, the rule declares (see `pipeline.tuning`).
    """

    limits: Limits = Limits()
    soffice: str = ""
    rules: Mapping[str, Any] = MappingProxyType({})


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
    "rule": "такой проверки нет",
    "enabled": "нужно true или false",
    "severity": "нужно одно из: error, warning, note",
    "decimal": "нужно число",
    "integer": "нужно целое число",
    "words": "нужен список слов в кавычках",
    "bounds": "значение вне допустимых границ",
    "toml": "это не TOML",
    "file": "файл настроек не читается",
}


def settings(path: str | None) -> Settings:
    """The settings in the file, or the usual ones without a file; raises BadSettings."""
    if not path:
        return Settings()
    try:
        stated = tomllib.loads(Path(path).read_text("utf-8"), parse_float=Decimal)
    except (OSError, UnicodeDecodeError, ValueError) as problem:
        kind = "toml" if isinstance(problem, tomllib.TOMLDecodeError) else "file"
        raise BadSettings(path, "", WHY_WORDS[kind]) from None
    for name, table in stated.items():
        if name not in _TABLES:
            raise BadSettings(path, name, WHY_WORDS["unknown"])
        if not isinstance(table, dict):
            raise BadSettings(path, name, WHY_WORDS["table"])
    return Settings(_limits(path, stated.get("limits", {})), _soffice(path, stated.get("programs", {})), stated.get("rules", {}))


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
