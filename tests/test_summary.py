"""What a run says before and after: how long, what is new, what failed and why, where the reports lie, what next."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from crawlers.crawl import CrawlSettings
from dailies.reading.result_store import Tally
from dailies.run.daily_run import RunResult
from dailies.run.summary import first_run_notice, offline_notice, summarise
from dailies.site.publish import Published
from db.connection.engine import open_database
from db.crawl.run_log import SourceOutcome, add_issue
from db.schema.run_tables import RunRow
from tests.claims import claim
from tests.new_databases import new_sqlite
from tests.stored_news import store_article

BEGAN = datetime(2024, 6, 14, 6, tzinfo=UTC)
GOOD = SourceOutcome("reel", "new", "", 3, 3)
NOTHING = Tally()


@pytest.fixture
def engine(tmp_path):
    return open_database(new_sqlite(tmp_path / "news.db"), "sample")


def summary(engine, capsys, tally=NOTHING, outcomes=(), published=None, *, stopped=False, issues=(), seconds=42):
    """What a run of so many seconds prints; the database's place as "news.db"."""
    with Session(engine) as session, session.begin():
        run = RunRow(command="run", started_at=BEGAN, finished_at=BEGAN + timedelta(seconds=seconds), outcome="done")
        session.add(run)
        session.flush()
        for issue in issues:
            add_issue(session, run.id, "unreadable", *issue)
        result = RunResult(run.id, tally, outcomes, stopped)
    summarise(engine, result, published)
    out, err = capsys.readouterr()
    assert out == ""
    return re.sub(r"--db \S+/news\.db", "--db news.db", err)


def test_a_whole_summary(engine, capsys):
    claims = [
        claim(amount=80_000_000, on="2024-06-04"),
        claim("product_launch", fields={"product": "Gen-3", "stage": "release"}),
        claim("product_launch", fields={"product": "Gen-4", "stage": "release"}, sentence="And another."),
    ]
    store_article(engine, *claims, published="2024-06-13", recorded="2024-06-14T06:00:10")
    failed = SourceOutcome("lens", "unreachable", "no address for lens.example", 0, 0)
    told = summary(
        engine,
        capsys,
        Tally(articles=4, relevant=1, revisions=1, claims=3, facts_formed=3),
        [GOOD, failed],
        Published(Path("out/index.html"), [Path("out/companies.csv"), Path("out/index.html")]),
        issues=[("https://reel.example/9", "a challenge page instead of the article")],
    )
    assert (
        told
        == """
sample data, not for citation · 样例数据，不可引用
Done in 42 s: 4 new articles, 1 of them about AI video, 1 changed article; 3 new claims, 3 facts formed.
  launch 2 · funding round 1
Sources: 1 of 2 answered.
  lens unreachable: no address for lens.example
Could not be read: 1. `dailies status` keeps the list.
  https://reel.example/9 a challenge page instead of the article
Reports: out/index.html (2 files written).
Next: dailies brief --week 2024-W24 --db news.db · dailies companies --db news.db · dailies timeline Runway --db news.db
"""
    )


def test_nothing_new_in_an_unchanged_world(engine, capsys):
    told = summary(engine, capsys, outcomes=[GOOD], published=Published(Path("out/index.html"), []), seconds=130)
    assert told.splitlines()[2:] == [
        "Done in 2 min: nothing new.",
        "Sources: 1 of 1 answered.",
        "Reports: out/index.html (unchanged).",
    ]


def test_a_stop_and_a_broken_crawl_are_said(engine, capsys):
    told = summary(engine, capsys, Tally(crawl_failed=True), stopped=True)
    assert "Stopped as asked; the next run goes on where this one stopped." in told
    assert "The crawl ended before it was through; the next run goes on where it stopped." in told
    assert "Reports" not in told


def test_a_long_list_of_troubles_is_cut_and_counted(engine, capsys):
    told = summary(engine, capsys, issues=[(f"https://x.example/{place}", "why") for place in range(8)])
    assert "Could not be read: 8." in told
    assert told.count("https://x.example/") == 5
    assert "  and 3 more\n" in told


def test_what_a_server_says_cannot_reach_the_terminal(engine, capsys):
    bad = SourceOutcome("lens", "unreachable", "\x1b[2J\u202e" + "x" * 1000, 0, 0)
    told = summary(engine, capsys, outcomes=[bad], issues=[("https://x.example/\x1b[31m", "\x07")])
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e]", told)
    assert max(len(line) for line in told.splitlines()) < 300


def test_the_first_run_says_how_long_it_takes():
    urls = [f"https://news-{number}.example/feed" for number in range(12)]
    assert first_run_notice(urls, CrawlSettings()) == (
        "First run: at most the newest 20 articles of the last 14 days from each of 12 sources on 12 sites, with 5 s "
        "between two requests to one site. About 2 to 4 minutes. Ctrl-C finishes the page in hand, saves and reports."
    )


def test_first_run_notice_counts_sites_because_the_sources_of_one_share_its_pace():
    urls = [f"https://www.reel.example/{topic}/feed" for topic in ("ai", "venture", "layoffs")]
    told = first_run_notice([*urls, "https://lens.example/feed"], CrawlSettings())
    assert "from each of 4 sources on 2 sites" in told
    assert "About 6 to 12 minutes." in told


def test_without_a_network_it_says_so_and_that_it_reports():
    assert "no network" in offline_notice()
    assert "reported all the same" in offline_notice()


def test_sources_that_wait_for_their_user_are_told_apart_with_the_remedy(engine, capsys):
    """They neither answered nor failed, and hide no dead network."""
    remedy = "set DAILIES_CONTACT to your e-mail address"
    waiting = [SourceOutcome(key, "skipped", remedy, 0, 0) for key in ("gdelt", "sec-form-d")]
    dead = SourceOutcome("lens", "unreachable", "no address for lens.example", 0, 0)
    told = summary(engine, capsys, outcomes=[dead, *waiting])

    assert "Sources: 0 of 1 answered." in told
    assert f"Not asked: gdelt, sec-form-d; {remedy}." in told
    assert RunResult(1, Tally(), [dead, *waiting], False).offline
    assert not RunResult(1, Tally(), waiting, False).offline
    assert RunResult(1, Tally(), [GOOD, *waiting], False).exit_code == 0
