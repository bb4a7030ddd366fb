"""What a source did on earlier days counts: it moves after three days, is gone after two, and is read as it wants."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawlers.past import Redirects, address, after_failure, after_reading, due_at, has_moved, past_of
from crawlers.ports import Rhythm, SourcePast
from crawlers.readers.rhythm import read_rhythm, with_max_age
from db.crawl import crawl_memory
from db.schema.crawl_tables import SourcePastRow
from tests.crawling import source
from tests.small_web import Answer, item, page, rss, with_validators

OLD, NEW = "https://old.example/feed", "https://new.example/feed"
MONDAY = datetime(2026, 11, 23, 6, tzinfo=UTC)
DAY = timedelta(days=1)


def moved(*statuses: int, to: str = NEW) -> Redirects:
    return Redirects(statuses, to)


def read_daily(*redirects: Redirects, every: timedelta = DAY) -> SourcePast:
    past = SourcePast(OLD)
    for number, redirect in enumerate(redirects):
        past = after_reading(past, redirect, None, MONDAY + number * every)
    return past


def test_a_permanent_redirect_is_believed_on_the_third_day():
    assert [has_moved(read_daily(*[moved(301)] * runs)) for runs in (1, 2, 3, 4)] == [False, False, False, True]
    assert address(read_daily(*[moved(308, 301)] * 4)) == NEW


@pytest.mark.parametrize(
    "redirects",
    [
        [moved(302)] * 9,
        [moved(301, 302)] * 9,
        [moved(301), moved(301), moved(301), Redirects((), OLD)],
        [moved(301), moved(301), moved(301), moved(301, to="https://parked.example/")],
    ],
)
def test_other_redirects_are_followed_and_not_believed(redirects):
    assert address(read_daily(*redirects)) == OLD


def test_many_runs_on_one_day_are_one_day():
    assert address(read_daily(*[moved(301)] * 9, every=timedelta(hours=1))) == OLD


@pytest.mark.parametrize(("kind", "expected"), [("not_a_feed", OLD), ("missing", OLD), ("unreachable", NEW)])
def test_a_new_address_that_turns_out_wrong_is_given_up(kind, expected):
    assert address(after_failure(read_daily(*[moved(301)] * 4), kind, MONDAY + 5 * DAY)) == expected


def test_a_source_is_gone_after_a_second_look_on_another_day():
    first = after_failure(SourcePast(OLD), "gone", MONDAY)
    assert not first.gone
    assert not after_failure(first, "gone", MONDAY + timedelta(hours=1)).gone
    assert after_failure(first, "gone", MONDAY + DAY).gone
    assert after_reading(first, Redirects((), OLD), None, MONDAY + DAY).gone_since is None


def test_a_new_address_in_the_catalogue_makes_the_past_void():
    gone = SourcePast(OLD, gone=True)
    assert past_of(OLD, gone) == gone
    assert past_of(NEW, gone) == SourcePast(NEW)


@pytest.mark.parametrize(
    ("rhythm", "hours"),
    [
        (Rhythm(), 0),
        (Rhythm(minutes=90), 1.5),
        (Rhythm(minutes=100_000), 12),
        (Rhythm(skip_hours=(6, 7)), 2),
        (Rhythm(minutes=60, skip_hours=(7,)), 2),
        (Rhythm(skip_hours=tuple(range(24))), 12),
        (Rhythm(skip_days=(0,)), 12),
        (Rhythm(skip_days=(5, 6)), 0),
    ],
)
def test_when_a_source_wants_to_be_read_again(rhythm, hours):
    past = SourcePast(OLD, read_at=MONDAY, rhythm=rhythm)
    assert due_at(past) == MONDAY + timedelta(hours=hours)


def test_the_rhythm_of_a_feed_with_several_hours_and_days():
    document = (
        b"<rss><channel><skipHours><hour>0</hour><hour> 24 </hour><hour>7</hour></skipHours>"
        b"<skipDays><day>Saturday</day><day>sunday</day><day>Someday</day></skipDays></channel></rss>"
    )
    assert read_rhythm(document, "60") == Rhythm(60, (0, 7), (5, 6))
    assert read_rhythm(b"<rss/>", "often") == Rhythm()


@pytest.mark.parametrize(
    ("header", "minutes"),
    [
        (None, 30),
        ("public, max-age=7200", 120),
        ("s-maxage=7200", 30),
        ("max-age=60", 30),
        ("no-cache, max-age=7200", 30),
    ],
)
def test_a_rhythm_is_no_faster_than_max_age(header, minutes):
    assert with_max_age(Rhythm(minutes=30), header).minutes == minutes


def keep(crawling, **past):
    """Put a past into the database, as if earlier runs had learned it."""
    kept = {"rhythm": {"minutes": 0, "skip_hours": [], "skip_days": []}, "source_key": "one", **past}
    with crawling.session() as session, session.begin():
        crawl_memory.put_source_past(session, SourcePastRow(**kept))


def test_a_feed_that_says_410_is_asked_once_more_another_day_and_then_never(web, crawling):
    web.routes["/feed"] = Answer(status=410)
    assert crawling.run(source(web)) == {"one": ("gone", "answered 410: gone for good")}
    assert crawling.run(source(web)) == {"one": ("gone", "answered 410: gone for good")}
    keep(crawling, url=source(web).url, gone_since=datetime.now(UTC) - DAY)
    assert crawling.run(source(web)) == {"one": ("gone", "answered 410: gone for good")}
    assert web.count("/feed") == 3

    assert crawling.run(source(web)) == {"one": ("gone", "answered 410 twice and is not asked any more")}
    assert web.count("/feed") == 3


def test_a_feed_that_has_moved_for_days_is_asked_at_its_new_address(web, crawling):
    web.routes |= {"/new": with_validators(rss(item("/a"))), "/a": page()}
    web.routes["/feed"] = Answer(status=301, headers={"Location": "/new"})
    keep(
        crawling,
        url=source(web).url,
        moved_to=f"{web.base}/new",
        moved_since=datetime.now(UTC) - 3 * DAY,
        moved_runs=2,
        read_at=datetime.now(UTC) - DAY,
    )
    crawling.run(source(web))
    assert crawling.issues() == [
        ("moved", f"{web.base}/feed", f"has moved for good to {web.base}/new, and is read there; put that into one.yml")
    ]

    assert crawling.run(source(web)) == {"one": ("unchanged", "")}
    assert (web.count("/feed"), web.count("/new")) == (1, 2)
    assert crawling.issues() == []


def test_a_feed_is_not_read_before_it_wants_to_be_but_its_pages_are_fetched(web, crawling):
    web.routes |= {
        "/feed": rss(item("/a"), item("/b"), channel="<ttl>60</ttl>"),
        "/a": page(),
        "/b": Answer(status=500),
    }
    assert crawling.run(source(web)) == {"one": ("new", "1, and 1 that could not be fetched")}

    web.routes["/b"] = page()
    assert crawling.run(source(web)) == {"one": ("new", "1")}
    kind, detail = crawling.run(source(web))["one"]
    assert (kind, detail.rpartition(" from ")[0]) == ("unchanged", "wants to be read again")
    assert web.count("/feed") == 1

    rhythm = {"minutes": 60, "skip_hours": [], "skip_days": []}
    keep(crawling, url=source(web).url, read_at=datetime.now(UTC) - timedelta(minutes=61), rhythm=rhythm)
    assert crawling.run(source(web)) == {"one": ("unchanged", "")}
    assert web.count("/feed") == 2
