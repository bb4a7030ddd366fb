"""The 181 pages of the corpus beside the checkout, read as the daily run reads them: none crashes, none is AI video."""

from __future__ import annotations

from db.model import Article
from pipeline.pages.read_page import read_page
from pipeline.read_claims import read_claims
from tests.bench_text import load_pages

MOST_RELEVANT = 2
"""News of 2019 about anything but our field: what is judged relevant here would drown a general feed's readers."""


def test_pages_of_other_industries_are_read_and_put_aside(shared):
    _, captures = load_pages(shared)
    relevant, claims = [], []
    for key, capture in captures.items():
        page = read_page(capture)
        published = page.published.date() if page.published else None
        reading = read_claims(Article(key, page.title, page.text, page.language, published))
        claims.extend(reading.claims)
        if reading.relevance != "none":
            relevant.append((reading.relevance, page.title, reading.reasons))
    assert len(captures) == 181
    assert len(relevant) <= MOST_RELEVANT, relevant
    assert len(claims) <= MOST_RELEVANT
