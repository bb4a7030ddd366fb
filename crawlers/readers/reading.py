"""What every reader of a feed gives back, and what all of them have to do with text that comes from outside."""

from __future__ import annotations

import html
import re
import zlib
from codecs import BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from urllib.parse import urljoin, urlsplit

from crawlers.ports import CrawlSource, Entry, Rhythm
from crawlers.readers.dates import FeedDate, read_date

MOST_ENTRIES = 1000
"""So many of a feed are looked at: a news sitemap may hold as many (Google's limit), and no feed of ours a tenth."""
LONGEST_URL = 2000
_LONGEST_TITLE = 1000
_ZONE_OF_LANGUAGE = {"zh": timezone(timedelta(hours=8))}
_TAG = re.compile(r"<[^<>]*>")
_DECLARATION = re.compile(rb"""\A\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["'][^>]*\?>""")
_TEXT_DECLARATION = re.compile(r"\A<\?xml[^>]*\?>\s*")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_SHIFTING = ("iso-2022-", "hz")
"""Encodings that are made of ASCII bytes."""
_GB = frozenset({"gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936"})
_UNSTORABLE = {0: None, **dict.fromkeys(range(0xD800, 0xE000), "�")}
"""NUL and lone surrogates, which no database takes."""
_ANY_TIME = Rhythm()


class NotAFeed(Exception):
    """What came is no feed of the kind that was asked for; the text says what it is instead."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A feed as read, in its own order. `complete`: nothing was cut off or unreadable; `problems`: what was.

    `more` are addresses at which the source goes on: an index's sitemaps, a list's next page, the feeds of a web page.
    """

    entries: Sequence[Entry]
    complete: bool
    problems: Sequence[str] = ()
    rhythm: Rhythm = _ANY_TIME
    more: Sequence[str] = ()


def zone_of(source: CrawlSource) -> tzinfo | None:
    """The zone of a source's dates that name none: China's for Chinese sources, unknown for others."""
    return _ZONE_OF_LANGUAGE.get(source.language)


def entry_date(raw: str | None, source: CrawlSource, now: datetime) -> FeedDate | None:
    """When an entry says it was published."""
    return read_date(raw, zone_of(source), now) if raw else None


def page_address(link: object, base: str) -> str | None:
    """The http(s) address that a link in a document at `base` leads to; None for any other link, and one to itself."""
    if not isinstance(link, str) or not link.strip():
        return None
    try:
        address = urljoin(base, link.strip().translate(_UNSTORABLE))
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and parts.hostname and not parts.username
        parts.port  # noqa: B018  raises ValueError where it is no number
    except ValueError:
        return None
    return address if usable and address != base and len(address) <= LONGEST_URL else None


def plain(text: object, longest: int = _LONGEST_TITLE) -> str | None:
    """A title or name without markup on one line; None where nothing is left of it."""
    if not isinstance(text, str):
        return None
    words = html.unescape(_TAG.sub("", text[: longest * 2])).translate(_UNSTORABLE).split()
    return " ".join(words)[:longest] or None


def storable(markup: object, longest: int) -> str | None:
    """Markup as it may be kept: without what no database takes, at most `longest` characters; None if empty."""
    if not isinstance(markup, str):
        return None
    return markup[:longest].translate(_UNSTORABLE).strip() or None


def utf8_document(document: bytes, content_type: str | None = None) -> bytes:
    """An XML document as UTF-8 without its XML declaration, whatever it says of itself.

    Bytes that are UTF-8 are UTF-8: no text in another encoding happens to be. Otherwise the first of the document's and
    the header's statements under which every byte makes sense; GBK and GB2312 are read as GB18030, which holds both.
    """
    declared = _DECLARATION.match(document)
    header = _CHARSET.search(content_type or "")
    stated = [name.lower() for name in (declared and declared[1].decode(), header and header[1]) if name]
    shifting = [name for name in stated if name.startswith(_SHIFTING)]
    encodings = [*_by_first_bytes(document), *shifting, "utf-8-sig", *stated]
    encodings = ["gb18030" if name in _GB else name for name in encodings]
    text = next((text for name in encodings if (text := _decoded(document, name)) is not None), None)
    if text is None:
        text = _decoded(document, encodings[-1], "replace") or document.decode("utf-8", "replace")
    return _TEXT_DECLARATION.sub("", text.lstrip("\ufeff \t\r\n"), count=1).encode("utf-8", "replace")


def _by_first_bytes(document: bytes) -> list[str]:
    """UTF-16 and 32, which show in how a document begins: by a byte order mark, or by a NUL beside the first "<"."""
    for start, encoding in (
        (BOM_UTF32_LE, "utf-32"),  # begins as UTF-16 does
        (BOM_UTF32_BE, "utf-32"),
        (BOM_UTF16_LE, "utf-16"),
        (BOM_UTF16_BE, "utf-16"),
        (b"<\0", "utf-16-le"),
        (b"\0<", "utf-16-be"),
    ):
        if document.startswith(start):
            return [encoding]
    return []


def _decoded(document: bytes, encoding: str, errors: str = "strict") -> str | None:
    try:
        return document.decode(encoding, errors)
    except (LookupError, UnicodeError, ValueError):
        return None


def unpacked(body: bytes, largest: int) -> bytes:
    """A body without the gzip that its header did not mention. Raises NotAFeed where it is damaged or larger."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    unzip = zlib.decompressobj(wbits=31)
    try:
        content = unzip.decompress(body, largest)
    except zlib.error as error:
        raise NotAFeed(f"a damaged gzip file: {error}") from error
    if not unzip.eof:
        raise NotAFeed("a gzip file that is cut off, or larger than we take when unpacked")
    return content
