"""Articles of our own that the rules were not made on: how much of them is found, and how much of that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from dailies.commands.evaluation import labelled_lines, score_lines
from dailies.intake.article_lines import ArticleLine


@pytest.mark.parametrize(
    ("articles", "count", "precision", "f1", "fatal"),
    [
        ("later_articles_en", 48, 0.96, 0.83, 0),
        ("later_articles_zh", 48, 0.90, 0.82, 1),
        ("newest_articles_en", 64, 0.93, 0.79, 3),
        ("newest_articles_zh", 64, 0.92, 0.84, 0),
    ],
)
def test_later_articles_are_read_no_worse_than_before(
    articles: str, count: int, precision: float, f1: float, fatal: int
) -> None:
    """The floors lie a little below what is measured; the fatal errors are known ones, and their number only falls."""
    path = Path(__file__).with_name(f"{articles}.jsonl")
    lines = [line for line in labelled_lines(path) if isinstance(line, ArticleLine)]

    score = score_lines(lines)

    assert len(lines) == count
    assert len(score.fatal) <= fatal
    assert score.total.precision >= precision
    assert score.total.f1 >= f1
