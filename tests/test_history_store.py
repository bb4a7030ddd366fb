"""Curated tables in the database: loaded once, corrected under the same key, beside what is read, never in samples."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlmodel import Session, col, select

from dailies.commands.intake import ingest
from dailies.facts.bundled import bring_up_to_date
from db.claims.readings import ReadArticle, store_readings
from db.claims.store import current_claims
from db.connection.engine import open_database, writing
from db.facts.stale import stale_companies
from db.facts.store import load_facts
from db.knowledge.bundled import load_bundled
from db.knowledge.history import store_history
from db.model import PageText, Reading
from db.schema.tables import ArticleRow, ClaimRow, FactRow
from pipeline.facts.forming import form_facts
from pipeline.history.read_history import read_history
from tests.claims import claim
from tests.new_databases import new_sqlite

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
HEADER = "company,claim_kind,investment_type,announced_on,amount,currency,evidence_level,source_url\n"
TWO_ROUNDS = (
    "Runway,round,series_c,2022-12,50000000,USD,page_text,https://reel.example/a\n"
    "Runway,round,series_d,2025-04-03,300000000,USD,page_text,https://reel.example/a\n"
)


@pytest.fixture
def engine(database_url):
    engine = open_database(database_url, "real")
    load_bundled(engine)
    return engine


def store(engine, rows, whole=True, reader="history"):
    pages = read_history([("rounds.csv", (HEADER + rows).encode())]).pages
    with writing(engine) as session:
        return store_history(session, pages, reader, NOON, whole=whole)


def amounts(engine):
    with Session(engine) as session:
        return sorted((told.key, int(told.claim.money.amount)) for told in current_claims(session, ["runway"]))


def test_the_same_rows_again_change_nothing(engine):
    assert (store(engine, TWO_ROUNDS), store(engine, TWO_ROUNDS)) == (2, 0)


def test_a_corrected_amount_supersedes_its_claim_under_the_same_key(engine):
    store(engine, TWO_ROUNDS)
    before = amounts(engine)

    assert store(engine, TWO_ROUNDS.replace("300000000", "308000000")) == 1

    assert [key for key, _ in amounts(engine)] == [key for key, _ in before]
    assert sorted(amount for _, amount in amounts(engine)) == [50_000_000, 308_000_000]
    with Session(engine) as session:
        assert stale_companies(session) == ["runway"]
        superseded = session.exec(select(ClaimRow.amount).where(col(ClaimRow.superseded_at).is_not(None))).all()
    assert superseded == [300_000_000]


def test_a_row_that_left_the_files_takes_its_claim_with_it(engine):
    store(engine, TWO_ROUNDS)
    first, _ = TWO_ROUNDS.splitlines(keepends=True)

    store(engine, first)

    assert [amount for _, amount in amounts(engine)] == [50_000_000]


def test_a_table_given_by_hand_leaves_the_bundled_rows_alone(engine):
    store(engine, TWO_ROUNDS)

    store(engine, "Runway,round,series_e,2026-02,315000000,USD,citation,https://lens.example/b\n", False, "table")

    assert sorted(amount for _, amount in amounts(engine)) == [50_000_000, 300_000_000, 315_000_000]


def test_a_page_read_later_keeps_its_rows_and_counts_as_new(engine):
    store(engine, TWO_ROUNDS)
    with Session(engine) as session:
        key = session.exec(select(ArticleRow.key)).one()
    page = PageText("A title", "A sentence about a funding_round.", "en", None, "Reel", None, (), NOON, "day")
    reading = Reading("core", (), (claim(amount=308_000_000),))
    read = ReadArticle(key, "https://reel.example/a", page, reading, "rules-1")

    with writing(engine) as session:
        (stored,) = store_readings(session, [read], NOON)

    assert (stored.new_article, stored.new_revision, stored.new_claims) == (True, False, 1)
    assert len(amounts(engine)) == 3
    with Session(engine) as session:
        article = session.get_one(ArticleRow, key)
        assert (article.revision, article.title, article.publisher) == (1, "A title", "Reel")
    store(engine, TWO_ROUNDS)
    with Session(engine) as session:
        assert session.get_one(ArticleRow, key).title == "A title"


@pytest.mark.check
def test_a_new_database_holds_the_history_and_its_facts(database_url):
    engine = open_database(database_url, "real")

    bring_up_to_date(engine)

    with Session(engine) as session:
        assert stale_companies(session) == []
        assert load_facts(session) == form_facts(current_claims(session))
        assert len(session.exec(select(FactRow.id).where(FactRow.type == "funding_round")).all()) >= 140


def test_a_sample_database_gets_names_and_no_history(tmp_path):
    engine = open_database(f"sqlite:///{tmp_path}/samples.db", "sample")

    bring_up_to_date(engine)

    with Session(engine) as session:
        assert session.exec(select(ClaimRow.key)).all() == []
        assert session.exec(select(ArticleRow.key)).all() == []


def test_an_up_to_date_database_does_not_read_the_tables(tmp_path):
    def history():
        raise AssertionError("the tables were read")

    real = open_database(new_sqlite(tmp_path / "real.db", up_to_date=True))

    assert load_bundled(real, history) is False


def test_a_table_can_be_taken_by_hand(tmp_path, capsys):
    table = tmp_path / "mine.csv"
    table.write_text(f"{HEADER}{TWO_ROUNDS}Runway,round,series_x,2025,1,USD,citation,https://a.example/b\n", "utf-8")
    url = new_sqlite(tmp_path / "dailies.db", up_to_date=True)

    code = ingest(url, [str(table)], published=None, publisher=None, url=None, readers=1)

    told = capsys.readouterr().err.splitlines()
    assert code == 3
    assert told[0].startswith(f"{table}:4: investment_type: 'series_x' is none of")
    assert told[1] == f"{table}: 2 claims new or corrected."
    assert any("2 new claims" in line for line in told), "it said that there was nothing new"
    with Session(open_database(url)) as session:
        runway = load_facts(session, ["runway"], ["funding_round"])
    assert any(stored.article_url == "https://reel.example/a" for fact in runway for stored in fact.claims)
