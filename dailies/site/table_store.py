"""The rows of the site's tables as they are kept: in order, counted, and in sections that a day changes few of.

An index of all rows follows all there is; its sections do not. Which row begins a section follows from its id alone, so
that the sections are the same however the rows came, and a row that changes or moves touches those beside it only.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields

from dailies.site.small_store import asked_of

FIRST_SECTION = "first"
"""What begins before any row that begins a section."""
_ROWS_A_SECTION = 64
"""On average: some 16 KB."""
TABLES = """
CREATE TABLE shown (
    stem TEXT, language TEXT, id TEXT, owner TEXT NOT NULL, one, two, three, outcome TEXT NOT NULL, html TEXT NOT NULL,
    entry TEXT NOT NULL, section TEXT, PRIMARY KEY (stem, language, id)
);
CREATE INDEX shown_ranked ON shown (stem, language, one, two, three);
CREATE INDEX shown_section ON shown (stem, language, one, two, three, section) WHERE section IS NOT NULL;
CREATE UNIQUE INDEX shown_section_named ON shown (stem, language, section) WHERE section IS NOT NULL;
CREATE INDEX shown_of_owner ON shown (owner);
CREATE INDEX shown_outcome ON shown (stem, language, outcome, one, two, three);
CREATE TABLE counted (
    stem TEXT, language TEXT, facet INTEGER, value TEXT, rows INTEGER NOT NULL,
    PRIMARY KEY (stem, language, facet, value)
) WITHOUT ROWID;
"""
Rank = tuple[int | str, int | str, int | str]
Table = tuple[str, str]
"""A table's stem and language."""
_ALL = -1
"""The facet that every row has, with the empty value."""
_ORDER = "one, two, three"
_AT, _MARKS = f"({_ORDER})", "(?, ?, ?)"
_BEGINS = "stem = ? AND language = ? AND section IS NOT NULL"


@dataclass(frozen=True, slots=True)
class StoredRow:
    """A row of a table, ordered by one, two and three; `entry` is what the table's index holds of it.

    `section` is the name of the section it begins, None where it begins none.
    """

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
    section: str | None

    @property
    def table(self) -> Table:
        """Which table it stands in."""
        return self.stem, self.language

    @property
    def rank(self) -> Rank:
        """Where in it."""
        return self.one, self.two, self.three


_NAMES = ", ".join(field.name for field in fields(StoredRow))


def section_begun_by(row_id: str) -> str | None:
    """The name of the section that a row with this id begins; None where it begins none."""
    digest = hashlib.sha256(row_id.encode()).hexdigest()
    return digest[8:20] if int(digest[:8], 16) % _ROWS_A_SECTION == 0 else None


class TableStore:
    """The rows in an open store."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def forget(self) -> None:
        """Drop all rows."""
        self._connection.execute("DELETE FROM shown")
        self._connection.execute("DELETE FROM counted")

    def fill(self, rows: Iterable[StoredRow]) -> None:
        """Enter all rows into an empty store."""
        counts: Counter[tuple[object, ...]] = Counter()

        def counted() -> Iterator[StoredRow]:
            for row in rows:
                counts.update(_facets(row))
                yield row

        self._insert(counted())
        self._count(counts)

    def replace(self, owners: Collection[str], rows: Iterable[StoredRow]) -> set[tuple[Table, str]]:
        """Put these rows in the place of those of the owners; the sections (table, name) that were and are touched."""
        asked = f"SELECT {_NAMES} FROM shown WHERE owner IN"  # noqa: S608  (the fields above)
        held = {(row.table, row.id): row for row in map(_row, asked_of(self._connection, asked, owners))}
        fresh = {(row.table, row.id): row for row in rows}
        held.update(self._named(fresh.keys() - held.keys()))
        gone = [row for key, row in held.items() if fresh.get(key) != row]
        added = [row for key, row in fresh.items() if held.get(key) != row]
        told = {(row.table, row.rank, row.entry) for row in gone} ^ {(row.table, row.rank, row.entry) for row in added}
        moved = {(table, rank) for table, rank, _ in told}
        touched = {(table, self._section_at(table, rank)) for table, rank in moved}
        self._connection.executemany(
            "DELETE FROM shown WHERE stem = ? AND language = ? AND id = ?",
            ((row.stem, row.language, row.id) for row in gone),
        )
        self._insert(added)
        counts = Counter(count for row in added for count in _facets(row))
        counts.subtract(count for row in gone for count in _facets(row))
        self._count(counts)
        return touched | {(table, self._section_at(table, rank)) for table, rank in moved}

    def row_count(self, table: Table) -> int:
        """How many rows a table has."""
        return sum(rows for _, rows in self._counted(table, _ALL))

    def facets(self, table: Table, place: int) -> list[str]:
        """What the rows of a table can be chosen by in the filter of this place, from A."""
        return sorted(value for value, _ in self._counted(table, place))

    def first_rows(self, table: Table, most: int) -> list[str]:
        """A table's first rows as HTML."""
        query = f"SELECT html FROM shown WHERE stem = ? AND language = ? ORDER BY {_ORDER} LIMIT ?"  # noqa: S608  (ours)
        return [html for (html,) in self._connection.execute(query, (*table, most))]

    def sections(self, table: Table) -> list[str]:
        """The names of a table's sections, in its order; the first may be empty."""
        query = f"SELECT section FROM shown WHERE {_BEGINS} ORDER BY {_ORDER}"  # noqa: S608  (ours)
        return [FIRST_SECTION, *(name for (name,) in self._connection.execute(query, table))]

    def entries(self, table: Table, section: str) -> list[str]:
        """What the index holds of a section's rows, in their order."""
        query, asked = "SELECT entry FROM shown WHERE stem = ? AND language = ?", [*table]
        named = f"SELECT {_ORDER} FROM shown WHERE {_BEGINS} AND section = ?"  # noqa: S608  (ours)
        following = f"SELECT {_ORDER} FROM shown WHERE {_BEGINS}"  # noqa: S608  (ours)
        first = self._connection.execute(named, (*table, section)).fetchone()
        if first is not None:
            query, following, asked = (
                f"{query} AND {_AT} >= {_MARKS}",
                f"{following} AND {_AT} > {_MARKS}",
                [*asked, *first],
            )
        after = self._connection.execute(f"{following} ORDER BY {_ORDER} LIMIT 1", asked).fetchone()
        if after is not None:
            query, asked = f"{query} AND {_AT} < {_MARKS}", [*asked, *after]
        return [entry for (entry,) in self._connection.execute(f"{query} ORDER BY {_ORDER}", asked)]

    def stems_of(self, owner: str) -> frozenset[str]:
        """The tables in which an owner has rows."""
        query = "SELECT DISTINCT stem FROM shown WHERE owner = ?"
        return frozenset(stem for (stem,) in self._connection.execute(query, (owner,)))

    def rows_of(self, owner: str, language: str) -> dict[str, dict[str, str]]:
        """The rows of an owner as HTML, by table and id."""
        query = f"SELECT stem, id, html FROM shown WHERE owner = ? AND language = ? ORDER BY stem, {_ORDER}"  # noqa: S608  (ours)
        found: dict[str, dict[str, str]] = {}
        for stem, id_, html in self._connection.execute(query, (owner, language)):
            found.setdefault(stem, {})[id_] = html
        return found

    def owners(self) -> list[str]:
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

    def _section_at(self, table: Table, rank: Rank) -> str:
        query = f"""SELECT section FROM shown WHERE {_BEGINS} AND {_AT} <= {_MARKS}
            ORDER BY one DESC, two DESC, three DESC LIMIT 1"""  # noqa: S608  (ours)
        found = self._connection.execute(query, (*table, *rank)).fetchone()
        return str(found[0]) if found else FIRST_SECTION

    def _named(self, keys: Iterable[tuple[Table, str]]) -> Iterator[tuple[tuple[Table, str], StoredRow]]:
        """Rows of these tables and ids that somebody else owned."""
        query = f"SELECT {_NAMES} FROM shown WHERE stem = ? AND language = ? AND id = ?"  # noqa: S608  (the fields above)
        for table, id_ in keys:
            for found in self._connection.execute(query, (*table, id_)):
                yield (table, id_), _row(found)

    def _insert(self, rows: Iterable[StoredRow]) -> None:
        marks = ", ".join("?" * len(fields(StoredRow)))
        query = f"INSERT INTO shown ({_NAMES}) VALUES ({marks})"  # noqa: S608  (the fields above)
        self._connection.executemany(query, (astuple(row) for row in rows))

    def _counted(self, table: Table, place: int) -> Iterator[tuple[str, int]]:
        query = "SELECT value, rows FROM counted WHERE stem = ? AND language = ? AND facet = ?"
        yield from self._connection.execute(query, (*table, place))

    def _count(self, counts: Counter[tuple[object, ...]]) -> None:
        query = "INSERT INTO counted VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET rows = rows + excluded.rows"
        self._connection.executemany(query, ((*key, rows) for key, rows in counts.items() if rows))
        self._connection.execute("DELETE FROM counted WHERE rows = 0")


def _row(found: Sequence[object]) -> StoredRow:
    return StoredRow(*found)  # type: ignore[arg-type]


def _facets(row: StoredRow) -> Iterator[tuple[object, ...]]:
    """What a row counts for: itself, and each of its facets that is not empty."""
    yield *row.table, _ALL, ""
    for place, value in enumerate(json.loads(row.entry)[3]):
        if value:
            yield *row.table, place, value
