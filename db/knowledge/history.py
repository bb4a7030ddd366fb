"""Curated tables in the database: their pages as articles nobody has read, their rows as claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from db.claims.article_update import update_article
from db.claims.readings import UNREAD
from db.claims.rows import NewClaim, claim_columns, replace_claims
from db.model import CuratedPage
from db.nouns.identity import claim_key, fold
from db.schema.tables import ArticleRow, ClaimRow

BUNDLED_READER = "history"
"""Who read the rows that come with Dailies: kept with every claim of theirs."""
GIVEN_READER = "table"
"""Who read the rows of a table that was given by hand."""
_KEYS_PER_QUERY = 500
_OF_PAGE = ("url", "publisher", "publisher_company", "language", "published", "relevance", "tier")


def store_history(session: Session, pages: Sequence[CuratedPage], reader: str, moment: datetime, *, whole: bool) -> int:
    """Write the pages and claims of curated tables; how many claims were added.

    The same rows again change nothing; an edited row supersedes its claim under the same key, a row that left a page
    takes its claim with it. `whole`: the tables are all this reader knows, so pages that are not in them have none.
    Marks stale companies. The caller commits.
    """
    known = _articles(session, [page.key for page in pages])
    for page in pages:
        _enter_page(session, known.get(page.key), page, moment)
    session.flush()
    current = {row.key: row for row in _current(session, reader, None if whole else [page.key for page in pages])}
    return replace_claims(session, current, _rows(pages, reader, moment), moment, "history")


def _articles(session: Session, keys: Sequence[str]) -> dict[str, ArticleRow]:
    found: dict[str, ArticleRow] = {}
    for start in range(0, len(keys), _KEYS_PER_QUERY):
        query = select(ArticleRow).where(col(ArticleRow.key).in_(keys[start : start + _KEYS_PER_QUERY]))
        found.update((row.key, row) for row in session.exec(query))
    return found


def _enter_page(session: Session, article: ArticleRow | None, page: CuratedPage, moment: datetime) -> None:
    """What the tables know of a page; an article that was read knows better."""
    if article is None:
        article = ArticleRow(
            key=page.key, url=page.url, title="", language=page.language, relevance=page.relevance,
            revision=UNREAD, first_recorded_at=moment,
        )  # fmt: skip
        session.add(article)
    if article.revision == UNREAD:
        update_article(session, article, {name: getattr(page, name) for name in _OF_PAGE}, "history")


def _current(session: Session, reader: str, article_keys: Sequence[str] | None) -> Iterable[ClaimRow]:
    query = select(ClaimRow).where(ClaimRow.reader == reader, col(ClaimRow.superseded_at).is_(None))
    if article_keys is None:
        yield from session.exec(query)
        return
    for start in range(0, len(article_keys), _KEYS_PER_QUERY):
        batch = article_keys[start : start + _KEYS_PER_QUERY]
        yield from session.exec(query.where(col(ClaimRow.article_key).in_(batch)))


def _rows(pages: Iterable[CuratedPage], reader: str, moment: datetime) -> dict[str, NewClaim]:
    seen: Counter[tuple[str, str, str]] = Counter()
    rows: dict[str, NewClaim] = {}
    for page in pages:
        for curated in page.claims:
            identity = f"{reader} {curated.identity}"
            same = (page.key, curated.claim.type, fold(identity))
            key = claim_key(page.key, curated.claim.type, identity, seen[same])
            seen[same] += 1
            rows[key] = NewClaim(
                key=key,
                article_key=page.key,
                revision=UNREAD,
                reader=reader,
                recorded_at=moment,
                evidence_class=curated.evidence_class,
                **claim_columns(curated.claim),
            )
    return rows
