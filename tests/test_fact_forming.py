"""Facts in the database: formed anew company by company, the same on SQLite and PostgreSQL, whatever the order."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, event, text
from sqlmodel import Session, select

from db.claims.store import current_claims
from db.connection.engine import open_database, writing
from db.facts.forming import renew_facts
from db.facts.stale import adopt_rules, mark_stale, stale_companies
from db.facts.store import fact_of_claim, load_facts
from db.schema.tables import (
    ArticleRow,
    ChangeRow,
    ClaimRow,
    CompanyRow,
    DatabaseMark,
    FactRow,
    FundingRoundRow,
    InvestmentRow,
    StaleCompanyRow,
)
from pipeline.facts.forming import form_facts
from tests.claims import claim, stored
from tests.database_rows import NEWS, json_rows
from tests.new_databases import new_sqlite
from tests.postgresql import new_database
from tests.stored_news import store_article

ROOT = Path(__file__).parents[1]
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def form_all(engine):
    with writing(engine) as session:
        for company in stale_companies(session):
            renew_facts(session, company, form_facts, NOON)


def test_a_round_is_kept_under_crunchbases_names_with_its_dollars(database_url):
    engine = open_database(database_url)
    store_article(
        engine,
        claim(
            company="爱诗科技",
            company_key="aishi",
            amount=100_000_000,
            currency="CNY",
            operator=">",
            on="2023-06-29",
            fields={
                "investment_type": "series_b",
                "investors": ["蚂蚁集团", "Fuxi, Inc."],
                "lead_investors": ["蚂蚁集团"],
            },
        ),
    )
    with Session(engine) as session:
        fact = session.exec(select(FactRow)).one()
        round_ = session.exec(select(FundingRoundRow)).one()
        investments = session.exec(select(InvestmentRow).order_by(InvestmentRow.investor_name)).all()
    assert (fact.amount, fact.amount_op, fact.currency) == (Decimal(100_000_000), ">", "CNY")
    assert (fact.amount_usd, fact.usd_rate, fact.usd_rate_on, fact.usd_basis) == (
        Decimal(13_821_077),
        Decimal("0.13821077"),
        "2023-06-29",
        "day_rate",
    )
    assert (round_.investment_type, round_.investor_count, round_.lead_investors) == ("series_b", 2, "蚂蚁集团")
    assert [(each.investor_name, each.is_lead_investor) for each in investments] == [
        ("Fuxi, Inc.", False),
        ("蚂蚁集团", True),
    ]


@pytest.mark.parametrize(
    ("told", "dollars", "basis"),
    [
        (claim("valuation", amount=1_500_000_000, on=None), Decimal(1_500_000_000), "us_dollars"),
        (claim("valuation", amount=1_500_000_000, currency="CNY", on=None), None, "no_date"),
        (claim("valuation", amount=1_500_000_000, currency="TWD", on="2023-06"), None, "no_rate"),
        (
            claim("metric", amount=30_000_000, currency="EUR", on="2023-06-29", fields={"metric": "arr"}),
            32_814_000,
            "day_rate",
        ),
    ],
)
def test_a_sum_without_rate_has_no_dollars_and_the_reason(told, dollars, basis, tmp_path):
    engine = open_database(new_sqlite(tmp_path / "dailies.db"))
    store_article(engine, told)
    with Session(engine) as session:
        fact = session.exec(select(FactRow)).one()
    assert (fact.amount_usd, fact.usd_basis) == (dollars, basis)


def test_a_number_of_users_is_no_money(tmp_path):
    engine = open_database(new_sqlite(tmp_path / "dailies.db"))
    users = claim("metric", amount=30_000_000, fields={"metric": "users"})
    store_article(engine, claim("metric", money=users.money.__class__(Decimal(30_000_000), None), fields=users.fields))
    with Session(engine) as session:
        fact = session.exec(select(FactRow)).one()
    assert (fact.amount, fact.amount_usd, fact.usd_basis) == (30_000_000, None, None)


def test_equal_facts_write_nothing(tmp_path):
    engine = open_database(new_sqlite(tmp_path / "dailies.db"))
    store_article(engine, claim(amount=141_000_000, on="2023-06-29"))
    before = json_rows(engine, NEWS)
    written = []
    event.listen(engine, "before_cursor_execute", lambda *heard: written.append(heard[2].partition(" (")[0]))
    with writing(engine) as session:
        renew_facts(session, "runway", form_facts, NOON)
    assert [line for line in written if line.startswith(("INSERT", "UPDATE", "DELETE FROM fact"))] == []
    assert json_rows(engine, NEWS) == before


def test_a_claim_that_turns_out_to_be_anothers_takes_its_fact_along(database_url):
    engine = open_database(database_url)
    told = {"amount": 141_000_000, "on": "2023-06-29", "sentence": "The maker of Gen-2 raised $141M."}
    store_article(engine, claim(company="Runway AI", company_key="~runwayai", **told))
    with Session(engine) as session:
        (before,) = load_facts(session)

    store_article(engine, claim(**told))

    with Session(engine) as session:
        assert [(fact.company_key, fact.id) for fact in load_facts(session)] == [("runway", before.id)]
        assert fact_of_claim(session, before.claims[0].key).company_key == "runway"
        assert stale_companies(session) == []


def test_rules_that_changed_have_every_fact_formed_again(database_url):
    engine = open_database(database_url)
    store_article(engine, claim(amount=141_000_000), claim("valuation", company="Pika", company_key="pika", amount=5))
    with writing(engine) as session:
        adopt_rules(session, "other rules")
    with Session(engine) as session:
        assert stale_companies(session) == ["pika", "runway"]
        assert session.get_one(DatabaseMark, 1).rules_digest == "other rules"


AMOUNTS = st.sampled_from([141_000_000, 140_000_000, 50_000_000, Decimal("308000000.5"), None])
DAYS = st.sampled_from(["2023", "2023-05", "2023-Q2", "2023-06-29", "2022-12-05", None])
NAMES = st.sampled_from(["Google", "谷歌", "Élan Ventures", "élan ventures", "a16z"])
CLAIMS = st.builds(
    lambda company, amount, currency, on, series, investors, status, ordinal: claim(
        company=company,
        company_key=company.lower(),
        amount=amount,
        currency=currency,
        on=on,
        fields={"investment_type": series, "investors": investors} if series else {},
        status=status,
        sentence=f"Sentence {ordinal} about 融资.",
    ),
    st.sampled_from(["Runway", "Pika", "爱诗科技"]),
    AMOUNTS,
    st.sampled_from(["USD", "CNY", "TWD"]),
    DAYS,
    st.sampled_from(["series_c", "series_d", None]),
    st.lists(NAMES, max_size=2),
    st.sampled_from(["confirmed", "reported", "rumored", "denied"]),
    st.integers(0, 3),
)
ARTICLES = st.lists(
    st.tuples(
        st.sampled_from(["a1", "a2", "a3", "a4"]),
        st.sampled_from(["2023-07-01", "2023-06-30", "2022-12-06", None]),
        st.lists(CLAIMS, max_size=4),
    ),
    max_size=5,
    unique_by=lambda article: article[0],
)


READ_AGAIN = st.lists(
    st.tuples(
        st.sampled_from(["a1", "a2", "a3"]),
        st.sampled_from(["2023-07-01", "2023-06-30", "2022-12-06", None]),
        st.lists(CLAIMS, max_size=3),
        st.sampled_from(["Reel", "Lens"]),
    ),
    max_size=7,
)


@pytest.fixture(scope="module")
def both_databases(tmp_path_factory, postgresql):
    folder = tmp_path_factory.mktemp("both")
    with new_database(postgresql) as url:
        yield open_database(f"sqlite:///{folder}/one.db"), open_database(url)


def emptied(engine):
    with engine.begin() as connection:
        for table in (ChangeRow, StaleCompanyRow, FactRow, ClaimRow, ArticleRow, CompanyRow):
            connection.execute(delete(table))
        if engine.dialect.name == "postgresql":
            for sequence in ("claim_id_seq", "change_id_seq"):
                connection.execute(text(f"ALTER SEQUENCE {sequence} RESTART"))
    return engine


def load(engine, articles):
    for key, published, claims in articles:
        store_article(engine, *claims, key=key, outlet=f"Outlet {key}", published=published)
    return json_rows(engine)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ARTICLES)
def test_sqlite_and_postgresql_hold_the_same_bytes(both_databases, articles):
    sqlite, postgresql = (emptied(engine) for engine in both_databases)
    assert load(sqlite, articles) == load(postgresql, articles)
    assert json_rows(sqlite, NEWS) == json_rows(postgresql, NEWS)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ARTICLES, st.randoms(use_true_random=False))
def test_neither_order_nor_batches_of_articles_matter(both_databases, articles, random):
    sqlite = emptied(both_databases[0])
    one_by_one = load(sqlite, articles)
    shuffled = list(articles)
    random.shuffle(shuffled)
    assert load(emptied(sqlite), shuffled) == one_by_one
    with sqlite.begin() as connection:
        connection.execute(delete(FactRow))
    with writing(sqlite) as session:
        adopt_rules(session, str(random.random()))
    form_all(sqlite)
    assert json_rows(sqlite) == one_by_one


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ARTICLES)
def test_facts_come_back_as_they_were_formed(both_databases, articles):
    engine = emptied(both_databases[0])
    load(engine, articles)
    with Session(engine) as session:
        assert load_facts(session) == form_facts(current_claims(session))


def test_a_date_or_an_outlet_found_later_moves_the_facts_told_in_the_article(database_url):
    engine = open_database(database_url)
    told = claim(amount=141_000_000, on="2023-06-29")
    store_article(engine, told, key="a1", outlet="Reel", published=None)
    store_article(engine, told, key="a2", outlet="Lens", published="2023-07-02")
    with Session(engine) as session:
        (before,) = load_facts(session)

    store_article(engine, told, key="a1", outlet="Lens", published="2023-06-30")

    with Session(engine) as session:
        (after,) = load_facts(session)
        first, witnesses = session.exec(select(FactRow.first_published, FactRow.witnesses)).one()
        renamed = select(ChangeRow.fact_id, ChangeRow.new_value).where(ChangeRow.kind == "renamed")
        *_, last_renaming = session.exec(renamed.order_by(ChangeRow.id))
    assert ([each.article_key for each in before.claims], [each.article_key for each in after.claims]) == (
        ["a2", "a1"],
        ["a1", "a2"],
    )
    assert (first.isoformat(), witnesses) == ("2023-06-30", 1)
    assert last_renaming == (before.id, after.id)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(READ_AGAIN)
def test_articles_read_again_however_they_changed_leave_what_a_rebuild_would(both_databases, readings):
    engine = emptied(both_databases[0])
    for key, published, claims, outlet in readings:
        store_article(engine, *claims, key=key, outlet=outlet, published=published)
    with Session(engine) as session:
        assert load_facts(session) == form_facts(current_claims(session))
    step_by_step = json_rows(engine)

    with engine.begin() as connection:
        connection.execute(delete(FactRow))
    with writing(engine) as session:
        adopt_rules(session, "rebuild")
    form_all(engine)

    assert json_rows(engine) == step_by_step


@settings(max_examples=60, deadline=None)
@given(st.lists(CLAIMS, max_size=8), st.lists(CLAIMS, max_size=8))
def test_facts_of_one_type_rest_on_claims_of_that_type_alone(rounds, others):
    """What `renew_facts` relies on when it forms only the types that changed."""
    valuations = [replace(each, type="valuation", fields={}) for each in others]
    by_type = [list({(one := stored(each)).key: one for each in told}.values()) for told in (rounds, valuations)]
    together = form_facts([*by_type[0], *by_type[1]])
    apart = [*form_facts(by_type[0]), *form_facts(by_type[1])]
    assert together == sorted(apart, key=lambda fact: (fact.company_key, fact.type, fact.id))


def test_a_claim_of_one_type_leaves_facts_of_others_alone(database_url):
    engine = open_database(database_url)
    store_article(engine, claim(amount=141_000_000), claim("valuation", amount=1_500_000_000))
    with engine.begin() as connection:
        connection.execute(text("UPDATE fact SET digest = 'untouched' WHERE type = 'valuation'"))
    store_article(engine, claim(amount=50_000_000, on="2019"), key="a2", outlet="Lens", published="2023-08-01")
    with Session(engine) as session:
        digests = dict(session.exec(select(FactRow.type, FactRow.digest).where(FactRow.type == "valuation")).all())
        assert digests == {"valuation": "untouched"}
        assert len(load_facts(session)) == 3


def test_a_failure_while_facts_are_formed_leaves_all_as_it_was(database_url):
    engine = open_database(database_url)
    store_article(engine, claim(amount=141_000_000))
    with writing(engine) as session:
        mark_stale(session, [("runway", "c0")], "news")
    before = json_rows(engine, NEWS)

    def fail(_claims, _judgements):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), writing(engine) as session:
        renew_facts(session, "runway", fail, NOON)
    assert json_rows(engine, NEWS) == before
    with Session(engine) as session:
        assert stale_companies(session) == ["runway"]


WRITER = """
import sys
from db.connection.engine import open_database
from tests.claims import claim
from tests.stored_news import store_article

engine = open_database(sys.argv[1])
for number in range(15):
    told = claim(amount=(number + 1) * 1_000_000, on=f"20{10 + number}-06", sentence=f"{sys.argv[2]} {number}.")
    store_article(engine, told, key=f"{sys.argv[2]}-{number}", outlet=sys.argv[2])
"""


@pytest.mark.check
def test_two_processes_that_tell_of_one_company_lose_no_claim_and_no_fact(database_url):
    engine = open_database(database_url)
    store_article(engine, claim(amount=141_000_000))
    command = [sys.executable, "-c", WRITER, database_url]
    writers = [subprocess.Popen([*command, name], cwd=ROOT) for name in ("Reel", "Lens")]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    with Session(engine) as session:
        claims = current_claims(session)
        assert len(claims) == 31
        assert load_facts(session) == form_facts(claims)
        assert stale_companies(session) == []
