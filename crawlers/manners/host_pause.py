"""Leaves a host alone when it asks for it: 429 and 503 pause everything on it, for as long as Retry-After says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawlers.manners.challenges import is_challenge
from crawlers.manners.refusals import HostPaused
from crawlers.manners.robots import IS_ROBOTS_TXT
from crawlers.ports import HostStore

SHORTEST = timedelta(minutes=15)
LONGEST = timedelta(hours=24)
PAUSING = frozenset({429, 503})
"""Too Many Requests (RFC 6585 4) and Service Unavailable (RFC 9110 15.6.4)."""


def pause_for(retry_after: str | None, now: datetime, before: timedelta) -> timedelta:
    """How long a Retry-After header (RFC 9110 10.2.3: seconds or a date) asks us to wait, within our own bounds.

    Without one it is twice as long as `before`, the pause that this host was given last without answering since.
    """
    asked = _asked(retry_after.strip(), now) if retry_after else 2 * before
    return min(LONGEST, max(SHORTEST, asked))


def _asked(text: str, now: datetime) -> timedelta:
    if text.isdecimal():
        return timedelta(seconds=min(int(text[:10]), LONGEST.total_seconds()))
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return SHORTEST
    return (date if date.tzinfo else date.replace(tzinfo=UTC)) - now


class HostPause:
    """Downloader middleware. Raises HostPaused before a request to a host at rest and after an answer that wants it."""

    def __init__(self, store: HostStore) -> None:
        self._store = store
        self._until: dict[str, datetime | None] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> HostPause:
        """Scrapy's way to make it."""
        return cls(crawler.spider.store)  # type: ignore[union-attr]

    def process_request(self, request: Request) -> None:
        """Let the request through, or raise."""
        host = _host(request)
        if host not in self._until:
            self._until[host] = self._store.paused_until(host)
        until = self._until[host]
        if until is not None and datetime.now(UTC) < until:
            raise HostPaused(until)

    def process_response(self, request: Request, response: Response) -> Response:
        """Remember a wish to be left alone. A robots.txt's answer and a challenge go on: others judge them."""
        host, now = _host(request), datetime.now(UTC)
        if response.status not in PAUSING:
            if not request.meta.get(IS_ROBOTS_TXT):
                self._answered(host, now)
            return response
        header = response.headers.get("Retry-After")
        before = timedelta(seconds=self._store.last_pause(host))
        step = pause_for(header.decode("latin-1") if header else None, now, before)
        self._until[host] = until = now + step
        self._store.pause(host, until, int(step.total_seconds()))
        if request.meta.get(IS_ROBOTS_TXT) or is_challenge(response.status, response.headers, response.body):
            return response
        raise HostPaused(until)

    def _answered(self, host: str, now: datetime) -> None:
        """A host that was paused before this run answers again: its next pause begins small."""
        if self._until.get(host) is not None:
            self._until[host] = None
            self._store.pause(host, now, 0)


def _host(request: Request) -> str:
    return urlsplit(request.url).netloc.rpartition("@")[2].lower()
