"""Reads the UK's Companies House: a search that finds a company's number, then the filings of that company."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

from crawlers.ports import CrawlSource, Entry
from crawlers.readers.json_document import items_of, read_object
from crawlers.readers.reading import NotAFeed, Reading, entry_date, plain
from db.knowledge.curated import KnownCompany, load_knowledge
from db.model import FeedHints

PUBLIC = "https://find-and-update.company-information.service.gov.uk"
_READ = ("capital-allotment", "gazette-", "liquidation-")
"""How the keys of the filings begin that are kept; of the others, many are about persons."""
_KEPT = ("type", "date", "action_date", "description", "description_values", "category", "transaction_id")
_NAME = "company_name"


def search_addresses(source: CrawlSource, now: datetime) -> list[str]:
    """A search for each British company we know."""
    companies = [each for each in load_knowledge().companies if each.country == "GB" and each.kind == "startup"]
    return [f"{source.url}/search/companies?items_per_page=20&q={quote(_asked_for(each))}" for each in companies]


def _asked_for(company: KnownCompany) -> str:
    return company.legal_name or company.name


def read_register(body: bytes, content_type: str | None, source: CrawlSource, url: str, now: datetime) -> Reading:
    """Of a search, the addresses of the filings of companies we know by their legal names; of those, the filings.

    Raises NotAFeed.
    """
    answer = read_object(body, content_type)
    if urlsplit(url).path.startswith("/search/"):
        return Reading((), complete=False, more=_histories(answer, url))
    if not isinstance(answer.get("items"), list):
        raise NotAFeed("JSON without items, no filing history")
    number = urlsplit(url).path.split("/")[2]
    name = unquote(urlsplit(url).fragment) or None
    entries = [_entry(item, number, name, source, now) for item in items_of(answer["items"])]
    return Reading([entry for entry in entries if entry is not None], complete=True)


def _histories(answer: Mapping[str, Any], url: str) -> list[str]:
    """The addresses of the filings of those found that are ours; the fragment, never sent, carries the name along."""
    found = []
    for item in items_of(answer.get("items")):
        name, number = plain(item.get("title")), plain(item.get("company_number"), 20)
        if name and number and number.isalnum() and load_knowledge().company_of_legal_name(name) is not None:
            found.append(urljoin(url, f"/company/{number}/filing-history?items_per_page=100#{quote(name)}"))
    return found


def _entry(item: Mapping[str, Any], number: str, name: str | None, source: CrawlSource, now: datetime) -> Entry | None:
    """A filing whole, as the reader of the register takes it; None for one of a kind that is not kept."""
    description, transaction = plain(item.get("description")), plain(item.get("transaction_id"), 60)
    if not description or not transaction or not description.startswith(_READ):
        return None
    raw = plain(item.get("date"), 20)
    date = entry_date(raw, source, now)
    kept = {key: item[key] for key in _KEPT if key in item}
    content = json.dumps({_NAME: name, "company_number": number, "filing": kept}, sort_keys=True)
    hints = FeedHints(
        title=f"{name}: {description}",
        published=date.moment if date else None,
        published_precision="day",
        content_html=content,
    )
    address = f"{PUBLIC}/company/{number}/filing-history/{quote(transaction, safe='')}/document?format=pdf"
    return Entry(address, transaction, raw, hints, complete=True)
