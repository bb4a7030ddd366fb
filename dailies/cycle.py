"""Crawl, read, store, form facts: the daily work, driven from one thread that alone writes to the database."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from multiprocessing.connection import wait
from types import FrameType
from typing import Any, Protocol
from urllib.parse import urlsplit

from sqlalchemy import Engine
from sqlmodel import Session

from crawlers.manners.usage_wishes import NO_WISHES, UsageWishes, wishes_of_robots_txt
from dailies.child_process import Child, start_child
from dailies.crawl_child import TOLD
from dailies.crawl_store import CrawlStore
from dailies.forming import form_by_todays_rules, form_stale_facts, group_copies
from dailies.inbox import document_name
from dailies.model_reader import model_settings
from dailies.reader_child import ReadJob
from dailies.reader_pool import Done, ReaderPool
from dailies.result_store import ResultStore, Tally
from dailies.settings import Settings
from db import crawl_queue
from db.archive import CapturePointer
from db.crawl_tables import CaptureRow, SourceRow

_TICK_SECONDS = 0.5
_QUIET_SECONDS = 0.1
"""A crawl that asked for nothing for so long leaves time to read: a fast site is fetched first, at full speed."""
_LONGEST_TURN_SECONDS = 2.0
"""A crawl that never pauses for breath keeps readers, and their results, waiting this long, no longer."""
_JOBS_AT_ONCE = 8
"""Pages a reader is handed at once."""
_RESULTS_AT_ONCE, _CHARACTERS_AT_ONCE = 16, 4_000_000
"""Results are written when so many are here, or texts of such a length, or when no more come."""
_GROUPED_AT_ONCE = 200
"""Articles after which new texts are grouped with their copies."""
_GATHERING_SECONDS = 0.05
"""So long results wait for others to be written with."""
_CALLS = frozenset(name for name in vars(CrawlStore) if not name.startswith("_"))


class ReadListener(Protocol):
    """Who is told how the reading goes."""

    def pages_read(self, pages: int, waiting: int) -> None:
        """So many more captures were read; so many wait."""


class StopRequest:
    """Ctrl-C and SIGTERM as a wish: finish what is in hand, save, report. The second one is not a wish any more."""

    def __init__(self) -> None:
        self.made = False
        self._on_request: list[Callable[[], None]] = []

    def then(self, action: Callable[[], None]) -> None:
        """What to do at once when the wish is made, or now if it was."""
        self._on_request.append(action)
        if self.made:
            action()

    def _receive(self, _number: int, _frame: FrameType | None) -> None:
        if self.made:
            raise KeyboardInterrupt
        self.make()

    def make(self) -> None:
        """Wish it: what a signal does, or the loss of the database's lock."""
        self.made = True
        for action in self._on_request:
            action()

    @contextmanager
    def listening(self) -> Iterator[StopRequest]:
        """Take SIGINT and SIGTERM while inside."""
        before = {number: signal.signal(number, self._receive) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield self
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


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
        self._handed_out_at = self._called_at = time.monotonic()
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
        crawl = self._start_crawl(order) if order is not None else None
        try:
            while True:
                if self._stop.made:
                    pool.finish()
                if crawl is None or self._crawl_leaves_time():
                    self._hand_out(pool)
                channels = [*pool.channels, *([crawl.channel] if crawl else [])]
                if not channels:
                    self._store_gathered()
                    return
                arrived = wait(channels, self._patience(crawl))
                for ready in arrived:
                    if crawl is not None and store is not None:  # it must not wait for what was read meanwhile
                        crawl = self._serve_all(crawl, store)
                    if ready in pool.channels:
                        self._gather(pool.collect(ready))
                for late in pool.overdue():
                    self._gather(late)
                if not arrived:
                    self._store_gathered()
        finally:
            pool.close()
            if crawl is not None:
                crawl.end()

    def form_facts(self) -> None:
        """Form the facts of every company whose claims changed."""
        self.tally.facts_formed += form_stale_facts(self._engine)

    def _start_crawl(self, order: object) -> Child:
        child = start_child("dailies.crawl_child", self._settings.logs / "crawl.log")
        self._stop.then(child.process.terminate)
        with suppress(OSError):  # stopped before it could be told what to do: the next look at the channel says so
            child.channel.send(order)
        return child

    def _patience(self, crawl: Child | None) -> float:
        """How many seconds to wait for a child's next word."""
        if self._gathered:
            return _GATHERING_SECONDS
        return _QUIET_SECONDS if crawl is not None else _TICK_SECONDS

    def _gather(self, done: Done) -> None:
        """Keep a result until enough are here to be written together: a transaction each takes twice the time."""
        if done.job.capture_id in self._may_ask and done.result.model is None:
            self._model_articles += 1
        self._may_ask.discard(done.job.capture_id)
        self._gathered.append(done)
        characters = sum(len(each.result.page.text) for each in self._gathered if each.result.page is not None)
        if len(self._gathered) >= _RESULTS_AT_ONCE or characters > _CHARACTERS_AT_ONCE:
            self._store_gathered()

    def _store_gathered(self) -> None:
        gathered, self._gathered = self._gathered, []
        if gathered:
            waiting = self._results.store(gathered)
            self._listener.pages_read(len(gathered), waiting)
            self._ungrouped += len(gathered)
        if self._ungrouped >= _GROUPED_AT_ONCE:  # while readers are at work: less is left to do when they are through
            group_copies(self._engine)
            self._ungrouped = 0

    def _crawl_leaves_time(self) -> bool:
        """Whether the crawl pauses for breath, or readers have waited long enough for it to."""
        now = time.monotonic()
        return now - self._called_at > _QUIET_SECONDS or now - self._handed_out_at > _LONGEST_TURN_SECONDS

    def _serve_all(self, crawl: Child, store: CrawlStore) -> Child | None:
        """Carry out what the crawl has asked for so far, or for a while; None when it has ended."""
        until = time.monotonic() + _LONGEST_TURN_SECONDS
        serving: Child | None = crawl
        while serving is not None and time.monotonic() < until and serving.channel.poll():
            serving = self._serve(serving, store)
        return serving

    def _serve(self, crawl: Child, store: CrawlStore) -> Child | None:
        """Carry out one call of the crawl's store; None when the crawl has ended."""
        try:
            method, arguments = crawl.channel.recv()
            self._called_at = time.monotonic()
        except (EOFError, OSError):
            code = crawl.process.wait()
            crawl.end()
            if code != 0 and not self._stopped_before_it_began(code):
                self.tally.crawl_failed = True
                store.issue(
                    "crawl_failed", "", f"the crawl ended with code {code}; see {self._settings.logs}/crawl.log"
                )
            return None
        if method not in _CALLS:
            raise ValueError(f"the crawl asked the store for {method!r}, which it does not offer")
        try:
            answer = (True, getattr(store, method)(*arguments))
        except Exception as error:  # the crawl goes on with the next
            answer = (False, f"{type(error).__name__}: {error}")
        if method in TOLD:
            if not answer[0]:
                self._could_not_store(store, arguments, str(answer[1]))
            return crawl
        with suppress(OSError):  # it ended while it waited: the next look at the channel says so
            crawl.channel.send(answer)
        return crawl

    def _could_not_store(self, store: CrawlStore, arguments: Sequence[Any], reason: str) -> None:
        """Name what was lost; where even that cannot be stored, the run says that its crawl failed."""
        about = getattr(arguments[0], "url", None) or str(arguments[0])
        try:
            store.issue("store_failed", about, reason)
        except Exception:  # the disk is full, most likely
            self.tally.crawl_failed = True

    def _stopped_before_it_began(self, code: int) -> bool:
        """Our wish to stop reached the crawl before it could listen, so that it died of it: nothing was under way."""
        return code == -signal.SIGTERM and self._stop.made

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
            hints=crawl_queue.hints_from_json(row.hints),
            given=row.given,
            outlet=source.title if source is not None and source.tier != "aggregator" else None,
            kind=source.kind if source is not None else None,
            wishes=self._wishes_of(session, row.url) if source is not None else NO_WISHES,
            source_key=row.source_key,
            tier=source.tier if source is not None else "unknown",
            name=row.url or document_name(row.body_digest),
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
            known = crawl_queue.robots_txt(session, origin)
            self._wishes[origin] = wishes_of_robots_txt(*known[1:]) if known is not None else NO_WISHES
        return self._wishes[origin]
