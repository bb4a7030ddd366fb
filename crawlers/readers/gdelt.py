"""Reads GDELT's article lists (DOC 2.0): where news stands that no feed of ours carries. It only finds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from crawlers.ports import CrawlSource, Entry
from crawlers.readers.json_document import items_of, read_object
from crawlers.readers.reading import MOST_ENTRIES, Reading, page_address, plain
from db.model import FeedHints

_LANGUAGES = frozenset({"English", "Chinese"})
_SPACE_BEFORE_SIGN = re.compile(r"\s+(?=[,.:;!?%')\]])")


def search_addresses(source: CrawlSource, now: datetime) -> list[str]:
    """One search for all of the source's terms, in the two languages, over the last day: GDELT wants few requests."""
    terms = " OR ".join(f'"{term.strip()}"' for term in (source.terms or "").split(",") if term.strip())
    query = f"({terms}) (sourcelang:english OR sourcelang:chinese)"
    asked = {"query": query, "mode": "artlist", "format": "json", "maxrecords": "250", "sort": "datedesc"}
    return [f"{source.url}?{urlencode({**asked, 'timespan': '1d'})}"]


def read_gdelt(body: bytes, content_type: str | None, source: CrawlSource, url: str, now: datetime) -> Reading:
    """The articles found; none for an empty object. When GDELT saw a page is not when it was published.

    Raises NotAFeed, with GDELT's own words where it answers a query with a sentence.
    """
    articles = items_of(read_object(body, content_type, mend=True).get("articles"))[:MOST_ENTRIES]
    entries = [_entry(article, url) for article in articles if str(article.get("language")) in _LANGUAGES]
    return Reading([entry for entry in entries if entry is not None], complete=True)


def _entry(article: Mapping[str, Any], url: str) -> Entry | None:
    address = page_address(article.get("url"), url)
    if address is None:
        return None
    title = plain(article.get("title"))
    hints = FeedHints(title=_SPACE_BEFORE_SIGN.sub("", title) if title else None)
    return Entry(address, None, plain(article.get("seendate"), 40), hints, complete=False)
