"""What is kept of servers and sources from crawl to crawl: validators, robots.txt, hosts at rest, where feeds moved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from db.schema.crawl_tables import HostPauseRow, HostRow, SourcePastRow, SourceRow, ValidatorRow


def enter_sources(session: Session, rows: Sequence[SourceRow]) -> None:
    """Keep the catalogue's sources, so that what was crawled can name its source for good."""
    for row in rows:
        session.merge(row)


def validators(session: Session, url: str) -> tuple[str | None, str | None, str | None] | None:
    """(ETag, Last-Modified, SHA-256 of the body) of a URL's last completely parsed answer."""
    row = session.get(ValidatorRow, url)
    return (row.etag, row.last_modified, row.body_digest) if row else None


def put_validators(
    session: Session, url: str, etag: str | None, last_modified: str | None, body_digest: str | None
) -> None:
    """Keep them for the next conditional request."""
    session.merge(ValidatorRow(url=url, etag=etag, last_modified=last_modified, body_digest=body_digest))


def robots_txt(session: Session, origin: str) -> tuple[datetime, int, bytes] | None:
    """When an origin's robots.txt was fetched, its status and body."""
    row = session.get(HostRow, origin)
    return (row.fetched_at, row.status, row.body) if row else None


def put_robots_txt(session: Session, origin: str, fetched_at: datetime, status: int, body: bytes) -> None:
    """Keep a robots.txt."""
    session.merge(HostRow(origin=origin, fetched_at=fetched_at, status=status, body=body))


def paused_until(session: Session, host: str) -> datetime | None:
    """Until when a host asked to be left alone."""
    row = session.get(HostPauseRow, host)
    return row.until if row else None


def pause(session: Session, host: str, until: datetime, step: int = 0) -> None:
    """Remember such a wish, for `step` seconds."""
    session.merge(HostPauseRow(host=host, until=until, step=step))


def last_pause(session: Session, host: str) -> int:
    """For how many seconds a host was paused last; 0 where it never was, or has answered since."""
    row = session.get(HostPauseRow, host)
    return row.step or 0 if row else 0


def source_past(session: Session, source_key: str) -> SourcePastRow | None:
    """What earlier runs learned about a source."""
    return session.get(SourcePastRow, source_key)


def put_source_past(session: Session, row: SourcePastRow) -> None:
    """Keep it, instead of what was kept before."""
    session.merge(row)
