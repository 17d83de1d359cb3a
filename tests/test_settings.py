"""Settings: read from one file, every mistake named."""

import json
from pathlib import Path

import pytest

from extractors.options import Limits
from pipeline.cli import run
from pipeline.rule import all_rules
from pipeline.settings import BadSettings, settings
from pipeline.stages import check, chosen_rules
from tests.model import broken, edition_of

WORD = str(Path(__file__).parents[1] / "samples/kozhevnikovo-504/2023-160/source.docx")


def test_what_is_not_said_keeps_its_default(tmp_path: Path) -> None:
    """One limit is changed, the others stay."""
    file = tmp_path / "popravka.toml"
    file.write_text("[limits]\nconversion_seconds = 5\n[programs]\nsoffice = '/opt/soffice'\n", "utf-8")
    assert settings(str(file)) == (Limits(conversion_seconds=5), "/opt/soffice", {})
    assert settings(None) == (Limits(), "", {})


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[limits]\nconversion_second = 5", "limits.conversion_second"),
        ("[limits]\nrows = 0", "limits.rows"),
        ("[limits]\nrows = true", "limits.rows"),
        ("[programs]\nsofice = 'x'", "programs.sofice"),
        ("[programs]\nsoffice = 1", "programs.soffice"),
        ("limits = 5", "limits"),
        ("[rule]", "rule"),
        ("limits", ""),
        ("rules = 5", "rules"),
        ("[rules.AMT999]\nenabled = false", "rules.AMT999"),
        ("rules.AMT004 = false", "rules.AMT004"),
        ("[rules.AMT004]\nenable = false", "rules.AMT004.enable"),
        ("[rules.AMT004]\nenabled = 0", "rules.AMT004.enabled"),
        ("[rules.AMT004]\nseverity = 'fatal'", "rules.AMT004.severity"),
        ("[rules.AMT004]\nseverity = ['note']", "rules.AMT004.severity"),
        ("[rules.AMT004]\nfilled = '0.5'", "rules.AMT004.filled"),
        ("[rules.AMT004]\nfilled = true", "rules.AMT004.filled"),
        ("[rules.AMT004]\nfilled = 1.5", "rules.AMT004.filled"),
        ("[rules.AMT001]\nfilled = 0.5", "rules.AMT001.filled"),
    ],
)
def test_a_mistake_is_refused_with_its_key(text: str, key: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """An unknown key, a senseless value: the exception names it, the command ends with 2 and one line."""
    file = tmp_path / "popravka.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(BadSettings) as caught:
        chosen_rules(settings(str(file)), str(file))
    assert caught.value.key == key
    assert run(["read", WORD, "--settings", str(file)]) == 2
    told = capfd.readouterr().err
    assert str(file) in told
    assert key in told
    assert told.count("\n") == 1


def test_limits_of_the_settings_are_kept(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A document with more rows than allowed is refused, with exit code 3."""
    file = tmp_path / "popravka.toml"
    file.write_text("[limits]\nrows = 20\n", "utf-8")
    assert run(["check", WORD, "--settings", str(file)]) == 3
    assert "limits.rows" in capfd.readouterr().err


SLIPS = [
    {"at": "appendix2 task=2 activity=2.1 year=2024 column=district", "put": "60,,125"},
    {"at": "appendix2 task=1 activity=1.2 year=2026 column=federal", "put": ""},
]
"""A doubled comma (AMT001) and a blank for a zero (AMT010)."""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[rules]", ["AMT010 note", "AMT001 error"]),
        ("[rules.AMT001]\nenabled = false", ["AMT010 note"]),
        ("[rules.AMT001]\nseverity = 'note'", ["AMT010 note", "AMT001 note"]),
        ("[rules.AMT010]\nfilled = 1", ["AMT001 error"]),
        ("[rules.AMT010]\nfilled = 0.99\nenabled = true\nseverity = 'warning'", ["AMT001 error"]),
    ],
)
def test_rules_run_as_the_settings_want(text: str, found: list[str], tmp_path: Path) -> None:
    """Switched off, weighed otherwise, with another option; every other rule stays as it is."""
    file = tmp_path / "popravka.toml"
    file.write_text(text, "utf-8")
    rules = chosen_rules(settings(str(file)), str(file))
    assert [f"{f.code} {f.severity.value}" for f in check(edition_of(broken(SLIPS)), rules)] == found
    assert {rule.code for rule in all_rules()} - {rule.code for rule in rules} <= {"AMT001"}


def test_commands_keep_to_the_settings_of_rules(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """`check` and `diff` leave out the rules that the file switches off."""
    file = tmp_path / "popravka.toml"
    file.write_text("".join(f"[rules.{rule.code}]\nenabled = false\n" for rule in all_rules()), "utf-8")
    assert run(["check", WORD, "--settings", str(file), "--format", "json"]) == 0
    assert json.loads(capfd.readouterr().out)["files"][0]["findings"] == []
    assert run(["diff", WORD, WORD, "--settings", str(file), "--format", "json"]) == 0
    assert json.loads(capfd.readouterr().out)["findings"] == []


def test_page_of_a_rule_shows_its_options(capfd: pytest.CaptureFixture[str]) -> None:
    """Each key with its default, as the settings file would write it."""
    assert run(["rules", "AMT004"]) == 0
    shown = capfd.readouterr().out
    for text in ("[rules.AMT004]", "enabled = true", 'severity = "error"', "filled = 0.5  # какая доля"):
        assert text in shown
    assert run(["rules", "AMT004", "--format", "json"]) == 0
    (told,) = json.loads(capfd.readouterr().out)["rules"]
    assert told["options"][0] | {"meaning": ""} == {"name": "filled", "default": "0.5", "meaning": ""}
