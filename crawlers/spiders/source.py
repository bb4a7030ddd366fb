"""The spider of everything that lists articles: a source's feed first, then the pages that it wants, one by one."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, ClassVar
from urllib.parse import urldefrag

import scrapy
from scrapy.http import Response
from twisted.python.failure import Failure

from crawlers import asking, past, ports
from crawlers.answer import as_it_came, digest_of, header, redirects_of, validators_of
from crawlers.manners.conditional import IF_CHANGED
from crawlers.manners.robots import IS_PAGE
from crawlers.outcomes import Outcome, of_answer, of_failure, of_page, one_line
from crawlers.ports import CrawlSource, Rhythm, Store, WantedPage
from crawlers.readers.by_kind import READERS
from crawlers.readers.first_reading import FirstReading, newest
from crawlers.readers.reading import NotAFeed, Reading
from crawlers.readers.rhythm import with_max_age
from crawlers.site import site_of
from crawlers.time_limit import TookTooLong, time_limit
from crawlers.visit import Visit

_SECONDS_TO_READ = 10.0
_SECONDS_BETWEEN_PROGRESS = 0.5
_FAILURES_IN_A_ROW = 3
"""So many pages of a source that fail one after the other end it for this run."""
_OF_PAGES = frozenset({"listing", "embedded", "any"})
"""Kinds whose source is itself a web page, not published for readers of feeds."""
logger = logging.getLogger(__name__)


class SourceSpider(scrapy.Spider):
    """Each source has one request under way at a time, so that a crawl that stops has only that to finish.

    A page that is redirected elsewhere and refused there says nothing about the source's own host.
    """

    name = "source"
    kinds: ClassVar[frozenset[str]] = frozenset(READERS)

    def __init__(
        self,
        source: str | None = None,
        sources: Sequence[CrawlSource] = (),
        store: Store | None = None,
        first_reading: FirstReading | None = None,
    ) -> None:
        """`source` is a key of the catalogue, for `scrapy crawl feed -a source=KEY`: it shows, and keeps nothing.

        Without one, all of the spider's kinds that are on.
        """
        super().__init__()
        if store is None:
            from crawlers.shown_store import ShownStore, sources_of_catalogue

            store, sources = ShownStore(), sources_of_catalogue(self.kinds, source)
        self.store = store
        self.sources = sources
        self._first_reading = first_reading or FirstReading()
        self.stopping = asyncio.Event()
        self._visits: list[Visit] = []

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """One request for each source: for its feed, or, where none need be asked, for its first wanted page."""
        for source in self.sources:
            request = self.first_request(source)
            if request is not None:
                yield request

    def first_request(self, source: CrawlSource) -> scrapy.Request | None:
        """The request with which the visit to a source begins; None where there is nothing to ask."""
        visit = Visit(source, past.past_of(source.url, None))
        self._visits.append(visit)
        try:
            visit.past = past.past_of(source.url, self.store.source_past(source.key))
            return self._begin(visit)
        except Exception as error:  # the store's failure, or an address that is none
            self._end(visit, Outcome("failed", one_line(error)))
        return None

    def parse(self, response: Response, visit: Visit, address: str) -> scrapy.Request | None:
        """A feed has answered.

        @entries 1
        """
        visit.begun = True
        outcome = None if response.status == 304 else of_answer(response)
        try:
            outcome = outcome or self._take(response, visit, address)
            return self._after_feed(visit, address, outcome)
        except Exception as error:  # parsers of hostile bytes raise anything; the store may fail: the others go on
            logger.exception("The feed of %s could not be read or stored", visit.source.key)
            self._end(visit, Outcome("failed", one_line(f"{type(error).__name__}: {error}")))
        return None

    def feed_failed(self, failure: Failure) -> scrapy.Request | None:
        """A feed has not answered."""
        request: scrapy.Request = failure.request  # type: ignore[attr-defined]
        visit, address = request.cb_kwargs["visit"], request.cb_kwargs["address"]
        try:
            return self._after_feed(visit, address, of_failure(_error(failure), request))
        except Exception as error:  # the store's failure
            self._end(visit, Outcome("failed", one_line(error)))
        return None

    def parse_page(self, response: Response, visit: Visit, page: WantedPage) -> scrapy.Request | None:
        """A page has answered."""
        outcome = of_page(response)
        if outcome is not None:
            return self._page_failed(visit, page, outcome)
        visit.in_a_row = 0
        visit.fetched += self._tell(page.url, self.store.put_page, page, as_it_came(response, page.url))
        self._show_progress(visit)
        return self._next_page(visit)

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

    def _begin(self, visit: Visit) -> scrapy.Request | None:
        lacking = asking.what_is_missing(visit.source)
        if lacking is not None:
            self._end(visit, Outcome("skipped", lacking))
            return None
        if visit.past.gone:
            self._end(visit, Outcome("gone", "answered 410 twice and is not asked any more"))
            return None
        if visit.source.kind == "page":
            visit.begun = True
            return self._wanted_pages(visit)
        due = past.due_at(visit.past, asking.rest_of(visit.source.kind))
        if due is not None and datetime.now(UTC) < due:
            visit.begun, visit.note = True, f"wants to be read again from {due:%H:%M} UTC"
            return self._wanted_pages(visit)
        addresses = asking.addresses(visit.source, datetime.now(UTC))
        visit.go_on_at([past.address(visit.past)] if addresses == [visit.source.url] else addresses)
        return self._feed_request(visit, visit.feeds.popleft()) if visit.feeds else self._wanted_pages(visit)

    def _feed_request(self, visit: Visit, address: str) -> scrapy.Request:
        is_page = visit.source.kind in _OF_PAGES and not visit.answered
        return scrapy.Request(
            address,
            self.parse,
            headers=asking.headers(visit.source, address),
            meta={IF_CHANGED: True, IS_PAGE: is_page},
            errback=self.feed_failed,
            cb_kwargs={"visit": visit, "address": address},
        )

    def _after_feed(self, visit: Visit, address: str, outcome: Outcome | None) -> scrapy.Request | None:
        """Go on with the source's next feed, then with its pages. Its first feed decides what becomes of the source."""
        if outcome is not None and (not visit.answered or outcome.kind == "stopped"):
            self._end(visit, outcome)
            return None
        visit.answered = True
        if outcome is not None:
            self._tell(address, self.store.issue, outcome.kind, address, outcome.reason)
            if outcome.whole_host:
                visit.feeds.clear()
        if visit.feeds and not self.stopping.is_set():
            return self._feed_request(visit, visit.feeds.popleft())
        return self._wanted_pages(visit)

    def _take(self, response: Response, visit: Visit, address: str) -> Outcome | None:
        """Read and store a feed that answered as it should; an outcome where it is none."""
        came = as_it_came(response, address)
        rhythm: Rhythm | None = None
        if response.status != 304 and not self._is_known(came):
            try:
                with time_limit(_SECONDS_TO_READ):
                    content_type = header(came, "content-type")
                    where = address if urldefrag(address).url == came.final_url else came.final_url
                    reading = READERS[visit.source.kind](came.body, content_type, visit.source, where, came.fetched_at)
            except NotAFeed as error:
                return Outcome("not_a_feed", one_line(error))
            except TookTooLong:
                return Outcome("not_a_feed", f"could not be read within {_SECONDS_TO_READ:.0f} seconds")
            self._put(visit, came, reading)
            rhythm = with_max_age(reading.rhythm, header(came, "cache-control"))
        if not visit.answered:
            self._remember(visit, past.after_reading(visit.past, redirects_of(response), rhythm, came.fetched_at))
        return None

    def _is_known(self, came: ports.Response) -> bool:
        """Whether these very bytes were read before."""
        known = self.store.validators(came.final_url)
        return known is not None and known.body_digest == digest_of(came)

    def _put(self, visit: Visit, came: ports.Response, reading: Reading) -> None:
        entries = reading.entries
        if not self.store.read_before(visit.source.key):
            entries = newest(entries, self._first_reading, came.fetched_at)
        validators = validators_of(came) if reading.complete and not reading.more else None
        visit.complete += self.store.put_feed(visit.source.key, came, entries, validators)
        for problem in reading.problems:
            self._tell(came.url, self.store.issue, "feed", came.url, one_line(problem))
        left_out = visit.go_on_at(reading.more)
        if left_out:
            self._tell(came.url, self.store.issue, "feed", came.url, f"{left_out} addresses more than a run asks")

    def _remember(self, visit: Visit, learned: ports.SourcePast) -> None:
        """Keep what was learned about a source, and say so when it has moved."""
        if learned == visit.past:
            return
        url, key = visit.source.url, visit.source.key
        self._tell(url, self.store.put_source_past, key, learned)
        if past.has_moved(learned) and not past.has_moved(visit.past):
            moved = f"has moved for good to {learned.moved_to}, and is read there; put that into {key}.yml"
            self._tell(url, self.store.issue, "moved", url, one_line(moved))
        visit.past = learned

    def _wanted_pages(self, visit: Visit) -> scrapy.Request | None:
        """The request for the first page that a source wants, from this run or an earlier one."""
        visit.pages = deque(self.store.wanted(visit.source.key))
        visit.wanted = len(visit.pages)
        self._show_progress(visit)
        return self._next_page(visit)

    def _next_page(self, visit: Visit) -> scrapy.Request | None:
        """The request for the next page of a source; None when it is through."""
        while visit.pages and not self.stopping.is_set():
            page = visit.pages.popleft()
            try:
                return scrapy.Request(
                    page.url,
                    self.parse_page,
                    headers=asking.headers(visit.source, page.url),
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
        if outcome is not None and not visit.wanted:
            self._remember(visit, past.after_failure(visit.past, outcome.kind, datetime.now(UTC)))
        if visit.wanted:
            self._show_progress(visit, now=True)
        visit.figures.seconds = time.monotonic() - visit.began if visit.began is not None else 0.0
        self._tell(visit.source.url, self.store.source_figures, visit.source.key, visit.figures)
        self._tell(visit.source.url, self.store.source_outcome, visit.source.key, *visit.account(outcome))

    def _show_progress(self, visit: Visit, *, now: bool = False) -> None:
        """Often enough for a person who watches; `now`: it is the last time."""
        moment = time.monotonic()
        if now or moment >= visit.shown_at + _SECONDS_BETWEEN_PROGRESS:
            visit.shown_at = moment
            self._tell(visit.source.url, self.store.progress, visit.source.key, visit.seen, visit.wanted)

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


def _error(failure: Failure) -> Exception:
    return failure.value if isinstance(failure.value, Exception) else RuntimeError(failure.value)
