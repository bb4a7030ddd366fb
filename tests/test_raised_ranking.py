"""Who raised most: added up by company, in dollars, and what counts for nothing is counted."""

from __future__ import annotations

from datetime import date

import pytest

from db.model import Company
from db.values import PartialDate
from pipeline.facts.forming import form_facts
from reports.site.links import SiteLinks
from reports.site.raised_ranking import quarter_and_year, raised_ranking
from tests.claims import claim, stored

COMPANIES = {
    company.key: company
    for company in (
        Company("runway", "Runway", segment="video_generation", country="US"),
        Company("kling", "Kling AI", "可灵AI", segment="video_generation", country="CN"),
        Company("pika", "Pika", segment="video_generation"),
        Company("openai", "OpenAI", segment="foundation_model"),
        Company("new", "Newcomer", candidate=True),
    )
}


def told(key, on, amount=None, kind="series_b", type_="funding_round", **values):
    name = COMPANIES[key].name
    fields = {"investment_type": kind} if type_ == "funding_round" else {}
    sentence = f"{name} {type_} {on} {amount}"
    made = claim(type_, amount=amount, on=on, company=name, company_key=key, fields=fields, sentence=sentence, **values)
    return stored(made, "Reel", "2026-09-30", article=f"{key}{type_}{on}{amount}")


YEAR = (
    told("runway", "2026-02-10", 315_000_000, status="confirmed", said_by="company"),
    told("runway", "2026-07-20", 400_000_000, "series_c"),
    told("kling", "2026-07-02", 3_000_000_000, currency="CNY"),
    told("pika", "2026-08", 200_000_000),
    told("pika", "2026-09-01", kind="series_c"),
    told("pika", "2026-09-03", 90_000_000, "debt_financing"),
    told("pika", "2026-09-05", 80_000_000, "secondary_market"),
    told("openai", "2026-08-02", 5_000_000_000),
    told("new", "2026-08-03", 2_000_000),
    told("kling", "2026-09-09", 900_000_000, "series_d", status="rumored"),
    told("kling", "2026", 70_000_000, "seed"),
)


def ranked(claims, period, language="en"):
    return raised_ranking(form_facts(claims), COMPANIES, PartialDate(period), SiteLinks("index", language))


def lines(ranking):
    return [
        (each.name, each.dollars, each.derived, [round_.what for round_ in each.rounds]) for each in ranking.companies
    ]


def test_a_quarter_counts_what_surely_lies_in_it_and_names_what_it_leaves_out():
    quarter = ranked(YEAR, "2026-Q3")
    assert lines(quarter) == [
        ("Kling AI", "~$442M", True, ["Series B, ¥3B"]),
        ("Runway", "$400M", False, ["Series C, $400M"]),
        ("Pika", "$200M", False, ["Series B, $200M"]),
    ]
    assert (quarter.rounds, quarter.more) == (3, 0)
    assert quarter.left_out == (
        "2 of adjacent companies or names new to us (OpenAI $5B, Newcomer $2M)",
        "1 without a sum in dollars",
        "loans: 1",
        "sales of old shares: 1",
        "1 not surely of this period",
        "talk and denials: 1",
    )


def test_a_year_adds_a_companys_rounds_up_and_tells_each():
    year = ranked(YEAR, "2026", "zh")
    assert lines(year)[0] == ("Runway", "7.15亿美元", True, ["C轮，4亿美元", "B轮，3.15亿美元"])
    assert year.left_out[0] == "相关行业及新名字2起（OpenAI 50亿美元、Newcomer 200万美元）"


def test_a_sum_as_large_as_the_companys_price_ranks_nobody():
    price = told("pika", "2026-08-01", 200_000_000, type_="valuation")
    assert [name for name, *_ in lines(ranked((*YEAR, price), "2026-Q3"))] == ["Kling AI", "Runway"]
    assert "1 with a sum as large as the company's price" in ranked((*YEAR, price), "2026-Q3").left_out


def test_only_the_largest_are_ranked_and_the_others_counted(monkeypatch):
    monkeypatch.setattr("reports.site.raised_ranking.RANKED", 1)
    quarter = ranked(YEAR, "2026-Q3")
    assert (len(quarter.companies), quarter.more) == (1, 2)


@pytest.mark.parametrize(("first", "named"), [((2026, 1), "2026-Q1"), ((2026, 10), "2026-Q4")])
def test_a_quarter_and_its_year(first, named):
    assert quarter_and_year(date(*first, 1)) == (PartialDate(named), PartialDate("2026"))
