"""`dailies review` and `dailies conflicts`: what waits for a person, decided in a dialogue, and taken back."""

from __future__ import annotations

import json

import pytest
from sqlmodel import Session
from typer.testing import CliRunner

from dailies.cli import app
from dailies.commands.judging import judge, undo
from dailies.commands.review import ask_through
from dailies.facts.bundled import bring_up_to_date
from dailies.facts.review_items import review_items
from dailies.failures import UsageError
from db.connection.engine import open_database
from db.facts.store import load_facts
from tests.claims import claim
from tests.database_rows import json_rows
from tests.stored_news import store_article

M = 1_000_000
SERIES_A = {"investment_type": "series_a"}


@pytest.fixture
def engine(database_url):
    engine = open_database(database_url, "sample")
    bring_up_to_date(engine)
    store_article(engine, claim(amount=50 * M, on="2024-01-01", fields=SERIES_A, sentence="It took in $50M."), key="a1")
    store_article(
        engine,
        claim(amount=80 * M, on="2024-02-20", fields=SERIES_A, sentence="Its A round is $80M \x1b[31m."),
        key="a2",
        outlet="Lens",
        published="2024-02-21",
    )
    told = claim("valuation", amount=900 * M, company="Runway Inc", company_key="~runwayinc", on="2024-03")
    store_article(engine, told, key="a3", outlet="Wire")
    return engine


def dailies(engine, *arguments):
    done = CliRunner().invoke(app, [*arguments, "--db", engine.url.render_as_string(hide_password=False)])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def waiting(engine):
    with Session(engine) as session:
        return review_items(session)


def decide(engine, *answers):
    """Answer the dialogue; what it asked."""
    given, asked = iter(answers), []

    def answer(prompt):
        asked.append(prompt)
        try:
            return next(given)
        except StopIteration:
            raise EOFError from None

    url = engine.url.render_as_string(hide_password=False)
    ask_through(
        waiting(engine),
        answer,
        lambda verb, ids, reason: judge(url, verb, ids, reason=reason, author="Ada"),
        lambda name: undo(url, name, reason="A slip", author="Ada"),
    )
    return asked


def rounds(engine):
    with Session(engine) as session:
        return [(fact.value("amount"), len(fact.claims)) for fact in load_facts(session, ["runway"], ["funding_round"])]


def test_pairs_names_and_new_names_wait(engine):
    assert [(item.kind, item.company, item.reason) for item in waiting(engine)] == [
        ("fact_pair", "Runway", "the same label, not surely of one deal"),
        ("company_pair", "Runway Inc", "the same but for what kind of company it is"),
    ]
    rows = [json.loads(line) for line in dailies(engine, "review", "--format", "jsonl").stdout.splitlines()]
    assert (rows[0]["kind"], rows[0]["subject_sentence"], rows[0]["other_sentence"]) in [
        ("fact_pair", "It took in $50M.", "Its A round is $80M \x1b[31m."),
        ("fact_pair", "Its A round is $80M \x1b[31m.", "It took in $50M."),
    ]
    assert rows[1]["remedy"] == "dailies judge same ~runwayinc runway --reason WHY, or judge different"
    listed = dailies(engine, "review", "--list", "--kind", "fact_pair").stdout
    assert ("one deal?" in listed, "one company?" in listed) == (True, False)


def test_the_same_is_one_fact_and_waits_no_more(engine, capsys):
    before = json_rows(engine)
    asked = decide(engine, "s", "It was raised in two steps.", "n", "")
    shown = capsys.readouterr().out
    assert ("2 to decide" in shown, "“It took in $50M.”" in shown, "\x1b" in shown) == (True, True, False)
    assert "␛[31m" in shown
    assert len(asked) == 4
    assert [count for _, count in rounds(engine)] == [2]
    assert [item.kind for item in waiting(engine)] == ["conflict", "conflict", "new_name"]
    made = [json.loads(line) for line in dailies(engine, "judgements", "--format", "jsonl").stdout.splitlines()]
    assert [(row["kind"], row["about"], row["author"], row["reason"]) for row in made] == [
        ("same", "claim", "Ada", "It was raised in two steps."),
        ("different", "company", "Ada", "looked at both sentences"),
    ]

    store_article(engine, claim(amount=50 * M, on="2024-01-01", fields=SERIES_A, sentence="It took in $50M."), key="a1")
    assert [count for _, count in rounds(engine)] == [2], "it survives a re-crawl"
    for name in ("j1", "j2"):
        dailies(engine, "judgements", "undo", name, "--reason", "No.")
    assert json_rows(engine) == before
    assert [item.kind for item in waiting(engine)] == ["fact_pair", "company_pair"]


def test_not_the_same_waits_no_more(engine):
    decide(engine, "n", "", "s", "")
    assert len(rounds(engine)) == 2
    assert waiting(engine) == []
    with Session(engine) as session:
        assert [fact.value("amount") for fact in load_facts(session, ["runway"], ["valuation"])] == ["900000000"]


@pytest.mark.parametrize("answers", [("k", "k"), ("q",), (), ("x", "?", "k", "q")])
def test_skip_quit_and_the_end_of_input_decide_nothing(engine, answers):
    before = waiting(engine)
    decide(engine, *answers)
    assert waiting(engine) == before


def test_a_slip_is_taken_back_and_asked_again(engine, capsys):
    before = rounds(engine)
    asked = decide(engine, "s", "", "u", "n", "Two after all", "q")

    assert ["[u]" in prompt for prompt in asked if "[q]" in prompt] == [False, True, False, True]
    assert capsys.readouterr().out.count("1/2 · Runway") == 2
    assert rounds(engine) == before
    made = [json.loads(line) for line in dailies(engine, "judgements", "--format", "jsonl").stdout.splitlines()]
    assert [(row["kind"], row["reason"], row["undone_reason"]) for row in made] == [
        ("same", "looked at both sentences", "A slip"),
        ("different", "Two after all", None),
    ]


def test_the_command_that_review_prints_can_be_run(engine):
    """It printed `dailies judge prefer ID event_date`."""
    same = {"on": "2024-06-03", "fields": {"investment_type": "series_b"}}
    store_article(engine, claim(amount=100 * M, sentence="A hundred.", **same), key="b1", published="2024-06-04")
    store_article(
        engine, claim(amount=130 * M, sentence="More: 130.", **same), key="b2", outlet="Lens", published="2024-06-05"
    )
    conflict = next(item for item in waiting(engine) if item.kind == "conflict")
    listed = dailies(engine, "review", "--kind", "conflict", "--format", "jsonl").stdout

    command = json.loads(listed)["remedy"]

    assert command == f"dailies judge prefer {conflict.one.key} amount --reason WHY, or with {conflict.two.key}"
    assert dailies(engine, *command.split(", or ")[0].split()[1:]).exit_code == 0
    assert "conflict" not in [item.kind for item in waiting(engine)]


def test_a_conflict_is_decided_by_its_side_and_is_settled(engine):
    same = {"on": "2024-06-03", "fields": {"investment_type": "series_b"}}
    store_article(engine, claim(amount=100 * M, sentence="A hundred.", **same), key="b1", published="2024-06-04")
    store_article(
        engine, claim(amount=130 * M, sentence="More: 130.", **same), key="b2", outlet="Lens", published="2024-06-05"
    )
    (line,) = [json.loads(each) for each in dailies(engine, "conflicts", "--format", "jsonl").stdout.splitlines()]
    assert (line["company"], line["field"], line["chosen"], line["losing"]) == ("runway", "amount", "$130M", "$100M")
    assert (line["chosen_sentence"], line["losing_sentence"]) == ("More: 130.", "A hundred.")
    assert line["rule"] == "the later report"
    assert "$100M" in dailies(engine, "conflicts", "--company", "Runway").stdout
    assert dailies(engine, "conflicts", "--as-of", "2024-06-04", "--format", "jsonl").stdout == ""

    decide(engine, "k", "k", "2", "Lens took it back.")

    with Session(engine) as session:
        fact = next(each for each in load_facts(session, ["runway"]) if len(each.claims) == 2)
    assert (fact.value("amount"), fact.fields["amount"].rule) == ("100000000", "judged")
    assert dailies(engine, "conflicts", "--format", "jsonl").stdout == ""
    assert [item.kind for item in waiting(engine)] == ["fact_pair", "company_pair"]


def test_the_left_side_says_the_chosen_value_itself_and_a_settled_field_is_not_asked_again(engine):
    same = {"amount": 100 * M, "fields": {"investment_type": "series_b"}}
    for number, (on, outlet) in enumerate((("2024-06", "Wire"), ("2024-06-03", "Reel"), ("2024-06-04", "Lens"), ("2024-06-05", "Post"))):  # fmt: skip
        told = claim(on=on, sentence=f"On {on}.", status="confirmed", said_by="company", **same)
        store_article(engine, told, key=f"b{number}", outlet=outlet, published="2024-06-06")
    conflicts = [item for item in waiting(engine) if item.kind == "conflict"]
    assert [(item.one.claim.sentence, item.two.claim.sentence) for item in conflicts] == [
        ("On 2024-06-03.", "On 2024-06-04."),
        ("On 2024-06-03.", "On 2024-06-05."),
    ]
    asked = decide(engine, "k", "k", "1", "The register says so.")
    assert len(asked) == 4
    assert [item.kind for item in waiting(engine)] == ["fact_pair", "company_pair"]


def test_an_unknown_kind_is_an_error_with_the_known_ones(engine):
    with pytest.raises(UsageError, match=r"no such kind: 'pairs'; .*fact_pair"):
        dailies(engine, "review", "--kind", "pairs")
