"""Eighty sources on loopback: a first crawl, an unchanged second one, and a third with exactly five new articles."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, func, select

from dailies.run.daily_run import perform
from dailies.settings import settings_for
from db.connection.engine import open_database
from db.schema.run_tables import RunSourceRow
from db.schema.tables import ArticleRow, ClaimRow, FactRow
from tests.replica import generated, replica, sample_story

pytestmark = [pytest.mark.check, pytest.mark.timeout(900)]
SOURCES, ARTICLES = 80, 6
MORNING = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=2)


@pytest.fixture
def web():
    with replica() as served:
        generated(served, SOURCES, ARTICLES, MORNING)
        yield served


def crawl(web, engine, settings):
    """One run; its result, the sums over its sources, and the paths that were asked for."""
    seen = len(web.web.asked)
    result = perform(engine, settings, command="crawl", sources=web.sources(), crawl_settings=web.settings())
    names = ("requests", "not_modified", "blocked", "failed", "bytes", "fetched", "articles", "claims")
    with Session(engine) as session:
        rows = session.exec(select(RunSourceRow).where(RunSourceRow.run_id == result.run_id)).all()
        figures = {name: sum(getattr(row, name) for row in rows) for name in names}
    return result, figures, [asked.path for asked in web.web.asked[seen:] if asked.path != "/robots.txt"]


def held(engine):
    with Session(engine) as session:
        tables = (ArticleRow, ClaimRow, FactRow)
        return [session.exec(select(func.count()).select_from(table)).one() for table in tables]


def test_an_unchanged_day_costs_conditional_requests_only_and_five_new_articles_are_five(web, tmp_path):
    settings = settings_for(f"sqlite:///{tmp_path}/dailies.db", readers=2)
    engine = open_database(settings.database_url, "real")
    with_validators = [site for site in web.sites.values() if site.validators]

    first, figures, _ = crawl(web, engine, settings)
    print("\nfirst", figures, "articles, claims, facts", held(engine))
    assert first.exit_code == 0
    assert figures["articles"] == SOURCES * ARTICLES
    assert figures["claims"] > SOURCES
    before = held(engine)

    second, unchanged, asked = crawl(web, engine, settings)
    print("second", unchanged)
    assert second.exit_code == 0
    assert sorted(asked) == sorted(site.feed_path for site in web.sites.values())  # no page is fetched
    assert unchanged["not_modified"] / len(with_validators) > 0.95
    assert (unchanged["fetched"], unchanged["articles"], unchanged["claims"]) == (0, 0, 0)
    assert held(engine) == before

    new = {}
    for number, site in enumerate([site for site in web.sites.values() if not site.full_text][3:40:8]):
        story = sample_story(site, 1000 + number, MORNING + timedelta(hours=1))
        web.publish(site, story)
        new[site.key] = story.path
    assert len(new) == 5
    third, figures, asked = crawl(web, engine, settings)
    print("third", figures)
    assert third.exit_code == 0
    assert sorted(path for path in asked if not path.endswith("/feed")) == sorted(new.values())
    assert (figures["fetched"], figures["articles"], third.tally.articles) == (5, 5, 5)
    assert {each.source_key for each in third.outcomes if each.outcome == "new"} == new.keys()
