"""A SQLite file of our own beside what it tells of; where it cannot be read, or is of another version, a new one."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

_KEYS_PER_QUERY = 500


@contextmanager
def opened(path: Path, tables: str) -> Iterator[sqlite3.Connection]:
    """A connection to a file with these tables, which are also its version. Whoever writes begins and commits."""
    version = _version(tables)
    if not is_current(path, tables):
        for each in path.parent.glob(f"{path.name}*"):
            each.unlink()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        if connection.execute("PRAGMA user_version").fetchone() != (version,):
            connection.executescript(f"BEGIN; {tables} PRAGMA user_version = {version}; COMMIT;")
        yield connection


def is_current(path: Path, tables: str) -> bool:
    """Whether there is a file that can be read and has these tables."""
    if not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            return bool(connection.execute("PRAGMA user_version").fetchone() == (_version(tables),))
    except sqlite3.Error:
        return False


def _version(tables: str) -> int:
    return int.from_bytes(hashlib.sha256(tables.encode()).digest()[:3], "big")


def asked_of(connection: sqlite3.Connection, query: str, keys: Collection[str]) -> Iterator[tuple[str, ...]]:
    """The rows of a query that ends in IN, for these keys, some hundreds at once."""
    asked = sorted(keys)
    for start in range(0, len(asked), _KEYS_PER_QUERY):
        batch = asked[start : start + _KEYS_PER_QUERY]
        yield from connection.execute(f"{query} ({', '.join('?' * len(batch))})", batch)
