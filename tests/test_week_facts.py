"""A week's brief looks at few facts: what it tells is what it would tell if it looked at all of them."""

from __future__ import annotations

import shutil
from dataclasses import asdict, replace
from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import update
from sqlmodel import Session

from dailies.facts.facts_at import Clock, facts_at
from dailies.facts.forming import form_stale_facts
from dailies.notices.week_facts import week_facts, year_deals
from dailies.notices.weekly import week_of, weekly_brief
from db.connection.engine import open_database, writing
from db.facts.outlines import rounds_of_undated_pages
from db.knowledge.companies import load_companies
from db.publishing.news import coverage
from db.schema.tables import CompanyRow
from reports.brief.week_facts import WeekFacts
from reports.brief.weekly import brief
from tests.claims import claim
from tests.test_facts_at import PIKA, TEXTS, empty, judge, store  # noqa: F401

CLAIMS = [
    claim(amount=141_000_000, on="2023-06-29", sentence="It raised $141M."),
    claim(amount=141_000_000, on="2023-06", status="rumored", sentence="It may raise some $140M."),
    claim(amount=50_000_000, on="2023-01-05", status="confirmed", said_by="company", sentence="It had raised $50M."),
    claim("valuation", amount=1_500_000_000, on="2023-06-29", sentence="It is worth $1.5B."),
    claim("valuation", amount=100_000_000, on="2023-04-01", sentence="It was worth $100M."),
    claim("acquisition", status="rumored", fields={"acquirer": "Meta"}, sentence="Meta may buy it."),
    claim("acquisition", status="denied", fields={"acquirer": "Meta"}, sentence="It is not for sale."),
    claim("layoffs", on="2023-06-28", fields={"headcount": 9}, sentence="Nine go."),
    claim(amount=80_000_000, on="2023-06-30", sentence="Pika raised $80M.", **PIKA),
    claim("acquisition", status="rumored", fields={"acquirer": "Adobe"}, sentence="Adobe may buy Pika.", **PIKA),
    claim("acquisition", on="2023-07-01", fields={"acquirer": "Adobe"}, sentence="Adobe bought Pika.", **PIKA),
]
DAYS = ["2023-04-03", "2023-06-29", "2023-06-30", "2023-07-10", None]
ARTICLES = st.lists(
    st.tuples(
        st.sampled_from(["Reel", "Lens", "Wire", "Own", "Gazette", "Post"]),
        st.sampled_from(DAYS),
        st.sampled_from(TEXTS),
        st.lists(st.sampled_from(CLAIMS), max_size=3, unique_by=lambda each: each.sentence),
    ),
    max_size=7,
    unique_by=lambda article: article[0],
)


def from_everything(session, week):
    """The brief of all facts of all companies, at the week's end and at its beginning."""
    first, last = week.first_day(), week.last_day()
    now = facts_at(session, Clock(as_of=last))
    before = facts_at(session, Clock(as_of=first - timedelta(days=1)))
    undated = rounds_of_undated_pages(session, date(first.year, 1, 1), last)
    told = coverage(session, first, last)
    facts = WeekFacts(now, before, load_companies(session), told, year=now, year_undated=undated)
    return brief(week, facts, "en")


def comparable(report):
    """All that is shown, and what an issue of it keeps."""
    return asdict(replace(report, told=tuple(fact.id for fact in report.told)))


PRICED_BEFORE = [("Reel", DAYS[0], TEXTS[0], [CLAIMS[4]]), ("Lens", DAYS[2], TEXTS[3], [CLAIMS[0]])]
SETTLED_AFTER = [
    ("Reel", DAYS[0], TEXTS[0], [CLAIMS[5]]),
    ("Lens", DAYS[2], TEXTS[3], [CLAIMS[8]]),
    ("Wire", DAYS[3], TEXTS[1], [CLAIMS[6]]),
]


@pytest.mark.check
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ARTICLES, st.sampled_from(DAYS[:4]), st.booleans(), st.booleans())
@example(PRICED_BEFORE, DAYS[2], False, False)
@example(SETTLED_AFTER, DAYS[2], False, False)
def test_it_tells_what_all_facts_would(empty, articles, day, one_company, waiting):  # noqa: F811
    file = empty.with_name("week.db")
    for old in empty.parent.glob("week.db*"):
        old.unlink()
    shutil.copy(empty, file)
    engine = open_database(f"sqlite:///{file}")
    for article in articles:
        store(engine, *article)
    with writing(engine) as session:
        session.execute(update(CompanyRow).values(candidate=False))  # those nobody has curated count nowhere
    if not waiting:
        form_stale_facts(engine)
    told = {each.company_key for *_, claims in articles for each in claims}
    if one_company and told == {"runway", "pika"}:
        judge(engine, "same", "pika", "runway", "company")
    week = week_of(date.fromisoformat(day))
    with Session(engine) as session:
        expected = comparable(from_everything(session, week))
        assert comparable(weekly_brief(session, week, "en", sample=False)) == expected
        of_the_whole_year = week_facts(session, week, deals_of=partial(year_deals, session))
        assert comparable(brief(week, of_the_whole_year, "en")) == expected


def test_news_of_a_company_that_was_judged_to_be_another_is_that_one_s(empty):  # noqa: F811
    engine = open_database(f"sqlite:///{shutil.copy(empty, empty.with_name('judged.db'))}")
    store(engine, "Reel", "2023-04-03", TEXTS[0], CLAIMS[:1])
    store(engine, "Lens", "2023-06-30", TEXTS[3], CLAIMS[8:9])
    judge(engine, "same", "pika", "runway", "company")
    with Session(engine) as session:
        report = weekly_brief(session, week_of(date(2023, 6, 30)), "en", sample=False)
    assert [(line.entry.company_key, line.amount) for line in report.rounds] == [("runway", "$80M")]


def test_of_companies_not_in_the_news_only_open_talk_is_looked_at(empty):  # noqa: F811
    engine = open_database(f"sqlite:///{shutil.copy(empty, empty.with_name('quiet.db'))}")
    store(engine, "Reel", "2023-04-03", TEXTS[0], [CLAIMS[2], CLAIMS[5], CLAIMS[7]])
    store(engine, "Lens", "2023-06-30", TEXTS[3], CLAIMS[8:9])
    form_stale_facts(engine)
    with Session(engine) as session:
        facts = week_facts(session, week_of(date(2023, 6, 30)))
    assert [(fact.company_key, fact.type) for fact in facts.now] == [
        ("pika", "funding_round"),
        ("runway", "acquisition"),
    ]
    assert [(fact.company_key, fact.value("amount"), fact.claims) for fact in facts.year] == [
        ("pika", "80000000", ()),
        ("runway", "50000000", ()),
    ]
