"""The store a crawl writes to: the spiders' Protocols (`crawlers.ports`) over the archive and the database."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, astuple
from datetime import UTC
from functools import partial
from typing import Protocol

from sqlalchemy import Engine
from sqlmodel import Session

from crawlers.ports import Entry, Figures, Response, Rhythm, SourcePast, Validators, WantedPage
from dailies.crawl.host_memory import HostMemory
from db.connection.engine import writing
from db.crawl import crawl_memory, crawl_queue, run_log
from db.crawl.archive import Archive
from db.crawl.crawl_queue import Archived, QueuedEntry
from db.model import FeedHints
from db.nouns.identity import article_key
from db.schema.crawl_tables import SourcePastRow
from pipeline.pages.canonical_url import canonical_url


class Listener(Protocol):
    """Who is told how the crawl goes, so that a person can watch."""

    def source_progress(self, source_key: str, fetched: int, wanted: int) -> None:
        """So many of a source's pages are here."""

    def source_done(self, source_key: str, outcome: str, detail: str) -> None:
        """A source is through."""


class CrawlStore(HostMemory):
    """Every method is one transaction; bytes are in the archive before a row points at them.

    `public_url` turns an address that was fetched into the one the article is known by: the sample web runs on a
    loopback port but its pages are those of invented sites.
    """

    def __init__(
        self,
        engine: Engine,
        archive: Archive,
        run_id: int,
        listener: Listener,
        public_url: Callable[[str], str] = str,
    ) -> None:
        super().__init__(engine)
        self._archive = archive
        self._run_id = run_id
        self._listener = listener
        self._public_url = public_url

    def validators(self, url: str) -> Validators | None:
        """See `crawlers.ports.ValidatorStore`."""
        with Session(self._engine) as session:
            found = crawl_memory.validators(session, url)
        return Validators(*found) if found else None

    def source_past(self, source_key: str) -> SourcePast | None:
        """See `crawlers.ports.PastStore`."""
        with Session(self._engine) as session:
            row = crawl_memory.source_past(session, source_key)
            return _past(row) if row is not None else None

    def put_source_past(self, source_key: str, past: SourcePast) -> None:
        """See `crawlers.ports.PastStore`."""
        with writing(self._engine) as session:
            crawl_memory.put_source_past(session, SourcePastRow(source_key=source_key, **asdict(past)))

    def read_before(self, source_key: str) -> bool:
        """See `crawlers.ports.CaptureStore`."""
        with Session(self._engine) as session:
            return crawl_queue.read_before(session, source_key)

    def put_feed(
        self, source_key: str, response: Response, entries: Sequence[Entry], validators: Validators | None
    ) -> int:
        """See `crawlers.ports.CaptureStore`."""
        archived = self._archived("feed", response, source_key, FeedHints(), state="kept")
        with writing(self._engine) as session:
            crawl_queue.enter_capture(session, archived)
            queued = [self._queued(source_key, response, entry) for entry in entries]
            new = crawl_queue.queue_entries(session, source_key, queued, response.fetched_at)
            if validators is not None:
                crawl_memory.put_validators(session, response.final_url, *astuple(validators))
        return new

    def wanted(self, source_key: str) -> Sequence[WantedPage]:
        """See `crawlers.ports.CaptureStore`."""
        with Session(self._engine) as session:
            rows = crawl_queue.wanted_pages(session, source_key)
            return [WantedPage(row.key, row.url, row.source_key) for row in rows]

    def put_page(self, page: WantedPage, response: Response) -> None:
        """See `crawlers.ports.CaptureStore`."""
        self.put_pages([(page, response)])

    def put_pages(self, pages: Sequence[tuple[WantedPage, Response]]) -> None:
        """As `put_page`, for several in one transaction, all or nothing."""
        with writing(self._engine) as session:
            hints = crawl_queue.page_hints(session, [page.key for page, _ in pages])
            archived = [
                (page.key, self._archived("page", response, page.source_key, hints[page.key], state="waiting"))
                for page, response in pages
            ]
            crawl_queue.pages_fetched(session, archived)

    def fail_page(self, page: WantedPage, outcome: str, detail: str, final: bool) -> None:
        """See `crawlers.ports.CaptureStore`."""
        with writing(self._engine) as session:
            crawl_queue.page_failed(session, page.key, outcome, detail, final)
            run_log.add_issue(session, self._run_id, outcome, page.url, detail)

    def source_outcome(self, source_key: str, outcome: str, detail: str) -> None:
        """See `crawlers.ports.Journal`."""
        with writing(self._engine) as session:
            run_log.put_outcome(session, self._run_id, source_key, outcome, detail)
        self._listener.source_done(source_key, outcome, detail)

    def source_figures(self, source_key: str, figures: Figures) -> None:
        """See `crawlers.ports.Journal`."""
        with writing(self._engine) as session:
            run_log.put_figures(session, self._run_id, source_key, asdict(figures))

    def issue(self, kind: str, url: str, detail: str) -> None:
        """See `crawlers.ports.Journal`."""
        with writing(self._engine) as session:
            run_log.add_issue(session, self._run_id, kind, url, detail)

    def progress(self, source_key: str, fetched: int, wanted: int) -> None:
        """See `crawlers.ports.Journal`."""
        with writing(self._engine) as session:
            run_log.put_progress(session, self._run_id, source_key, fetched, wanted)
        self._listener.source_progress(source_key, fetched, wanted)

    def _queued(self, source_key: str, response: Response, entry: Entry) -> QueuedEntry:
        known_as = self._public_url(entry.url)
        return QueuedEntry(
            page_key=article_key(canonical_url(known_as), None, "", None),
            url=entry.url,
            entry_digest=crawl_queue.entry_digest(entry.hints),
            hints=entry.hints,
            published_raw=entry.published_raw,
            complete=partial(self._complete, source_key, response, entry) if entry.complete else None,
            skipped=entry.skipped,
        )

    def _complete(self, source_key: str, response: Response, entry: Entry) -> Archived:
        """Archive an entry's own text as if it were the page."""
        body = (entry.hints.content_html or "").encode("utf-8", "replace")
        headers = (("Content-Type", "text/html; charset=utf-8"),)
        page = Response(entry.url, entry.url, 200, headers, body, response.fetched_at)
        return self._archived("entry", page, source_key, entry.hints, state="waiting")

    def _archived(self, kind: str, response: Response, source_key: str, hints: FeedHints, *, state: str) -> Archived:
        pointer = self._archive.append(
            response.final_url, response.status, response.headers, response.body, response.fetched_at
        )
        return Archived(
            kind=kind,
            url=self._public_url(response.final_url),
            source_key=source_key,
            content_type=next((value for name, value in response.headers if name.lower() == "content-type"), None),
            fetched_at=response.fetched_at.astimezone(UTC),
            archive_file=pointer.file,
            archive_offset=pointer.offset,
            body_digest=hashlib.sha256(response.body).hexdigest(),
            hints=hints,
            state=state,
        )


def _past(row: SourcePastRow) -> SourcePast:
    minutes, hours, days = (row.rhythm[name] for name in ("minutes", "skip_hours", "skip_days"))
    return SourcePast(
        url=row.url,
        moved_to=row.moved_to,
        moved_since=row.moved_since,
        moved_runs=row.moved_runs,
        gone_since=row.gone_since,
        gone=row.gone,
        read_at=row.read_at,
        rhythm=Rhythm(minutes, tuple(hours), tuple(days)),
    )
