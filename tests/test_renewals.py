"""What changed since a run, for those who publish: the day's facts, companies, investors and weeks, and no others."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from db.claims.judgements import add_judgement
from db.connection.engine import open_database, writing
from db.facts.forming import renew_facts
from db.facts.stale import adopt_rules, mark_stale, stale_companies
from db.facts.store import load_facts
from db.publishing.renewals import Changed, changed_since
from db.schema.tables import JudgementRow
from pipeline.facts.forming import form_facts
from tests.claims import claim
from tests.stored_news import store_article

BEFORE, RUN = "2026-01-01", datetime(2026, 1, 2, tzinfo=UTC)
AFTER = "2026-01-02"
ROUND = {"amount": 141_000_000, "on": "2023-06-29", "fields": {"investors": ["Google"], "lead_investors": ["Google"]}}
PIKA = {"company": "Pika", "company_key": "pika"}


@pytest.fixture
def engine(database_url):
    """Runway's round told twice and Pika's once, all before the run."""
    engine = open_database(database_url)
    store_article(engine, claim(**ROUND), key="a1", published="2023-06-29", recorded=BEFORE)
    store_article(engine, claim(**ROUND), key="a2", outlet="Lens", published="2023-07-05", recorded=BEFORE)
    store_article(engine, claim(amount=80_000_000, **PIKA), key="a3", published="2024-06-05", recorded=BEFORE)
    return engine


def changed(engine, since=RUN):
    with Session(engine) as session:
        return changed_since(session, since)


def facts(engine, company="runway"):
    with Session(engine) as session:
        return [fact.id for fact in load_facts(session, [company])]


def form_stale(engine, moment=RUN):
    with writing(engine) as session:
        for company in stale_companies(session):
            renew_facts(session, company, form_facts, moment)


def test_nothing_new_changes_nothing(engine):
    store_article(engine, claim(**ROUND), key="a1", published="2023-06-29", recorded=AFTER)
    assert changed(engine) == Changed()


def test_one_more_witness_changes_no_value_and_yet_the_pages_of_its_fact(engine):
    store_article(engine, claim(**ROUND), key="a4", outlet="Wire", published="2023-08-01", recorded=AFTER)
    (fact,) = facts(engine)
    assert changed(engine) == Changed((fact,), ("runway",), ("Google",), ("2023-W31",))


def test_an_article_published_long_ago_changes_the_weeks_since_in_which_the_company_was_in_the_news(engine):
    store_article(engine, claim("layoffs"), key="a4", outlet="Wire", published="2023-07-01", recorded=AFTER)
    layoffs = facts(engine)[-1]
    assert layoffs.startswith("layoffs")
    assert changed(engine) == Changed((layoffs,), ("runway",), (), ("2023-W26", "2023-W27"))


def test_a_claim_that_is_read_no_more_changes_the_fact_that_is_gone_and_its_investors(engine):
    (gone,) = facts(engine)
    for key, day in (("a1", "2023-06-29"), ("a2", "2023-07-05")):
        store_article(engine, key=key, outlet="Reel", published=day, recorded=AFTER)
    assert facts(engine) == []
    told = changed(engine)
    assert (gone in told.facts, told.companies, told.investors) == (True, ("runway",), ("Google",))
    assert told.weeks == ("2023-W26", "2023-W27")


def test_a_fact_that_moves_changes_both_companies(engine):
    (fact,) = facts(engine, "pika")
    store_article(engine, claim(amount=80_000_000), key="a3", published="2024-06-05", recorded=AFTER)
    assert facts(engine, "pika") == []
    assert changed(engine) == Changed((fact,), ("pika", "runway"), (), ("2024-W23",))


def test_a_title_that_changed_changes_the_pages_that_show_it(engine):
    store_article(
        engine, claim(**ROUND), key="a2", outlet="Lens", published="2023-07-05", recorded=AFTER, title="Another title"
    )
    assert changed(engine) == Changed(tuple(facts(engine)), ("runway",), ("Google",), ("2023-W27",))


def test_a_day_of_publication_that_moves_changes_the_weeks_of_both_days(engine):
    store_article(engine, claim(**ROUND), key="a1", published="2023-06-20", recorded=AFTER)
    assert changed(engine).weeks == ("2023-W25", "2023-W27")
    store_article(engine, claim(**ROUND), key="a1", published="2023-06-29", recorded="2026-01-03")
    assert changed(engine, datetime(2026, 1, 3, tzinfo=UTC)).weeks == ("2023-W25", "2023-W26", "2023-W27")


def test_a_judgement_changes_what_it_is_about(engine):
    (fact,) = facts(engine)
    with writing(engine) as session:
        (one, other) = (told.key for told in load_facts(session, ["runway"])[0].claims)
        row = {"about": "claim", "author": "me", "reason": "two rounds", "made_at": RUN}
        add_judgement(session, JudgementRow(kind="different", subject=one, other=other, **row))
        mark_stale(session, [("runway", one), ("runway", other)], "judgement")
    form_stale(engine)
    assert changed(engine) == Changed(tuple(sorted(facts(engine))), ("runway",), ("Google",), ("2023-W26", "2023-W27"))
    assert fact in changed(engine).facts


def test_rules_that_make_the_same_of_it_change_nothing(engine):
    with writing(engine) as session:
        adopt_rules(session, "other rules")
    form_stale(engine)
    assert changed(engine) == Changed()


def test_rules_that_make_something_else_of_it_change_that(engine):
    with writing(engine) as session:
        adopt_rules(session, "other rules")
        for company in stale_companies(session):
            renew_facts(session, company, lambda claims, _: form_facts(claims[:1]), RUN)
    told = changed(engine)
    assert (told.companies, told.investors, told.weeks) == (("runway",), ("Google",), ("2023-W26", "2023-W27"))


ARTICLES = st.lists(
    st.tuples(
        st.sampled_from(["a1", "a2", "a3", "a4"]),
        st.sampled_from(["2023-06-29", "2023-07-05", None]),
        st.lists(
            st.sampled_from(
                [
                    claim(**ROUND),
                    claim(amount=140_000_000, on="2023-06", fields={"investors": ["Nvidia"]}),
                    claim(amount=80_000_000, on="2023-06", fields={"investors": ["a16z"]}, **PIKA),
                    claim("layoffs", on="2023-07-01"),
                ]
            ),
            max_size=2,
        ),
    ),
    max_size=4,
)


def shown(session):
    """Everything a fact's page shows, by (company, fact)."""
    return {(fact.company_key, fact.id): repr(fact) for fact in load_facts(session)}


@pytest.mark.check
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_is_read_all_that_differs_is_told(tmp_path_factory, data):
    engine = open_database(f"sqlite:///{tmp_path_factory.mktemp('any')}/news.db")
    for key, published, claims in data.draw(ARTICLES):
        store_article(engine, *claims, key=key, published=published, recorded=BEFORE)
    with Session(engine) as session:
        before = shown(session)
    for key, published, claims in data.draw(ARTICLES):
        store_article(engine, *claims, key=key, published=published, recorded=AFTER)
    with Session(engine) as session:
        after = shown(session)
    differs = {place for place in before.keys() | after.keys() if before.get(place) != after.get(place)}

    told = changed(engine)

    assert {id_ for _, id_ in differs} <= set(told.facts)
    assert {company for company, _ in differs} <= set(told.companies)
