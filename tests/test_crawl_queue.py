"""What a crawl takes, and what it leaves: first readings, changes, feeds that carry everything, stops and kills."""

from __future__ import annotations

import os
import signal
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from dailies.crawl.store import CrawlStore
from tests.crawling import source
from tests.small_web import Answer, item, page, rss

NOW = datetime.now(UTC)


def days_ago(days: float) -> str:
    return format_datetime(NOW - timedelta(days=days))


def serve_articles(web, *names: str):
    web.routes |= {f"/{name}": page(name) for name in names}


def test_a_first_reading_takes_the_newest_entries_only_and_later_ones_do_not_catch_up(web, crawling):
    names = [f"a{number:02}" for number in range(30)]
    items = [item(f"/{name}", name, days_ago(number / 10)) for number, name in enumerate(names)]
    web.routes["/feed"] = rss(*items)
    serve_articles(web, "new", *names)

    assert crawling.run(source(web), entries_at_first=5) == {"one": ("new", "5")}
    assert crawling.captures("page") == ["/a00", "/a01", "/a02", "/a03", "/a04"]

    web.routes["/feed"] = rss(item("/new", "new", days_ago(0)), *items)
    assert crawling.run(source(web), entries_at_first=5) == {"one": ("new", "1")}
    assert crawling.captures("page")[5:] == ["/new"]


def test_a_first_reading_leaves_old_entries_and_takes_those_without_a_date(web, crawling):
    web.routes["/feed"] = rss(item("/old", date=days_ago(20)), item("/undated"), item("/young", date=days_ago(1)))
    serve_articles(web, "old", "undated", "young")

    assert crawling.run(source(web), days_at_first=14) == {"one": ("new", "2")}
    assert crawling.pages() == {"/old": "skipped", "/undated": "fetched", "/young": "fetched"}

    web.routes["/feed"] = rss(item("/old-but-listed-late", date=days_ago(20)))
    serve_articles(web, "old-but-listed-late")
    assert crawling.run(source(web), days_at_first=14) == {"one": ("new", "1")}


def test_a_page_is_fetched_again_only_when_its_entry_changes(web, crawling):
    web.routes["/feed"] = rss(item("/a", "One"), item("/b", "Two"))
    serve_articles(web, "a", "b")
    crawling.run(source(web))

    web.routes["/feed"] = rss(item("/b", "Two, corrected"), channel="<description>a vanished</description>")
    assert crawling.run(source(web)) == {"one": ("new", "1")}
    assert (web.count("/a"), web.count("/b")) == (1, 2)


@pytest.mark.parametrize(
    "change",
    [
        {"date": "3小时前"},
        {"text": "A  summary.&lt;img src=&quot;/counter?n=2&quot;&gt;"},
        {"link": "/a?utm_source=feed"},
    ],
)
def test_what_no_reader_sees_is_no_change(web, crawling, change):
    web.routes["/feed"] = rss(item("/a"))
    serve_articles(web, "a")
    crawling.run(source(web))

    web.routes["/feed"] = rss(item(**{"link": "/a", **change}))
    assert crawling.run(source(web)) == {"one": ("unchanged", "")}


def test_a_page_in_two_feeds_is_fetched_once(web, crawling):
    web.routes |= {"/feed": rss(item("/a")), "/other": rss(item("/a", "The same"))}
    serve_articles(web, "a")

    crawling.run(source(web), source(web, "/other", key="two"))

    assert web.count("/a") == 1


def test_a_feed_that_carries_whole_articles_needs_no_page(web, crawling):
    text = "<p>" + "All of it. " * 60 + "</p>"
    full = "<content:encoded><![CDATA[{}]]></content:encoded></item>"
    items = [
        item("/whole").replace("</item>", full.format(text)),
        item("/cut").replace("</item>", full.format(text[:300] + " […]")),
        item("/summary"),
    ]
    feed = rss(*items).body.replace(b"<rss ", b'<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" ')
    web.routes["/feed"] = Answer(feed)
    serve_articles(web, "cut", "summary")

    assert crawling.run(source(web, full_text=True)) == {"one": ("new", "3")}

    assert crawling.captures("entry") == ["/whole"]
    assert sorted(crawling.captures("page")) == ["/cut", "/summary"]
    assert text.encode() in crawling.bodies()
    assert crawling.run(source(web, full_text=True)) == {"one": ("unchanged", "")}
    assert crawling.captures("entry") == ["/whole"]


def test_a_news_sitemap_is_read_like_a_feed(web, crawling):
    web.routes["/map.xml"] = Answer(
        b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        b' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
        b"<url><loc>/a</loc><news:news><news:title>A</news:title></news:news></url><url><loc>/old</loc></url></urlset>"
    )
    serve_articles(web, "a")

    assert crawling.run(source(web, "/map.xml", kind="sitemap")) == {"one": ("new", "1")}
    assert crawling.pages() == {"/a": "fetched"}


def test_a_listing_and_a_json_feed_are_read_like_a_feed(web, crawling):
    web.routes["/news"] = Answer(b'<a href="/news/a">A</a><a href="/about">us</a>')
    web.routes["/feed.json"] = Answer(b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "/b"}]}')
    web.routes |= {"/news/a": page(), "/b": page()}
    listing = source(web, "/news", kind="listing", links='a[href*="/news/"]')

    outcomes = crawling.run(listing, source(web, "/feed.json", key="two", kind="json"))

    assert outcomes == {"one": ("new", "1"), "two": ("new", "1")}
    assert crawling.pages() == {"/b": "fetched", "/news/a": "fetched"}


def wait_for(condition, seconds: float = 20.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def serve_slow_articles(web, count: int) -> list[str]:
    names = [f"a{number}" for number in range(count)]
    web.routes["/feed"] = rss(*(item(f"/{name}", name) for name in names))
    web.routes |= {f"/{name}": Answer(page(name).body, after=0.2) for name in names}
    return [f"/{name}" for name in names]


def test_a_stop_finishes_the_page_in_hand_and_the_next_run_takes_the_rest(web, crawling):
    paths = serve_slow_articles(web, 6)
    process = crawling.start(source(web))
    wait_for(lambda: len(web.asked) == 4)

    os.kill(process.pid, signal.SIGTERM)
    process.join(10)

    assert process.exitcode == 0
    assert crawling.outcomes() == {"one": ("stopped", "2 of 6 pages fetched")}
    assert len(web.asked) == 4
    assert crawling.run(source(web)) == {"one": ("new", "4")}
    assert sorted(crawling.captures("page")) == paths


def test_a_stop_does_not_wait_for_the_pause_between_requests(web, crawling):
    serve_slow_articles(web, 6)
    process = crawling.start(source(web), seconds_between_requests=30)
    wait_for(lambda: len(web.asked) == 1)
    began = time.monotonic()

    os.kill(process.pid, signal.SIGTERM)
    process.join(10)

    assert process.exitcode == 0
    assert time.monotonic() - began < 5
    assert crawling.outcomes() == {}


def test_a_stop_gives_up_a_page_that_takes_too_long_and_the_next_run_fetches_it(web, crawling, monkeypatch):
    monkeypatch.setattr("crawlers.crawl.SECONDS_TO_STOP", 0.3)
    web.routes |= {"/feed": rss(item("/slow")), "/slow": Answer(page().body, after=3)}
    process = crawling.start(source(web), seconds_per_request=30)
    wait_for(lambda: web.count("/slow") == 1)

    os.kill(process.pid, signal.SIGTERM)
    process.join(2.5)

    assert process.exitcode == 0
    assert crawling.outcomes() == {"one": ("stopped", "0 of 1 pages fetched")}
    web.routes["/slow"] = page()
    assert crawling.run(source(web)) == {"one": ("new", "1")}


def test_a_stop_before_the_first_request_is_heeded(web, crawling):
    serve_slow_articles(web, 6)
    process = crawling.start(source(web))
    wait_for(lambda: signal_is_handled(process.pid))

    os.kill(process.pid, signal.SIGTERM)
    process.join(10)

    assert process.exitcode == 0
    assert len(web.asked) <= 2


def signal_is_handled(process_id: int) -> bool:
    with open(f"/proc/{process_id}/status") as status:  # noqa: PTH123
        caught = next(line for line in status if line.startswith("SigCgt:"))
    return bool(int(caught.split()[1], 16) & (1 << (signal.SIGTERM - 1)))


@pytest.mark.parametrize("asked", [1, 2, 3, 5])
def test_a_killed_crawl_is_completed_by_the_next_and_nothing_is_stored_twice(web, crawling, asked):
    paths = serve_slow_articles(web, 5)
    process = crawling.start(source(web))
    wait_for(lambda: len(web.asked) == asked)
    process.kill()
    process.join(10)

    crawling.run(source(web))

    assert sorted(crawling.captures("page")) == paths
    assert crawling.captures("feed") == ["/feed"]
    assert set(crawling.pages().values()) == {"fetched"}


class ForgetfulStore(CrawlStore):
    """A store that cannot take one page."""

    def put_page(self, page, response):
        if page.url.endswith("/b"):
            raise OSError("No space left on device")
        super().put_page(page, response)


def test_a_page_that_the_store_cannot_take_is_named_and_the_others_are_stored(web, crawling):
    web.routes["/feed"] = rss(item("/a"), item("/b"), item("/c"))
    serve_articles(web, "a", "b", "c")
    crawling.store_class = ForgetfulStore

    assert crawling.run(source(web)) == {"one": ("new", "2")}
    assert crawling.issues() == [("store_failed", f"{web.base}/b", "No space left on device")]

    crawling.store_class = CrawlStore
    assert crawling.run(source(web)) == {"one": ("new", "1")}
