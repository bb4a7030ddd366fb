"""Purges articles: bytes, text and quotes go; key, hash, link and values stay, and the evidence is marked withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import ColumnElement, or_, update
from sqlmodel import Session, col, select

from db.crawl.archive_files import drop_records
from db.crawl.crawl_queue import WITHDRAWN
from db.facts.stale import mark_stale
from db.publishing.issues import withhold_documents
from db.schema.crawl_tables import CaptureRow, PageRow
from db.schema.tables import ArticleRow, ChangeRow, ClaimRow, FactRow, RevisionRow, SupportRow

NOTE = "evidence withdrawn · 证据已撤回 ({:%Y-%m-%d})"
"""What stands in the place of every quote, as our own words and not the article's."""
_NOT_QUOTED = "page"
_WHOLE = ""


def articles_of(session: Session, key_or_url: str) -> list[ArticleRow]:
    """The articles of this key or address that are not withdrawn yet."""
    named = or_(col(ArticleRow.key) == key_or_url, col(ArticleRow.url) == key_or_url)
    return _standing(session, named)


def articles_by(session: Session, publisher: str) -> list[ArticleRow]:
    """The articles of a publisher, by its name as it stands in `dailies articles`, that are not withdrawn yet."""
    return _standing(session, col(ArticleRow.publisher) == publisher)


def _standing(session: Session, condition: ColumnElement[bool]) -> list[ArticleRow]:
    query = select(ArticleRow).where(condition, col(ArticleRow.withdrawn_at).is_(None))
    return list(session.exec(query.order_by(ArticleRow.key)))


def withdraw(session: Session, folder: Path, article: ArticleRow, reason: str, now: datetime) -> list[Path]:
    """Purge one article: the archive's files to be deleted once the caller has committed. Raises OSError.

    Issues of the brief that quote it lose their documents. The feeds of its source carried its headline or more, and
    nobody reads them again: their bytes go as well. Facts keep their values; each that rests on this article has the
    withdrawal in its log, with cause `purge`.
    """
    old = drop_records(session, folder, _captures(session, article), now)
    _forget_words(session, article, now)
    withhold_documents(session, [article.key])
    article.title, article.authors, article.reasons = "", [], []
    article.withdrawn_at, article.withdrawn_reason = now, reason
    _log(session, article, now)
    claims = select(ClaimRow.company_key, ClaimRow.key).where(ClaimRow.article_key == article.key)
    mark_stale(session, session.exec(claims).all(), "purge")
    return old


def _captures(session: Session, article: ArticleRow) -> Sequence[CaptureRow]:
    """Every answer that may hold words of it."""
    read = select(RevisionRow.capture_id).where(RevisionRow.article_key == article.key)
    page = session.get(PageRow, article.key)
    holds: list[ColumnElement[bool]] = [col(CaptureRow.id).in_(read)]
    addresses = [url for url in (article.url, page.url if page else None) if url]
    if addresses:
        holds.append(col(CaptureRow.url).in_(addresses))
    if article.source_key:
        holds.append((col(CaptureRow.source_key) == article.source_key) & (col(CaptureRow.kind) == "feed"))
    return session.exec(select(CaptureRow).where(or_(*holds))).all()


def _forget_words(session: Session, article: ArticleRow, now: datetime) -> None:
    note = NOTE.format(now)
    revisions = col(RevisionRow.article_key) == article.key
    session.execute(update(RevisionRow).where(revisions).values(title="", text=""))
    words = {"sentence": note, "sentence_zh": None, "evidence": note}
    quotes = {**words, "evidence_class": _NOT_QUOTED, "start": 0, "end": 0}
    session.execute(update(ClaimRow).where(col(ClaimRow.article_key) == article.key).values(**quotes))
    page = session.get(PageRow, article.key)
    if page is not None:
        page.hints, page.state, page.outcome = {}, "skipped", WITHDRAWN
    for capture in _captures(session, article):
        capture.hints, capture.given = {}, {}


def _log(session: Session, article: ArticleRow, now: datetime) -> None:
    rows = session.exec(
        select(FactRow, ClaimRow.key)
        .join(SupportRow, col(SupportRow.fact_id) == FactRow.id)
        .join(ClaimRow, col(ClaimRow.key) == SupportRow.claim_key)
        .where(ClaimRow.article_key == article.key, col(ClaimRow.superseded_at).is_(None), SupportRow.field == _WHOLE)
        .order_by(FactRow.id, ClaimRow.key)
    )
    session.add_all(
        ChangeRow(
            recorded_at=now,
            company_key=fact.company_key,
            fact_id=fact.id,
            fact_type=fact.type,
            kind="corrected",
            field="evidence",
            old_value="sentence",
            new_value=WITHDRAWN,
            cause="purge",
            claim_key=claim_key,
        )
        for fact, claim_key in rows.all()
    )
