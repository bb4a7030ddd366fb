"""Crawl, read, store, form facts: the daily work, driven from one thread that alone writes to the database."""

from __future__ import annotations

import time
from dataclasses import replace
from multiprocessing.connection import wait
from typing import Protocol
from urllib.parse import urlsplit

from sqlalchemy import Engine
from sqlmodel import Session

from crawlers.manners.usage_wishes import NO_WISHES, UsageWishes, wishes_of_robots_txt
from dailies.crawl.service import CrawlService
from dailies.crawl.store import CrawlStore
from dailies.facts.forming import form_by_todays_rules, form_stale_facts, group_copies
from dailies.intake.documents import NAME
from dailies.reading.model_reader import model_settings
from dailies.reading.reader_child import ReadJob
from dailies.reading.reader_pool import Done, ReaderPool
from dailies.reading.result_store import ResultStore, Tally
from dailies.run.stop_request import StopRequest
from dailies.settings import Settings
from db.crawl import crawl_memory, crawl_queue, feed_hints
from db.crawl.archive import CapturePointer
from db.schema.crawl_tables import CaptureRow, SourceRow

_TICK_SECONDS = 0.5
_QUIET_SECONDS = 0.1
"""A crawl that asked for nothing for so long leaves time to write what was read; while it asks, pages are handed to
readers this often, no oftener: a fast site is fetched first, at full speed."""
_LONGEST_TURN_SECONDS = 2.0
"""A crawl that never pauses for breath keeps results waiting this long, no longer."""
_JOBS_AT_ONCE = 8
"""Pages a reader is handed at once."""
_RESULTS_AT_ONCE, _CHARACTERS_AT_ONCE = 32, 4_000_000
_GATHERING_SECONDS = 0.5
"""Results are written together when so many are here, or texts of such a length, or the first has waited so long, or no
reader is at work: a transaction each takes twice the time."""
_GROUPED_AT_ONCE = 200
"""Articles after which new texts are grouped with their copies."""


class ReadListener(Protocol):
    """Who is told how the reading goes."""

    def pages_read(self, pages: int, waiting: int) -> None:
        """So many more captures were read; so many wait."""


class Cycle:
    """One run's work on one database."""

    def __init__(
        self, engine: Engine, settings: Settings, run_id: int, listener: ReadListener, stop: StopRequest
    ) -> None:
        self._engine = engine
        self._settings = settings
        self._run_id = run_id
        self._listener = listener
        self._stop = stop
        self._results = ResultStore(engine, run_id)
        self._gathered: list[Done] = []
        self._ungrouped = 0
        self._handed_out = 0
        self._handed_out_at = self._gathered_at = time.monotonic()
        self._model = model_settings()
        self._model_articles = self._model.budget if self._model is not None else 0
        self._may_ask: set[int] = set()
        self._wishes: dict[str, UsageWishes] = {}
        self._sources: dict[str, SourceRow] = {}

    @property
    def tally(self) -> Tally:
        """What the run did so far."""
        return self._results.tally

    def crawl_and_read(self, order: object | None, store: CrawlStore | None) -> None:
        """Run the crawl `order` (None: none) and read captures as they come, until nothing is left or a stop is asked.

        Captures that were not read stay in the queue for the next run. Facts of earlier rules are formed again first.
        """
        form_by_todays_rules(self._engine)
        pool = ReaderPool(
            self._settings.readers,
            self._settings.seconds_per_page,
            self._settings.logs / "readers.log",
            _JOBS_AT_ONCE if self._model is None else 1,  # a model may take its time
        )
        if order is not None:
            pool.start()
        crawl = None
        if order is not None and store is not None:
            crawl = CrawlService(order, store, self._settings.logs / "crawl.log", self._stop)
        try:
            while True:
                if self._stop.made:
                    pool.finish()
                if crawl is None or time.monotonic() > self._handed_out_at + _QUIET_SECONDS:
                    self._hand_out(pool)
                channels = [*pool.channels, *([crawl.channel] if crawl else [])]
                if not channels:
                    return
                for ready in wait(channels, _QUIET_SECONDS if crawl else _TICK_SECONDS):
                    if crawl is not None:  # it must not wait for what was read meanwhile
                        crawl = self._serve(crawl)
                    if ready in pool.channels:
                        self._gather(pool.collect(ready))
                for late in pool.overdue():
                    self._gather(late)
                if self._gathered and self._leaves_time(crawl) and self._are_due(pool):
                    self._store_gathered()
        finally:
            pool.close()
            if crawl is not None:
                crawl.end()

    def form_facts(self) -> None:
        """Form the facts of every company whose claims changed."""
        self.tally.facts_formed += form_stale_facts(self._engine)

    def _gather(self, done: Done) -> None:
        """Keep a result, to be written together with others."""
        if done.job.capture_id in self._may_ask and done.result.model is None:
            self._model_articles += 1
        self._may_ask.discard(done.job.capture_id)
        self._gathered_at = self._gathered_at if self._gathered else time.monotonic()
        self._gathered.append(done)

    def _are_due(self, pool: ReaderPool) -> bool:
        """Whether the results that are here are to be written now."""
        characters = sum(len(each.result.page.text) for each in self._gathered if each.result.page is not None)
        enough = len(self._gathered) >= _RESULTS_AT_ONCE or characters > _CHARACTERS_AT_ONCE
        return enough or not pool.channels or time.monotonic() > self._gathered_at + _GATHERING_SECONDS

    def _store_gathered(self) -> None:
        gathered, self._gathered = self._gathered, []
        if gathered:
            waiting = self._results.store(gathered)
            self._listener.pages_read(len(gathered), waiting)
            self._ungrouped += len(gathered)
        if self._ungrouped >= _GROUPED_AT_ONCE:  # while readers are at work: less is left to do when they are through
            group_copies(self._engine)
            self._ungrouped = 0

    def _leaves_time(self, crawl: CrawlService | None) -> bool:
        """Whether there is time to write results: the crawl pauses for breath, or they have waited long enough."""
        now = time.monotonic()
        quiet = crawl is None or now > crawl.called_at + _QUIET_SECONDS
        return quiet or now > self._gathered_at + _LONGEST_TURN_SECONDS

    def _serve(self, crawl: CrawlService) -> CrawlService | None:
        """Carry out what the crawl has asked for; None when it has ended."""
        at_work = crawl.serve(_LONGEST_TURN_SECONDS)
        self.tally.crawl_failed |= crawl.failed
        return crawl if at_work else None

    def _hand_out(self, pool: ReaderPool) -> None:
        """Give waiting captures to free readers."""
        self._handed_out_at = time.monotonic()
        if self._stop.made or not pool.free:
            return
        with Session(self._engine) as session:
            rows = crawl_queue.waiting_captures(session, self._handed_out, pool.room)
            jobs = [self._job(session, row) for row in rows]
        self._handed_out = max([self._handed_out, *(job.capture_id for job in jobs)])
        pool.submit([self._with_model(job) for job in jobs])

    def _with_model(self, job: ReadJob) -> ReadJob:
        """The job with the leave to ask a model, while the run's budget lasts; what is not asked comes back to it."""
        if self._model is None or not self._model_articles:
            return job
        self._model_articles -= 1
        self._may_ask.add(job.capture_id)
        return replace(job, model=self._model)

    def _job(self, session: Session, row: CaptureRow) -> ReadJob:
        source = self._source(session, row.source_key)
        return ReadJob(
            capture_id=row.id or 0,
            archive=self._settings.archive,
            pointer=CapturePointer(row.archive_file, row.archive_offset),
            url=row.url,
            content_type=row.content_type,
            fetched_at=row.fetched_at,
            hints=feed_hints.hints_from_json(row.hints),
            given=row.given,
            outlet=source.title if source is not None and source.tier != "aggregator" else None,
            kind=source.kind if source is not None else None,
            wishes=self._wishes_of(session, row.url) if source is not None else NO_WISHES,
            source_key=row.source_key,
            tier=source.tier if source is not None else "unknown",
            name=row.given.get(NAME) or row.url or f"document {row.body_digest[:16]}",
        )

    def _source(self, session: Session, key: str | None) -> SourceRow | None:
        if key is not None and key not in self._sources:
            source = session.get(SourceRow, key)
            if source is None:
                return None
            session.expunge(source)
            self._sources[key] = source
        return self._sources[key] if key is not None else None

    def _wishes_of(self, session: Session, url: str | None) -> UsageWishes:
        """What the site of an address wants, by the robots.txt that the crawl was given."""
        parts = urlsplit(url or "")
        origin = f"{parts.scheme}://{parts.netloc}".lower()
        if origin not in self._wishes:
            known = crawl_memory.robots_txt(session, origin)
            self._wishes[origin] = wishes_of_robots_txt(*known[1:]) if known is not None else NO_WISHES
        return self._wishes[origin]
