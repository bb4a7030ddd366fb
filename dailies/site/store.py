"""What a site's folder was made of, in a file of its own: by it a day's pages are made without reading all facts.

It holds the rows of the tables and what the first page ranks. It is no source of anything:
without it, or where it cannot be read, the whole site is made again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, astuple, dataclass, fields
from pathlib import Path

from dailies.site import table_store, tally_store
from dailies.site.small_store import asked_of, opened
from dailies.site.state import SiteState
from dailies.site.table_store import TableStore
from dailies.site.tally_store import TallyStore
from db.publishing.renewals import Renewal

FILE = ".made.db"
_TABLES = """
CREATE TABLE state (by TEXT NOT NULL, renewal TEXT);
CREATE TABLE company (
    key TEXT PRIMARY KEY, candidate INTEGER NOT NULL, facts INTEGER NOT NULL, latest INTEGER NOT NULL, due INTEGER,
    line TEXT NOT NULL, letter TEXT NOT NULL, en TEXT NOT NULL, zh TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX company_ranked ON company (candidate, facts DESC, latest DESC, key);
CREATE INDEX company_due ON company (due);
CREATE INDEX company_letter ON company (letter, key);
CREATE TABLE investor (name TEXT PRIMARY KEY, key TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX investor_of_key ON investor (key);
CREATE TABLE former (id TEXT, company TEXT, PRIMARY KEY (id, company)) WITHOUT ROWID;
CREATE INDEX former_of_company ON former (company);
"""


@dataclass(frozen=True, slots=True)
class StoredCompany:
    """A company with facts: how many, and the ordinals of two days: the first of the month of its latest news (0: none)
    and the one from which time alone changes it.

    `line` is its record of the table for machines; `letter` is where it is listed; `en` and `zh` are its names.
    """

    key: str
    candidate: bool
    facts: int
    latest: int
    due: int | None
    line: str
    letter: str
    en: str
    zh: str


@contextmanager
def site_store(folder: Path) -> Iterator[SiteStore]:
    """The store of a folder, an empty one where there is none that can be read.

    What the block writes is kept when it ends, all or nothing.
    """
    with opened(folder / FILE, _TABLES + table_store.TABLES + tally_store.TABLES) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield SiteStore(connection)
        connection.execute("COMMIT")


class SiteStore:
    """The open store: `tables` are the rows of the site's tables, `tallies` how many facts there are."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.tables, self.tallies = TableStore(connection), TallyStore(connection)

    def state(self) -> SiteState | None:
        """Of what the pages were made; None where they were never made whole."""
        found = self._connection.execute("SELECT by, renewal FROM state").fetchone()
        return SiteState(found[0], Renewal(**json.loads(found[1])) if found[1] else None) if found else None

    def set_state(self, state: SiteState) -> None:
        """Say of what they are made now."""
        self._connection.execute("DELETE FROM state")
        renewal = json.dumps(asdict(state.renewal)) if state.renewal else None
        self._connection.execute("INSERT INTO state VALUES (?, ?)", (state.by, renewal))

    def forget(self) -> None:
        """Drop all but the list of files: everything is made again."""
        for table in ("state", "company", "investor", "former"):
            self._connection.execute(f"DELETE FROM {table}")  # noqa: S608  (one of the names above)
        self.tables.forget()
        self.tallies.forget()

    def replace_companies(self, keys: Collection[str], companies: Iterable[StoredCompany]) -> set[str]:
        """Put these in the place of what was held under the keys; the letters whose lists are others now."""
        named = f"SELECT {', '.join(_LISTED)} FROM company WHERE key IN"  # noqa: S608  (the names below)
        before = set(asked_of(self._connection, named, keys))
        self._connection.executemany("DELETE FROM company WHERE key = ?", ((key,) for key in keys))
        names = [field.name for field in fields(StoredCompany)]
        query = f"INSERT INTO company ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608  (ours)
        self._connection.executemany(query, map(astuple, companies))
        return {letter for letter, *_ in before ^ set(asked_of(self._connection, named, keys))}

    def replace_investors(self, keys: Collection[str], named: Iterable[tuple[str, str]]) -> None:
        """Put these investors (name, name key) with pages in the place of those held under the keys."""
        self._connection.executemany("DELETE FROM investor WHERE key = ?", ((key,) for key in keys))
        self._connection.executemany("INSERT OR REPLACE INTO investor VALUES (?, ?)", named)

    def replace_former(self, ids: Collection[str], decided: Iterable[tuple[str, str]]) -> None:
        """Put these (id that names no fact, company that decides where it leads) in the place of what was held."""
        self._connection.executemany("DELETE FROM former WHERE id = ?", ((id_,) for id_ in ids))
        self._connection.executemany("INSERT INTO former VALUES (?, ?)", decided)

    def linked_companies(self) -> frozenset[str]:
        """The keys of companies with facts."""
        return frozenset(key for (key,) in self._connection.execute("SELECT key FROM company"))

    def linked_investors(self) -> frozenset[str]:
        """The name keys of investors with pages."""
        return frozenset(key for (key,) in self._connection.execute("SELECT key FROM investor"))

    def names_of(self, investors: Collection[str]) -> set[str]:
        """The names as written of these investors with pages."""
        return {name for (name,) in self._of("SELECT name FROM investor WHERE key IN", investors)}

    def former_of(self, companies: Collection[str]) -> set[str]:
        """The ids that name no fact of which one of these companies decides where they lead."""
        return {id_ for (id_,) in self._of("SELECT id FROM former WHERE company IN", companies)}

    def deciding(self, former: Collection[str]) -> set[str]:
        """The companies that decide where these ids lead."""
        return {company for (company,) in self._of("SELECT company FROM former WHERE id IN", former)}

    def due_by(self, day: int) -> set[str]:
        """The companies of which time alone changes what is told, by the ordinal of a day."""
        return {key for (key,) in self._connection.execute("SELECT key FROM company WHERE due <= ?", (day,))}

    def ranked(self, most: int) -> list[StoredCompany]:
        """The companies: the curated first, then by how much is known, then who was last in the news."""
        query = "SELECT * FROM company ORDER BY candidate, facts DESC, latest DESC, key LIMIT ?"
        return [StoredCompany(*row) for row in self._connection.execute(query, (most,))]

    def company_lines(self) -> Iterator[str]:
        """The records of the table for machines, by key."""
        return (line for (line,) in self._connection.execute("SELECT line FROM company ORDER BY key"))

    def letters(self) -> list[str]:
        """Under which letters companies are listed."""
        return [letter for (letter,) in self._connection.execute("SELECT DISTINCT letter FROM company ORDER BY letter")]

    def listed(self, letter: str) -> list[tuple[str, str, str]]:
        """The companies under a letter: key, English name and Chinese, by key."""
        query = "SELECT key, en, zh FROM company WHERE letter = ? ORDER BY key"
        return list(self._connection.execute(query, (letter,)))

    def _of(self, query: str, keys: Collection[str]) -> Iterator[tuple[str, ...]]:
        return asked_of(self._connection, query, keys)


_LISTED = ("letter", "key", "en", "zh")
