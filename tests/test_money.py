"""Sums of money: silent wrong values that other readers give, notations, currencies, and what is no sum."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.fold import fold_text
from pipeline.values.money import find_money
from pipeline.values.numbers import from_english, from_han


def sums(text, language):
    found = find_money(fold_text(text), language)
    return [(int(each.money.amount), each.money.currency, each.money.operator) for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It raised half a billion dollars.", (500_000_000, "USD", "=")),
        ("It raised £5bn.", (5_000_000_000, "GBP", "=")),
        ("It cost a billion and a half dollars.", (1_500_000_000, "USD", "=")),
        ("a $1 billion breach of contract", (1_000_000_000, "USD", "=")),
        ("worth over $3 billion today", (3_000_000_000, "USD", ">")),
        ("HK$10 billion", (10_000_000_000, "HKD", "=")),
        ("CN¥250 million", (250_000_000, "CNY", "=")),
        ("a $ 5 million deal", (5_000_000, "USD", "=")),
        ("its Series C $50 million round", (50_000_000, "USD", "=")),
        ("raised $40M to $50 million", (40_000_000, "USD", ">=")),
        ("$150-200 million", (150_000_000, "USD", ">=")),
        ("S$3.4B", (3_400_000_000, "SGD", "=")),
        ("A$47M", (47_000_000, "AUD", "=")),
        ("GBP8M", (8_000_000, "GBP", "=")),
        ("KRW4B", (4_000_000_000, "KRW", "=")),
        ("115USD", (115, "USD", "=")),
        ("3 USD50 cards", (50, "USD", "=")),
        ("30 MUSD", (30_000_000, "USD", "=")),
        ("a nine-figure sum", (100_000_000, None, ">=")),
        ("hundreds of millions of dollars", (100_000_000, "USD", ">=")),
    ],
)
def test_english_sums(text, expected):
    assert sums(text, "en") == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("估值1亿5000万元", (150_000_000, "CNY", "=")),
        ("融资两三千万元", (20_000_000, "CNY", "~")),
        ("融资１．４亿元", (140_000_000, "CNY", "=")),
        ("估值不超过3亿元", (300_000_000, "CNY", "<=")),
        ("獲得新台幣3億元投資", (300_000_000, "TWD", "=")),
        ("超1.5億美元", (150_000_000, "USD", ">")),
        ("数千万美元", (10_000_000, "USD", ">=")),
        ("融资20多亿美元", (2_000_000_000, "USD", ">")),
        ("6,000万円", (60_000_000, "JPY", "=")),
        ("1億ウォン", (100_000_000, "KRW", "=")),
        ("四十九兆九千五百九十二億元", (49_959_200_000_000, "CNY", "=")),
        ("我有一千元", (1000, "CNY", "=")),
        ("1亿至1.5亿元", (100_000_000, "CNY", ">=")),
    ],
)
def test_chinese_sums(text, expected):
    assert sums(text, "zh") == [expected]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("in the third quarter", "en"),
        ("of the three, two won awards", "en"),
        ("try 5 million times", "en"),
        ("written in PHP 8.2", "en"),
        ("B$ 5 million and J$5 million, of currencies we do not know", "en"),
        ("2024元宇宙大会", "zh"),
        ("2024年元旦", "zh"),
        ("一元化管理，多元文化", "zh"),
        ("他买了5块屏幕，摆了3圆桌", "zh"),
    ],
)
def test_what_is_no_sum(text, language):
    assert sums(text, language) == []


@pytest.mark.parametrize(
    "text",
    ["$1,2345 million", "$12345678901234567890", "$1.12345678", "€1,5 million", "€1.500.000", "$" + "9" * 400,
     "$1." + "9" * 400, "1,000,000," * 100 + "000 dollars"],
)  # fmt: skip
def test_a_number_cut_out_of_a_longer_one_is_no_sum(text):
    assert sums(text, "en") == []


def test_a_sum_said_again_in_another_currency_restates():
    found = find_money("完成5.8亿元（8000万美元）融资", "zh")
    assert [(each.money.currency, each.restates) for each in found] == [("CNY", False), ("USD", True)]


def test_a_rise_is_two_sums():
    assert sums("from $5 million to $30 million", "en") == [(5_000_000, "USD", "="), (30_000_000, "USD", "=")]
    assert sums("$5 million and $3 million", "en") == [(5_000_000, "USD", "="), (3_000_000, "USD", "=")]


def test_a_bare_dollar_is_the_home_currencys():
    assert find_money("a $5 million round", "en", "SGD")[0].money.currency == "SGD"
    assert find_money("a US$5 million round", "en", "SGD")[0].money.currency == "USD"
    assert find_money("a $5 million round", "en", "EUR")[0].money.currency == "USD"


@pytest.mark.parametrize(
    ("words", "value"),
    [("five hundred", 500), ("twenty-five", 25), ("one point five", "1.5"), ("two hundred and fifty", 250)],
)
def test_english_number_words(words, value):
    assert from_english(words) == Decimal(value)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("三千五百万", 35_000_000),
        ("一亿五千万", 150_000_000),
        ("1亿5000万", 150_000_000),
        ("一点五亿", 150_000_000),
        ("一万亿", 10**12),
        ("二零二四", 2024),
        ("二十", 20),
    ],
)
def test_chinese_number_words(words, value):
    assert from_han(words) == value
