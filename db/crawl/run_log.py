"""The log of runs: when, how each source went, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session, col, select

from db.schema.run_tables import RunIssueRow, RunRow, RunSourceRow

GOOD_OUTCOMES = frozenset({"new", "unchanged", "robots", "paused", "skipped"})
"""A source that answered, that asked to be left alone, or that waits for its user's key or address, has not failed."""
ANSWERED = ("new", "unchanged")
READ_ONLY = "read"
"""A source that was not visited in a run: articles left over from an earlier one were read."""


@dataclass(frozen=True, slots=True)
class SourceOutcome:
    """How one source went in one run."""

    source_key: str
    outcome: str
    detail: str
    fetched: int
    wanted: int


@dataclass(frozen=True, slots=True)
class RunIssue:
    """Something a run could not fetch or read."""

    kind: str
    url: str
    detail: str


def start_run(session: Session, command: str) -> int:
    """Enter a run; its number."""
    run = RunRow(command=command, started_at=datetime.now(UTC))
    session.add(run)
    session.flush()
    if run.id is None:
        raise RuntimeError("the database gave the run no number")
    return run.id


def finish_run(session: Session, run_id: int, outcome: str, database_bytes: int, archive_bytes: int) -> None:
    """Close a run with its outcome, and how much room everything takes now."""
    run = session.get_one(RunRow, run_id)
    run.finished_at, run.outcome = datetime.now(UTC), outcome
    run.database_bytes, run.archive_bytes = database_bytes, archive_bytes


def put_outcome(session: Session, run_id: int, source_key: str, outcome: str, detail: str) -> None:
    """Record how a source went."""
    row = _row(session, run_id, source_key)
    row.outcome, row.detail = outcome, detail


def put_progress(session: Session, run_id: int, source_key: str, fetched: int, wanted: int) -> None:
    """Record how far a source has come."""
    row = _row(session, run_id, source_key)
    row.fetched, row.wanted = fetched, wanted


def put_figures(session: Session, run_id: int, source_key: str, figures: Mapping[str, float]) -> None:
    """Record what the visit to a source cost: columns of RunSourceRow by name."""
    row = _row(session, run_id, source_key)
    for name, value in figures.items():
        setattr(row, name, value)


def count_articles(session: Session, run_id: int, source_key: str, articles: int, relevant: int, claims: int) -> None:
    """Count what was read towards the source it came from: new articles, those about the industry, new claims."""
    row = _row(session, run_id, source_key, READ_ONLY)
    row.articles += articles
    row.relevant += relevant
    row.claims += claims


def _row(session: Session, run_id: int, source_key: str, outcome: str = "running") -> RunSourceRow:
    """A source's row of a run, made where there is none yet."""
    row = session.get(RunSourceRow, (run_id, source_key))
    if row is None:
        row = RunSourceRow(run_id=run_id, source_key=source_key, outcome=outcome)
        session.add(row)
    elif row.outcome == READ_ONLY and outcome != READ_ONLY:
        row.outcome = outcome
    return row


def add_issue(session: Session, run_id: int, kind: str, url: str, detail: str) -> None:
    """Record something that could not be fetched or read."""
    session.add(RunIssueRow(run_id=run_id, kind=kind, url=url, detail=detail))


def last_runs(session: Session, limit: int) -> list[RunRow]:
    """The latest runs, newest first."""
    return list(session.exec(select(RunRow).order_by(col(RunRow.id).desc()).limit(limit)))


def outcomes(session: Session, run_id: int) -> list[SourceOutcome]:
    """How the sources that were visited in a run went, by key."""
    rows = session.exec(
        select(RunSourceRow)
        .where(RunSourceRow.run_id == run_id, RunSourceRow.outcome != READ_ONLY)
        .order_by(RunSourceRow.source_key)
    )
    return [SourceOutcome(row.source_key, row.outcome, row.detail, row.fetched, row.wanted) for row in rows]


def issues(session: Session, run_id: int) -> list[RunIssue]:
    """What a run could not fetch or read, in order."""
    rows = session.exec(select(RunIssueRow).where(RunIssueRow.run_id == run_id).order_by(col(RunIssueRow.id)))
    return [RunIssue(row.kind, row.url, row.detail) for row in rows]
