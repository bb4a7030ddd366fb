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


def pause_until(retry_after: str | None, now: datetime) -> datetime:
    """Until when a Retry-After header (RFC 9110 10.2.3: seconds or a date) asks us to wait, within our own bounds."""
    return now + min(LONGEST, max(SHORTEST, _asked(retry_after.strip(), now) if retry_after else SHORTEST))


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
        if response.status not in PAUSING:
            return response
        header = response.headers.get("Retry-After")
        until = pause_until(header.decode("latin-1") if header else None, datetime.now(UTC))
        self._until[_host(request)] = until
        self._store.pause(_host(request), until)
        if request.meta.get(IS_ROBOTS_TXT) or is_challenge(response.status, response.headers, response.body):
            return response
        raise HostPaused(until)


def _host(request: Request) -> str:
    return urlsplit(request.url).netloc.rpartition("@")[2].lower()
