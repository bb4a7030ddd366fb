"""What the log of runs tells of each source: how its last visit went, and how its days have been."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import func
from sqlmodel import Session, col, select

from db.crawl.run_log import ANSWERED, READ_ONLY
from db.schema.run_tables import RunRow, RunSourceRow

_NO_VISIT = (READ_ONLY, "running", "stopped", "skipped")
"""What says nothing about whether a source can be reached."""


@dataclass(frozen=True, slots=True)
class SourceDay:
    """One source on one day (UTC): whether any visit reached it, how many new articles it brought, why it failed."""

    day: date
    reached: bool
    articles: int
    outcome: str


@dataclass(frozen=True, slots=True)
class SourceVisit:
    """How a source's last visit went, and when that run began."""

    at: datetime
    row: RunSourceRow


def last_visits(session: Session) -> list[SourceVisit]:
    """The last visit to every source ever crawled, by key."""
    newest = (
        select(RunSourceRow.source_key, func.max(RunSourceRow.run_id).label("run_id"))
        .where(col(RunSourceRow.outcome) != READ_ONLY)
        .group_by(RunSourceRow.source_key)
        .subquery()
    )
    rows = session.exec(
        select(RunRow.started_at, RunSourceRow)
        .join(RunRow, col(RunRow.id) == RunSourceRow.run_id)
        .join(
            newest,
            (newest.c.source_key == RunSourceRow.source_key) & (newest.c.run_id == RunSourceRow.run_id),
        )
        .order_by(RunSourceRow.source_key)
    )
    return [SourceVisit(at, row) for at, row in rows]


def source_days(session: Session, since: datetime) -> dict[str, list[SourceDay]]:
    """The days since then on which each source was visited, oldest first, by its key.

    Articles that were read without a visit, left over from an earlier run, count on the day they were read.
    """
    rows = session.exec(
        select(RunSourceRow.source_key, RunRow.started_at, RunSourceRow.outcome, RunSourceRow.articles)
        .join(RunRow, col(RunRow.id) == RunSourceRow.run_id)
        .where(col(RunRow.started_at) >= since)
        .order_by(RunSourceRow.source_key, col(RunRow.id))
    )
    return {
        key: list(_days([(at, outcome, articles) for _, at, outcome, articles in of_source]))
        for key, of_source in groupby(rows, lambda row: row[0])
    }


def _days(visits: Sequence[tuple[datetime, str, int]]) -> Iterator[SourceDay]:
    for day, of_day in groupby(visits, lambda visit: visit[0].date()):
        told = list(of_day)
        outcomes = [outcome for _, outcome, _ in told if outcome not in _NO_VISIT]
        if outcomes:
            reached = any(outcome in ANSWERED for outcome in outcomes)
            yield SourceDay(day, reached, sum(articles for *_, articles in told), outcomes[-1])
