"""What is remembered about hosts between runs, whoever asked them: `crawlers.ports.HostStore` over the database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session

from db.connection.engine import writing
from db.crawl import crawl_memory


class HostMemory:
    """Every method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def robots_txt(self, origin: str) -> tuple[datetime, int, bytes] | None:
        """See `crawlers.ports.HostStore`."""
        with Session(self._engine) as session:
            return crawl_memory.robots_txt(session, origin)

    def put_robots_txt(self, origin: str, fetched_at: datetime, status: int, body: bytes) -> None:
        """See `crawlers.ports.HostStore`."""
        with writing(self._engine) as session:
            crawl_memory.put_robots_txt(session, origin, fetched_at, status, body)

    def paused_until(self, host: str) -> datetime | None:
        """See `crawlers.ports.HostStore`."""
        with Session(self._engine) as session:
            return crawl_memory.paused_until(session, host)

    def pause(self, host: str, until: datetime, step: int) -> None:
        """See `crawlers.ports.HostStore`."""
        with writing(self._engine) as session:
            crawl_memory.pause(session, host, until, step)

    def last_pause(self, host: str) -> int:
        """See `crawlers.ports.HostStore`."""
        with Session(self._engine) as session:
            return crawl_memory.last_pause(session, host)
