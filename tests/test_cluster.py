"""Past one machine: a real PostgreSQL, written by several at once, and a real Dask cluster, of which a worker is killed."""

import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.batch.batch import Wish, batch
from pipeline.batch.workers import Bounds, Cluster
from pipeline.ingest import settle_steps
from pipeline.registry.errors import RegistryError
from pipeline.registry.registry import Registry
from pipeline.settings import Settings
from tests.servers import LOOPBACK, dask, free_port, kill, postgresql
from tests.test_batch import EXPECTED, archive, go, outcomes
from tests.test_registry import NEW, NEW_TEXT, OLD, _writer, content

__all__ = ["archive"]  # a fixture
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """One server for the module."""
    with postgresql() as url:
        yield url


@pytest.fixture
def url(server: str) -> Iterator[str]:
    """An empty database."""
    from sqlalchemy import create_engine, text

    name = f"test_{time.monotonic_ns()}"
    engine = create_engine(server.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield server.replace("/postgres", f"/{name}")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


def test_postgresql_must_know_where_originals_are(url: str, tmp_path: Path) -> None:
    """There is no folder beside a server: the place is told once, and then known."""
    with pytest.raises(RegistryError, match="подлинники"):
        Registry(url)
    Registry(url, str(tmp_path / "originals")).close()
    again = Registry(url)
    assert again.originals.location == str(tmp_path / "originals")
    again.close()


def test_several_processes_write_to_postgresql(url: str, tmp_path: Path) -> None:
    """Three at once, in different orders: the registry ends as if one had written, the same as with SQLite."""
    Registry(url, str(tmp_path / "originals")).close()
    writers = [_writer(url, *files) for files in ((OLD, NEW, NEW_TEXT), (NEW_TEXT, OLD, NEW), (NEW, NEW_TEXT, OLD))]
    assert [writer.wait(180) for writer in writers] == [0, 0, 0]
    quiet = _writer(f"sqlite:///{tmp_path}/quiet.db", OLD, NEW, NEW_TEXT)
    assert quiet.wait(180) == 0
    for writer in (*writers, quiet):
        assert writer.stdout is not None
        writer.stdout.close()
    registries = [Registry(url), Registry(f"sqlite:///{tmp_path}/quiet.db")]
    for registry in registries:
        settle_steps(registry)
    first, second = (content(registry) for registry in registries)
    for registry in registries:
        registry.close()
    assert first == second


def test_a_cluster_does_the_same_work_though_a_worker_is_killed(url: str, tmp_path: Path, archive: Path) -> None:
    """No document is lost, none filed twice: the registry is that of a run on this machine, row by row."""
    quiet = f"sqlite:///{tmp_path}/quiet.db"
    go(quiet, archive)
    registry = Registry(url, str(tmp_path / "originals"))
    done = threading.Event()

    def told(stage: str, count: int, _: int | None) -> None:
        if stage == "documents" and count == 3:
            done.set()

    with dask(2) as cluster:
        killer = threading.Thread(target=_kill_when, args=(done, cluster.workers[0]))
        killer.start()
        record = batch(registry, Wish((str(archive),), 2, cluster.address, Bounds(120)), Settings(), told)
        killer.join()
    assert outcomes(record, archive) == EXPECTED
    first, second = content(registry), _content(quiet)
    registry.close()
    assert first == second


def _kill_when(done: threading.Event, worker: "subprocess.Popen[bytes]") -> None:
    done.wait(120)
    kill(worker)


def _content(url: str) -> dict[str, list[dict[str, object]]]:
    registry = Registry(url)
    found = content(registry)
    registry.close()
    return found


def test_a_cluster_that_does_not_answer_is_told() -> None:
    """The address and the remedy, not a traceback."""
    with pytest.raises(RegistryError, match="Dask"):
        Cluster(f"tcp://{LOOPBACK}:{free_port()}", Bounds())
