"""A claim with its article as one row of plain columns: thousands are read at once, and objects of tables cost more."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from sys import intern
from typing import Any

from sqlalchemy import Row, Select, select

from db.model import Claim, StoredClaim
from db.nouns.identity import fold
from db.schema.tables import ArticleRow, ClaimRow
from db.values import Money, PartialDate

_fold = lru_cache(maxsize=20_000)(fold)  # outlets are few
_OF_CLAIM = (
    *("key", "type", "company", "company_key", "company_known", "status", "said_by", "origin", "where", "start", "end"),
    *("evidence", "sentence", "sentence_zh", "event_date", "amount", "amount_max", "currency", "amount_op", "fields"),
    *("article_key", "evidence_class", "recorded_at", "superseded_at", "revision"),
)
_OF_ARTICLE = ("url", "title", "published", "publisher", "original_publisher", "tier", "revision", "story_key")


def select_claims() -> Select[Any]:
    """All rows of claims ever read, joined with their articles: narrow it, then give each row to `stored_claim`."""
    claim, article = ClaimRow.__table__, ArticleRow.__table__  # type: ignore[attr-defined]
    columns = [claim.c[name] for name in _OF_CLAIM] + [article.c[name].label(f"article_{name}") for name in _OF_ARTICLE]
    query: Select[Any] = select(*columns)
    return query.join(article, article.c.key == claim.c.article_key)


def stored_claim(row: Row[Any]) -> StoredClaim:
    """A row of `select_claims` as the merging and the reports take it."""
    # Unpacked: to ask a row for a column by name costs as much as everything else here.
    key, type_, company, company_key, company_known, status, said_by, origin, where, start, end, *more = tuple(row)
    evidence, sentence, sentence_zh, event_date, amount, amount_max, currency, amount_op, fields, *more = more
    (
        article_key,
        evidence_class,
        recorded_at,
        _,
        _,
        url,
        title,
        published,
        publisher,
        original_publisher,
        tier,
        _,
        story,
    ) = more
    type_, company, company_key, status, said_by, where = _shared(type_, company, company_key, status, said_by, where)
    article_key, evidence_class, url, title, publisher, tier = _shared(
        article_key, evidence_class, url, title, publisher, tier
    )
    return StoredClaim(
        key=key,
        claim=Claim(
            type=type_,
            company=company,
            company_key=company_key,
            company_known=company_known,
            status=status,
            said_by=said_by,
            origin=origin,
            where=where,
            start=start,
            end=end,
            evidence=evidence,
            sentence=sentence,
            event_date=PartialDate(event_date) if event_date else None,
            money=Money(amount, currency, amount_op, amount_max) if amount is not None else None,
            fields=fields,
            sentence_zh=sentence_zh,
        ),
        article_key=article_key,
        article_url=url,
        article_title=title,
        published=published,
        publisher=publisher,
        witness=_fold(origin or original_publisher or publisher or article_key),
        tier=tier,
        evidence_class=evidence_class,
        recorded_at=recorded_at,
        story=story,
        original_publisher=original_publisher,
    )


def _shared(*texts: Any) -> Iterator[Any]:
    """One object for each text that many claims repeat and a database hands over anew: a third of what facts take."""
    return (intern(text) if text is not None else None for text in texts)
