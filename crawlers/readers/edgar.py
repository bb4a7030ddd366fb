"""Reads the SEC's lists of Form D filings: of the hundreds a day, those whose issuer is a company we know."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from crawlers.ports import CrawlSource, Entry
from crawlers.readers.feed import read_feed
from crawlers.readers.json_document import items_of, read_object
from crawlers.readers.reading import Reading, entry_date, plain
from db.knowledge.curated import load_knowledge
from db.model import FeedHints

ARCHIVES = "https://www.sec.gov/Archives/edgar/data/"
PER_PAGE = 100
_TITLE = re.compile(r"D(?:/A)? - (?P<name>.+) \((?P<cik>\d{10})\) \([^()]*\)")
"""An entry of the list: form, name, CIK and role."""
_DISPLAYED = re.compile(r"(?P<name>.+?)(?:  \([^()]*\))*  \(CIK (?P<cik>\d{10})\)")
"""A name of the search: two spaces before each bracket; brackets after one space belong to the name."""
_ACCESSION = re.compile(r"(\d{10})-(\d{2})-(\d{6})")
_FAR_ENOUGH = timedelta(hours=30)
"""A daily run reads back so far; behind the list's end there is an error page, which must not be asked for."""
_MOST_SEARCHED = 500


def read_form_d_list(body: bytes, content_type: str | None, source: CrawlSource, url: str, now: datetime) -> Reading:
    """The filings of the list of the latest ones (Atom), and its next page while that may still be of today.

    Raises NotAFeed.
    """
    listed = read_feed(body, content_type, source, url, now)
    found: dict[str, Entry] = {}
    for entry in listed.entries:
        match = _TITLE.fullmatch(entry.hints.title or "")
        accession = _ACCESSION.search(entry.guid or entry.url)
        if match is None or accession is None or not _is_ours(match["name"]):
            continue
        folder = urljoin(entry.url, f"/Archives/edgar/data/{int(match['cik'])}/")
        found.setdefault(accession[0], _filing(folder, accession[0], match[0], entry.published_raw, source, now))
    oldest = min((each.hints.published for each in listed.entries if each.hints.published), default=None)
    goes_on = len(listed.entries) >= PER_PAGE and oldest is not None and now - oldest < _FAR_ENOUGH
    more = [_next_page(url, "start")] if goes_on else []
    return Reading(list(found.values()), listed.complete, listed.problems, more=more)


def read_form_d_search(body: bytes, content_type: str | None, source: CrawlSource, url: str, now: datetime) -> Reading:
    """The filings of a full-text search (JSON), and its next page. Raises NotAFeed."""
    answer = read_object(body, content_type)
    hits = answer.get("hits")
    hits = items_of(hits.get("hits")) if isinstance(hits, dict) else []
    found: dict[str, Entry] = {}
    for hit in hits:
        fields = hit.get("_source")
        if not isinstance(fields, dict) or fields.get("form") not in ("D", "D/A"):
            continue
        accession = _ACCESSION.fullmatch(str(fields.get("adsh")))
        names = fields.get("display_names")
        matches = [_DISPLAYED.fullmatch(str(name)) for name in names] if isinstance(names, list) else []
        issuer = next((match for match in matches if match and _is_ours(match["name"])), None)
        if accession is None or issuer is None:
            continue
        title = f"{fields['form']} - {issuer['name']} ({issuer['cik']})"
        folder = f"{ARCHIVES}{int(issuer['cik'])}/"
        filed = plain(fields.get("file_date"), 20)
        found.setdefault(accession[0], _filing(folder, accession[0], title, filed, source, now))
    so_far = int(dict(parse_qsl(urlsplit(url).query)).get("from", "0") or 0) + len(hits)
    more = [_next_page(url, "from")] if len(hits) >= PER_PAGE and so_far < _MOST_SEARCHED else []
    return Reading(list(found.values()), complete=True, more=more)


def search_addresses(source: CrawlSource, now: datetime) -> list[str]:
    """The search for the filings of the last four days: a weekend lies between two working days."""
    days = {"startdt": f"{now - timedelta(days=4):%Y-%m-%d}", "enddt": f"{now:%Y-%m-%d}"}
    asked = {"q": "", "forms": "D,D/A", "dateRange": "custom", **days, "from": "0"}
    return [f"{source.url}?{urlencode(asked)}"]


def _is_ours(name: str) -> bool:
    return load_knowledge().company_of_legal_name(name) is not None


def _filing(folder: str, accession: str, title: str, filed: str | None, source: CrawlSource, now: datetime) -> Entry:
    date = entry_date(filed, source, now)
    hints = FeedHints(
        title=title,
        published=date.moment if date else None,
        published_precision=date.precision if date else "second",
    )
    address = f"{folder}{accession.replace('-', '')}/primary_doc.xml"
    return Entry(address, accession, filed, hints, complete=False)


def _next_page(url: str, name: str) -> str:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    start = query.get(name, "0")
    query[name] = str((int(start) if start.isdecimal() else 0) + PER_PAGE)
    return urlunsplit(parts._replace(query=urlencode(query)))
