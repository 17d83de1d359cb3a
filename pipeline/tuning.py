"""The rules as the settings want them: switched off, weighed otherwise, given other options.

A rule declares its options; here the stated values are held against the declaration. What
no rule knows is refused with its name.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from pipeline.rule import Rule, all_rules
from pipeline.settings import WHY_WORDS, BadSettings
from schemas.base import Shape
from schemas.finding import SEVERITIES, Severity

_KINDS = {bool: "enabled", int: "integer", Decimal: "decimal", tuple[str, ...]: "words"}
"""The types that an option may have, and what is said of a value that is of another."""


def tuned(path: str, stated: Mapping[str, Any]) -> tuple[Rule, ...]:
    """Every rule that the settings leave on, as they want it; raises BadSettings. `path` is the file, for the message."""
    known = {rule.code: rule for rule in all_rules()}
    for code, table in stated.items():
        if code not in known:
            raise BadSettings(path, f"rules.{code}", WHY_WORDS["rule"])
        if not isinstance(table, dict):
            raise BadSettings(path, f"rules.{code}", WHY_WORDS["table"])
    made = (_tuned(path, rule, dict(stated.get(code, {}))) for code, rule in known.items())
    return tuple(rule for rule in made if rule is not None)


def _tuned(path: str, rule: Rule, table: dict[str, Any]) -> Rule | None:
    enabled, severity = table.pop("enabled", True), table.pop("severity", rule.severity.value)
    if not isinstance(enabled, bool):
        raise BadSettings(path, f"rules.{rule.code}.enabled", WHY_WORDS["enabled"])
    if severity not in SEVERITIES:
        raise BadSettings(path, f"rules.{rule.code}.severity", WHY_WORDS["severity"])
    changed = rule._replace(severity=Severity(severity), options=_options(path, rule, table))
    return changed if enabled else None


def _options(path: str, rule: Rule, table: dict[str, Any]) -> Shape | None:
    fields = type(rule.options).model_fields if rule.options is not None else {}
    for key, value in table.items():
        if key not in fields:
            raise BadSettings(path, f"rules.{rule.code}.{key}", WHY_WORDS["unknown"])
        kind = fields[key].annotation
        if not _is_of(kind, value):
            raise BadSettings(path, f"rules.{rule.code}.{key}", WHY_WORDS[_KINDS[kind]])  # type: ignore[index]
    if rule.options is None or not table:
        return rule.options
    try:
        return type(rule.options).model_validate({**dict(rule.options), **table})
    except ValidationError as problem:
        out = problem.errors()[0]["loc"][0]
        raise BadSettings(path, f"rules.{rule.code}.{out}", WHY_WORDS["bounds"]) from None


def _is_of(kind: object, value: object) -> bool:
    """Whether a value of TOML is of an option's type: true is no 1, 4 is a number like 4.0."""
    if isinstance(value, bool) or kind is bool:
        return isinstance(value, bool) and kind is bool
    if kind == tuple[str, ...]:
        return isinstance(value, list) and all(isinstance(word, str) for word in value)
    return isinstance(value, int) or (kind is Decimal and isinstance(value, Decimal))
