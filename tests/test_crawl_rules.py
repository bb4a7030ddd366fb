"""What crawl etiquette demands where Scrapy by itself does not obey: robots.txt, pauses, conditions, pace."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from db.crawl import crawl_memory
from tests.crawling import source
from tests.small_web import Answer, item, page, rss, with_validators


def serve_three_pages(web):
    """A feed of three articles."""
    web.routes["/feed"] = rss(*(item(f"/{name}", name) for name in "abc"))
    web.routes |= {f"/{name}": page(name) for name in "abc"}


def robots(web, text: str | bytes, status: int = 200, **headers):
    body = text.encode() if isinstance(text, str) else text
    web.routes["/robots.txt"] = Answer(body, status, headers)


def test_an_answer_of_503_to_robots_txt_forbids_everything(web, crawling):
    serve_three_pages(web)
    robots(web, "busy", 503, **{"Retry-After": "120"})

    outcomes = crawling.run(source(web))

    assert outcomes == {"one": ("robots", "its robots.txt answered 503, so that nothing may be fetched")}
    assert web.paths() == ["/robots.txt"]


def test_a_robots_txt_that_hangs_up_forbids_everything(web, crawling):
    serve_three_pages(web)
    web.routes["/robots.txt"] = Answer(drop=True)

    outcomes = crawling.run(source(web))

    assert outcomes == {"one": ("unreachable", "the connection broke off")}
    assert set(web.paths()) == {"/robots.txt"}
    assert web.count("/robots.txt") <= 2


def test_a_robots_txt_that_times_out_forbids_everything(web, crawling):
    serve_three_pages(web)
    web.routes["/robots.txt"] = Answer(after=1.5)

    outcomes = crawling.run(source(web), seconds_per_request=0.3)

    assert outcomes == {"one": ("unreachable", "no complete answer in time")}
    assert set(web.paths()) == {"/robots.txt"}


def test_after_a_robots_txt_of_503_the_next_run_asks_again(web, crawling):
    serve_three_pages(web)
    robots(web, "busy", 503)
    crawling.run(source(web))
    with crawling.session() as session, session.begin():
        crawl_memory.pause(session, web.address, datetime.now(UTC) - timedelta(minutes=1))
    robots(web, "User-agent: *\nAllow: /\n")

    assert crawling.run(source(web)) == {"one": ("new", "3")}


@pytest.mark.parametrize("status", [401, 403, 429])
def test_a_refused_robots_txt_leaves_the_host_alone_for_a_day(web, crawling, status):
    serve_three_pages(web)
    robots(web, "no", status)

    for _ in range(2):
        kind, _detail = crawling.run(source(web))["one"]
        assert kind in ("robots", "paused")
    assert web.paths() == ["/robots.txt"]

    robots(web, "")
    with crawling.session() as session, session.begin():
        fetched_at = datetime.now(UTC) - timedelta(hours=25)
        crawl_memory.put_robots_txt(session, web.base, fetched_at, status, b"no")
        crawl_memory.pause(session, web.address, datetime.now(UTC) - timedelta(minutes=1))
    assert crawling.run(source(web)) == {"one": ("new", "3")}


@pytest.mark.parametrize("status", [404, 410, 400])
def test_a_missing_robots_txt_allows_everything(web, crawling, status):
    serve_three_pages(web)
    robots(web, "User-agent: *\nDisallow: /\n", status)

    assert crawling.run(source(web)) == {"one": ("new", "3")}


def test_robots_txt_is_asked_once_a_day(web, crawling):
    serve_three_pages(web)
    robots(web, "User-agent: *\nAllow: /\n")
    crawling.run(source(web))
    crawling.run(source(web))
    assert web.count("/robots.txt") == 1

    with crawling.session() as session, session.begin():
        fetched_at = datetime.now(UTC) - timedelta(hours=25)
        crawl_memory.put_robots_txt(session, web.base, fetched_at, 200, b"User-agent: *\nDisallow: /\n")
    crawling.run(source(web))
    assert web.count("/robots.txt") == 2


def test_robots_txt_is_followed_through_six_redirects_and_obeyed(web, crawling):
    serve_three_pages(web)
    for number in range(6):
        here = "/robots.txt" if number == 0 else f"/r{number}"
        web.routes[here] = Answer(status=301, headers={"Location": f"/r{number + 1}"})
    web.routes["/r6"] = Answer(b"User-agent: *\nDisallow: /\n")

    assert crawling.run(source(web))["one"][0] == "robots"
    assert "/feed" not in web.paths()


def test_a_robots_txt_in_an_endless_circle_counts_as_none(web, crawling):
    serve_three_pages(web)
    web.routes["/robots.txt"] = Answer(status=302, headers={"Location": "/robots.txt"})

    assert crawling.run(source(web)) == {"one": ("new", "3")}
    assert web.count("/robots.txt") <= 11


def test_robots_rules_hold_for_feeds_pages_and_the_targets_of_redirects(web, crawling):
    web.routes["/feed"] = rss(item("/open"), item("/private/a"), item("/leads-there"))
    web.routes["/open"] = page()
    web.routes["/leads-there"] = Answer(status=302, headers={"Location": "/private/b"})
    web.routes["/private/feed"] = rss(item("/open"))
    robots(web, "User-agent: *\nDisallow: /private/\n")

    outcomes = crawling.run(source(web), source(web, "/private/feed", key="two"))

    assert outcomes == {
        "one": ("new", "1, and 2 that could not be fetched"),
        "two": ("robots", f"the robots.txt of {web.address} forbids /private/feed"),
    }
    assert sorted(crawling.issues()) == [
        ("robots", f"{web.base}/leads-there", f"the robots.txt of {web.address} forbids /private/b"),
        ("robots", f"{web.base}/private/a", f"the robots.txt of {web.address} forbids /private/a"),
    ]
    assert [path for path in web.paths() if path.startswith("/private")] == []


def test_a_site_that_names_the_library_keeps_its_pages_and_shows_its_feed(web, crawling):
    serve_three_pages(web)
    robots(web, "User-agent: Scrapy\nDisallow: /\n\nUser-agent: *\nAllow: /\n")

    kind, detail = crawling.run(source(web))["one"]

    assert (kind, detail.partition(":")[0]) == ("robots", "none of 3 new pages")
    assert web.paths() == ["/robots.txt", "/feed"]


def test_a_site_that_names_the_library_keeps_its_listings_too(web, crawling):
    web.routes["/news"] = Answer(b'<a href="/news/a">A</a>')
    robots(web, "User-agent: Scrapy\nDisallow: /\n")

    assert crawling.run(source(web, "/news", kind="listing", links="a"))["one"][0] == "robots"
    assert web.paths() == ["/robots.txt"]


def test_crawl_delay_keeps_requests_apart(web, crawling):
    serve_three_pages(web)
    robots(web, "User-agent: *\nCrawl-delay: 0.4\n")

    assert crawling.run(source(web)) == {"one": ("new", "3")}

    starts = [asked.began for asked in web.asked if asked.path != "/robots.txt"]
    assert [later - earlier for earlier, later in pairwise(starts) if later - earlier < 0.4] == []


def test_a_crawl_delay_longer_than_we_wait_leaves_the_host_alone(web, crawling):
    serve_three_pages(web)
    robots(web, "User-agent: *\nCrawl-delay: 500\n")

    kind, detail = crawling.run(source(web))["one"]

    assert (kind, detail) == (
        "robots",
        "its robots.txt asks for 500 seconds between requests; 120 is our longest",
    )
    assert web.paths() == ["/robots.txt"]


def test_requests_to_one_host_are_apart_and_never_overlap(web, crawling):
    sources = []
    for key in ("one", "two", "three"):
        web.routes[f"/{key}/feed"] = rss(item(f"/{key}/a"), item(f"/{key}/b"))
        web.routes |= {f"/{key}/{name}": Answer(page().body, after=0.05) for name in "ab"}
        sources.append(source(web, f"/{key}/feed", key=key))

    outcomes = crawling.run(*sources, seconds_between_requests=0.1)

    assert set(outcomes.values()) == {("new", "2")}
    assert web.most_at_once == 1
    starts = sorted(asked.began for asked in web.asked)
    assert min(later - earlier for earlier, later in pairwise(starts)) >= 0.1


@pytest.mark.parametrize(
    ("retry_after", "wait"),
    [
        ("3", timedelta(minutes=15)),
        ("7200", timedelta(hours=2)),
        ("999999", timedelta(hours=24)),
        ("Wed, 21 Oct 2015 07:28:00 GMT", timedelta(minutes=15)),
        (None, timedelta(minutes=15)),
    ],
)
def test_429_on_a_page_pauses_the_whole_host(web, crawling, retry_after, wait):
    serve_three_pages(web)
    busy = Answer(status=429, headers={"Retry-After": retry_after} if retry_after else {})
    web.routes |= {"/a": busy, "/b": busy, "/c": busy}

    kind, detail = crawling.run(source(web))["one"]

    assert kind == "paused"
    assert detail.endswith("; 0 of 3 pages fetched")
    assert len(web.asked) == len(["/robots.txt", "/feed", "the first page"])
    with crawling.session() as session:
        until = crawl_memory.paused_until(session, web.address)
    assert abs(until - datetime.now(UTC) - wait) < timedelta(minutes=1)


def test_a_paused_host_is_not_asked_anything_until_its_time_has_come(web, crawling):
    serve_three_pages(web)
    web.routes["/b"] = Answer(status=503)
    assert crawling.run(source(web))["one"][0] == "paused"
    so_far = len(web.asked)
    assert crawling.run(source(web))["one"][0] == "paused"
    assert len(web.asked) == so_far

    with crawling.session() as session, session.begin():
        crawl_memory.pause(session, web.address, datetime.now(UTC) - timedelta(minutes=1))
    web.routes["/b"] = page()
    assert crawling.run(source(web))["one"][0] == "new"
    assert crawling.pages() == {"/a": "fetched", "/b": "fetched", "/c": "fetched"}


def test_a_host_that_stays_unavailable_is_paused_twice_as_long_until_it_answers(web, crawling):
    def paused_for() -> int:
        with crawling.session() as session, session.begin():
            step = crawl_memory.last_pause(session, web.address)
            crawl_memory.pause(session, web.address, datetime.now(UTC) - timedelta(minutes=1), step)
            return step

    web.routes["/feed"] = Answer(status=503)
    steps = []
    for _ in range(3):
        crawling.run(source(web))
        steps.append(paused_for())
    web.routes["/feed"] = rss(item("/a"))
    web.routes["/a"] = page()
    crawling.run(source(web))
    steps.append(paused_for())
    web.routes["/feed"] = Answer(status=503)
    crawling.run(source(web))

    assert [*steps, paused_for()] == [900, 1800, 3600, 0, 900]


@pytest.mark.parametrize(
    ("etag", "last_modified"),
    [
        ('"v1"', None),
        ('W/"weak-gzip"', None),
        ("unquoted-gzip", None),
        (None, "Wed, 05 Jun 2024 02:00:00 GMT"),
        (None, "not even a date"),
        ('"v1"', "Wed, 05 Jun 2024 02:00:00 GMT"),
    ],
)
def test_validators_go_back_byte_for_byte_however_old_they_are(web, crawling, etag, last_modified):
    serve_three_pages(web)
    web.routes["/feed"] = with_validators(web.routes["/feed"], etag, last_modified)
    assert crawling.run(source(web)) == {"one": ("new", "3")}
    so_far = len(web.asked)

    assert crawling.run(source(web)) == {"one": ("unchanged", "")}

    (second,) = web.asked[so_far:]
    assert second.headers.get("if-none-match") == etag
    assert second.headers.get("if-modified-since") == last_modified


def test_a_feed_without_validators_and_without_change_is_not_stored_again(web, crawling):
    serve_three_pages(web)
    crawling.run(source(web))

    assert crawling.run(source(web)) == {"one": ("unchanged", "")}
    assert crawling.captures("feed") == ["/feed"]


def test_a_feed_that_was_not_read_completely_is_asked_for_without_condition(web, crawling):
    broken = Answer(rss(item("/a")).body.replace(b"</channel>", b"<item><title>cut & o"))
    web.routes |= {"/feed": with_validators(broken), "/a": page()}
    crawling.run(source(web))
    crawling.run(source(web))

    assert [asked.headers.get("if-none-match") for asked in web.asked if asked.path == "/feed"] == [None, None]


def test_validators_belong_to_the_address_that_gave_them(web, crawling):
    serve_three_pages(web)
    web.routes["/moved"] = with_validators(web.routes["/feed"])
    web.routes["/feed"] = Answer(status=302, headers={"Location": "/moved", "ETag": '"of the redirect"'})
    crawling.run(source(web))

    assert crawling.run(source(web)) == {"one": ("unchanged", "")}
    asked = [(each.path, each.headers.get("if-none-match")) for each in web.asked if "feed" in each.path + "feed"]
    assert asked[-2:] == [("/feed", None), ("/moved", '"v1"')]


def test_every_request_says_who_we_are_and_nothing_else(web, crawling):
    serve_three_pages(web)
    web.routes["/b"] = Answer(page().body, headers={"Set-Cookie": "seen=1; Path=/"})
    web.routes["/a"] = Answer(status=302, headers={"Location": "/a2", "Set-Cookie": "seen=1; Path=/"})
    web.routes["/a2"] = page()

    crawling.run(source(web), contact="operator@example.org")

    agents = {asked.headers["user-agent"] for asked in web.asked}
    assert [agent.startswith("DailiesBot/") and agent.endswith("/bot; operator@example.org)") for agent in agents] == [
        True
    ]
    assert {asked.headers["from"] for asked in web.asked} == {"operator@example.org"}
    assert [asked.path for asked in web.asked if {"cookie", "referer"} & set(asked.headers)] == []


def test_without_a_contact_the_user_agent_still_names_the_page_about_us(web, crawling):
    serve_three_pages(web)
    crawling.run(source(web))

    assert {asked.headers.get("from") for asked in web.asked} == {None}
    assert {asked.headers["user-agent"].partition("(")[2] for asked in web.asked} == {"+https://dailies.example/bot)"}


@pytest.mark.parametrize(("status", "times"), [(500, 2), (502, 2), (404, 1), (403, 1), (418, 1)])
def test_server_errors_are_tried_once_more_and_refusals_never(web, crawling, status, times):
    serve_three_pages(web)
    web.routes["/b"] = Answer(status=status)

    assert crawling.run(source(web)) == {"one": ("new", "2, and 1 that could not be fetched")}
    assert web.count("/b") == times


def test_a_page_that_hangs_up_is_tried_once_more_and_then_again_next_time(web, crawling):
    serve_three_pages(web)
    web.routes["/b"] = Answer(drop=True)
    crawling.run(source(web))
    assert web.count("/b") == 2
    assert crawling.pages()["/b"] == "wanted"

    web.routes["/b"] = page()
    assert crawling.run(source(web)) == {"one": ("new", "1")}
