"""One request at a time per site, several seconds apart, and not too many sites at once."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawlers.manners.refusals import Stopping
from crawlers.manners.robots import CRAWL_DELAY
from crawlers.site import site_of

SECONDS_BETWEEN_REQUESTS = "SECONDS_BETWEEN_REQUESTS"
"""Scrapy setting: the pause between two requests to one site."""
REQUESTS_AT_ONCE = "REQUESTS_AT_ONCE_TO_ONE_SITE"
"""Scrapy setting: one, unless the site is the operator's own."""
SITES_AT_ONCE = 32
_JITTER = 0.3
"""Pauses are up to this share longer than asked for, never shorter, so that no rhythm shows."""
_TURN = "turn"


@dataclass(slots=True)
class _Site:
    turns: asyncio.Semaphore
    free_at: float = 0.0


class Pace:
    """Downloader middleware next to the downloader: a request waits here for its turn. Raises Stopping."""

    def __init__(self, seconds_between: float, at_once: int, stopping: asyncio.Event) -> None:
        self._seconds_between = seconds_between
        self._at_once = at_once
        self._stopping = stopping
        self._sites: dict[str, _Site] = {}
        self._places = asyncio.Semaphore(SITES_AT_ONCE)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Pace:
        """Scrapy's way to make it."""
        settings = crawler.settings
        return cls(
            settings.getfloat(SECONDS_BETWEEN_REQUESTS),
            settings.getint(REQUESTS_AT_ONCE),
            crawler.spider.stopping,  # type: ignore[union-attr]
        )

    async def process_request(self, request: Request) -> None:
        """Wait for the site to be free and rested."""
        name = site_of(request.url)
        if name not in self._sites:
            self._sites[name] = _Site(asyncio.Semaphore(self._at_once))
        site = self._sites[name]
        await site.turns.acquire()
        try:
            await self._rest(site)
            await self._places.acquire()
        except BaseException:
            site.turns.release()
            raise
        request.meta[_TURN] = site

    def process_response(self, request: Request, response: Response) -> Response:
        """The turn is over."""
        self._pass_on(request)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """The turn is over, if it ever began."""
        self._pass_on(request)

    async def _rest(self, site: _Site) -> None:
        """Sleep until the site is rested. Raises Stopping when the crawl is to stop."""
        remaining = site.free_at - asyncio.get_running_loop().time()
        if not self._stopping.is_set() and remaining > 0:
            try:
                await asyncio.wait_for(self._stopping.wait(), remaining)
            except TimeoutError:
                return
        if self._stopping.is_set():
            raise Stopping

    def _pass_on(self, request: Request) -> None:
        site: _Site | None = request.meta.pop(_TURN, None)
        if site is None:
            return
        pause = max(self._seconds_between, request.meta.get(CRAWL_DELAY, 0.0))
        site.free_at = asyncio.get_running_loop().time() + pause * random.uniform(1, 1 + _JITTER)  # noqa: S311
        self._places.release()
        site.turns.release()
