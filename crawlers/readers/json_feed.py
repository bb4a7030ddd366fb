"""Reads JSON Feed 1.0 and 1.1 (jsonfeed.org), which is also what RSSHub writes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from crawlers.ports import CrawlSource, Entry
from crawlers.readers.reading import MOST_ENTRIES, NotAFeed, Reading, entry_date, page_address, plain, storable
from db.model import FeedHints

_LONGEST_CONTENT = 1_000_000
_LONGEST_SUMMARY = 100_000
_MOST_AUTHORS = 10


def read_json_feed(body: bytes, content_type: str | None, source: CrawlSource, url: str, now: datetime) -> Reading:
    """The entries of a JSON Feed that came from `url`. Raises NotAFeed."""
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotAFeed(f"no JSON: {error}") from error
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise NotAFeed("JSON without items, no JSON Feed")
    items = feed["items"][:MOST_ENTRIES]
    found = [_entry(item, source, url, now) if isinstance(item, dict) else None for item in items]
    entries = [entry for entry in found if entry is not None]
    cut = len(feed["items"]) > MOST_ENTRIES
    problems = [f"looked at the first {MOST_ENTRIES} entries only"] if cut else []
    if len(entries) < len(items):
        problems.append(f"{len(items) - len(entries)} of {len(items)} entries without a link to a page")
    return Reading(entries, complete=not cut, problems=problems)


def _entry(item: Mapping[str, Any], source: CrawlSource, url: str, now: datetime) -> Entry | None:
    """One entry; None where it leads to no page. An `external_url` is the article that a link blog points to."""
    address = page_address(item.get("external_url"), url) or page_address(item.get("url"), url)
    address = address or page_address(item.get("id"), "")
    if address is None:
        return None
    raw = plain(item.get("date_published") or item.get("date_modified"), 200)
    date = entry_date(raw, source, now)
    content = storable(item.get("content_html") or item.get("content_text"), _LONGEST_CONTENT)
    hints = FeedHints(
        title=plain(item.get("title")),
        published=date.moment if date else None,
        published_precision=date.precision if date else "second",
        summary_html=storable(item.get("summary"), _LONGEST_SUMMARY),
        content_html=content,
        authors=_authors(item),
    )
    return Entry(address, plain(str(item.get("id", ""))), raw, hints, complete=source.full_text and content is not None)


def _authors(item: Mapping[str, Any]) -> tuple[str, ...]:
    """Version 1.0 had one author, 1.1 has several."""
    authors = item.get("authors") or [item.get("author")]
    named = [each.get("name") for each in authors if isinstance(each, dict)] if isinstance(authors, list) else []
    return tuple(name for each in named[:_MOST_AUTHORS] if (name := plain(each, 200)))
