"""Reads lists of articles that stand as JSON in a page's scripts, or are all of an answer: newsrooms without feeds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from scrapy.selector import Selector
from w3lib.encoding import html_to_unicode

from crawlers.ports import CrawlSource, Entry
from crawlers.readers.json_document import items_of
from crawlers.readers.reading import MOST_ENTRIES, NotAFeed, Reading, entry_date, page_address, plain
from db.model import FeedHints

_FLIGHT = re.compile(r"self\.__next_f\.push\(")
_FLIGHT_CHUNK = re.compile(r"self\.__next_f\.push\(\[\s*1\s*,\s*(?=\")")
"""Next.js sends its state as JSON strings in several calls; only what they hold together is JSON again."""
_NAME_IN_BRACES = re.compile(r"\{([\w.-]+)\}")
_TITLES = ("title", "name", "headline")
_SAFE = "-._~"
_SAFE_IN_ADDRESS = _SAFE + ":/?#[]@!$&'()*+,;=%"
_MOST_LISTS = 50
"""A page of more arrays of one name means harm: each is parsed."""


def read_embedded(body: bytes, content_type: str | None, source: CrawlSource, url: str, now: datetime) -> Reading:
    """The articles of the longest array named `source.items`, at the addresses that `source.page` makes of them.

    In a JSON document the name may be a path ("data.list"). Raises NotAFeed where there is no such array.
    """
    path = (source.items or "").split(".")
    items = _longest(_arrays(body, content_type, path))
    if not items:
        raise NotAFeed(f"holds no list named {source.items!r}: it has changed, or scripts fetch it later")
    found = [_entry(item, source, url, now) for item in items[:MOST_ENTRIES]]
    entries = {entry.url: entry for entry in found if entry is not None}
    missing = sum(entry is None for entry in found)
    problems = [f"{missing} of {len(found)} articles without an address"] if missing else []
    return Reading(list(entries.values()), complete=len(items) <= MOST_ENTRIES, problems=problems)


def _longest(arrays: Iterator[list[Mapping[str, Any]]]) -> list[Mapping[str, Any]]:
    return max(arrays, key=len, default=[])


def _arrays(body: bytes, content_type: str | None, path: Sequence[str]) -> Iterator[list[Mapping[str, Any]]]:
    """The candidates: one in a JSON document, any number in a page's scripts."""
    if body.lstrip()[:1] in (b"{", b"["):
        try:
            yield items_of(_value(json.loads(body), path))
        except (ValueError, RecursionError) as error:
            raise NotAFeed(f"no JSON: {error}") from error
        return
    _, text = html_to_unicode(content_type, body)
    scripts = Selector(text=text, type="html").css("script::text").getall()
    begins = re.compile(rf'"{re.escape(path[-1])}"\s*:\s*(?=\[)')
    decoder = json.JSONDecoder(strict=False)
    for script in [_flight(scripts), *(each for each in scripts if not _FLIGHT.search(each))]:
        for number, match in enumerate(begins.finditer(script)):
            if number == _MOST_LISTS:
                break
            try:  # it knows where the array ends, which brackets inside of texts do not tell
                yield items_of(decoder.raw_decode(script, match.end())[0])
            except (ValueError, RecursionError):
                continue


def _flight(scripts: Sequence[str]) -> str:
    """What Next.js's chunks hold together."""
    parts: list[str] = []
    decoder = json.JSONDecoder(strict=False)
    for script in scripts:
        for match in _FLIGHT_CHUNK.finditer(script):
            try:
                part, _ = decoder.raw_decode(script, match.end())
            except ValueError:
                continue
            if isinstance(part, str):
                parts.append(part)
    return "".join(parts)


def _value(found: Any, path: Sequence[str]) -> Any:
    """What lies at a path of names; None where there is nothing."""
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _entry(item: Mapping[str, Any], source: CrawlSource, url: str, now: datetime) -> Entry | None:
    """One article; None where a value that its address needs is missing."""
    address = page_address(_address(item, source.page or ""), url)
    if address is None:
        return None
    raw = plain(str(_value(item, source.dated.split("."))), 100) if source.dated else None
    date = entry_date(raw, source, now)
    hints = FeedHints(
        title=next((title for name in _TITLES if (title := plain(_value(item, [name])))), None),
        published=date.moment if date else None,
        published_precision=date.precision if date else "second",
    )
    return Entry(address, None, raw if raw != "None" else None, hints, complete=False)


def _address(item: Mapping[str, Any], page: str) -> str | None:
    """The address of an article: each {name} replaced by the item's value, which may be a whole address itself."""
    safe = _SAFE_IN_ADDRESS if page.startswith("{") else _SAFE
    made, place = "", 0
    for match in _NAME_IN_BRACES.finditer(page):
        value = _value(item, match[1].split("."))
        if not isinstance(value, str | int) or isinstance(value, bool) or not str(value).strip():
            return None
        made += page[place : match.start()] + quote(str(value).strip(), safe=safe, errors="replace")
        place = match.end()
    return made + page[place:]
