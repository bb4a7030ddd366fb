"""What became of talk: how it ended, and that nothing is called faded which something later has overtaken."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from db.model import Company
from db.nouns.facts import Judgement
from db.values import PartialDate
from pipeline.facts.forming import form_facts
from reports.facts.talk import DIED, talk_of
from reports.sheets.company_line import company_line
from reports.sheets.company_table import company_table
from reports.site.index_page import ended_talk
from reports.site.links import SiteLinks
from reports.site.talk_grid import talk_row
from reports.tables.text import markdown_table
from tests.claims import claim, stored
from tests.history_claims import history_facts

NEWEST = date(2026, 10, 1)
RUNWAY = Company(key="runway", name="Runway")
RUMOUR = stored(claim("valuation", amount=5_000_000_000, status="rumored"), article="a1", published="2025-08-06")


def outcomes(*claims, newest=NEWEST):
    return [(talk.fact.type, talk.outcome) for talk in talk_of(form_facts(list(claims)), newest)]


def test_talk_nobody_repeats_for_a_year_has_faded_and_before_that_is_open():
    assert outcomes(RUMOUR) == [("valuation", "faded")]
    assert outcomes(RUMOUR, newest=date(2026, 8, 6)) == [("valuation", "open")]


def test_a_price_talked_of_has_not_faded_where_another_was_paid_since():
    paid = stored(
        claim("valuation", amount=5_300_000_000, on="2026-02-10", status="confirmed", said_by="company"),
        article="a2",
        published="2026-02-10",
    )
    assert outcomes(RUMOUR, paid) == [("valuation", "overtaken")]
    again = stored(
        claim("valuation", amount=8_000_000_000, on="2026-09-10", status="confirmed", said_by="company"),
        article="a5",
        published="2026-09-10",
    )
    (talk,) = talk_of(form_facts([RUMOUR, again, paid]), NEWEST)
    outcome = talk_row(talk, RUNWAY, SiteLinks("talk", "en", frozenset(), frozenset())).cells[3]
    later = next(fact for fact in form_facts([paid]))
    assert (outcome.text, outcome.href) == ("overtaken by a later one", f"facts/{later.id}.en.html")


@pytest.mark.parametrize(
    ("said_by", "sentence", "outcome"),
    [
        ("company", "Runway says that it is not for sale.", "denied"),
        ("none", "Runway says that it is not for sale.", "denied"),
        ("unnamed_people", "People close to Runway denied that it is for sale.", "denied"),
        ("other_outlet", "知情人士称收购一事不实。", "denied"),
        ("company", "Meta dropped its plan to buy Runway.", "fell_through"),
        ("unnamed_people", "The talks stopped before an offer was made.", "fell_through"),
        ("company", "公司宣布终止此次收购。", "fell_through"),
        ("none", "Daily Reel has retracted its report of a sale.", "taken_back"),
        ("none", "本报撤回此前关于收购的报道。", "taken_back"),
    ],
)
def test_a_denial_talks_that_failed_and_a_report_taken_back_are_three_things(said_by, sentence, outcome):
    ended = stored(
        claim("acquisition", status="denied", said_by=said_by, sentence=sentence), article="a3", published="2025-06-23"
    )
    done = stored(claim(amount=9_000_000, on="2025-06-23"), article="a4", published="2025-06-23")
    assert outcomes(ended, done) == [("acquisition", outcome)]
    (talk,) = talk_of(form_facts([ended]), NEWEST)
    shown = talk_row(talk, RUNWAY, SiteLinks("talk", "zh")).cells[3].text
    assert shown == {"denied": "当事方否认", "fell_through": "未谈成", "taken_back": "媒体撤回"}[outcome]


def test_talk_that_no_dated_page_tells_grows_old_by_its_own_date():
    undated = replace(stored(claim(amount=500_000_000, status="rumored", on="2025-03"), article="a6"), published=None)
    of_the_year = replace(undated, claim=replace(undated.claim, event_date=PartialDate("2026")))
    assert outcomes(undated) == [("funding_round", "faded")]
    assert outcomes(of_the_year) == [("funding_round", "open")]
    done = stored(claim(amount=90_000_000, on="2025-06-10"), article="a7", published="2025-06-10")
    assert outcomes(undated, done) == [("funding_round", "overtaken")]


def test_a_round_done_settles_the_talk_of_its_price_too():
    done = stored(claim(amount=90_000_000, on="2026-02-10"), article="a8", published="2026-02-10")
    assert outcomes(RUMOUR, done) == [("valuation", "overtaken")]


@pytest.mark.parametrize(
    ("talked", "done", "english", "chinese"),
    [
        ({"amount": 500_000_000}, {"amount": 315_000_000}, ", 37% less money", "，金额少37%"),
        ({"amount": 1_100_000_000, "operator": ">="}, {"amount": 900_000_000}, ", at least 18% less money", "，金额少18%以上"),
        ({"amount": 500_000_000, "currency": "EUR"}, {"amount": 1_030_000_000}, ", about 76% more money", "，金额多约76%"),
        ({"amount": 500_000_000, "operator": ">"}, {"amount": 900_000_000}, "", ""),
        ({}, {"amount": 900_000_000}, "", ""),
    ],
)  # fmt: skip
def test_of_talk_that_a_deal_followed_nobody_calls_the_same_it_is_said_perhaps_and_how_its_sum_changed(
    talked, done, english, chinese
):
    told = stored(claim(status="rumored", on="2025-12-19", **talked), article="a14", published="2025-12-19")
    paid = claim(on="2026-03-09", status="confirmed", said_by="company", sentence="It closed.", **done)
    facts = form_facts([told, stored(paid, article="a15", published="2026-03-09")])
    assert len(facts) == 2
    (talk,) = talk_of(facts, NEWEST)
    cells = [talk_row(talk, RUNWAY, SiteLinks("talk", each)).cells[3] for each in ("en", "zh")]
    assert [(cell.text, cell.facet) for cell in cells] == [
        (f"perhaps came true{english}", "perhaps came true"),
        (f"或已成真{chinese}", "或已成真"),
    ]


def test_talk_that_came_true_is_told_as_it_was_talked_of_and_beside_it_as_what_it_became():
    rumour = stored(claim(status="rumored", on="2026-02"), article="a9", published="2026-01-20")
    done = stored(
        claim(amount=315_000_000, on="2026-02-10", status="confirmed", said_by="company"),
        article="a10",
        published="2026-02-10",
    )
    (fact,) = form_facts([rumour, done], [Judgement("same", rumour.key, done.key)])
    (talk,) = talk_of([fact], NEWEST)
    cells = talk_row(talk, RUNWAY, SiteLinks("talk", "en")).cells
    assert [(cells[place].status, "$315M" in cells[place].text) for place in (1, 4)] == [
        ("rumored", False),
        ("confirmed", True),
    ]


def test_talk_told_again_after_a_denial_is_a_deal_of_its_own_on_the_site_and_in_the_terminal():
    denial = stored(
        claim("acquisition", status="denied", said_by="company", sentence="Runway denies that it is for sale."),
        article="a11",
        published="2023-11-29",
    )
    retold = stored(claim("acquisition", status="rumored"), article="a13", published="2023-12-01")
    again = stored(claim("acquisition", status="rumored", on="2024-05"), article="a12", published="2024-05-16")
    facts = form_facts([denial, retold, again])
    talks = talk_of(facts, NEWEST)
    links = SiteLinks("index", "en")
    assert [(each.status, each.note, each.when) for each in ended_talk(talks, {"runway": RUNWAY}, links)] == [
        ("rumored", "faded", "16 May 2024"),
        ("denied", "denied by a party", "29 Nov 2023"),
    ]
    in_june, today = (company_line(RUNWAY, facts, day) for day in (date(2024, 6, 9), NEWEST))
    assert (in_june.statuses, today.statuses) == ({"denied", "rumored"}, {"denied", "faded"})
    assert [
        "○ sale, buyer not stated, 16 May 2024 (faded)" in markdown_table(company_table([line], sample=False))
        for line in (in_june, today)
    ] == [False, True]


def test_a_target_that_was_never_reached_fell_through_and_was_not_overtaken():
    facts = [fact for fact in history_facts() if fact.company_key == "stability-ai"]
    (talk,) = (each for each in talk_of(facts, NEWEST) if each.fact.value("amount") == "95000000")
    assert (talk.outcome, talk.outcome in DIED) == ("fell_through", True)
