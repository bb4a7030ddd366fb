"""Opening a database: SQLite (WAL, foreign keys) or PostgreSQL, at the version this code writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlmodel import Session

from db.connection.database_trouble import explain_trouble, hidden
from db.connection.errors import DatabaseError, DatabaseTooNew, NoDatabase, WrongKindOfDatabase
from db.connection.storable_text import make_storable
from db.schema.tables import DatabaseKind, DatabaseMark

SCHEMA_VERSION = "0018"
"""The newest migration in `db.migrations`; known here so that opening a current database need not import Alembic."""
MIGRATIONS = Path(__file__).parents[1] / "migrations"
WAIT_FOR_WRITER_SECONDS = 30
_UPGRADE_LOCK = 20_260_101
"""PostgreSQL's advisory lock under which one process alone upgrades; any number will do that nobody else uses."""


def open_database(url: str, kind: DatabaseKind | None = None, *, must_exist: bool = False) -> Engine:
    """An engine on a database that exists and is up to date; it is created or upgraded (backup first) when need be.

    `must_exist`, from those who only read: it is not created. Raises NoDatabase where there is none.

    `url` is SQLAlchemy's, such as `sqlite:///data/dailies.db`. `kind` is what the caller is going to store; None, from
    those who only read, takes either (and makes a new database a real one). Raises WrongKindOfDatabase when the
    database holds the other kind of data, DatabaseTooNew when a later version wrote it, DatabaseError when it cannot
    be opened. Whatever is done with the engine later, a full disk, a lock, a lost server and their like are
    DatabaseErrors too.
    """
    location = _location(url)
    if must_exist and _has_no_file(location):
        raise _no_database(location)
    engine = _engine(location)
    version = _version(engine)
    if must_exist and version is None:
        raise _no_database(location)
    if version != SCHEMA_VERSION:
        _upgrade(engine, version)
    _check_kind(engine, kind)
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A session whose work is committed when the block ends, all or nothing.

    On SQLite it takes the one write lock with its first statement, so that what it reads still holds when it writes;
    others wait for their turn. A plain `Session(engine)` reads: one unchanging state of the database, on both.
    """
    with Session(engine.execution_options(**_WRITING[engine.dialect.name])) as session, session.begin():
        yield session


_WRITING = {"sqlite": {"sqlite_begin": "BEGIN IMMEDIATE"}, "postgresql": {"isolation_level": "READ COMMITTED"}}


def _location(url: str) -> URL:
    try:
        location = make_url(url)
        location.get_dialect()
    except (ArgumentError, NoSuchModuleError) as error:
        raise DatabaseError(
            f"not a database's URL: {url!r}; write sqlite:///path/to/file.db or postgresql://user@host/name"
        ) from error
    if location.get_backend_name() not in _WRITING:
        raise DatabaseError(f"{hidden(location)}: Dailies works with SQLite and PostgreSQL only; choose one of them")
    return location


def _has_no_file(location: URL) -> bool:
    """Whether it is an SQLite database whose file is not there: opening it would make one."""
    file = location.database
    if location.get_backend_name() != "sqlite" or not file or file == ":memory:" or file.startswith("file:"):
        return False
    return not Path(file).exists()


def _no_database(location: URL) -> NoDatabase:
    return NoDatabase(f"no database at {hidden(location)}; check --db, or let `dailies init` make one")


def _engine(location: URL) -> Engine:
    if location.get_backend_name() == "postgresql":
        engine = _postgresql_engine(location)
    else:
        _make_folder(location)
        engine = create_engine(location, connect_args={"timeout": WAIT_FOR_WRITER_SECONDS})
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_on_sqlite)
    event.listen(engine, "handle_error", explain_trouble)
    event.listen(engine, "before_cursor_execute", make_storable, retval=True)
    return engine


def _postgresql_engine(location: URL) -> Engine:
    try:
        return create_engine(location, pool_pre_ping=True, isolation_level="REPEATABLE READ")
    except ModuleNotFoundError as error:
        raise DatabaseError(
            f"{hidden(location)} needs PostgreSQL's driver: .venv/bin/pip install -e '.[postgresql]'"
        ) from error


def _make_folder(location: URL) -> None:
    file = location.database
    if not file or file == ":memory:" or file.startswith("file:"):
        return
    try:
        Path(file).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseError(
            f"cannot make the folder of {hidden(location)}: {error.strerror}; choose another place with --db"
        ) from error


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the driver would begin late, and leave DDL and reading outside transactions
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_on_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))


def _version(engine: Engine) -> str | None:
    """The migration the database stands at, None for an empty one."""
    with engine.connect() as connection:
        tables = set(inspect(connection).get_table_names())
        if not tables:
            return None
        if not {"alembic_version", "database_mark"} <= tables:
            raise DatabaseError(f"{hidden(engine.url)} holds another program's tables; choose another with --db")
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade(engine: Engine, version: str | None) -> None:
    if version is not None and version > SCHEMA_VERSION:
        raise DatabaseTooNew(
            f"{hidden(engine.url)} is at version {version}, this Dailies knows {SCHEMA_VERSION}; update Dailies"
        )
    if version is not None and engine.dialect.name == "sqlite":
        _back_up(engine, version)
    # Only here: Alembic costs half a second, and a daily run has no use for it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with writing(engine) as session:
        connection = session.connection()
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _UPGRADE_LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")  # nothing is left to do where another process was quicker


def _back_up(engine: Engine, version: str) -> None:
    path = Path(str(engine.url.database))
    target = path.with_name(f"{path.stem}.before-{SCHEMA_VERSION}-from-{version}{path.suffix}")
    unfinished = target.with_name(f"{target.name}.unfinished")
    with writing(engine) as session:
        session.connection()  # the write lock: who upgrades at the same time waits, and finds the backup made
        if target.exists():
            return
        connection = engine.raw_connection()
        try:
            unfinished.unlink(missing_ok=True)
            connection.cursor().execute("VACUUM INTO ?", (str(unfinished),))
            unfinished.rename(target)
        except (sqlite3.Error, OSError) as error:
            raise DatabaseError(
                f"{hidden(engine.url)} cannot be backed up before its upgrade ({error}): nothing was changed; "
                "make room beside it and run again"
            ) from error
        finally:
            connection.close()


def _check_kind(engine: Engine, kind: DatabaseKind | None) -> None:
    with Session(engine) as session:
        mark = session.get(DatabaseMark, 1)
    if mark is None:
        mark = _mark(engine, kind or "real")
    if kind not in (None, mark.kind):
        raise WrongKindOfDatabase(
            f"{hidden(engine.url)} holds {mark.kind} data and cannot take {kind} data; choose another with --db"
        )


def _mark(engine: Engine, kind: DatabaseKind) -> DatabaseMark:
    """Say once and for all what a new database holds."""
    with writing(engine) as session:
        if engine.dialect.name == "postgresql":
            session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _UPGRADE_LOCK})
        mark = session.get(DatabaseMark, 1)
        if mark is None:
            mark = DatabaseMark(kind=kind, created_at=datetime.now(UTC))
            session.add(mark)
        session.flush()
        session.expunge(mark)
    return mark


def database_kind(engine: Engine) -> DatabaseKind:
    """Whether this database holds news ("real") or samples ("sample")."""
    with Session(engine) as session:
        mark = session.get_one(DatabaseMark, 1)
        return "sample" if mark.kind == "sample" else "real"
