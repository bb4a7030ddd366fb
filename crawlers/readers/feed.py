"""Reads RSS and Atom: feedparser on bytes; it never fetches, and gets a bounded document that declares no entities."""

from __future__ import annotations

import re
import xml.sax
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from datetime import datetime
from io import BytesIO
from typing import Any

import feedparser

from crawlers.ports import CrawlSource, Entry
from crawlers.readers.reading import (
    MOST_ENTRIES,
    NotAFeed,
    Reading,
    entry_date,
    page_address,
    plain,
    storable,
    unpacked,
    utf8_document,
)
from db.model import FeedHints

LARGEST = 10 * 1024 * 1024
_LONGEST_CONTENT = 1_000_000
_LONGEST_SUMMARY = 100_000
_MOST_AUTHORS = 10
_WHOLE_ARTICLE = 400
"""A description of a source known for full texts is the text itself from this many characters on."""
_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>?", re.IGNORECASE | re.DOTALL)
_ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_ROOT = re.compile(rb"<([a-zA-Z][\w:.-]*)")
_CLOSING = {b"rss": b"</channel></rss>", b"feed": b"</feed>", b"rdf:RDF": b"</rdf:RDF>"}
_CUT_OFF = re.compile(
    r"(?:\[…\]|\[\.\.\.\]|…|\.\.\.|read more|continue reading|阅读全文|查看全文|继续阅读|阅读原文)\W*\Z", re.IGNORECASE
)
_TAG = re.compile(r"<[^<>]*>")


def read_feed(body: bytes, content_type: str | None, source: CrawlSource, url: str, now: datetime) -> Reading:
    """The entries of an RSS or Atom feed that came from `url` with this Content-Type. Raises NotAFeed."""
    document, cut = _bounded(unpacked(body, LARGEST))
    headers = {"content-location": url, **({"content-type": content_type} if content_type else {})}
    parsed = feedparser.parse(
        BytesIO(document), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    if not parsed.get("version") and not parsed.entries:
        raise NotAFeed(_what_it_is(document))
    entries = [_entry(found, source, url, now) for found in parsed.entries[:MOST_ENTRIES]]
    usable = [entry for entry in entries if entry is not None]
    problems = [f"looked at the first {MOST_ENTRIES} entries only"] if cut else []
    if len(usable) < len(entries):
        problems.append(f"{len(entries) - len(usable)} of {len(entries)} entries without a link to a page")
    broken = isinstance(parsed.get("bozo_exception"), xml.sax.SAXException)
    if broken:
        problems.append(f"not well-formed: {_one_line(parsed.bozo_exception)}")
    return Reading(usable, complete=not broken and not cut, problems=problems)


def _bounded(document: bytes) -> tuple[bytes, bool]:
    """The document without DOCTYPE, so that no entity can be declared; cut after MOST_ENTRIES, and whether it was."""
    if document.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        document = utf8_document(document)
    document = _DOCTYPE.sub(b"", document)
    for number, start in enumerate(_ENTRY.finditer(document)):
        if number == MOST_ENTRIES:
            root = _ROOT.search(document)
            return document[: start.start()] + _CLOSING.get(root[1] if root else b"", b""), True
    return document, False


def _entry(found: Any, source: CrawlSource, url: str, now: datetime) -> Entry | None:
    """One entry; None where it leads to no page."""
    guid = found.get("id")
    address = page_address(found.get("feedburner_origlink"), url) or page_address(found.get("link"), url)
    address = address or (page_address(guid, "") if isinstance(guid, str) else None)
    if address is None:
        return None
    raw = found.get("published") or found.get("updated") or found.get("created")
    raw = raw[:200] if isinstance(raw, str) else None
    date = entry_date(raw, source, now)
    summary = storable(found.get("summary"), _LONGEST_SUMMARY)
    content = _content(found) or (summary if source.full_text and _length(summary) >= _WHOLE_ARTICLE else None)
    hints = FeedHints(
        title=plain(found.get("title")),
        published=date.moment if date else None,
        published_precision=date.precision if date else "second",
        summary_html=summary,
        content_html=content,
        authors=_authors(found),
    )
    complete = source.full_text and content is not None and not _CUT_OFF.search(_TAG.sub("", content[-400:]))
    return Entry(address, plain(guid), plain(raw), hints, complete)


def _content(found: Any) -> str | None:
    """The longest text that the entry carries itself."""
    texts = [each.get("value") for each in found.get("content", ()) if "html" in each.get("type", "html")]
    return storable(max((text for text in texts if text), key=len, default=None), _LONGEST_CONTENT)


def _length(markup: str | None) -> int:
    return len(_TAG.sub("", markup)) if markup else 0


def _authors(found: Any) -> tuple[str, ...]:
    names = [plain(each.get("name"), 200) for each in found.get("authors", ())] or [plain(found.get("author"), 200)]
    return tuple(name for name in names if name)[:_MOST_AUTHORS]


def _what_it_is(document: bytes) -> str:
    """What stands where a feed should: for the person who has to mend the catalogue."""
    start = document[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start:
        return "an empty answer"
    if b"<html" in start or start.startswith(b"<!doctype html"):
        return "a web page"
    if start.startswith((b"{", b"[")):
        return "JSON"
    root = _ROOT.search(start)
    return f"an XML document <{root[1].decode('ascii', 'replace')[:40]}>" if root else "neither XML nor a web page"


def _one_line(error: object) -> str:
    return " ".join(str(error).split())[:200]
