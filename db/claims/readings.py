"""Readings as they are written: articles, their versions, their claims, and whose facts are stale by them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from db.claims.article_update import update_article
from db.claims.rows import NewClaim, claim_columns, replace_claims
from db.claims.stories import keep_sketch, sketch_row
from db.connection.bulk import insert_rows
from db.model import PageText, Reading, Sketch
from db.nouns.change import Cause
from db.nouns.identity import claim_key, fold
from db.schema.story_tables import SketchRow
from db.schema.tables import ArticleRow, ClaimRow, RevisionRow

UNREAD, _FIRST = 0, 1
"""The revisions of an article that a curated table tells of and nobody has read, and of one read once."""
_KEYS_PER_QUERY = 500


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article that was just read: what is to be stored of it, all in one transaction."""

    key: str
    url: str | None
    page: PageText
    reading: Reading
    reader: str
    capture_id: int | None = None
    source_key: str | None = None
    tier: str = "unknown"
    publisher_company: str | None = None
    sketch: Sketch | None = None
    """Of the text, by which its copies are found; None where it is too short."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What storing a reading changed."""

    new_article: bool
    new_revision: bool
    new_claims: int


def store_readings(session: Session, reads: Sequence[ReadArticle], moment: datetime) -> list[Stored]:
    """Write articles, their revisions where a text changed, and their claims; mark the companies whose facts are stale.

    What each changed, in their order. An article that nobody knew costs a few statements for all of them together; one
    that comes twice is read again. Reading the same text again by the same rules changes nothing. The caller commits.
    """
    unknown = {read.key: read for read in reversed(reads)}
    for start in range(0, len(reads), _KEYS_PER_QUERY):
        keys = [read.key for read in reads[start : start + _KEYS_PER_QUERY]]
        for key in session.exec(select(ArticleRow.key).where(col(ArticleRow.key).in_(keys))):
            unknown.pop(key, None)
    first = {id(read) for read in unknown.values()}
    added = _enter_unknown(session, [read for read in reads if id(read) in first], moment)
    return [
        Stored(True, False, added[read.key]) if id(read) in first else _read_again(session, read, moment)
        for read in reads
    ]


def _enter_unknown(session: Session, reads: Sequence[ReadArticle], moment: datetime) -> dict[str, int]:
    """Write articles that are not here yet; how many claims each has."""
    if not reads:
        return {}
    insert_rows(session, ArticleRow, [_new_article(read, moment) for read in reads])
    insert_rows(session, RevisionRow, [_revision_columns(read, moment, _FIRST) for read in reads])
    sketches = [sketch_row(read.key, _FIRST, read.sketch).model_dump() for read in reads if read.sketch is not None]
    if sketches:
        insert_rows(session, SketchRow, sketches)
    fresh = {read.key: _claim_rows(read, moment, _FIRST) for read in reads}
    replace_claims(session, {}, {key: row for rows in fresh.values() for key, row in rows.items()}, moment, "news")
    return {key: len(rows) for key, rows in fresh.items()}


def _read_again(session: Session, read: ReadArticle, moment: datetime) -> Stored:
    """Write what changed of an article that is here: read before, or only told of by a curated table."""
    article = session.get_one(ArticleRow, read.key)
    is_new = article.revision == UNREAD
    revised = is_new or _text_changed(session, article, read.page)
    if revised:
        article.revision += 1
        session.add(RevisionRow(**_revision_columns(read, moment, article.revision)))
    if read.sketch is not None:
        keep_sketch(session, article.key, article.revision, read.sketch)
    cause = _cause(article, read, is_new=is_new, revised=revised)
    update_article(session, article, _better_known(read), cause)
    article.reader = read.reader
    added = _store_claims(session, article, read, moment, cause)
    return Stored(is_new, revised and not is_new, added)


def _cause(article: ArticleRow, read: ReadArticle, *, is_new: bool, revised: bool) -> Cause:
    """Why its claims may differ: a text that changed is no news of the text where its reader changed as well."""
    if is_new:
        return "news"
    return "revision" if revised and article.reader == read.reader else "rules"


def _new_article(read: ReadArticle, moment: datetime) -> dict[str, Any]:
    """All columns of a new article, as plain values: objects of tables cost more than writing them."""
    known = {"revision": _FIRST, "reader": read.reader, "first_recorded_at": moment, "story_key": None}
    return {"key": read.key, **known, **_article_columns(read)}


def _article_columns(read: ReadArticle) -> dict[str, Any]:
    page = read.page
    return {
        "url": read.url,
        "title": page.title,
        "publisher": page.publisher,
        "original_publisher": page.original_publisher,
        "publisher_company": read.publisher_company,
        "authors": list(page.authors),
        "language": page.language,
        "published": page.published.date() if page.published else None,
        "published_at": page.published,
        "access": page.access,
        "relevance": read.reading.relevance,
        "reasons": list(read.reading.reasons),
        "source_key": read.source_key,
        "tier": read.tier,
    }


def _better_known(read: ReadArticle) -> dict[str, Any]:
    """What a later look says better; a date once known is kept, since pages lose theirs more often than gain one."""
    columns = _article_columns(read)
    if columns["published"] is None:
        del columns["published"], columns["published_at"]
    if columns["source_key"] is None:
        del columns["source_key"], columns["tier"]
    return columns


def _text_changed(session: Session, article: ArticleRow, page: PageText) -> bool:
    current = session.get_one(RevisionRow, (article.key, article.revision))
    return (current.title, current.text) != (page.title, page.text)


def _revision_columns(read: ReadArticle, moment: datetime, number: int) -> dict[str, Any]:
    return {
        "article_key": read.key,
        "number": number,
        "title": read.page.title,
        "text": read.page.text,
        "capture_id": read.capture_id,
        "recorded_at": moment,
    }


def _store_claims(session: Session, article: ArticleRow, read: ReadArticle, moment: datetime, cause: Cause) -> int:
    """Add what is new, supersede what is no longer read; what a table tells of the article stays as it is."""
    current = session.exec(
        select(ClaimRow).where(
            ClaimRow.article_key == article.key, ClaimRow.where != "row", col(ClaimRow.superseded_at).is_(None)
        )
    )
    fresh = _claim_rows(read, moment, article.revision)
    return replace_claims(session, {row.key: row for row in current}, fresh, moment, cause)


def _claim_rows(read: ReadArticle, moment: datetime, revision: int) -> dict[str, NewClaim]:
    seen: Counter[tuple[str, str]] = Counter()
    rows: dict[str, NewClaim] = {}
    for claim in read.reading.claims:
        same = (claim.type, fold(claim.sentence))
        key = claim_key(read.key, claim.type, claim.sentence, seen[same])
        seen[same] += 1
        rows[key] = NewClaim(
            key=key,
            article_key=read.key,
            revision=revision,
            reader=read.reader,
            recorded_at=moment,
            evidence_class="sentence",
            **claim_columns(claim),
        )
    return rows
