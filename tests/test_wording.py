"""How values are written in both languages: the renderings people will look at, and that no digit is ever lost."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from db.knowledge.curated import load_knowledge
from db.model import CLAIM_FIELDS
from db.values import Money, PartialDate
from pipeline.facts.field_choice import RULES
from pipeline.facts.forming import form_facts
from reports.facts.evidence import open_conflicts
from reports.site import method_page as method_page_module
from reports.site.method_page import method_page
from reports.wording import labels as labels_module
from reports.wording import values as wording
from reports.wording.facts import metric_text, what_happened
from reports.wording.values import count_text, date_text, money_text, number_text, series_text, status_text, words
from tests.claims import claim, stored


def test_the_page_on_method_says_that_the_bundled_history_has_no_quotations():
    for language, told in (("en", "The bundled history has no quotations."), ("zh", "随附的历史资料没有引文")):
        page = method_page(language, sample=False)
        assert any(told in text for _, texts in page.parts for text in texts)


def test_a_post_told_in_chinese_is_english_in_an_english_conflict():
    told = [
        stored(claim("leadership_change", on="2025-08-18", fields={"person": "张迪", "role": role, "direction": "departure"}),
               outlet, published="2025-08-18")
        for outlet, role in (("光圈科技观察", "副总裁"), ("像素经济", "技术负责人"))
    ]  # fmt: skip
    (fact,) = form_facts(told)
    (conflict,) = open_conflicts(fact, "en")
    assert {conflict.chosen, conflict.losing} == {"vice president", "head of technology"}


def money(amount, currency="USD", operator="=", upper=None):
    return Money(Decimal(amount), currency, operator, Decimal(upper) if upper else None)


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (money("141000000"), "$141M", "1.41亿美元"),
        (money("1500000000", operator="~"), "~$1.5B", "约15亿美元"),
        (money("100000000", operator=">"), "over $100M", "超过1亿美元"),
        (money("3000000000", operator=">="), "at least $3B", "不低于30亿美元"),
        (money("50000000", operator="<"), "under $50M", "不足5000万美元"),
        (money("20000000", operator="<="), "up to $20M", "最高2000万美元"),
        (money("580000000", "CNY"), "¥580M", "5.8亿元"),
        (money("95000000", "CNY"), "¥95M", "9500万元"),
        (money("10000000", "CNY", ">=", "100000000"), "¥10M–¥100M", "数千万元"),
        (money("100000000", "USD", ">=", "1000000000"), "$100M–$1B", "数亿美元"),
        (money("20000000", "CNY", "~", "30000000"), "¥20M–¥30M", "2000万–3000万元"),
        (money("8500000"), "$8.5M", "850万美元"),
        (money("13500000", "EUR"), "€13.5M", "1350万欧元"),
        (money("750000", "GBP"), "£750K", "75万英镑"),
        (money("72800000000", "HKD"), "HK$72.8B", "728亿港元"),
        (money("5000000", "CHF"), "CHF 5M", "500万瑞士法郎"),
        (money("5000000", "PLN"), "PLN 5M", "500万PLN"),
        (money("1000000000000"), "$1T", "1万亿美元"),
        (money("1717500000"), "$1.7175B", "17.175亿美元"),
        (money("1234567890"), "$1,234,567,890", "1,234,567,890美元"),
        (money("9600"), "$9.6K", "9600美元"),
        (money("0.5"), "$0.5", "0.5美元"),
        (money("100000000", None), "100M (currency not stated)", "1亿（币种未说明）"),
        (money("100000000", None, ">=", "1000000000"), "100M–1B (currency not stated)", "数亿（币种未说明）"),
        (None, "undisclosed", "未披露"),
    ],
)
def test_money(value, english, chinese):
    assert (money_text(value, "en"), money_text(value, "zh")) == (english, chinese)


@pytest.mark.parametrize(
    ("iso", "english", "chinese"),
    [
        ("2023", "2023", "2023年"),
        ("2023-H2", "H2 2023", "2023年下半年"),
        ("2023-Q2", "Q2 2023", "2023年第二季度"),
        ("2023-06", "Jun 2023", "2023年6月"),
        ("2024-W03", "week 3, 2024", "2024年第3周"),
        ("2023-06-09", "9 Jun 2023", "2023年6月9日"),
        (None, "not stated", "未说明"),
    ],
)
def test_dates_keep_their_precision(iso, english, chinese):
    when = PartialDate(iso) if iso else None
    assert (date_text(when, "en"), date_text(when, "zh")) == (english, chinese)


@pytest.mark.parametrize(
    ("series", "english", "chinese"),
    [
        (("series_c", None), "Series C", "C轮"),
        (("series_c", "extension"), "Series C extension", "C轮追加"),
        (("series_a", "pre"), "Pre-Series A", "Pre-A轮"),
        (("series_a", "Pre-A+"), "Pre-Series A+", "Pre-A+轮"),
        (("series_a", "A+"), "Series A+", "A+轮"),
        (("series_b", "B1"), "Series B1", "B1轮"),
        (("pre_seed", None), "Pre-seed", "种子前轮"),
        (("seed", "extension"), "Seed extension", "种子轮追加"),
        (("angel", None), "Angel", "天使轮"),
        (("corporate_round", None), "Strategic round", "战略融资"),
        (("secondary_market", None), "Secondary sale", "老股转让"),
        (("convertible_note", None), "Convertible note", "可转债"),
        (("series_unknown", None), "round (series not stated)", "融资（轮次未说明）"),
        (("series_unknown", "extension"), "Extension (series not stated)", "追加融资（轮次未说明）"),
        ((None, None), "round (series not stated)", "融资（轮次未说明）"),
    ],
)
def test_series(series, english, chinese):
    assert (series_text(*series, "en"), series_text(*series, "zh")) == (english, chinese)


@pytest.mark.parametrize(
    ("metric", "value", "english", "chinese"),
    [
        ("users", money("500000", None, ">"), "over 500,000", "超过50万"),
        ("headcount", money("155", None), "155", "155"),
        ("videos", money("1000000", None, "~", "2000000"), "1,000,000–2,000,000", "100万–200万"),
        ("arr", money("90000000"), "$90M", "9000万美元"),
        ("arr", money("90000000", None), "90M (currency not stated)", "9000万（币种未说明）"),
        ("cash", None, "not stated", "未说明"),
    ],
)
def test_metrics_are_counts_or_money(metric, value, english, chinese):
    assert (metric_text(metric, value, "en"), metric_text(metric, value, "zh")) == (english, chinese)


def test_a_status_is_a_mark_and_a_word():
    assert [status_text(status, "en") for status in wording.MARKS] == [
        "● confirmed",
        "◐ reported",
        "○ rumored",
        "✕ denied",
    ]


def read_back(text: str) -> Decimal:
    """The number a reader takes from "1.41亿" or "$1,234"."""
    sizes = {"T": 10**12, "B": 10**9, "M": 10**6, "K": 10**3, "万亿": 10**12, "亿": 10**8, "万": 10**4}
    unit = next((unit for unit in sizes if text.endswith(unit)), "")
    return Decimal(text.removesuffix(unit).replace(",", "")) * sizes.get(unit, 1)


@given(st.decimals(0, 10**15, places=2), st.sampled_from(["en", "zh"]))
def test_no_digit_is_lost(amount, language):
    assert read_back(number_text(amount, language)) == amount
    assert read_back(count_text(Money(amount, None), language)) == amount


def keys(table):
    return {name: keys(value) for name, value in table.items()} if isinstance(table, dict) else type(table)


ONLY_NAMED_IN_CHINESE = {"currencies"}
"""In English an ISO code before the sum does."""


@pytest.mark.parametrize("module", [wording, labels_module])
def test_both_languages_have_the_same_words(module):
    tables = yaml.safe_load(Path(module.__file__).with_suffix(".yml").read_text("utf-8"))
    english, chinese = ({name: keys(group) for name, group in tables[language].items()} for language in ("en", "zh"))
    for name in ONLY_NAMED_IN_CHINESE & english.keys():
        assert english.pop(name).keys() <= chinese.pop(name).keys()
    assert english == chinese


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_the_page_on_method_is_text_and_no_mapping_that_an_unquoted_colon_makes(language, monkeypatch):
    page = method_page(language, sample=False)
    assert [each for _, text in page.parts for each in (page.lead, *text) if each.startswith("{")] == []
    written = {language: {"lead": "Lead.", "parts": [{"title": "Talk", "text": [{"It ends": "as done."}]}]}}
    monkeypatch.setattr(method_page_module, "word_file", lambda _: written)
    with pytest.raises(ValueError, match=r"method\.yml: not text but a dict: .*It ends.*; put it in quotes"):
        method_page(language, sample=False)


def test_every_field_type_and_rule_has_its_word():
    fields = {name for names in CLAIM_FIELDS.values() for name in names} | {"event_date", "amount"}
    assert fields <= words("en", "fields").keys()
    assert set(CLAIM_FIELDS) == words("en", "fact_type").keys()
    assert set(RULES) == words("en", "rule").keys()


@pytest.mark.parametrize(
    ("sentence", "english", "chinese"),
    [
        ("Getty Images sues the company in London.", "sued by Getty Images", "被Getty Images起诉"),
        ("A class action was brought by Getty Images.", "sued by Getty Images", "被Getty Images起诉"),
        ("A judge dismisses most claims.", "in court with Getty Images", "与Getty Images的诉讼进展"),
        ("The two settle their case.", "in court with Getty Images", "与Getty Images的诉讼进展"),
        ("法院驳回了原告的诉讼请求。", "in court with Getty Images", "与Getty Images的诉讼进展"),
    ],
)
def test_a_ruling_is_not_told_as_a_second_suit(sentence, english, chinese):
    (fact,) = form_facts([stored(claim("lawsuit", sentence=sentence, fields={"plaintiff": "Getty Images"}))])
    assert (what_happened(fact, "en"), what_happened(fact, "zh")) == (english, chinese)


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_every_country_we_know_somebody_in_has_its_name(language):
    known = load_knowledge()
    codes = {party.country for party in (*known.companies, *known.investors) if party.country}
    assert codes - set(words(language, "country")) == set()
