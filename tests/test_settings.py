"""Settings: read from one file, every mistake named."""

from pathlib import Path

import pytest

from extractors.options import Limits
from pipeline.cli import run
from pipeline.settings import BadSettings, settings

WORD = str(Path(__file__).parents[1] / "samples/kozhevnikovo-504/2023-160/source.docx")


def test_what_is_not_said_keeps_its_default(tmp_path: Path) -> None:
    """One limit is changed, the others stay."""
    file = tmp_path / "popravka.toml"
    file.write_text("[limits]\nconversion_seconds = 5\n[programs]\nsoffice = '/opt/soffice'\n", "utf-8")
    assert settings(str(file)) == (Limits(conversion_seconds=5), "/opt/soffice")
    assert settings(None) == (Limits(), "")


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
    ],
)
def test_a_mistake_is_refused_with_its_key(text: str, key: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """An unknown key, a senseless value: the exception names it, the command ends with 2 and one line."""
    file = tmp_path / "popravka.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(BadSettings) as caught:
        settings(str(file))
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
    assert "больше допустимого" in capfd.readouterr().err
