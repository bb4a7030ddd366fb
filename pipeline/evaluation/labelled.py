"""Labelled articles: what makes one usable, and the fixed split into a developed and a held-back part."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Literal

from pipeline.evaluation.facts import TYPES

Part = Literal["developed", "held-back", "all"]
_HELD_BACK = frozenset("01234")


def check_labels(article: Mapping[str, Any]) -> None:
    """Raises ValueError, naming the field, where an article's labels cannot be scored."""
    if not isinstance(article.get("id"), str):
        raise ValueError("id: not a text")
    facts = article.get("facts")
    if not isinstance(facts, list):
        raise ValueError("facts: not a list")
    for place, fact in enumerate(facts):
        if not isinstance(fact, dict) or fact.get("type") not in TYPES:
            raise ValueError(f"facts[{place}].type: none of {', '.join(sorted(TYPES))}")
        if not isinstance(fact.get("company"), str):
            raise ValueError(f"facts[{place}].company: not a text")


def in_part(article_id: str, part: Part) -> bool:
    """Whether an article belongs to a part; which one depends on its id alone, so that the split never moves.

    About a third is held back: rules are made on the rest, and the gap between the two figures shows how well they
    generalise.
    """
    digit = hashlib.sha256(article_id.encode("utf-8", "surrogatepass")).hexdigest()[0]
    return part == "all" or (part == "held-back") == (digit in _HELD_BACK)
