"""Asks one source or address as politely as a crawl would, stores no article, and keeps what it would have yielded."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Engine

from crawlers.crawl import CrawlSettings
from crawlers.ports import CrawlSource, Entry, Figures, Response, SourcePast, Validators, WantedPage
from dailies.child_process import start_child
from dailies.crawl_child import TOLD, CrawlOrder
from dailies.settings import Settings
from db import crawl_queue
from db.engine import writing


@dataclass(frozen=True, slots=True)
class Answer:
    """One feed that answered, or a web page that names feeds: then there are no entries."""

    response: Response
    entries: Sequence[Entry]


@dataclass(slots=True)
class Trial:
    """What became of it: the answers in order, how the source went, and what could not be read on the way."""

    answers: list[Answer] = field(default_factory=list)
    outcome: str = "failed"
    detail: str = "the crawl ended before it was through; see crawl.log"
    issues: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def entries(self) -> int:
        """How many articles are listed."""
        return sum(len(answer.entries) for answer in self.answers)


def try_source(engine: Engine, settings: Settings, source: CrawlSource, crawl_settings: CrawlSettings) -> Trial:
    """Ask the source; the pauses that hosts asked for hold, and are kept, as in every crawl."""
    trial = Trial()
    store = _TrialStore(engine, trial)
    calls = {name for name in vars(_TrialStore) if not name.startswith("_")}
    child = start_child("dailies.crawl_child", settings.logs / "crawl.log")
    try:
        child.channel.send(CrawlOrder([source], crawl_settings))
        with suppress(EOFError, OSError):  # the crawl has ended
            while True:
                method, arguments = child.channel.recv()
                if method not in calls:
                    raise ValueError(f"the crawl asked the store for {method!r}, which it does not offer")
                answer = getattr(store, method)(*arguments)
                if method not in TOLD:
                    child.channel.send((True, answer))
    finally:
        child.end()
    return trial


class _TrialStore:
    """Implements `crawlers.ports.Store`: remembers hosts in the database and nothing of the source."""

    def __init__(self, engine: Engine, trial: Trial) -> None:
        self._engine = engine
        self._trial = trial

    def validators(self, url: str) -> Validators | None:
        """See `crawlers.ports.ValidatorStore`."""
        return None

    def robots_txt(self, origin: str) -> tuple[datetime, int, bytes] | None:
        """See `crawlers.ports.HostStore`."""
        with writing(self._engine) as session:
            return crawl_queue.robots_txt(session, origin)

    def put_robots_txt(self, origin: str, fetched_at: datetime, status: int, body: bytes) -> None:
        """See `crawlers.ports.HostStore`."""
        with writing(self._engine) as session:
            crawl_queue.put_robots_txt(session, origin, fetched_at, status, body)

    def paused_until(self, host: str) -> datetime | None:
        """See `crawlers.ports.HostStore`."""
        with writing(self._engine) as session:
            return crawl_queue.paused_until(session, host)

    def pause(self, host: str, until: datetime, step: int) -> None:
        """See `crawlers.ports.HostStore`."""
        with writing(self._engine) as session:
            crawl_queue.pause(session, host, until, step)

    def last_pause(self, host: str) -> int:
        """See `crawlers.ports.HostStore`."""
        with writing(self._engine) as session:
            return crawl_queue.last_pause(session, host)

    def source_past(self, source_key: str) -> SourcePast | None:
        """See `crawlers.ports.PastStore`."""
        return None

    def put_source_past(self, source_key: str, past: SourcePast) -> None:
        """See `crawlers.ports.PastStore`."""

    def read_before(self, source_key: str) -> bool:
        """See `crawlers.ports.CaptureStore`."""
        return True

    def put_feed(
        self, source_key: str, response: Response, entries: Sequence[Entry], validators: Validators | None
    ) -> int:
        """See `crawlers.ports.CaptureStore`."""
        self._trial.answers.append(Answer(response, entries))
        return 0

    def wanted(self, source_key: str) -> Sequence[WantedPage]:
        """See `crawlers.ports.CaptureStore`."""
        return ()

    def put_page(self, page: WantedPage, response: Response) -> None:
        """See `crawlers.ports.CaptureStore`."""

    def fail_page(self, page: WantedPage, outcome: str, detail: str, final: bool) -> None:
        """See `crawlers.ports.CaptureStore`."""

    def source_outcome(self, source_key: str, outcome: str, detail: str) -> None:
        """See `crawlers.ports.Journal`."""
        self._trial.outcome, self._trial.detail = outcome, detail

    def source_figures(self, source_key: str, figures: Figures) -> None:
        """See `crawlers.ports.Journal`."""

    def issue(self, kind: str, url: str, detail: str) -> None:
        """See `crawlers.ports.Journal`."""
        self._trial.issues.append((kind, url, detail))

    def progress(self, source_key: str, fetched: int, wanted: int) -> None:
        """See `crawlers.ports.Journal`."""
