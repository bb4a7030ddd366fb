"""What is told of each source: what its visits cost and brought, its own rhythm, and when it leaves it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session

from dailies.commands.status import status
from dailies.notices.source_rhythm import Rhythm, rhythm_of
from db.connection.engine import open_database
from db.crawl.run_log import count_articles, finish_run, put_figures, put_outcome, start_run
from db.crawl.source_record import SourceDay, last_visits, source_days
from db.nouns.source import SourceFields
from db.schema.run_tables import RunRow
from tests.crawling import source
from tests.new_databases import new_sqlite
from tests.small_web import Answer, item, page, rss, with_validators

FIRST = date(2026, 3, 1)


def days(told: str) -> list[SourceDay]:
    """A source's days, one a character: a digit for so many new articles, "x" for a failure, "-" for no visit."""
    return [
        SourceDay(FIRST + timedelta(days=number), mark != "x", int(mark) if mark.isdigit() else 0, "unreachable")
        for number, mark in enumerate(told)
        if mark != "-"
    ]


@pytest.mark.parametrize(
    ("told", "state", "since"),
    [
        ("", "unverified", None),
        ("xxxxxxxxxxxxxxxxxxxxxxxx", "unverified", None),  # never reached: information, no alert
        ("x5", "learning", None),
        ("93332333323333", "learning", None),  # 13 days later
        ("933323333233333", "good", None),
        ("93332333323333x", "good", None),  # one bad day
        ("93332333323333xx", "failing", 14),
        ("9333233x323333xx", "failing", 14),
        ("9333xx33323333xx", "good", None),  # as it was before
        ("9333xx33323333xxx", "failing", 14),
        ("933323333233330", "good", None),
        ("9333233332333300", "good", None),  # three articles a day: six missing
        ("93332333323333000", "silent", 14),
        ("9330033300333003330000", "silent", 18),  # quiet on weekends, and now for twice as long
        ("93300333003330033300", "good", None),
        ("933233332333300--0", "silent", 13),  # on days without a run it was not silent
        ("93332333323333-----3", "good", None),
        ("9001000010000010000000100000", "good", None),  # a company that speaks every week
        ("90000000000000000000", "good", None),  # too little to know a rhythm
    ],
)
def test_a_source_is_held_against_its_own_rhythm(told, state, since):
    found = rhythm_of(days(told))
    assert (found.state, found.since) == (state, None if since is None else FIRST + timedelta(days=since))


def test_the_rate_leaves_out_the_first_day_and_the_days_it_was_not_reached():
    assert rhythm_of(days("9222x2222-222222")) == Rhythm("good", 2.0)


def test_an_estimate_by_tier_and_kind_until_then():
    def expected(**fields):
        given = {"key": "one", "title": "One", "kind": "rss", "url": "https://one.example/", "language": "en"}
        return SourceFields.model_validate({**given, **fields}).expected_yield

    assert [expected(tier=tier) for tier in ("primary", "company", "trade", "press", "aggregator")] == [
        *(1.0, 0.3, 3.0, 10.0, 35.0)
    ]
    assert expected(tier="press", kind="sitemap") == 60.0
    assert expected(tier="press", expected_yield=4) == 4.0


def test_what_a_visit_costs_is_counted(web, crawling):
    listed = [web.base + path for path in ("/1", "/2", "/refused", "/broken")]
    feed = rss(*(item(link) for link in listed))
    web.routes |= {
        "/feed": with_validators(feed),
        "/1": page("One"),
        "/2": page("Two"),
        "/refused": Answer(b"no", 403),
        "/broken": Answer(b"oh", 500),
    }
    crawling.run(source(web))
    first = figures(crawling)
    crawling.run(source(web))

    body = sum(len(route.body) for route in (web.routes["/1"], web.routes["/2"])) + len(feed.body) + len(b"noohoh")
    assert first == {"requests": 6, "not_modified": 0, "blocked": 1, "failed": 2, "bytes": body}
    # the page that broke is wanted again, and tried twice again
    assert figures(crawling) == {"requests": 4, "not_modified": 1, "blocked": 1, "failed": 2, "bytes": len(b"noohoh")}


def figures(crawling):
    with crawling.session() as session:
        row = last_visits(session)[0].row
        assert row.seconds > 0
        return {name: getattr(row, name) for name in ("requests", "not_modified", "blocked", "failed", "bytes")}


def test_what_robots_forbids_was_not_asked_for_and_did_not_fail(web, crawling):
    web.routes |= {
        "/robots.txt": Answer(b"User-agent: *\nDisallow: /private"),
        "/feed": rss(item(web.base + "/private/1")),
    }
    crawling.run(source(web))
    with crawling.session() as session:
        row = last_visits(session)[0].row
    assert (row.requests, row.blocked, row.failed) == (1, 0, 0)


@pytest.fixture
def engine(tmp_path):
    return open_database(new_sqlite(tmp_path / "news.db", up_to_date=True))


def run_on(engine, moment, *, outcome="new", articles=2, key="reel", size=1000):
    with Session(engine) as session, session.begin():
        number = start_run(session, "run")
        session.get_one(RunRow, number).started_at = moment
        count_articles(session, number, "leftover", 1, 1, 1)
        if outcome:
            put_figures(session, number, key, {"requests": 3, "not_modified": 1, "bytes": 4000, "seconds": 2.5})
            put_outcome(session, number, key, outcome, "why" if outcome == "unreachable" else "")
        for _ in range(articles):
            count_articles(session, number, key, 1, 1, 3)
        finish_run(session, number, "done", size, 0)


def test_articles_left_over_from_an_earlier_run_are_no_visit(engine):
    run_on(engine, datetime(2026, 3, 1, tzinfo=UTC))
    with Session(engine) as session:
        assert [visit.row.source_key for visit in last_visits(session)] == ["reel"]
        assert list(source_days(session, datetime(2026, 1, 1, tzinfo=UTC))) == ["reel", "leftover"][::-1]
        assert source_days(session, datetime(2026, 1, 1, tzinfo=UTC))["leftover"] == []


def test_the_status_tells_every_source_and_how_things_grow(engine, tmp_path, capsys):
    now = datetime.now(UTC)
    for number in range(20, 2, -1):
        run_on(engine, now - timedelta(days=number), size=1000)
    for number in (2, 1):
        run_on(engine, now - timedelta(days=number), outcome="unreachable", articles=0)

    status(f"sqlite:///{tmp_path}/news.db", "json")

    rows = json.loads(capsys.readouterr().out)["rows"]
    reel = next(row for row in rows if row["name"] == "reel")
    assert {name: reel[name] for name in ("outcome", "state", "requests", "not_modified", "milliseconds", "bytes")} == {
        "outcome": "unreachable",
        "state": "failing",
        "requests": 3,
        "not_modified": 1,
        "milliseconds": 2500,
        "bytes": 4000,
    }
    assert reel["detail"] == f"failing since {now - timedelta(days=2):%Y-%m-%d}; why"
    assert reel["articles_a_day"] == 2
    database = next(row for row in rows if row["name"] == "database")
    assert database["bytes"] > 100_000
    assert database["detail"].endswith(f"a day since {now - timedelta(days=20):%Y-%m-%d}")
    assert [row["kind"] for row in rows if row["kind"] == "run"] == ["run"] * 5
