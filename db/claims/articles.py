"""Articles as they are listed, with how many claims each gave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from db.claims.readings import UNREAD
from db.facts.rows import WHOLE
from db.schema.tables import ArticleRow, ClaimRow, FactRow, SupportRow

_KEYS_PER_QUERY = 500


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
    story_key: str | None
    """The first of the articles that are copies of this one, itself included; None where there is no copy."""
    copies: int
    event_id: str | None
    """The fact it tells that most articles tell, in whatever language."""
    event_articles: int


def is_article(session: Session, key: str) -> bool:
    """Whether an article has this key."""
    return session.get(ArticleRow, key) is not None


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
    listed = session.exec(query).all()
    copies = _copies(session, [row.story_key for row, _ in listed if row.story_key is not None])
    events = _events(session, [row.key for row, _ in listed])
    return [
        _listed(row, count, copies.get(row.story_key or "", 0), events.get(row.key, (None, 0))) for row, count in listed
    ]


def _copies(session: Session, story_keys: Sequence[str]) -> dict[str, int]:
    """How many articles each story has."""
    found: dict[str, int] = {}
    for batch in _batches(sorted(set(story_keys))):
        query = select(ArticleRow.story_key, func.count()).where(col(ArticleRow.story_key).in_(batch))
        found.update((str(key), count) for key, count in session.exec(query.group_by(ArticleRow.story_key)))
    return found


def _events(session: Session, article_keys: Sequence[str]) -> dict[str, tuple[str, int]]:
    """Of each article the fact it tells that most articles tell, and how many do; of equals the first by id."""
    found: dict[str, tuple[str, int]] = {}
    for batch in _batches(article_keys):
        query = (
            select(ClaimRow.article_key, FactRow.id, FactRow.outlets)
            .join(SupportRow, (col(SupportRow.claim_key) == ClaimRow.key) & (col(SupportRow.field) == WHOLE))
            .join(FactRow, col(FactRow.id) == SupportRow.fact_id)
            .where(col(ClaimRow.article_key).in_(batch), col(ClaimRow.superseded_at).is_(None))
        )
        for article, fact_id, outlets in session.exec(query):
            known = found.get(article)
            if known is None or (-outlets, fact_id) < (-known[1], known[0]):
                found[article] = (fact_id, outlets)
    return found


def _batches(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(keys), _KEYS_PER_QUERY):
        yield keys[start : start + _KEYS_PER_QUERY]


def _listed(row: ArticleRow, claims: int, copies: int, event: tuple[str | None, int]) -> ListedArticle:
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
        story_key=row.story_key,
        copies=copies,
        event_id=event[0],
        event_articles=event[1],
    )
