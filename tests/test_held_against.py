"""Totals held against the sum of rounds, and prices against the money raised: candidates, conflicts, derived prices."""

from __future__ import annotations

import random
import re

import pytest
from sqlmodel import Session
from typer.testing import CliRunner

from dailies.cli import app
from dailies.facts.forming import form_stale_facts
from db.connection.engine import open_database
from db.facts.findings import findings, in_dollars
from pipeline.facts.forming import form_facts
from pipeline.facts.held_against import hold_against
from reports.wording.findings import finding_lines
from tests.claims import claim, stored
from tests.stored_news import store_article

M = 1_000_000


def round_(amount, on, label, *, article=None, operator="=", currency="USD", status="reported"):
    money = {"amount": amount * M, "operator": operator, "currency": currency} if amount else {}
    told = claim(on=on, status=status, fields={"investment_type": label}, sentence=f"{label} {amount} {on}", **money)
    return stored(told, "Reel", "2025-12-01", article=article or f"a-{label}-{amount}")


def total(amount, on, operator="=", currency="USD", article="a-total"):
    sentence = f"It has raised {operator}{amount} in all by {on}."
    told = claim("total_funding", amount=amount * M, on=on, operator=operator, currency=currency, sentence=sentence)
    return stored(told, "Lens", "2025-12-01", article=article)


def price(amount, kind, on="2024-06-03", article="a-price"):
    told = claim("valuation", amount=amount * M, on=on, fields={"valuation_kind": kind}, sentence=f"{kind} {amount}")
    return stored(told, "Reel", "2025-12-01", article=article)


def said(*claims):
    return [line.text for line in finding_lines(hold_against(form_facts(claims), in_dollars), "en")]


A, B = round_(20, "2023-02-01", "series_a"), round_(50, "2024-06-03", "series_b")


def extended(amount, on):
    fields = {"investment_type": "series_b", "series_qualifier": "extension"}
    told = claim(amount=amount * M, currency="USD", on=on, fields=fields, sentence=f"An extension of {amount}.")
    return stored(told, "Reel", "2025-12-01", article=f"a-extension-{amount}")


def test_a_round_told_whole_and_by_its_parts_makes_no_total_too_low():
    whole = round_(80, "2024-09-02", "series_b")
    assert said(B, extended(30, "2024-09-02"), whole, total(80, "2024-10-01")) == []


@pytest.mark.parametrize(
    ("claims", "lines"),
    [
        ([A, B, total(70, "2024-07-01")], []),
        ([A, B, total(71, "2024-07-01")], []),  # rounded
        ([A, B, total(100, "2024-07-01")], [
            "undisclosed candidate, ~$30M: the stated total of $100M is more than the rounds known by then ($70M, rounds: 2)"]),
        ([A, B, total(100, "2024-07-01", ">")], [
            "undisclosed candidate, at least $30M: the stated total of over $100M is more than the rounds known by then ($70M, rounds: 2)"]),
        # "Over 60" may be 70; "up to 100" may be 70 as well.
        ([A, B, total(60, "2024-07-01", ">")], []),
        ([A, B, total(100, "2024-07-01", "<=")], []),
        # "Up to 40" cannot be 70.
        ([A, B, total(40, "2024-07-01", "<=")], [
            "the stated total of up to $40M is less than the rounds known by then ($70M, rounds: 2): one of them is wrong"]),
        ([A, B, total(50, "2024-07-01")], [
            "the stated total of $50M is less than the rounds known by then ($70M, rounds: 2): one of them is wrong"]),
        # A total of an earlier day knows nothing of a later round.
        ([A, B, total(20, "2024-01-01")], []),
        ([A, B, total(45, "2024-01-01")], [
            "undisclosed candidate, ~$25M: the stated total of $45M is more than the rounds known by then ($20M, rounds: 1)"]),
        # "Had earlier raised 55": nobody says by when, so no round is surely in it.
        ([A, B, total(55, None)], []),
        # What may or may not be before it explains a gap and contradicts nothing.
        ([A, round_(50, "2024", "series_b"), total(70, "2024-07-01")], []),
        ([A, round_(50, "2024", "series_b"), total(20, "2024-07-01")], []),
        # The round "over 50" may be 75.
        ([A, round_(50, "2024-06-03", "series_b", operator=">"), total(90, "2024-07-01")], []),
        # A round without a sum may be the rest.
        ([A, B, round_(None, "2024-01-05", "grant"), total(100, "2024-07-01")], [
            "undisclosed candidate, ~$30M: the stated total of $100M is more than the rounds known by then ($70M, rounds: 2)"
            "; rounds without a stated sum, which may explain it: 1"]),
        # Debt is in some totals and not in others.
        ([A, round_(50, "2024-06-03", "debt_financing"), total(20, "2024-07-01")], []),
        ([A, round_(50, "2024-06-03", "debt_financing"), total(70, "2024-07-01")], []),
        # Old shares, rumours and denials are in no sum.
        ([A, round_(50, "2024-06-03", "secondary_market"), total(20, "2024-07-01")], []),
        ([A, round_(50, "2024-06-03", "series_b", status="rumored"), total(20, "2024-07-01")], []),
        # "$55M over three rounds" is none of the three.
        ([round_(5, "2023-05-01", "pre_seed"), round_(15, "2023-07-01", "seed"), round_(35, "2023-11-28", "series_a"),
          total(55, "2023-11-28")], []),
        # The same gap is not told twice.
        ([A, total(45, "2024-01-01"), B, total(95, "2024-07-01", article="a-later")], [
            "undisclosed candidate, ~$25M: the stated total of $45M is more than the rounds known by then ($20M, rounds: 1)"]),
        # Two currencies meet in dollars (8.9 yuan in 2023): 143M yuan are about $20M.
        ([round_(143, "2023-02-01", "series_a", currency="CNY"), B, total(71, "2024-07-01")], []),
        ([round_(143, "2023-02-01", "series_a", currency="CNY"), B, total(120, "2024-07-01")], 1),
        # No rounds, or no currency: nothing to hold it against.
        ([total(100, "2024-07-01")], []),
        ([A, stored(claim("total_funding", amount=100 * M, currency=None, on="2024-07-01"), "Lens")], 1),
    ],
)  # fmt: skip
def test_totals_are_held_against_the_sum_of_rounds(claims, lines):
    found = said(*claims)
    assert (len(found) if isinstance(lines, int) else found) == lines


@pytest.mark.parametrize(
    ("claims", "lines"),
    [
        ([B, price(200, "pre_money"), price(250, "post_money")], []),
        ([B, price(201, "pre_money"), price(250, "post_money")], []),
        ([B, price(200, "pre_money"), price(300, "post_money")],
         ["pre-money $200M and $50M raised do not make post-money $300M: one of them is wrong"]),
        ([B, price(200, "pre_money")], ["post-money $250M, derived from pre-money $200M and $50M raised"]),
        ([B, price(250, "post_money")], ["pre-money $200M, derived from post-money $250M and $50M raised"]),
        ([round_(None, "2024-06-03", "series_b"), price(200, "pre_money"), price(250, "post_money")],
         ["raised $50M, derived from pre-money $200M and post-money $250M"]),
        ([round_(50, "2024-06-03", "series_b", operator=">"), price(200, "pre_money"), price(300, "post_money")], []),
        ([B, price(250, "unspecified")], []),
        # Another time, another price; a year is too coarse; two rounds of those weeks: nobody says whose price it is.
        ([B, price(250, "post_money", on="2024-09-03")], []),
        ([B, price(250, "post_money", on="2024")], []),
        ([B, round_(10, "2024-06-20", "corporate_round"), price(250, "post_money")], []),
        # ... unless they are told in one article.
        ([round_(50, "2024-06-03", "series_b", article="a-price"), round_(10, "2024-06-20", "corporate_round"),
          price(250, "post_money")], ["pre-money $200M, derived from post-money $250M and $50M raised"]),
        ([round_(50, "2024-06-03", "debt_financing"), price(250, "post_money")], []),
        ([round_(300, "2024-06-03", "series_b"), price(250, "post_money")], []),
    ],
)  # fmt: skip
def test_pre_money_and_raised_make_post_money(claims, lines):
    assert said(*claims) == lines


def test_the_order_of_facts_is_no_matter():
    claims = [A, B, total(100, "2024-07-01"), price(200, "pre_money"), price(300, "post_money")]
    facts = form_facts(claims)
    turned = facts[::-1]
    random.Random(1).shuffle(turned)
    assert hold_against(turned, in_dollars) == hold_against(facts, in_dollars)
    assert len(hold_against(facts, in_dollars)) == 2


def test_findings_follow_the_facts_and_are_shown_everywhere(database_url):
    engine = open_database(database_url, "sample")
    for number, each in enumerate([A, total(100, "2024-07-01"), price(60, "pre_money", on="2023-02-01")]):
        store_article(engine, each.claim, key=f"a{number}", outlet=each.publisher, published="2025-12-01")
    from dailies.facts.bundled import bring_up_to_date
    from db.connection.engine import writing
    from db.facts.stale import mark_stale

    def stale():
        with writing(engine) as session:
            mark_stale(session, [("runway", "")], "rules")
        form_stale_facts(engine)
        with Session(engine) as session:
            return [(each.kind, each.values[-1].amount // M) for each in findings(session, ["runway"])]

    bring_up_to_date(engine)
    assert stale() == [("derived_price", 80), ("undisclosed", 80)]
    url = engine.url.render_as_string(hide_password=False)
    for command in (["company", "Runway"], ["timeline", "Runway"]):
        for format in ("table", "md", "html", "json"):
            shown = CliRunner().invoke(app, [*command, "--db", url, "--format", format], catch_exceptions=False).stdout
            assert re.search(r"undisclosed candidate, \\?~\$80M", shown)
            assert "post-money $80M, derived" in shown
    early = CliRunner().invoke(app, ["company", "Runway", "--db", url, "--as-of", "2024-01-01"]).stdout
    assert "undisclosed candidate" not in early
    listed = CliRunner().invoke(app, ["rounds", "--db", url, "--format", "csv"]).stdout
    assert len(listed.splitlines()) == 2, "a candidate is no round"

    store_article(engine, B.claim, key="a9", outlet="Wire", published="2025-12-02")
    assert stale() == [("derived_price", 80), ("undisclosed", 30)]
    store_article(engine, key="a1", outlet="Lens", published="2025-12-01")
    assert stale() == [("derived_price", 80)]
