"""How many facts there are of what kind and how sure they are: kept by company, so that a day counts its own anew."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from dailies.site.small_store import asked_of
from db.nouns.facts import Fact
from reports.site.coverage_page import EVIDENCE, FactCounts

TABLES = """
CREATE TABLE tally (
    company TEXT, kind TEXT, name TEXT, number INTEGER NOT NULL, PRIMARY KEY (company, kind, name)
) WITHOUT ROWID;
CREATE TABLE total (kind TEXT, name TEXT, number INTEGER NOT NULL, PRIMARY KEY (kind, name)) WITHOUT ROWID;
CREATE INDEX total_ranked ON total (kind, number DESC, name);
CREATE TABLE telling (article TEXT, company TEXT, outlet TEXT NOT NULL, PRIMARY KEY (article, company)) WITHOUT ROWID;
CREATE INDEX telling_of_company ON telling (company);
"""
_TYPE, _BEST, _ONE_WITNESS, _OUTLET = "type", "evidence", "one witness", "outlet"
Counted = Counter[tuple[str, str]]
"""Numbers by kind of what is counted, and name."""


class TallyStore:
    """The numbers in an open store."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def forget(self) -> None:
        """Drop all numbers."""
        for table in ("tally", "total", "telling"):
            self._connection.execute(f"DELETE FROM {table}")  # noqa: S608  (one of the names above)

    def replace(self, companies: Collection[str], facts: Mapping[str, Sequence[Fact]]) -> None:
        """Count the facts of these companies in the place of what was counted of them."""
        change: Counted = Counter()
        for kind, name, number in asked_of(
            self._connection, "SELECT kind, name, number FROM tally WHERE company IN", companies
        ):
            change[kind, name] -= int(number)
        self._connection.executemany("DELETE FROM tally WHERE company = ?", ((key,) for key in companies))
        for company, told in facts.items():
            own = _tally(told)
            change.update(own)
            self._connection.executemany(
                "INSERT INTO tally VALUES (?, ?, ?, ?)",
                ((company, kind, name, number) for (kind, name), number in own.items()),
            )
        change.update({(_OUTLET, outlet): number for outlet, number in self._told(companies, facts).items()})
        self._connection.executemany(
            "INSERT INTO total VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET number = number + excluded.number",
            ((kind, name, number) for (kind, name), number in change.items() if number),
        )
        self._connection.execute("DELETE FROM total WHERE number = 0")

    def counts(self, most_outlets: int) -> FactCounts:
        """All of it; of the outlets those most heard, the first by name of equals."""
        types = ((*name.partition(" "), number) for name, number in self._totals(_TYPE))
        best = dict(self._totals(_BEST))
        outlets = "SELECT name, number FROM total WHERE kind = ? ORDER BY number DESC, name LIMIT ?"
        return FactCounts(
            types=tuple((type_, status, number) for type_, _, status, number in types),
            evidence=tuple((each, best[each]) for each in EVIDENCE if each in best),
            one_witness=dict(self._totals(_ONE_WITNESS)).get("", 0),
            outlets=tuple(self._connection.execute(outlets, (_OUTLET, most_outlets))),
        )

    def _totals(self, kind: str) -> Iterator[tuple[str, int]]:
        query = "SELECT name, number FROM total WHERE kind = ? ORDER BY name"
        yield from self._connection.execute(query, (kind,))

    def _told(self, companies: Collection[str], facts: Mapping[str, Sequence[Fact]]) -> Counter[str]:
        """How many articles more each outlet is heard by now: one that tells of several companies is one."""
        touched = {article for (article,) in self._of_companies("article", companies)}
        fresh = {
            (stored.article_key, company, stored.publisher)
            for company, told in facts.items()
            for fact in told
            for stored in fact.claims
            if stored.publisher
        }
        touched |= {article for article, *_ in fresh}
        before = self._outlets_of(touched)
        self._connection.executemany("DELETE FROM telling WHERE company = ?", ((key,) for key in companies))
        self._connection.executemany("INSERT OR REPLACE INTO telling VALUES (?, ?, ?)", fresh)
        change = Counter(self._outlets_of(touched).values())
        change.subtract(before.values())
        return change

    def _of_companies(self, name: str, companies: Collection[str]) -> Iterable[tuple[str, ...]]:
        return asked_of(self._connection, f"SELECT {name} FROM telling WHERE company IN", companies)  # noqa: S608  (ours)

    def _outlets_of(self, articles: Collection[str]) -> dict[str, str]:
        query = "SELECT article, outlet FROM telling WHERE article IN"
        return {row[0]: row[1] for row in asked_of(self._connection, query, articles)}


def _tally(facts: Iterable[Fact]) -> Counted:
    """A company's facts by type and status, by their best evidence, and those of one witness."""
    own: Counted = Counter()
    for fact in facts:
        own[_TYPE, f"{fact.type} {fact.status}"] += 1
        if fact.witnesses < 2:
            own[_ONE_WITNESS, ""] += 1
        if fact.claims:
            own[_BEST, min((stored.evidence_class for stored in fact.claims), key=EVIDENCE.index)] += 1
    return own
