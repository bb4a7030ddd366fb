"""What the sample web holds: its sites (sites.yml), and which article (articles.jsonl) stands where."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import yaml

HERE = Path(__file__).parent
PUBLIC_ORIGIN = "https://sample.example"
"""Where the sample web pretends to be: canonical links name it, so that an article's key does not hold a port."""

_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def public_url(url: str) -> str:
    """A sample page's lasting address: the loopback origin, port and all, becomes `PUBLIC_ORIGIN`.

    Any other address comes back unchanged.
    """
    parts = urlsplit(url)
    if parts.hostname not in _LOOPBACK:
        return url
    return urlunsplit((*urlsplit(PUBLIC_ORIGIN)[:2], *parts[2:]))


@dataclass(frozen=True, slots=True)
class SampleArticle:
    """One bundled article. Paragraphs of `text` are separated by a blank line."""

    id: str
    title: str
    text: str
    published: date
    language: str
    publisher: str
    url: str

    @property
    def number(self) -> int:
        """The running number at the end of the id."""
        return int(self.id.rsplit("_", 1)[1])

    @property
    def paragraphs(self) -> list[list[str]]:
        """The text as paragraphs of lines."""
        return [paragraph.split("\n") for paragraph in self.text.split("\n\n")]


@dataclass(frozen=True, slots=True)
class Feed:
    """How a site tells what is new: rss, atom or sitemap, with the whole text or a summary only."""

    kind: str
    path: str
    full_text: bool
    dates: str


@dataclass(frozen=True)
class Post:
    """An article on a site. `reprint_of` is the publisher a reprint names, None on the publisher's own site."""

    site: Site
    article: SampleArticle
    path: str
    tracked: bool

    @cached_property
    def published(self) -> datetime:
        """When this site put it up, on the article's own day in local time and in UTC; a reprint three hours later."""
        hour = 9 + self.article.number % 8 + (3 if self.reprint_of else 0)
        moment = time(hour, self.article.number * 7 % 60)
        return datetime.combine(self.article.published, moment, self.site.zone)

    @property
    def reprint_of(self) -> str | None:
        """The publisher whose article this is, where it is not the site's own."""
        return None if self.article.publisher == self.site.title else self.article.publisher

    @property
    def canonical(self) -> str:
        """The page's lasting address."""
        return PUBLIC_ORIGIN + self.path


@dataclass(frozen=True)
class Site:
    """One site of the sample web, under `/key/`."""

    key: str
    title: str
    tagline: str
    layout: str
    language: str
    utc_offset: int
    editor: str
    publishers: tuple[str, ...]
    feed: Feed
    path_pattern: str
    charset: str = "utf-8"
    charset_in: str = "both"
    also: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    tracked: tuple[str, ...] = ()

    @property
    def root(self) -> str:
        """The path every address of the site begins with."""
        return f"/{self.key}/"

    @property
    def feed_path(self) -> str:
        """The path of its feed."""
        return self.root + self.feed.path

    @property
    def zone(self) -> timezone:
        """Its local time."""
        return timezone(timedelta(hours=self.utc_offset))

    @cached_property
    def posts(self) -> list[Post]:
        """Its articles, newest first."""
        posts = [
            Post(self, article, self._path_of(article), article.id in self.tracked)
            for article in load_articles()
            if article.publisher in self.publishers or article.id in self.also
        ]
        return sorted(posts, key=lambda post: (post.published, post.path), reverse=True)

    def _path_of(self, article: SampleArticle) -> str:
        tail = self.path_pattern.format(
            year=article.published.year,
            month=f"{article.published:%m}",
            day=f"{article.published:%d}",
            short_day=f"{article.published:%y%m%d}",
            slug=urlsplit(article.url).path.rsplit("/", 1)[1],
            number=1000 + article.number,
            hash=sha256(article.id.encode()).hexdigest()[:8],
        )
        return self.root + ("members/" if article.id in self.members else "") + tail


@cache
def load_articles() -> tuple[SampleArticle, ...]:
    """All bundled articles, in the order of the file."""
    lines = (HERE / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(_article(json.loads(line)) for line in lines)


def _article(row: dict[str, str]) -> SampleArticle:
    fields = {name: row[name] for name in ("id", "title", "text", "publisher", "url")}
    return SampleArticle(**fields, published=date.fromisoformat(row["published"]), language=row["lang"])


@cache
def load_sites() -> dict[str, Site]:
    """All sites by key, in the order of the table."""
    tables = yaml.safe_load((HERE / "sites.yml").read_text(encoding="utf-8"))
    return {key: _site(key, row, tables["paths"]) for key, row in tables["sites"].items()}


def _site(key: str, row: dict[str, Any], paths: dict[str, str]) -> Site:
    feed = Feed(**row.pop("feed"))
    fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    return Site(key=key, feed=feed, path_pattern=paths[row["layout"]], **fields)


def all_posts() -> Iterator[Post]:
    """Every page of an article, site by site."""
    for site in load_sites().values():
        yield from site.posts
