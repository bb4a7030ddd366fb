"""The tables of the crawl: sources, what is remembered about their hosts, the queue and the archive's contents."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, LargeBinary, text
from sqlmodel import Field, SQLModel

from db.nouns.source import SourceFields
from db.schema.columns import RowNumber, UtcMoment, one_of


class SourceRow(SourceFields, table=True):
    """A source as the catalogue described it when it was last crawled."""

    __tablename__ = "source"
    key: str = Field(primary_key=True)


class SourcePastRow(SQLModel, table=True):
    """What earlier runs learned about a source's address: where it has moved, whether it is gone, its rhythm."""

    __tablename__ = "source_past"
    source_key: str = Field(primary_key=True)
    url: str
    moved_to: str | None = None
    moved_since: datetime | None = Field(default=None, sa_type=UtcMoment)
    moved_runs: int = 0
    gone_since: datetime | None = Field(default=None, sa_type=UtcMoment)
    gone: bool = False
    read_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    rhythm: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class ValidatorRow(SQLModel, table=True):
    """The validators of a URL's last completely parsed answer, sent back unchanged, and the digest of its body."""

    __tablename__ = "validator"
    url: str = Field(primary_key=True)
    etag: str | None = None
    last_modified: str | None = None
    body_digest: str | None = None


class HostRow(SQLModel, table=True):
    """What is remembered about an origin between runs: its robots.txt."""

    __tablename__ = "host_robots"
    origin: str = Field(primary_key=True)
    fetched_at: datetime = Field(sa_type=UtcMoment)
    status: int
    body: bytes = Field(sa_type=LargeBinary)


class HostPauseRow(SQLModel, table=True):
    """A host that asked to be left alone; `step` is for how many seconds, when it last did."""

    __tablename__ = "host_pause"
    host: str = Field(primary_key=True)
    until: datetime = Field(sa_type=UtcMoment)
    step: int | None = None


class PageRow(SQLModel, table=True):
    """The crawl's queue: every page a feed ever listed, once."""

    __tablename__ = "page"
    __table_args__ = (
        one_of("state", ("wanted", "fetched", "failed", "skipped")),
        Index("page_wanted", "source_key", "state"),
    )
    key: str = Field(primary_key=True)
    url: str
    source_key: str = Field(foreign_key="source.key")
    state: str = "wanted"
    entry_digest: str
    hints: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    published: datetime | None = Field(default=None, sa_type=UtcMoment)
    attempts: int = 0
    outcome: str | None = None
    detail: str | None = None
    queued_at: datetime = Field(sa_type=UtcMoment)


class CaptureRow(SQLModel, table=True):
    """One archived answer or document; those in state `waiting` are the readers' queue."""

    __tablename__ = "capture"
    __table_args__ = (
        one_of("state", ("waiting", "read", "unreadable", "kept")),
        Index(
            "capture_waiting", "id", sqlite_where=text("state = 'waiting'"), postgresql_where=text("state = 'waiting'")
        ),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=RowNumber)
    kind: str
    url: str | None
    source_key: str | None = Field(default=None, foreign_key="source.key")
    content_type: str | None = None
    fetched_at: datetime = Field(sa_type=UtcMoment)
    archive_file: str
    archive_offset: int = Field(sa_type=RowNumber)
    body_digest: str = Field(index=True)
    hints: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    given: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    state: str = "waiting"
    attempts: int = 0
    dropped_at: datetime | None = Field(default=None, sa_type=UtcMoment)
