"""SARIF 2.1.0 (OASIS, 2020): the findings for tools that show and track the results of checks.

A Word table has no lines, so a result's place is a logical location: the address in
words, the place as properties; for a text file the line too. What a finding follows
from, and the addends of its sum, are related locations. Suggestions are properties and
no `fixes`: nothing here is meant to be applied unread.
"""

import hashlib
import json
from typing import Any
from urllib.parse import quote

from pipeline import VERSION
from pipeline.renderer import Renderer, Screen
from pipeline.rule import all_rules
from pipeline.wording import Words
from schemas.address import Address
from schemas.base import as_json
from schemas.report import Report

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(report: Report, screen: Screen) -> bytes:  # noqa: ARG001 — a log looks the same everywhere
    """The findings as a UTF-8 SARIF log; a report of something else gives a run without results."""
    words = Words(report.language)
    files = report.data.get("files", [])
    run = {
        "tool": {"driver": {"name": "popravka", "version": VERSION, "language": words.language, "rules": [_rule(words, *found) for found in _catalogue()]}},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": all("error" not in file for file in files), "toolExecutionNotifications": [
            _notification(file) for file in files if "error" in file]}],
        "results": [_result(file["file"], finding, file["findings"], words) for file in files for finding in file.get("findings", [])],
    }  # fmt: skip
    return as_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}).encode()


def _catalogue() -> list[tuple[str, str, str, str]]:
    return [(rule.code, rule.severity.value, rule.title, rule.manual) for rule in all_rules()]


def _rule(words: Words, code: str, severity: str, title: str, manual: str) -> dict[str, Any]:
    return {
        "id": code,
        "shortDescription": {"text": words(title)},
        "fullDescription": {"text": "\n".join(words.manual(code, manual))},
        "defaultConfiguration": {"level": severity},
    }


def _notification(file: dict[str, Any]) -> dict[str, Any]:
    error = file["error"]
    return {
        "descriptor": {"id": error["code"]},
        "level": "error",
        "message": {"text": f"{error['message']} — {error['advice']}"},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(file["file"])}}],
    }


def _result(file: str, finding: dict[str, Any], others: list[dict[str, Any]], words: Words) -> dict[str, Any]:
    cause = [other for other in others if other["id"] == finding["cause"]]
    related = [(other["address"], other["place"], other["message"]) for other in cause]
    related += [(term["address"], term["place"], term["raw"]) for term in (*finding["terms"], *finding["again"])]
    made = {
        "ruleId": finding["code"],
        "level": finding["severity"],
        "message": {"text": finding["message"]},
        "locations": [_location(file, finding["address"], finding["place"], words)],
        "relatedLocations": [
            _location(file, address, place, words) | {"id": number, "message": {"text": text or "—"}}
            for number, (address, place, text) in enumerate(related)
        ],
        "partialFingerprints": {"addressAndText/v1": _fingerprint(finding)},
        "properties": {key: finding[key] for key in ("id", "place", "raw", "value", "expected", "difference", "cause", "suggestions")},
    }
    return made if related else {key: value for key, value in made.items() if key != "relatedLocations"}


def _location(file: str, address: dict[str, Any], place: dict[str, Any], words: Words) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(file)}
    if "line" in place:
        physical["region"] = {"startLine": place["line"]}
    known = Address.of(address)
    return {
        "physicalLocation": physical,
        "logicalLocations": [{"fullyQualifiedName": str(known), "name": words.address(known), "kind": known.part}],
    }


def _artifact(file: str) -> dict[str, str]:
    """A file's name as the URI reference that the format wants."""
    return {"uri": quote(file.replace("\\", "/"), safe="/")}


def _fingerprint(finding: dict[str, Any]) -> str:
    """The same finding in the next run has the same fingerprint: it does not depend on the order of findings."""
    told = json.dumps([finding["code"], finding["address"], finding["raw"], finding["expected"]], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:32]


renderer = Renderer("sarif", ".sarif", "application/sarif+json", render)
