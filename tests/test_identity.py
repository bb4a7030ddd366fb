"""Identity on whole articles: the same lines, byte for byte, whatever the order, the batches and the database."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, select
from typer.testing import CliRunner

from dailies.cli import app
from dailies.facts.bundled import bring_up_to_date
from dailies.facts.forming import form_stale_facts
from dailies.intake.article_lines import ArticleLine, read_article_lines
from db.claims.readings import ReadArticle, store_readings
from db.claims.store import current_claims
from db.connection.engine import open_database, writing
from db.facts.store import fact_of_claim, load_facts
from db.model import PageText
from db.nouns.identity import article_key
from db.schema.tables import ClaimRow
from pipeline.near_copies import sketch
from pipeline.read_claims import read_claims
from tests.claims import claim
from tests.stored_news import store_article
from tests.test_fact_forming import ARTICLES, both_databases, emptied  # noqa: F401  (a fixture)

LISTINGS = ("companies", "rounds", "valuations", "events", "claims", "investors", "conflicts")
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def listings(engine: Engine, names: Sequence[str] = LISTINGS) -> dict[str, list[str]]:
    """What `dailies NAME --format jsonl` prints, without the moments of recording."""
    url = engine.url.render_as_string(hide_password=False)
    found = {}
    for name in names:
        done = CliRunner().invoke(app, [name, "--format", "jsonl", "--db", url], catch_exceptions=False)
        found[name] = [json.dumps({**json.loads(line), "recorded_at": None}) for line in done.stdout.splitlines()]
    return found


def as_read(lines: Iterable[object]) -> list[ReadArticle]:
    """Articles as the daily run would store them."""
    found = []
    for line in lines:
        assert isinstance(line, ArticleLine)
        article = line.article
        day = datetime.combine(article.published, time(), UTC) if article.published else None
        page = PageText(
            article.title, article.text, article.language, article.url, article.publisher, None, (), day,
            "day" if day else None,
        )  # fmt: skip
        key = article_key(article.url, article.publisher, article.title, article.published)
        found.append(
            ReadArticle(
                key, article.url, page, read_claims(article), "rules", sketch=sketch(article.text), tier="press"
            )
        )
    return found


def store(engine: Engine, articles: Sequence[ReadArticle], batch: int) -> None:
    for start in range(0, len(articles), batch):
        with writing(engine) as session:
            store_readings(session, articles[start : start + batch], NOON)
        form_stale_facts(engine)


def whatever_the_order(articles: Sequence[ReadArticle], folder: Path, postgresql_url: str) -> None:
    forwards, backwards, mixed = (open_database(f"sqlite:///{folder}/{name}.db") for name in ("f", "b", "m"))
    bring_up_to_date(forwards)  # the history first; of the others last
    store(forwards, articles, 1)
    store(backwards, articles[::-1], 7)
    store(mixed, random.Random(3).sample(articles, len(articles)), len(articles))
    postgresql = open_database(postgresql_url)
    store(postgresql, articles[::-1], len(articles))

    expected = listings(forwards)

    assert len(expected["claims"]) > len(articles) / 2
    for engine in (backwards, mixed, postgresql):
        found = listings(engine)
        assert {name: found[name] == expected[name] for name in LISTINGS} == dict.fromkeys(LISTINGS, True)


@pytest.mark.check
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", ["articles_en.jsonl", "articles_zh.jsonl"])
def test_our_articles_forwards_and_backwards_give_the_same(name, tmp_path, postgresql_url):
    articles = as_read(read_article_lines(Path(__file__).with_name(name)))
    whatever_the_order(articles, tmp_path, postgresql_url)


@pytest.mark.check
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", ["dev_en.jsonl", "dev_zh.jsonl"])
def test_the_development_articles_forwards_and_backwards_give_the_same(name, shared, tmp_path, postgresql_url):
    articles = as_read(read_article_lines(shared / "eval" / name))
    whatever_the_order(articles, tmp_path, postgresql_url)


@pytest.mark.check
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ARTICLES)
def test_any_claims_are_listed_with_the_same_bytes_from_both_databases(both_databases, articles):  # noqa: F811
    names = ("rounds", "claims")
    for engine in both_databases:
        emptied(engine)
        for key, published, claims in articles:
            store_article(engine, *claims, key=key, published=published)

    sqlite, postgresql = (listings(engine, names) for engine in both_databases)

    assert sqlite == postgresql


def told(amount: int) -> list[object]:
    return [claim(amount=amount, on="2023-06-29", sentence="It raised a lot of money.")]


def test_a_new_version_of_the_reader_that_reads_another_amount_keeps_the_id(database_url):
    engine = open_database(database_url)
    store_article(engine, *told(14_100_000), key="a1")
    store_article(engine, *told(14_100_000), key="a2", outlet="Lens", published="2023-07-02")
    with Session(engine) as session:
        (before,) = load_facts(session)

    store_article(engine, *told(141_000_000), key="a1", reader="rules-2")

    with Session(engine) as session:
        first, second = load_facts(session)
        assert {first.id, second.id} >= {before.id}
    store_article(engine, *told(141_000_000), key="a2", outlet="Lens", published="2023-07-02", reader="rules-2")
    with Session(engine) as session:
        (after,) = load_facts(session)
    assert (after.id, after.value("amount")) == (before.id, "141000000")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ARTICLES, st.sampled_from([1_000_000, 50_000_000, 308_000_000]))
def test_whatever_amounts_a_new_version_reads_every_claim_keeps_its_key_and_every_id_leads_on(
    both_databases,  # noqa: F811
    articles,
    amount,
):
    engine = emptied(both_databases[0])
    for key, published, claims in articles:
        store_article(engine, *claims, key=key, published=published)
    with Session(engine) as session:
        ids, keys = [fact.id for fact in load_facts(session)], [each.key for each in current_claims(session)]

    for key, published, claims in articles:
        other = [claim(**_as_given(each), amount=amount) for each in claims]
        store_article(engine, *other, key=key, published=published, reader="rules-2")

    with Session(engine) as session:
        assert [each.key for each in current_claims(session)] == keys
        assert all(fact_of_claim(session, id_.rpartition("-")[2]) is not None for id_ in ids)
        assert len(session.exec(select(ClaimRow.key).distinct()).all()) == len(keys)


def _as_given(told_claim):
    return {
        "company": told_claim.company,
        "company_key": told_claim.company_key,
        "sentence": told_claim.sentence,
        "status": told_claim.status,
        "fields": dict(told_claim.fields),
        "on": told_claim.event_date.iso if told_claim.event_date else None,
    }
