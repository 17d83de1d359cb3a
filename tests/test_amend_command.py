"""The command `amend`: what it writes, what it says on standard error, and when it refuses."""

import json
from pathlib import Path

import pytest

from pipeline import cli

SAMPLE = str(Path(__file__).parent.parent / "samples/kozhevnikovo-504/2023-160/source.docx")
ACT = """\
АДМИНИСТРАЦИЯ КОЖЕВНИКОВСКОГО РАЙОНА
ПОСТАНОВЛЕНИЕ
{date} № {number}

О внесении изменений в постановление Администрации Кожевниковского района от {base}

ПОСТАНОВЛЯЮ:

1. Внести в муниципальную программу «Развитие муниципальной службы», утвержденную постановлением Администрации Кожевниковского района от {base}, следующие изменения:
1.1. В разделе 1 слова «обновился на 27%» заменить словами «обновился на {share}%».
1.2. В разделе 1 слова «которых там нет» заменить словами «иные».
2. Настоящее постановление вступает в силу со дня его подписания.

Глава района                                     А.А. Иванов
"""


@pytest.fixture
def act(tmp_path: Path) -> str:
    """A resolution on the sample's programme."""
    return written(tmp_path / "77.txt")


def written(path: Path, number: str = "77", date: str = "15.02.2024", base: str = "17.09.2020 № 504", share: str = "30") -> str:
    """The file of a resolution."""
    path.write_text(ACT.format(number=number, date=date, base=base, share=share), "utf-8")
    return str(path)


def test_json_to_standard_output_and_a_summary_beside_it(act: str, capfd: pytest.CaptureFixture[str]) -> None:
    """The contract's record; what failed is told with its reason, and the exit code is 0."""
    assert cli.run(["amend", SAMPLE, act]) == 0
    out, err = capfd.readouterr()
    record = json.loads(out)
    assert set(record) == {"edition", "operations"}
    assert record["edition"]["kind"] == "edition"
    assert [(one["item"], one["kind"], one["status"]) for one in record["operations"]] == [
        ("1.1", "replace-words", "carried-out"),
        ("1.2", "replace-words", "failed"),
    ]
    assert any("обновился на 30%" in text for section in record["edition"]["sections"] for text in section["paragraphs"])
    assert "исполнено 1, не исполнено 1, не понято 0" in err
    assert "1.2 не исполнено: прежних слов «которых там нет» в указанном месте нет" in err


def test_english_summary(act: str, capfd: pytest.CaptureFixture[str]) -> None:
    """The same in English; the machine's record does not change."""
    assert cli.run(["amend", SAMPLE, act]) == 0
    russian = capfd.readouterr().out
    assert cli.run(["amend", SAMPLE, act, "--lang", "en"]) == 0
    out, err = capfd.readouterr()
    assert out == russian
    assert "carried out 1, failed 1, not understood 0" in err
    assert "the old words “которых там нет” are not in that place" in err


def test_word_file_is_read_as_the_amended_edition(act: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The file that was written is an edition with the change in it."""
    out = tmp_path / "новая.docx"
    assert cli.run(["amend", SAMPLE, act, "--format", "docx", "-o", str(out)]) == 0
    capfd.readouterr()
    assert cli.run(["read", str(out)]) == 0
    assert "обновился на 30%" in capfd.readouterr().out


def test_word_file_wants_a_name(act: str, capfd: pytest.CaptureFixture[str]) -> None:
    """A binary format is not written to the screen by itself."""
    assert cli.run(["amend", SAMPLE, act, "--format", "docx"]) == 2
    assert "-o" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("base", "says"),
    [
        ("17.09.2020 № 505", "изменяется другой акт"),
        ("18.09.2020 № 504", "изменяется другой акт"),
        ("24.03.2023 № 160", "сам лишь внёс изменения"),
    ],
)
def test_act_on_another_programme_is_a_wrong_use(base: str, says: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Nothing is written, and one line says which act is amended and which would be right."""
    out = tmp_path / "нет.json"
    assert cli.run(["amend", SAMPLE, written(tmp_path / "x.txt", base=base), "-o", str(out)]) == 2
    err = capfd.readouterr().err
    assert says in err
    assert "17.09.2020 № 504" in err
    assert len(err.strip().splitlines()) == 1
    assert not out.exists()


def test_a_file_that_is_no_act(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """It could not be read as one: exit code 3 and one line."""
    letter = tmp_path / "письмо.txt"
    letter.write_text("Уважаемый Иван Иванович!\nНаправляем вам отчёт.\n", "utf-8")
    assert cli.run(["amend", SAMPLE, str(letter)]) == 3
    assert "письмо.txt" in capfd.readouterr().err


def test_acts_are_carried_out_by_date(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Given the wrong way round they are put in order, and that is told."""
    first, second = written(tmp_path / "1.txt", number="70", date="10.01.2024", share="28"), tmp_path / "2.txt"
    second.write_text(
        ACT.format(number="90", date="01.06.2024", base="17.09.2020 № 504", share="31").replace("обновился на 27%", "обновился на 28%"),
        "utf-8",
    )
    assert cli.run(["amend", SAMPLE, str(second), first]) == 0
    out, err = capfd.readouterr()
    record = json.loads(out)
    assert [one["status"] for one in record["operations"]] == ["carried-out", "failed", "carried-out", "failed"]
    assert [one["number"] for one in record["edition"]["amending_acts"]] == ["192", "160", "70", "90"]
    assert "не по порядку дат" in err
