"""Connections that fail once fail visibly: whether to ask again is decided in one place, not also by Twisted's pool."""

from __future__ import annotations

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler


class Connections(HTTP11DownloadHandler):
    """Scrapy's handler of http and https, without the second request that Twisted's pool makes on a used connection."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool.retryAutomatically = False
