"""Whose a statement is that names nobody: `carried_over.txt` reads as stories, then whose their facts are, indented."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db.model import Article
from pipeline.evaluation.vocabulary import to_vocabulary
from pipeline.read_claims import read_claims

STORIES = Path(__file__).with_name("carried_over.txt")


def stories() -> Iterator[Any]:
    story, facts = "", []
    for line in [*STORIES.read_text(encoding="utf-8").splitlines(), "#"]:
        if line.startswith("    "):
            facts.append(line.strip())
        elif line:
            if story:
                yield pytest.param(story, [fact for fact in facts if fact != "-"], id=story[:60])
            story, facts = ("" if line.startswith("#") else line), []


@pytest.mark.parametrize(("story", "expected"), list(stories()))
def test_a_statement_is_carried_over_only_where_that_mostly_holds(story: str, expected: list[str]) -> None:
    title, *paragraphs = story.split(" // ")
    language = "zh" if re.search("[\u4e00-\u9fff]", story) else "en"
    article = Article("a", title, "\n\n".join(paragraphs), language, date(2025, 6, 20))

    facts = to_vocabulary(article, read_claims(article))["facts"]

    assert sorted(f"{fact['type']} | {fact['company']}" for fact in facts) == sorted(expected)
