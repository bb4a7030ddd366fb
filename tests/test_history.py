"""Curated tables: what a row claims, what is refused and why, and that the bundled ones are fit to be loaded."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.model import Claim, CuratedClaim
from db.values import Money, PartialDate
from pipeline.history.read_history import bundled_history, read_history

ROUNDS = (
    "company,claim_kind,investment_type,series_qualifier,announced_on,amount,amount_op,currency,valuation,"
    "valuation_kind,valuation_status,valuation_said_by,lead_investors,investors,status,said_by,origin,evidence_level,"
    "language,published,source_url,note\n"
)
ROW = (
    "Runway ML,round,series_c,extension,2023-06-29,141000000,=,USD,1500000000,,reported,unnamed_people,,"
    "Google|Nvidia,confirmed,company,Bloomberg,page_text,en,2023-06-29,https://reel.example/a,an extension\n"
)


def test_a_row_is_a_round_and_the_price_told_beside_it():
    history = read_history([("rounds.csv", (ROUNDS + ROW).encode())])

    assert history.problems == ()
    (page,) = history.pages
    assert (page.publisher, page.tier, page.relevance, str(page.published)) == (
        "reel.example", "aggregator", "core", "2023-06-29",
    )  # fmt: skip
    common = {
        "company": "Runway",
        "company_key": "runway",
        "company_known": True,
        "origin": "Bloomberg",
        "where": "row",
        "start": 0,
        "event_date": PartialDate("2023-06-29"),
    }
    told = (
        "An extension. Told of Runway ML: Series C (extension), USD 141M, 2023-06-29; with Google, Nvidia.",
        "An extension. Told of Runway ML: valued at USD 1.5B, 2023-06-29.",
    )
    assert page.claims == (
        CuratedClaim(
            Claim(
                type="funding_round",
                status="confirmed",
                said_by="company",
                end=len(told[0]),
                evidence=told[0],
                sentence=told[0],
                money=Money(Decimal(141_000_000), "USD"),
                fields={
                    "investment_type": "series_c",
                    "series_qualifier": "extension",
                    "investors": ["Google", "Nvidia"],
                },
                **common,
            ),
            "row: runway round",
            "page",
        ),
        CuratedClaim(
            Claim(
                type="valuation",
                status="reported",
                said_by="unnamed_people",
                end=len(told[1]),
                evidence=told[1],
                sentence=told[1],
                money=Money(Decimal(1_500_000_000), "USD"),
                fields={"valuation_kind": "unspecified"},
                **common,
            ),
            "row: runway round",
            "page",
        ),
    )


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("talks", [("funding_round", "rumored")]),
        ("cancelled_plan", [("funding_round", "denied")]),
        ("total_funding", [("total_funding", "reported")]),
        ("ipo", [("ipo", "reported")]),
    ],
)
def test_a_kind_of_row_is_a_type_of_claim(kind, expected):
    table = f"company,claim_kind,amount,currency,evidence_level,source_url\nPika,{kind},5,USD,citation,https://a.example/b\n"

    (page,) = read_history([("rounds.csv", table.encode())]).pages

    assert [(each.claim.type, each.claim.status) for each in page.claims] == expected
    assert {each.evidence_class for each in page.claims} == {"cited"}


def test_another_sheets_confirmed_says_only_that_it_is_done():
    table = (
        "company,series,extension,announced_date,date_precision,amount,currency,status,claim_kind,round_group,"
        "evidence_level,source_url\nPika,series_b,False,2024-06,month,80000000,USD,confirmed,round,g,page_text,"
        "https://a.example/b\n"
    )

    (page,) = read_history([("rounds.csv", table.encode())]).pages

    (claim,) = (each.claim for each in page.claims)
    assert (claim.status, claim.said_by, claim.fields) == ("reported", "none", {"investment_type": "series_b"})


EVENT = "company,type,date,product,counterparties,role,direction,evidence_level,source_url,headline\n"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("Pika,product_launch,2023-11-28,Pika 1.0,,,", {"product": "Pika 1.0"}),
        ("Pika,lawsuit,2024,,Disney|Universal,,", {"plaintiff": "Disney; Universal"}),
        ("Pika,acquisition_talks,2024,,Meta,,", {"acquirer": "Meta"}),
        ("Pika,leadership_change,2024,,Demi Guo,founder,departure", {
            "person": "Demi Guo", "role": "founder", "direction": "departure"}),
    ],
)  # fmt: skip
def test_counterparties_are_whoever_the_type_of_event_needs(row, expected):
    table = f"{EVENT}{row},page_text,https://a.example/b,Our own words\n"

    (page,) = read_history([("events.csv", table.encode())]).pages

    (claim,) = (each.claim for each in page.claims)
    assert (claim.fields, claim.evidence) == (expected, "Our own words")
    assert claim.status == ("rumored" if "talks" in row else "reported")


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("141000000", "$141M", "amount: '$141M' is not a number; write digits in full units, such as 141000000"),
        (",USD,", ",usd,", "currency: 'usd' is no code of ISO 4217, such as USD"),
        ("2023-06-29,141", "29.6.2023,141", "announced_on: not a date: '29.6.2023'; write YYYY,"),
        ("series_c", "series_z", "investment_type: 'series_z' is none of pre_seed, seed,"),
        (",round,", ",backers,", "claim_kind: 'backers' is none of round, talks,"),
        ("page_text", "hearsay", "evidence_level: 'hearsay' is none of page_text, citation, digest"),
        ("https://reel.example/a", "reel.example", "source_url: 'reel.example' is no address of a page;"),
        ("confirmed,company", "confirmed,none", "said_by: confirmed needs company, investor, filing or court;"),
        ("Runway ML", "", "company: is empty; every row needs it"),
        ("2023-06-29,https", "2023-06,https", "published: 2023-06 is no day; leave it empty"),
        (",an extension", ",an,extension", "row: 23 cells under 22 columns; quote cells with commas"),
    ],
)  # fmt: skip
def test_a_bad_row_names_file_line_and_column_and_the_rest_goes_on(before, after, problem):
    assert before in ROW
    good = ROW.replace("/a,", "/good,")

    history = read_history([("my.csv", (ROUNDS + ROW.replace(before, after, 1) + good).encode())])

    assert [str(each)[: len(problem) + 10] for each in history.problems] == [f"my.csv:2: {problem}"]
    assert [page.url for page in history.pages] == ["https://reel.example/good"]


def test_a_row_with_several_errors_names_them_all():
    """An amount of words and a 13th month: only the amount was named, and the mended row was refused once more."""
    row = "Pika,total_funding,2025-13,abc,usd,hearsay,reel.example,29.6.2023\n"
    table = f"company,claim_kind,announced_on,amount,currency,evidence_level,source_url,published\n{row}"

    problems = read_history([("my.csv", table.encode())]).problems

    assert [(each.line, each.column) for each in problems] == [
        (2, "source_url"),
        (2, "announced_on"),
        (2, "evidence_level"),
        (2, "amount"),
        (2, "currency"),
        (2, "published"),
    ]


def test_a_row_without_its_evidence_level_is_named():
    table = "company,claim_kind,evidence_level,source_url\nPika,round,,https://a.example/b\n"

    problems = read_history([("my.csv", table.encode())]).problems

    assert [str(each) for each in problems] == ["my.csv:2: evidence_level: is empty; every row needs it"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"name,sum\n", "my.csv:1: header: no table of rounds (claim_kind) or of events (type, headline)"),
        (b"claim_kind,evidence_level,source_url\n", "my.csv:1: company: this column is missing"),
        (b"claim_kind,colour\n", "my.csv:1: colour: unknown or repeated column; known: company, claim_kind,"),
        (b"claim_kind\n\xff\n", "my.csv:2: encoding: not UTF-8; save the table as CSV in UTF-8"),
        (b'claim_kind,company,evidence_level,source_url\n"a', "my.csv:2: row: not CSV (unexpected end of data)"),
    ],
)
def test_what_is_no_table_of_ours_says_so(content, problem):
    (found,) = read_history([("my.csv", content)]).problems

    assert str(found).startswith(problem)


@given(st.one_of(st.binary(), st.text().map(lambda text: (ROUNDS + text).encode("utf-8", "surrogatepass"))))
def test_no_bytes_make_it_fail(content):
    read_history([("my.csv", content)])


def test_the_bundled_history_is_fit_to_be_loaded():
    history = bundled_history()

    told = Counter(each.claim.type for page in history.pages for each in page.claims)
    money = {"funding_round", "valuation", "total_funding", "ipo"}
    assert history.problems == ()
    assert told["funding_round"] >= 140
    assert sum(count for kind, count in told.items() if kind not in money) >= 200
    unknown = {each.claim.company for page in history.pages for each in page.claims if not each.claim.company_known}
    assert unknown == {"Cavalry", "Co-Star", "GoBo Labs", "Mango AI", "SceniX", "Serif", "WavTool"}
    """Companies that others bought, seen nowhere else."""


INVENTED = {
    "Reelwright", "Framewick", "Tellframe", "Quillmotion", "Castlight Motion", "Hartwell Credit", "Northbank Angels",
    "Harbour Lane Ventures", "Priya Raman", "拾帧科技", "镜岛科技",
}  # fmt: skip


def test_nobody_invented_is_in_the_bundled_history():
    said = "\n".join(each.claim.evidence for page in bundled_history().pages for each in page.claims)

    assert [name for name in INVENTED if name in said] == []
