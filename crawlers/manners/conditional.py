"""Asks for a feed only if it has changed: sends back the exact validators of its last completely parsed answer."""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler

from crawlers.ports import ValidatorStore

IF_CHANGED = "if_changed"
"""Key of Request.meta: the request may be answered by 304."""
_HEADERS = ("If-None-Match", "If-Modified-Since")


class Conditional:
    """Downloader middleware. Validators belong to the URL that gave them, so each step of a redirect sends its own."""

    def __init__(self, store: ValidatorStore) -> None:
        self._store = store

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Conditional:
        """Scrapy's way to make it."""
        return cls(crawler.spider.store)  # type: ignore[union-attr]

    def process_request(self, request: Request) -> None:
        """Add the validators of this very URL, byte for byte (RFC 9110 13.1.2, 13.1.3)."""
        for name in _HEADERS:
            request.headers.pop(name, None)
        known = self._store.validators(request.url) if request.meta.get(IF_CHANGED) else None
        if known is None:
            return
        for name, value in zip(_HEADERS, (known.etag, known.last_modified), strict=True):
            if value:
                request.headers[name] = value.encode("latin-1", "replace")
