"""Web pages that a browser saved: where they are from, and what an MHTML file (RFC 2557) holds of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from html import unescape
from urllib.parse import urlsplit

_LOOKED_AT = 200_000
_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d{4,}\)(https?://[^\s<>]{1,2000})\s*-->", re.IGNORECASE)
"""How Chrome, Edge and the Internet Explorer mark what they save."""
_SINGLE_FILE = re.compile(rb"Page saved with SingleFile\s+url:\s*(https?://[^\s<>]{1,2000})")
_OG_URL = re.compile(rb"<meta\s[^<>]*property=[\"']og:url[\"'][^<>]*>", re.IGNORECASE)
_CONTENT = re.compile(rb"content=[\"'](https?://[^\"'<>\s]{1,2000})[\"']", re.IGNORECASE)
_WECHAT = "mp.weixin.qq.com"
_MOST_PARTS = 20_000
"""Lines that may begin a part: each would cost the parser kilobytes."""


class NoPage(Exception):
    """An MHTML file without a page in it; the text says why."""


@dataclass(frozen=True, slots=True)
class SavedPage:
    """The page of an MHTML file: its bytes, their Content-Type, and the address it was saved from, where it says."""

    url: str | None
    content_type: str
    body: bytes


def address_of(body: bytes) -> str | None:
    """Where a saved HTML page says it is from: its browser's mark, or a WeChat article's own address.

    Other pages' og:url is left to the reader of pages, which knows when to believe it.
    """
    start = body[:_LOOKED_AT]
    for mark in (_SAVED_FROM, _SINGLE_FILE):
        if found := mark.search(start):
            return found[1].decode("utf-8", "replace")
    stated = _OG_URL.search(start)
    content = _CONTENT.search(stated[0]) if stated else None
    address = unescape(content[1].decode("utf-8", "replace")) if content else ""
    return address if _host(address) == _WECHAT else None


def read_mhtml(document: bytes) -> SavedPage:
    """The first HTML part of an MHTML document. Raises NoPage."""
    if document.count(b"\n--") > _MOST_PARTS:
        raise NoPage("it has more parts than any page")
    try:
        message = BytesParser(policy=policy.default).parsebytes(document)
        for part in message.walk():
            if part.get_content_type() in ("text/html", "application/xhtml+xml"):
                return _page(message, part)
    except (ValueError, LookupError, AttributeError, TypeError, IndexError, RecursionError) as error:
        raise NoPage(f"its parts cannot be told apart ({type(error).__name__})") from error
    raise NoPage("there is no web page in it")


def _page(message: EmailMessage, part: EmailMessage) -> SavedPage:
    body = part.get_payload(decode=True)
    if not isinstance(body, bytes) or not body.strip():
        raise NoPage("the web page in it is empty")
    charset = part.get_param("charset")
    content_type = f"text/html; charset={charset}" if isinstance(charset, str) else "text/html"
    stated = (part.get("Content-Location"), message.get("Snapshot-Content-Location"))
    url = next((address for each in stated if _host(address := str(each or "").strip())), None)
    return SavedPage(url, content_type, body)


def _host(address: str) -> str:
    """The host of an address of the web; empty for any other address (cid:, file:)."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return (parts.hostname or "") if parts.scheme in ("http", "https") else ""
