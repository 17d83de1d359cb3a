"""The catalogue of checks → a report."""

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.reporting.common import SEVERITY_NAMES
from pipeline.rule import Rule
from pipeline.wording import Words
from schemas.report import Report, ReportColumn, ReportRow, ReportSection, ReportTable, cell, line

_KEY_WORDS = {"enabled": "false — не проверять", "severity": "вес находки: error, warning или note"}


def rules_report(rules: Sequence[Rule], whole: bool, words: Words) -> Report:
    """The catalogue of checks, or the pages of the chosen ones."""
    data = {"rules": [_record(rule, words) for rule in rules]}
    if whole:
        sections = tuple(
            ReportSection(title=f"{r.code} — {words(r.title)}", lines=tuple(line(text) for text in _page(r, words))) for r in rules
        )
        return Report(language=words.language, title=words("Проверка"), sections=sections, data=data)
    columns = (ReportColumn(title=words("Код")), ReportColumn(title=words("Вес")), ReportColumn(title=words("Что проверяется")))
    rows = tuple(ReportRow(cells=(cell(r.code), cell(words(SEVERITY_NAMES[r.severity])), cell(words(r.title)))) for r in rules)
    section = ReportSection(title=words("Подробно об одной: popravka rules КОД"), table=ReportTable(columns=columns, rows=rows))
    return Report(language=words.language, title=words("Проверки"), sections=(section,), data=data)


def _record(rule: Rule, words: Words) -> dict[str, object]:
    return {
        "code": rule.code,
        "severity": rule.severity.value,
        "title": words(rule.title),
        "manual": "\n".join(words.manual(rule.code, rule.manual)),
        "options": [
            {"name": name, "default": _in_toml(value), "meaning": words(meaning)} for name, value, meaning in options_of(rule)
        ],
    }  # fmt: skip


def _page(rule: Rule, words: Words) -> Iterator[str]:
    """The manual, and what the settings file may say of the rule: each key with what holds without it."""
    yield words(SEVERITY_NAMES[rule.severity])
    yield from words.manual(rule.code, rule.manual)[1:]
    yield ""
    yield words("В файле настроек (--settings):")
    yield f"  [rules.{rule.code}]"
    usual = {"enabled": True, "severity": rule.severity.value}
    for name, value, meaning in (*((key, usual[key], text) for key, text in _KEY_WORDS.items()), *options_of(rule)):
        yield f"  {name} = {_in_toml(value)}  # {words(meaning)}"


def options_of(rule: Rule) -> Iterator[tuple[str, object, str]]:
    """The options that a rule declares: name, default, meaning in Russian."""
    if rule.options is not None:
        for name, field in type(rule.options).model_fields.items():
            yield name, getattr(rule.options, name), field.description or ""


def _in_toml(value: object) -> str:
    """A value as the settings file writes it."""
    return str(value) if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)
