"""Parsing a page with a parser in C, made safe first against nesting that would cost it quadratic time or memory."""

from __future__ import annotations

import re
from collections import Counter

from selectolax.lexbor import LexborHTMLParser

_MANY_TAGS = 20_000
_MOST_DEEP = 256
_MOST_FORMATTING = 16
_MOST_UNCLOSED = 200
"""Limits no article comes near (181 real pages: 3,229 tags, 124 unclosed); beyond them start tags are dropped."""
_FORMATTING_TAG = re.compile(r"<(/?)(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s>])", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)[^<>]*>?")
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{50000}")
"""Attributes are compared pair by pair, so a tag with very many is cut to its name."""
_LONGEST_TAG = 20_000
_FORMATTING = frozenset(
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]
)
_NEVER_NESTED = frozenset(
    (
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"),
        *("dd", "dt", "li", "option", "p", "td", "th", "tr"),
    )
)


def parse_page(html: str) -> LexborHTMLParser:
    """The parsed page; in linear time, whatever the text."""
    return LexborHTMLParser(_flattened(html) if _needs_flattening(html) else html)


def _needs_flattening(html: str) -> bool:
    if html.count("<") > _MANY_TAGS or _LONG_TAG.search(html):
        return True
    closings = Counter(_FORMATTING_TAG.findall(html))
    return closings[""] - closings["/"] > _MOST_UNCLOSED


def _flattened(html: str) -> str:
    """The page without the start tags that nest deeper than `_MOST_DEEP`, formatting ones than `_MOST_FORMATTING`."""
    is_open: Counter[str] = Counter()
    depth = {True: 0, False: 0}
    most = {True: _MOST_FORMATTING, False: _MOST_DEEP}

    def keep(match: re.Match[str]) -> str:
        name = match[2].lower()
        if match.end() - match.start() > _LONGEST_TAG:
            return f"<{name}>"
        if name in _NEVER_NESTED:
            return match[0]
        formatting = name in _FORMATTING
        if match[1]:
            if is_open[name]:
                is_open[name] -= 1
                depth[formatting] -= 1
            return match[0]
        if depth[formatting] >= most[formatting]:
            return " "
        is_open[name] += 1
        depth[formatting] += 1
        return match[0]

    return _TAG.sub(keep, html)
