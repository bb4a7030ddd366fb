"""What persons decide: it cuts, joins, prefers and moves, deletes nothing, and taken back leaves the first state."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select
from typer.testing import CliRunner

from dailies.cli import app
from dailies.facts.bundled import bring_up_to_date
from dailies.facts.facts_at import clock, facts_at
from dailies.failures import UsageError
from db.connection.engine import open_database
from db.facts.change_log import changes_since
from db.facts.store import load_facts
from db.nouns.facts import Judgement
from db.schema.tables import JudgementRow
from pipeline.facts.forming import form_facts
from tests.claims import claim, stored
from tests.database_rows import json_rows
from tests.stored_news import store_article
from tests.test_changes import BEGINNING

FIRST = stored(claim(amount=141_000_000, on="2023-06-29", fields={"investment_type": "series_c"}), "Reel")
AGAIN = stored(claim(amount=141_000_000, on="2023-06", fields={"investment_type": "series_d"}), "Lens", "2023-07-02")
OTHER = stored(claim(amount=50_000_000, on="2021-12-05", fields={"investment_type": "series_b"}), "Wire")


def amounts(*judgements, claims=(FIRST, AGAIN, OTHER)):
    return sorted((fact.value("amount"), len(fact.claims)) for fact in form_facts(claims, judgements))


def test_what_is_one_fact_by_the_rules_is_two_by_a_person():
    assert amounts() == [("141000000", 2), ("50000000", 1)]
    apart = Judgement("different", AGAIN.key, FIRST.key)
    assert amounts(apart) == [("141000000", 1), ("141000000", 1), ("50000000", 1)]


def test_what_is_two_facts_by_the_rules_is_one_by_a_person_with_all_its_claims():
    assert amounts(Judgement("same", OTHER.key, AGAIN.key)) == [("141000000", 3)]


def test_a_wrong_claim_is_in_no_fact():
    assert amounts(Judgement("wrong", OTHER.key)) == [("141000000", 2)]


def test_a_persons_value_wins_and_the_rule_says_so():
    (fact,) = form_facts([FIRST, AGAIN], [Judgement("prefer", AGAIN.key, field="investment_type")])
    field = fact.fields["investment_type"]
    assert (field.value, field.rule, [losing.value for losing in field.losing]) == ("series_d", "judged", ["series_c"])
    (fact,) = form_facts([FIRST, AGAIN], [Judgement("prefer", AGAIN.key, field="event_date")])
    assert (fact.value("event_date"), fact.fields["event_date"].rule) == ("2023-06", "all agree")


def test_a_value_preferred_in_one_fact_moves_no_other():
    """Found in a review: a date judged of one round took the day from every other one of the company."""
    day = stored(claim(amount=50_000_000, on="2021-12-05", fields={}), "Wire")
    vague = stored(claim(amount=50_000_000, on="2021-12", status="confirmed", said_by="company", fields={}), "Post")
    before = form_facts([FIRST, AGAIN, day, vague])
    after = form_facts([FIRST, AGAIN, day, vague], [Judgement("prefer", AGAIN.key, field="event_date")])
    assert sorted(str(fact.value("event_date")) for fact in before) == ["2021-12-05", "2023-06-29"]
    assert [fact for fact in after if AGAIN not in fact.claims] == [fact for fact in before if AGAIN not in fact.claims]


def test_different_goes_before_same():
    same, apart = Judgement("same", FIRST.key, AGAIN.key), Judgement("different", FIRST.key, AGAIN.key)
    assert amounts(same, apart, claims=[FIRST, AGAIN]) == [("141000000", 1), ("141000000", 1)]


CLAIMS = st.lists(
    st.builds(
        lambda amount, on, ordinal: stored(
            claim(amount=amount, on=on, fields={}, sentence=f"Sentence {ordinal}."), f"Outlet {ordinal % 3}"
        ),
        st.sampled_from([141_000_000, 140_000_000, 50_000_000]),
        st.sampled_from(["2023", "2023-06-29", "2022-12-05", None]),
        st.integers(0, 20),
    ),
    min_size=1,
    max_size=7,
    unique_by=lambda told: told.key,
)


@settings(max_examples=150, deadline=None)
@given(CLAIMS, st.data())
def test_judgements_hold_whatever_the_order(claims, data):
    keys = st.sampled_from([told.key for told in claims])
    judgements = data.draw(
        st.lists(st.builds(Judgement, st.sampled_from(["same", "different", "wrong"]), keys, keys), max_size=4)
    )
    shuffled, turned = data.draw(st.permutations(claims)), data.draw(st.permutations(judgements))
    facts = form_facts(claims, judgements)
    assert form_facts(shuffled, turned) == facts

    fact_of = {told.key: fact.id for fact in facts for told in fact.claims}
    wrong = {each.claim for each in judgements if each.kind == "wrong"}
    assert fact_of.keys() == {told.key for told in claims} - wrong
    for each in judgements:
        if each.kind == "different" and each.claim != each.other and wrong.isdisjoint((each.claim, each.other)):
            assert fact_of[each.claim] != fact_of[each.other]


@pytest.fixture
def engine(database_url):
    engine = open_database(database_url, "sample")
    bring_up_to_date(engine)
    store_article(engine, FIRST.claim, key="a1")
    store_article(engine, AGAIN.claim, key="a2", outlet="Lens", published="2023-07-02")
    store_article(engine, OTHER.claim, key="a3", outlet="Wire", recorded="2026-01-02")
    return engine


def dailies(engine, *arguments):
    url = engine.url.render_as_string(hide_password=False)
    done = CliRunner().invoke(app, [*arguments, "--db", url])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def fact_ids(engine):
    with Session(engine) as session:
        return [fact.id for fact in load_facts(session, ["runway"])]


def claim_keys(engine, fact_id):
    with Session(engine) as session:
        return [told.key for fact in load_facts(session, ["runway"]) if fact.id == fact_id for told in fact.claims]


def test_merged_by_a_person_and_taken_back_is_the_first_state(engine):
    before, ids = json_rows(engine), fact_ids(engine)

    done = dailies(engine, "judge", "same", *ids, "--reason", "One round in two tranches.", "--by", "Ada")

    assert len(fact_ids(engine)) == 1
    assert "j1 is noted." in done.stderr
    assert f"went into {fact_ids(engine)[0]}" in done.stderr
    done = dailies(engine, "judgements", "undo", "j1", "--reason", "They are two.", "--by", "Ada")
    assert "j1 is taken back." in done.stderr
    assert json_rows(engine) == before
    with Session(engine) as session:
        assert {each.change.cause for each in changes_since(session, BEGINNING)} == {"news", "judgement"}
        assert [(row.author, row.undone_reason) for row in session.exec(select(JudgementRow))] == [
            ("Ada", "They are two.")
        ]


def test_split_by_a_person_survives_every_rebuild(engine):
    (both,) = [each for each in fact_ids(engine) if len(claim_keys(engine, each)) == 2]
    dailies(engine, "judge", "different", *claim_keys(engine, both), "--reason", "Two rounds.")
    assert len(fact_ids(engine)) == 3
    apart = json_rows(engine)

    store_article(engine, AGAIN.claim, key="a2", outlet="Lens", published="2023-07-02", title="Edited")

    assert json_rows(engine) == apart


def test_a_claim_judged_wrong_keeps_an_answer(engine):
    (alone,) = [each for each in fact_ids(engine) if len(claim_keys(engine, each)) == 1]

    dailies(engine, "judge", "wrong", alone, "--reason", "A hoax.")

    assert len(fact_ids(engine)) == 1
    assert "a person judged it to be wrong" in dailies(engine, "why", alone).stdout


def test_earlier_moments_know_nothing_of_later_judgements(engine):
    dailies(engine, "judge", "same", *fact_ids(engine), "--reason", "One round.")
    with Session(engine) as session:
        then = facts_at(session, clock(None, BEGINNING.replace(year=2026, month=2)), ["runway"])
        today = facts_at(session, clock(BEGINNING.replace(year=2026), None), ["runway"])
    assert (len(then), len(today)) == (2, 1)


def test_a_candidate_that_is_a_known_company_brings_its_claims_along(engine):
    told = claim("valuation", amount=1_500_000_000, company="Runway Labs", company_key="~runwaylabs", on="2023-06")
    store_article(engine, told, key="a4")
    before = json_rows(engine)

    dailies(engine, "judge", "same", "Runway Labs", "Runway", "--reason", "Its name until 2021.")

    with Session(engine) as session:
        assert load_facts(session, ["~runwaylabs"]) == []
        assert [fact.type for fact in load_facts(session, ["runway"])] == [
            "funding_round",
            "funding_round",
            "valuation",
        ]
    later = claim("valuation", amount=4_000_000_000, company="Runway Labs", company_key="~runwaylabs", on="2025-01")
    store_article(engine, later, key="a5", published="2025-02-01")
    assert len(fact_ids(engine)) == 4
    store_article(engine, key="a5", published="2025-02-01", title="Withdrawn")
    dailies(engine, "judgements", "undo", "1")
    assert json_rows(engine) == before


def test_judgements_are_listed_with_their_sentences(engine):
    dailies(engine, "judge", "same", *fact_ids(engine), "--reason", "One round.", "--by", "Ada")
    row = json.loads(dailies(engine, "judgements", "--format", "jsonl").stdout)
    assert (row["id"], row["kind"], row["author"], row["reason"]) == ("j1", "same", "Ada", "One round.")
    assert row["subject_sentence"] == "A sentence about a funding_round."
    assert "tell of one fact" in dailies(engine, "judgements").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["same", "round-c0123456789abcdef"],
            "write `judge same ID ID`, `judge same ARTICLE ARTICLE` or `judge same COMPANY COMPANY`",
        ),
        (["wrong", "round-c0123456789abcdef"], "names no claim that is held; `dailies why`"),
        (["wrong", "Runway"], "not an id: 'Runway'"),
        (["same", "Runway", "Pika"], "Runway and Pika are both curated"),
        (["same", "Runway", "runway"], "both are Runway"),
    ],
)
def test_what_cannot_be_judged_is_said_in_one_line(arguments, message, tmp_path):
    engine = open_database(f"sqlite:///{tmp_path}/dailies.db", "sample")
    with pytest.raises(UsageError, match=message):
        dailies(engine, "judge", *arguments, "--reason", "Because.")


def test_a_field_the_claim_does_not_state_cannot_be_preferred(tmp_path):
    engine = open_database(f"sqlite:///{tmp_path}/dailies.db", "sample")
    store_article(engine, FIRST.claim)
    (id_,) = fact_ids(engine)
    with pytest.raises(UsageError, match=r"no such field of this claim: 'investors'.* investment_type"):
        dailies(engine, "judge", "prefer", id_, "investors", "--reason", "Because.")
