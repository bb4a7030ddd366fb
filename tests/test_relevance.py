"""Whether an article is about AI video, where nobody calls it so: passages near the border, from both sides."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.model import Article
from pipeline.read_claims import read_claims

PASSAGES = [
    line.split(" | ", 3)
    for line in (Path(__file__).parent / "relevance_passages.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("verdict", "language", "title", "text"), PASSAGES, ids=[each[2] for each in PASSAGES])
def test_what_a_company_does_to_pictures_tells_its_field(verdict: str, language: str, title: str, text: str) -> None:
    article = Article("a passage", title, text, "zh" if language == "zh" else "en", None)

    assert read_claims(article).relevance == verdict
