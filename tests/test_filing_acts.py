"""A resolution and the edition that it made find each other, whichever is filed first; changes are held against filed acts."""

import itertools
import json
from pathlib import Path

import pytest

from pipeline.batch.batch import Wish, batch
from pipeline.cli import run
from pipeline.ingest import ingest
from pipeline.registry.registry import Registry
from pipeline.settings import Settings
from tests.test_registry import NEW, OLD, SAMPLES, content

ACTS = SAMPLES / "2022-192..2023-160" / "acts"


def _declared(registry: Registry) -> list[str | None]:
    old, new = (edition.documents[0].sha256 for edition in registry.programme("504").editions)
    return [change["declared"] for change in registry.changes(old, new)]


@pytest.mark.parametrize(
    "order", list(itertools.permutations((OLD, NEW, ACTS / "honest.docx"))), ids=lambda files: "-".join(f.parent.name for f in files)
)
def test_an_act_and_its_edition_find_each_other(tmp_path: Path, order: tuple[Path, ...]) -> None:
    """In whatever order they are filed, the changes that the act orders are declared."""
    registry = Registry(f"sqlite:///{tmp_path}/popravka.db")
    last = [ingest(registry, str(path)) for path in order][-1]
    assert set(_declared(registry)) == {"declared"}
    programme = registry.programme("504")
    assert [len(edition.resolutions) for edition in programme.editions] == [0, 1]
    assert last.programme == programme
    registry.close()


def test_what_an_act_omits_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The legal department sees at once what was changed and not declared."""
    monkeypatch.chdir(tmp_path)
    assert run(["ingest", str(OLD), str(NEW)]) == 0
    capfd.readouterr()
    assert run(["ingest", str(ACTS / "omits.docx")]) == 0
    said = capfd.readouterr().out
    assert "Постановление от 24.03.2023 № 160" in said
    assert "Сделано, но не объявлено" in said
    assert run(["changelog", "504", "--format", "json"]) == 0
    changes = json.loads(capfd.readouterr().out)["changes"]
    assert {"declared", "undeclared"} <= {change["declared"] for change in changes}
    assert run(["editions", "504"]) == 0
    assert "подшито" in capfd.readouterr().out


@pytest.mark.slow
def test_a_batch_ends_as_filing_one_by_one_does(tmp_path: Path) -> None:
    """Acts among the files of an archive account for the changes as they do when they are filed by hand."""
    folder = tmp_path / "архив"
    folder.mkdir()
    one_by_one = Registry(f"sqlite:///{tmp_path}/one.db")
    for name, path in {"а.docx": OLD, "б.docx": NEW, "в.docx": ACTS / "omits.docx"}.items():
        (folder / name).write_bytes(path.read_bytes())
        ingest(one_by_one, str(folder / name))
    together = Registry(f"sqlite:///{tmp_path}/together.db")
    batch(together, Wish((str(folder),), 2), Settings(), lambda *_: None)
    assert content(together) == content(one_by_one)
    for registry in (one_by_one, together):
        registry.close()
