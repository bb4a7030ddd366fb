"""Filings and records as claims: the exact line that says it, funds and look-alikes never a company's round."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.knowledge.curated import load_knowledge
from db.values import Money, PartialDate
from pipeline.registers.companies_house import read_companies_house
from pipeline.registers.form_d import read_form_d
from pipeline.registers.read_register import read_register
from pipeline.registers.record import NoRecord
from pipeline.registers.wikidata import read_wikidata
from tests.filings import ALLOTMENT, amendment, filing, form_d, kept


def only_claim(record):
    (claim,) = record.reading().claims
    assert record.text[claim.start : claim.end] == claim.evidence == claim.sentence
    return claim


def test_a_form_d_is_a_floor_of_what_was_sold_since_its_first_sale():
    record = read_form_d(form_d())
    claim = only_claim(record)

    assert record.title == "Form D: Runway AI, Inc."
    assert record.text.splitlines() == [
        "Issuer: Runway AI, Inc. (CIK 0009999001)",
        "Form D, notice of an exempt offering of securities",
        "Industry group: Other Technology",
        "Securities offered: equity",
        "",
        "Date of first sale: 2025-03-28",
        "Total offering amount: $308,000,000",
        "Total amount sold: $292,000,000",
        "Total remaining to be sold: $16,000,000",
        "Investors so far: 21",
        "",
        "Signed on 2025-04-11",
    ]
    assert (claim.type, claim.company_key, claim.status, claim.said_by) == (
        "funding_round",
        "runway",
        "confirmed",
        "filing",
    )
    assert claim.evidence == "Total amount sold: $292,000,000"
    assert claim.money == Money(Decimal(292_000_000), "USD", ">=", Decimal(308_000_000))
    assert claim.event_date == PartialDate("2025-03-28")
    assert dict(claim.fields) == {}


def test_an_offering_that_is_sold_out_is_its_exact_sum():
    assert only_claim(read_form_d(amendment())).money == Money(Decimal(308_000_000), "USD")


def test_an_indefinite_offering_is_an_open_floor():
    record = read_form_d(form_d(offered="Indefinite", remaining="Indefinite", sold="4200000"))
    assert only_claim(record).money == Money(Decimal(4_200_000), "USD", ">=")


@pytest.mark.parametrize(
    ("securities", "kind"),
    [
        (("isEquityType",), None),
        (("isDebtType",), "debt_financing"),
        (("isDebtType", "isOptionToAcquireType", "isSecurityToBeAcquiredType"), "convertible_note"),
        (("isEquityType", "isDebtType"), None),
        (("isOtherType",), None),
    ],
)
def test_only_debt_says_what_kind_of_investment_it_is(securities, kind):
    claim = only_claim(read_form_d(form_d(securities=securities)))
    assert claim.fields.get("investment_type") == kind


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"industry": "Pooled Investment Fund"}, "pooled vehicle"),
        ({"securities": ("isEquityType", "isPooledInvestmentFundType")}, "pooled vehicle"),
        ({"merger": "true"}, "merger"),
        ({"securities": ("isOptionToAcquireType",)}, "options"),
        ({"sold": "0"}, "nothing was sold"),
        ({"sold": "Indefinite"}, "nothing was sold"),
    ],
)
def test_a_filing_that_tells_of_no_round_makes_no_claim_and_says_why(fields, reason):
    reading = read_form_d(form_d(**fields)).reading()

    assert reading.claims == ()
    assert reason in reading.reasons[-1]


@pytest.mark.parametrize(
    "name",
    [
        "WU Anthropic LP",
        "Runway Fund 1, LP",
        "Runway Growth Finance Corp.",
        "Rent the Runway, Inc.",
        "Runway AI Series 2, a series of Sample Ventures LP",
        "Luma, Inc.",
        "Pika, Inc.",
        "HeyGen SPV I LLC",
        "Friends of Anthropic, PBC Fund",
    ],
)
def test_a_vehicle_or_a_stranger_that_carries_a_companys_name_is_not_the_company(name):
    assert load_knowledge().company_of_legal_name(name) is None
    assert read_form_d(form_d(name)).reading().claims == ()


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Runway AI, Inc.", "runway"),
        ("RUNWAY AI INC", "runway"),
        ("Anthropic, PBC", "anthropic"),
        ("STABILITY AI LIMITED", "stability-ai"),
        ("Pika Labs, Inc.", "pika"),
    ],
)
def test_a_legal_name_is_the_companys_however_it_is_written(name, key):
    assert load_knowledge().company_of_legal_name(name).key == key


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (form_d(live="TEST"), "test filing"),
        (b"<html><body>Your Request Originates from an Undeclared Automated Tool</body></html>", "<html>"),
        (b"<a", "no XML"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><edgarSubmission>&a;</edgarSubmission>', "no XML"),
        (b"<edgarSubmission/>", "names no issuer"),
        (b" " * 2_000_001, "larger"),
    ],
)
def test_what_is_no_filing_is_named(body, named):
    with pytest.raises(NoRecord, match=named):
        read_form_d(body)


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: form_d(name=text)))
def test_any_bytes_are_a_filing_or_a_named_refusal(body):
    try:
        record = read_form_d(body)
    except NoRecord:
        return
    for claim in record.reading().claims:
        assert record.text[claim.start : claim.end] == claim.evidence


def test_an_allotment_of_shares_is_nominal_capital_and_no_round():
    record = read_companies_house(kept("STABILITY AI LTD", ALLOTMENT))
    claim = only_claim(record)

    assert record.title == "Statement of capital following an allotment of shares: STABILITY AI LTD"
    assert claim.evidence == "Statement of capital after the allotment: GBP 1123.4567"
    assert (claim.type, claim.company_key, claim.said_by, claim.fields) == (
        "metric",
        "stability-ai",
        "filing",
        {"metric": "share_capital"},
    )
    assert claim.money == Money(Decimal("1123.4567"), "GBP")
    assert claim.event_date == PartialDate("2025-03-12")


@pytest.mark.parametrize(
    ("description", "status"),
    [
        ("gazette-dissolved-compulsory", "confirmed"),
        ("gazette-dissolved-voluntary", "confirmed"),
        ("gazette-notice-compulsory", "rumored"),
        ("gazette-filings-brought-up-to-date", "denied"),
        ("liquidation-voluntary-extraordinary-resolution-to-wind-up-with-case-start-date", "confirmed"),
        ("liquidation-compulsory-winding-up-order", "confirmed"),
        ("liquidation-in-administration-appointment-of-administrator", "rumored"),
    ],
)
def test_what_ends_a_company_and_what_only_may(description, status):
    claim = only_claim(read_companies_house(kept("SYNTHESIA LIMITED", filing(description))))

    assert (claim.type, claim.company_key, claim.status, claim.event_date) == (
        "shutdown",
        "synthesia",
        status,
        PartialDate("2025-03-20"),
    )
    assert claim.evidence.endswith(": SYNTHESIA LIMITED, 2025-03-20")


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (kept("SYNTHESIA LIMITED", filing("termination-director-company-with-name-termination-date")), "do not read"),
        (b"[]", "without fields"),
        (b"<html>", "no JSON"),
        (b"{}", "no filing"),
    ],
)
def test_a_filing_that_is_not_read_is_named(body, named):
    with pytest.raises(NoRecord, match=named):
        read_companies_house(body)


def literal(value, **more):
    return {"type": "literal", "value": value, **more}


def item_of_wikidata(**fields):
    row = {
        "item": {"type": "uri", "value": "http://www.wikidata.org/entity/Q999000001"},
        "itemLabel": literal("Runway", **{"xml:lang": "en"}),
        "website": {"type": "uri", "value": "https://runwayml.com/"},
        "inception": literal("2018-01-01T00:00:00Z"),
        "inceptionPrecision": literal("9"),
        **fields,
    }
    return json.dumps({"item": "Q999000001", "rows": [row, {**row, "alias": literal("RunwayML")}]}).encode()


def test_wikidata_is_identifiers_as_text_and_a_founding_at_its_precision():
    record = read_wikidata(item_of_wikidata())
    claim = only_claim(record)

    assert record.text.splitlines() == [
        "Wikidata item: Q999000001",
        "Label: Runway",
        "",
        "Official website: https://runwayml.com/",
        "Also known as: RunwayML",
        "Inception: 2018",
    ]
    assert (claim.type, claim.company_key, claim.status, claim.said_by, claim.event_date) == (
        "founding",
        "runway",
        "reported",
        "none",
        PartialDate("2018"),
    )


def test_wikidata_claims_nothing_without_precision_of_a_stranger_or_of_two_dates():
    assert read_wikidata(item_of_wikidata(inceptionPrecision={"type": "bnode", "value": "t1"})).reading().claims == ()
    assert read_wikidata(item_of_wikidata(website=literal("https://runway.example"))).reading().claims == ()
    rows = [json.loads(item_of_wikidata())["rows"][0] for _ in range(2)]
    rows[1]["inception"] = literal("2019-01-01T00:00:00Z")
    assert read_wikidata(json.dumps({"item": "Q1", "rows": rows}).encode()).reading().claims == ()


def test_a_company_that_wikidata_calls_dissolved_is_reported_closed():
    body = item_of_wikidata(
        inceptionPrecision=literal("0"), dissolved=literal("2026-02-14T00:00:00Z"), dissolvedPrecision=literal("11")
    )
    claim = only_claim(read_wikidata(body))
    assert (claim.type, claim.status, claim.event_date) == ("shutdown", "reported", PartialDate("2026-02-14"))


def test_only_the_catalogue_and_the_sec_make_a_page_a_registers():
    filed = "https://www.sec.gov/Archives/edgar/data/9999001/000999900125000001/primary_doc.xml"
    assert read_register("page", filed, form_d()) is not None
    assert (
        read_register("rss", "https://www.sec.gov.evil.example/Archives/edgar/data/1/primary_doc.xml", form_d()) is None
    )
    assert read_register("page", filed.replace("https", "http"), form_d()) is None
    assert read_register(None, None, form_d()) is None
