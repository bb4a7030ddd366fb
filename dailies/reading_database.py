"""The database as those commands open it that only read: news or samples, with the bundled companies in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlmodel import Session

from dailies.settings import settings_for
from db.bundled_store import load_bundled
from db.engine import database_kind, open_database


@dataclass(frozen=True, slots=True)
class ReadingDatabase:
    """A session, and whether what it holds are samples."""

    session: Session
    sample: bool


@contextmanager
def reading_database(db: str | None) -> Iterator[ReadingDatabase]:
    """Open the database of `--db`, created or upgraded where need be. Raises DatabaseError."""
    engine = open_database(settings_for(db).database_url)
    load_bundled(engine)
    with Session(engine) as session:
        yield ReadingDatabase(session, database_kind(engine) == "sample")
