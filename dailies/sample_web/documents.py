"""Renders what the sample web serves: pages, feeds, robots.txt; as bytes in the site's encoding, with validators."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cache
from hashlib import sha256
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dailies.sample_web.catalogue import HERE, PUBLIC_ORIGIN, Post, Site, all_posts, load_sites

SUMMARY_LENGTH = 160
_FEED_TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "sitemap": "application/xml"}
_SPELLINGS: dict[str, Callable[[datetime], str]] = {
    "rfc822": format_datetime,
    "rfc822_gmt": lambda moment: format_datetime(moment.astimezone(UTC), usegmt=True),
    "iso": datetime.isoformat,
    "iso_utc": lambda moment: f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
    "two_spaces": lambda moment: f"{moment:%Y-%m-%d %H:%M:%S  %z}",
    "no_zone": lambda moment: f"{moment:%Y-%m-%d %H:%M:%S}",
    "slashes": lambda moment: f"{moment.year}/{moment.month}/{moment.day} {moment:%H:%M:%S}",
    "hanzi": lambda moment: f"{moment:%Y年%m月%d日 %H:%M}",
}
"""How real feeds spell a date, the right ways and the usual wrong ones."""


@dataclass(frozen=True, slots=True)
class Document:
    """One answer of the server: its bytes, how its header describes them, and when it last changed."""

    body: bytes
    content_type: str
    modified: datetime

    @property
    def etag(self) -> str:
        """A strong validator: a digest of the bytes."""
        return f'"{sha256(self.body).hexdigest()[:16]}"'


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(HERE / "layouts")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


@cache
def _labels() -> dict[str, Any]:
    tables: dict[str, Any] = yaml.safe_load((HERE / "labels.yml").read_text(encoding="utf-8"))
    return tables


def _render(template: str, **values: Any) -> str:
    return _environment().get_template(template).render(**values)


def _html(text: str, site: Site, modified: datetime) -> Document:
    told = site.charset_in != "meta"
    content_type = f"text/html; charset={site.charset}" if told else "text/html"
    return Document(text.encode(site.charset, "xmlcharrefreplace"), content_type, modified)


def _newest() -> datetime:
    return max(post.published for post in all_posts())


def summary_of(post: Post) -> str:
    """What a feed shows of an article: the beginning of its first paragraph that is no credit line."""
    prose = next((lines for lines in post.article.paragraphs if len(lines) == 1), post.article.paragraphs[0])
    text = " ".join(prose)
    if len(text) <= SUMMARY_LENGTH:
        return text
    start = text[:SUMMARY_LENGTH]
    return (start if post.article.language == "zh" else start.rsplit(" ", 1)[0]) + " […]"


def article_page(post: Post) -> Document:
    """The page of an article in its site's layout, among the site's navigation and other articles."""
    site, posts = post.site, post.site.posts
    at, words = posts.index(post), _labels()[site.language]
    others = [other for other in posts[at + 1 :] + posts[:at] if other is not post]
    text = _render(
        f"{site.layout}.html.j2",
        site=site,
        post=post,
        words=words,
        day=post.published.strftime(words["date"]),
        summary=summary_of(post),
        related=others[:3],
        popular=others[-4:],
        newer=posts[at - 1] if at else None,
        older=posts[at + 1] if at + 1 < len(posts) else None,
        linked_data=_linked_data(post, words),
    )
    return _html(text, site, post.published)


def _linked_data(post: Post, words: dict[str, Any]) -> dict[str, Any]:
    site, moment = post.site, post.published.isoformat()
    organization = {"@type": "NewsMediaOrganization", "name": site.title, "url": PUBLIC_ORIGIN + site.root}
    crumbs = [
        {"@type": "ListItem", "position": 1, "name": words["home"], "item": PUBLIC_ORIGIN + site.root},
        {"@type": "ListItem", "position": 2, "name": post.article.title},
    ]
    article = {
        "@type": "NewsArticle",
        "@id": post.canonical,
        "headline": post.article.title,
        "description": summary_of(post),
        "inLanguage": site.language,
        "datePublished": moment,
        "dateModified": moment,
        "author": [{"@type": "Person", "name": site.editor}],
        "publisher": organization,
        "mainEntityOfPage": {"@type": "WebPage", "@id": post.canonical},
        "isAccessibleForFree": True,
    }
    breadcrumbs = {"@type": "BreadcrumbList", "itemListElement": crumbs}
    return {"@context": "https://schema.org", "@graph": [organization, article, breadcrumbs]}


def index_page(site: Site) -> Document:
    """A site's front page."""
    text = _render("index.html.j2", site=site, words=_labels()[site.language])
    return _html(text, site, site.posts[0].published)


def feed(site: Site, base_url: str) -> Document:
    """A site's feed or news sitemap: all its articles, newest first, with absolute links under `base_url`."""
    entries = [_entry(post, base_url) for post in site.posts]
    text = _render(
        f"{site.feed.kind}.xml.j2", site=site, entries=entries, base_url=base_url, public_origin=PUBLIC_ORIGIN
    )
    body = text.encode(site.charset, "xmlcharrefreplace")
    return Document(body, _FEED_TYPES[site.feed.kind], site.posts[0].published)


def _entry(post: Post, base_url: str) -> dict[str, Any]:
    parts: Any = _environment().get_template("_parts.j2").module
    return {
        "post": post,
        "link": base_url + post.path + ("?utm_source=rss&utm_medium=feed" if post.tracked else ""),
        "date": _SPELLINGS[post.site.feed.dates](post.published),
        "summary": summary_of(post),
        "content": parts.paragraphs(post.article) if post.site.feed.full_text else None,
    }


def root_page() -> Document:
    """The list of sites, for a person who looks."""
    text = _render("root.html.j2", sites=load_sites().values())
    return Document(text.encode(), "text/html; charset=utf-8", _newest())


def text_file(name: str, content_type: str, base_url: str) -> Document:
    """A bundled text file, `{base}` in it replaced."""
    text = (HERE / name).read_text(encoding="utf-8")
    return Document(text.replace("{base}", base_url).encode(), content_type, _newest())
