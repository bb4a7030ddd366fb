"""One crawl, from the first feed to the last page: Scrapy's process, run to its end in this process."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import FrameType
from typing import TYPE_CHECKING, Any

from crawlers.asking import instance_on_this_machine
from crawlers.bot import CONTACT_VARIABLE, checked_contact, user_agent
from crawlers.ports import CrawlSource, Store
from crawlers.readers.first_reading import FirstReading

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

SECONDS_TO_STOP = 15.0
"""A page that is still under way so long after a stop was asked for is given up, and wanted again next time."""


@dataclass(frozen=True, slots=True)
class CrawlSettings:
    """How a crawl behaves. The defaults are what `docs/bot.md` promises. Raises crawlers.bot.UnusableContact.

    `entries_at_first` and `days_at_first` bound what is taken of a source that was never read before (None: no limit
    of age). `seconds_between_requests` is the pause between two requests to one site, `requests_at_once` how many may
    be under way there: more than one is for the operator's own site only. `largest_body` counts bytes,
    unpacked. `allowed_loopback` is the one address, "host:port", that may be reached although it is not public: only
    the demo sets it, and whoever runs RSSHub on this machine (`DAILIES_RSSHUB`). `contact` is the operator's e-mail
    address, sent along where given.
    """

    entries_at_first: int = FirstReading().most
    days_at_first: int | None = FirstReading().days
    seconds_between_requests: float = 5.0
    requests_at_once: int = 1
    seconds_per_request: float = 60.0
    largest_body: int = 10 * 1024 * 1024
    allowed_loopback: str | None = field(default_factory=instance_on_this_machine)
    contact: str | None = field(default_factory=lambda: os.environ.get(CONTACT_VARIABLE) or None)

    def __post_init__(self) -> None:
        if self.contact is not None:
            checked_contact(self.contact)


def crawl(sources: Sequence[CrawlSource], store: Store, settings: CrawlSettings) -> None:
    """Crawl these sources to the end. SIGTERM: the pages in hand are finished, then it stops.

    What fails is told to the store, source by source and page by page; the crawl goes on. Once per process: Twisted's
    reactor cannot be started again.
    """
    stop = _Stop()
    signal.signal(signal.SIGTERM, stop.ask)
    from scrapy.crawler import CrawlerProcess
    from scrapy.settings import Settings

    from crawlers.spiders.source import SourceSpider

    configured = Settings()
    configured.setmodule("crawlers.settings", priority="project")
    configured.setdict(_of_this_crawl(settings), priority="cmdline")
    process = CrawlerProcess(configured)
    crawler = process.create_crawler(SourceSpider)
    first_reading = FirstReading(settings.entries_at_first, settings.days_at_first)
    process.crawl(crawler, sources=sources, store=store, first_reading=first_reading)
    stop.of(crawler)
    process.start(install_signal_handlers=False)


def _of_this_crawl(settings: CrawlSettings) -> dict[str, Any]:
    headers = {"Accept": "application/rss+xml, application/atom+xml, text/html, application/xml;q=0.9, */*;q=0.5"}
    if settings.contact is not None:
        headers["From"] = settings.contact  # RFC 9110 10.1.2
    return {
        "USER_AGENT": user_agent(settings.contact),
        "DEFAULT_REQUEST_HEADERS": headers,
        "SECONDS_BETWEEN_REQUESTS": settings.seconds_between_requests,
        "REQUESTS_AT_ONCE_TO_ONE_SITE": settings.requests_at_once,
        "DOWNLOAD_TIMEOUT": settings.seconds_per_request,
        "DOWNLOAD_MAXSIZE": settings.largest_body,
        "ALLOWED_LOOPBACK": settings.allowed_loopback,
    }


class _Stop:
    """SIGTERM as a wish: nothing more is sent, what is in hand is finished, and with nothing left to do it ends."""

    def __init__(self) -> None:
        self._asked = False
        self._crawler: Crawler | None = None

    def ask(self, _number: int, _frame: FrameType | None) -> None:
        """The signal's handler."""
        self._asked = True
        if self._crawler is not None:
            self._pass_on(self._crawler)

    def of(self, crawler: Crawler) -> None:
        """What is to be stopped from now on."""
        self._crawler = crawler
        if self._asked:
            self._pass_on(crawler)

    def _pass_on(self, crawler: Crawler) -> None:
        _reactor().callFromThread(self._stop, crawler)

    def _stop(self, crawler: Crawler) -> None:
        crawler.spider.stop()  # type: ignore[union-attr]
        _reactor().callLater(SECONDS_TO_STOP, self._give_up, crawler)

    def _give_up(self, crawler: Crawler) -> None:
        """What is in hand takes too long: say so, and end."""
        crawler.spider.closed("given up")  # type: ignore[union-attr]
        _reactor().crash()


def _reactor() -> Any:
    """Twisted's reactor, which must not be imported before Scrapy has chosen one; zope's types are not mypy's."""
    from twisted.internet import reactor

    return reactor
