"""What came from outside, made harmless for the place it is shown in: terminal, Markdown, spreadsheet, link, file name.

HTML is escaped by jinja2's autoescape; there too, use `terminal_text` for what stands in a sentence and `safe_url` for
what stands in a link.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit

from db.nouns.identity import digest

_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Characters that turn text around or hide in it: bidirectional controls, zero-width spaces, tags (Unicode TR 36)."""
_SPACES = re.compile(r"[\s\x85\u2028\u2029]+")
_CONTROLS = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\u2421"}
_CONTROLS |= dict.fromkeys(range(0x80, 0xA0), "\ufffd") | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "|", "%")
"""What makes a spreadsheet calculate a cell, full-width forms included (OWASP, CSV Injection)."""
_MARKDOWN_INLINE = re.compile(r"[\\`*_\[\]<>|~&]")
_MARKDOWN_BLOCK = re.compile(r"\A(#{1,6}(?=\s|\Z)|[-+=]|\d{1,9}(?=[.)](?:\s|\Z)))")
_PLAIN_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
_RESERVED_NAME = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_URL_SAFE = "%/:=&?~#+!$,;'@*"


def terminal_text(text: str) -> str:
    """The text on one line, as plain as it looks: controls become visible signs, what is invisible goes."""
    visible = _SPACES.sub(" ", _INVISIBLE.sub("", text)).translate(_CONTROLS)
    return unicodedata.normalize("NFC", visible).strip()


def shortened(text: str, limit: int) -> str:
    """The text in at most `limit` characters, cut at a word where there is one near, with an ellipsis."""
    if len(text) <= limit:
        return text
    space = text.rfind(" ", limit * 2 // 3, limit)
    return text[: space if space > 0 else limit - 1].rstrip() + "…"


def spreadsheet_text(text: str) -> str:
    """Text for a CSV cell: on one line, and behind an apostrophe where a spreadsheet would take it for a formula.

    A sign alone calculates nothing.
    """
    plain = terminal_text(text)
    return f"'{plain}" if len(plain) > 1 and plain.startswith(_FORMULA_STARTS) else plain


def markdown_text(text: str) -> str:
    """Text that Markdown (CommonMark and tables of GitHub's) shows as it is, on one line."""
    escaped = _MARKDOWN_INLINE.sub(r"\\\g<0>", terminal_text(text))
    block = _MARKDOWN_BLOCK.match(escaped)
    if block is None:
        return escaped
    if block[0][0].isdigit():
        return f"{block[0]}\\{escaped[block.end() :]}"
    return f"\\{escaped}"


def markdown_link(text: str, url: str | None) -> str:
    """A Markdown link, or only its text where the address is none a reader may safely follow."""
    address = safe_url(url)
    return f"[{markdown_text(text)}]({address})" if address else markdown_text(text)


def safe_url(url: str | None) -> str | None:
    """The address, percent-encoded where need be, when it is http(s) with a host; None for anything else."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    return quote(_LONE_PERCENT.sub("%25", _INVISIBLE.sub("", url)), safe=_URL_SAFE, errors="replace")


def file_name(text: str) -> str:
    """A name safe on every file system, without a suffix: the text itself where it is plain (a-z, 0-9, hyphen).

    Otherwise what is plain of it and a digest of the whole, so that two texts never share a name.
    """
    if _PLAIN_NAME.fullmatch(text) and not _RESERVED_NAME.fullmatch(text):
        return text
    plain = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:40].strip("-")
    return f"{plain or 'name'}-{digest(text)[:8]}"
