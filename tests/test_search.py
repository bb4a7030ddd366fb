"""`dailies search`: every word, in either script and any case, in companies, facts and articles; the newest first."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from dailies.cli import app
from dailies.facts.bundled import bring_up_to_date
from dailies.failures import UsageError
from db.connection.engine import open_database
from tests.claims import claim
from tests.stored_news import store_article

FILLER = "The night was long and nothing else happened at the studio. " * 10


@pytest.fixture
def engine(database_url):
    engine = open_database(database_url, "sample")
    bring_up_to_date(engine)
    raised = claim(
        amount=141_000_000, on="2023-06-29", sentence=f"Runway raised $141 million in 100% cash_free shares. {FILLER}"
    )
    store_article(engine, raised, key="a1", title="A sum for Gen-2")
    told = claim("product_launch", company="Kling AI", company_key="kling-ai", on="2024-06-06", sentence="可灵发布新模型，融资传闻未获证实。", fields={"product": "Kling", "stage": "release"})  # fmt: skip
    store_article(engine, told, key="a2", outlet="影像日报", published="2024-06-06", title="可靈：新模型")
    store_article(engine, key="a3", outlet="Lens", published=None, title="Of the world model \x1b[31m")
    return engine


def found(engine, *words, limit=20):
    url = engine.url.render_as_string(hide_password=False)
    done = CliRunner().invoke(
        app, ["search", *words, "--db", url, "--format", "jsonl", "--limit", str(limit)], catch_exceptions=True
    )
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return [json.loads(line) for line in done.stdout.splitlines()]


def articles(engine, *words):
    return [hit["id"] for hit in found(engine, *words) if hit["kind"] == "article"]


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        (["cash_free"], ["a1"]),
        (["CASH_FREE", "runway"], ["a1"]),
        (["runway", "gen-2"], ["a1"]),
        (["cashXfree"], []),
        (["100%", "shares"], ["a1"]),
        (["runway", "kling"], []),
        (["可灵"], ["a2"]),
        (["可靈"], ["a2"]),
        (["融資"], ["a2"]),
        (["模型"], ["a2"]),
        (['"world model"'], ["a3"]),
        (['"model world"'], []),
        (["model", "world"], ["a3"]),
        (["'; DROP TABLE article; --"], []),
        (["\\"], []),
    ],
)
def test_articles_have_every_word(engine, words, keys):
    assert articles(engine, *words) == keys


def test_facts_are_found_by_their_sentence_and_by_any_name_of_their_company(engine):
    hits = [hit for hit in found(engine, "cash_free") if hit["kind"] == "fact"]
    assert [(hit["company"], hit["title"], hit["status"]) for hit in hits] == [
        ("runway", "Runway: round (series not stated), $141M", "reported")
    ]
    assert "$141 million in 100% cash_free" in hits[0]["excerpt"]
    assert len(hits[0]["excerpt"]) <= 300
    by_name = [hit["event_date"] for hit in found(engine, "可灵", "融资传闻") if hit["kind"] == "fact"]
    assert by_name == ["2024-06-06"]


def test_companies_are_found_by_a_part_of_any_name(engine):
    assert [hit["id"] for hit in found(engine, "爱诗") if hit["kind"] == "company"] == ["aisphere"]
    assert "runway" in [hit["id"] for hit in found(engine, "runw") if hit["kind"] == "company"]


def test_the_newest_is_first_and_excerpts_are_short(engine):
    hits = [hit for hit in found(engine, "model") if hit["kind"] == "article"]
    assert [hit["id"] for hit in hits] == ["a3"]
    (hit,) = [hit for hit in found(engine, "shares") if hit["kind"] == "article"]
    assert "shares" in hit["excerpt"]
    assert len(hit["excerpt"]) <= 300
    assert len([hit for hit in found(engine, "a", limit=1) if hit["kind"] == "article"]) == 1


@pytest.mark.parametrize("typed", ["", "   ", '""', "x" * 300, "word " * 21])
def test_nothing_to_search_for_is_an_error_with_a_remedy(engine, typed):
    with pytest.raises(UsageError, match=r"quoted phrase|at most 20 words"):
        found(engine, typed)


def test_a_terminal_is_shown_nothing_that_moves_it(engine):
    url = engine.url.render_as_string(hide_password=False)
    shown = CliRunner().invoke(app, ["search", "world", "--db", url]).stdout
    assert ("␛[31m" in shown, "\x1b" in shown) == (True, False)
