"""A round told with its extension, and the whole that both come to: the money counts once."""

from __future__ import annotations

import pytest

from db.nouns.round_parts import counted_once, new_money
from pipeline.facts.forming import form_facts
from tests.claims import claim, stored

FIRST = (50, "2025-09", None, "The first $50 million arrived in September.")
EXTENSION = (80, "2026-01-15", "extension", "Higgsfield has sold another $80 million of stock in an extension.")
WHOLE = (130, "2026-01-15", None, "Higgsfield stretches its Series A to $130 million")
BESIDE = (130, "2026-01-15", None, "Higgsfield raised a $130 million Series A.")
LATER = (130, "2026-03-15", None, "The money brings the round to $130 million.")


def facts_of(*told):
    return form_facts(
        stored(
            claim(
                amount=amount * 10**6,
                on=on,
                fields={"investment_type": "series_a", **({"series_qualifier": qualifier} if qualifier else {})},
                sentence=sentence,
            ),
            article=sentence,
        )
        for amount, on, qualifier, sentence in told
    )


def amounts(facts):
    return sorted(int(fact.money.amount) // 10**6 for fact in facts)


@pytest.mark.parametrize(
    ("told", "once", "new"),
    [
        ((FIRST, EXTENSION, WHOLE), [50, 80], [50, 80]),
        ((FIRST, EXTENSION, BESIDE), [50, 80], [50, 80]),
        ((EXTENSION, WHOLE), [130], [80]),
        ((EXTENSION, BESIDE), [80, 130], [80, 130]),
        ((EXTENSION, LATER), [80, 130], [80, 130]),
        ((FIRST, WHOLE), [50, 130], [50, 130]),
    ],
)
def test_a_round_and_its_parts_are_added_up_once(told, once, new):
    facts = facts_of(*told)
    assert (amounts(counted_once(facts)), amounts(new_money(facts))) == (once, new)
