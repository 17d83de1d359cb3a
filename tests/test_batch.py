"""The batch: every file has an outcome, whatever it is; a run that is killed goes on; what is known is not read again."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import py7zr
import pyarrow.parquet
import pytest

from extractors.options import Limits
from pipeline.batch import jobs
from pipeline.batch.batch import Wish, batch
from pipeline.batch.packed import is_archive, members
from pipeline.batch.walk import walk
from pipeline.batch.workers import Bounds, Failed, Processes
from pipeline.cli import run
from pipeline.registry.registry import Registry
from pipeline.settings import Settings
from tests.test_registry import NEW, NEW_TEXT, OLD, ROOT, content


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Constructed: both editions, a double, a text that is none, a damaged file, and archives of the same."""
    folder = tmp_path / "архив"
    (folder / "2023").mkdir(parents=True)
    (folder / "прежняя.docx").write_bytes(OLD.read_bytes())
    (folder / "2023" / "новая.docx").write_bytes(NEW.read_bytes())
    (folder / "2023" / "новая копия.docx").write_bytes(NEW.read_bytes())
    (folder / "письмо.txt").write_text("Просим рассмотреть проект.", "utf-8")
    (folder / "обрезано.docx").write_bytes(NEW.read_bytes()[:9000])
    (folder / "пусто.docx").write_bytes(b"")
    with zipfile.ZipFile(folder / "письма.zip", "w") as made:
        made.writestr("внутри/новая.txt", NEW_TEXT.read_bytes())
        made.writestr("внутри/обрезано.docx", OLD.read_bytes()[:7000])
    with py7zr.SevenZipFile(folder / "ещё.7z", "w") as packed:
        packed.writestr(NEW_TEXT.read_text("utf-8").replace("180,0", "181,0"), "иная.txt")
    return folder


EXPECTED = {
    "прежняя.docx": "read", "2023/новая.docx": "duplicate", "2023/новая копия.docx": "read", "письмо.txt": "read",
    "обрезано.docx": "refused", "пусто.docx": "refused", "письма.zip": "read", "письма.zip!/внутри/новая.txt": "read",
    "письма.zip!/внутри/обрезано.docx": "refused", "ещё.7z": "read", "ещё.7z!/иная.txt": "read",
}  # fmt: skip


def go(url: str, *folders: Path, retry: bool = False) -> dict[str, Any]:
    """One run over folders."""
    registry = Registry(url)
    try:
        wish = Wish(tuple(map(str, folders)), 2, bounds=Bounds(120), retry=retry)
        return batch(registry, wish, Settings(), lambda *_: None)
    finally:
        registry.close()


def outcomes(record: dict[str, Any], folder: Path) -> dict[str, str]:
    """The outcome of each file, by its path in the folder."""
    return {file["file"].removeprefix(f"{folder}/"): file["outcome"] for file in record["files"]}


@pytest.mark.slow
def test_every_file_has_an_outcome(tmp_path: Path, archive: Path) -> None:
    """Once each, packed ones too; the sums agree; a second run reads nothing; a file that changed is read again."""
    url = f"sqlite:///{tmp_path}/popravka.db"
    first = go(url, archive)
    assert outcomes(first, archive) == EXPECTED
    assert sum(first["outcomes"].values()) == len(first["files"]) == len(EXPECTED)
    assert [one["edition"] for one in first["files"] if one["kind"] == "edition" and one["outcome"] == "read"] == [
        "160",
        "160",
        "160",
        "192",
    ]
    second = go(url, archive)
    assert set(outcomes(second, archive)) == set(EXPECTED)
    assert second["outcomes"]["unchanged"] == len(EXPECTED)
    (archive / "обрезано.docx").write_bytes(OLD.read_bytes() + b"\0")
    (archive / "письмо.txt").unlink()
    third = go(url, archive)
    assert outcomes(third, archive)["обрезано.docx"] == "read"
    assert third["against_former"]["gains"] == [str(archive / "обрезано.docx")]
    assert third["against_former"]["gone"] == [str(archive / "письмо.txt")]


@pytest.mark.slow
def test_what_failed_is_tried_again_when_asked(tmp_path: Path, archive: Path) -> None:
    """Without asking, a file that could not be read is left as it was."""
    url = f"sqlite:///{tmp_path}/popravka.db"
    go(url, archive)
    again = outcomes(go(url, archive, retry=True), archive)
    assert {name for name, outcome in again.items() if outcome == "refused"} == {"обрезано.docx", "пусто.docx"}


@pytest.mark.slow
@pytest.mark.parametrize("victim", ["parent", "workers"])
def test_killed_at_random_moments_it_ends_the_same(tmp_path: Path, archive: Path, victim: str) -> None:
    """Killed again and again and started again, a run ends in the registry of a run that nobody disturbed, row by row."""
    quiet = f"sqlite:///{tmp_path}/quiet.db"
    go(quiet, archive)
    url = f"sqlite:///{tmp_path}/disturbed.db"
    killed = 0
    for pause in (1.5, 2.5, 3.5, 4.5, 300.0):
        process = subprocess.Popen(
            [str(Path(sys.executable).with_name("popravka")), "batch", str(archive), "--registry", url, "--workers", "2"],
            cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        ends = time.monotonic() + (pause if victim == "parent" else 300)
        while process.poll() is None and time.monotonic() < ends:
            time.sleep(0.1)
            for pid in _children(process.pid) if victim == "workers" and killed < 6 else []:
                killed += 1
                os.kill(pid, signal.SIGKILL)
        if process.poll() is None:
            killed += 1
            process.kill()
        process.wait()
    assert killed
    registries = [Registry(url) for url in (quiet, url)]
    if victim == "workers":  # a document whose worker was killed is told as such, and read when asked
        go(url, archive, retry=True)
    first, second = (content(registry) for registry in registries)
    for registry in registries:
        registry.close()
    assert second == first


def _children(pid: int) -> list[int]:
    """The worker processes of a run."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
            is_worker = parent == pid and b"spawn_main" in (process / "cmdline").read_bytes()
        except (OSError, ValueError):
            continue  # it ended meanwhile
        found += [int(process.name)] if is_worker else []
    return found


def sleep_for_ever() -> None:
    """A document that never ends."""
    time.sleep(600)


def eat_memory() -> int:
    """A document that wants all the memory there is."""
    return len(bytearray(2**33))


def die() -> None:
    """A document that kills its reader."""
    os.kill(os.getpid(), signal.SIGKILL)


def fail() -> None:
    """A document that meets an error of ours."""
    raise ZeroDivisionError


@pytest.mark.slow
def test_poison_has_an_outcome_and_harms_nobody_else() -> None:
    """Too long, too large, deadly, or meeting an error of ours: each is told apart, and the next one is read."""
    workers = Processes(1, Bounds(seconds=2, megabytes=1024))
    came = {}
    for function in (sleep_for_ever, eat_memory, die, fail, os.getpid):
        workers.give(function.__name__, function)
        token, result = workers.done.get(timeout=60)
        came[token] = result.outcome if isinstance(result, Failed) else "read"
    workers.close()
    assert came == {"sleep_for_ever": "timed-out", "eat_memory": "out-of-memory", "die": "crashed", "fail": "crashed", "getpid": "read"}


def test_archives_are_told_from_office_files(tmp_path: Path) -> None:
    """A .docx is packed too and is no archive; names that Windows packed are read; an encrypted one is refused."""
    assert not is_archive(NEW.read_bytes(), Limits())
    made = tmp_path / "a.zip"
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a/b.txt", "текст")
        archive.writestr("inner.zip", _zipped("c.txt"))
    assert is_archive(made.read_bytes(), Limits())
    assert [member.name for member in members(made.read_bytes(), Limits())] == ["a/b.txt", "inner.zip!/c.txt"]
    bounded = list(members(made.read_bytes(), Limits(file_bytes=3)))
    assert not any(isinstance(member.data, bytes) for member in bounded)


def _zipped(name: str) -> bytes:
    import io

    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, "текст")
    return made.getvalue()


def test_walking_tells_everything_once(tmp_path: Path) -> None:
    """Links in circles are not followed, hidden files stand there, a folder that is not there is told."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "a" / ".hidden.txt").write_text("x")
    (tmp_path / "broken").symlink_to(tmp_path / "nowhere")
    names = [found.path.removeprefix(f"{tmp_path}/") for found in walk((str(tmp_path), str(tmp_path / "нет")))]
    assert names == ["a/.hidden.txt", "a/loop", "broken", "нет"]


def test_stated_rules_cross_processes() -> None:
    """What the settings say of rules comes back as the rules to run."""
    assert jobs.stated_rules({}) == ""
    stated = jobs.stated_rules({"AMT004": {"enabled": False}})
    rules = jobs._rules(stated)
    assert rules is not None
    assert "AMT004" not in {rule.code for rule in rules}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A working folder of its own, where the registry will be."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.slow
def test_the_commands_from_filing_to_restoring(here: Path, archive: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """As its users would: batch, export in three forms, backup, purge, restore."""
    assert run(["batch", str(archive), "--report", "r.json", "--report", "r.html", "--format", "json"]) == 3
    assert json.loads(capfd.readouterr().out)["outcomes"] == json.loads((here / "r.json").read_text("utf-8"))["outcomes"]
    assert "<html" in (here / "r.html").read_text("utf-8")
    for form in ("csv", "parquet", "jsonl"):
        assert run(["export", f"out/{form}", "--format", form]) == 0
    with (here / "out/csv/changes.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == pyarrow.parquet.read_table(here / "out/parquet/changes.parquet").num_rows
    assert len((here / "out/jsonl/editions.jsonl").read_text("utf-8").splitlines()) == 2
    assert run(["backup", "copy.zip"]) == 0
    assert run(["purge", "--programme", "504"]) == 0
    assert run(["editions", "504"]) == 0
    assert run(["purge", "--programme", "504", "--yes"]) == 0
    assert run(["editions", "504"]) == 2
    assert run(["restore", "copy.zip", "--registry", "sqlite:///other.db"]) == 0
    assert run(["changelog", "504", "--registry", "sqlite:///other.db", "-o", "changes.html"]) == 0
    assert run(["restore", "copy.zip", "--registry", "sqlite:///other.db"]) == 4
    assert run(["restore", "r.json", "--registry", "sqlite:///third.db"]) == 4
