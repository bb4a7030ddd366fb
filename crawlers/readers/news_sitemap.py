"""Reads news sitemaps: the exact time of publication of every article of the last two days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from crawlers.ports import CrawlSource, Entry
from crawlers.readers.feed import LARGEST
from crawlers.readers.reading import (
    MOST_ENTRIES,
    NotAFeed,
    Reading,
    entry_date,
    page_address,
    plain,
    unpacked,
    utf8_document,
)
from db.model import FeedHints

_DEEPEST = 20
_MOST_PARTS = 10_000
"""The format needs four levels and a dozen parts an article, with 1,000 images at most; who sends more means harm."""
_SPACES = ("sitemap/0.9", "sitemap-news/0.9")
"""Endings of the namespaces that are read: an image's title is not the article's."""


def read_news_sitemap(body: bytes, content_type: str | None, source: CrawlSource, url: str, now: datetime) -> Reading:
    """The articles of a news sitemap that came from `url`; entries without news are old pages, and left out.

    Raises NotAFeed for any other document, an index of sitemaps among them.
    """
    articles: list[dict[str, str]] = []
    problems: list[str] = []
    complete = True
    try:
        for article in _articles(utf8_document(unpacked(body, LARGEST), content_type)):
            if len(articles) == MOST_ENTRIES:
                problems.append(f"looked at the first {MOST_ENTRIES} articles only")
                complete = False
                break
            articles.append(article)
    except DefusedXmlException as error:
        raise NotAFeed(f"XML with declarations that no sitemap needs ({type(error).__name__})") from error
    except (ParseError, ValueError) as error:
        if not articles:
            raise NotAFeed(f"no sitemap: {error}") from error
        problems.append(f"not well-formed: {error}")
        complete = False
    entries = [_entry(article, source, url, now) for article in articles]
    usable = [entry for entry in entries if entry is not None]
    if len(usable) < len(entries):
        problems.append(f"{len(entries) - len(usable)} of {len(entries)} articles without an address")
    return Reading(usable, complete, problems)


def _articles(document: bytes) -> Iterator[dict[str, str]]:
    """The texts of each <url> that has news, by their tags. Raises NotAFeed, and what the parser raises."""
    path: list[Any] = []
    texts: dict[str, str] = {}
    parts = 0
    for event, element in iterparse(BytesIO(document), events=("start", "end"), forbid_dtd=True):
        space, _, name = element.tag.rpartition("}")
        if event == "start":
            path.append(element)
            parts += 1
            _check(name, len(path), parts)
            continue
        path.pop()
        if not space or space.endswith(_SPACES):
            texts[name] = (element.text or "").strip()
        if len(path) == 1:
            if name == "url" and "news" in texts:
                yield texts
            texts, parts = {}, 0
            path[0].clear()


def _check(name: str, depth: int, parts: int) -> None:
    """Raises NotAFeed for an element that no sitemap has here."""
    if depth == 1 and name == "sitemapindex":
        raise NotAFeed("an index of sitemaps: make a source of the one that holds the news")
    if depth == 1 and name != "urlset":
        raise NotAFeed(f"an XML document <{name[:40]}>, no sitemap")
    if depth > _DEEPEST or parts > _MOST_PARTS:
        raise NotAFeed("XML nested deeper or wider than any sitemap")


def _entry(article: dict[str, str], source: CrawlSource, url: str, now: datetime) -> Entry | None:
    address = page_address(article.get("loc"), url)
    if address is None:
        return None
    raw = article.get("publication_date") or article.get("lastmod")
    date = entry_date(raw, source, now)
    hints = FeedHints(
        title=plain(article.get("title")),
        published=date.moment if date else None,
        published_precision=date.precision if date else "second",
    )
    return Entry(address, None, plain(raw, 200), hints, complete=False)
