"""What counts as raised: one rule for the total of a company, the sum of a period and what a price is held against."""

from __future__ import annotations

import pytest

from db.nouns.round_kinds import is_new_equity, is_put_in, is_raised
from pipeline.facts.forming import form_facts
from tests.claims import claim, stored


@pytest.mark.parametrize(
    ("kind", "status", "counted"),
    [
        ("series_b", "confirmed", (True, True, True)),
        ("convertible_note", "reported", (True, True, True)),
        ("grant", "confirmed", (True, True, False)),
        ("debt_financing", "confirmed", (True, False, False)),
        ("secondary_market", "confirmed", (False, False, False)),
        ("series_b", "rumored", (False, False, False)),
        ("series_b", "denied", (False, False, False)),
    ],
)
def test_what_each_kind_of_round_brings(kind, status, counted):
    (fact,) = form_facts([stored(claim(status=status, said_by="company", fields={"investment_type": kind}))])
    assert (is_raised(fact), is_put_in(fact), is_new_equity(fact)) == counted
