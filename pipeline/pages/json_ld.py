"""What a page says about itself in JSON-LD, read with tolerance for how sites really write it, and within bounds."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_MOST_TEXT = 1_000_000
_MOST_NODES = 2_000
_ARTICLE = re.compile(r"(?:Article|BlogPosting|PressRelease|Report|LiveBlogPosting|ReportageNewsArticle)\Z")
_WEB_PAGE = re.compile(r"(?:WebPage|ItemPage|VideoObject|CreativeWork)\Z")
_WRAPPING = re.compile(r"\A\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*\Z")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_FIELD = re.compile(r'"(headline|datePublished|articleBody)"\s*:\s*"((?:[^"\\]|\\.)*)"')
_TAG = re.compile(r"<[^<>]*>")


def read_json_ld(scripts: Iterable[str]) -> Mapping[str, Any]:
    """The properties of the article a page describes; empty where it describes none.

    A web page's or video's properties stand in for an article's where there is none. Never raises.
    """
    article: dict[str, Any] = {}
    page: dict[str, Any] = {}
    for script in scripts:
        for node in _nodes(_parse(script[:_MOST_TEXT])):
            kinds = [kind for kind in _as_list(node.get("@type")) if isinstance(kind, str)]
            if any(_ARTICLE.search(kind) for kind in kinds) or (not kinds and "headline" in node):
                article = {**node, **article}
            elif any(_WEB_PAGE.search(kind) for kind in kinds):
                page = {**node, **page}
    return article or page


def text_of(value: Any) -> str:
    """The text of a property: entities undone, tags taken out, white space collapsed; "" where it is no text."""
    if isinstance(value, list):
        value = next((one for one in value if isinstance(one, str)), "")
    if not isinstance(value, str):
        return ""
    return " ".join(_TAG.sub(" ", html.unescape(value[:_MOST_TEXT])).split())


def names_of(value: Any) -> list[str]:
    """The names of persons or organisations in a property: a text, an object with a name, or a list of these."""
    names = [text_of(one.get("name") if isinstance(one, dict) else one) for one in _as_list(value)[:20]]
    return [name for name in names if name]


def is_locked(node: Mapping[str, Any]) -> bool:
    """Whether the article says that it, or a part of it, is not free to read."""
    parts = [part for part in _as_list(node.get("hasPart")) if isinstance(part, dict)]
    return any(str(one.get("isAccessibleForFree", "")).lower() == "false" for one in (node, *parts))


def _parse(script: str) -> Any:
    text = _WRAPPING.sub("", script).strip().rstrip(";")
    for attempt in (text, _TRAILING_COMMA.sub("", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return {name: _unescaped(value) for name, value in reversed(_FIELD.findall(text))} or None


def _unescaped(value: str) -> str:
    try:
        return str(json.loads(f'"{value}"', strict=False))
    except ValueError:
        return value


def _nodes(root: Any) -> Iterator[dict[str, Any]]:
    """The objects of a document, breadth first through lists, @graph and mainEntity; at most `_MOST_NODES`."""
    waiting = [root]
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting += node[:_MOST_NODES]
        elif isinstance(node, dict):
            yield node
            waiting += [node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in node]


def _as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
