"""Reads a web page that lists articles, as newsrooms without feeds have it: the links that a CSS selector finds."""

from __future__ import annotations

from datetime import datetime

from scrapy.selector import Selector
from w3lib.encoding import html_to_unicode

from crawlers.ports import CrawlSource, Entry
from crawlers.readers.reading import MOST_ENTRIES, NotAFeed, Reading, page_address
from db.model import FeedHints


def read_listing(body: bytes, content_type: str | None, source: CrawlSource, url: str, now: datetime) -> Reading:
    """The articles that `source.links` finds on a page from `url`, each once. Raises NotAFeed where there are none.

    Links say neither title nor date that could be trusted ("Read more", "2 days ago"): the article's page does.
    """
    selector = source.links or "a"
    _, text = html_to_unicode(content_type, body)
    try:
        links = Selector(text=text, type="html").css(selector).xpath("@href").getall()
    except (ValueError, SyntaxError, RuntimeError) as error:  # what cssselect raises, by its base classes
        raise NotAFeed(f"its selector {selector!r} is none: {error}") from error
    addresses = (page_address(link, url) for link in links)
    found = list(dict.fromkeys(address.partition("#")[0] for address in addresses if address))
    if not found:
        raise NotAFeed(f"a page on which no link fits {selector!r}: it has changed, or scripts make it")
    entries = [Entry(address, None, None, FeedHints(), complete=False) for address in found[:MOST_ENTRIES]]
    return Reading(entries, complete=True)
