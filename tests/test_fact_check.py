"""The fact-check sheet: a row for each sentence behind each value, for and against, with outlet, date and link."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO, StringIO

import openpyxl

from db.model import Company
from db.values import Money
from pipeline.facts.forming import form_facts
from reports.facts.fact_check import fact_check
from reports.tables.page import listing_page
from reports.tables.text import markdown_table, table_text
from reports.tables.workbook import workbook_bytes
from tests.claims import claim, stored

RUNWAY = Company("runway", "Runway")
CLAIMS = (
    stored(
        claim(
            amount=141_000_000,
            on="2023-06-29",
            status="confirmed",
            said_by="company",
            fields={"investment_type": "series_c", "series_qualifier": "extension"},
            sentence="Runway raised $141 million in an extension of its Series C, it said.",
        ),
        "Daily Reel",
        "2023-06-29",
    ),
    stored(
        claim(
            amount=141_000_000,
            on="2023-05",
            fields={"investment_type": "series_d"},
            sentence="Runway在5月完成1.41亿美元的D轮融资。",
        ),
        "影像日报",
        "2024-02-26",
        article_url="javascript:alert(1)",
    ),
)


def sheet(language="en", claims=CLAIMS):
    return fact_check(RUNWAY, form_facts(claims), language)


def test_each_value_with_its_sentences():
    rows = [
        (row["field"], row["value"], row["side"], row["as_told"], row["outlet"], str(row["published_on"]))
        for row in sheet().rows()
    ]
    assert rows == [
        ("amount", "$141M", "for", "$141M", "Daily Reel", "2023-06-29"),
        ("amount", "$141M", "for", "$141M", "影像日报", "2024-02-26"),
        ("date", "29 Jun 2023", "for", "29 Jun 2023", "Daily Reel", "2023-06-29"),
        ("date", "29 Jun 2023", "against", "May 2023", "影像日报", "2024-02-26"),
        ("series", "Series C extension", "for", "Series C extension", "Daily Reel", "2023-06-29"),
        ("series", "Series C extension", "against", "Series D", "影像日报", "2024-02-26"),
        ("series suffix", "extension", "for", "extension", "Daily Reel", "2023-06-29"),
    ]


def test_in_excel_the_link_is_a_link_the_day_a_day_and_the_mark_is_left_empty():
    cells = list(openpyxl.load_workbook(BytesIO(workbook_bytes(sheet()))).active.iter_rows())
    by_name = dict(zip([cell.value for cell in cells[0]], cells[1], strict=True))
    assert by_name["source_url"].hyperlink.target == "https://dailyreel.example/2023-06-29"
    assert by_name["published_on"].is_date and by_name["checked"].value is None
    assert by_name["quote"].value == "“Runway raised $141 million in an extension of its Series C, it said.”"


def test_for_people_in_both_languages():
    assert table_text(sheet("zh"), StringIO()).splitlines()[2].split("   ")[:3] == [
        "2023年6月29日", "C轮追加，1.41亿美元", "金额",
    ]  # fmt: skip
    assert "| ≠ | Series D | § “Runway在5月完成1.41亿美元的D轮融资。” | 影像日报 |" in markdown_table(sheet())


def test_as_a_page_it_is_whole_and_harmless():
    page = listing_page(sheet())
    assert page.count("<tr>") == 8 and "javascript:" not in page
    assert '<a href="https://dailyreel.example/2023-06-29" rel="noreferrer nofollow">§ “Runway raised' in page
    hostile = "</td><script>alert(1)</script>\x1b[31m\u202e"
    page = listing_page(sheet(claims=[stored(claim(amount=1, sentence=hostile), hostile)]))
    assert "<script" not in page and "\x1b" not in page and "\u202e" not in page


def test_a_count_misses_no_currency():
    staff = claim(
        "metric", amount=13, fields={"metric": "headcount"}, money=Money(Decimal(13), None), sentence="13 people."
    )
    assert [row["value"] for row in sheet(claims=[stored(staff)]).rows() if row["field"] == "amount"] == ["13"]
