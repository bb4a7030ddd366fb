"""What the crawl remembers, on both databases: the queue, the readers' queue, validators, robots.txt, hosts at rest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from db.connection.engine import open_database, writing
from db.crawl import crawl_memory, crawl_queue, feed_hints
from db.crawl.crawl_queue import Archived, QueuedEntry
from db.model import FeedHints
from db.schema.crawl_tables import SourceRow

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
HINTS = FeedHints("标题 A title", NOON, "<p>Summary</p>", None, ("Ada", "林"))


@pytest.fixture
def engine(database_url):
    engine = open_database(database_url, "real")
    with writing(engine) as session:
        source = SourceRow(key="reel", title="Reel", kind="rss", url="https://reel.example/feed", language="en")
        crawl_memory.enter_sources(session, [source])
        crawl_memory.enter_sources(session, [source])
    return engine


def entry(name, published=NOON, **values):
    hints = FeedHints(name, published)
    return QueuedEntry(name, f"https://reel.example/{name}", crawl_queue.entry_digest(hints), hints, **values)


def archived(name, kind="page", offset=0):
    place = (f"https://reel.example/{name}", "reel", "text/html", NOON, "20260101.warc.gz", offset)
    return Archived(kind, *place, f"digest of {name}", HINTS, {"publisher": "Reel"})


def test_pages_are_wanted_newest_first_and_undated_last(engine):
    with writing(engine) as session:
        entries = [entry("b"), entry("old", NOON - timedelta(days=1)), entry("undated", None), entry("a")]
        assert crawl_queue.queue_entries(session, "reel", entries, NOON) == 0
    with Session(engine) as session:
        assert [page.key for page in crawl_queue.wanted_pages(session, "reel")] == ["a", "b", "old", "undated"]
        assert crawl_queue.has_pages(session)


def test_an_entry_that_is_queued_again_stays_what_it_is(engine):
    with writing(engine) as session:
        crawl_queue.queue_entries(session, "reel", [entry("a")], NOON)
        crawl_queue.pages_fetched(session, [("a", archived("a"))])
        assert crawl_queue.queue_entries(session, "reel", [entry("a")], NOON) == 0
        assert crawl_queue.wanted_pages(session, "reel") == []


def test_a_page_that_fails_is_given_up_after_three_runs(engine):
    with writing(engine) as session:
        crawl_queue.queue_entries(session, "reel", [entry("a")], NOON)
    for left in (["a"], ["a"], []):
        with writing(engine) as session:
            crawl_queue.page_failed(session, "a", "http_error", "503", final=False)
        with Session(engine) as session:
            assert [page.key for page in crawl_queue.wanted_pages(session, "reel")] == left


def test_captures_wait_in_the_order_they_came(engine):
    beyond_four_gigabytes = 5_000_000_000
    with writing(engine) as session:
        for number in range(3):
            crawl_queue.enter_capture(session, archived(f"page {number}", offset=beyond_four_gigabytes + number))
    with Session(engine) as session:
        first, second, _ = crawl_queue.waiting_captures(session, 0, 10)
        assert crawl_queue.count_waiting(session) == 3
        assert [row.url for row in crawl_queue.waiting_captures(session, first.id, 1)] == [second.url]
        assert feed_hints.hints_from_json(first.hints) == HINTS
        assert (first.given, first.archive_offset) == ({"publisher": "Reel"}, beyond_four_gigabytes)


def test_the_same_document_is_taken_once(engine):
    document = archived("memo", kind="document")
    for taken in (True, False):
        with writing(engine) as session:
            assert crawl_queue.enter_document(session, document.body_digest, document.url, lambda: document) is taken


def test_validators_robots_and_pauses_are_kept_as_given(engine):
    for etag in ('W/"1"', '"2"'):
        with writing(engine) as session:
            crawl_memory.put_validators(session, "https://reel.example/feed", etag, None, "digest")
            crawl_memory.put_robots_txt(session, "https://reel.example", NOON, 200, b"User-agent: *\x00\xff")
            crawl_memory.pause(session, "reel.example", NOON)
    with Session(engine) as session:
        assert crawl_memory.validators(session, "https://reel.example/feed") == ('"2"', None, "digest")
        assert crawl_memory.robots_txt(session, "https://reel.example") == (NOON, 200, b"User-agent: *\x00\xff")
        assert crawl_memory.paused_until(session, "reel.example") == NOON
        assert crawl_memory.validators(session, "https://other.example") is None
