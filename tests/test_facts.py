"""Claims in, facts out: what belongs together, which value wins, and that order never matters."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from db.nouns.facts import FactField, Losing
from pipeline.facts.forming import form_facts
from tests.claims import claim, stored


def summary(facts):
    return [(fact.type, fact.value("amount"), fact.status, fact.witnesses, fact.outlets) for fact in facts]


def test_the_same_round_from_three_outlets_is_one_round():
    claims = [
        stored(claim(amount=141_000_000, on="2023-06-29", fields={"investment_type": "series_c"}), "Daily Reel"),
        stored(claim(amount=141_000_000, on="2023-06", fields={"investors": ["Google", "Nvidia"]}), "Lens Weekly"),
        stored(claim(amount=140_000_000, operator="~", fields={}), "影像日报", "2023-07-03"),
    ]
    assert summary(form_facts(claims)) == [("funding_round", "141000000", "reported", 3, 3)]


def test_one_round_with_two_labels_shows_the_conflict():
    claims = [
        stored(claim(amount=141_000_000, on="2023-05", fields={"investment_type": "series_d"}), "影像日报"),
        stored(
            claim(
                amount=141_000_000,
                on="2023-06-29",
                status="confirmed",
                said_by="company",
                fields={"investment_type": "series_c", "series_qualifier": "extension"},
            ),
            "Runway",
            "2023-06-29",
        ),
    ]
    (fact,) = form_facts(claims)
    assert fact.fields["investment_type"] == FactField(
        value="series_c",
        status="confirmed",
        rule="better status",
        claim_keys=(claims[1].key,),
        losing=(Losing("series_d", (claims[0].key,)),),
    )


def test_two_rounds_of_one_year_stay_two():
    claims = [
        stored(claim(amount=141_000_000, on="2023-06-29", fields={"investment_type": "series_c"})),
        stored(claim(amount=50_000_000, on="2022-12-05", fields={"investment_type": "series_c"}), "Lens Weekly"),
        stored(claim(amount=308_000_000, on="2025-04-03", fields={"investment_type": "series_d"}), "Cut", "2025-04-03"),
        stored(claim(amount=55_000_000, fields={}), "Film Desk"),
    ]
    assert [fact.value("amount") for fact in form_facts(claims)].count("141000000") == 1
    assert len(form_facts(claims)) == 4


def test_a_denial_of_one_investor_does_not_deny_the_round():
    claims = [
        stored(
            claim(amount=35_000_000, on="2023-11-29", fields={"investment_type": "series_a"}), published="2023-12-08"
        ),
        stored(
            claim(status="denied", said_by="company", on="2023-12-08", sentence="We did not invest in it."),
            published="2023-12-08",
        ),
    ]
    assert sorted((fact.status, fact.value("amount")) for fact in form_facts(claims)) == [
        ("denied", None),
        ("reported", "35000000"),
    ]


def test_a_rumour_that_came_true_is_one_round():
    claims = [
        stored(claim(amount=100_000_000, status="rumored", said_by="unnamed_people", fields={}), "Wire", "2023-06-01"),
        stored(claim(amount=100_000_000, status="confirmed", said_by="company", on="2023-06-20"), "Reel", "2023-06-20"),
    ]
    (fact,) = form_facts(claims)
    assert (fact.status, fact.outlets) == ("confirmed", 2)


def test_a_denied_rumour_is_denied():
    claims = [
        stored(claim("acquisition", status="rumored", company="Stability AI", on="2023-11")),
        stored(claim("acquisition", status="denied", said_by="company", company="Stability AI", on="2023-11-30")),
    ]
    (fact,) = form_facts(claims)
    assert (fact.status, fact.value("event_date")) == ("denied", "2023-11-30")


def test_a_sum_never_meets_another_claims_currency():
    claims = [
        stored(claim("valuation", amount=1_500_000_000, currency="USD", on="2023-06")),
        stored(claim("valuation", amount=1_500_000_000, currency="CNY", on="2023-06"), "Lens Weekly"),
    ]
    assert sorted((fact.value("amount"), fact.value("currency")) for fact in form_facts(claims)) == [
        ("1500000000", "CNY"),
        ("1500000000", "USD"),
    ]


def test_a_more_precise_date_that_agrees_wins_without_a_conflict():
    claims = [
        stored(claim("founding", on="2018", status="confirmed", said_by="company")),
        stored(claim("founding", on="2018-12"), "Lens Weekly"),
    ]
    (fact,) = form_facts(claims)
    assert fact.fields["event_date"].value == "2018-12"
    assert fact.fields["event_date"].losing == ()


def test_ten_outlets_that_repeat_one_are_one_witness():
    told = claim("valuation", amount=1_500_000_000, said_by="unnamed_people", origin="The Informed")
    claims = [stored(told, f"Outlet {number}", witness="the informed") for number in range(10)]
    (fact,) = form_facts(claims)
    assert (fact.witnesses, fact.outlets) == (1, 10)


DAYS = st.sampled_from(["2023", "2023-05", "2023-06-29", "2022-12-05", None])
CLAIMS = st.lists(
    st.builds(
        lambda amount, on, series, outlet, status, ordinal: stored(
            claim(amount=amount, on=on, fields={"investment_type": series} if series else {}, status=status),
            outlet,
            ordinal=ordinal,
        ),
        st.sampled_from([141_000_000, 140_000_000, 50_000_000, None]),
        DAYS,
        st.sampled_from(["series_c", "series_d", None]),
        st.sampled_from(["Reel", "Lens", "Wire"]),
        st.sampled_from(["confirmed", "reported", "rumored", "denied"]),
        st.integers(0, 50),
    ),
    max_size=8,
    unique_by=lambda told: told.key,
)


@settings(max_examples=150, deadline=None)
@given(CLAIMS, st.randoms(use_true_random=False))
def test_facts_do_not_depend_on_the_order_of_claims(claims, random):
    shuffled = list(claims)
    random.shuffle(shuffled)
    assert form_facts(shuffled) == form_facts(claims)


def test_a_range_that_holds_sums_that_contradict_each_other_is_not_what_all_agree_on():
    between = claim(amount=2_000_000_000, operator=">=", status="confirmed", said_by="company", on="2026-07-02")
    between = replace(between, money=replace(between.money, amount_max=Decimal(3_000_000_000)))
    two, three = (claim(amount=billions * 10**9, on="2026-07-02") for billions in (2, 3))
    told = [
        stored(each, outlet=outlet, published="2026-07-02")
        for each, outlet in ((between, "Kling"), (two, "Reel"), (three, "Wire"))
    ]
    (fact,) = form_facts(told)
    amount = fact.fields["amount"]
    assert (amount.value, amount.rule, amount.losing) == ("2000000000", "better status", ())
    (fact,) = form_facts(told[:2])
    assert fact.fields["amount"].rule == "all agree"
