"""Claims and their articles: how a reading is written, and how current claims are read back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from db.article_update import update_article
from db.change import Cause
from db.claim_rows import NewClaim, claim_columns, replace_claims
from db.identity import claim_key, fold
from db.judgement_store import company_homes
from db.model import PageText, Reading, Sketch, StoredClaim
from db.stored_claim import select_claims, stored_claim
from db.story_store import keep_sketch
from db.tables import ArticleRow, ClaimRow, RevisionRow, StaleCompanyRow

UNREAD = 0
"""The revision of an article that a curated table tells of and nobody has read."""
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


def store_reading(session: Session, read: ReadArticle, moment: datetime) -> Stored:
    """Write an article, its revision where the text changed, and its claims; mark the companies whose facts are stale.

    Reading the same text again by the same rules changes nothing. The caller commits.
    """
    article = session.get(ArticleRow, read.key)
    if article is None:
        article = _new_article(read, moment)
        session.add(article)
        session.flush()
    is_new = article.revision == UNREAD
    revised = is_new or _text_changed(session, article, read.page)
    if revised:
        _add_revision(session, article, read, moment, article.revision + 1)
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


def _new_article(read: ReadArticle, moment: datetime) -> ArticleRow:
    return ArticleRow(key=read.key, revision=UNREAD, first_recorded_at=moment, **_article_columns(read))


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


def _add_revision(session: Session, article: ArticleRow, read: ReadArticle, moment: datetime, number: int) -> None:
    article.revision = number
    session.add(
        RevisionRow(
            article_key=article.key,
            number=number,
            title=read.page.title,
            text=read.page.text,
            capture_id=read.capture_id,
            recorded_at=moment,
        )
    )


def _store_claims(session: Session, article: ArticleRow, read: ReadArticle, moment: datetime, cause: Cause) -> int:
    """Add what is new, supersede what is no longer read; what a table tells of the article stays as it is."""
    current = session.exec(
        select(ClaimRow).where(
            ClaimRow.article_key == article.key, ClaimRow.where != "row", col(ClaimRow.superseded_at).is_(None)
        )
    )
    fresh = _claim_rows(article, read, moment)
    return replace_claims(session, {row.key: row for row in current}, fresh, moment, cause)


def _claim_rows(article: ArticleRow, read: ReadArticle, moment: datetime) -> dict[str, NewClaim]:
    seen: Counter[tuple[str, str]] = Counter()
    rows: dict[str, NewClaim] = {}
    for claim in read.reading.claims:
        same = (claim.type, fold(claim.sentence))
        key = claim_key(article.key, claim.type, claim.sentence, seen[same])
        seen[same] += 1
        rows[key] = NewClaim(
            key=key,
            article_key=article.key,
            revision=article.revision,
            reader=read.reader,
            recorded_at=moment,
            evidence_class="sentence",
            **claim_columns(claim),
        )
    return rows


def current_claims(
    session: Session,
    company_keys: Sequence[str] | None = None,
    *,
    types: Collection[str] | None = None,
    as_of: date | None = None,
    known_at: datetime | None = None,
) -> list[StoredClaim]:
    """The claims that hold, of all companies and types or some, in order of their keys.

    `as_of` keeps articles published by the end of that day; `known_at` asks for what was recorded, and not yet
    superseded, at that moment. Claims of a company that was judged to be part of another are that one's.
    """
    homes = company_homes(session, known_at)
    claims: list[StoredClaim] = []
    for keys in _batches(_with_parts(company_keys, homes)):
        query = select_claims()
        if keys is not None:
            query = query.where(col(ClaimRow.company_key).in_(keys))
        if types is not None:
            query = query.where(col(ClaimRow.type).in_(types))
        if known_at is None:
            query = query.where(col(ClaimRow.superseded_at).is_(None))
        else:
            query = query.where(
                col(ClaimRow.recorded_at) <= known_at,
                or_(col(ClaimRow.superseded_at).is_(None), col(ClaimRow.superseded_at) > known_at),
            )
        if as_of is not None:
            query = query.where(col(ArticleRow.published) <= as_of)
        claims.extend(_at_home(stored_claim(row), homes) for row in session.execute(query))
    return sorted(claims, key=lambda stored: stored.key)


def _with_parts(company_keys: Sequence[str] | None, homes: Mapping[str, str]) -> Sequence[str] | None:
    """These companies with those that are part of them, and without those that are part of others."""
    if company_keys is None or not homes:
        return company_keys
    wanted = {key for key in company_keys if key not in homes}
    return [*wanted, *(key for key, home in homes.items() if home in wanted)]


def _at_home(stored: StoredClaim, homes: Mapping[str, str]) -> StoredClaim:
    home = homes.get(stored.claim.company_key)
    return stored if home is None else replace(stored, claim=replace(stored.claim, company_key=home))


def types_and_days(session: Session, keys: Iterable[str]) -> tuple[set[str], set[date]]:
    """The types of these claims, of those held no more too, and the days their articles were published.

    A key belongs to one type for good.
    """
    types: set[str] = set()
    days: set[date] = set()
    for batch in _batches(sorted(set(keys))):
        told = select(ClaimRow.type, col(ArticleRow.published)).join(
            ArticleRow, col(ArticleRow.key) == ClaimRow.article_key
        )
        for type_, day in session.exec(told.where(col(ClaimRow.key).in_(batch or ())).distinct()):
            types.add(type_)
            if day is not None:
                days.add(day)
    return types, days


def kinds_told_later(
    session: Session, day: date, company_keys: Sequence[str] | None = None, types: Collection[str] | None = None
) -> set[tuple[str, str]]:
    """The (company key, type) of which a current claim was not published by the end of that day, as far as is known.

    Facts of all others are today those of that day. A text that copies an earlier one joins stories of earlier days, so
    that what is told in a story with a later article counts as well, and so do claims that no fact holds yet.
    """
    homes, later = company_homes(session), or_(col(ArticleRow.published) > day, col(ArticleRow.published).is_(None))
    stories = session.exec(
        select(ArticleRow.story_key).where(col(ArticleRow.story_key).is_not(None), later).distinct()
    ).all()
    query = select(ClaimRow.company_key, ClaimRow.type).where(col(ClaimRow.superseded_at).is_(None)).distinct()
    if types is not None:
        query = query.where(col(ClaimRow.type).in_(types))
    told = [
        later,
        *(col(ArticleRow.story_key).in_(batch) for batch in _batches(sorted(filter(None, stories))) if batch),
    ]
    articles = [col(ClaimRow.article_key).in_(select(ArticleRow.key).where(condition)) for condition in told]
    waiting = col(ClaimRow.company_key).in_(select(StaleCompanyRow.company_key))
    found: set[tuple[str, str]] = set()
    for keys in _batches(_with_parts(company_keys, homes)):
        of_keys = query if keys is None else query.where(col(ClaimRow.company_key).in_(keys))
        for condition in (*articles, waiting):
            found.update(session.exec(of_keys.where(condition)).all())
    return {(homes.get(company, company), type_) for company, type_ in found}


def claim_keys_of(session: Session, company_key: str) -> list[str]:
    """The keys of the current claims that were read as being about this company, whatever was judged since."""
    query = select(ClaimRow.key).where(ClaimRow.company_key == company_key, col(ClaimRow.superseded_at).is_(None))
    return list(session.exec(query.order_by(ClaimRow.key)))


def example_claims(session: Session, company_keys: Sequence[str]) -> dict[str, StoredClaim]:
    """One current claim of each of these companies, as it was read: the one with the smallest key."""
    keys: dict[str, str] = {}
    for batch in _batches(sorted(set(company_keys))):
        query = select(ClaimRow.company_key, func.min(ClaimRow.key)).where(
            col(ClaimRow.company_key).in_(batch or ()), col(ClaimRow.superseded_at).is_(None)
        )
        keys.update(session.exec(query.group_by(ClaimRow.company_key)).all())
    claims = claims_by_key(session, list(keys.values()))
    return {company: claims[key] for company, key in keys.items() if key in claims}


def claims_by_key(session: Session, keys: Sequence[str]) -> dict[str, StoredClaim]:
    """The current claims with these keys."""
    homes = company_homes(session)
    found: dict[str, StoredClaim] = {}
    for batch in _batches(sorted(set(keys))):
        query = select_claims().where(col(ClaimRow.key).in_(batch or ()), col(ClaimRow.superseded_at).is_(None))
        found.update((row.key, _at_home(stored_claim(row), homes)) for row in session.execute(query))
    return found


def _batches(keys: Sequence[str] | None) -> Iterable[Sequence[str] | None]:
    if keys is None:
        return [None]
    return [keys[start : start + _KEYS_PER_QUERY] for start in range(0, len(keys), _KEYS_PER_QUERY)]
