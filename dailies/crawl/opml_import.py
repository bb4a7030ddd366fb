"""Turns the feeds of an OPML file into files of the user's own catalogue, each once, with a word about every line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import yaml
from pydantic import ValidationError

from crawlers.catalogue import Catalogued, what_is_wrong
from crawlers.opml import FeedOutline
from dailies.commands.output import write_whole
from db.nouns.source import SourceFields, usual_yield
from reports.escaping import terminal_text

_LONGEST_KEY = 60
_LONGEST_FOLDER = 80
_SAYS_NOTHING = re.compile(r"\b(?:feeds?|rss2?|atom|xml|index|php|html?|json|default|latest)\b")
_NO_FILE_NAME = re.compile(r'[\\/:*?"<>|]')
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one feed of the file: `done` in one word, `text` for a person."""

    number: int
    done: Literal["added", "known", "refused"]
    text: str


def import_feeds(
    feeds: Sequence[FeedOutline], known: Sequence[Catalogued], folder: Path, language: str
) -> Iterator[Imported]:
    """Write a file for every feed that the catalogue does not hold yet, below `folder`, in the folders of the OPML.

    `language` is taken where a feed says none that we read and its title is not in Chinese.
    """
    keys = {each.source.key for each in known}
    by_address = {_address(each.source.url): each.source.key for each in known}
    for feed in feeds:
        name = terminal_text(feed.title)
        if feed.url is None:
            written = terminal_text(feed.written)[:200]
            yield Imported(feed.number, "refused", f"{name}: {written!r} is no address of the web")
            continue
        address = _address(feed.url)
        if address in by_address:
            yield Imported(feed.number, "known", f"{name}: is here as {by_address[address]}")
            continue
        key = _free_key(feed.url, keys)
        try:
            source = SourceFields(
                key=key, title=name, kind=feed.kind, url=feed.url, language=_language(feed, language), tier="press"
            )
        except ValidationError as error:
            yield Imported(feed.number, "refused", f"{name}: {what_is_wrong(error)}")
            continue
        keys.add(key)
        by_address[address] = key
        place = folder.joinpath(*(_folder_name(each) for each in feed.folders))
        place.mkdir(parents=True, exist_ok=True)
        write_whole(place / f"{key}.yml", source_file(source).encode())
        yield Imported(feed.number, "added", f"{name}: {key}")


def source_file(source: SourceFields) -> str:
    """The text of the file that describes a source."""
    implied = {"key"}
    if source.expected_yield == usual_yield(source.tier, source.kind):
        implied.add("expected_yield")
    fields = source.model_dump(exclude_defaults=True, exclude=implied)
    order = ("title", "kind", "url", "language", "tier")
    fields = {**{name: getattr(source, name) for name in order}, **fields, "enabled": source.enabled}
    return yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=1000)


def _address(url: str) -> str:
    """An address as it is compared: http or https, with or without www and a slash at the end, are one."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    port = f":{parts.port}" if parts.port else ""
    return f"{host}{port}{parts.path.rstrip('/')}?{parts.query}"


def _free_key(url: str, taken: set[str]) -> str:
    parts = urlsplit(url)
    words = f"{(parts.hostname or '').removeprefix('www.')} {parts.path}".lower()
    key = re.sub(r"[^a-z0-9]+", "-", _SAYS_NOTHING.sub("", words)).strip("-")[:_LONGEST_KEY].strip("-") or "source"
    number = 1
    while (f"{key}-{number}" if number > 1 else key) in taken:
        number += 1
    return f"{key}-{number}" if number > 1 else key


def _folder_name(name: str) -> str:
    """A folder's name that no file system takes for anything else."""
    return _NO_FILE_NAME.sub("-", terminal_text(name))[:_LONGEST_FOLDER].strip(" .") or "folder"


def _language(feed: FeedOutline, otherwise: str) -> str:
    stated = (feed.language or "").lower().split("-")[0]
    if stated in ("en", "zh"):
        return stated
    return "zh" if _HAN.search(feed.title) else otherwise
