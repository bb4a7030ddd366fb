"""The lock of a database: one run, and one schedule, at a time; stolen from whoever is gone."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from typing import Literal
from uuid import uuid4

import psutil
from sqlalchemy import Connection, Engine, delete, text, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from db.connection.engine import writing
from db.connection.errors import AlreadyRunning, DatabaseError
from db.schema.run_tables import RunLockRow

LockName = Literal["run", "schedule"]
SECONDS_BETWEEN_BEATS = 15.0
STALE_AFTER = timedelta(minutes=10)
"""A lock of another machine without a heartbeat for so long is stolen; longer than any single transaction of ours."""
_CLOCK_STEP = 2.0
"""Seconds by which a process's start may seem to move when the machine's clock is set."""
_ADVISORY_KEYS: dict[LockName, int] = {"run": 20_260_102, "schedule": 20_260_103}
"""PostgreSQL's advisory locks; any numbers will do that nobody else uses in this database."""
_HELD_HERE: set[str] = set()
"""The tokens of the locks this process holds."""
_DOES: dict[LockName, str] = {
    "run": "has been running on this database since {}; wait for it, or stop it",
    "schedule": "has been the schedule of this database since {}; a second one would do everything twice: stop one",
}


@contextmanager
def run_lock(engine: Engine, name: LockName = "run", on_lost: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the database for one run, or as its schedule. Raises AlreadyRunning while another live process does.

    SQLite: a row that names its process by number and start time, so that a number used again is no owner, with a
    heartbeat for those who cannot see the process. PostgreSQL: an advisory lock, which the server gives up with its
    connection; the row then only says who it is. `on_lost` is called, in another thread, if somebody stole it.
    """
    token = uuid4().hex
    with ExitStack() as held:
        connection = held.enter_context(_advisory_lock(engine, name)) if engine.dialect.name == "postgresql" else None
        _take(engine, name, token, certain=connection is not None)
        _HELD_HERE.add(token)
        held.callback(_give_back, engine, token)
        over = threading.Event()
        beats = threading.Thread(
            target=_beat, args=(engine, token, connection, over, on_lost), name="heartbeat", daemon=True
        )
        beats.start()
        try:
            yield
        finally:
            over.set()
            beats.join()


def holder(session: Session, name: LockName) -> tuple[RunLockRow, bool] | None:
    """Who holds a lock, and whether that process still seems to live; None where nobody does."""
    row = session.get(RunLockRow, name)
    return (row, _alive(row)) if row is not None else None


@contextmanager
def _advisory_lock(engine: Engine, name: LockName) -> Iterator[Connection]:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        key = {"key": _ADVISORY_KEYS[name]}
        if not connection.execute(text("SELECT pg_try_advisory_lock(:key)"), key).scalar():
            with Session(engine) as session:
                raise _refusal(session.get(RunLockRow, name), name)
        try:
            yield connection
        finally:
            if not connection.invalidated and not connection.closed:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), key)


def _take(engine: Engine, name: LockName, token: str, *, certain: bool) -> None:
    """Enter this process as the owner. `certain`: whatever the row says, its owner is gone."""
    now = datetime.now(UTC)
    with writing(engine) as session:
        held = session.get(RunLockRow, name)
        if held is not None and not certain and _alive(held):
            raise _refusal(held, name)
        if held is not None:
            session.delete(held)
            session.flush()
        session.add(
            RunLockRow(
                name=name,
                host=socket.gethostname(),
                process_id=os.getpid(),
                process_started=_process_mark(os.getpid()),
                taken_at=now,
                beat_at=now,
                token=token,
            )
        )
        try:
            session.flush()
        except IntegrityError as error:
            raise _refusal(None, name) from error


def _refusal(held: RunLockRow | None, name: LockName) -> AlreadyRunning:
    if held is None:
        return AlreadyRunning(f"another {name} took this database in the same moment; wait for it, or stop it")
    does = _DOES[name].format(f"{held.taken_at:%Y-%m-%d %H:%M} UTC")
    return AlreadyRunning(f"process {held.process_id} on {held.host} {does}")


def _give_back(engine: Engine, token: str) -> None:
    _HELD_HERE.discard(token)
    with writing(engine) as session:
        session.execute(delete(RunLockRow).where(col(RunLockRow.token) == token))


def _beat(
    engine: Engine, token: str, connection: Connection | None, over: threading.Event, on_lost: Callable[[], None]
) -> None:
    while not over.wait(SECONDS_BETWEEN_BEATS):
        try:
            if connection is not None:
                connection.execute(text("SELECT 1"))
        except DatabaseError:  # the server gave the lock up with the connection
            return on_lost()
        try:
            if not _beat_once(engine, token):
                return on_lost()
        except DatabaseError:  # a long transaction of our own, most likely: the next beat may do
            continue
    return None


def _beat_once(engine: Engine, token: str) -> bool:
    """Whether the lock was still ours."""
    with writing(engine) as session:
        mine = update(RunLockRow).where(col(RunLockRow.token) == token).values(beat_at=datetime.now(UTC))
        return session.connection().execute(mine).rowcount > 0


def _process_mark(process_id: int) -> str:
    return f"{psutil.Process(process_id).create_time():.2f}"


def _alive(held: RunLockRow) -> bool:
    """Whether the lock's owner still runs: of this machine's processes we know, of others their heartbeat tells."""
    if held.host != socket.gethostname():
        return datetime.now(UTC) - held.beat_at < STALE_AFTER
    if held.process_id == os.getpid():
        return held.token in _HELD_HERE
    try:
        started = psutil.Process(held.process_id).create_time()
    except psutil.Error:
        return False
    return abs(started - float(held.process_started)) < _CLOCK_STEP
