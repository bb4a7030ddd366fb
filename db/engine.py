"""Opening a database: SQLite (WAL, foreign keys) or PostgreSQL, at the version this code writes."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from db.errors import DatabaseError, DatabaseTooNew, WrongKindOfDatabase
from db.tables import DatabaseKind, DatabaseMark

SCHEMA_VERSION = "0001"
"""The newest migration in `db.migrations`; known here so that opening a current database need not import Alembic."""
MIGRATIONS = Path(__file__).parent / "migrations"
_WAIT_FOR_WRITER_SECONDS = 30


def open_database(url: str, kind: DatabaseKind | None = None) -> Engine:
    """An engine on a database that exists and is up to date; it is created or upgraded (backup first) when need be.

    `url` is SQLAlchemy's, such as `sqlite:///data/dailies.db`. `kind` is what the caller is going to store; None, from
    those who only read, takes either (and makes a new database a real one). Raises WrongKindOfDatabase when the
    database holds the other kind of data, DatabaseTooNew when a later version wrote it, DatabaseError when it cannot
    be opened.
    """
    engine = _engine(url)
    try:
        version = _version(engine)
        if version != SCHEMA_VERSION:
            _upgrade(engine, url, version)
        _check_kind(engine, kind)
    except OperationalError as error:
        raise DatabaseError(f"cannot open the database {url}: {error.orig}; check the path and its rights") from error
    return engine


def _engine(url: str) -> Engine:
    location = make_url(url)
    if location.get_backend_name() != "sqlite":
        return create_engine(location, pool_pre_ping=True)
    if location.database and location.database != ":memory:":
        Path(location.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(location, connect_args={"timeout": _WAIT_FOR_WRITER_SECONDS})
    event.listen(engine, "connect", _set_pragmas)
    return engine


def _set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _version(engine: Engine) -> str | None:
    """The migration the database stands at, None for an empty one."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade(engine: Engine, url: str, version: str | None) -> None:
    if version is not None and version > SCHEMA_VERSION:
        raise DatabaseTooNew(f"{url} is at version {version}, this Dailies knows {SCHEMA_VERSION}; update Dailies")
    if version is not None and engine.dialect.name == "sqlite":
        _back_up(engine, version)
    # Only here: Alembic costs half a second, and a daily run has no use for it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _back_up(engine: Engine, version: str) -> None:
    path = Path(str(engine.url.database))
    target = path.with_name(f"{path.stem}.before-{SCHEMA_VERSION}-from-{version}{path.suffix}")
    if not target.exists():
        with engine.connect() as connection:
            connection.exec_driver_sql("VACUUM INTO ?", (str(target),))


def _check_kind(engine: Engine, kind: DatabaseKind | None) -> None:
    with Session(engine) as session:
        mark = session.get(DatabaseMark, 1)
        if mark is None:
            session.add(DatabaseMark(kind=kind or "real", created_at=datetime.now(UTC)))
            session.commit()
        elif kind not in (None, mark.kind):
            raise WrongKindOfDatabase(
                f"{engine.url} holds {mark.kind} data and cannot take {kind} data; choose another with --db"
            )


def database_kind(engine: Engine) -> DatabaseKind:
    """Whether this database holds news ("real") or samples ("sample")."""
    with Session(engine) as session:
        mark = session.get_one(DatabaseMark, 1)
        return "sample" if mark.kind == "sample" else "real"
