"""Listings in Chinese: headings, values and notes; what one types and what machines read stays English."""

from __future__ import annotations

import csv
import re
from io import StringIO

import pytest

from db.model import Company
from pipeline.facts.forming import form_facts
from reports.listings.conflicts import conflict_lines, conflict_listing
from reports.listings.facts import fact_lines, fact_listing
from reports.sheets.company_line import company_line, newest_article
from reports.sheets.company_table import company_table
from reports.sheets.investor_line import investor_lines
from reports.sheets.investor_table import investor_table
from reports.tables.choice import column_names, with_columns
from reports.tables.data import csv_lines
from reports.tables.text import markdown_table
from reports.wording.labels import labels
from tests.claims import claim, stored
from tests.test_named_examples import D_ROUND, EXTENSION

RUNWAY = Company(key="runway", name="Runway", country="US", segment="video_generation", founded_on="2018")
FACTS = form_facts([EXTENSION, D_ROUND])
COMPANIES = {"runway": RUNWAY}


def made(name, language):
    if name == "companies":
        return company_table([company_line(RUNWAY, FACTS, newest_article(FACTS))], sample=False, language=language)
    if name == "investors":
        paid = form_facts([stored(claim(amount=8_500_000, on="2020-12", fields={"lead_investors": ["Coatue"]}))])
        return investor_table(investor_lines(paid), COMPANIES, sample=False, language=language)
    if name == "conflicts":
        return conflict_listing(conflict_lines(FACTS, (), COMPANIES, language), sample=False, language=language)
    return fact_listing("rounds", fact_lines(FACTS, COMPANIES), sample=False, language=language)


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("companies", "| Runway | 美国 | 视频生成 | 2018年 | – | ● C轮追加，1.41亿美元，2023年6月29日 "),
        (
            "investors",
            "| Coatue | 对冲基金 | 美国 | 1 | 1 | 1 |  | Runway | ◐ Runway，融资（轮次未说明），850万美元，2020年12月 |",
        ),
        ("rounds", "| 2023年6月29日 | ● Runway | C轮追加 | 1.41亿美元 | 未说明 |"),
        ("conflicts", "| Runway | C轮追加，1.41亿美元 | 日期 | 2023年6月29日 | 2023年5月 | 字母榜 |"),
    ],
)
def test_a_listing_in_chinese(name, row):
    told = markdown_table(made(name, "zh"))
    assert row in re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", told)  # without links


@pytest.mark.parametrize("name", ["companies", "investors", "rounds"])
def test_every_heading_has_a_word_and_machines_read_the_same(name):
    english, chinese = made(name, "en"), made(name, "zh")
    headings = labels("zh")["headings"]
    assert [column.heading for column in chinese.shown if column.heading not in {*headings, "≠", ""}] == []
    assert column_names(chinese) == column_names(english)
    assert list(csv_lines(chinese)) == list(csv_lines(english))


def test_columns_are_asked_for_by_their_english_names():
    chosen = with_columns(made("companies", "zh"), ["company", "last_round"])
    assert markdown_table(chosen).splitlines()[0] == "| 公司 | 最近一轮 |"
    assert next(csv.reader(StringIO("".join(csv_lines(chosen)))))  # machines have columns of their own
