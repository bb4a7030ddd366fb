"""Claims in the database, of both kinds: added, superseded, never edited; as of a day, as known at a moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session, col, select

from db.claims.history import former_claim, last_held
from db.claims.store import claims_by_key, current_claims
from db.connection.engine import open_database
from db.schema.tables import ArticleRow, ClaimRow, CompanyRow, RevisionRow
from tests.claims import claim
from tests.stored_news import store_article

TOLD = claim(
    amount=141_000_000,
    on="2023-06-29",
    operator="~",
    status="confirmed",
    said_by="company",
    origin="The Informed",
    fields={"investment_type": "series_c", "investors": ["Google", "红杉中国"], "lead_investors": []},
    sentence="Runway 宣布完成约1.41亿美元融资。",
)


@pytest.fixture
def engine(database_url):
    return open_database(database_url)


def held(engine, **moment):
    with Session(engine) as session:
        return current_claims(session, **moment)


def test_a_claim_comes_back_as_it_was_told(engine):
    store_article(engine, TOLD, outlet="影像日报")
    (stored,) = held(engine)
    assert stored.claim == TOLD
    assert (stored.publisher, stored.witness, stored.tier) == ("影像日报", "the informed", "press")
    assert (stored.published, stored.recorded_at) == (date(2023, 7, 1), datetime(2026, 1, 1, tzinfo=UTC))


def test_the_same_reading_again_adds_nothing(engine):
    store_article(engine, TOLD)
    store_article(engine, TOLD, recorded="2026-01-02")
    with Session(engine) as session:
        assert len(session.exec(select(ClaimRow)).all()) == 1
        assert len(session.exec(select(RevisionRow)).all()) == 1


def test_another_value_supersedes_under_the_same_key(engine):
    store_article(engine, TOLD)
    (before,) = held(engine)
    store_article(engine, replace(TOLD, status="rumored"), recorded="2026-01-02")
    (after,) = held(engine)
    assert (after.key, after.claim.status) == (before.key, "rumored")
    (then,) = held(engine, known_at=datetime(2026, 1, 1, 12, tzinfo=UTC))
    assert then == before
    assert held(engine, known_at=datetime(2025, 12, 31, tzinfo=UTC)) == []


def test_what_a_changed_article_says_no_more_is_held_no_more_and_not_lost(engine):
    store_article(engine, TOLD)
    (before,) = held(engine)
    store_article(engine, title="Corrected", recorded="2026-01-02")
    assert held(engine) == []
    with Session(engine) as session:
        assert claims_by_key(session, [before.key]) == {}
        former = former_claim(session, before.key)
        assert last_held(session, [before.key])[before.key].claim == TOLD
        assert session.exec(select(RevisionRow.title).order_by(RevisionRow.number)).all() == ["A title", "Corrected"]
    assert former is not None
    assert (former.claim.claim, former.cause) == (TOLD, "revision")
    assert former.dropped_at == datetime(2026, 1, 2, tzinfo=UTC)


def test_as_of_keeps_what_was_published_by_the_end_of_the_day(engine):
    store_article(engine, TOLD)
    store_article(engine, TOLD, key="a2", published="2023-07-02")
    store_article(engine, TOLD, key="a3", published=None)
    assert [stored.article_key for stored in held(engine, as_of=date(2023, 7, 1))] == ["a0000000000000001"]


def test_a_name_nobody_curated_becomes_a_candidate(engine):
    store_article(engine, claim(company="新公司", company_key="~新公司", company_known=False))
    with Session(engine) as session:
        row = session.exec(select(CompanyRow)).one()
    assert (row.key, row.name, row.candidate) == ("~新公司", "新公司", True)


def test_a_date_once_known_is_kept_where_the_page_loses_it(engine):
    store_article(engine, TOLD, published="2023-07-01")
    store_article(engine, TOLD, published=None, title="Without date")
    with Session(engine) as session:
        article = session.exec(select(ArticleRow)).one()
    assert (article.published, article.revision) == (date(2023, 7, 1), 2)


@pytest.mark.check
def test_more_claims_than_one_query_takes_are_all_found(engine):
    told = [
        claim(sentence=f"Sentence {number}.", company=f"C{number}", company_key=f"~c{number}") for number in range(520)
    ]
    store_article(engine, *told)
    with Session(engine) as session:
        keys = list(session.exec(select(ClaimRow.key).order_by(col(ClaimRow.key))))
        assert sorted(claims_by_key(session, keys)) == keys
        assert len(current_claims(session, [f"~c{number}" for number in range(520)])) == 520


def test_what_no_database_takes_is_stored_character_for_character(engine):
    """A NUL (which PostgreSQL refuses) or a lone surrogate in a page, a title or a URL once stopped the whole run."""
    hostile = "Runway\x00 raised \ud800 $141M."
    store_article(engine, claim(sentence=hostile), title=hostile, url="https://reel.example/\x00\ud800", outlet=hostile)
    (stored,) = held(engine)
    assert stored.claim.sentence == "Runway\ufffd raised \ufffd $141M."
    assert (stored.article_title, stored.publisher) == (stored.claim.sentence, stored.claim.sentence)
    assert stored.article_url == "https://reel.example/\ufffd\ufffd"
