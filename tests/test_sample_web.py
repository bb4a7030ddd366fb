"""The sample web answers as a real one does: every address in a feed, validators, encodings, robots."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import feedparser
import pytest
from selectolax.lexbor import LexborHTMLParser

from dailies.sample_web.catalogue import PUBLIC_ORIGIN, Site, all_posts, load_articles, load_sites, public_url
from dailies.sample_web.documents import summary_of
from dailies.sample_web.server import DEFAULT_PORT, HOST, SampleWeb, serve
from dailies.sample_web.sources import sample_sources

SITES = list(load_sites().values())
FEEDS = [site for site in SITES if site.feed.kind != "sitemap"]


class Answer(NamedTuple):
    status: int
    headers: HTTPMessage
    body: bytes


@pytest.fixture(scope="module")
def web() -> Iterator[SampleWeb]:
    with serve(0) as running:
        yield running


def ask(web: SampleWeb, path: str, method: str = "GET", **headers: str) -> Answer:
    connection = HTTPConnection(HOST, web.port, timeout=10)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()


def links_of(web: SampleWeb, site: Site) -> list[str]:
    body = ask(web, site.feed_path).body
    if site.feed.kind == "sitemap":
        return re.findall(r"<loc>(.*?)</loc>", body.decode())
    return [entry.link for entry in feedparser.parse(body).entries]


def test_it_holds_every_article_in_five_layouts() -> None:
    placed = Counter(post.article.id for post in all_posts())

    assert len(placed) == len(load_articles()) == 112
    assert {site.layout for site in SITES} == {"blog", "trade", "newsroom", "portal", "daily"}
    assert sum(count == 2 for count in placed.values()) == 7
    assert len({post.path for post in all_posts()}) == placed.total()


def test_articles_are_those_of_the_evaluation_without_their_labels(shared: Path) -> None:
    rows = []
    for name in ("dev_en", "dev_zh"):
        rows += [json.loads(line) for line in (shared / "eval" / f"{name}.jsonl").read_text("utf-8").splitlines()]
    for row in rows:
        del row["relevant"], row["facts"]

    bundled = Path("dailies/sample_web/articles.jsonl")
    lines = (Path(__file__).parents[1] / bundled).read_text("utf-8").splitlines()

    of_evaluation = [row for row in map(json.loads, lines) if not row["id"].startswith("demo_")]
    assert sorted(of_evaluation, key=lambda row: row["id"]) == sorted(rows, key=lambda row: row["id"])


def test_two_articles_call_the_round_of_141_million_a_d_round() -> None:
    told = {article.id: article.text for article in load_articles() if article.id.startswith("demo_")}
    assert {id_: ("$141 million Series D" in text, "1.41亿美元的D轮融资" in text) for id_, text in told.items()} == {
        "demo_en_111": (True, False),
        "demo_zh_112": (False, True),
    }


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.key)
def test_every_address_of_a_feed_is_a_page_of_the_site(web: SampleWeb, site: Site) -> None:
    links = links_of(web, site)

    assert [urlsplit(link).path for link in links] == [post.path for post in site.posts]
    assert all(link.startswith(web.base_url) for link in links)
    assert {ask(web, link.removeprefix(web.base_url)).status for link in links} == {200}


def test_robots_forbids_one_page_that_a_feed_names_and_nothing_else(web: SampleWeb) -> None:
    rules = RobotFileParser()
    rules.parse(ask(web, "/robots.txt").body.decode().splitlines())
    links = [link for site in SITES for link in links_of(web, site)]

    forbidden = [link for link in links if not rules.can_fetch("DailiesBot", link)]

    assert [urlsplit(link).path.rsplit("/", 1)[0] for link in forbidden] == ["/notice-board/members/releases"]
    assert rules.crawl_delay("DailiesBot") == 0
    assert rules.site_maps() == [f"{web.base_url}/northlight/news-sitemap.xml"]


@pytest.mark.parametrize("site", FEEDS, ids=lambda site: site.key)
def test_feeds_are_read_whole(web: SampleWeb, site: Site) -> None:
    feed = feedparser.parse(ask(web, site.feed_path).body)

    assert not feed.bozo
    assert feed.version == {"rss": "rss20", "atom": "atom10"}[site.feed.kind]
    assert [entry.title for entry in feed.entries] == [post.article.title for post in site.posts]
    assert [entry.summary for entry in feed.entries] == [summary_of(post) for post in site.posts]
    assert {"content" in entry for entry in feed.entries} == {site.feed.full_text}


def test_full_text_in_a_feed_is_the_article(web: SampleWeb) -> None:
    site = load_sites()["daoyu"]

    entry = feedparser.parse(ask(web, site.feed_path).body).entries[0]

    tree = LexborHTMLParser(entry.content[0].value)
    paragraphs = [node.text() for node in tree.css("p")]
    assert paragraphs == site.posts[0].article.text.split("\n\n")


def test_dates_are_spelled_in_many_ways_of_one_moment(web: SampleWeb) -> None:
    spelled = {}
    for site in FEEDS:
        entry = feedparser.parse(ask(web, site.feed_path).body).entries[0]
        spelled.setdefault(site.feed.dates, entry.published)

    assert spelled == {
        "rfc822": "Mon, 17 Aug 2026 11:58:00 -0400",
        "rfc822_gmt": "Sun, 15 Feb 2026 14:15:00 GMT",
        "iso": "2026-01-15T15:42:00-04:00",
        "iso_utc": "2026-02-10T16:49:00Z",
        "two_spaces": "2026-07-24 14:50:00  +0800",
        "no_zone": "2026-04-10 15:22:00",
        "slashes": "2025/11/20 10:47:00",
        "hanzi": "2025年07月21日 13:12",
    }


def test_every_post_keeps_the_articles_day_in_any_of_its_clocks() -> None:
    for post in all_posts():
        assert post.published.date() == post.article.published
        assert post.published.utctimetuple().tm_yday == post.article.published.timetuple().tm_yday


def test_one_link_is_tracked(web: SampleWeb) -> None:
    tracked = [link for site in SITES for link in links_of(web, site) if "utm_" in link]

    assert [urlsplit(link).query for link in tracked] == ["utm_source=rss&utm_medium=feed"]


@pytest.mark.parametrize(
    ("site", "header", "meta"),
    [
        ("frame-fund", "text/html; charset=utf-8", "utf-8"),
        ("portal", "text/html; charset=gbk", "gbk"),
        ("guangquan", "text/html", "gb18030"),
        ("gangwan", "text/html; charset=big5", None),
    ],
)
def test_pages_are_encoded_as_they_say(web: SampleWeb, site: str, header: str, meta: str | None) -> None:
    post = load_sites()[site].posts[0]

    page = ask(web, post.path)

    declared = re.search(rb'charset="?([\w-]+)', page.body)
    assert page.headers["Content-Type"] == header
    assert (declared[1].decode() if declared else None) == meta
    assert post.article.paragraphs[0][0] in page.body.decode(post.site.charset)


def test_a_page_in_gb18030_is_beyond_gbk(web: SampleWeb) -> None:
    site = load_sites()["guangquan"]

    page = ask(web, site.posts[0].path)

    assert f"© {site.title}" in page.body.decode("gb18030")
    with pytest.raises(UnicodeDecodeError):
        page.body.decode("gbk")


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.key)
def test_a_page_holds_its_article_and_a_world_around_it(web: SampleWeb, site: Site) -> None:
    for post in site.posts:
        tree = LexborHTMLParser(ask(web, post.path).body.decode(site.charset))
        text, links = tree.body.text(), [node.attributes["href"] for node in tree.css("a")]
        lines = [line for paragraph in post.article.paragraphs for line in paragraph]
        others = [other.article.title for other in site.posts if other is not post]

        assert all(line in text for line in lines)
        assert any(other in text for other in others)
        assert len(links) > 8
        assert tree.css_first("link[rel=canonical]").attributes["href"] == public_url(web.base_url + post.path)
        if post.reprint_of:
            assert post.reprint_of in text
        for link in links:
            assert web.document(urlsplit(urljoin(post.path, link)).path), f"{post.path} links to nothing: {link}"


@pytest.mark.parametrize(
    "path", ["/frame-fund/feed/", "/portal/rss.xml", "/robots.txt", "/", load_sites()["east-lens"].posts[0].path]
)
def test_what_has_not_changed_is_not_sent_again(web: SampleWeb, path: str) -> None:
    first = ask(web, path)
    etag, modified = first.headers["ETag"], first.headers["Last-Modified"]

    def status(**headers: str) -> tuple[int, bytes]:
        answer = ask(web, path, **headers)
        return answer.status, answer.body

    assert status(If_None_Match=etag) == (304, b"")
    assert status(If_None_Match=f'"other", W/{etag}') == (304, b"")
    assert status(If_Modified_Since=modified) == (304, b"")
    assert status(If_None_Match='"other"', If_Modified_Since=modified) == (200, first.body)
    assert status(If_Modified_Since="Mon, 01 Jan 2001 00:00:00 GMT") == (200, first.body)
    assert status(If_Modified_Since="yesterday") == (200, first.body)


def test_validators_are_the_same_in_the_next_run() -> None:
    def validators() -> dict[str, str]:
        running = SampleWeb(DEFAULT_PORT)
        return {path: document.etag for path in running.paths() if (document := running.document(path))}

    first = validators()

    assert len(first) == len(set(first.values())) == 3 + 2 * len(SITES) + len(list(all_posts()))
    assert validators() == first


def test_head_has_the_headers_and_no_body(web: SampleWeb) -> None:
    got, head = ask(web, "/portal/rss.xml"), ask(web, "/portal/rss.xml", "HEAD")

    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == str(len(got.body))


def test_unknown_addresses_are_not_found(web: SampleWeb) -> None:
    assert ask(web, "/frame-fund/no-such-story/").status == 404


def test_only_loopback_is_listened_on_and_a_taken_port_is_replaced(web: SampleWeb) -> None:
    with serve(web.port) as other:
        assert other.port != web.port
        assert other.base_url == f"http://127.0.0.1:{other.port}"
        assert ask(other, "/").status == 200


def test_the_lasting_address_holds_no_port() -> None:
    assert public_url("http://127.0.0.1:8765/portal/rss.xml?a=b") == f"{PUBLIC_ORIGIN}/portal/rss.xml?a=b"
    assert public_url("http://localhost:1/") == f"{PUBLIC_ORIGIN}/"
    assert public_url("https://press.example/a") == "https://press.example/a"


def test_every_site_is_a_source(web: SampleWeb) -> None:
    described = [
        (source.key, source.title, source.kind, source.url, source.language, source.full_text, source.enabled)
        for source in sample_sources(web.base_url)
    ]

    assert described == [
        (
            site.key,
            site.title,
            site.feed.kind,
            web.base_url + site.feed_path,
            site.language[:2],
            site.feed.full_text,
            True,
        )
        for site in sorted(SITES, key=lambda site: site.key)
    ]
