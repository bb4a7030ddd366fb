"""Crawl, read, store, form facts: the daily work, driven from one thread that alone writes to the database."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
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
from dailies.forming import form_by_todays_rules, form_stale_facts
from dailies.inbox import document_name
from dailies.model_reader import model_settings
from dailies.reader_child import ReadJob, ReadResult
from dailies.reader_pool import ReaderPool
from dailies.settings import Settings
from db import crawl_queue, run_log
from db.archive import CapturePointer
from db.claim_store import ReadArticle, store_reading
from db.crawl_tables import CaptureRow, SourceRow
from db.engine import writing

READER = "rules-1"
"""Who read: kept with every claim. Counted up when the rules change what they find."""
_TICK_SECONDS = 0.5
_QUIET_SECONDS = 0.1
"""A crawl that asked for nothing for so long leaves time to read: a fast site is fetched first, at full speed."""
_LONGEST_TURN_SECONDS = 2.0
"""A crawl that never pauses for breath keeps readers, and their results, waiting this long, no longer."""
_CALLS = frozenset(name for name in vars(CrawlStore) if not name.startswith("_"))


class ReadListener(Protocol):
    """Who is told how the reading goes."""

    def page_read(self, waiting: int) -> None:
        """One more capture was read; so many wait."""


@dataclass(slots=True)
class Tally:
    """What a run did so far."""

    articles: int = 0
    relevant: int = 0
    revisions: int = 0
    claims: int = 0
    unreadable: int = 0
    facts_formed: int = 0
    crawl_failed: bool = False


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
        self._handed_out = 0
        self._handed_out_at = self._called_at = time.monotonic()
        self._model = model_settings()
        self._model_articles = self._model.budget if self._model is not None else 0
        self._may_ask: set[int] = set()
        self._wishes: dict[str, UsageWishes] = {}
        self.tally = Tally()

    def crawl_and_read(self, order: object | None, store: CrawlStore | None) -> None:
        """Run the crawl `order` (None: none) and read captures as they come, until nothing is left or a stop is asked.

        Captures that were not read stay in the queue for the next run. Facts of earlier rules are formed again first.
        """
        form_by_todays_rules(self._engine)
        pool = ReaderPool(self._settings.readers, self._settings.seconds_per_page, self._settings.logs / "readers.log")
        crawl = self._start_crawl(order) if order is not None else None
        try:
            while True:
                if crawl is None or self._crawl_leaves_time():
                    self._hand_out(pool)
                channels = [*pool.channels, *([crawl.channel] if crawl else [])]
                if not channels:
                    return
                for ready in wait(channels, _QUIET_SECONDS if crawl is not None else _TICK_SECONDS):
                    if crawl is not None and store is not None:  # it must not wait for what was read meanwhile
                        crawl = self._serve_all(crawl, store)
                    if ready in pool.channels:
                        self._store(pool.collect(ready))
                for late in pool.overdue():
                    self._store(late)
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
        child.channel.send(order)
        return child

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
        if self._stop.made or not pool.room:
            return
        with Session(self._engine) as session:
            rows = crawl_queue.waiting_captures(session, self._handed_out, pool.room)
            jobs = [self._job(session, row) for row in rows]
        for job in jobs:
            self._handed_out = job.capture_id
            pool.submit(self._with_model(job))

    def _with_model(self, job: ReadJob) -> ReadJob:
        """The job with the leave to ask a model, while the run's budget lasts; what is not asked comes back to it."""
        if self._model is None or not self._model_articles:
            return job
        self._model_articles -= 1
        self._may_ask.add(job.capture_id)
        return replace(job, model=self._model)

    def _job(self, session: Session, row: CaptureRow) -> ReadJob:
        source = session.get(SourceRow, row.source_key) if row.source_key else None
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
        )

    def _wishes_of(self, session: Session, url: str | None) -> UsageWishes:
        """What the site of an address wants, by the robots.txt that the crawl was given."""
        parts = urlsplit(url or "")
        origin = f"{parts.scheme}://{parts.netloc}".lower()
        if origin not in self._wishes:
            known = crawl_queue.robots_txt(session, origin)
            self._wishes[origin] = wishes_of_robots_txt(*known[1:]) if known is not None else NO_WISHES
        return self._wishes[origin]

    def _store(self, result: ReadResult) -> None:
        """Write what a reader found and take the capture off the queue, all or nothing."""
        with writing(self._engine) as session:
            capture = session.get_one(CaptureRow, result.capture_id)
            if result.page is None or result.reading is None:
                capture.state = "unreadable"
                name, problem = (
                    capture.url or document_name(capture.body_digest),
                    result.problem or "nothing came of it",
                )
                run_log.add_issue(session, self._run_id, "unreadable", name, problem)
                self.tally.unreadable += 1
            else:
                self._store_article(session, capture, result)
                capture.state = "read"
            self._note_model(session, capture, result)
            waiting = crawl_queue.count_waiting(session)
        self._listener.page_read(waiting)

    def _note_model(self, session: Session, capture: CaptureRow, result: ReadResult) -> None:
        """What a model did wrong, as named issues."""
        if result.capture_id in self._may_ask and result.model is None:
            self._model_articles += 1
        self._may_ask.discard(result.capture_id)
        if result.model is None:
            return
        if result.model.problem is not None:
            run_log.add_issue(session, self._run_id, "model", capture.url or "", result.model.problem)
        for reason in result.model.refused:
            run_log.add_issue(session, self._run_id, "model", capture.url or "", f"refused a fact {reason}")

    def _store_article(self, session: Session, capture: CaptureRow, result: ReadResult) -> None:
        if result.page is None or result.reading is None:
            raise ValueError(f"capture {capture.id} has no article")
        source = session.get(SourceRow, capture.source_key) if capture.source_key else None
        stored = store_reading(
            session,
            ReadArticle(
                key=result.key,
                url=result.url,
                page=result.page,
                reading=result.reading,
                reader=READER if result.model is None else f"{READER}+model",
                capture_id=capture.id,
                source_key=capture.source_key,
                tier=source.tier if source else "unknown",
                publisher_company=result.publisher_company,
                sketch=result.sketch,
            ),
            datetime.now(UTC),
        )
        about = result.reading.relevance != "none"
        if capture.source_key:
            run_log.count_article(
                session, self._run_id, capture.source_key, stored.new_article, about, stored.new_claims
            )
        self.tally.articles += stored.new_article
        self.tally.relevant += stored.new_article and about
        self.tally.revisions += stored.new_revision
        self.tally.claims += stored.new_claims
