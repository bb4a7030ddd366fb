"""Notes of curated rows on Chinese pages: what was put into Chinese, what the fields say, and what stays English."""

from __future__ import annotations

import pytest

from pipeline.facts.forming import form_facts
from pipeline.history.read_history import bundled_history, read_history
from reports.facts.evidence import quote_of, quoted_text
from reports.wording.facts import what_happened
from reports.wording.row_notes import foreign
from tests.claims import stored

HEADER = (
    "company,claim_kind,investment_type,series_qualifier,announced_on,amount,currency,lead_investors,investors,"
    "evidence_level,source_url,note,note_zh\n"
)
EVENTS = "company,type,date,product,evidence_level,source_url,headline,headline_zh\n"
AT = "https://reel.example/a"


@pytest.mark.parametrize(
    ("table", "english", "chinese"),
    [
        pytest.param(
            HEADER
            + f"Runway,round,series_c,extension,2023-06-29,141000000,USD,Google,Nvidia,page_text,{AT},an aside,旁注",
            "[our note: An aside. Told of Runway: Series C (extension), USD 141M, 2023-06-29; led by Google; with Nvidia.]",
            "【摘记：旁注。所述为Runway：C轮追加，1.41亿美元，2023年6月29日，谷歌（领投）、英伟达。】",
            id="a note beside the deal",
        ),
        pytest.param(
            HEADER + f"ShengShu,talks,series_b,,2026,,,,,citation,{AT},,",
            "[our note: ShengShu: talks about a Series B, 2026.]",
            "【摘记：生数科技：传闻：B轮，2026年。】",
            id="no words, and no sum that is called undisclosed",
        ),
        pytest.param(
            HEADER + f"Runway,round,series_c,,2023,,,,,citation,{AT},an aside,",
            "[our note: An aside. Told of Runway: Series C, 2023.]",
            "【摘记，原为英文：An aside. Told of Runway: Series C, 2023.】",
            id="a note that nobody put into Chinese",
        ),
        pytest.param(
            EVENTS + f"Runway,product_launch,2023,Gen-2,page_text,{AT},Runway opens Gen-2,Runway开放Gen-2",
            "[our note: Runway opens Gen-2]",
            "【摘记：Runway开放Gen-2】",
            id="the headline is all of an event",
        ),
    ],
)
def test_a_row_s_note_in_both_languages(table, english, chinese):
    (page,) = read_history([("table.csv", table.encode())]).pages
    told = stored(page.claims[0].claim, evidence_class="page")

    assert (quoted_text(quote_of(told, "en"), "en"), quoted_text(quote_of(told, "zh"), "zh")) == (english, chinese)


def test_every_bundled_row_has_its_words_in_chinese():
    untold = [
        each.claim.sentence
        for page in bundled_history().pages
        for each in page.claims
        if each.claim.sentence_zh is None
    ]
    assert untold == []


@pytest.mark.parametrize(
    ("text", "on_english", "on_chinese"),
    [
        ("Runway raises $141M", None, "en"),
        ("Runway完成1.41亿美元C轮融资", "zh", None),
        (
            "Japanese page of a Korean site; the name is our rendering of 23世紀の子供たち",
            None,
            "en",
        ),
        (
            "Papercup：A轮，2022年6月9日，Octopus Ventures（领投）、Sands Capital Ventures、Entrepreneur First",
            None,
            None,
        ),
    ],
)
def test_which_texts_are_of_the_other_language(text, on_english, on_chinese):
    assert (foreign(text, "en"), foreign(text, "zh")) == (on_english, on_chinese)


def test_a_product_stands_under_its_chinese_name_where_it_has_one():
    (page,) = read_history(
        [("t.csv", (EVENTS + f"Zhipu AI,product_launch,2024,Ying,page_text,{AT},Zhipu opens Ying,\n").encode())]
    ).pages
    (fact,) = form_facts([stored(page.claims[0].claim)])
    assert (what_happened(fact, "zh"), what_happened(fact, "en")) == ("公布清影", "Ying announced")
