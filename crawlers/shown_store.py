"""A store that keeps nothing and prints what it is given: what `scrapy crawl feed -a source=KEY` shows of a source."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path

from crawlers.catalogue import SOURCES, as_crawled, catalogued
from crawlers.keeps_nothing import KeepsNothing
from crawlers.ports import CrawlSource, Entry, Figures, Response, Validators


class UnknownSource(Exception):
    """The catalogue has no such source, or it is of another kind."""


def sources_of_catalogue(kinds: Collection[str], key: str | None) -> list[CrawlSource]:
    """The source with this key; without one, all of these kinds that are on. Raises UnknownSource."""
    named = os.environ.get("DAILIES_SOURCES")
    if named and not Path(named).is_dir():
        raise UnknownSource(f"DAILIES_SOURCES is {named!r}, which is no folder; make it, or unset the variable")
    folder = Path(named or "data/sources")
    every = [each.source for each in catalogued(SOURCES, folder)]
    found = [each for each in every if (each.enabled and each.kind in kinds if key is None else each.key == key)]
    if not found:
        sought = f"no source {key!r}" if key is not None else f"no source of kind {' or '.join(sorted(kinds))} is on"
        raise UnknownSource(f"{sought}; name one with -a source=KEY, a file's stem in crawlers/sources")
    for each in found:
        if each.kind not in kinds:
            raise UnknownSource(f"{each.key} is of kind {each.kind}; this spider reads {', '.join(sorted(kinds))}")
    return [as_crawled(each) for each in found]


class ShownStore(KeepsNothing):
    """Implements `crawlers.ports.Store`. No page is ever wanted, so only the feed is asked for.

    `entries` counts what was read, `outcome` is how the last source went.
    """

    def __init__(self) -> None:
        self.entries = 0
        self.outcome = ""

    def robots_txt(self, origin: str) -> tuple[datetime, int, bytes] | None:
        """See `crawlers.ports.HostStore`."""
        return None

    def put_robots_txt(self, origin: str, fetched_at: datetime, status: int, body: bytes) -> None:
        """See `crawlers.ports.HostStore`."""
        print(f"{origin}/robots.txt answered {status}, {len(body)} bytes")

    def paused_until(self, host: str) -> datetime | None:
        """See `crawlers.ports.HostStore`."""
        return None

    def pause(self, host: str, until: datetime, step: int) -> None:
        """See `crawlers.ports.HostStore`."""
        print(f"{host} asks to be left alone until {until:%Y-%m-%d %H:%M} UTC")

    def last_pause(self, host: str) -> int:
        """See `crawlers.ports.HostStore`."""
        return 0

    def put_feed(
        self, source_key: str, response: Response, entries: Sequence[Entry], validators: Validators | None
    ) -> int:
        """See `crawlers.ports.CaptureStore`."""
        self.entries += len(entries)
        print(f"{response.final_url}: {len(entries)} entries, {len(response.body)} bytes, {validators}")
        for entry in entries:
            text = "full text" if entry.complete else "summary"
            print(f"  {entry.hints.published or entry.published_raw} · {text} · {entry.hints.title} · {entry.url}")
        return sum(entry.complete for entry in entries)

    def source_outcome(self, source_key: str, outcome: str, detail: str) -> None:
        """See `crawlers.ports.Journal`."""
        self.outcome = f"{source_key}: {outcome} {detail}"
        print(self.outcome)

    def source_figures(self, source_key: str, figures: Figures) -> None:
        """See `crawlers.ports.Journal`."""
        print(f"{source_key}: {figures.requests} requests, {figures.bytes} bytes, {figures.seconds:.1f} s")

    def issue(self, kind: str, url: str, detail: str) -> None:
        """See `crawlers.ports.Journal`."""
        print(f"{kind}: {url}: {detail}")
