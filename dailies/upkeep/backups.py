"""Backups of an SQLite database, made while others work on it, with a list of the archive's files; and their return."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from dailies.failures import UsageError
from db.crawl.archive_files import archive_files, file_digest

DATABASE = "dailies.db"
MANIFEST = "archive.json"
ARCHIVE = "archive"
_PAGES_AT_ONCE = 1000
"""Between so many pages other writers get their turn."""


class UnusableBackup(Exception):
    """A backup that cannot be restored; the text says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made: its folder, how many archive files are listed, and whether it holds them."""

    folder: Path
    files: int
    with_archive: bool


def database_file(engine: Engine) -> Path:
    """The file of an SQLite database. Raises UsageError for PostgreSQL, which has tools of its own for this."""
    if engine.dialect.name != "sqlite":
        raise UsageError(
            "PostgreSQL has tools of its own for this, pg_dump and pg_restore; keep a copy of the archive's folder too"
        )
    return Path(str(engine.url.database))


def make_backup(engine: Engine, archive: Path, target: Path, *, with_archive: bool, now: datetime) -> Backup:
    """Back up into a new folder below `target`, complete or not there at all.

    The database by SQLite's online backup, which is one state of it whoever writes meanwhile, then checked. The
    archive's files are listed with size and SHA-256, and copied where asked. Raises UsageError, OSError,
    UnusableBackup.
    """
    database_file(engine)
    folder = target / f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    unfinished = target / f"{folder.name}.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    with closing(sqlite3.connect(unfinished / DATABASE)) as copy, closing(engine.raw_connection()) as source:
        source.driver_connection.backup(copy, pages=_PAGES_AT_ONCE)  # type: ignore[union-attr]
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
    _check(unfinished / DATABASE)
    files = archive_files(archive)
    listed = [{"file": path.name, "bytes": path.stat().st_size, "sha256": file_digest(path)} for path in files]
    (unfinished / MANIFEST).write_text(json.dumps(listed, indent=1), "utf-8")
    if with_archive:
        (unfinished / ARCHIVE).mkdir()
        for path in files:
            shutil.copy2(path, unfinished / ARCHIVE / path.name)
    unfinished.rename(folder)
    return Backup(folder, len(files), with_archive)


def restore_backup(folder: Path, database: Path, archive: Path, *, force: bool, now: datetime) -> list[str]:
    """Put a backup in the place of the database: what of the archive is missing or differs, one line each.

    Archive files that the backup holds and the archive lacks are put back. What was there before stays beside it, under
    another name. Raises UsageError where a database is there and not `force`, UnusableBackup, OSError.
    """
    _check(folder / DATABASE)
    if database.exists() and not force:
        raise UsageError(f"{database} exists and would be replaced; say --force (it is kept beside the restored one)")
    database.parent.mkdir(parents=True, exist_ok=True)
    restoring = database.with_name(f"{database.name}.restoring")
    shutil.copyfile(folder / DATABASE, restoring)
    _check(restoring)
    if database.exists():
        _put_aside(database, now)
    restoring.rename(database)
    _put_back_archive(folder / ARCHIVE, archive)
    return list(_archive_problems(folder, archive))


def _put_aside(database: Path, now: datetime) -> None:
    """Keep what was there, whole: with what its log still holds."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")
    database.rename(database.with_name(f"{database.stem}.before-restore-{now:%Y%m%dT%H%M%SZ}{database.suffix}"))
    for end in ("-wal", "-shm"):
        database.with_name(f"{database.name}{end}").unlink(missing_ok=True)


def _put_back_archive(held: Path, archive: Path) -> None:
    for path in archive_files(held):
        if not (archive / path.name).exists():
            archive.mkdir(parents=True, exist_ok=True)
            unfinished = archive / f"{path.name}.unfinished"
            shutil.copy2(path, unfinished)
            unfinished.rename(archive / path.name)


def _archive_problems(folder: Path, archive: Path) -> Iterator[str]:
    try:
        listed = json.loads((folder / MANIFEST).read_text("utf-8"))
        expected = [(str(each["file"]), str(each["sha256"])) for each in listed]
    except (OSError, ValueError, TypeError, KeyError) as error:
        yield f"{folder / MANIFEST} cannot be read, so the archive is not checked: {error}"
        return
    for name, digest in expected:
        path = archive / Path(name).name
        if not path.is_file():
            yield f"{path} is missing: put it back from a copy of the archive; its articles keep their text and claims"
        elif file_digest(path) != digest:
            yield f"{path} is not the file that was backed up"


def _check(database: Path) -> None:
    if not database.is_file():
        raise UnusableBackup(f"{database} is missing: name a folder that `dailies backup` made")
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            said = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            connection.execute("SELECT kind FROM database_mark").fetchone()
    except sqlite3.Error as error:
        said = str(error)
    if said != "ok":
        raise UnusableBackup(f"{database} is damaged, or no database of Dailies: {said}")
