"""The company table: what is known last, what adds up to what, and that nothing unknown is shown as a number."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from db.model import Company
from db.values import Money
from pipeline.facts.forming import form_facts
from reports.sheets.company_line import by_name, company_line, newest_article
from reports.sheets.company_table import company_table
from reports.sheets.total_raised import total_raised
from tests.claims import claim, stored

RUNWAY = Company("runway", "Runway", segment="video_generation", country="US", founded_on="2018")


def round_(amount=None, on=None, series="series_a", **values):
    """A claim of a funding round, told by its own outlet so that rounds differ."""
    fields = {"investment_type": series, **values.pop("fields", {})}
    return claim(amount=amount, on=on, fields=fields, sentence=f"{series} {amount} {on}", **values)


def line_of(*claims, company=RUNWAY, newest=None):
    facts = form_facts(stored(each) for each in claims)
    return company_line(company, facts, date.fromisoformat(newest) if newest else newest_article(facts))


def shown(line):
    """The line as the terminal shows it: heading and text of each cell."""
    listing = company_table([line], sample=False)
    (cells,) = listing.shown_rows(listing.shown)
    return {column.heading: cell.text for column, cell in zip(listing.shown, cells, strict=True)}


def test_a_whole_line():
    line = line_of(
        round_(50_000_000, "2022-12", "series_c"),
        round_(
            141_000_000,
            "2023-06-29",
            "series_c",
            status="confirmed",
            said_by="company",
            fields={"series_qualifier": "extension", "investors": ["谷歌", "英伟达"], "lead_investors": ["谷歌"]},
        ),
        claim("valuation", amount=1_500_000_000, operator="~", on="2023-06"),
        claim("total_funding", amount=237_000_000, operator="~", on="2023-06"),
        claim("product_launch", on="2023-06-08", fields={"product": "Gen-2", "stage": "release"}),
    )
    assert shown(line) == {
        "company": "Runway",
        "country": "US",
        "segment": "video generation",
        "founded": "2018",
        "status": "–",
        "last round": "● Series C extension, $141M, 29 Jun 2023",
        "raised, our sum": "$191M (2/2 rounds)",
        "as stated": "~$237M",
        "last valuation": "◐ ~$1.5B (kind not stated), Jun 2023",
        "price path": "",
        "step-up": "",
        "lead investors": "Google",
        "last event": "◐ Gen-2 released, 8 Jun 2023",
        "latest talk": "",
        "seen": "1/1",
        "≠": "",
    }


def test_unknown_is_not_zero():
    nothing = shown(line_of())
    assert [nothing[name] for name in ("last round", "raised, our sum", "as stated", "last valuation")] == ["–"] * 4
    read = shown(line_of(claim("product_launch", on="2023-06-08", fields={"product": "Gen-2"})))
    assert (read["last round"], read["raised, our sum"], read["last valuation"]) == ("not stated", "–", "not stated")
    unsaid = shown(line_of(round_(on="2023-06")))
    assert (unsaid["last round"], unsaid["raised, our sum"]) == ("◐ Series A, sum not stated, Jun 2023", "not stated")


def test_no_number_of_machines_is_a_zero_that_nobody_counted():
    (row,) = company_table([line_of()], sample=False).rows()
    assert {name: value for name, value in row.items() if value is not None and value is not False} == {
        "key": "runway",
        "name": "Runway",
        "country_code": "US",
        "segment": "video_generation",
        "founded_on": "2018",
        "founded_on_precision": "year",
        "witnesses": 0,
        "articles": 0,
        "conflicts": 0,
    }


def test_a_rumour_and_a_denial_are_neither_last_round_nor_money_raised():
    line = line_of(
        round_(8_500_000, "2020-12", "series_a"),
        round_(500_000_000, "2025-08", "series_unknown", status="rumored"),
        round_(90_000_000, "2025-09", "series_f", status="denied"),
    )
    assert (shown(line)["last round"], shown(line)["raised, our sum"]) == (
        "◐ Series A, $8.5M, Dec 2020",
        "$8.5M (1/1 rounds)",
    )


def test_no_lower_end_of_a_range_stands_in_an_export_as_if_it_were_the_sum():
    line = line_of(
        round_(101_000_000, "2022-10", "seed"),
        round_(on="2023-10", money=Money(Decimal(50_000_000), "USD", "=", Decimal(100_000_000))),
        price(2_000_000_000, "2024-03", operator=">="),
    )

    (row,) = company_table([line], sample=False).rows()

    told = {name: value for name, value in row.items() if "_usd" in name or name in ("funding_total", "valuation_path")}
    assert told == {
        "last_funding_total_usd": 50_000_000,
        "last_funding_total_usd_max": 100_000_000,
        "last_funding_total_usd_operator": "exactly",
        "funding_total": ["151000000-201000000 USD"],
        "funding_total_usd": 151_000_000,
        "funding_total_usd_max": 201_000_000,
        "funding_total_usd_operator": "exactly",
        "valuation_usd": 2_000_000_000,
        "valuation_usd_max": None,
        "valuation_usd_operator": "at_least",
        "valuation_path": ["2024-03 >=2000000000 USD"],
    }


def price(amount, on, **values):
    return claim("valuation", amount=amount, on=on, sentence=f"Worth {amount} in {on}.", **values)


def test_the_path_of_prices_leaves_out_talk_and_says_how_old_the_last_is():
    line = line_of(
        price(500_000_000, "2022-12"),
        price(1_500_000_000, "2023-06-29"),
        price(1_500_000_000, "2023-07"),
        price(5_000_000_000, "2023-08", status="rumored"),
        price(3_000_000_000, "2025-04-03", status="confirmed", said_by="company"),
        newest="2025-12-05",
    )
    cells = shown(line)
    assert (cells["price path"], cells["step-up"]) == ("$500M → $1.5B → $3B", "2.0x")
    assert cells["last valuation"] == "● $3B (kind not stated), 3 Apr 2025, 8 months old"
    (row,) = company_table([line], sample=False).rows()
    assert (row["valuation_age_months"], row["valuation_step_up"], row["valuation_usd"]) == (
        8,
        Decimal("2.0"),
        3 * 10**9,
    )
    assert row["valuation_path"] == ["2022-12 500000000 USD", "2023-06-29 1500000000 USD", "2025-04-03 3000000000 USD"]


def test_that_it_was_founded_is_no_news_once_anything_else_is_known():
    founding = claim("founding", on="2026-06-18")
    assert shown(line_of(founding))["last event"] == "◐ founded, 18 Jun 2026"
    assert shown(line_of(founding, claim("partnership", fields={"partner": "Roku"})))["last event"] == (
        "◐ partnership with Roku, not stated"
    )
    assert shown(line_of(founding, round_(5_000_000, "2026-06-18")))["last event"] == "not stated"


def test_talk_is_shown_until_it_is_done():
    talk = round_(500_000_000, None, "series_unknown", status="rumored")
    assert shown(line_of(talk))["latest talk"] == "○ round (series not stated), $500M, 1 Jul 2023"
    line = line_of(talk, round_(315_000_000, "2023-09", "series_e"))
    assert (shown(line)["latest talk"], line.statuses) == ("", {"reported"})


def test_an_undated_round_is_not_the_last():
    line = line_of(round_(8_500_000, None, "series_a"), round_(35_000_000, "2021", "series_b"))
    assert shown(line)["last round"] == "◐ Series B, $35M, 2021"


def test_a_year_is_not_later_than_a_month_of_it():
    line = line_of(round_(125_000_000, "2025-07", "series_c"), round_(9_000_000, "2025", "series_b"))
    assert shown(line)["last round"] == "◐ Series C, $125M, Jul 2025"


USD, CNY = "USD", "CNY"


@pytest.mark.parametrize(
    ("rounds", "sums", "counted"),
    [
        ([(5, USD, "="), (7, USD, "=")], [(12, USD, "=")], (2, 2)),
        ([(5, USD, "="), (7, USD, ">")], [(12, USD, ">=")], (2, 2)),
        ([(5, USD, "<="), (7, USD, "=")], [(7, USD, "=", 12)], (2, 2)),
        ([(5, USD, "<="), (7, USD, "<")], [(12, USD, "<=")], (2, 2)),
        ([(5, USD, ">"), (7, USD, "<")], [(5, USD, ">=")], (2, 2)),
        ([(5, USD, ">"), (7, USD, "~")], [(12, USD, "~")], (2, 2)),
        ([(5, USD, "="), (9, CNY, "~")], [(9, CNY, "~"), (5, USD, "=")], (2, 2)),
        ([(5, USD, "="), None], [(5, USD, "=")], (1, 2)),
        ([None], [], (0, 1)),
        ([], [], (0, 0)),
    ],
)
def test_sums_by_currency_as_exact_as_their_parts(rounds, sums, counted):
    claims = [
        round_(each and each[0] * 10**6, f"20{10 + place}-01", currency=each and each[1], operator=each and each[2])
        for place, each in enumerate(rounds)
    ]
    total = total_raised(form_facts(stored(each) for each in claims))
    assert total.sums == tuple(
        Money(Decimal(low * 10**6), currency, op, *(Decimal(each * 10**6) for each in high))
        for low, currency, op, *high in sums
    )
    assert (total.counted, total.rounds) == counted


def test_old_shares_are_not_money_raised():
    total = total_raised(form_facts([stored(round_(20_000_000, "2023-01", "secondary_market"))]))
    assert (total.sums, total.rounds) == ((), 0)


def test_an_unknown_currency_is_in_no_sum():
    told = claim(on="2023-01", fields={"investment_type": "seed"})
    unknown = stored(claim(on="2023-01", money=Money(Decimal(10**8), None), fields={"investment_type": "seed"}))
    assert told.money is None
    total = total_raised(form_facts([unknown]))
    assert (total.sums, total.counted, total.rounds) == ((), 0, 1)


@pytest.mark.parametrize(
    ("ended", "status"),
    [
        (claim("shutdown", status="confirmed", on="2024-01"), "closed"),
        (claim("shutdown", status="confirmed", on="2024-01", fields={"product": "Gen-1"}), "operating"),
        (claim("shutdown", status="reported", on="2024-01"), "operating"),
        (claim("shutdown", status="rumored", on="2024-01"), "operating"),
        (claim("acquisition", status="confirmed", fields={"acquirer": "Adobe"}), "was_acquired"),
        (claim("ipo", status="confirmed"), "ipo"),
    ],
)
def test_what_ends_a_company(ended, status):
    assert line_of(ended, company=Company("runway", "Runway", operating_status="active")).status == status


def test_one_outlet_closes_no_company_but_two_do():
    told = claim("shutdown", status="reported", on="2024-01")
    facts = form_facts([stored(told, "Daily Reel"), stored(told, "Lens Weekly")])
    line = company_line(Company("runway", "Runway", operating_status="active"), facts, newest_article(facts))
    assert line.status == "closed"


def test_lines_are_in_the_order_of_names_then_keys():
    companies = [Company("b", "Pika"), Company("a", "pika"), Company("c", "Luma AI"), Company("d", "爱诗科技")]
    lines = by_name(company_line(each, [], None) for each in companies)
    assert [line.company.key for line in lines] == ["c", "a", "b", "d"]
