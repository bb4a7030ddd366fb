"""The tables of the runs: when, how each source went, what could not be read, and who is running."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Float, LargeBinary
from sqlmodel import Field, SQLModel

from db.schema.columns import RowNumber, UtcMoment


class RunRow(SQLModel, table=True):
    """One run of the daily cycle, or of a part of it."""

    __tablename__ = "run"
    id: int | None = Field(default=None, primary_key=True, sa_type=RowNumber)
    command: str
    started_at: datetime = Field(sa_type=UtcMoment)
    finished_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    outcome: str | None = None
    database_bytes: int | None = Field(default=None, sa_type=BigInteger)
    archive_bytes: int | None = Field(default=None, sa_type=BigInteger)


class RunSourceRow(SQLModel, table=True):
    """How one source went in one run."""

    __tablename__ = "run_source"
    run_id: int = Field(primary_key=True, foreign_key="run.id", ondelete="CASCADE")
    source_key: str = Field(primary_key=True)
    outcome: str
    detail: str = ""
    fetched: int = 0
    wanted: int = 0
    requests: int = 0
    not_modified: int = 0
    blocked: int = 0
    failed: int = 0
    bytes: int = Field(default=0, sa_type=BigInteger)
    seconds: float = 0.0
    articles: int = 0
    relevant: int = 0
    claims: int = 0


class RunIssueRow(SQLModel, table=True):
    """Something a run could not fetch or read, by name."""

    __tablename__ = "run_issue"
    id: int | None = Field(default=None, primary_key=True, sa_type=RowNumber)
    run_id: int = Field(foreign_key="run.id", ondelete="CASCADE", index=True)
    kind: str
    url: str
    detail: str


class RunLockRow(SQLModel, table=True):
    """Who is running, and who is the schedule: one row each at most, stolen when its process is gone (`run_lock`)."""

    __tablename__ = "run_lock"
    name: str = Field(primary_key=True)
    host: str
    process_id: int
    process_started: str
    taken_at: datetime = Field(sa_type=UtcMoment)
    beat_at: datetime = Field(sa_type=UtcMoment)
    token: str


class ScheduleJobRow(SQLModel, table=True):
    """The schedule's jobs as APScheduler keeps them: its table, declared here so that migrations make it."""

    __tablename__ = "schedule_job"
    id: str = Field(primary_key=True)
    next_run_time: float | None = Field(default=None, index=True, sa_type=Float(25))
    job_state: bytes = Field(sa_type=LargeBinary)
