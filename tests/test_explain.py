"""`popravka explain`: sentences and acts, in words and as JSON, and corrections by hand."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ACT = """ПОСТАНОВЛЕНИЕ
от 15.02.2024 № 77
О внесении изменений в постановление Администрации района от 17.09.2020 № 504
Администрация района ПОСТАНОВЛЯЕТ:
1. Внести в постановление Администрации района от 17.09.2020 № 504 следующие изменения:
1.1. В паспорте Программы строку «Куратор» исключить.
1.2. Строку Цель паспорта изложить в следующей редакции:
«Развитие района».
1.3. Показатели пересчитать.
2. Контроль за исполнением постановления оставляю за собой.
Глава района А.М. Емельянов
"""
CORRECTIONS = """
[[correction]]
act = { date = 2024-02-15, number = "77" }
item = "1.2"
wording = "строку «Цель» паспорта изложить в следующей редакции:"
author = "И.И. Иванова"
date = 2024-03-01
reason = "в акте пропущены кавычки"
[[correction]]
act = { date = 2024-02-15, number = "77" }
item = "1.3"
nothing = true
author = "И.И. Иванова"
date = 2024-03-01
reason = "поручение без текста"
"""


def popravka(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    """The command in a process of its own."""
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)


@pytest.fixture
def act(tmp_path: Path) -> Path:
    """An act as a text file."""
    file = tmp_path / "act.txt"
    file.write_text(ACT, "utf-8")
    return file


def test_a_sentence_is_explained() -> None:
    """Its words, its place, its operation, how sure that is."""
    done = popravka("explain", "в строке «Цель» паспорта слово «рост» заменить словом «развитие»")
    assert done.returncode == 0
    for words in ("паспорт → строка «Цель»", "заменить слова", "Паспорт, цель", "рост", "развитие", "полная"):
        assert words in done.stdout


def test_what_is_not_understood_says_why() -> None:
    """The reason, and both readings where there are two."""
    assert "отрицание" in popravka("explain", "строку 5 не исключать").stdout
    both = popravka("explain", "В паспорте Программы:\nраздел 2 исключить").stdout
    assert "возможно (1)" in both
    assert "паспорт → строка 2" in both
    assert "раздел 2" in both


def test_an_act_is_explained_line_by_line(act: Path) -> None:
    """The head, its act, the contexts, the operations, what amends nothing, what was not understood."""
    told = json.loads(popravka("explain", act, "--format", "json").stdout)
    kinds = [[operation["kind"] for operation in line["operations"]] for line in told["lines"]]
    assert kinds == [[], ["delete"], [None], [None], []]
    assert told["lines"][0]["amends"]["number"] == "504"
    assert [line["operations"][0]["confidence"] for line in told["lines"][1:4]] == ["full", "none", "none"]
    assert told["lines"][4]["clause"]["kind"] == "control"


def test_corrections_settle_what_was_open(act: Path, tmp_path: Path) -> None:
    """A person's wording is read in place of the act's, with its new wording, and the operation says whose reading it is."""
    file = tmp_path / "corrections.toml"
    file.write_text(CORRECTIONS, "utf-8")
    told = json.loads(popravka("explain", act, "--format", "json", "--corrections", file).stdout)
    [operation] = told["lines"][2]["operations"]
    assert (operation["kind"], operation["new"]) == ("restate", "Развитие района")
    assert operation["settled"] == "И.И. Иванова, 2024-03-01: в акте пропущены кавычки"
    assert told["lines"][3]["operations"] == []
    assert told["lines"][3]["clause"]["kind"] == "settled-by-hand"
    assert told["lines"][1] == json.loads(popravka("explain", act, "--format", "json").stdout)["lines"][1]


def test_corrections_of_another_act_settle_nothing(act: Path, tmp_path: Path) -> None:
    """They are told by date and number."""
    file = tmp_path / "corrections.toml"
    file.write_text(CORRECTIONS.replace('"77"', '"78"'), "utf-8")
    told = json.loads(popravka("explain", act, "--format", "json", "--corrections", file).stdout)
    assert told["lines"][2]["operations"][0]["status"] == "not-understood"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (('author = "И.И. Иванова"', ""), "не сказано, чьё"),
        (("nothing = true", ""), "нужно одно из двух"),
        ((', number = "77" }', " }"), "акт записывается так"),
        (("nothing = true", "nothing = true\ncolour = 1"), "такой настройки нет"),
        (("[[correction]]", "[[correction"), "это не TOML"),
    ],
)
def test_bad_corrections_are_refused(act: Path, tmp_path: Path, change: tuple[str, str], words: str) -> None:
    """One line names the file, the place and the remedy; exit code 2."""
    file = tmp_path / "corrections.toml"
    file.write_text(CORRECTIONS.replace(*change), "utf-8")
    done = popravka("explain", act, "--corrections", file)
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_english() -> None:
    """Words of ours in English, the act's own as they are."""
    done = popravka("explain", "строку 5 не исключать", "--lang", "en")
    assert "NOT UNDERSTOOD" in done.stdout
    assert "a negation" in done.stdout


def test_corrections_settle_what_read_leaves_open(act: Path, tmp_path: Path) -> None:
    """`read` takes the same file, and says in the operation whose reading it is."""
    file = tmp_path / "corrections.toml"
    file.write_text(CORRECTIONS, "utf-8")
    bare, settled = (json.loads(popravka("read", act, *more).stdout)["operations"] for more in ((), ("--corrections", file)))
    assert [operation["status"] for operation in bare] == [None, "not-understood", "not-understood"]
    assert [operation["kind"] for operation in settled] == ["delete", "restate"]
    assert settled[1]["settled"].startswith("И.И. Иванова")


def test_corrections_are_carried_out(act: Path, tmp_path: Path) -> None:
    """What a person settled is carried out; without him it is not."""
    file = tmp_path / "corrections.toml"
    file.write_text(CORRECTIONS.replace("«Цель»", "«Цель МП»"), "utf-8")
    act.write_text(ACT.replace("Куратор", "Куратор МП"), "utf-8")
    sample = ROOT / "samples/kozhevnikovo-504/2022-192/source.docx"
    goals = []
    for more in ((), ("--corrections", file)):
        made = json.loads(popravka("amend", sample, act, *more).stdout)
        goals.append((made["edition"]["passport"]["goal"], [operation["status"] for operation in made["operations"]]))
    assert goals[0][1] == ["carried-out", "not-understood", "not-understood"]
    assert goals[1] == ("Развитие района", ["carried-out", "carried-out"])
    assert goals[0][0] != "Развитие района"
