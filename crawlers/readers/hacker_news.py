"""Reads the search of Hacker News (Algolia): pages that its readers submitted. It only finds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from crawlers.ports import CrawlSource, Entry
from crawlers.readers.json_document import items_of, read_object
from crawlers.readers.reading import NotAFeed, Reading, page_address, plain
from db.model import FeedHints

_PER_PAGE = 50
"""The newest of a term: a day brings fewer."""


def search_addresses(source: CrawlSource, now: datetime) -> list[str]:
    """A search for each of the source's terms, as a phrase, among the titles of the stories."""
    terms = [term.strip() for term in (source.terms or "").split(",") if term.strip()]
    fixed = {"tags": "story", "restrictSearchableAttributes": "title", "hitsPerPage": str(_PER_PAGE)}
    return [f"{source.url}?{urlencode({**fixed, 'query': _phrase(term)})}" for term in terms]


def _phrase(term: str) -> str:
    return f'"{term}"'


def read_hacker_news(body: bytes, content_type: str | None, source: CrawlSource, url: str, now: datetime) -> Reading:
    """The pages of the stories whose title holds the term as whole words: the search forgives spelling, so that Pika
    finds Pikachu. When a story was submitted is not when its page was published. Raises NotAFeed.
    """
    answer = read_object(body, content_type)
    if not isinstance(answer.get("hits"), list):
        raise NotAFeed("JSON without hits, no answer of the search")
    term = parse_qs(urlsplit(url).query).get("query", [""])[0].strip('"')
    words = re.compile(rf"(?<!\w){re.escape(term)}(?!\w)", re.IGNORECASE)
    entries = [_entry(hit, url) for hit in items_of(answer["hits"]) if words.search(str(hit.get("title") or ""))]
    return Reading([entry for entry in entries if entry is not None], complete=True)


def _entry(hit: Mapping[str, Any], url: str) -> Entry | None:
    """The page a story leads to; None for a question, which leads to none."""
    address = page_address(hit.get("url"), url)
    if address is None:
        return None
    submitted = plain(hit.get("created_at"), 40)
    return Entry(address, plain(hit.get("objectID"), 40), submitted, FeedHints(title=plain(hit.get("title"))), False)
