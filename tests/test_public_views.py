"""The public views: what `pandas.read_sql` finds under Crunchbase's names, on both databases alike."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pandas as pd
import pytest
from sqlalchemy import inspect, text
from sqlmodel import Session, select

from db.connection.engine import open_database
from db.facts.store import load_facts
from db.knowledge.companies import load_companies
from db.publishing.public_views import public_views, view_rows
from db.schema.meanings import Meanings
from db.schema.tables import CompanyRow
from reports.sheets.company_line import company_line, newest_article
from tests.claims import claim
from tests.new_databases import new_sqlite
from tests.stored_news import store_article

VIEWS = [
    *("acquisitions", "articles", "claims", "events", "funding_rounds", "identifiers", "investments", "metrics"),
    *("organizations", "people", "rumors", "valuations"),
]
ROUND = claim(
    amount=580_000_000,
    currency="CNY",
    operator=">",
    on="2023-06-29",
    status="confirmed",
    said_by="company",
    fields={"investment_type": "series_b", "investors": ["蚂蚁集团", "Fuxi"], "lead_investors": ["蚂蚁集团"]},
    sentence="It raised.",
)
PRICE = claim("valuation", amount=3_000_000_000, on="2023-06-29", fields={"valuation_kind": "post_money"})
NOTE = claim(
    amount=50_000_000, currency="TWD", on="2021", fields={"investment_type": "debt_financing"}, sentence="Lent."
)
SALE = claim(amount=9_000_000, on="2022", fields={"investment_type": "secondary_market"}, sentence="Shares sold.")
TALK = claim(
    amount=500_000_000, on="2024-05", status="rumored", fields={"investment_type": "series_e"}, sentence="Talks."
)
BOUGHT = claim(
    "acquisition", amount=40_000_000, on="2024-03", fields={"acquirer": "微软 Microsoft"}, sentence="Bought."
)
LAYOFFS = claim("layoffs", on="2024-Q1", fields={"headcount": 40, "percent": 25}, sentence="They go.")
USERS = claim("metric", amount=3_000_000, on="2024-06", fields={"metric": "users"}, sentence="Users.")
LEAVES = claim(
    "leadership_change",
    on="2024-03-22",
    fields={"person": "Ada 王", "role": "chief executive", "direction": "departure"},
    sentence="She goes.",
)
ALL = (ROUND, PRICE, NOTE, SALE, TALK, BOUGHT, LAYOFFS, USERS, LEAVES)


def filled(engine):
    """With everything that is told, and a company with founder and domain."""
    store_article(engine, *ALL)
    with Session(engine) as session:
        company = session.exec(select(CompanyRow)).one()
        company.founders, company.domain = ["Cristóbal Valenzuela"], "runway.example"
        session.commit()
    return engine


@pytest.fixture
def engine(database_url):
    return filled(open_database(database_url))


def rows(engine, view, columns="*"):
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(text(f"SELECT {columns} FROM {view} ORDER BY 1")).mappings()]


def one(engine, view, condition):
    with engine.connect() as connection:
        found = connection.execute(text(f"SELECT * FROM {view} WHERE {condition}")).mappings().one()
    return {name: _plain(value) for name, value in found.items()}


def _plain(value):
    """SQLite knows neither days nor truth nor decimals."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    return int(value) if isinstance(value, bool | Decimal) and value == int(value) else value


def test_the_views_are_there(engine):
    assert sorted(inspect(engine).get_view_names()) == VIEWS


@pytest.mark.parametrize("view", VIEWS)
def test_pandas_reads_every_view(engine, view):
    assert len(pd.read_sql(f"select * from {view}", engine)) >= 1


def test_a_round_with_its_dollars_its_price_and_its_investors(engine):
    found = one(engine, "funding_rounds", "investment_type = 'series_b'")
    assert found.pop("uuid").startswith("round-c")
    assert found == {
        "org_uuid": "runway",
        "org_name": "Runway",
        "country_code": None,
        "investment_type": "series_b",
        "series_qualifier": None,
        "announced_on": "2023-06-29",
        "announced_on_precision": "day",
        "announced_on_earliest": "2023-06-29",
        "announced_on_latest": "2023-06-29",
        "money_raised": 580_000_000,
        "money_raised_max": None,
        "money_raised_operator": ">",
        "money_raised_currency": "CNY",
        "money_raised_usd": 80_162_247,
        "money_raised_max_usd": None,
        "usd_rate": _number(engine, "0.13821077"),
        "usd_rate_on": "2023-06-29",
        "usd_basis": "day_rate",
        "post_money_valuation": 3_000_000_000,
        "post_money_valuation_currency": "USD",
        "post_money_valuation_usd": 3_000_000_000,
        "investor_count": 2,
        "lead_investors": "蚂蚁集团",
        "status": "confirmed",
        "witnesses": 1,
        "articles": 1,
        "first_reported_on": "2023-07-01",
        "is_sample": 0,
    }


def _number(engine, text_):
    return Decimal(text_) if engine.dialect.name == "postgresql" else float(text_)


def test_investments_name_who_led(engine):
    found = rows(engine, "investments", "investor_name, is_lead_investor, org_name, investment_type")
    assert [list(row.values()) for row in found] == [
        ["Fuxi", False, "Runway", "series_b"],
        ["蚂蚁集团", True, "Runway", "series_b"],
    ]


def test_an_acquisition_and_its_buyer(engine):
    found = one(engine, "acquisitions", "1 = 1")
    assert [found[name] for name in ("acquiree_name", "acquirer_name", "acquired_on", "price", "price_usd")] == [
        "Runway",
        "微软 Microsoft",
        "2024-03",
        40_000_000,
        40_000_000,
    ]


def test_events_have_their_own_columns(engine):
    found = one(engine, "events", "type = 'layoffs'")
    assert [found[name] for name in ("headcount", "percent", "happened_on_earliest", "happened_on_latest")] == [
        40,
        25,
        "2024-01-01",
        "2024-03-31",
    ]


def test_people_are_founders_and_those_who_came_and_went(engine):
    columns = "name, title, relation, happened_on, status"
    assert [tuple(row.values()) for row in rows(engine, "people", columns)] == [
        ("Ada 王", "chief executive", "departure", "2024-03-22", "reported"),
        ("Cristóbal Valenzuela", "founder", "founder", None, None),
    ]


def test_a_company_is_known_by_its_domain_and_its_numbers_in_registers(engine):
    filed = claim(amount=5_000_000, on="2025-01-02", status="confirmed", said_by="filing", sentence="Filed.")
    folder = "https://www.sec.gov/Archives/edgar/data/9999001/000999900125000001"
    store_article(engine, filed, key="a-filing", url=f"{folder}/primary_doc.xml")
    told = claim(amount=7_000_000, on="2025-01-02", sentence="An outlet links it.")
    store_article(engine, told, key="a-link", url="https://www.sec.gov/Archives/edgar/data/9999002/1/primary_doc.xml")

    assert [(row["kind"], row["identifier"]) for row in rows(engine, "identifiers", "kind, identifier")] == [
        ("domain", "runway.example"),
        ("sec_cik", "9999001"),
    ]


def test_a_rumour_is_no_round(engine):
    assert [row["investment_type"] for row in rows(engine, "funding_rounds", "investment_type")] == [
        "debt_financing",
        "secondary_market",
        "series_b",
    ]
    found = one(engine, "rumors", "1 = 1")
    assert (found["type"], found["amount_usd"], found["status"]) == ("funding_round", 500_000_000, "rumored")


def test_a_total_says_how_many_rounds_it_leaves_out(engine):
    """The loan in a currency without rate is counted and not added; old shares that changed hands are neither."""
    found = one(engine, "organizations", "uuid = 'runway'")
    assert (found["num_funding_rounds"], found["num_funding_rounds_in_usd"], found["total_funding_usd"]) == (
        2,
        1,
        80_162_247,
    )


def test_samples_say_so_in_every_view(tmp_path):
    engine = filled(open_database(f"sqlite:///{tmp_path}/samples.db", "sample"))
    assert {view: {row["is_sample"] for row in rows(engine, view)} for view in VIEWS} == {view: {1} for view in VIEWS}


def test_both_databases_answer_alike(tmp_path, postgresql_url):
    found = []
    for url in (f"sqlite:///{tmp_path}/one.db", postgresql_url):
        engine = filled(open_database(url))
        with engine.connect() as connection:
            views = public_views(connection, Meanings())
            found.append([(view, [*view_rows(connection, view)]) for view in views])
    assert found[0] == found[1]


def test_the_status_of_organizations_is_that_of_the_company_table(tmp_path):
    engine = open_database(new_sqlite(tmp_path / "dailies.db", up_to_date=True))
    with Session(engine) as session:
        facts = load_facts(session)
        lines = [
            company_line(company, [fact for fact in facts if fact.company_key == key], newest_article(facts))
            for key, company in load_companies(session).items()
        ]
        assert len(lines) == len(session.exec(select(CompanyRow.key)).all())
    expected = {line.company.key: (line.status, line.raised.rounds) for line in lines}
    found = {row["uuid"]: (row["status"], row["num_funding_rounds"]) for row in rows(engine, "organizations")}
    assert found == expected
