"""What became of talk: how it ended, and that nothing is called faded which something later has overtaken."""

from __future__ import annotations

from datetime import date

from db.model import Company
from pipeline.facts import form_facts
from reports.site_links import SiteLinks
from reports.talk_grid import talk_of, talk_row
from tests.claims import claim, stored

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


def test_what_is_denied_has_ended_and_what_happened_is_no_talk():
    denied = stored(claim("acquisition", status="denied"), article="a3", published="2025-06-23")
    done = stored(claim(amount=9_000_000, on="2025-06-23"), article="a4", published="2025-06-23")
    assert outcomes(denied, done) == [("acquisition", "denied")]
