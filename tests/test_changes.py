"""The change log: what became of a fact and why, never written twice, and an id that was printed always leads on."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session
from typer.testing import CliRunner

from dailies.cli import app
from dailies.facts import forming
from dailies.facts.forming import form_by_todays_rules
from db.connection.engine import open_database
from db.facts import changes as fact_changes
from db.facts.change_log import changes_since, heir_of
from db.facts.changes import compare_facts
from db.facts.rows import fact_rows
from db.facts.store import load_facts
from db.nouns.facts import Fact
from db.nouns.identity import fact_id
from pipeline.facts.forming import form_facts
from reports.listings.changes import what_changed
from tests import stored_news
from tests.claims import claim, stored
from tests.new_databases import new_sqlite
from tests.stored_news import store_article

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
ROUND = claim(amount=141_000_000, on="2023-06", fields={"investment_type": "series_c"}, sentence="It raised $141M.")
VALUATION = claim("valuation", amount=1_500_000_000, on="2023-06", sentence="It is valued at $1.5B.")


@pytest.fixture
def engine(database_url):
    return open_database(database_url)


def log(engine, since=BEGINNING):
    """The entries as (change, cause, field, old, new), without those for a new fact's values."""
    with Session(engine) as session:
        changes = [each.change for each in changes_since(session, since)]
    return [(each.kind, each.cause, each.field, each.old_value, each.new_value) for each in changes]


def ids(engine):
    with Session(engine) as session:
        return [fact.id for fact in load_facts(session)]


def test_a_new_fact_is_logged_with_all_it_says_and_the_claim_behind_it(engine):
    store_article(engine, ROUND)
    with Session(engine) as session:
        (logged,) = changes_since(session, BEGINNING)
    assert (logged.change.kind, logged.change.cause, logged.change.field) == ("added", "news", "")
    assert logged.change.new_value == {
        "status": "reported",
        "company": "runway",
        "money": {"amount": "141000000", "currency": "USD", "operator": "="},
        "event_date": "2023-06",
        "investment_type": "series_c",
    }
    assert logged.told is not None
    assert (logged.told.claim.sentence, logged.recorded_at) == ("It raised $141M.", datetime(2026, 1, 1, tzinfo=UTC))


def test_another_article_completes_confirms_and_corrects(engine):
    store_article(engine, ROUND)
    party = claim(
        amount=141_000_000,
        on="2023-06-29",
        status="confirmed",
        said_by="company",
        fields={"investment_type": "series_d", "investors": ["Google"]},
    )
    store_article(engine, party, key="a2", outlet="Runway", recorded="2026-01-02", published="2023-07-02")
    assert log(engine, datetime(2026, 1, 2, tzinfo=UTC)) == [
        ("completed", "news", "event_date", "2023-06", "2023-06-29"),
        ("corrected", "news", "investment_type", "series_c", "series_d"),
        ("completed", "news", "investors", None, ["Google"]),
        ("confirmed", "news", "status", "reported", "confirmed"),
    ]


def test_a_changed_article_is_a_revision(engine):
    store_article(engine, ROUND)
    store_article(
        engine, replace(ROUND, money=claim(amount=140_000_000).money), title="Corrected", recorded="2026-01-02"
    )
    assert log(engine)[1:] == [
        (
            "corrected",
            "revision",
            "money",
            {"amount": "141000000", "currency": "USD", "operator": "="},
            {"amount": "140000000", "currency": "USD", "operator": "="},
        )
    ]


def test_a_reader_that_reads_the_same_text_otherwise_is_no_news(engine):
    store_article(engine, ROUND)
    store_article(engine, replace(ROUND, fields={"investment_type": "series_b"}), reader="better")
    assert log(engine)[1:] == [("corrected", "rules", "investment_type", "series_c", "series_b")]


def test_another_reader_of_a_changed_text_is_no_revision(engine):
    """Nobody can tell which of the two made the difference; what may come of our rules must not pass for news."""
    store_article(engine, ROUND)
    store_article(engine, replace(ROUND, fields={"investment_type": "series_b"}), reader="better", title="Corrected")
    assert log(engine)[1:] == [("corrected", "rules", "investment_type", "series_c", "series_b")]


def test_a_claim_that_is_gone_withdraws_its_fact(engine):
    store_article(engine, ROUND, VALUATION)
    store_article(engine, VALUATION, title="Corrected", recorded="2026-01-02")
    assert [entry[:3] for entry in log(engine)[2:]] == [("withdrawn", "revision", "")]


def test_a_denial_is_logged_as_one(engine):
    rumour = claim("acquisition", status="rumored", on="2023-11", sentence="It may be sold.")
    denial = claim("acquisition", status="denied", said_by="company", on="2023-11-30", sentence="It is not for sale.")
    store_article(engine, rumour)
    store_article(engine, denial, key="a2", outlet="Wire", published="2023-12-01")
    assert ("denied", "news", "status", "rumored", "denied") in log(engine)


def test_forming_equal_facts_again_logs_nothing(engine):
    store_article(engine, ROUND, VALUATION)
    before = log(engine)
    store_article(engine, ROUND, VALUATION, recorded="2026-01-03")
    assert log(engine) == before


def test_one_more_witness_is_no_change_of_the_fact(engine):
    store_article(engine, ROUND)
    store_article(engine, ROUND, key="a2", outlet="Lens Weekly", published="2023-07-02")
    assert len(log(engine)) == 1


def test_an_earlier_article_renames_a_fact_and_the_old_id_leads_on(engine):
    store_article(engine, ROUND)
    (old,) = ids(engine)
    store_article(engine, ROUND, key="a2", outlet="Lens Weekly", published="2023-06-29")
    (new,) = ids(engine)
    assert log(engine)[1:] == [("renamed", "news", "id", old, new)]
    with Session(engine) as session:
        assert (heir_of(session, old), heir_of(session, new)) == (new, None)


def test_a_later_article_that_merges_nothing_changes_no_id(engine):
    store_article(engine, ROUND)
    before = ids(engine)
    other = claim(
        amount=50_000_000, on="2021-12-05", fields={"investment_type": "series_b"}, sentence="It raised $50M."
    )
    store_article(engine, other, key="a2", published="2023-08-01")
    assert [each for each in ids(engine) if each in before] == before


def test_facts_that_turn_out_to_be_one_are_merged_and_split_again(engine, monkeypatch):
    monkeypatch.setattr(stored_news, "form_facts", lambda claims, _: [fact_of([told]) for told in claims])
    store_article(engine, ROUND)
    store_article(engine, ROUND, key="a2", published="2023-10-01")
    first, second = sorted(ids(engine))
    monkeypatch.setattr(stored_news, "form_facts", lambda claims, _: [fact_of(claims)])
    store_article(engine, ROUND, key="a3", published="2023-11-01")
    (one,) = ids(engine)
    gone = second if one == first else first
    assert ("merged", "news", "id", gone, one) in log(engine)
    with Session(engine) as session:
        assert heir_of(session, gone) == one

    monkeypatch.setattr(stored_news, "form_facts", lambda claims, _: [fact_of([told]) for told in claims])
    store_article(engine, key="a3", published="2023-11-01", title="Withdrawn")

    assert sorted(ids(engine)) == [first, second]
    assert ("split", "revision", "", one) in [entry[:4] for entry in log(engine)]


def fact_of(claims):
    first = min(claims, key=lambda told: (told.published, told.article_key, told.key))
    return Fact(fact_id("funding_round", first.key), "funding_round", "runway", "reported", {}, tuple(claims))


def test_rules_that_form_other_facts_are_no_news(engine, monkeypatch):
    store_article(engine, ROUND, VALUATION)
    form_by_todays_rules(engine)
    assert len(log(engine)) == 2

    monkeypatch.setattr(
        forming, "form_facts", lambda claims, _: [fact for fact in form_facts(claims) if fact.type == "valuation"]
    )
    form_by_todays_rules(engine)
    assert len(log(engine)) == 2  # the same rules, as far as their files tell
    monkeypatch.setattr(forming, "rules_digest", lambda: "others")
    form_by_todays_rules(engine)

    assert [entry[:3] for entry in log(engine)[2:]] == [("withdrawn", "rules", "")]


CLAIMS = st.lists(
    st.builds(
        lambda amount, on, ordinal: claim(amount=amount, on=on, fields={}, sentence=f"Sentence {ordinal}."),
        st.sampled_from([141_000_000, 140_000_000, 50_000_000]),
        st.sampled_from(["2023", "2023-06-29", "2022-12-05"]),
        st.integers(0, 9),
    ),
    max_size=6,
)


@settings(max_examples=150, deadline=None)
@given(CLAIMS, CLAIMS)
def test_every_fact_there_was_and_is_has_its_fate(before, after):
    states = [[fact_rows(fact).state for fact in form_facts(_stored(claims))] for claims in (before, after)]
    changes = compare_facts(*states, {})
    fates = {change.fact_id: change.kind for change in changes if change.field in ("", "id")}
    was, is_ = ({state.id for state in each} for each in states)
    assert {id_ for id_, kind in fates.items() if kind in ("added", "split")} <= is_ - was
    assert {id_ for id_, kind in fates.items() if kind in ("withdrawn", "renamed", "merged")} == was - is_ | (
        was & is_ & {id_ for id_, kind in fates.items() if kind == "merged"}
    )
    assert compare_facts(states[1], states[1], {}) == []
    assert all(change.cause == "rules" for change in changes)


def _stored(claims):
    return list({(told := stored(each)).key: told for each in claims}.values())


def test_the_command_prints_what_changed_and_why(tmp_path):
    url = f"sqlite:///{tmp_path}/dailies.db"
    engine = open_database(url, "sample")
    store_article(engine, ROUND)
    store_article(
        engine,
        replace(ROUND, money=claim(amount=140_000_000).money),
        title="Corrected",
        recorded="2026-01-02",
    )
    form_by_todays_rules(engine)

    shown = CliRunner().invoke(app, ["changes", "--since", "2026-01-02", "--db", url])
    lines = CliRunner().invoke(app, ["changes", "--since", "2026-01-01", "--db", url, "--format", "jsonl"])

    (line,) = [" ".join(line.split()) for line in shown.stdout.splitlines() if "→" in line]
    assert line.startswith("2026-01-02 00:00 revision Runway funding round amount: $141M → $140M round-c")
    assert "sample data, not for citation" in shown.stdout
    rows = [json.loads(line) for line in lines.stdout.splitlines()]
    assert [(row["change"], row["cause"], row["field"]) for row in rows] == [
        ("added", "news", None),
        ("corrected", "revision", "money"),
    ]
    assert rows[1]["old_value"] == {"money": {"amount": "141000000", "currency": "USD", "operator": "="}}
    assert rows[1]["source_url"] == "https://dailyreel.example/1"


def test_a_cause_there_is_none_of_is_named(tmp_path):
    url = new_sqlite(tmp_path / "dailies.db", up_to_date=True)
    done = CliRunner().invoke(app, ["changes", "--since", "2026-01-02", "--db", url, "--cause", "new"])
    assert "no such cause: 'new'; did you mean news?" in str(done.exception)


def test_an_id_whose_claim_is_gone_leads_to_the_fact_that_goes_on(tmp_path):
    url = f"sqlite:///{tmp_path}/dailies.db"
    engine = open_database(url, "sample")
    store_article(engine, ROUND)
    store_article(engine, ROUND, key="a2", outlet="Lens Weekly", published="2023-07-02")
    (old,) = ids(engine)
    store_article(engine, title="Withdrawn")
    form_by_todays_rules(engine)

    shown = CliRunner().invoke(app, ["why", old, "--db", url, "--format", "json"])

    (new,) = ids(engine)
    assert new != old
    assert new in shown.stdout


def test_the_strongest_cause_is_named():
    assert fact_changes._cause([frozenset({"c1", "c2"})], {"c1": "news", "c2": "rules"}) == ("rules", "c2")
    assert fact_changes._cause([frozenset(), frozenset({"c1"})], {"c1": "news"}) == ("news", "c1")
    assert fact_changes._cause([frozenset({"c9"})], {"c1": "news"}) == ("news", None)
    assert fact_changes._cause([frozenset({"c1"})], {"c1": "news", "": "rules"}) == ("rules", None)


def test_what_did_not_happen_is_not_logged_as_if_it_had(engine):
    told = claim("acquisition", status="denied", said_by="company", fields={"acquirer": "Meta"}, sentence="No sale.")
    store_article(engine, told)
    forming.form_stale_facts(engine)
    with Session(engine) as session:
        (line,) = [what_changed(each.change) for each in changes_since(session, BEGINNING)]
    assert line == "new: did not happen: acquired by Meta"
