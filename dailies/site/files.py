"""The files of a site and whose they are, noted before they are written: a kill leaves none that nobody knows."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Collection, Iterable, Iterator, Set
from contextlib import closing, contextmanager
from pathlib import Path

from dailies.site.small_store import asked_of, is_current, opened

FILE = ".written.db"
_TABLES = """
CREATE TABLE file (path TEXT PRIMARY KEY, owner TEXT NOT NULL, folder TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX file_of_owner ON file (owner);
CREATE INDEX file_in_folder ON file (folder);
CREATE TABLE folder (path TEXT PRIMARY KEY, changed INTEGER) WITHOUT ROWID;
CREATE TABLE begun (at INTEGER);
"""


_SAME_TICK = 50_000_000
"""Nanoseconds within which two changes of a folder may bear the same time: one of the last ones proves nothing."""


@contextmanager
def site_files(folder: Path) -> Iterator[SiteFiles]:
    """The list of a folder's files, empty where there is none; one of an earlier version is taken over."""
    former = _listed(folder / FILE)
    with opened(folder / FILE, _TABLES) as connection:
        files = SiteFiles(connection, folder)
        if former:
            files.add(former)
        yield files


def _listed(path: Path) -> list[tuple[str, str]]:
    """What a list of another version holds: files that nobody knows would never be deleted."""
    if is_current(path, _TABLES) or not path.is_file():
        return []
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            return connection.execute("SELECT path, owner FROM file").fetchall()
    except sqlite3.Error:
        return []


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

    @property
    def cut_short(self) -> bool:
        """Whether files were being written and nobody said that all were."""
        return self._connection.execute("SELECT 1 FROM begun").fetchone() is not None

    def add(self, owned: Iterable[tuple[str, str]]) -> None:
        """Note files (path, owner) that are about to be written."""
        rows = [(path, owner, _folder(path)) for path, owner in owned]
        with self._writing():
            self._connection.execute("INSERT INTO begun VALUES (?)", (time.time_ns(),))
            self._connection.executemany("INSERT OR REPLACE INTO file VALUES (?, ?, ?)", rows)
            folders = {(folder,) for *_, folder in rows}
            self._connection.executemany("INSERT OR IGNORE INTO folder VALUES (?, NULL)", folders)

    def delete(self, paths: Iterable[str]) -> None:
        """Delete these files, and then forget them."""
        gone = sorted(paths)
        for path in gone:
            (self._folder / path).unlink(missing_ok=True)
        with self._writing():
            self._connection.executemany("DELETE FROM file WHERE path = ?", ((path,) for path in gone))

    def end(self) -> None:
        """All is written. A folder in which nothing comes or goes from now on keeps its time: it need not be listed."""
        folders = [path for (path,) in self._connection.execute("SELECT path FROM folder")]
        settled = time.time_ns() - _SAME_TICK
        with self._writing():
            self._connection.execute("DELETE FROM begun")
            for path in folders:
                changed = self._changed(path)
                known = changed if changed is not None and changed < settled else None
                self._connection.execute("UPDATE folder SET changed = ? WHERE path = ?", (known, path))

    def owners_of_missing(self) -> set[str]:
        """Whose files are listed and not in the folder any more."""
        owners: set[str] = set()
        for folder, changed in self._connection.execute("SELECT path, changed FROM folder").fetchall():
            if changed is None or changed != self._changed(folder):
                held = self._names(folder)
                listed = self._connection.execute("SELECT path, owner FROM file WHERE folder = ?", (folder,))
                owners.update(owner for path, owner in listed if path.rpartition("/")[2] not in held)
        return owners

    def _changed(self, folder: str) -> int | None:
        within = self._folder / folder
        return within.stat().st_mtime_ns if within.is_dir() else None

    def _names(self, parent: str) -> Set[str]:
        within = self._folder / parent
        return {each.name for each in within.iterdir()} if within.is_dir() else set()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        yield
        self._connection.execute("COMMIT")


def _folder(path: str) -> str:
    return path.rpartition("/")[0]
