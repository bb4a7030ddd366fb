"""Texts longer than any article: read in parts, nothing lost, every span exact."""

from __future__ import annotations

from datetime import date

import pytest

from db.model import Article
from pipeline.parts import LONGEST_PART, parts
from pipeline.read_claims import read_claims

FILLER = {"en": "The weather stayed fine.\n\n", "zh": "天气一直不错。\n\n"}
NEWS = {
    "en": "Runway, the AI video startup, raised $50 million in a Series C led by Felicis Ventures.",
    "zh": "可灵AI完成5000万美元C轮融资，由红杉中国领投。",
}


@pytest.mark.parametrize("text", ["", "a", "a" * 100_000, "a b" * 50_000, "字。" * 50_000, "a\n\n" * 50_000])
def test_parts_cover_the_text(text):
    spans = list(parts(text))
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(end - start <= LONGEST_PART for start, end in spans)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_news_at_the_end_of_a_long_text_is_found_where_it_stands(language):
    filler = FILLER[language] * (3 * LONGEST_PART // len(FILLER[language]))
    article = Article("a", "AI视频 AI video weekly", filler + NEWS[language], language, date(2022, 12, 5))
    [claim] = [claim for claim in read_claims(article).claims if claim.type == "funding_round"]
    assert claim.start >= len(filler)
    assert article.text[claim.start : claim.end] == claim.evidence


def test_the_title_speaks_once():
    filler = FILLER["en"] * (3 * LONGEST_PART // len(FILLER["en"]))
    article = Article("a", "AI video startup Runway raises $50 million", filler, "en", date(2022, 12, 5))
    assert [claim.type for claim in read_claims(article).claims] == ["funding_round"]
