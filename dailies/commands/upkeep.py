"""`doctor`, `backup`, `restore`, `prune`, `purge`: what keeps a database and its archive well."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlmodel import Session, select

from dailies.commands.output import emit, say
from dailies.commands.page_output import open_to_read
from dailies.facts.forming import form_stale_facts
from dailies.facts.naming import alike, did_you_mean
from dailies.failures import UsageError
from dailies.settings import settings_for
from dailies.upkeep.backups import database_file, make_backup, restore_backup
from dailies.upkeep.sizes import bytes_text
from db.claims.withdrawal import articles_by, articles_of, withdraw
from db.connection.engine import database_kind, open_database, writing
from db.connection.errors import DatabaseError
from db.connection.run_lock import run_lock
from db.crawl.archive_files import drop_old, unused_files
from db.schema.tables import ArticleRow
from reports.escaping import terminal_text
from reports.listings.health import HealthLine, health_listing

ARCHIVE_DAYS = "DAILIES_ARCHIVE_DAYS"
"""How long the archive keeps bytes; unset: for good."""


def doctor(db: str | None, format: str, *, thorough: bool) -> int:
    """Print what is wrong and the remedy; the exit code: 1 where something is broken. Nothing is changed."""
    from dailies.upkeep.health import Finding, Patient, examine

    settings = settings_for(db)
    sample = False
    try:
        engine = open_database(settings.database_url, must_exist=True)
        sample = database_kind(engine) == "sample"
        found = list(examine(Patient(engine, settings, datetime.now(UTC), thorough)))
    except DatabaseError as error:
        found = [Finding("database", "broken", str(error), "as it says")]
    lines = [HealthLine(each.check, each.verdict, each.seen, each.remedy) for each in found]
    emit(health_listing(lines, sample=sample), format, None)
    return 1 if any(each.verdict == "broken" for each in found) else 0


def backup(db: str | None, target: Path | None, *, with_archive: bool) -> None:
    """Back up the database, while others may work on it. Raises UsageError for PostgreSQL."""
    settings = settings_for(db)
    engine = open_database(settings.database_url, must_exist=True)
    folder = target or database_file(engine).parent / "backups"
    made = make_backup(engine, settings.archive, folder, with_archive=with_archive, now=datetime.now(UTC))
    held = "copied" if made.with_archive else "listed with their digests; --archive copies them as well"
    say(f"{made.folder}: the database, checked; {made.files} files of the archive {held}.")


def restore(db: str | None, folder: Path, *, force: bool) -> int:
    """Put a backup in the place of the database; the exit code: 3 where files of the archive are missing."""
    settings = settings_for(db)
    if not settings.database_url.startswith("sqlite:///"):
        raise UsageError("only SQLite databases are restored; PostgreSQL has pg_restore")
    database = Path(settings.database_url.removeprefix("sqlite:///"))
    now = datetime.now(UTC)

    def put_back() -> list[str]:
        return restore_backup(folder, database, settings.archive, force=force, now=now)

    problems = _while_nobody_runs(settings.database_url, put_back) if database.exists() and force else put_back()
    for problem in problems:
        say(problem)
    say(f"{database} is restored from {folder}.")
    return 3 if problems else 0


def _while_nobody_runs(url: str, action: Callable[[], list[str]]) -> list[str]:
    """Do it unless a run is at work on what is there; a database too damaged to say has none."""
    try:
        engine = open_database(url)
    except DatabaseError:
        return action()
    with run_lock(engine), run_lock(engine, "schedule"):
        pass
    engine.dispose()
    return action()


def prune(db: str | None, days: int | None) -> None:
    """Delete bytes past keeping, and files nothing refers to; claims, texts and links stay."""
    days = days if days is not None else _archive_days()
    settings = settings_for(db)
    engine = open_to_read(db)
    now = datetime.now(UTC)
    with run_lock(engine):
        if days is not None:
            with writing(engine) as session:
                drop_old(session, now - timedelta(days=days), now)
        with Session(engine) as session:
            unused = unused_files(session, settings.archive)
        freed = sum(path.stat().st_size for path in unused)
        for path in unused:
            path.unlink()
    say(f"{len(unused)} files of the archive deleted, {bytes_text(freed)}; every claim is kept.")
    if days is None:
        say(f"The archive is kept for good; {ARCHIVE_DAYS} or --days says for how long instead.")


def _archive_days() -> int | None:
    written = os.environ.get(ARCHIVE_DAYS, "").strip()
    if not written:
        return None
    if not written.isascii() or not written.isdigit() or len(written) > 6 or int(written) < 1:
        raise UsageError(f"{ARCHIVE_DAYS} is {terminal_text(written)!r}; give a number of days, or unset it")
    return int(written)


def purge(db: str | None, asked: Sequence[str], publisher: str | None, *, reason: str, sure: bool) -> None:
    """Withdraw articles: their bytes, text and quotes go for good. Without `sure`, only say which.

    Raises UsageError where no article goes by that, or no reason is given.
    """
    if not reason.strip():
        raise UsageError("give a --reason: it is all that will be left to explain the gap")
    settings = settings_for(db)
    engine = open_to_read(db)
    with Session(engine) as session:
        found = [row for name in asked for row in _found(session, name)]
        if publisher is not None:
            found += _by(session, publisher)
        keys = list(dict.fromkeys(row.key for row in found))
        for row in {row.key: row for row in found}.values():
            say(f"  {row.key} {terminal_text(row.url or '')} {terminal_text(row.title)}")
    if not keys:
        raise UsageError("name articles by key or address, or a --publisher")
    if not sure:
        say(f"{len(keys)} articles would lose their text and quotes for good; --yes does it.")
        return
    with run_lock(engine):
        for key in keys:
            with writing(engine) as session:
                article = session.get_one(ArticleRow, key)
                old = withdraw(session, settings.archive, article, reason.strip(), datetime.now(UTC))
            for path in old:
                path.unlink(missing_ok=True)
        form_stale_facts(engine)
        _forget_free_pages(settings.database_url)
    say(f"{len(keys)} articles are withdrawn. `dailies run` writes the pages without their words; delete older copies.")


def _forget_free_pages(url: str) -> None:
    """SQLite leaves deleted text in free pages of its file, and in the log beside it, until it is made anew."""
    if not url.startswith("sqlite:///"):
        return
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _found(session: Session, name: str) -> list[ArticleRow]:
    found = articles_of(session, name)
    if not found:
        raise UsageError(f"no article has the key or address {terminal_text(name)!r}; `dailies articles` lists them")
    return found


def _by(session: Session, publisher: str) -> list[ArticleRow]:
    found = articles_by(session, publisher)
    if not found:
        known = [each for each in session.exec(select(ArticleRow.publisher).distinct()) if each]
        raise UsageError(f"no article of {terminal_text(publisher)!r}{did_you_mean(alike(publisher, known))}")
    return found
