"""Asks robots.txt before every request, feeds and redirect targets included, and remembers its answer for a day.

Scrapy's own component crawls when robots.txt cannot be reached, and ignores Crawl-delay.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http.request import NO_CALLBACK

from crawlers.manners.redirects import MOST_REDIRECTS
from crawlers.manners.refusals import HostPaused, RobotsForbid, RobotsUnreachable, Stopping, TooManyRedirects
from crawlers.manners.robots_rules import LARGEST, RobotsRules, robots_rules
from crawlers.ports import HostStore

CACHED_FOR = timedelta(hours=24)
"""RFC 9309 2.4."""
IS_ROBOTS_TXT = "is_robots_txt"
"""Key of Request.meta: the request is for a robots.txt itself."""
IS_PAGE = "is_page"
"""Key of Request.meta: the request is for an article, not for a feed."""
CRAWL_DELAY = "crawl_delay"
"""Key of Request.meta: the seconds that robots.txt wants between requests."""
_LONGEST_WAIT = 20.0
_MOST_REDIRECTS = 10


class Robots:
    """Downloader middleware. Raises RobotsForbid and RobotsUnreachable."""

    def __init__(self, crawler: Crawler, store: HostStore) -> None:
        self._crawler = crawler
        self._store = store
        self._rules: dict[str, asyncio.Task[RobotsRules]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Robots:
        """Scrapy's way to make it."""
        return cls(crawler, crawler.spider.store)  # type: ignore[union-attr]

    async def process_request(self, request: Request) -> None:
        """Let the request through, or raise."""
        if request.meta.get(IS_ROBOTS_TXT):
            return
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}".lower()
        if origin not in self._rules:
            self._rules[origin] = asyncio.ensure_future(self._find(origin, request.headers.get("User-Agent")))
        rules = await asyncio.shield(self._rules[origin])
        if rules.refusal is not None:
            raise RobotsForbid(rules.refusal, whole_host=True)
        if not rules.allow(request.url, is_page=bool(request.meta.get(IS_PAGE))):
            raise RobotsForbid(f"the robots.txt of {parts.netloc} forbids {parts.path or '/'}", whole_host=False)
        request.meta[CRAWL_DELAY] = rules.delay

    async def _find(self, origin: str, named: bytes | None) -> RobotsRules:
        """The rules of an origin, asked for under the same name as the request itself (None: the usual one)."""
        known = self._store.robots_txt(origin)
        if known is not None and datetime.now(UTC) - known[0] < CACHED_FOR:
            return robots_rules(known[1], known[2])
        request = Request(
            f"{origin}/robots.txt",
            callback=NO_CALLBACK,
            headers={"User-Agent": named} if named else None,
            meta={
                IS_ROBOTS_TXT: True,
                "download_timeout": min(_LONGEST_WAIT, self._crawler.settings.getfloat("DOWNLOAD_TIMEOUT")),
                MOST_REDIRECTS: _MOST_REDIRECTS,
            },
        )
        try:
            response = await self._crawler.engine.download_async(request)
        except TooManyRedirects:
            return RobotsRules()  # RFC 9309 2.3.1.2: as if there were none
        except (HostPaused, Stopping):
            raise
        except Exception as error:
            raise RobotsUnreachable(error) from error
        if response.status < 500:
            self._store.put_robots_txt(origin, datetime.now(UTC), response.status, response.body[:LARGEST])
        return robots_rules(response.status, response.body)
