"""Finds out what an address yields that nobody has described: which kind of feed, or which feeds a web page names."""

from __future__ import annotations

import re

from scrapy.selector import Selector
from w3lib.encoding import html_to_unicode

from crawlers.readers.feed import LARGEST
from crawlers.readers.reading import NotAFeed, page_address, unpacked, utf8_document

MOST_FEEDS_OF_A_PAGE = 5
_LOOKED_AT = 4000
_TYPES = {
    "application/rss+xml": "rss",
    "application/atom+xml": "atom",
    "application/rdf+xml": "rss",
    "application/feed+json": "json",
    "application/json": "json",
}
"""What a page's <link rel="alternate"> says of a feed, by its type (rssboard.org/rss-autodiscovery)."""
_ROOTS = {"rss": "rss", "rdf": "rss", "feed": "atom", "urlset": "sitemap", "sitemapindex": "sitemap"}
_BEFORE_ROOT = re.compile(r"\A(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^<>\[]*(?:\[[^\]]*\])?[^<>]*>)*", re.DOTALL)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z]+)")


def kind_of(body: bytes, content_type: str | None) -> str | None:
    """The kind of feed that this is, by how it begins; None for a web page and for whatever is no feed."""
    try:
        start = utf8_document(unpacked(body, LARGEST), content_type)[:_LOOKED_AT].decode("utf-8", "replace")
    except NotAFeed:
        return None
    if start.lstrip().startswith("{"):
        return "json"
    before = _BEFORE_ROOT.match(start)
    root = _ROOT.match(start, before.end() if before else 0)
    return _ROOTS.get(root[1].lower()) if root else None


def feeds_of_page(body: bytes, content_type: str | None, url: str) -> list[str]:
    """The addresses of the feeds that a web page from `url` names in its head, each once and in its order."""
    _, text = html_to_unicode(content_type, body)
    found: dict[str, None] = {}
    for link in Selector(text=text, type="html").css("link[rel][href]"):
        relations = link.attrib["rel"].lower().split()
        kind = link.attrib.get("type", "").split(";")[0].strip().lower()
        address = page_address(link.attrib["href"], url)
        if "alternate" in relations and kind in _TYPES and address:
            found[address] = None
    return list(found)[:MOST_FEEDS_OF_A_PAGE]
