"""An outlet's own correction stands in the place of what it had printed; another's word is not touched by it."""

from __future__ import annotations

import pytest

from db.nouns.facts import Judgement
from pipeline.facts.forming import form_facts
from pipeline.facts.own_corrections import is_correction
from tests.claims import claim, stored

M = 1_000_000
CLOSE = {"investment_type": "series_a"}


def told(amount, outlet, day, title="A round", **values):
    named = {"fields": CLOSE, "on": "2026-06-03", "sentence": f"It raised {amount} million."} | values
    return stored(claim(amount=amount * M, **named), outlet, day, article_title=title)


def amounts(*claims, judgements=()):
    """By round: the chosen sum in millions, the rule, and the sums that lost."""
    return [
        (
            int(fact.money.amount) // M,
            fact.fields["amount"].rule,
            [each.value for each in fact.fields["amount"].losing],
            fact.status,
        )
        for fact in form_facts(claims, judgements)
    ]


def test_own_correction_wins_over_the_outlets_earlier_confirmed_value():
    first = told(200, "Reel", "2026-06-03", status="confirmed", said_by="company")
    mended = told(20, "Reel", "2026-06-05", title="更正：可灵AI融资额为20亿美元")

    assert amounts(first, mended) == [(20, "own correction", ["200000000 USD"], "confirmed")]


def test_without_its_mark_a_later_word_of_the_outlet_is_no_correction():
    first = told(200, "Reel", "2026-06-03", status="confirmed", said_by="company")
    later = told(20, "Reel", "2026-06-05", title="可灵AI融资额为20亿美元")

    assert amounts(first, later) == [(200, "better status", ["20000000 USD"], "confirmed")]


def test_a_correction_takes_back_whoever_copied_it_and_nobody_else():
    first = told(200, "Reel", "2026-06-03", status="confirmed", said_by="company")
    copied = stored(first.claim, "Copyist", "2026-06-04", witness="reel", article_title="A round, says Reel")
    mended = told(20, "Reel", "2026-06-05", title="Correction: a round of $20 million")
    company = told(200, "Newsroom", "2026-06-03", status="confirmed", said_by="company")

    assert amounts(first, copied, mended) == [(20, "own correction", ["200000000 USD"], "confirmed")]
    assert amounts(first, copied, mended, company) == [(200, "better status", ["20000000 USD"], "confirmed")]


def test_a_correction_joins_the_round_it_corrects_also_without_a_label():
    first = told(200, "Reel", "2026-06-03", fields={})
    mended = told(20, "Reel", "2026-06-05", fields={}, on="2026-06-05", title="更正：融资额为20亿美元")
    another = told(20, "Reel", "2026-09-05", fields={}, on="2026-09-05", title="更正：融资额为20亿美元")

    assert amounts(first, mended) == [(20, "own correction", ["200000000 USD"], "reported")]
    assert sorted(amount for amount, *_ in amounts(first, another)) == [20, 200]


def price(amount, outlet, day, title="A price", **values):
    named = {
        "on": "2026-06-03",
        "fields": {"valuation_kind": "post_money"},
        "sentence": f"It is worth {amount} million.",
    }
    return stored(claim("valuation", amount=amount * M, **(named | values)), outlet, day, article_title=title)


def test_a_corrected_price_is_the_price_and_the_old_one_lost():
    first = price(200, "Reel", "2026-06-03", status="confirmed", said_by="company")
    mended = price(20, "Reel", "2026-06-05", on="2026-06-05", title="更正：可灵AI估值为20亿美元")

    assert amounts(first, mended) == [(20, "own correction", ["200000000 USD"], "confirmed")]


@pytest.mark.parametrize(
    "other",
    [
        price(20, "Reel", "2026-06-05", title="A price of $20 million"),
        price(20, "Lens", "2026-06-05", title="Correction: a price of $20 million"),
        price(20, "Reel", "2026-09-05", on="2026-09-05", title="Correction: a price of $20 million"),
        price(20, "Reel", "2026-06-05", fields={"valuation_kind": "pre_money"}, title="Correction: before the money"),
    ],
)
def test_two_prices_stay_two_without_a_correction_of_ones_own_price(other):
    first = price(200, "Reel", "2026-06-03")

    assert sorted(amount for amount, *_ in amounts(first, other)) == [20, 200]


def test_a_correction_of_one_price_does_not_join_it_to_anothers():
    reel, lens = price(200, "Reel", "2026-06-03"), price(150, "Lens", "2026-06-08", on="2026-06-08")
    mended = price(20, "Reel", "2026-06-05", title="Correction: a price of $20 million")

    assert sorted(amount for amount, *_ in amounts(reel, lens, mended)) == [20, 150]


def test_the_day_of_a_correction_is_not_when_it_happened():
    first = told(200, "Reel", "2026-06-03")
    mended = told(20, "Reel", "2026-06-05", on="2026-06-05", title="Correction: a round of $20 million")

    [fact] = form_facts([first, mended])

    assert (fact.value("event_date"), fact.fields["event_date"].losing) == ("2026-06-03", ())


def test_a_persons_decision_goes_before_a_correction():
    first = told(200, "Reel", "2026-06-03")
    mended = told(20, "Reel", "2026-06-05", title="Correction: a round of $20 million")

    found = amounts(first, mended, judgements=[Judgement("prefer", first.key, field="amount")])

    assert found == [(200, "judged", ["20000000 USD"], "reported")]


def test_of_two_corrections_the_later_one_stands():
    first = told(200, "Reel", "2026-06-03")
    once = told(20, "Reel", "2026-06-05", title="Correction: a round of $20 million")
    twice = told(25, "Reel", "2026-06-08", title="CORRECTED: a round of $25 million")

    assert amounts(first, once, twice) == [(25, "own correction", ["200000000 USD", "20000000 USD"], "reported")]


@pytest.mark.parametrize(
    ("title", "sentence", "corrects"),
    [
        ("更正：可灵AI融资额为20亿美元", "", True),
        ("【更正】可灵AI融资额", "", True),
        ("可灵AI完成融资（已更正）", "", True),
        ("可灵AI完成融资", "此前报道有误，融资金额应为20亿美元。", True),
        ("Kling AI raises money (corrected)", "", True),
        ("Kling AI raises money", "Correction: the round was $20 million.", True),
        ("Kling AI raises money", "We misstated the amount, which was $20 million.", True),
        ("Correction in AI valuations deepens", "The round was $20 million.", False),
        ("可灵AI融资", "业内认为合理估值应为20亿美元。", False),
        ("AI视频公司误入歧途", "该公司完成20亿美元融资。", False),
        ("The correct price of AI video", "It raised $20 million, correctly priced.", False),
    ],
)
def test_what_is_a_correction(title, sentence, corrects):
    assert is_correction(told(20, "Reel", "2026-06-05", title=title, sentence=sentence or "It raised.")) is corrects
