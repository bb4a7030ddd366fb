"""What is known of an article better than before: written, and the facts that rest on it formed again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, select

from db.facts.stale import mark_stale
from db.nouns.change import Cause
from db.schema.tables import ArticleRow, ClaimRow

_TOLD_WITH_CLAIMS = frozenset({"url", "title", "publisher", "original_publisher", "published", "tier"})
"""What a claim tells of its article: it decides who is a witness, which fact is first and which value wins."""


def update_article(session: Session, article: ArticleRow, values: Mapping[str, Any], cause: Cause) -> None:
    """Put these values in an article's columns and mark its claims stale where facts may differ by it; no commit.

    Facts are a function of claims *and* of their articles: a date that is found later moves a fact like a new claim.
    """
    changed = {name: value for name, value in values.items() if getattr(article, name) != value}
    for name, value in changed.items():
        setattr(article, name, value)
    session.add(article)
    if _TOLD_WITH_CLAIMS & changed.keys():
        claims = select(ClaimRow.company_key, ClaimRow.key).where(
            ClaimRow.article_key == article.key, col(ClaimRow.superseded_at).is_(None)
        )
        mark_stale(session, session.exec(claims).all(), cause)
