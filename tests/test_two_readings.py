"""A model's claims and the rules', joined: one statement once, completed by the better reader, doubt kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from db.model import Article, Reading
from pipeline.language_model.checked_answer import check_answer
from pipeline.language_model.two_readings import joined

DAY = date(2026, 5, 20)
TEXT = (
    "Plotline Labs, an AI video startup, raised $6 million from Fernbank Partners, it said on Wednesday. "
    "Plotline was last valued at $30 million, in March 2024.\n\n"
    "Ada Quill and Bo Marsh left Plotline for Tessera in April. Tessera was sued by Pond Harbor over its AI video clips, "
    "and may be bought by Fernbank for $80 million. In November Plotline signed a supply agreement with Tessera."
)
ARTICLE = Article("a", "Plotline raises money", TEXT, "en", DAY)


def fact(type_, evidence, company="Plotline Labs", status="done", **fields):
    return {"type": type_, "evidence": evidence, "company": company, "status": status, **fields}


def checked(*facts):
    answer = check_answer(ARTICLE, _by_type(facts))
    assert answer.refused == ()
    return answer


def claims_of(*facts):
    return checked(*facts).claims


def _by_type(facts):
    return {kind: [each for each in facts if each["type"] == kind] for kind in dict.fromkeys(f["type"] for f in facts)}


def both(rules, answered):
    return joined(Reading("core", (), claims_of(*rules)), checked(*answered), DAY).claims


ROUND = fact("funding_round", "raised $6 million", amount="6000000", currency="USD", investment_type=None)
SALE = fact("acquisition", "may be bought by Fernbank for $80 million", "Tessera", amount="80000000", currency="USD")
LEFT = "Ada Quill and Bo Marsh left Plotline"
ADA = fact("leadership_change", LEFT, person="Ada Quill", direction="departure")
BO = fact("leadership_change", LEFT, person="Bo Marsh", direction="departure")
SUIT = fact("lawsuit", "Tessera was sued by Pond Harbor", "Tessera", plaintiff="Pond Harbor")
SIGNED = fact("partnership", "Plotline signed a supply agreement with Tessera", partner="Tessera")
VALUED = fact("valuation", "Plotline was last valued at $30 million", amount="30000000", currency="USD")


@pytest.mark.parametrize(
    ("rule", "answer"),
    [
        (ROUND, {**ROUND, "company": "Plotline"}),
        (ADA, {**ADA, "person": "Quill"}),
        (SUIT, {**SUIT, "plaintiff": None}),
        (SIGNED, {**SIGNED, "company": "Tessera", "partner": "Plotline Labs"}),
        (VALUED, {**VALUED, "evidence": "last valued at $30 million, in March 2024"}),
    ],
)
def test_one_statement_is_told_once(rule, answer):
    [claim] = both([rule], [answer])
    assert (claim.type, claim.company) == (rule["type"], rule["company"])


def test_the_rules_say_what_a_sum_is():
    claims = both([ROUND, SALE, SUIT, SIGNED, VALUED], [{**ROUND, "type": "total_funding"}, SALE, SUIT])
    assert [claim.type for claim in claims] == ["funding_round", "acquisition", "lawsuit", "partnership", "valuation"]


@pytest.mark.parametrize(
    ("answered", "kept"),
    [
        ([SALE], ["acquisition", "lawsuit", "partnership"]),  # it may have read no further
        ([SALE, VALUED, ROUND], ["acquisition", "valuation", "funding_round"]),
    ],
)
def test_what_the_rules_alone_tell_stays_where_the_model_told_less(answered, kept):
    assert [claim.type for claim in both([SALE, SUIT, SIGNED], answered)] == kept


def test_an_article_about_no_ai_has_no_claims():
    told = joined(Reading("core", ("word: video",), claims_of(ROUND)), check_answer(ARTICLE, {"of_ai": False}), DAY)
    assert told == Reading("none", ("word: video", "model: no company of AI"), ())


@pytest.mark.parametrize("answer", [ROUND, {**ROUND, "type": "valuation"}, {**ROUND, "amount": None}])
def test_the_model_says_whose_a_statement_is(answer):
    answer = {**answer, "company": "Fernbank Partners"}
    [claim] = both([ROUND, SALE], [answer, SALE])[1:]
    assert (claim.type, claim.company) == (answer["type"], "Fernbank Partners")


@pytest.mark.parametrize(
    ("rule", "answers"),
    [
        (ADA, [ADA, BO]),
        (ROUND, [ROUND, {**ROUND, "company": "Fernbank Partners"}]),  # the model tells it of both
        (SUIT, [SUIT, {**SUIT, "plaintiff": "Fernbank"}]),
        (SALE, [SALE, SIGNED]),
    ],
)
def test_another_statement_is_added(rule, answers):
    assert len(both([rule], answers)) == 2


def test_a_longer_name_is_the_rules_company_in_every_fact_of_the_model():
    rules = [replace(claim, company="Plotline", company_key="~plotline") for claim in claims_of(ROUND)]
    founded = fact("founding", "Plotline Labs, an AI video startup")
    claims = joined(Reading("core", (), tuple(rules)), checked(ROUND, founded), DAY).claims
    assert [(claim.type, claim.company_key) for claim in claims] == [
        ("funding_round", "~plotline"),
        ("founding", "~plotline"),
    ]


def test_a_claim_takes_from_the_model_what_it_lacks_and_who_invests():
    rule = {**ROUND, "investors": ["Tessera"]}
    answer = {**ROUND, "investors": ["Fernbank Partners"], "date": "2026-05-20", "investment_type": "corporate_round"}
    [claim] = both([rule], [answer])
    assert claim.fields == {"investment_type": "corporate_round", "investors": ["Fernbank Partners"]}
    assert claim.event_date.iso == "2026-05-20"


@pytest.mark.parametrize(
    ("own", "answered", "kept"),
    [
        ("2025-11", "2026-04", "2026-04"),  # it knows better which year, and of what a date is told
        ("2024-03", "2024", "2024-03"),  # but nothing is lost
        ("2024-03", "2026-05-20", "2024-03"),  # and the day of publication is no news of the past
        (None, "2024-03", "2024-03"),
        ("2024-03", None, "2024-03"),
    ],
)
def test_the_models_date_counts(own, answered, kept):
    [claim] = both([{**SALE, "date": own}], [{**SALE, "date": answered}])
    assert claim.event_date.iso == kept


@pytest.mark.parametrize(("own", "answered"), [("done", "denied"), ("denied", "done")])
def test_the_more_doubtful_status_counts(own, answered):
    [claim] = both([{**ROUND, "status": own}], [{**ROUND, "status": answered}])
    assert claim.status == "denied"
