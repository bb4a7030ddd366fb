"""A claim with its article as one row of plain columns: thousands are read at once, and objects of tables cost more."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, Select, select
from sqlmodel import col

from db.identity import fold
from db.model import Claim, StoredClaim
from db.tables import ArticleRow, ClaimRow
from db.values import Money, PartialDate

_OF_CLAIM = (
    *("key", "type", "company", "company_key", "company_known", "status", "said_by", "origin", "where", "start", "end"),
    *("evidence", "sentence", "event_date", "amount", "amount_max", "currency", "amount_op", "fields"),
    *("article_key", "evidence_class", "recorded_at", "superseded_at", "revision"),
)
_OF_ARTICLE = ("url", "title", "published", "publisher", "original_publisher", "tier", "revision", "story_key")


def select_claims() -> Select[Any]:
    """All rows of claims ever read, joined with their articles: narrow it, then give each row to `stored_claim`."""
    columns = [getattr(ClaimRow, name) for name in _OF_CLAIM]
    columns += [getattr(ArticleRow, name).label(f"article_{name}") for name in _OF_ARTICLE]
    query: Select[Any] = select(*columns)
    return query.join(ArticleRow, col(ArticleRow.key) == ClaimRow.article_key)


def stored_claim(row: Row[Any]) -> StoredClaim:
    """A row of `select_claims` as the merging and the reports take it."""
    money = None
    if row.amount is not None:
        money = Money(row.amount, row.currency, row.amount_op, row.amount_max)
    witness = row.origin or row.article_original_publisher or row.article_publisher or row.article_key
    return StoredClaim(
        key=row.key,
        claim=Claim(
            type=row.type,
            company=row.company,
            company_key=row.company_key,
            company_known=row.company_known,
            status=row.status,
            said_by=row.said_by,
            origin=row.origin,
            where=row.where,
            start=row.start,
            end=row.end,
            evidence=row.evidence,
            sentence=row.sentence,
            event_date=PartialDate(row.event_date) if row.event_date else None,
            money=money,
            fields=row.fields,
        ),
        article_key=row.article_key,
        article_url=row.article_url,
        article_title=row.article_title,
        published=row.article_published,
        publisher=row.article_publisher,
        witness=fold(witness),
        tier=row.article_tier,
        evidence_class=row.evidence_class,
        recorded_at=row.recorded_at,
        story=row.article_story_key,
        original_publisher=row.article_original_publisher,
    )
