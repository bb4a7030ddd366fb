"""English headlines, most of them With Every Word Capitalised: the facts they tell, and what of them is no name."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.model import Article
from pipeline.evaluation.vocabulary import to_vocabulary
from pipeline.headline_case import sentence_case
from pipeline.read_claims import read_claims

PUBLISHED = date(2026, 3, 10)
HEADLINES = {
    "Runway Raises $308M Series D at $3B Valuation": [
        "funding_round Runway confirmed 308000000",
        "valuation Runway confirmed 3000000000",
    ],
    "Pika Labs Lands $80 Million to Bring AI Video to the Masses": ["funding_round Pika confirmed 80000000"],
    "Exclusive: Luma AI in Talks to Raise $1.1 Billion at $4 Billion Valuation": [
        "funding_round Luma AI rumored 1100000000",
        "valuation Luma AI rumored 4000000000",
    ],
    "AI Video Startup Higgsfield Raises $50M From GFT Ventures": ["funding_round Higgsfield confirmed 50000000"],
    "Moonvalley Raises $84M, Bringing Total to $154M": [
        "funding_round Moonvalley confirmed 84000000",
        "total_funding Moonvalley confirmed 154000000",
    ],
    "Pika valued at $700 million in new round": ["valuation Pika confirmed 700000000"],
    "Meta Acquires AI Video Startup Captions for $500 Million": ["acquisition Captions confirmed 500000000"],
    "Synthesia turns down Adobe's $3 billion offer": ["acquisition Synthesia denied 3000000000"],
    "OpenAI Shuts Down Sora App": ["shutdown OpenAI confirmed None"],
    "HeyGen Lays Off 20% of Staff": ["layoffs HeyGen confirmed None"],
    "Disney and Universal Sue Midjourney": ["lawsuit Midjourney confirmed None"],
    "Lionsgate Inks Deal With Runway": ["partnership Runway confirmed None"],
    "Runway Names Jane Doe Chief Financial Officer": ["leadership_change Runway confirmed None"],
    "Kling AI Hits $240 Million Annualized Revenue, Kuaishou Says": ["metric Kling AI confirmed None"],
    "Google-Backed Runway Nears $5 Billion Valuation in Talks With SoftBank": ["valuation Runway rumored 5000000000"],
    "Character.AI to Be Acquired by Google? Startup Says No": [],
    "Luma AI Launches Ray 3 With Native HDR": ["product_launch Luma AI confirmed None"],
}


@pytest.mark.parametrize(("title", "expected"), HEADLINES.items())
def test_what_a_headline_says(title: str, expected: list[str]) -> None:
    article = Article("a", title, "The company makes AI video tools.", "en", PUBLISHED)

    facts = to_vocabulary(article, read_claims(article))["facts"]

    assert [f"{fact['type']} {fact['company']} {fact['status']} {fact.get('amount')}" for fact in facts] == expected


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        (
            "AI Video Startup Higgsfield Raises $50M From GFT Ventures",
            "AI video startup Higgsfield raises $50M from GFT Ventures",
        ),
        ("Warner Bros. Discovery Takes Runway to Court", "Warner Bros. Discovery takes Runway to court"),
        ("Runway takes Warner Bros. Discovery to court", "Runway takes Warner Bros. Discovery to court"),
    ],
)
def test_common_words_of_a_headline_are_small(title: str, sentence: str) -> None:
    assert sentence_case(title, "") == sentence


@given(st.text(), st.text())
def test_a_headline_keeps_its_length_and_its_letters(title: str, text: str) -> None:
    changed = sentence_case(title, text)

    assert (len(changed), changed.lower()) == (len(title), title.lower())


def test_the_title_of_a_round_up_tells_of_no_company_it_does_not_name() -> None:
    title = "AI视频融资月报：三笔交易，从种子轮到6亿美元"
    text = "1. MiniMax：完成6亿美元融资。\n2. 爱诗科技：完成1亿元A轮融资。\n3. Pika：完成8000万美元B轮融资。"

    claims = read_claims(Article("a", title, text, "zh", PUBLISHED)).claims

    assert [(claim.where, claim.company, claim.fields.get("investment_type")) for claim in claims] == [
        ("text", "MiniMax", "series_unknown"),
        ("text", "AISphere", "series_a"),
        ("text", "Pika", "series_b"),
    ]
