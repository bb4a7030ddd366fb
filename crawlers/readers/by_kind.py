"""Which reader reads which kind of source."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from crawlers.ports import CrawlSource
from crawlers.readers.companies_house import read_register
from crawlers.readers.discovery import feeds_of_page, kind_of
from crawlers.readers.edgar import read_form_d_list, read_form_d_search
from crawlers.readers.embedded import read_embedded
from crawlers.readers.feed import read_feed
from crawlers.readers.gdelt import read_gdelt
from crawlers.readers.hacker_news import read_hacker_news
from crawlers.readers.json_feed import read_json_feed
from crawlers.readers.listing import read_listing
from crawlers.readers.reading import NotAFeed, Reading
from crawlers.readers.sitemap import read_sitemap
from crawlers.readers.wikidata import read_wikidata

Reader = Callable[[bytes, str | None, CrawlSource, str, datetime], Reading]


def read_any(body: bytes, content_type: str | None, source: CrawlSource, url: str, now: datetime) -> Reading:
    """What came from an address nobody described: a feed is read as what it is, a web page goes on at its feeds.

    Raises NotAFeed for everything else, a web page that names no feed among it.
    """
    kind = kind_of(body, content_type)
    if kind is not None:
        return READERS[kind](body, content_type, source, url, now)
    feeds = feeds_of_page(body, content_type, url)
    if not feeds:
        raise NotAFeed("a web page that names no feed; describe its links as a `listing`, see docs/sources.md")
    return Reading((), complete=False, more=feeds)


READERS: dict[str, Reader] = {
    "rss": read_feed,
    "atom": read_feed,
    "json": read_json_feed,
    "sitemap": read_sitemap,
    "listing": read_listing,
    "embedded": read_embedded,
    "form_d_list": read_form_d_list,
    "form_d_search": read_form_d_search,
    "companies_house": read_register,
    "wikidata": read_wikidata,
    "gdelt": read_gdelt,
    "hacker_news": read_hacker_news,
    "any": read_any,
}
"""How each kind of source is read."""
