"""What a page's markup says about the article: meta tags, JSON-LD, headings, marked elements. Raw, nothing decided."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.pages.json_ld import read_json_ld

_MOST_SCRIPTS = 20
_MOST_TIMES = 5
_LONGEST_VALUE = 2_000
_MARKED = {
    "published": '[itemprop="datePublished"], [id*="pubtime_baidu"], [class~="dt-published"], time[pubdate]',
    "source": '[id*="source_baidu"]',
    "author": '[itemprop="author"], [rel="author"], [id*="author_baidu"], [class~="p-author"], [class~="byline-name"]',
    "account": "#js_name, .wx_follow_nickname",
}
"""Elements that sites mark for machines: microdata, h-entry, Baidu News' ids, WeChat's account name."""
_WECHAT_TIME = re.compile(r"\bct\s*=\s*[\"'](\d{10})[\"']")


@dataclass(frozen=True, slots=True)
class Head:
    """The markup's statements. `metas`: content by lower-case property, name or itemprop, the first of each.

    `marked`: texts of `_MARKED` elements by kind. `times`: `datetime` attributes of the first <time> elements.
    """

    metas: Mapping[str, str]
    article: Mapping[str, Any]
    title: str
    headings: tuple[str, ...]
    times: tuple[str, ...]
    marked: Mapping[str, tuple[str, ...]]
    canonical: str
    language: str


def read_head(parser: LexborHTMLParser) -> Head:
    """Read a parsed page's statements about itself. Leaves the page as it is."""
    scripts = parser.css('script[type="application/ld+json"]')[:_MOST_SCRIPTS]
    canonical = parser.css_first('link[rel="canonical"]')
    root = parser.css_first("html")
    times = [node.attributes.get("datetime") or "" for node in parser.css("time[datetime]")[:_MOST_TIMES]]
    return Head(
        metas=_metas(parser),
        article=read_json_ld(script.text() for script in scripts),
        title=_text(parser.css_first("title")),
        headings=tuple(text for node in parser.css("h1")[:_MOST_TIMES] if (text := _text(node))),
        times=tuple(time for time in times if time),
        marked={kind: _marked(parser, selector) for kind, selector in _MARKED.items()},
        canonical=(canonical.attributes.get("href") or "") if canonical is not None else "",
        language=(root.attributes.get("lang") or "") if root is not None else "",
    )


def wechat_time(html: str) -> str:
    """The time a WeChat page's script holds, in seconds since 1970; "" where there is none."""
    match = _WECHAT_TIME.search(html)
    return match[1] if match else ""


def _metas(parser: LexborHTMLParser) -> dict[str, str]:
    metas: dict[str, str] = {}
    for node in parser.css("meta[content]"):
        attributes = node.attributes
        content = (attributes.get("content") or "").strip()
        for key in ("property", "name", "itemprop"):
            name = attributes.get(key)
            if name and content:
                metas.setdefault(name.lower(), content[:_LONGEST_VALUE])
    return metas


def _marked(parser: LexborHTMLParser, selector: str) -> tuple[str, ...]:
    nodes = parser.css(selector)[:_MOST_TIMES]
    values = (node.attributes.get("content") or node.attributes.get("datetime") or _text(node) for node in nodes)
    return tuple(value[:_LONGEST_VALUE] for value in values if value)


def _text(node: LexborNode | None) -> str:
    return " ".join(node.text(separator=" ").split())[:_LONGEST_VALUE] if node is not None else ""
