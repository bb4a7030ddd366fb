"""What a site's folder was made of, in a file of its own: by it a day's pages are made without reading all facts.

It holds the rows of the tables and what the first page ranks. It is no source of anything:
without it, or where it cannot be read, the whole site is made again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from dailies.site_state import SiteState
from dailies.small_store import asked_of, opened
from db.renewals import Renewal

FILE = ".made.db"
_TABLES = """
CREATE TABLE state (by TEXT NOT NULL, renewal TEXT);
CREATE TABLE company (
    key TEXT PRIMARY KEY, candidate INTEGER NOT NULL, facts INTEGER NOT NULL, newest INTEGER NOT NULL, due INTEGER,
    line TEXT NOT NULL, en TEXT NOT NULL, zh TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX company_ranked ON company (candidate, facts DESC, newest DESC, key);
CREATE INDEX company_due ON company (due);
CREATE TABLE investor (name TEXT PRIMARY KEY, key TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX investor_of_key ON investor (key);
CREATE TABLE former (id TEXT, company TEXT, PRIMARY KEY (id, company)) WITHOUT ROWID;
CREATE INDEX former_of_company ON former (company);
CREATE TABLE shown (
    stem TEXT, language TEXT, id TEXT, owner TEXT NOT NULL, one, two, three, outcome TEXT NOT NULL, html TEXT NOT NULL,
    entry TEXT NOT NULL, PRIMARY KEY (stem, language, id)
);
CREATE INDEX shown_ranked ON shown (stem, language, one, two, three);
CREATE INDEX shown_of_owner ON shown (owner);
CREATE INDEX shown_outcome ON shown (stem, language, outcome);
"""


@dataclass(frozen=True, slots=True)
class StoredCompany:
    """A company with facts: how many, the ordinal of the newest day told, and of the day when time alone changes it.

    `line` is its record of the table for machines; `en` and `zh` are its names.
    """

    key: str
    candidate: bool
    facts: int
    newest: int
    due: int | None
    line: str
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class StoredRow:
    """A row of a table, ordered by one, two and three; `entry` is what the table's index holds of it."""

    stem: str
    language: str
    id: str
    owner: str
    one: int | str
    two: int | str
    three: int | str
    outcome: str
    html: str
    entry: str


@contextmanager
def site_store(folder: Path) -> Iterator[SiteStore]:
    """The store of a folder, an empty one where there is none that can be read.

    What the block writes is kept when it ends, all or nothing.
    """
    with opened(folder / FILE, _TABLES) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield SiteStore(connection)
        connection.execute("COMMIT")


class SiteStore:
    """The open store."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

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
        for table in ("state", "company", "investor", "former", "shown"):
            self._connection.execute(f"DELETE FROM {table}")  # noqa: S608  (one of the names above)

    def replace_companies(self, keys: Collection[str], companies: Iterable[StoredCompany]) -> None:
        """Put these in the place of what was held under the keys."""
        self._connection.executemany("DELETE FROM company WHERE key = ?", ((key,) for key in keys))
        self._insert("company", StoredCompany, companies)

    def replace_investors(self, keys: Collection[str], named: Iterable[tuple[str, str]]) -> None:
        """Put these investors (name, name key) with pages in the place of those held under the keys."""
        self._connection.executemany("DELETE FROM investor WHERE key = ?", ((key,) for key in keys))
        self._connection.executemany("INSERT OR REPLACE INTO investor VALUES (?, ?)", named)

    def replace_former(self, ids: Collection[str], decided: Iterable[tuple[str, str]]) -> None:
        """Put these (id that names no fact, company that decides where it leads) in the place of what was held."""
        self._connection.executemany("DELETE FROM former WHERE id = ?", ((id_,) for id_ in ids))
        self._connection.executemany("INSERT INTO former VALUES (?, ?)", decided)

    def replace_rows(self, owners: Collection[str], rows: Iterable[StoredRow]) -> None:
        """Put these rows in the place of those of the owners."""
        self._connection.executemany("DELETE FROM shown WHERE owner = ?", ((owner,) for owner in owners))
        self._insert("shown", StoredRow, rows)

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
        query = "SELECT * FROM company ORDER BY candidate, facts DESC, newest DESC, key LIMIT ?"
        return [StoredCompany(*row) for row in self._connection.execute(query, (most,))]

    def companies(self) -> Iterator[StoredCompany]:
        """All companies with facts, by key."""
        for row in self._connection.execute("SELECT * FROM company ORDER BY key"):
            yield StoredCompany(*row)

    def row_count(self, stem: str, language: str) -> int:
        """How many rows a table has."""
        query = "SELECT COUNT(*) FROM shown WHERE stem = ? AND language = ?"
        return int(self._connection.execute(query, (stem, language)).fetchone()[0])

    def first_rows(self, stem: str, language: str, most: int) -> list[str]:
        """A table's first rows as HTML."""
        query = f"SELECT html FROM shown WHERE stem = ? AND language = ? ORDER BY {_ORDER} LIMIT ?"  # noqa: S608  (ours)
        return [html for (html,) in self._connection.execute(query, (stem, language, most))]

    def entries(self, stem: str, language: str) -> list[str]:
        """What the index of a table holds, in its order."""
        query = f"SELECT entry FROM shown WHERE stem = ? AND language = ? ORDER BY {_ORDER}"  # noqa: S608  (ours)
        return [entry for (entry,) in self._connection.execute(query, (stem, language))]

    def rows_of(self, owner: str, language: str) -> dict[str, dict[str, str]]:
        """The rows of an owner as HTML, by table and id."""
        query = f"SELECT stem, id, html FROM shown WHERE owner = ? AND language = ? ORDER BY stem, {_ORDER}"  # noqa: S608  (ours)
        found: dict[str, dict[str, str]] = {}
        for stem, id_, html in self._connection.execute(query, (owner, language)):
            found.setdefault(stem, {})[id_] = html
        return found

    def row_owners(self) -> list[str]:
        """Everybody who has rows."""
        return [owner for (owner,) in self._connection.execute("SELECT DISTINCT owner FROM shown ORDER BY owner")]

    def owners_by_outcome(self, outcomes: Sequence[str], most: int) -> list[tuple[str, str]]:
        """Owner and id of the talk that ended in one of these ways, in the order of the ways, then of the table."""
        found: list[tuple[str, str]] = []
        for outcome in outcomes:
            query = f"SELECT owner, id FROM shown WHERE stem = 'talk' AND language = 'en' AND outcome = ? ORDER BY {_ORDER} LIMIT ?"  # noqa: S608, E501  (ours)
            found += self._connection.execute(query, (outcome, most - len(found))).fetchall()
        return found

    def count_by_outcome(self, outcomes: Sequence[str]) -> int:
        """How much talk ended in one of these ways."""
        marks = ", ".join("?" * len(outcomes))
        query = f"SELECT COUNT(*) FROM shown WHERE stem = 'talk' AND language = 'en' AND outcome IN ({marks})"  # noqa: S608  (ours)
        return int(self._connection.execute(query, tuple(outcomes)).fetchone()[0])

    def _of(self, query: str, keys: Collection[str]) -> Iterator[tuple[str, ...]]:
        return asked_of(self._connection, query, keys)

    def _insert(self, table: str, noun: type, held: Iterable[object]) -> None:
        names = [field.name for field in fields(noun)]
        marks = ", ".join("?" * len(names))
        query = f"INSERT OR REPLACE INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608  (ours)
        self._connection.executemany(query, (tuple(getattr(each, name) for name in names) for each in held))


_ORDER = "one, two, three"
