"""The database by its URL: opened, brought to the newest form, and the same to use whichever it is.

SQLite runs with a write-ahead log, foreign keys and a long wait for its lock, and takes that lock at the
beginning of a writing transaction; PostgreSQL locks the programme that is written. Sources: sqlite.org/wal.html,
sqlite.org/lang_transaction.html; PostgreSQL manual, 13.3.5 (advisory locks).
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, inspect, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from pipeline.registry.errors import RegistryError

_WAIT_SECONDS = 60
_MIGRATIONS_LOCK = "migrations"
HEAD = "0001"
_PROBLEMS = (DBAPIError, ArgumentError, NoSuchModuleError, ModuleNotFoundError)


def connect(url: str, new: bool) -> Engine:
    """The engine, its database in the newest form; where there is none, it is made if it may be `new`. Raises RegistryError."""
    engine = _engine(url)
    if not new and engine.dialect.name == "sqlite" and not Path(engine.url.database or "").exists():
        raise RegistryError(shown(engine), "реестра нет", "подшейте первый документ: popravka ingest ФАЙЛ", exit_code=2)
    try:
        with told(engine), engine.begin() as connection:
            if _revision(connection) != HEAD:
                lock(connection, _MIGRATIONS_LOCK)
                _upgrade(connection, shown(engine))
    except RegistryError:
        engine.dispose()
        raise
    return engine


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() not in ("sqlite", "postgresql"):
            raise ArgumentError(parsed.get_backend_name())
        if parsed.get_backend_name() == "postgresql" and parsed.drivername == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")
        engine = create_engine(parsed, pool_pre_ping=True, connect_args=_arguments(parsed))
    except ModuleNotFoundError:
        raise RegistryError(_hidden(url), "нет драйвера PostgreSQL", "поставьте его: pip install 'popravka[postgresql]'") from None
    except (ArgumentError, NoSuchModuleError):
        advice = "нужен адрес вида sqlite:///popravka.db или postgresql://пользователь@узел/база"
        raise RegistryError(_hidden(url), "это не адрес реестра", advice, exit_code=2) from None
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _settle_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _arguments(url: URL) -> dict[str, Any]:
    if url.get_backend_name() == "sqlite":
        return {"timeout": _WAIT_SECONDS, "check_same_thread": False}
    return {"connect_timeout": 10}


def _settle_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None  # transactions are begun by `_begin_sqlite`
    for pragma in ("journal_mode = WAL", "foreign_keys = ON", "synchronous = FULL", f"busy_timeout = {_WAIT_SECONDS * 1000}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """A transaction that begins by reading cannot always go on to write: writers take the lock at once."""
    is_reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade(connection: Connection, place: str) -> None:
    """Bring the tables to the newest form; what a newer program made is left alone."""
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    found = _revision(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise RegistryError(place, "реестр создан более новой версией popravka", "обновите popravka: pip install --upgrade popravka", found)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


@contextmanager
def told(engine: Engine) -> Iterator[None]:
    """What the database says is told as RegistryError, with the place and without the password."""
    try:
        yield
    except _PROBLEMS as problem:
        reason, advice = "реестр не открывается", "проверьте адрес, права и что сервер запущен"
        if "locked" in str(problem):
            reason, advice = "реестр занят другой программой", "дождитесь её конца и повторите"
        detail = " ".join(str(getattr(problem, "orig", None) or problem).split())
        raise RegistryError(shown(engine), reason, advice, detail[:200]) from None


def shown(engine: Engine) -> str:
    """The URL without its password."""
    return engine.url.render_as_string(hide_password=True)


def _hidden(url: str) -> str:
    """A text that may be a URL with a password, without it."""
    head, at, tail = url.rpartition("@")
    return f"…@{tail}" if at and head else url


def lock(connection: Connection, name: str) -> None:
    """Wait until nobody else writes what bears this name, up to the transaction's end (SQLite: nobody writes anyway)."""
    if connection.dialect.name == "postgresql":
        key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})


def insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Add rows; those whose key is there stay as they are."""
    if rows:
        made: Any = postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
        connection.execute(made.on_conflict_do_nothing(), rows)


def put(connection: Connection, table: Table, row: dict[str, Any]) -> None:
    """Add a row or set the one that bears its key."""
    made: Any = postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
    keys = [column.name for column in table.primary_key]
    rest = {name: value for name, value in row.items() if name not in keys}
    connection.execute(made.values(row).on_conflict_do_update(index_elements=keys, set_=rest))
