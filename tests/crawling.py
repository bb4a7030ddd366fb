"""Runs one real crawl, in a process of its own, over a real store; and tells what became of it."""

from __future__ import annotations

import dataclasses
import multiprocessing
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlmodel import Session, select

# Imported before the fork, so that each crawl starts at once.
import crawlers.manners.connections
import crawlers.spiders.source  # noqa: F401
from crawlers.crawl import CrawlSettings, crawl
from crawlers.ports import CrawlSource
from dailies.crawl.store import CrawlStore
from db.connection.engine import open_database
from db.crawl import crawl_memory, run_log
from db.crawl.archive import Archive, CapturePointer
from db.nouns.source import SourceFields
from db.schema.crawl_tables import CaptureRow, PageRow, SourceRow
from tests.new_databases import new_sqlite
from tests.small_web import SmallWeb

_FORK = multiprocessing.get_context("fork")
QUICK = {"seconds_between_requests": 0.0, "seconds_per_request": 3.0, "days_at_first": None, "contact": None}
Resolve = Mapping[str, str | Callable[[], str]]


class _Silent:
    def source_progress(self, source_key, fetched, wanted):
        pass

    def source_done(self, source_key, outcome, detail):
        pass


def source(web: SmallWeb, path: str = "/feed", key: str = "one", **fields) -> CrawlSource:
    """A source on the small web."""
    return CrawlSource(**{"key": key, "kind": "rss", "url": web.base + path, "language": "en", **fields})


@dataclass
class Crawling:
    """A database with its archive, crawled by as many runs as a test wants."""

    folder: Path
    web: SmallWeb
    store_class: type[CrawlStore] = CrawlStore
    runs: list[int] = field(default_factory=list)

    def __post_init__(self):
        self.engine = open_database(new_sqlite(self.folder / "crawl.db"), "real")

    def run(self, *sources: CrawlSource, resolve: Resolve | None = None, **settings) -> dict[str, tuple[str, str]]:
        """Crawl to the end; outcome and detail by source."""
        process = self.start(*sources, resolve=resolve, **settings)
        process.join(60)
        assert process.exitcode == 0
        return self.outcomes()

    def start(self, *sources: CrawlSource, resolve: Resolve | None = None, **settings):
        """Start a crawl; the process."""
        limits = CrawlSettings(**{**QUICK, "allowed_loopback": self.web.address, **settings})
        with Session(self.engine) as session, session.begin():
            self.runs.append(run_log.start_run(session, "crawl"))
            crawl_memory.enter_sources(session, [_row(each) for each in sources])
        self.engine.dispose()
        process = _FORK.Process(target=self._crawl, args=(sources, limits, resolve))
        process.start()
        return process

    def _crawl(self, sources, limits, resolve):
        if resolve is not None:
            socket.getaddrinfo = _resolver(resolve)
        with Archive(self.folder / "archive") as archive:
            crawl(sources, self.store_class(self.engine, archive, self.runs[-1], _Silent()), limits)

    def outcomes(self) -> dict[str, tuple[str, str]]:
        with Session(self.engine) as session:
            return {each.source_key: (each.outcome, each.detail) for each in run_log.outcomes(session, self.runs[-1])}

    def issues(self) -> list[tuple[str, str, str]]:
        with Session(self.engine) as session:
            return [(each.kind, each.url, each.detail) for each in run_log.issues(session, self.runs[-1])]

    def pages(self) -> dict[str, str]:
        """The state of every page ever listed, by its path."""
        with Session(self.engine) as session:
            rows = session.exec(select(PageRow).order_by(PageRow.url))
            return {row.url.removeprefix(self.web.base): row.state for row in rows}

    def captures(self, kind: str | None = None) -> list[str]:
        """What was archived, in order, by path."""
        with Session(self.engine) as session:
            rows = session.exec(select(CaptureRow).order_by(CaptureRow.id))
            return [row.url.removeprefix(self.web.base) for row in rows if kind in (None, row.kind)]

    def bodies(self) -> list[bytes]:
        with Session(self.engine) as session, Archive(self.folder / "archive") as archive:
            rows = session.exec(select(CaptureRow).order_by(CaptureRow.id))
            return [archive.read(CapturePointer(row.archive_file, row.archive_offset)).body for row in rows]

    def session(self) -> Session:
        return Session(self.engine)


def _row(each: CrawlSource) -> SourceRow:
    fields = dataclasses.asdict(each)
    return SourceRow(**SourceFields.model_validate({"title": each.key, **fields}).model_dump())


def _resolver(names: Resolve):
    """A stand-in for the name servers of the world: `names` and literal addresses; every other name is unknown."""
    real = socket.getaddrinfo

    def getaddrinfo(host, port, *arguments, **options):
        address = names.get(host, host)
        return real(address() if callable(address) else address, port, *arguments, **options)

    return getaddrinfo


def unknown() -> str:
    """A name that no server knows."""
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def never() -> str:
    """A name server that does not answer."""
    time.sleep(60)
    return unknown()
