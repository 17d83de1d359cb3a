"""The command as its users meet it: exit codes, one line for every misfortune, output whole or not at all."""

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

from pipeline import VERSION
from pipeline.cli import run
from tests.golden import ROOT

REAL = ROOT / "samples/kozhevnikovo-504/2023-160/source.txt"
WORD = ROOT / "samples/kozhevnikovo-504/2023-160/source.docx"
FORMER = ROOT / "samples/kozhevnikovo-504/2022-192/source.docx"
CLEAN = ROOT / "tests/cases/model.txt"


def popravka(*arguments: str | Path, **given: Any) -> subprocess.CompletedProcess[str]:
    """Run the command as a process of its own, with nothing of this one's environment that could colour it."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)} | given.pop("env", {})
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False, **given)


def test_version() -> None:
    """The version, and nothing heavy imported for it."""
    done = popravka("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"popravka {VERSION}\n", "")
    code = "import sys; from pipeline.cli import run; run(['--version']); print({'pydantic', 'lxml', 'rich', 'regex'} & set(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert loaded.stdout.splitlines()[-1] == "set()"


def test_check_tells_by_its_exit_code() -> None:
    """1 with errors, 0 without, 0 when told never to fail."""
    assert popravka("check", REAL).returncode == 1
    assert popravka("check", CLEAN).returncode == 0
    assert popravka("check", REAL, "--fail-on", "never").returncode == 0


def test_check_json_is_the_contracts() -> None:
    """The fields that other programs rely on."""
    done = popravka("check", REAL, CLEAN, "--format", "json")
    first, second = json.loads(done.stdout)["files"]
    assert (first["kind"], first["counts"]["error"], second["findings"]) == ("edition", 12, [])
    weights = [finding["severity"] for finding in first["findings"]]
    assert first["counts"] == {weight: weights.count(weight) for weight in ("error", "warning", "note")}
    finding = next(f for f in first["findings"] if f["code"] == "SUM002" and f["address"]["column"] == "district")
    assert (finding["raw"], finding["value"], finding["expected"], finding["difference"]) == (
        "3535,663",
        "3535.663",
        "3655.463",
        "-119.800",
    )
    assert finding["address"] == {"part": "appendix2", "task": "2", "year": "total", "column": "district"}
    assert finding["terms"][0]["value"] == "585.163"
    assert finding["suggestions"][0]["value"] == "3655.463"
    cause = next(f for f in first["findings"] if f["id"] == finding["cause"])
    assert (cause["code"], cause["address"], cause["cause"]) == ("SUM002", finding["address"] | {"column": "total"}, None)
    codes = {f["id"]: f["code"] for f in first["findings"]}
    assert sorted(codes[follower] for follower in cause["consequences"]) == ["SUM002", "SUM004", "SUM004"]


def test_read_gives_the_edition() -> None:
    """The record of the contract, from either format the same bytes twice."""
    done = popravka("read", REAL)
    edition = json.loads(done.stdout)
    assert (edition["kind"], edition["programme"]["period"]) == ("edition", {"start": 2021, "end": 2026})
    assert {k: edition["base_act"][k] for k in ("issuer", "date", "number")} == {
        "issuer": "Администрация Кожевниковского района", "date": "2020-09-17", "number": "504",
    }  # fmt: skip
    slip = edition["tasks"][3]["activities"][0]["years"]["2025"]["district"]
    assert (slip["raw"], slip["value"], slip["marks"], slip["place"]["line"]) == ("2600,,0", "2600.0", ["doubled-separator"], 1320)
    assert popravka("read", REAL).stdout == done.stdout


def test_read_blocks() -> None:
    """Each cell once, with its spans."""
    blocks = json.loads(popravka("read", WORD, "--blocks").stdout)["blocks"]
    tables = [block["table"] for block in blocks if "table" in block]
    assert len(tables) == 3
    assert tables[2][0][0] == {"row": 0, "column": 0, "row_span": 2, "column_span": 1, "blocks": [{"paragraph": "№"}, {"paragraph": "пп"}]}


def test_diff_in_every_form(tmp_path: Path) -> None:
    """Text, JSON and a page that needs no network; always 0."""
    text = popravka("diff", FORMER, WORD)
    assert text.returncode == 0
    assert "Не объяснено" in text.stdout
    assert "\x1b" not in text.stdout
    found = json.loads(popravka("diff", FORMER, REAL, "--format", "json").stdout)
    assert found["totals"]["delta"] == "1034.80"
    assert {change["role"] for change in found["changes"]} == {"primary", "derived", "unexplained", None}
    page = tmp_path / "изменения.html"
    assert popravka("diff", FORMER, WORD, "--format", "html", "-o", page).returncode == 0
    tree = html.fromstring(page.read_text("utf-8"))
    assert tree.get("lang") == "ru"
    links = [value for name in ("src", "href") for value in tree.xpath(f"//@{name}")]
    assert all(link.startswith(("#", "data:")) for link in links)
    assert {link for link in links if link.startswith("#")} <= {f"#{anchor}" for anchor in tree.xpath("//@id")}
    assert len(tree.xpath("//tr[@data-tone='unexplained']")) == 1
    assert not list(tmp_path.glob(".*"))


def test_an_edition_is_read_in_every_form() -> None:
    """What is read shows itself in each format that can be written, also where rows are shorter than the table."""
    for form in ("text", "html", "md"):
        done = popravka("read", REAL, "--format", form)
        assert (done.returncode, done.stderr) == (0, "")
        assert "Печатные СМИ" in done.stdout


def test_binary_formats_want_a_file(tmp_path: Path) -> None:
    """Without -o they are wrong use, told in one line of the language; with it, or into a pipe asked for, they are written."""
    for commands in (["diff", FORMER, WORD], ["check", WORD], ["read", WORD], ["rules"]):
        done = popravka(*commands, "--format", "docx")
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.count("\n") == 1
        assert "укажите ключом -o" in done.stderr
    english = popravka("diff", FORMER, WORD, "--format", "docx", "--lang", "en")
    assert english.returncode == 2
    assert "say with -o where to write it" in english.stderr
    out = tmp_path / "таблица.docx"
    assert popravka("diff", FORMER, WORD, "--format", "docx", "-o", out).returncode == 0
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", "diff", FORMER, WORD, "--format", "docx", "-o", "-"]
    assert subprocess.run(command, capture_output=True, cwd=ROOT, check=True).stdout == out.read_bytes()


def test_the_name_of_the_file_tells_the_format(tmp_path: Path) -> None:
    """Where --format is not given: a Word file, a workbook, a page; a name that tells nothing changes nothing."""
    begins = {
        "a.docx": b"PK",
        "a.xlsx": b"PK",
        "a.HTML": b"<!DOCTYPE",
        "a.md": b"# ",
        "a.json": "Что".encode(),
        "a.txt": "Что изменила".encode(),
    }
    for name, start in begins.items():
        assert popravka("diff", FORMER, WORD, "-o", tmp_path / name).returncode == 0
        assert (tmp_path / name).read_bytes().startswith(start), name
    assert popravka("diff", FORMER, WORD, "--format", "json", "-o", tmp_path / "b.html").returncode == 0
    assert (tmp_path / "b.html").read_bytes().startswith(b"{")
    assert popravka("read", WORD, "-o", tmp_path / "c.txt").returncode == 0
    assert (tmp_path / "c.txt").read_bytes().startswith(b"{")


def test_binary_formats_never_go_to_a_terminal(tmp_path: Path) -> None:
    """Not even when a terminal is what -o names."""
    command = f"{sys.executable} -c 'from pipeline.cli import main; main()' diff {FORMER} {WORD} --format docx -o -"
    done = subprocess.run(
        ["script", "--quiet", "--return", "--command", command, tmp_path / "seen"], capture_output=True, cwd=ROOT, check=False
    )
    assert done.returncode == 2
    assert "укажите ключом -o" in done.stdout.decode()


def test_the_document_model_is_json_only(tmp_path: Path) -> None:
    """No page, no Word file of it: the command says so and writes nothing."""
    out = tmp_path / "blocks.docx"
    done = popravka("read", WORD, "--blocks", "--format", "docx", "-o", out)
    assert done.returncode == 2
    assert "только в JSON" in done.stderr
    assert not out.exists()


def test_page_escapes_what_a_document_says(tmp_path: Path) -> None:
    """A name with markup in it stays a name."""
    nasty = tmp_path / "new.txt"
    nasty.write_text(CLEAN.read_text("utf-8").replace("Освещение улиц", "Освещение <script>alert(1)</script> улиц & площадей"), "utf-8")
    page = popravka("diff", CLEAN, nasty, "--format", "html").stdout
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    etree.fromstring(page.encode(), etree.HTMLParser())


def test_rules() -> None:
    """The catalogue, one page, and a code that is none."""
    assert "SUM002" in popravka("rules").stdout
    assert "3655,463" in popravka("rules", "sum002").stdout
    assert json.loads(popravka("rules", "SUM002", "--format", "json").stdout)["rules"][0]["severity"] == "error"
    assert popravka("rules", "ABC999").returncode == 2


def _zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("readme.txt", "text")


BAD: dict[str, Callable[[Path], object]] = {
    "empty.docx": lambda path: path.write_bytes(b""),
    "truncated.docx": lambda path: path.write_bytes(WORD.read_bytes()[:20000]),
    "other.zip": _zip,
    "prose.txt": lambda path: path.write_text("Просто текст без таблиц.\n", "utf-8"),
    "folder": lambda path: path.mkdir(),
    "missing.docx": lambda path: path.unlink(missing_ok=True),
    "noise.docx": lambda path: path.write_bytes(os.urandom(5000)),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_line_with_a_remedy(name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Exit code 3, one line that names the file and says what to do, nothing on standard output, no half file."""
    path, out = tmp_path / name, tmp_path / "out.json"
    BAD[name](path)
    for arguments in (["check", path], ["diff", path, REAL], ["diff", REAL, path], ["check", path, "-o", out]):
        code = run([str(argument) for argument in arguments])
        shown = capfd.readouterr()
        assert (code, shown.out) == (3, "")
        assert shown.err.count("\n") == 1
        assert str(path) in shown.err
        assert " — " in shown.err
    assert not out.exists()


def test_bad_input_as_a_process(tmp_path: Path) -> None:
    """The same through the real command: no traceback, the exit code of the process."""
    path = tmp_path / "truncated.docx"
    BAD[path.name](path)
    done = popravka("check", path)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (3, "", 1)


@pytest.mark.parametrize(
    ("name", "told"),
    [("circle.docx", "ссылка ведёт по кругу"), ("я" * 200, "имя слишком длинное"), ("две\nстроки", "файла нет")],
    ids=["circle", "long name", "two lines"],
)
def test_odd_paths_are_told_in_one_line(name: str, told: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Whatever stands at a path, or cannot, is told in the user's language."""
    (tmp_path / "circle.docx").symlink_to(tmp_path / "circle.docx")
    assert run(["read", str(tmp_path / name)]) == 3
    said = capfd.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert told in said.err


def test_file_without_permission(tmp_path: Path) -> None:
    """A file that the user may not read; root, who may read all, becomes nobody first."""
    path = tmp_path / "closed.docx"
    path.write_bytes(WORD.read_bytes())
    path.chmod(0)
    program = f"""if True:
        import os, sys
        from pipeline.cli import run
        run(["check", {str(CLEAN)!r}])  # imports everything while it may
        if os.geteuid() == 0:
            os.setuid(65534)
        sys.exit(run(["check", {str(path)!r}]))"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 3, done.stderr
    assert "нет права" in done.stderr
    assert done.stderr.count("\n") == 1


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    """The good one is checked, the bad one is told and stands in the JSON; the exit code is 3."""
    bad = tmp_path / "bad.docx"
    bad.write_bytes(b"")
    done = popravka("check", bad, CLEAN, "--format", "json")
    files = json.loads(done.stdout)["files"]
    assert done.returncode == 3
    assert [("error" in file, file["file"]) for file in files] == [(False, str(CLEAN)), (True, str(bad))]
    assert files[1]["error"]["code"] == "empty"


def test_read_of_a_document_that_is_no_edition(tmp_path: Path) -> None:
    """By the contract: kind other, the reason, exit code 0."""
    path = tmp_path / "letter.txt"
    path.write_text("Уважаемые коллеги!\n", "utf-8")
    done = popravka("read", path)
    assert (done.returncode, json.loads(done.stdout)["kind"]) == (0, "other")
    assert "Это не редакция программы" in popravka("read", path, "--format", "text").stdout
    assert popravka("read", path, "--format", "docx", "-o", tmp_path / "letter.docx").returncode == 0
    assert (tmp_path / "letter.docx").read_bytes()[:2] == b"PK"


@pytest.mark.parametrize(
    "arguments",
    [["chek"], ["check"], ["check", "--foo", "x"], ["diff", "a"], ["check", "--format", "xml", "a"], ["--lang", "de"], ["rules", "A", "B"]],
)
def test_misuse_is_2_in_one_russian_line(arguments: list[str]) -> None:
    """Wrong use says what is wrong and where help is."""
    done = popravka(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "справка: popravka" in done.stderr


def test_output_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A folder that is not there: one line, 2, nothing left behind."""
    done = popravka("read", REAL, "-o", tmp_path / "nowhere" / "out.json")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_language() -> None:
    """English by key and by environment; machine formats do not change."""
    assert "Check of an edition" in popravka("check", CLEAN, "--lang", "en").stdout
    assert "Usage:" in popravka("--help", env={"POPRAVKA_LANG": "en"}).stdout
    assert "Использование:" in popravka("--help").stdout
    russian, english = (popravka("read", REAL, env={"POPRAVKA_LANG": lang}).stdout for lang in ("ru", "en"))
    assert russian == english


def test_a_reader_that_goes_away_is_no_error() -> None:
    """`popravka … | head -1` ends quietly."""
    command = f"{sys.executable} -c 'from pipeline.cli import main; main()' read {REAL} | head -1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.stderr == ""


@pytest.mark.slow
def test_installs_from_a_clean_copy(tmp_path: Path) -> None:
    """`pip install .` into an empty environment gives the command, with its data files."""
    source = tmp_path / "source"
    shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns(".*", "__pycache__", "*.egg-info", "build", "out"))
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "env"], check=True)
    pip = [tmp_path / "env/bin/pip", "install", "--quiet", "--disable-pip-version-check", source]
    subprocess.run(pip, check=True, capture_output=True)
    command = tmp_path / "env/bin/popravka"
    done = subprocess.run([command, "diff", FORMER, WORD, "--format", "html"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "Что изменила поправка" in done.stdout
    assert io.StringIO(done.stdout).readline() == "<!DOCTYPE html>\n"
