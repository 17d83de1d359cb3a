"""The registry as others use it: open it, file, ask. Every method is one transaction; every trouble a RegistryError."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, select, update

from pipeline.digest import Digest, unpack
from pipeline.registry import filing, queries
from pipeline.registry import tables as t
from pipeline.registry.engine import connect, insert, put, shown, told
from pipeline.registry.errors import RegistryError
from pipeline.registry.originals import Originals
from pipeline.stepping import Stepped

_ORIGINALS = "originals"


class Seen(NamedTuple):
    """How a file looked when it was filed last, and what came of it.

    `run` is the run that read it, `met` the last one that met it; `changed` how many values another version of the program
    had read otherwise; `archive` the file on the disk that holds a packed one.
    """

    path: str
    sha256: str | None
    size: int
    modified: str
    outcome: str
    reason: str | None
    reading: str
    run: int | None = None
    met: int | None = None
    changed: int | None = None
    archive: str | None = None


class Filed(NamedTuple):
    """A document as far as a run must know it: what came of it, its packed record, and the files that hold it."""

    outcome: str
    reason: str | None
    reading: str
    kind: str | None
    record: bytes | None
    paths: tuple[str, ...]


class Registry:
    """An open registry; `originals` is where its originals are kept."""

    def __init__(self, url: str, originals: str | None = None, new: bool = True) -> None:
        """Open the registry at a URL; where there is none yet, make it if it may be `new`. Raises RegistryError."""
        self._engine = connect(url, new)
        try:
            self.originals = Originals(self._location(originals))
        except RegistryError:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @property
    def place(self) -> str:
        """The URL without a password, for people."""
        return shown(self._engine)

    def _location(self, asked: str | None) -> str:
        """Where originals are kept: as the registry knows it, or as it is told when it is new."""
        with self.writing() as connection:
            found = connection.execute(select(t.about.c.value).where(t.about.c.name == _ORIGINALS)).scalar()
            beside = _beside(self._engine)
            if asked is not None or found is None:
                location = asked or beside
                if location is None:
                    advice = "назовите общее место ключом --originals или в POPRAVKA_ORIGINALS, один раз"
                    raise RegistryError(self.place, "не сказано, где хранить подлинники", advice, exit_code=2)
                stored = "" if location == beside else location
                put(connection, t.about, {"name": _ORIGINALS, "value": stored})
                found = stored
        return found or str(beside)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One writing transaction: all of it or nothing."""
        with told(self._engine), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One reading transaction: others may write meanwhile."""
        with told(self._engine), self._engine.connect().execution_options(reading=True) as connection:
            yield connection

    def file(self, made: Digest, seen: Seen | None = None) -> bool:
        """File a document and how its file looked; returns whether it was new."""
        with self.writing() as connection:
            is_new = filing.file_digest(connection, made)
            if seen is not None:
                filing.file_seen(connection, seen._asdict())
            return is_new

    def saw(self, seen: Sequence[Seen]) -> None:
        """Remember how files looked whose content is filed already."""
        with self.writing() as connection:
            for one in seen:
                filing.file_seen(connection, one._asdict())

    def forget(self, sha256: str) -> bool:
        """Remove a document, what follows from it, and its original; returns whether it was there."""
        with self.writing() as connection:
            was_there = filing.forget(connection, sha256)
        self.originals.drop(sha256)
        return was_there

    def missing_steps(self, programme: int | None = None) -> list[filing.Step]:
        """The steps that are still to be compared."""
        with self.reading() as connection:
            return filing.missing_steps(connection, programme)

    def acts_between(self, programme: int, old: str, new: str) -> tuple[str, ...]:
        """The filed resolutions between two editions of a programme, in order."""
        with self.reading() as connection:
            return filing.acts_between(connection, programme, old, new)

    def file_step(self, step: filing.Step, reading: str, made: Stepped) -> bool:
        """File what changed in a step; returns whether it was wanted."""
        with self.writing() as connection:
            return filing.file_step(connection, step, reading, made)

    def programmes(self) -> list[queries.Programme]:
        """Every programme with its editions and gaps, by date and number."""
        with self.reading() as connection:
            return queries.programmes(connection)

    def programme(self, name: str) -> queries.Programme:
        """The only programme that is so called (see `queries.named`); raises RegistryError."""
        with self.reading() as connection:
            return queries.named(connection, name, self.place)

    def of_document(self, sha256: str) -> queries.Programme | None:
        """The programme that a document belongs to."""
        with self.reading() as connection:
            return queries.of_document(connection, sha256)

    def amended_by(self, sha256: str) -> queries.Programme | None:
        """The programme that a filed resolution amends, the first of several."""
        with self.reading() as connection:
            return queries.amended_by(connection, sha256)

    def document(self, sha256: str) -> dict[str, Any]:
        """All that is filed of a document, as columns; raises NotFiled."""
        with self.reading() as connection:
            return queries.document(connection, sha256, self.place)

    def looked(self, paths: Sequence[str]) -> dict[str, Seen]:
        """How these files looked when they were filed last."""
        columns = [t.files.c[name] for name in Seen._fields]
        with self.reading() as connection:
            return {row.path: Seen(*row) for row in connection.execute(select(*columns).where(t.files.c.path.in_(paths)))}

    def met(self, paths: Sequence[str], run: int) -> None:
        """Note that a run met these files, and what is packed in them, as they were."""
        if paths:
            with self.writing() as connection:
                those = t.files.c.path.in_(paths) | t.files.c.archive.in_(paths)
                connection.execute(update(t.files).where(those).values(met=run))

    def filed(self, sha256: str) -> Filed | None:
        """A document as far as a run must know it, or None."""
        d = t.documents.c
        with self.reading() as connection:
            row = connection.execute(select(d.outcome, d.reason, d.reading, d.kind, d.record).where(d.sha256 == sha256)).one_or_none()
            if row is None:
                return None
            paths = connection.execute(select(t.files.c.path).where(t.files.c.sha256 == sha256)).scalars()
            return Filed(*row, tuple(paths))

    def records(self, *documents: str) -> list[bytes]:
        """The packed records of documents, in the order asked for."""
        d = t.documents.c
        with self.reading() as connection:
            rows = connection.execute(select(d.sha256, d.record).where(d.sha256.in_(documents))).all()
        found = {row.sha256: row.record for row in rows}
        return [found[sha256] for sha256 in documents]

    def findings(self, sha256: str) -> list[str]:
        """The findings of a document, as JSON texts in order."""
        g = t.findings.c
        with self.reading() as connection:
            return list(connection.execute(select(g.record).where(g.sha256 == sha256).order_by(g.position)).scalars())

    def changes(self, old: str, new: str) -> list[dict[str, Any]]:
        """The changes of a step between two documents, as `diff --format json` gives them; none where it is not compared yet."""
        with self.reading() as connection:
            query = select(t.steps.c.record).where(t.steps.c.old == old, t.steps.c.new == new)
            packed = connection.execute(query).scalar()
        return [] if packed is None else list(unpack(packed)["changes"])

    def names(self, *documents: str) -> list[tuple[str, str]]:
        """(SHA-256, the name by which it was filed) of documents, in the order asked for."""
        d = t.documents.c
        with self.reading() as connection:
            rows = connection.execute(select(d.sha256, d.name).where(d.sha256.in_(documents))).all()
        found = {row.sha256: row.name for row in rows}
        return [(sha256, found[sha256]) for sha256 in documents]

    def settle_doubles(self, run: int) -> None:
        """Of the files that hold the same document, the first by name is the read one; the others are its duplicates."""
        with self.writing() as connection:
            filing.settle_doubles(connection, run)

    def begin_run(self, version: str, folders: str) -> int:
        """Note that a run over an archive begins, or that the last one, which was cut short, goes on; returns its number."""
        r = t.runs.c
        with self.writing() as connection:
            last = connection.execute(select(r.id, r.complete, r.version, r.folders).order_by(r.id.desc()).limit(1)).one_or_none()
            if last is not None and not last.complete and (last.version, last.folders) == (version, folders):
                return int(last.id)
            row = {"started": filing.now(), "version": version, "folders": folders, "complete": False}
            return int(connection.execute(t.runs.insert().values(row).returning(t.runs.c.id)).scalar_one())

    def outcomes(self, run: int) -> Iterator[queries.Outcome]:
        """What came of every file that a run met, by path."""
        with self.reading() as connection:
            yield from queries.outcomes(connection, run)

    def gone(self, run: int) -> list[str]:
        """The files that the run before met and this one did not."""
        with self.reading() as connection:
            return queries.gone(connection, run)

    def findings_by_rule(self, run: int) -> list[tuple[str, str, int, int]]:
        """(code, severity, findings, documents) among the documents that a run met."""
        with self.reading() as connection:
            return queries.findings_by_rule(connection, run)

    def end_run(self, run: int, report: bytes) -> None:
        """Note that a run is complete, with its report."""
        with self.writing() as connection:
            row = {"ended": filing.now(), "complete": True, "report": report}
            connection.execute(t.runs.update().where(t.runs.c.id == run).values(row))

    def dump(self) -> dict[str, list[dict[str, Any]]]:
        """Every table as rows, in the order of their keys; what a backup holds."""
        with self.reading() as connection:
            found = {}
            for table in t.metadata.sorted_tables:
                rows = connection.execute(select(table).order_by(*table.primary_key)).mappings()
                found[table.name] = [dict(row) for row in rows]
            return found

    def restore(self, dump: dict[str, list[dict[str, Any]]]) -> None:
        """Fill an empty registry from a backup; raises RegistryError where it is not empty."""
        with self.writing() as connection:
            if connection.execute(select(t.documents.c.sha256).limit(1)).scalar() is not None:
                raise RegistryError(self.place, "реестр не пуст", "восстанавливайте в новый реестр")
            for table in t.metadata.sorted_tables:
                if table is not t.about:
                    insert(connection, table, dump.get(table.name, []))


def _beside(engine: Engine) -> str | None:
    """The folder beside an SQLite database: «popravka.db» → «popravka.originals»."""
    database = engine.url.database
    if engine.dialect.name != "sqlite" or not database or database == ":memory:":
        return None
    return str(Path(database).absolute().with_suffix(".originals"))
