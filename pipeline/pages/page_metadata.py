"""Title, date, authors, publisher and address of an article, decided from what markup, lines, feed and URL say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Literal
from urllib.parse import urljoin, urlsplit

from db.model import Capture, FeedHints, Language
from db.nouns.identity import fold
from pipeline.pages.canonical_url import canonical_url
from pipeline.pages.json_ld import names_of, text_of
from pipeline.pages.page_dates import SHANGHAI, Timestamp, find_timestamp, parse_timestamp
from pipeline.pages.page_head import Head
from pipeline.pages.page_lines import is_dateline
from pipeline.pages.page_words import words_of
from pipeline.pages.publisher import host_of, names_of_host

_DATE_METAS = (
    *("article:published_time", "og:published_time", "article:published", "datepublished", "publishdate", "pubdate"),
    *("publish_date", "publish-date", "publication_date", "parsely-pub-date", "sailthru.date", "dc.date.issued"),
    *(
        "dcterms.created",
        "dc.date",
        "dc.date.created",
        "article:create_at",
        "og:release_date",
        "weibo:article:create_at",
    ),
    *("cxenseparse:recs:publishtime", "cxenseparse:pbi-publishtime", "displaydate", "rnews:datepublished", "date"),
)
_AUTHOR_METAS = (
    "parsely-author",
    "sailthru.author",
    "author",
    "article:author",
    "dc.creator",
    "byl",
    "article:author_name",
)
_WECHAT = "mp.weixin.qq.com"
_SEPARATOR = re.compile(r"\s+[-|–—·•:»«/]\s+|\s*[|｜_–—]\s*|(?<=[\u4e00-\u9fff）)])-|-(?=[\u4e00-\u9fff])")
_URL_DATE = re.compile(r"/(20\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|\D*\d*\.[a-z]|\Z)")
_SHORT_URL_DATE = re.compile(r"/detail/(?:\d+/)?(\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])-[0-9a-f]{8}\.html")
_BY = re.compile(r"\A(?:written\s+)?by[:\s]+|\A(?:作者|文|记者)\s*[:：|/]\s*", re.IGNORECASE)
_AND = re.compile(r"\s*(?:[,;，；、|&]|\band\b)\s*")
_NO_AUTHOR = re.compile(r"https?:|@|\d|\.[a-z]{2,4}\Z|\A[a-z]+\s|\A[A-Z]{1,4}\Z", re.ASCII)
"""Addresses, dates, files, beginnings of prose, and the initials of degrees or agencies."""
_MOST_NAME_WORDS = 5
_ROLES = re.compile(
    r"\b(?:writer|correspondent|reporter|editor|staff|contributor|journalist|podcast)s?\b", re.IGNORECASE
)
_LONGEST_AUTHOR = 40
_LATEST = timedelta(days=2)
_SUFFIX_WORDS = 6

Precision = Literal["day", "second"]


def find_title(head: Head, publisher_names: Sequence[str], hints: FeedHints) -> str:
    """The headline: the h1 that title tag or og:title confirm, else these without the site's name, else the feed's."""
    candidates = [
        text_of(head.article.get("headline")),
        head.metas.get("og:title", ""),
        head.metas.get("twitter:title", ""),
        head.title,
    ]
    stated = [" ".join(text.split()) for text in candidates if text.strip()]
    for heading in head.headings:
        if any(_begins_alike(heading, text) for text in stated):
            return heading
    own = [*publisher_names, head.metas.get("og:site_name", "")]
    for text in stated:
        return _without_site(text, own, is_title_tag=text == head.title)
    return head.headings[0] if head.headings else (hints.title or "").strip()


def _begins_alike(heading: str, text: str) -> bool:
    one, other = fold(heading), fold(text)
    return len(one) >= 4 and (other.startswith(one) or (len(other) >= 20 and one.startswith(other)))


def _without_site(text: str, own_names: Iterable[str], is_title_tag: bool) -> str:
    """A title without the site's name before or after it; of a title tag any short last part is taken for one."""
    pieces = list(_SEPARATOR.finditer(text))
    if not pieces:
        return text
    names = {fold(name) for name in own_names if name}
    if fold(text[: pieces[0].start()]) in names:
        return text[pieces[0].end() :]
    while pieces and _is_site(text[pieces[-1].end() :], names, is_title_tag and pieces[-1].start() > 0):
        text = text[: pieces[-1].start()].rstrip()
        pieces.pop()
    return text


def _is_site(part: str, names: set[str], guess: bool) -> bool:
    folded = fold(part)
    if any(name in folded or folded in name for name in names if len(name) > 1):
        return True
    short = len(folded) <= 16 and len(folded.split()) <= _SUFFIX_WORDS
    return guess and short and not part[:1].islower() and not re.search(r"\d", folded)


def find_publisher(head: Head, url: str) -> tuple[str | None, tuple[str, ...]]:
    """Who runs the host, and all names it goes by: our table, og:site_name, JSON-LD's publisher, else the host itself.

    For a WeChat page it is the account.
    """
    host = host_of(url)
    if host == _WECHAT:
        accounts = head.marked["account"]
        return (accounts[0] if accounts else None), accounts[:1]
    stated = [head.metas.get("og:site_name", ""), *names_of(head.article.get("publisher"))]
    names = tuple(dict.fromkeys(name.strip() for name in (*names_of_host(host), *stated) if name.strip()))
    return (names[0] if names else host or None), (*names, host)


def find_authors(head: Head, own_names: Sequence[str], hints: FeedHints) -> tuple[str, ...]:
    """The writers as markup or feed names them; never the publisher itself, an address or a role."""
    metas = [head.metas[name] for name in _AUTHOR_METAS if name in head.metas]
    for stated in (
        names_of(head.article.get("author")),
        *([meta] for meta in metas),
        head.marked["author"],
        hints.authors,
    ):
        names = dict.fromkeys(name for text in stated for name in _split_authors(text, own_names))
        if names:
            return tuple(names)
    return ()


def _split_authors(text: str, own_names: Sequence[str]) -> Iterator[str]:
    own = {fold(name) for name in own_names}
    for part in _AND.split(_BY.sub("", " ".join(text.split()))):
        name = part.strip(" .")
        if not 1 < len(name) <= _LONGEST_AUTHOR or len(name.split()) > _MOST_NAME_WORDS:
            continue
        if _NO_AUTHOR.search(name) or _ROLES.search(name) or fold(name) in own or fold(name) in words_of("nobody"):
            continue
        yield name


def find_address(head: Head, url: str) -> tuple[str | None, str | None]:
    """The canonical address on the page's own site, and one on another site that the page names as the original.

    A canonical link to a site's front page is a mistake of the site and is passed over.
    """
    foreign: str | None = None
    for stated in (head.canonical, head.metas.get("og:url", "")):
        address = _joined(url, stated)
        if not address or (urlsplit(address).path in ("", "/") and urlsplit(url).path not in ("", "/")):
            continue
        if _same_site(address, url):
            return canonical_url(address), foreign
        foreign = foreign or address
    return (canonical_url(url) if url.lower().startswith("http") else None), foreign


def _joined(url: str, stated: str) -> str:
    try:
        address = urljoin(url, stated.strip()) if stated.strip() else ""
        return address if urlsplit(address).hostname and address.lower().startswith("http") else ""
    except ValueError:
        return ""


def _same_site(one: str, other: str) -> bool:
    first, second = host_of(one).split("."), host_of(other).split(".")
    return first[-2:] == second[-2:] and (first[-3:] == second[-3:] or len(first[-2]) > 3)


def find_published(
    head: Head, capture: Capture, hints: FeedHints, lines: Sequence[str], language: Language, script_time: str = ""
) -> tuple[datetime | None, Precision | None]:
    """When the article was published, and how precisely that is known; (None, None) where nothing says so.

    Markup made for machines first, then the feed, then <time> elements, dated lines beside the text, and the URL. A
    time without a zone is China's on Chinese pages, else UTC; on Chinese pages it is given in China's.
    """
    zone = SHANGHAI if language == "zh" else UTC
    latest = capture.fetched_at.astimezone(UTC) + _LATEST
    day: datetime | None = None
    for stamp in _stamps(head, capture.url, hints, lines, script_time):
        when = stamp.when if stamp.when.tzinfo else stamp.when.replace(tzinfo=zone)
        if stamp.precision == "second" and language == "zh":
            when = _in_zone(when, SHANGHAI)
        if when > latest:
            continue
        if stamp.precision == "second" and (day is None or day.date() == when.date()):
            return when, "second"
        day = day or when
    return (day, "day") if day else (None, None)


def _in_zone(when: datetime, zone: timezone) -> datetime:
    try:
        return when.astimezone(zone)
    except OverflowError:
        return when


def _stamps(head: Head, url: str, hints: FeedHints, lines: Sequence[str], script_time: str) -> Iterator[Timestamp]:
    """All statements of the date, the most trustworthy first."""
    stated = [text_of(head.article.get("datePublished")), script_time]
    stated += [head.metas[name] for name in _DATE_METAS if name in head.metas]
    stated += head.marked["published"]
    yield from _parsed(stated)
    if hints.published is not None:
        yield Timestamp(hints.published, hints.published_precision)
    yield from _parsed(head.times)
    for line in lines:
        if is_dateline(line) and (stamp := find_timestamp(line)) is not None:
            yield stamp
    match = _URL_DATE.search(url) or _SHORT_URL_DATE.search(url)
    if match:
        year = int(match[1]) + (2000 if len(match[1]) == 2 else 0)
        yield from _parsed([f"{year}-{match[2]}-{match[3]}"])


def _parsed(values: Iterable[str]) -> Iterator[Timestamp]:
    for value in values:
        if value and (stamp := parse_timestamp(value)) is not None:
            yield stamp
