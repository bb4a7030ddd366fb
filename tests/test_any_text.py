"""Any text at all: claims or none, never an exception; every span exact; cost in proportion to length."""

from __future__ import annotations

import time
from datetime import date
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.model import Article
from pipeline.names.find_names import find_names
from pipeline.read_claims import read_claims

FRAGMENTS = [
    *("Runway", "OpenAI's Sora", "the AI video startup Framewick", "It", "The company", "Kling AI", "Luma AI and Pika"),
    *(" raised ", " has acquired ", " laid off ", " launched ", " is in talks to raise ", " denied that it ", " shut down "),
    *("$5 million", "nine figures", "€1,5 million", "10% of staff", "1.2 million users", f"${'9' * 400}", "half a billion"),
    *(" in a Series C led by a16z, Google and Nvidia", " at a $4 billion valuation", ", according to The Information"),
    *(". ", ", ", "\n\n", " (", ") ", "; ", " — ", "“", "”", " and ", " to ", " its chief executive, Jane Doe, left "),
    *(" in March", " on February 30, 2024", " last week", " between 2019 and 2021", " two years ago", " in 0000", " in 9999"),
    *("可灵AI", "爱诗科技", "愛詩科技", "该公司", "镜岛科技", "其", "北京生数科技有限公司"),
    *("完成", "宣布获得", "否认", "收购", "裁员", "推出", "据彭博社报道", "正洽谈", "由红杉中国领投，", "估值达"),
    *("1亿5000万元", "数千万美元", "亿元", "５．８亿元（8000万美元）", "两三千万", "一" * 30, "30%", "百分之二十", "两成"),
    *("A轮融资", "Pre-A+轮", "。", "，", "、", "《", "》", "（", "）", "2月30日", "去年11月", "大年初七", "民国113年", "同年9月"),
    *("\0", "\u202e", "\ud800", "😀", "\u200d", "\ufeff", "\u3000", "ﾊﾝｶｸ", "Ａ", "\r", "\x1b[31m", "مرحبا", "é", "\U000e0041"),
]  # fmt: skip
ANY_CHARACTER = st.text(st.characters(exclude_categories=()), max_size=40)
TEXT = st.lists(st.sampled_from(FRAGMENTS) | ANY_CHARACTER, max_size=40).map("".join)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    title=TEXT,
    text=TEXT,
    language=st.sampled_from(["en", "zh", "other"]),
    published=st.none() | st.dates(),
    publisher=st.none() | st.just("runway"),
)
def test_any_text_yields_claims_or_none_with_exact_spans(title, text, language, published, publisher):
    article = Article("a", f"AI video: {title}", text, language, published, publisher_company=publisher)
    for claim in read_claims(article).claims:
        whole = article.title if claim.where == "title" else article.text
        assert whole[claim.start : claim.end] == claim.evidence != ""
        assert claim.evidence in claim.sentence
        assert claim.sentence in whole


@pytest.mark.parametrize("language", ["en", "zh", "other"])
def test_the_empty_article(language):
    assert read_claims(Article("a", "", "", language, None)).claims == ()


UNITS = [
    *("a", " ", "\n", ".", "。", "$", "1", "1,", "1,000,", "一", "亿", "，", "（", "《", "“", "、", "年", "日", "[", "\t", "-"),
    *("é", "😀", "\u202e", "\0", "\ud800", "１", "ＡＩ", "( ", "\"", "! ", "万", "的", "在", "A.B.", "A ", "Zz ", "Mr. "),
    *("$1 million ", "$1 million. ", "Runway raised ", "Runway, ", "Runway raised $5 million, ", "Series A ", "Big Co "),
    *("Runway raised $5 million in a Series A led by Sequoia Capital. ", "The A B C ", "in 2022 ", "half a ", "and "),
    *("Sequoia, ", "Sequoia and ", "AI video startup ", "acquired ", "said ", "led by ", "from ", "the chief executive "),
    *("according to ", "people familiar ", "not ", "May ", "one hundred ", "twenty-", "1 users ", "10% ", "Founded by "),
    *("Runway's ", "OpenAI's ", "Kling, Pika, ", "launched Gen-4, ", "About Runway\n", "- a\n", "It ", "CEO "),
    *("融资", "1亿元", "1亿元，", "可灵完成1亿元A轮融资，由红杉中国领投。", "可灵完成1亿元融资，", "公司", "由红杉", "《可灵》"),
    *("2022年", "1月", "红杉、", "首席执行官", "被", "与", "宣布", "据", "未", "推出可灵2.0，", "关于我们\n", "人"),
]  # fmt: skip
"""Texts that repeat one of these are the worst that rules with repetition in them can meet."""


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_hostile_repetition_costs_no_more_than_its_length(unit, language):
    """50 kB within a second; the megabyte of `make check` tells the quadratic from the merely slow."""
    assert seconds_to_read(unit, language, 50_000) < 1.0


MEGABYTE = 1_000_000
MEGABYTE_SECONDS = 3.0
"""Two are asked of a machine that does nothing else: there most repetitions take under one, the worst 2.1. A busy
machine takes up to half as long again; a quadratic rule takes minutes."""
TRIES = 3
"""The quickest counts."""


@pytest.mark.check
@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_megabyte_of_anything_costs_no_more_than_its_length(unit, language):
    length = MEGABYTE * len(unit) // len(unit.encode("utf-8", "surrogatepass"))
    assert any(seconds_to_read(unit, language, length) < MEGABYTE_SECONDS for _ in range(TRIES))


@cache
def rules_are_read(language):
    """The rules are read once a process, whatever the text: that is no cost of its length."""
    read_claims(Article("a", "Runway: AI video", "Runway makes AI video.", language, date(2024, 6, 5)))


def seconds_to_read(unit, language, length):
    rules_are_read(language)
    article = Article("a", "Runway: AI video", (unit * (length // len(unit) + 1))[:length], language, date(2024, 6, 5))
    start = time.process_time()
    read_claims(article)
    return time.process_time() - start


def test_a_run_of_capitals_without_end_costs_no_more_than_its_length():
    """Its words were cut off one by one, each time with a new list of all that follow."""
    assert seconds_to_read("It ", "en", 200_000) < 1.0


def test_a_text_of_nothing_but_names_is_not_read_to_its_end():
    """What stands behind the last name that is looked at becomes no unknown company either."""
    article = Article("a", "Runway: AI video", "Kling, Pika, " * 25_000, "en", date(2024, 6, 5))
    mentions = find_names(article.title, article.text, "en").in_text
    assert (len(mentions), {mention.known for mention in mentions}) == (19_999, {True})


def test_nor_are_more_mentions_taken_of_one_new_name():
    """A megabyte of "Mr. " in a Chinese article was a quarter of a million mentions of a new company, in six seconds."""
    mentions = find_names("Runway: AI video", "Mr. " * 25_000, "zh").in_text
    assert len([mention for mention in mentions if not mention.known]) <= 20_000
