"""The spider of everything that lists articles: a source's feed first, then the pages that it wants, one by one."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import scrapy
from scrapy.http import Response
from twisted.python.failure import Failure

from crawlers import ports
from crawlers.crawl import CrawlSettings
from crawlers.manners.conditional import IF_CHANGED
from crawlers.manners.robots import IS_PAGE
from crawlers.outcomes import Outcome, of_answer, of_failure, of_page, one_line
from crawlers.ports import CrawlSource, Store, Validators, WantedPage
from crawlers.readers.feed import read_feed
from crawlers.readers.first_reading import newest
from crawlers.readers.news_sitemap import read_news_sitemap
from crawlers.readers.reading import NotAFeed, Reading
from crawlers.site import site_of
from crawlers.time_limit import TookTooLong, time_limit

Reader = Callable[[bytes, str | None, CrawlSource, str, datetime], Reading]
READERS: dict[str, Reader] = {"rss": read_feed, "atom": read_feed, "sitemap": read_news_sitemap}
"""How each kind of source is read."""
_SECONDS_TO_READ = 20.0
_FAILURES_IN_A_ROW = 3
"""So many pages of a source that fail one after the other end it for this run."""
_LANGUAGES = {"en": "en,*;q=0.5", "zh": "zh-CN,zh;q=0.9,*;q=0.5"}
logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Visit:
    """How far the crawl has come with one source. `complete`: articles that the feed itself carried in full."""

    source: CrawlSource
    begun: bool = False
    done: bool = False
    complete: int = 0
    fetched: int = 0
    wanted: int = 0
    in_a_row: int = 0
    pages: deque[WantedPage] = field(default_factory=deque)
    failures: Counter[str] = field(default_factory=Counter)
    last_reason: str = ""


class FeedSpider(scrapy.Spider):
    """Each source has one request under way at a time, so that a crawl that stops has only that to finish.

    A page that is redirected elsewhere and refused there says nothing about the source's own host.
    """

    name = "feed"

    def __init__(
        self,
        source: str | None = None,
        sources: Sequence[CrawlSource] = (),
        store: Store | None = None,
        limits: CrawlSettings | None = None,
    ) -> None:
        """`source` is a key of the catalogue, for `scrapy crawl feed -a source=KEY`: it shows, and keeps nothing."""
        super().__init__()
        if store is None:
            from crawlers.shown_store import ShownStore, source_of_catalogue

            store, sources = ShownStore(), [source_of_catalogue(source)]
        self.store = store
        self.limits = limits or CrawlSettings()
        self.stopping = asyncio.Event()
        self._visits = [Visit(each) for each in sources]

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """One request for each source's feed."""
        for visit in self._visits:
            try:
                yield scrapy.Request(
                    visit.source.url,
                    self.parse,
                    headers=_headers(visit.source),
                    meta={IF_CHANGED: True},
                    errback=self.feed_failed,
                    cb_kwargs={"visit": visit},
                )
            except ValueError as error:
                self._end(visit, Outcome("failed", one_line(error)))

    def parse(self, response: Response, visit: Visit) -> scrapy.Request | None:
        """A feed has answered."""
        visit.begun = True
        outcome = None if response.status == 304 else of_answer(response) or self._read(response, visit)
        if outcome is not None:
            self._end(visit, outcome)
            return None
        try:
            visit.pages = deque(self.store.wanted(visit.source.key))
        except Exception as error:  # whatever the store's failure is called on the other side of the channel
            self._end(visit, Outcome("failed", one_line(error)))
            return None
        visit.wanted = len(visit.pages)
        self._show_progress(visit)
        return self._next_page(visit)

    def feed_failed(self, failure: Failure) -> None:
        """A feed has not answered."""
        request: scrapy.Request = failure.request  # type: ignore[attr-defined]
        visit: Visit = request.cb_kwargs["visit"]
        self._end(visit, of_failure(_error(failure), request))

    def parse_page(self, response: Response, visit: Visit, page: WantedPage) -> scrapy.Request | None:
        """A page has answered."""
        outcome = of_page(response)
        if outcome is None:
            visit.in_a_row = 0
            visit.fetched += self._tell(page.url, self.store.put_page, page, _as_it_came(response, page.url))
            self._show_progress(visit)
            return self._next_page(visit)
        return self._page_failed(visit, page, outcome)

    def page_failed(self, failure: Failure) -> scrapy.Request | None:
        """A page has not answered."""
        request: scrapy.Request = failure.request  # type: ignore[attr-defined]
        visit, page = request.cb_kwargs["visit"], request.cb_kwargs["page"]
        outcome = of_failure(_error(failure), request)
        elsewhere = site_of(request.url) != site_of(page.url)
        return self._page_failed(visit, page, replace(outcome, whole_host=outcome.whole_host and not elsewhere))

    def stop(self) -> None:
        """Send nothing more; what is under way is finished."""
        self.stopping.set()

    def closed(self, reason: str) -> None:
        """Give an account of the sources that the end of the crawl cut off."""
        for visit in self._visits:
            if visit.begun and not visit.done:
                self._end(visit, Outcome("stopped" if self.stopping.is_set() else "failed", reason))

    def _read(self, response: Response, visit: Visit) -> Outcome | None:
        """Read a feed and store it; None where that went well."""
        source, came = visit.source, _as_it_came(response, visit.source.url)
        digest = hashlib.sha256(came.body).hexdigest()
        content_type = next((value for name, value in came.headers if name.lower() == "content-type"), None)
        try:
            known = self.store.validators(came.final_url)
            if known is not None and known.body_digest == digest:
                return None
            with time_limit(_SECONDS_TO_READ):
                reading = READERS[source.kind](came.body, content_type, source, came.final_url, came.fetched_at)
            visit.complete = self._put(visit, came, reading, digest)
        except NotAFeed as error:
            return Outcome("not_a_feed", one_line(error))
        except TookTooLong:
            return Outcome("not_a_feed", f"could not be read within {_SECONDS_TO_READ:.0f} seconds")
        except Exception as error:  # parsers of hostile bytes raise anything; the store may fail: the others go on
            logger.exception("The feed of %s could not be read or stored", source.key)
            return Outcome("failed", one_line(f"{type(error).__name__}: {error}"))
        for problem in reading.problems:
            self._tell(came.url, self.store.issue, "feed", came.url, one_line(problem))
        return None

    def _put(self, visit: Visit, came: ports.Response, reading: Reading, digest: str) -> int:
        """Store what was read; how many new articles the feed itself carried in full."""
        entries = reading.entries
        if not self.store.read_before(visit.source.key):
            limits = self.limits
            entries = newest(entries, limits.entries_at_first, limits.days_at_first, came.fetched_at)
        validators = _validators(came, digest) if reading.complete else None
        return self.store.put_feed(visit.source.key, came, entries, validators)

    def _next_page(self, visit: Visit) -> scrapy.Request | None:
        """The request for the next page of a source; None when it is through."""
        while visit.pages and not self.stopping.is_set():
            page = visit.pages.popleft()
            try:
                return scrapy.Request(
                    page.url,
                    self.parse_page,
                    headers=_headers(visit.source),
                    meta={IS_PAGE: True},
                    errback=self.page_failed,
                    cb_kwargs={"visit": visit, "page": page},
                )
            except ValueError as error:
                self._tell(page.url, self.store.fail_page, page, "failed", one_line(error), True)
        if not visit.pages:
            self._end(visit, None)
        return None

    def _page_failed(self, visit: Visit, page: WantedPage, outcome: Outcome) -> scrapy.Request | None:
        """Record a failure and go on, unless it ends the source for this run."""
        if outcome.kind == "stopped":
            return None
        visit.in_a_row += 1
        visit.failures[outcome.kind] += 1
        visit.last_reason = outcome.reason
        if not outcome.whole_host:
            self._tell(page.url, self.store.fail_page, page, outcome.kind, outcome.reason, outcome.final)
        if outcome.whole_host or (visit.in_a_row >= _FAILURES_IN_A_ROW and not outcome.final):
            self._end(visit, outcome)
            return None
        self._show_progress(visit)
        return self._next_page(visit)

    def _end(self, visit: Visit, outcome: Outcome | None) -> None:
        """Tell how a source went; without an outcome, it went through."""
        if outcome is not None and outcome.kind == "stopped" and not visit.begun:
            return
        visit.done = True
        kind, detail = _account(visit, outcome)
        self._tell(visit.source.url, self.store.source_outcome, visit.source.key, kind, detail)

    def _show_progress(self, visit: Visit) -> None:
        got = visit.fetched + sum(visit.failures.values())
        self._tell(visit.source.url, self.store.progress, visit.source.key, got, visit.wanted)

    def _tell(self, url: str, call: Callable[..., Any], *arguments: Any) -> bool:
        """Call the store; where it fails, name what it failed for and go on. Whether it went well."""
        try:
            call(*arguments)
        except Exception as error:  # whatever the store's failure is called on the other side of the channel
            logger.exception("The store could not take %s", url)
            if call != self.store.issue:
                self._tell(url, self.store.issue, "store_failed", url, one_line(error))
            return False
        return True


def _account(visit: Visit, outcome: Outcome | None) -> tuple[str, str]:
    """A source's outcome and detail, from how far it came."""
    new, failed = visit.fetched + visit.complete, sum(visit.failures.values())
    if outcome is not None:
        came_to = f"; {visit.fetched} of {visit.wanted} pages fetched" if visit.wanted else ""
        return outcome.kind, outcome.reason + came_to if outcome.kind != "stopped" else came_to.removeprefix("; ")
    if new:
        return "new", f"{new}" + (f", and {failed} that could not be fetched" if failed else "")
    if failed:
        return visit.failures.most_common(1)[0][0], f"none of {failed} new pages: {visit.last_reason}"
    return "unchanged", ""


def _headers(source: CrawlSource) -> dict[str, str]:
    return {"Accept-Language": _LANGUAGES.get(source.language, "*")}


def _error(failure: Failure) -> Exception:
    return failure.value if isinstance(failure.value, Exception) else RuntimeError(failure.value)


def _as_it_came(response: Response, url: str) -> ports.Response:
    """Scrapy's response as what is archived; `url` is the address that was asked for first."""
    headers = [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    ]
    return ports.Response(url, response.url, response.status, headers, response.body, datetime.now(UTC))


def _validators(came: ports.Response, digest: str) -> Validators:
    sent = {name.lower(): value for name, value in came.headers}
    return Validators(sent.get("etag"), sent.get("last-modified"), digest)
