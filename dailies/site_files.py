"""The files of a site and whose they are, noted before they are written: a kill leaves none that nobody knows."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Set
from contextlib import contextmanager
from pathlib import Path

from dailies.small_store import asked_of, opened

FILE = ".written.db"
_TABLES = """
CREATE TABLE file (path TEXT PRIMARY KEY, owner TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX file_of_owner ON file (owner);
"""


@contextmanager
def site_files(folder: Path) -> Iterator[SiteFiles]:
    """The list of a folder's files, empty where there is none."""
    with opened(folder / FILE, _TABLES) as connection:
        yield SiteFiles(connection, folder)


class SiteFiles:
    """The open list; each change of it is kept at once."""

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        self._connection = connection
        self._folder = folder

    def of(self, owners: Collection[str] | None = None) -> set[str]:
        """The files of all owners or some, none of them outside the folder."""
        rows: Iterable[tuple[str, ...]]
        if owners is None:
            rows = self._connection.execute("SELECT path FROM file")
        else:
            rows = asked_of(self._connection, "SELECT path FROM file WHERE owner IN", owners)
        return {path for (path,) in rows if not path.startswith("/") and ".." not in path.split("/")}

    def add(self, owned: Iterable[tuple[str, str]]) -> None:
        """Note files (path, owner) that are about to be written."""
        self._write("INSERT OR REPLACE INTO file VALUES (?, ?)", owned)

    def delete(self, paths: Iterable[str]) -> None:
        """Delete these files, and then forget them."""
        gone = sorted(paths)
        for path in gone:
            (self._folder / path).unlink(missing_ok=True)
        self._write("DELETE FROM file WHERE path = ?", ((path,) for path in gone))

    def owners_of_missing(self) -> set[str]:
        """Whose files are listed and not in the folder any more."""
        paths = self.of()
        held = {parent: self._names(parent) for parent in {path.rpartition("/")[0] for path in paths}}
        missing = {path for path in paths if path.rpartition("/")[2] not in held[path.rpartition("/")[0]]}
        return {owner for (owner,) in asked_of(self._connection, "SELECT owner FROM file WHERE path IN", missing)}

    def _names(self, parent: str) -> Set[str]:
        within = self._folder / parent
        return {each.name for each in within.iterdir()} if within.is_dir() else set()

    def _write(self, query: str, rows: Iterable[tuple[str, ...]]) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.executemany(query, rows)
        self._connection.execute("COMMIT")
