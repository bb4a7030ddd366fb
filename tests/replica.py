"""A web of generated sources on loopback: feeds and pages of realistic sizes around our sample texts."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape

from crawlers.crawl import CrawlSettings
from dailies.sample_web.catalogue import SampleArticle, load_articles
from db.nouns.source import SourceFields
from tests.small_web import Answer, Asked, SmallWeb, small_web

KINDS = ("rss", "rss", "rss", "rss", "atom", "rss", "sitemap", "json", "rss", "listing")
"""What a catalogue of feeds is made of, roughly."""
WITHOUT_VALIDATORS = 5
"""Every so manyth source sends none."""


@dataclass
class Story:
    """One article on one site."""

    path: str
    title: str
    paragraphs: list[str]
    published: datetime


@dataclass
class Site:
    """One source: its kind, whether it sends validators, whether its feed carries whole texts, and what it published."""

    key: str
    kind: str
    language: str = "en"
    validators: bool = True
    full_text: bool = False
    shown: int = 10
    stories: list[Story] = field(default_factory=list)

    @property
    def feed_path(self) -> str:
        return f"/{self.key}/feed"

    def newest(self) -> list[Story]:
        return sorted(self.stories, key=lambda story: story.published, reverse=True)[: self.shown]


class Replica:
    """The sites, served; what they publish later is there at the next request."""

    def __init__(self, web: SmallWeb) -> None:
        self.web = web
        self.sites: dict[str, Site] = {}

    def add(self, site: Site) -> Site:
        self.sites[site.key] = site
        self.web.routes[site.feed_path] = lambda asked: self._feed(site, asked)
        return site

    def publish(self, site: Site, story: Story) -> None:
        site.stories.append(story)
        page = page_of(story, self.web.base)
        self.web.routes[story.path] = lambda asked: answered(page, "text/html; charset=utf-8", site.validators, asked)

    def source(self, site: Site) -> SourceFields:
        """The site as the catalogue would describe it."""
        return SourceFields(
            key=site.key,
            title=site.key.title(),
            kind=site.kind,
            url=self.web.base + site.feed_path,
            language=site.language,
            tier="trade",
            full_text=site.full_text,
            links="h2 a" if site.kind == "listing" else None,
        )

    def sources(self) -> list[SourceFields]:
        return [self.source(site) for site in self.sites.values()]

    def settings(self) -> CrawlSettings:
        """Everything there is, at once, from this one address of the machine."""
        return CrawlSettings(
            entries_at_first=1000,
            days_at_first=None,
            seconds_between_requests=0,
            allowed_loopback=self.web.address,
            contact=None,
        )

    def _feed(self, site: Site, asked: Asked) -> Answer:
        body, content_type = FEEDS[site.kind](site, self.web.base)
        return answered(body, content_type, site.validators, asked)


@contextmanager
def replica() -> Iterator[Replica]:
    with small_web() as web:
        yield Replica(web)


def answered(body: bytes, content_type: str, validators: bool, asked: Asked) -> Answer:
    """A 304 to whoever sends the validator back, where the site has any."""
    headers = {"Content-Type": content_type}
    if not validators:
        return Answer(body, headers=headers)
    headers["ETag"] = f'"{hash(body):x}"'
    if asked.headers.get("if-none-match") == headers["ETag"]:
        return Answer(status=304, headers=headers)
    return Answer(body, headers=headers)


def page_of(story: Story, base: str) -> bytes:
    """A page of 30 to 150 kB, as news sites have them: the text is a twentieth of it."""
    chance = random.Random(story.path)
    scripts = "".join(
        f"<script>window.d{number}='{chance.randbytes(chance.randrange(1000, 8000)).hex()}';</script>"
        for number in range(chance.randrange(4, 8))
    )
    links = "".join(f'<li><a href="/section/{number}">Section {number}</a></li>' for number in range(40))
    text = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in story.paragraphs)
    return (
        f"<!doctype html><html><head><meta charset='utf-8'><title>{escape(story.title)}</title>"
        f"<meta property='article:published_time' content='{story.published.isoformat()}'>"
        f"<link rel='canonical' href='{base}{story.path}'>{scripts}</head><body><nav><ul>{links}</ul></nav>"
        f"<article><h1>{escape(story.title)}</h1>{text}</article>"
        f"<aside><ul>{links}</ul></aside><footer>All rights reserved.</footer></body></html>"
    ).encode()


def _rss(site: Site, base: str) -> tuple[bytes, str]:
    items = "".join(
        f"<item><title>{escape(story.title)}</title><link>{base}{story.path}</link><guid>{base}{story.path}</guid>"
        f"<pubDate>{format_datetime(story.published)}</pubDate>{_text(site, story)}</item>"
        for story in site.newest()
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>{site.key}</title>{items}</channel></rss>"
    ).encode(), "application/rss+xml"


def _text(site: Site, story: Story) -> str:
    if not site.full_text:
        return f"<description>{escape(story.paragraphs[0][:200])}</description>"
    whole = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in story.paragraphs)
    return f"<content:encoded>{escape(whole)}</content:encoded>"


def _atom(site: Site, base: str) -> tuple[bytes, str]:
    entries = "".join(
        f"<entry><title>{escape(story.title)}</title><link href='{base}{story.path}'/><id>{base}{story.path}</id>"
        f"<updated>{story.published.isoformat()}</updated><summary>{escape(story.paragraphs[0][:200])}</summary></entry>"
        for story in site.newest()
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>{site.key}</title><id>{base}/{site.key}</id>{entries}</feed>"
    ).encode(), "application/atom+xml"


def _json(site: Site, base: str) -> tuple[bytes, str]:
    items = [
        {
            "id": base + story.path,
            "url": base + story.path,
            "title": story.title,
            "summary": story.paragraphs[0][:200],
            "date_published": story.published.isoformat(),
        }
        for story in site.newest()
    ]
    value = {"version": "https://jsonfeed.org/version/1.1", "title": site.key, "items": items}
    return json.dumps(value).encode(), "application/feed+json"


def _sitemap(site: Site, base: str) -> tuple[bytes, str]:
    urls = "".join(
        f"<url><loc>{base}{story.path}</loc><news:news><news:publication><news:name>{site.key}</news:name>"
        f"<news:language>{site.language}</news:language></news:publication>"
        f"<news:publication_date>{story.published.isoformat()}</news:publication_date>"
        f"<news:title>{escape(story.title)}</news:title></news:news></url>"
        for story in site.newest()
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{urls}</urlset>'
    ).encode(), "application/xml"


def _listing(site: Site, base: str) -> tuple[bytes, str]:
    heads = "".join(f'<h2><a href="{story.path}">{escape(story.title)}</a></h2>' for story in site.newest())
    return f"<html><body><h1>{site.key}</h1>{heads}</body></html>".encode(), "text/html; charset=utf-8"


FEEDS = {"rss": _rss, "atom": _atom, "json": _json, "sitemap": _sitemap, "listing": _listing}


def sample_story(site: Site, number: int, published: datetime) -> Story:
    """One of our sample articles in the site's language, made this site's own by a last line."""
    texts = [article for article in load_articles() if article.language == site.language]
    article: SampleArticle = texts[number % len(texts)]
    paragraphs = [line for lines in article.paragraphs for line in lines]
    return Story(
        path=f"/{site.key}/{number}",
        title=f"{article.title} ({site.key} {number})",
        paragraphs=[*paragraphs, f"{site.key}, {number}"],
        published=published,
    )


def generated(web: Replica, count: int, stories: int, until: datetime) -> None:
    """So many sources of all kinds, three English to one Chinese, each with so many articles."""
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        site = web.add(
            Site(
                key=f"site{number:02}",
                kind=kind,
                language="zh" if number % 4 == 3 else "en",
                validators=number % WITHOUT_VALIDATORS != 0,
                full_text=kind == "rss" and number % 10 == 5,
                shown=30,
            )
        )
        for each in range(stories):
            web.publish(site, sample_story(site, number * stories + each, until - timedelta(hours=each + 1)))
