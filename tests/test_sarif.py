"""SARIF: the log validates against the format's schema and says what the JSON of the contract says."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from pipeline.cli import run
from tests.golden import ROOT

SCHEMA = json.loads((ROOT / "tests/data/sarif-2.1.0.json").read_text("utf-8"))
REAL = ROOT / "samples/kozhevnikovo-504/2023-160/source.txt"
WORD = ROOT / "samples/kozhevnikovo-504/2023-160/source.docx"


def checked(form: str, *files: Path, out: Path) -> dict[str, Any]:
    """What `check` writes in this form."""
    run(["check", *map(str, files), "--format", form, "-o", str(out)])
    found = json.loads(out.read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def test_the_schema_can_refuse() -> None:
    """The schema here is the format's own and no empty one."""
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"version": "2.1.0", "runs": [{"tool": {"driver": {}}}]}, SCHEMA)


def test_log_is_valid_and_complete(tmp_path: Path) -> None:
    """Every finding is a result, every unreadable file a notification; a name with blanks and Russian letters is a URI."""
    broken = tmp_path / "старый файл.docx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    log = checked("sarif", REAL, WORD, broken, out=tmp_path / "log.sarif")
    jsonschema.validate(log, SCHEMA, format_checker=jsonschema.FormatChecker())
    plain = checked("json", REAL, WORD, broken, out=tmp_path / "plain.json")
    findings = [finding for file in plain["files"] for finding in file.get("findings", [])]
    (one,) = log["runs"]
    assert [(r["ruleId"], r["level"], r["message"]["text"]) for r in one["results"]] == [
        (f["code"], f["severity"], f["message"]) for f in findings
    ]
    assert not one["invocations"][0]["executionSuccessful"]
    (told,) = one["invocations"][0]["toolExecutionNotifications"]
    assert told["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].endswith("%20%D1%84%D0%B0%D0%B9%D0%BB.docx")
    assert {result["ruleId"] for result in one["results"]} <= {rule["id"] for rule in one["tool"]["driver"]["rules"]}


def test_results_lead_to_their_place(tmp_path: Path) -> None:
    """A text file's line is the region; in Word the address and the place tell; the addends and the cause are related."""
    log = checked("sarif", REAL, WORD, out=tmp_path / "log.sarif")
    results = log["runs"][0]["results"]
    sums = [result for result in results if result["ruleId"] == "SUM002"]
    assert sums[0]["locations"][0]["physicalLocation"]["region"] == {"startLine": 1043}
    assert "region" not in sums[-1]["locations"][0]["physicalLocation"]
    assert sums[-1]["locations"][0]["logicalLocations"][0]["name"] == "Приложение 2, итого по задаче 2, ВСЕГО, районный бюджет"
    assert len(sums[0]["relatedLocations"]) == 6
    followers = [result for result in results if result["properties"]["cause"]]
    assert followers
    messages = {result["properties"]["id"]: result["message"]["text"] for result in results}
    assert all(result["relatedLocations"][0]["message"]["text"] == messages[result["properties"]["cause"]] for result in followers)


def test_a_finding_keeps_its_fingerprint(tmp_path: Path) -> None:
    """One finding has one fingerprint, from whatever format the programme was read; two findings have two."""
    log = checked("sarif", REAL, WORD, out=tmp_path / "log.sarif")
    prints = [result["partialFingerprints"]["addressAndText/v1"] for result in log["runs"][0]["results"]]
    half = len(prints) // 2
    assert prints[:half] == prints[half:]
    assert len(set(prints)) == half
