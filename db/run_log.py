"""The log of runs: when, how each source went, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session, col, select

from db.run_tables import RunIssueRow, RunRow, RunSourceRow

GOOD_OUTCOMES = frozenset({"new", "unchanged", "robots", "paused", "skipped"})
"""A source that answered, that asked to be left alone, or that waits for its user's key or address, has not failed."""
ANSWERED = ("new", "unchanged")


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


def finish_run(session: Session, run_id: int, outcome: str) -> None:
    """Close a run with its outcome."""
    run = session.get_one(RunRow, run_id)
    run.finished_at, run.outcome = datetime.now(UTC), outcome
    session.add(run)


def put_outcome(session: Session, run_id: int, source_key: str, outcome: str, detail: str) -> None:
    """Record how a source went."""
    row = session.get(RunSourceRow, (run_id, source_key)) or RunSourceRow(
        run_id=run_id, source_key=source_key, outcome=outcome
    )
    row.outcome, row.detail = outcome, detail
    session.add(row)


def put_progress(session: Session, run_id: int, source_key: str, fetched: int, wanted: int) -> None:
    """Record how far a source has come."""
    row = session.get(RunSourceRow, (run_id, source_key)) or RunSourceRow(
        run_id=run_id, source_key=source_key, outcome="running"
    )
    row.fetched, row.wanted = fetched, wanted
    session.add(row)


def add_issue(session: Session, run_id: int, kind: str, url: str, detail: str) -> None:
    """Record something that could not be fetched or read."""
    session.add(RunIssueRow(run_id=run_id, kind=kind, url=url, detail=detail))


def last_runs(session: Session, limit: int) -> list[RunRow]:
    """The latest runs, newest first."""
    return list(session.exec(select(RunRow).order_by(col(RunRow.id).desc()).limit(limit)))


def outcomes(session: Session, run_id: int) -> list[SourceOutcome]:
    """How the sources went in a run, by key."""
    rows = session.exec(select(RunSourceRow).where(RunSourceRow.run_id == run_id).order_by(RunSourceRow.source_key))
    return [SourceOutcome(row.source_key, row.outcome, row.detail, row.fetched, row.wanted) for row in rows]


def issues(session: Session, run_id: int) -> list[RunIssue]:
    """What a run could not fetch or read, in order."""
    rows = session.exec(select(RunIssueRow).where(RunIssueRow.run_id == run_id).order_by(col(RunIssueRow.id)))
    return [RunIssue(row.kind, row.url, row.detail) for row in rows]
