"""The registry: what is filed, in which order, by how many at once, and what is left when one is cut off."""

import itertools
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine

from pipeline.digest import Digest, digest, issuer_key
from pipeline.ingest import ingest, settle_steps
from pipeline.registry.chain import Held, chain, gaps
from pipeline.registry.errors import RegistryError
from pipeline.registry.registry import Registry
from pipeline.registry.tables import metadata

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples" / "kozhevnikovo-504"
OLD, NEW, NEW_TEXT = SAMPLES / "2022-192/source.docx", SAMPLES / "2023-160/source.docx", SAMPLES / "2023-160/source.txt"
UNSTABLE = {"was", "met", "seconds", "started", "ended", "id", "programme", "run", "modified"}


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    """A registry of its own."""
    found = Registry(f"sqlite:///{tmp_path}/popravka.db")
    yield found
    found.close()


def content(registry: Registry) -> dict[str, list[dict[str, object]]]:
    """What is filed, without what differs between two runs that did the same."""
    rows = {
        name: [{key: value for key, value in row.items() if key not in UNSTABLE} for row in rows] for name, rows in registry.dump().items()
    }
    return {name: sorted(found, key=repr) for name, found in rows.items() if name not in ("runs", "about")}


def test_the_order_of_filing_changes_nothing(tmp_path: Path) -> None:
    """Whatever is filed first, the registry ends the same."""
    made = [digest(path.read_bytes(), path.name) for path in (OLD, NEW, NEW_TEXT)]
    contents = []
    for number, order in enumerate(itertools.permutations(made)):
        found = Registry(f"sqlite:///{tmp_path}/{number}.db")
        for one in order:
            assert found.file(one)
        settle_steps(found)
        contents.append(content(found))
        found.close()
    assert all(one == contents[0] for one in contents)
    assert len(contents[0]["editions"]) == 2
    assert len(contents[0]["steps"]) == 2  # between the editions, and between the two files of the newer one


def test_filing_twice_changes_nothing(registry: Registry) -> None:
    """The same bytes under another name are the same document."""
    assert ingest(registry, str(NEW)).is_new
    before = content(registry)
    assert not ingest(registry, str(NEW)).is_new
    assert content(registry) == before


def test_a_late_edition_takes_its_place(registry: Registry) -> None:
    """A gap is told until the missing edition is filed; then the steps around it are made anew."""
    first = ingest(registry, str(NEW))
    assert first.programme is not None
    assert first.programme.gaps == (("2022-04-07", "192"),)
    late = ingest(registry, str(OLD))
    assert late.position == 0
    assert late.programme is not None
    assert late.programme.gaps == ()
    assert late.onward is not None
    assert registry.programme("504").editions[1].changes == len(late.onward.changes)


def test_two_files_of_one_edition_are_compared(registry: Registry, tmp_path: Path) -> None:
    """A second file that says something else is told apart from one that says the same."""
    ingest(registry, str(NEW))
    same = ingest(registry, str(NEW_TEXT))
    assert [len(twin.changes) for _, twin in same.twins] == [0]
    other = tmp_path / "other.txt"
    other.write_text(NEW_TEXT.read_text("utf-8").replace("180,0", "181,0"), "utf-8")
    differing = ingest(registry, str(other))
    assert sorted(bool(twin.changes) for _, twin in differing.twins) == [True, True]


def test_what_cannot_be_read_is_filed_and_tried_again(registry: Registry, tmp_path: Path) -> None:
    """A damaged file has its outcome and its reason; it is no duplicate when it comes again."""
    damaged = tmp_path / "damaged.docx"
    damaged.write_bytes(NEW.read_bytes()[:5000])
    for _ in range(2):
        one = ingest(registry, str(damaged))
        assert one.is_new
        assert one.digest.outcome == "refused"
        assert registry.document(one.digest.sha256)["reason"]
    missing = ingest(registry, str(tmp_path / "no.docx"))
    assert missing.digest.code == "missing"


def test_forgetting_a_document_forgets_what_followed(registry: Registry) -> None:
    """The chain closes over an edition that is taken away; its original is gone too."""
    old, new = ingest(registry, str(OLD)), ingest(registry, str(NEW))
    assert registry.forget(old.digest.sha256)
    assert not registry.originals.has(old.digest.sha256)
    assert registry.originals.has(new.digest.sha256)
    assert [edition.number for edition in registry.programme("504").editions] == ["160"]
    assert content(registry)["steps"] == []
    assert not registry.forget(old.digest.sha256)


def test_a_backup_restored_is_the_same(registry: Registry, tmp_path: Path) -> None:
    """Every row comes back; a registry that is not empty is left alone."""
    ingest(registry, str(OLD))
    ingest(registry, str(NEW))
    other = Registry(f"sqlite:///{tmp_path}/other.db")
    other.restore(registry.dump())
    assert content(other) == content(registry)
    with pytest.raises(RegistryError):
        other.restore(registry.dump())
    other.close()


def test_originals_are_kept_and_altered_ones_are_told(registry: Registry) -> None:
    """What is kept is what was filed; a byte changed on the disk is told."""
    one = ingest(registry, str(NEW))
    assert registry.originals.get(one.digest.sha256) == NEW.read_bytes()
    path = next(Path(registry.originals.location).glob(f"*/{one.digest.sha256}"))
    path.write_bytes(b"other")
    with pytest.raises(RegistryError, match="SHA-256"):
        registry.originals.get(one.digest.sha256)


def test_a_newer_registry_is_left_alone(tmp_path: Path) -> None:
    """A database that a newer program made is refused and not touched."""
    path = tmp_path / "newer.db"
    Registry(f"sqlite:///{path}").close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(RegistryError, match="более новой"):
        Registry(f"sqlite:///{path}")


def test_names_of_programmes(registry: Registry) -> None:
    """A number alone will do where only one bears it; a date tells two apart."""
    ingest(registry, str(NEW))
    for name in ("504", "№ 504", "504 от 17.09.2020", "504 от 17 сентября 2020 года", "2020-09-17/504"):
        assert registry.programme(name).number == "504"
    for name in ("505", "504 от 18.09.2020", ""):
        with pytest.raises(RegistryError):
            registry.programme(name)


@pytest.mark.parametrize("location", ["folder", "memory://originals"])
def test_originals_lie_where_they_are_told_to(tmp_path: Path, location: str) -> None:
    """A folder of its own, or any location that fsspec knows; what is forgotten is gone from there."""
    where = str(tmp_path / "elsewhere") if location == "folder" else location
    registry = Registry(f"sqlite:///{tmp_path}/popravka.db", where)
    one = ingest(registry, str(NEW))
    assert registry.originals.all() == [one.digest.sha256]
    assert registry.originals.get(one.digest.sha256) == NEW.read_bytes()
    registry.forget(one.digest.sha256)
    assert registry.originals.all() == []
    registry.close()


def _held(sha256: str, date: str | None, number: str | None) -> Held:
    return Held(sha256, None, "", date, number, date, 0, "")


def test_a_chain_is_in_order_and_its_gaps_are_told() -> None:
    """Days first, then numbers as a person counts; an act of the same number and year is the same act."""
    links = chain([_held("a", "2022-05-01", "10"), _held("b", "2022-05-01", "9"), _held("c", "2021-01-01", "300")])
    assert [link.number for link in links] == ["300", "9", "10"]
    cited = [("2022-05-02", "10"), ("2020-01-01", "10"), ("2021-01-01", "300"), (None, "9"), (None, None)]
    assert gaps(links, cited) == [("2020-01-01", "10")]


def test_issuers_are_the_same_in_all_cases() -> None:
    """The key of an issuer does not depend on the case of its words."""
    assert issuer_key("Администрация Кожевниковского района") == issuer_key("Администрацией  Кожевниковского района")
    assert issuer_key("Администрация Томского района") != issuer_key("Администрация Кожевниковского района")


WRITER = """
import sys
from pathlib import Path
from pipeline.digest import digest
from pipeline.registry.registry import Registry
from pipeline.registry.tables import metadata
url, *files = sys.argv[1:]
registry = Registry(url)
for file in files:
    registry.file(digest(Path(file).read_bytes(), file))
    print(file, flush=True)
"""


def _writer(url: str, *files: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", WRITER, url, *map(str, files)], cwd=ROOT, stdout=subprocess.PIPE, text=True)


@pytest.mark.slow
def test_two_processes_file_at_once(tmp_path: Path) -> None:
    """Both succeed, also in making the registry, and nothing is filed twice."""
    url = f"sqlite:///{tmp_path}/popravka.db"
    writers = [_writer(url, OLD, NEW, NEW_TEXT), _writer(url, NEW_TEXT, NEW, OLD)]
    assert [writer.wait(120) for writer in writers] == [0, 0]
    for writer in writers:
        assert writer.stdout is not None
        writer.stdout.close()
    registry = Registry(url)
    settle_steps(registry)
    assert [edition.number for edition in registry.programme("504").editions] == ["192", "160"]
    assert len(content(registry)["documents"]) == 3
    registry.close()


@pytest.mark.slow
def test_killed_at_any_moment_nothing_is_half(tmp_path: Path) -> None:
    """A process that files without end is killed again and again: every document is there whole or not at all."""
    url = f"sqlite:///{tmp_path}/popravka.db"
    texts = NEW_TEXT.read_text("utf-8")
    files = []
    for number in range(12):
        files.append(tmp_path / f"{number}.txt")
        files[-1].write_text(texts.replace("180,0", f"{180 + number},0"), "utf-8")
    for pause in (0.9, 1.1, 1.3, 1.6):
        writer = _writer(url, *files)
        time.sleep(pause)
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        assert writer.stdout is not None
        writer.stdout.close()
        registry = Registry(url)
        rows = content(registry)
        for document in rows["documents"]:
            told = sum(1 for finding in rows["findings"] if finding["sha256"] == document["sha256"])
            assert told == sum(int(str(document[name])) for name in ("errors", "warnings", "notes"))
            assert [holding for holding in rows["holdings"] if holding["sha256"] == document["sha256"]]
        registry.close()


def test_a_digest_crosses_processes() -> None:
    """A digest is made of plain values."""
    import pickle

    made = digest(NEW.read_bytes(), NEW.name)
    assert pickle.loads(pickle.dumps(made)) == made
    assert isinstance(made, Digest)


def test_migrations_end_in_the_tables_of_the_code(tmp_path: Path) -> None:
    """What the migrations make is what the code expects, to the column; run twice they change nothing."""
    url = f"sqlite:///{tmp_path}/popravka.db"
    for _ in range(2):
        Registry(url).close()
    engine = create_engine(url)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    engine.dispose()
    assert differences == []
