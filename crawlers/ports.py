"""What a spider needs of the store, as small Protocols; `dailies/` implements them over `db` and passes them in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from db.model import FeedHints


@dataclass(frozen=True, slots=True)
class Validators:
    """What tells whether a URL has changed, from its last completely parsed 200.

    The exact header texts (RFC 9110 13.1), to be sent back unchanged; and the SHA-256 of the body, for servers that
    send none or send new ones for the same bytes.
    """

    etag: str | None
    last_modified: str | None
    body_digest: str | None = None


@dataclass(frozen=True, slots=True)
class CrawlSource:
    """What a spider needs to know of a source.

    Plain, where the catalogue's `db.nouns.source.SourceFields` validates: the process that crawls does without the
    database library (30 MB and 0.3 s, measured).
    """

    key: str
    kind: str
    url: str
    language: str
    full_text: bool = False
    links: str | None = None
    items: str | None = None
    page: str | None = None
    dated: str | None = None
    terms: str | None = None
    needs: str | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """One response as it came: to be archived before anything is read from it."""

    url: str
    final_url: str
    status: int
    headers: Sequence[tuple[str, str]]
    body: bytes
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed or sitemap: a page we want, and what the feed said about it.

    `published_raw` is the date exactly as written; `hints.published` what we read from it. `complete` is True when the
    feed carries the full text, so that the page need not be fetched. `skipped` is True for what lies beyond the limits
    of a source's first reading: remembered, so that no later reading takes it for new, but not fetched.
    """

    url: str
    guid: str | None
    published_raw: str | None
    hints: FeedHints
    complete: bool
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a feed wants to be read: at most every so many minutes, not in these hours (of GMT) and on these days.

    `skip_days` counts from 0 for Monday.
    """

    minutes: int = 0
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SourcePast:
    """What earlier runs learned about a source at this address of the catalogue; another address makes it void.

    `moved_to` is where permanent redirects lead since `moved_since`, in `moved_runs` runs so far. `gone_since` is when
    it first answered 410, `gone` whether it did so again. `read_at` is when it last answered as it should.
    """

    url: str
    moved_to: str | None = None
    moved_since: datetime | None = None
    moved_runs: int = 0
    gone_since: datetime | None = None
    gone: bool = False
    read_at: datetime | None = None
    rhythm: Rhythm = Rhythm()


@dataclass(slots=True)
class Figures:
    """What one visit to a source cost. `bytes` of bodies as they came, `seconds` from its first request to its end.

    `failed`: no answer, or a status of 400 or more that is none of those that refuse us (`blocked`).
    """

    requests: int = 0
    not_modified: int = 0
    blocked: int = 0
    failed: int = 0
    bytes: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class WantedPage:
    """A page in the queue that has not been fetched yet."""

    key: str
    url: str
    source_key: str


class ValidatorStore(Protocol):
    """Conditional requests: validators per URL."""

    def validators(self, url: str) -> Validators | None:
        """The validators to send for this URL, or None."""


class HostStore(Protocol):
    """What is remembered about a host between runs."""

    def robots_txt(self, origin: str) -> tuple[datetime, int, bytes] | None:
        """When this origin's robots.txt was fetched, its status and body; None where it never was."""

    def put_robots_txt(self, origin: str, fetched_at: datetime, status: int, body: bytes) -> None:
        """Keep a robots.txt. `status` 0 means unreachable."""

    def paused_until(self, host: str) -> datetime | None:
        """Until when this host asked to be left alone (429, 503, Retry-After)."""

    def pause(self, host: str, until: datetime, step: int) -> None:
        """Remember such a wish, for `step` seconds; 0 when the host answers as it should again."""

    def last_pause(self, host: str) -> int:
        """For how many seconds it was paused last; 0 where it never was, or answered since."""


class PastStore(Protocol):
    """What is remembered about a source between runs."""

    def source_past(self, source_key: str) -> SourcePast | None:
        """What was kept last, or None."""

    def put_source_past(self, source_key: str, past: SourcePast) -> None:
        """Keep it for the next run."""


class CaptureStore(Protocol):
    """Where bytes go. Each call is one transaction: after it returns, a kill loses nothing of it."""

    def read_before(self, source_key: str) -> bool:
        """Whether a feed of this source was ever put here."""

    def put_feed(
        self, source_key: str, response: Response, entries: Sequence[Entry], validators: Validators | None
    ) -> int:
        """Archive a feed, queue its new and changed entries and keep its validators for its final URL, all or nothing.

        `complete` entries are archived as their own capture and need no page fetch; `skipped` ones are only remembered.
        How many new or changed articles came complete.
        """

    def wanted(self, source_key: str) -> Sequence[WantedPage]:
        """The queued pages of a source that are still to be fetched, newest first."""

    def put_page(self, page: WantedPage, response: Response) -> None:
        """Archive a page and hand it to the readers' queue."""

    def fail_page(self, page: WantedPage, outcome: str, detail: str, final: bool) -> None:
        """Record that a page could not be fetched; `final` pages are not tried again."""


class Journal(Protocol):
    """The run's log: outcomes are counted and named, never swallowed."""

    def source_outcome(self, source_key: str, outcome: str, detail: str) -> None:
        """How a source went: `new`, `unchanged`, `unreachable`, `blocked`, `robots`, `not_a_feed`, `gone` ..."""

    def source_figures(self, source_key: str, figures: Figures) -> None:
        """What the visit to a source cost; told before its outcome."""

    def issue(self, kind: str, url: str, detail: str) -> None:
        """Something that could not be read or fetched, by name."""

    def progress(self, source_key: str, fetched: int, wanted: int) -> None:
        """How far a source has come in this run."""


class Store(ValidatorStore, HostStore, PastStore, CaptureStore, Journal, Protocol):
    """All of it: what a crawl is given."""
