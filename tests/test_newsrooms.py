"""Newsrooms without feeds: lists as JSON in a page or an answer, and sitemaps with their indexes."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.ports import CrawlSource
from crawlers.readers.embedded import read_embedded
from crawlers.readers.reading import NotAFeed
from crawlers.readers.sitemap import MOST_SITEMAPS, read_sitemap
from crawlers.visit import MOST_FEEDS
from tests.crawling import source
from tests.small_web import Answer, item, page, rss

NOW = datetime(2025, 4, 4, 6, tzinfo=UTC)
RUNWAY = CrawlSource(
    "runway",
    "embedded",
    "https://runway.example/news",
    "en",
    items="posts",
    page="https://runway.example/news/{slug.current}",
    dated="publishedAt",
)
API = CrawlSource(
    "api", "embedded", "https://api.example/news", "en", items="data.list", page="/news/{slug}", dated="publishDate"
)
POSTS = [
    {
        "title": "Sample Series D note]",
        "slug": {"current": "series-d"},
        "publishedAt": "2025-04-03T13:00:00.000Z",
        "categories": [{"title": "Company News", "tags": ["funding"]}],
    },
    {"title": "Second", "slug": {"current": "a b/é"}, "publishedAt": None},
    {"title": "No slug"},
]


def flight(posts, *, cut: int = 40) -> bytes:
    """A page of Next.js, its state in two chunks cut anywhere."""
    state = "5:" + json.dumps(["$", "$L9", None, {"posts": posts}]) + "\n"
    chunks = "".join(
        f"<script>self.__next_f.push([1,{json.dumps(part)}])</script>" for part in (state[:cut], state[cut:])
    )
    return f"<!DOCTYPE html><html><head><title>News</title></head><body>{chunks}</body></html>".encode()


def told(reading):
    return [(entry.url, entry.hints.title, entry.hints.published) for entry in reading.entries]


@pytest.mark.parametrize("cut", [3, 40, 60, 100])
def test_posts_in_the_chunks_of_a_flight_wherever_they_are_cut(cut):
    reading = read_embedded(flight(POSTS, cut=cut), "text/html", RUNWAY, RUNWAY.url, NOW)

    assert told(reading) == [
        ("https://runway.example/news/series-d", "Sample Series D note]", datetime(2025, 4, 3, 13, tzinfo=UTC)),
        ("https://runway.example/news/a%20b%2F%C3%A9", "Second", None),
    ]
    assert reading.problems == ["1 of 3 articles without an address"]


def test_posts_in_a_script_of_state():
    body = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps({"props": {"posts": POSTS}})}</script>'
    assert len(read_embedded(body.encode(), "text/html", RUNWAY, RUNWAY.url, NOW).entries) == 2


def test_the_longest_list_of_that_name_is_the_newsroom():
    body = f"<script>window.a = {json.dumps({'posts': POSTS[:1]})}; window.b = {json.dumps({'posts': POSTS})}</script>"
    assert len(read_embedded(body.encode(), "text/html", RUNWAY, RUNWAY.url, NOW).entries) == 2


def test_an_answer_in_json_with_dates_in_two_spellings():
    items = [
        {"title": "Sample release", "publishDate": 1742256000000, "slug": "sample-release"},
        {"title": "Sample research", "publishDate": "2025-03-15T00:00:00.000Z", "slug": "sample-research"},
    ]
    body = json.dumps({"code": 0, "data": {"list": items}}).encode()

    assert told(read_embedded(body, "application/json", API, API.url, NOW)) == [
        ("https://api.example/news/sample-release", "Sample release", datetime(2025, 3, 18, tzinfo=UTC)),
        ("https://api.example/news/sample-research", "Sample research", datetime(2025, 3, 15, tzinfo=UTC)),
    ]


def test_an_item_may_hold_its_whole_address():
    whole = CrawlSource("one", "embedded", "https://a.example/", "en", items="posts", page="{link}")
    body = json.dumps(
        {"posts": [{"link": "https://a.example/b?id=1&x=ü"}, {"link": "javascript:alert(1)"}, {"link": 0}]}
    )
    reading = read_embedded(body.encode(), None, whole, whole.url, NOW)
    assert [entry.url for entry in reading.entries] == ["https://a.example/b?id=1&x=%C3%BC", "https://a.example/0"]


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body>An app</body></html>",
        b'{"data": {"list": "none"}}',
        b'{"data": []}',
        b'<script>{"posts": [1, 2, 3]}</script>',
        b'<script>{"posts": [{"title": "cut',
        b"{" + b'"a":{' * 100_000,
        b"",
    ],
)
def test_a_page_without_the_list_is_named(body):
    with pytest.raises(NotAFeed):
        read_embedded(body, "text/html", API, API.url, NOW)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: flight([{"slug": {"current": text}}])))
def test_any_bytes_are_a_list_or_a_named_refusal(body):
    try:
        reading = read_embedded(body, "text/html", RUNWAY, RUNWAY.url, NOW)
    except NotAFeed:
        return
    assert all(entry.url.startswith("https://runway.example/news/") for entry in reading.entries)


def test_a_newsroom_is_crawled_and_read_once(web, crawling):
    web.routes["/news"] = Answer(flight(POSTS), headers={"Content-Type": "text/html"})
    web.routes["/news/series-d"] = page("Sample Series D note")
    web.routes["/news/a%20b%2F%C3%A9"] = page("Second")
    newsroom = source(
        web, "/news", kind="embedded", items="posts", page=f"{web.base}/news/{{slug.current}}", dated="publishedAt"
    )

    assert crawling.run(newsroom) == {"one": ("new", "2")}
    assert crawling.run(newsroom) == {"one": ("unchanged", "")}
    assert web.count("/news/series-d") == 1


def test_a_newsroom_that_excludes_scrapy_is_left_alone(web, crawling):
    """It is a page like any other, not a feed that is published for readers."""
    web.routes["/robots.txt"] = Answer(b"User-agent: Scrapy\nDisallow: /\n")
    web.routes["/news"] = Answer(flight(POSTS), headers={"Content-Type": "text/html"})
    newsroom = source(web, "/news", kind="embedded", items="posts", page=f"{web.base}/news/{{slug.current}}")

    assert crawling.run(newsroom)["one"][0] == "robots"
    assert web.paths() == ["/robots.txt"]


SPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)


def index(*sitemaps: tuple[str, str | None]) -> bytes:
    listed = "".join(
        f"<sitemap><loc>{loc}</loc>{f'<lastmod>{lastmod}</lastmod>' if lastmod else ''}</sitemap>"
        for loc, lastmod in sitemaps
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><sitemapindex {SPACES}>{listed}</sitemapindex>'.encode()


def news(*articles: str) -> bytes:
    listed = "".join(
        f"<url><loc>{loc}</loc><news:news><news:publication_date>2025-04-03T10:00:00Z</news:publication_date>"
        f"<news:title>T</news:title></news:news></url>"
        for loc in articles
    )
    return f"<urlset {SPACES}>{listed}</urlset>".encode()


def sitemap(body, **fields):
    described = CrawlSource("one", "sitemap", "https://a.example/index.xml", "en", **fields)
    return read_sitemap(body, "application/xml", described, described.url, NOW)


def test_an_index_leads_to_its_newest_sitemaps_on_its_own_site():
    reading = sitemap(
        index(
            ("https://a.example/undated.xml", None),
            ("https://a.example/yesterday.xml", "2025-04-03T02:00:00+00:00"),
            ("https://news.a.example/today.xml", "2025-04-04T02:00:00+00:00"),
            ("https://a.example/last-year.xml", "2024-04-04"),
            ("https://elsewhere.example/today.xml", "2025-04-04"),
            ("javascript:alert(1)", None),
        )
    )

    assert reading.more == [
        "https://news.a.example/today.xml",
        "https://a.example/yesterday.xml",
        "https://a.example/undated.xml",
    ]
    assert reading.entries == []


def test_an_index_of_twenty_years_is_followed_a_little():
    days = ((f"https://a.example/{n}.xml", f"{NOW - timedelta(hours=n):%Y-%m-%dT%H:%M:%SZ}") for n in range(2000))
    assert sitemap(index(*days)).more == [f"https://a.example/{n}.xml" for n in range(MOST_SITEMAPS)]


def test_a_sitemap_of_pages_takes_those_at_the_addresses_of_articles():
    body = (
        f"<urlset {SPACES}><url><loc>https://a.example/about</loc></url>"
        "<url><loc>https://a.example/post/old</loc><lastmod>2025-01-01</lastmod></url>"
        "<url><loc>https://a.example/post/new</loc><lastmod>2025-04-03</lastmod></url></urlset>"
    ).encode()
    entries = sitemap(body, links="/post/").entries

    assert [(entry.url, entry.published_raw, entry.hints.published) for entry in entries] == [
        ("https://a.example/post/new", "2025-04-03", None),
        ("https://a.example/post/old", "2025-01-01", None),
    ]
    assert sitemap(body).entries == []


def test_a_sitemap_index_is_crawled_to_the_articles(web, crawling):
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    web.routes["/index.xml"] = Answer(
        index((f"{web.base}/news.xml", today), (f"{web.base}/gone.xml", None)),
        headers={"Content-Type": "application/xml"},
    )
    web.routes["/news.xml"] = Answer(news(f"{web.base}/a", f"{web.base}/b"))
    web.routes |= {"/a": page("A"), "/b": page("B")}
    described = source(web, "/index.xml", kind="sitemap")

    assert crawling.run(described) == {"one": ("new", "2")}
    assert crawling.issues() == [("missing", f"{web.base}/gone.xml", "answered 404")]
    web.routes["/news.xml"] = Answer(news(f"{web.base}/a", f"{web.base}/b", f"{web.base}/c"))
    web.routes["/c"] = page("C")
    assert crawling.run(described) == {"one": ("new", "1")}


def test_an_index_of_indexes_without_end_ends(web, crawling):
    def endless(asked):
        number = int(asked.path.strip("/i.xml") or 0)
        return Answer(index(*((f"{web.base}/i{number * 2 + n}.xml", None) for n in (1, 2))))

    web.routes |= {f"/i{n}.xml": endless for n in range(500)}
    assert crawling.run(source(web, "/i0.xml", kind="sitemap")) == {"one": ("unchanged", "")}
    assert len(web.asked) == MOST_FEEDS + 1
    assert any("more than a run asks" in detail for _, _, detail in crawling.issues())


def test_feeds_are_still_asked_once(web, crawling):
    web.routes["/feed"] = rss(item("/a"))
    web.routes["/a"] = page()
    crawling.run(source(web))
    assert web.paths() == ["/robots.txt", "/feed", "/a"]
