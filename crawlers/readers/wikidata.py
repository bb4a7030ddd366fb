"""Reads Wikidata's answers about the companies whose official website we know (SPARQL 1.1 query results in JSON)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from crawlers.ports import CrawlSource, Entry
from crawlers.readers.json_document import items_of, read_object
from crawlers.readers.reading import NotAFeed, Reading
from db.knowledge.curated import load_knowledge
from db.model import FeedHints

_DOMAINS_PER_QUERY = 20
"""Four spellings of each: more would make the address longer than servers take."""
_QUERY = """SELECT ?item ?itemLabel ?website ?alias ?inception ?inceptionPrecision ?dissolved ?dissolvedPrecision
WHERE {
VALUES ?website { %s }
?item wdt:P856 ?website .
OPTIONAL { ?item p:P571/psv:P571 [ wikibase:timeValue ?inception ; wikibase:timePrecision ?inceptionPrecision ] }
OPTIONAL { ?item p:P576/psv:P576 [ wikibase:timeValue ?dissolved ; wikibase:timePrecision ?dissolvedPrecision ] }
OPTIONAL { ?item skos:altLabel ?alias . FILTER(LANG(?alias) IN ("en", "zh", "zh-hans", "zh-cn")) }
SERVICE wikibase:label { bd:serviceParam wikibase:language "en,zh". }
} LIMIT 1000"""
_ITEM = re.compile(r"https?://www\.wikidata\.org/entity/(Q\d{1,12})")
_MOST_ROWS = 200
"""Of one item: each of its aliases is told with each of its dates."""


def query_addresses(source: CrawlSource, now: datetime) -> list[str]:
    """The queries for every company whose website we know, some at a time."""
    domains = sorted(company.domain for company in load_knowledge().companies if company.domain)
    batches = [domains[start : start + _DOMAINS_PER_QUERY] for start in range(0, len(domains), _DOMAINS_PER_QUERY)]
    return [f"{source.url}?{urlencode({'format': 'json', 'query': _query(batch)})}" for batch in batches]


def _query(domains: list[str]) -> str:
    spellings = (f"<https://{www}{domain}{slash}>" for domain in domains for www in ("", "www.") for slash in ("", "/"))
    return _QUERY % " ".join(spellings)


def read_wikidata(body: bytes, content_type: str | None, source: CrawlSource, url: str, now: datetime) -> Reading:
    """One entry for each item, whole, as the reader of the register takes it. Raises NotAFeed."""
    results = read_object(body, content_type).get("results")
    if not isinstance(results, dict) or not isinstance(results.get("bindings"), list):
        raise NotAFeed("JSON without results, no answer of SPARQL")
    items: dict[str, list[Mapping[str, Any]]] = {}
    for row in items_of(results["bindings"]):
        cell = row.get("item")
        match = _ITEM.fullmatch(str(cell.get("value"))) if isinstance(cell, dict) else None
        if match is not None:
            items.setdefault(match[1], []).append(row)
    return Reading([_entry(item, rows) for item, rows in items.items()], complete=True)


def _entry(item: str, rows: list[Mapping[str, Any]]) -> Entry:
    ordered = sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))[:_MOST_ROWS]
    content = json.dumps({"item": item, "rows": ordered}, sort_keys=True)
    hints = FeedHints(title=f"{item} on Wikidata", content_html=content)
    return Entry(f"https://www.wikidata.org/wiki/{item}", item, None, hints, complete=True)
