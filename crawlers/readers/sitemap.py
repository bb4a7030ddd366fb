"""Reads sitemaps: of news, with the time of every article of two days; indexes of them; and of a company's pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
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
from crawlers.site import site_of
from db.model import FeedHints

MOST_SITEMAPS = 10
"""So many of an index are followed, the newest first: it may list one for each day of twenty years."""
_DEEPEST = 20
_MOST_PARTS = 10_000
"""The format needs four levels and a dozen parts an article, with 1,000 images at most; who sends more means harm."""
_MOST_URLS = 50_000
"""The protocol's own limit of a sitemap (sitemaps.org)."""
_STALE = timedelta(days=14)
"""A sitemap that did not change for so long holds nothing that a first reading would take either."""
_SPACES = ("sitemap/0.9", "sitemap-news/0.9")
"""Endings of the namespaces that are read: an image's title is not the article's."""
_Texts = dict[str, str]


def read_sitemap(body: bytes, content_type: str | None, source: CrawlSource, url: str, now: datetime) -> Reading:
    """The articles of a sitemap that came from `url`: those with news, or whose address contains `source.links`.

    Other entries are old pages, and left out. An index leads to its newest sitemaps on the same site. Raises NotAFeed
    for any other document.
    """
    articles: list[_Texts] = []
    sitemaps: list[_Texts] = []
    problems: list[str] = []
    complete = True
    try:
        for name, texts in _listed(utf8_document(unpacked(body, LARGEST), content_type)):
            if name == "sitemap":
                sitemaps.append(texts)
            elif not ("news" in texts or (source.links and source.links in texts.get("loc", ""))):
                continue
            elif len(articles) == MOST_ENTRIES and not source.links:
                problems.append(f"looked at the first {MOST_ENTRIES} articles only")
                complete = False
                break
            else:
                articles.append(texts)
    except DefusedXmlException as error:
        raise NotAFeed(f"XML with declarations that no sitemap needs ({type(error).__name__})") from error
    except (ParseError, ValueError) as error:
        if not articles and not sitemaps:
            raise NotAFeed(f"no sitemap: {error}") from error
        problems.append(f"not well-formed: {error}")
        complete = False
    if source.links:
        articles = sorted(articles, key=lambda texts: texts.get("lastmod", ""), reverse=True)[:MOST_ENTRIES]
    entries = [_entry(article, source, url, now) for article in articles]
    usable = [entry for entry in entries if entry is not None]
    if len(usable) < len(entries):
        problems.append(f"{len(entries) - len(usable)} of {len(entries)} articles without an address")
    return Reading(usable, complete, problems, more=_newest(sitemaps, source, url, now))


def _newest(sitemaps: Sequence[_Texts], source: CrawlSource, url: str, now: datetime) -> list[str]:
    """The addresses of an index's sitemaps that may hold something new, on its own site, the newest first.

    Those without a date stand behind those with one.
    """
    dated: list[tuple[datetime | None, str]] = []
    for texts in sitemaps:
        address = page_address(texts.get("loc"), url)
        date = entry_date(texts.get("lastmod"), source, now)
        if address is None or site_of(address) != site_of(url) or (date and now - date.moment > _STALE):
            continue
        dated.append((date.moment if date else None, address))
    ordered = sorted(dated, key=lambda each: (each[0] is None, now - each[0] if each[0] else timedelta()))
    return [address for _, address in ordered[:MOST_SITEMAPS]]


def _listed(document: bytes) -> Iterator[tuple[str, _Texts]]:
    """Each <url> and <sitemap> by name, with its texts by their tags. Raises NotAFeed, and what the parser raises."""
    path: list[Any] = []
    texts: _Texts = {}
    parts, count = 0, 0
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
            count += 1
            if name in ("url", "sitemap") and count <= _MOST_URLS:
                yield name, texts
            texts, parts = {}, 0
            path[0].clear()


def _check(name: str, depth: int, parts: int) -> None:
    """Raises NotAFeed for an element that no sitemap has here."""
    if depth == 1 and name not in ("urlset", "sitemapindex"):
        raise NotAFeed(f"an XML document <{name[:40]}>, no sitemap")
    if depth > _DEEPEST or parts > _MOST_PARTS:
        raise NotAFeed("XML nested deeper or wider than any sitemap")


def _entry(article: _Texts, source: CrawlSource, url: str, now: datetime) -> Entry | None:
    """One article. When a page was last changed is not when it was published, unless it is a page of news."""
    address = page_address(article.get("loc"), url)
    if address is None:
        return None
    raw = article.get("publication_date") or article.get("lastmod")
    date = entry_date(raw, source, now) if "news" in article else None
    hints = FeedHints(
        title=plain(article.get("title")),
        published=date.moment if date else None,
        published_precision=date.precision if date else "second",
    )
    return Entry(address, None, plain(raw, 200), hints, complete=False)
