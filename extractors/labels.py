"""Families of labels: what a row, a column or a source is called, from a TOML profile."""

import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple

import regex

from extractors.text import squeeze

_NUMBER = regex.compile(r"^\d{1,2}[.)]\s*")  # «9. Объемы финансирования Программы»


class Match(NamedTuple):
    """The family a label belongs to, and the groups its expression named."""

    family: str
    groups: dict[str, str | None]


class Labels:
    """The families of one profile, ready to be asked."""

    def __init__(self, profile: dict[str, dict[str, list[str]]], issuers: dict[str, str]) -> None:
        self.issuers = issuers
        self._told: dict[tuple[str, str], Match | None] = {}
        self._families = {
            kind: [(family, [regex.compile(expression) for expression in expressions])
                   for family, expressions in families.items()]
            for kind, families in profile.items()
        }  # fmt: skip

    def match(self, kind: str, label: str) -> Match | None:
        """The first family of this kind that the label belongs to.

        >>> default_labels().match("sources", "районного бюджета").family
        'district'
        """
        if (kind, label) not in self._told:
            plain = squeeze(label).lower().replace("ё", "е")
            self._told[kind, label] = self._find(kind, _NUMBER.sub("", plain) if kind == "passport" else plain)
        return self._told[kind, label]

    def _find(self, kind: str, text: str) -> Match | None:
        """A family may have a second set of expressions further down, under its name with `_by_name`."""
        for family, expressions in self._families[kind]:
            for expression in expressions:
                found = expression.search(text)
                if found:
                    return Match(family.removesuffix("_by_name"), found.groupdict())
        return None

    def family(self, kind: str, label: str) -> str | None:
        """The name of that family, or None."""
        found = self.match(kind, label)
        return found.family if found else None


@cache
def default_labels() -> Labels:
    """The profile that comes with popravka."""
    profile = tomllib.loads(resources.files("extractors").joinpath("labels.toml").read_text("utf-8"))
    issuers = profile.pop("issuers")
    return Labels(profile, issuers)
