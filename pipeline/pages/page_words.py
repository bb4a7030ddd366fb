"""The small word lists of `page_words.yml`, read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml


@cache
def words_of(kind: str) -> frozenset[str]:
    """The words of one list. Raises KeyError for a list that is not in the file."""
    return _lists()[kind]


@cache
def _lists() -> dict[str, frozenset[str]]:
    text = (files("pipeline.pages") / "page_words.yml").read_text(encoding="utf-8")
    return {kind: frozenset(words) for kind, words in yaml.safe_load(text).items()}
