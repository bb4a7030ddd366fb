"""Servers that misbehave: each is a named outcome, the other sources are unharmed, time and memory stay bounded."""

from __future__ import annotations

import gzip
import itertools
import multiprocessing
import time
import zlib

import pytest
from sqlmodel import Session, select

from crawlers.crawl import CrawlSettings
from dailies.run.daily_run import perform
from dailies.settings import settings_for
from db.connection.engine import open_database
from db.crawl import run_log
from db.nouns.source import SourceFields
from db.schema.crawl_tables import CaptureRow
from tests.crawling import QUICK, source
from tests.small_web import Answer, item, page, rss
from tests.test_memory import MEGABYTE, summed_memory

HTML = {"Content-Type": "text/html; charset=utf-8"}
LARGEST = 200_000


def endless(chunk: bytes, pause: float = 0.0):
    def chunks():
        for _ in itertools.count():
            time.sleep(pause)
            yield chunk

    return chunks


def bomb() -> bytes:
    """A hundred megabytes of zeros in a hundred kilobytes."""
    packer = zlib.compressobj(9, wbits=31)
    return b"".join([*(packer.compress(b"\0" * 1_000_000) for _ in range(100)), packer.flush()])


def chain(web, length: int) -> Answer:
    for number in range(length):
        web.routes[f"/r{number}"] = Answer(status=302, headers={"Location": f"/r{number + 1}"})
    web.routes[f"/r{length}"] = rss(item("/a"))
    return Answer(status=301, headers={"Location": "/r0"})


HOSTILE = {
    "a web page": (lambda web: Answer(b"<!DOCTYPE html><html><body>36kr</body></html>", headers=HTML), "not_a_feed"),
    "an empty answer": (lambda web: Answer(b""), "not_a_feed"),
    "JSON": (lambda web: Answer(b'{"error": 1}'), "not_a_feed"),
    "a challenge with 403": (lambda web: Answer(b"<title>Just a moment...</title>", 403, HTML), "blocked"),
    "a challenge with 503": (lambda web: Answer(b"<title>Just a moment...</title>", 503, HTML), "blocked"),
    "a challenge with 200": (lambda web: Answer("<p>环境异常</p>".encode(), headers=HTML), "blocked"),
    "401": (lambda web: Answer(status=401), "blocked"),
    "403": (lambda web: Answer(status=403), "blocked"),
    "404": (lambda web: Answer(status=404), "missing"),
    "410": (lambda web: Answer(status=410), "gone"),
    "500": (lambda web: Answer(status=500), "unreachable"),
    "an unknown status": (lambda web: Answer(status=299), "unreachable"),
    "a redirect to itself": (lambda web: Answer(status=302, headers={"Location": "/feed"}), "unreachable"),
    "a chain of seven redirects": (lambda web: chain(web, 7), "unreachable"),
    "a redirect to nowhere": (lambda web: Answer(status=302), "unreachable"),
    "a redirect to nonsense": (lambda web: Answer(status=302, headers={"Location": "http://[::"}), "unreachable"),
    "silence": (lambda web: Answer(after=4), "unreachable"),
    "one byte a time": (lambda web: Answer(chunks=endless(b"x", 0.1)), "unreachable"),
    "hanging up": (lambda web: Answer(drop=True), "unreachable"),
    "a body cut short": (lambda web: Answer(b"<rss", headers={"Content-Length": "400"}), "unreachable"),
    "two gigabytes announced": (lambda web: Answer(b"x", headers={"Content-Length": "2000000000"}), "too_large"),
    "an endless body": (lambda web: Answer(chunks=endless(b"x" * 50_000)), "too_large"),
    "a gzip bomb": (lambda web: Answer(bomb(), headers={"Content-Encoding": "gzip"}), "too_large"),
    "gzip that is none": (lambda web: Answer(b"plain", headers={"Content-Encoding": "gzip"}), "unreachable"),
    "a gzip bomb in disguise": (lambda web: Answer(gzip.compress(b"\0" * 20_000_000)), "not_a_feed"),
}
"""What a feed's address may answer, and the outcome."""


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_feed_is_a_named_outcome_and_the_next_source_is_unharmed(web, crawling, name):
    answer, expected = HOSTILE[name]
    web.routes |= {"/feed": answer(web), "/good": rss(item("/a")), "/a": page()}
    if name == "a challenge with 503":
        web.routes["/good"] = Answer(status=404)

    outcomes = crawling.run(source(web), source(web, "/good", key="two"), seconds_per_request=0.8, largest_body=LARGEST)

    kind, reason = outcomes["one"]
    assert kind == expected
    assert reason
    assert "\n" not in reason
    if name != "a challenge with 503":
        assert outcomes["two"] == ("new", "1")


PAGES = {
    "a picture": (Answer(b"\x89PNG", headers={"Content-Type": "image/png"}), "not_a_page", "failed"),
    "a PDF": (Answer(b"%PDF", headers={"Content-Type": "application/pdf"}), "not_a_page", "failed"),
    "nothing": (Answer(b"  ", headers=HTML), "not_a_page", "wanted"),
    "404": (Answer(status=404), "missing", "failed"),
    "410": (Answer(status=410), "gone", "failed"),
    "403": (Answer(status=403), "blocked", "wanted"),
    "500": (Answer(status=500), "unreachable", "wanted"),
    "an endless body": (Answer(chunks=endless(b"x" * 50_000)), "too_large", "failed"),
    "hanging up": (Answer(drop=True), "unreachable", "wanted"),
}
"""What a page's address may answer, the outcome, and whether it is tried again in the next run."""


@pytest.mark.parametrize("name", PAGES)
def test_a_hostile_page_is_named_and_the_others_are_fetched(web, crawling, name):
    answer, outcome, state = PAGES[name]
    web.routes |= {"/feed": rss(item("/a"), item("/bad"), item("/c")), "/a": page(), "/bad": answer, "/c": page()}

    assert crawling.run(source(web), largest_body=LARGEST)["one"] == ("new", "2, and 1 that could not be fetched")
    assert [issue[:2] for issue in crawling.issues()] == [(outcome, f"{web.base}/bad")]
    assert crawling.pages() == {"/a": "fetched", "/bad": state, "/c": "fetched"}


def test_a_page_that_fails_in_three_runs_is_left(web, crawling):
    web.routes |= {"/feed": rss(item("/bad")), "/bad": Answer(status=403)}
    kinds = [crawling.run(source(web))["one"][0] for _ in range(4)]

    assert kinds == ["blocked", "blocked", "blocked", "unchanged"]
    assert web.count("/bad") == 3


def test_a_source_whose_pages_all_fail_is_not_tried_to_the_end(web, crawling):
    web.routes["/feed"] = rss(*(item(f"/{number}") for number in range(10)))
    web.routes |= {f"/{number}": Answer(status=500) for number in range(10)}

    kind, reason = crawling.run(source(web))["one"]

    assert (kind, reason) == ("unreachable", "answered 500; 0 of 10 pages fetched")
    assert len({asked.path for asked in web.asked} - {"/robots.txt", "/feed"}) == 3


def test_duplicate_and_missing_guids_and_dead_links_are_taken_as_they_come(web, crawling):
    web.routes |= {"/a": page(), "/b": page()}
    same = "<guid>one</guid></item>"
    web.routes["/feed"] = rss(
        item("/a").replace("</item>", same),
        item("/b").replace("</item>", same),
        item("/a", "An article"),
        item("javascript:alert(1)"),
        "<item></item>",
    )

    assert crawling.run(source(web)) == {"one": ("new", "2")}
    assert crawling.issues() == [("feed", f"{web.base}/feed", "2 of 5 entries without a link to a page")]


HEAVY = {
    "a million nested tags": "<div>" * 1_000_000,
    "a paragraph of nine megabytes": f"<article><p>{'Runway raised money. ' * 430_000}</p></article>",
    "a hundred thousand links": '<a href="/x">Runway</a>' * 100_000,
    "a sum of a million digits": f"<article><p>Runway raised ${'9' * 1_000_000} million.</p></article>",
}
"""Pages that are large where it hurts."""


def whole_run(folder: str, base: str, feeds: list[str]) -> None:
    """A run as `dailies run` does it, over these feeds."""
    settings = settings_for(f"sqlite:///{folder}/dailies.db", readers=2)
    sources = [
        SourceFields(key=feed.strip("/"), title=feed, kind="rss", language="en", url=base + feed) for feed in feeds
    ]
    quick = {**QUICK, "seconds_per_request": 4.0, "allowed_loopback": base.removeprefix("http://")}
    engine = open_database(settings.database_url, "real")
    heavy = SourceFields(key="heavy", title="heavy", kind="rss", language="en", url=base + "/heavy")
    for wanted in ([heavy], sources):  # the heavy ones first: a host that answers badly is left alone for a while
        perform(engine, settings, command="crawl", sources=wanted, crawl_settings=CrawlSettings(**quick))


@pytest.mark.check
@pytest.mark.timeout(300)
def test_a_whole_hostile_run_stays_small(web, tmp_path):
    """All of them at once, to claims and facts, with the real limits; memory summed over all processes."""
    items, heavy = [], []
    for number, (answer, *_) in enumerate(PAGES.values()):
        web.routes[f"/bad{number}"] = answer
        items.append(item(f"/bad{number}"))
    for number, markup in enumerate(HEAVY.values()):
        web.routes[f"/heavy{number}"] = Answer(f"<html><body>{markup}</body></html>".encode(), headers=HTML)
        heavy.append(item(f"/heavy{number}"))
    web.routes |= {
        "/heavy": rss(*heavy),
        "/pages": rss(*items),
        "/long": rss(*(item(f"/{number}") for number in range(100_000))),
    }
    feeds = ["/pages", "/long"]
    for number, (name, (answer, _)) in enumerate(HOSTILE.items()):
        if "503" not in name and "chain" not in name:
            web.routes[f"/feed{number}"] = answer(web)
            feeds.append(f"/feed{number}")
    run = multiprocessing.get_context("spawn").Process(target=whole_run, args=(str(tmp_path), web.base, feeds))
    run.start()
    peak, begun = 0, time.monotonic()
    while run.is_alive():
        peak = max(peak, summed_memory(run.pid))
        time.sleep(0.02)

    print(f"\nhostile run: {peak / MEGABYTE:.0f} MB at most, {time.monotonic() - begun:.0f} seconds")
    assert run.exitcode == 0
    with Session(open_database(f"sqlite:///{tmp_path}/dailies.db")) as session:
        outcomes = run_log.outcomes(session, 2)
        read = session.exec(select(CaptureRow.state).where(CaptureRow.kind == "page")).all()
    assert len(outcomes) == len(feeds)
    assert len(read) >= len(HEAVY)
    assert "waiting" not in read
    assert peak / MEGABYTE < 600
