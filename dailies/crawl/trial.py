"""Asks one source or address as politely as a crawl would, stores no article, and keeps what it would have yielded."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from sqlalchemy import Engine

from crawlers.crawl import CrawlSettings
from crawlers.keeps_nothing import KeepsNothing
from crawlers.ports import CrawlSource, Entry, Response, Validators
from dailies.crawl.child import CALLS, TOLD, CrawlOrder
from dailies.crawl.host_memory import HostMemory
from dailies.run.child_process import start_child
from dailies.settings import Settings


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
    child = start_child("dailies.crawl.child", settings.logs / "crawl.log")
    try:
        child.channel.send(CrawlOrder([source], crawl_settings))
        with suppress(EOFError, OSError):  # the crawl has ended
            while True:
                method, arguments = child.channel.recv()
                if method not in CALLS:
                    raise ValueError(f"the crawl asked the store for {method!r}, which it does not offer")
                answer = getattr(store, method)(*arguments)
                if method not in TOLD:
                    child.channel.send((True, answer))
    finally:
        child.end()
    return trial


class _TrialStore(HostMemory, KeepsNothing):
    """Implements `crawlers.ports.Store`: remembers hosts in the database and nothing of the source."""

    def __init__(self, engine: Engine, trial: Trial) -> None:
        super().__init__(engine)
        self._trial = trial

    def put_feed(
        self, source_key: str, response: Response, entries: Sequence[Entry], validators: Validators | None
    ) -> int:
        """See `crawlers.ports.CaptureStore`."""
        self._trial.answers.append(Answer(response, entries))
        return 0

    def source_outcome(self, source_key: str, outcome: str, detail: str) -> None:
        """See `crawlers.ports.Journal`."""
        self._trial.outcome, self._trial.detail = outcome, detail

    def issue(self, kind: str, url: str, detail: str) -> None:
        """See `crawlers.ports.Journal`."""
        self._trial.issues.append((kind, url, detail))
