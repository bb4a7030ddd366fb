"""Articles as they are listed, with how many claims each gave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from db.claim_store import UNREAD
from db.tables import ArticleRow, ClaimRow


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """An article without its text. `claims` counts those that hold today."""

    key: str
    url: str | None
    title: str
    publisher: str | None
    original_publisher: str | None
    language: str
    published: date | None
    relevance: str
    reasons: tuple[str, ...]
    access: str
    source_key: str | None
    revision: int
    claims: int
    first_recorded_at: datetime


def newest_articles(session: Session, limit: int, *, relevant: bool = False) -> list[ListedArticle]:
    """The latest articles read, or those about the industry, newest first, the undated last, then by key."""
    claims = (
        select(func.count())
        .select_from(ClaimRow)
        .where(ClaimRow.article_key == ArticleRow.key, col(ClaimRow.superseded_at).is_(None))
        .scalar_subquery()
    )
    query = (
        select(ArticleRow, claims)
        .where(col(ArticleRow.revision) != UNREAD)
        .order_by(col(ArticleRow.published).desc().nulls_last(), col(ArticleRow.key))
        .limit(limit)
    )
    if relevant:
        query = query.where(col(ArticleRow.relevance) != "none")
    return [_listed(row, count) for row, count in session.exec(query)]


def _listed(row: ArticleRow, claims: int) -> ListedArticle:
    return ListedArticle(
        key=row.key,
        url=row.url,
        title=row.title,
        publisher=row.publisher,
        original_publisher=row.original_publisher,
        language=row.language,
        published=row.published,
        relevance=row.relevance,
        reasons=tuple(row.reasons),
        access=row.access,
        source_key=row.source_key,
        revision=row.revision,
        claims=claims,
        first_recorded_at=row.first_recorded_at,
    )
