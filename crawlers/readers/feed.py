"""Reads RSS and Atom: feedparser on bytes; it never fetches, and gets a bounded document that declares no entities."""

from __future__ import annotations

import re
import xml.sax
from datetime import datetime
from html.entities import html5
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
from crawlers.readers.rhythm import read_rhythm
from db.model import FeedHints

LARGEST = 10 * 1024 * 1024
_LONGEST_CONTENT = 1_000_000
_LONGEST_SUMMARY = 100_000
_MOST_AUTHORS = 10
_WHOLE_ARTICLE = 400
"""A description of a source known for full texts is the text itself from this many characters on."""
_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]*(?:\[[^\]]*(?:\]\s*|\Z))?>?", re.IGNORECASE)
_CDATA = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)", re.DOTALL)
_TAG_OF_ANY_KIND = re.compile(rb"<(/?)[^<>]*?(/?)>")
_LONGEST_TAG = re.compile(rb"<[^<>]{524288}")
_MOST_TAGS = 500_000
_DEEPEST = 5000
_MANY_TAGS = 50_000
_ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_ROOT = re.compile(rb"<([a-zA-Z][\w:.-]*)")
_CLOSING = {b"rss": b"</channel></rss>", b"feed": b"</feed>", b"rdf:RDF": b"</rdf:RDF>"}
_MENDABLE = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?!(?:amp|lt|gt|quot|apos);)(?:#(?:\d{1,7}|x[0-9a-fA-F]{1,6});|\w{1,31};)?",
    re.DOTALL,
)
_MAILBOX = re.compile(r"[(<\[]?[^\s()<>\[\]]+@[^\s()<>\[\]]+[)>\]]?")
"""How RSS writes an author; feedparser's own pattern knows no long top-level domains and leaves their ends as names."""
_CUT_OFF = re.compile(
    r"(?:\[…\]|\[\.\.\.\]|…|\.\.\.|read more|continue reading|阅读全文|查看全文|继续阅读|阅读原文)\W*\Z", re.IGNORECASE
)
_TAG = re.compile(r"<[^<>]*>")


def read_feed(body: bytes, content_type: str | None, source: CrawlSource, url: str, now: datetime) -> Reading:
    """The entries of an RSS or Atom feed that came from `url` with this Content-Type. Raises NotAFeed."""
    document, cut = _bounded(utf8_document(unpacked(body, LARGEST), content_type))
    _check_shape(_CDATA.sub(b"", document))
    parsed = _parsed_or_mended(document, url)
    if not parsed.get("version") and not parsed.entries:
        raise NotAFeed(_what_it_is(document))
    entries = [_entry(found, source, url, now) for found in parsed.entries[:MOST_ENTRIES]]
    usable = [entry for entry in entries if entry is not None]
    problems = [f"looked at the first {MOST_ENTRIES} entries only"] if cut else []
    if not entries:
        problems.append("a feed without entries")
    if len(usable) < len(entries):
        problems.append(f"{len(entries) - len(usable)} of {len(entries)} entries without a link to a page")
    if _is_broken(parsed):
        problems.append(f"not well-formed: {_one_line(parsed.bozo_exception)}")
    complete = not _is_broken(parsed) and not cut
    return Reading(usable, complete, problems, read_rhythm(document, parsed.feed.get("ttl")))


def _check_shape(markup: bytes) -> None:
    """Raises NotAFeed for markup that would cost the parser hundreds of megabytes, and that no feed has."""
    tags = markup.count(b"<")
    if tags > _MOST_TAGS or _LONGEST_TAG.search(markup):
        raise NotAFeed("XML with more or longer tags than any feed")
    depth = 0
    for tag in _TAG_OF_ANY_KIND.finditer(markup) if tags > _MANY_TAGS else ():
        depth += -1 if tag[1] else 0 if tag[2] else 1
        if depth > _DEEPEST:
            raise NotAFeed("XML nested deeper than any feed")


def _parsed_or_mended(document: bytes, url: str) -> Any:
    """The document as it is where it is well-formed, else mended where that helps.

    Raises NotAFeed where feedparser fails on both: on what is not well-formed it raises whatever it comes to.
    """
    parsed, failure = None, "nothing"
    for mending in (False, True):
        try:
            attempt = _parsed(_MENDABLE.sub(_mend, document) if mending else document, url)
        except Exception as error:
            failure = f"{type(error).__name__}: {_one_line(error)}"
            continue
        if not _is_broken(attempt):
            return attempt
        parsed = parsed or attempt
    if parsed is None:
        raise NotAFeed(f"a document on which the feed parser fails ({failure})")
    return parsed


def _parsed(document: bytes, url: str) -> Any:
    headers = {"content-location": url, "content-type": "application/xml; charset=utf-8"}
    return feedparser.parse(
        BytesIO(document), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )


def _is_broken(parsed: Any) -> bool:
    """Whether the document is not well-formed, so that feedparser guessed; its other complaints do no harm."""
    return isinstance(parsed.get("bozo_exception"), xml.sax.SAXException)


def _mend(match: re.Match[bytes]) -> bytes:
    """A bare "&", HTML's own entities and numbers of no character as references XML knows; CDATA stays as it is."""
    if not match[0].startswith(b"&"):
        return match[0]
    if match[0].startswith(b"&#"):
        return match[0] if _is_character(match[0][2:-1]) else b"&#65533;"
    character = html5.get(match[0][1:].decode("ascii", "replace"))
    if character is not None:
        return b"".join(b"&#%d;" % ord(each) for each in character)
    return b"&amp;" + match[0][1:]


def _is_character(number: bytes) -> bool:
    """Whether a reference's number is that of a character that XML may hold."""
    code = int(number[1:], 16) if number.startswith(b"x") else int(number)
    return code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000


def _bounded(document: bytes) -> tuple[bytes, bool]:
    """The document without DOCTYPE, so that no entity can be declared; cut after MOST_ENTRIES, and whether it was."""
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
    said, several = str(found.get("author") or ""), found.get("authors", ())
    if len(several) < 2 and _MAILBOX.search(said):
        names = [plain(_MAILBOX.sub(" ", said).strip(" ()<>[],;"), 200)]
    else:
        names = [plain(each.get("name"), 200) for each in several] or [plain(said, 200)]
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
