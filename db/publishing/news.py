"""What was in the news when: which companies, which weeks, and how much was read to know it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import and_, func, not_
from sqlmodel import Session, col, select

from db.claims.judgements import company_homes
from db.claims.readings import UNREAD
from db.crawl.run_log import GOOD_OUTCOMES, READ_ONLY
from db.schema.run_tables import RunRow, RunSourceRow
from db.schema.tables import ArticleRow, ClaimRow

_REFUSED = frozenset({"blocked", "robots"})


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a period's news rests on: articles published in it, and the crawls made in it.

    `unread` pages are known only from curated tables; `relevant`, languages and outlets are of the articles read.
    """

    articles: int
    unread: int
    relevant: int
    languages: tuple[tuple[str, int], ...]
    """Relevant articles by language, of "en", "zh" and "other" those that occur."""
    outlets: int
    claims: int
    crawled: int
    failed: tuple[str, ...]
    """Sources tried, and the keys of those that could not be read at the last try, within the period."""
    blocked: tuple[str, ...] = ()
    """Keys of those that refused us, by an answer or in their robots.txt: nobody reads them, so they tell nothing."""


def companies_in_the_news(session: Session, first: date, last: date) -> list[str]:
    """The companies of which an article published within these days says something, by key.

    What is judged to be part of another is that one.
    """
    query = (
        select(ClaimRow.company_key)
        .join(ArticleRow, col(ArticleRow.key) == ClaimRow.article_key)
        .where(
            col(ArticleRow.published) >= first,
            col(ArticleRow.published) <= last,
            col(ClaimRow.superseded_at).is_(None),
        )
        .distinct()
    )
    homes = company_homes(session)
    return sorted({homes.get(key, key) for key in session.exec(query)})


def newest_news_day(session: Session) -> date | None:
    """The day of the newest article about the industry; None in an empty database."""
    published = col(ArticleRow.published)
    query = select(published).where(col(ArticleRow.relevance) != "none", published.is_not(None))
    return session.exec(query.order_by(published.desc()).limit(1)).first()  # by the index: a maximum reads all articles


def busiest_day(session: Session) -> date | None:
    """A day of the week (Monday to Sunday) with most articles about the industry, the newest of equals."""
    published = col(ArticleRow.published)
    rows = session.exec(
        select(published, func.count())
        .where(col(ArticleRow.relevance) != "none", published.is_not(None))
        .group_by(published)
    )
    weeks: Counter[date] = Counter()
    for day, count in rows:
        if day is not None:
            weeks[day - timedelta(days=day.weekday())] += count
    return max(weeks, key=lambda monday: (weeks[monday], monday), default=None)


def recorded_since(session: Session, moment: datetime) -> dict[str, int]:
    """How many of today's claims were recorded since then, by type, most first."""
    query = (
        select(ClaimRow.type, func.count())
        .where(col(ClaimRow.recorded_at) >= moment, col(ClaimRow.superseded_at).is_(None))
        .group_by(ClaimRow.type)
        .order_by(func.count().desc(), ClaimRow.type)
    )
    return dict(session.exec(query).all())


@dataclass(frozen=True, slots=True)
class ArticleCounts:
    """Articles that were ever read, those of them about the industry, and of these the dated ones by language."""

    read: int
    relevant: int
    languages: tuple[tuple[str, int], ...]


def article_counts(session: Session, last: date | None) -> ArticleCounts:
    """All articles counted; by language those published by the end of that day."""
    is_about = col(ArticleRow.relevance) != "none"
    counts = select(
        col(ArticleRow.language),
        func.count(),
        func.count().filter(is_about),
        func.count().filter(is_about, col(ArticleRow.published) <= (last or date.min)),
    )
    rows = session.exec(
        counts.where(col(ArticleRow.revision) != UNREAD).group_by(ArticleRow.language).order_by(ArticleRow.language)
    ).all()
    return ArticleCounts(
        read=sum(every for _, every, *_ in rows),
        relevant=sum(about for *_, about, _ in rows),
        languages=tuple((language, dated) for language, *_, dated in rows if dated),
    )


def coverage(session: Session, first: date, last: date) -> Coverage:
    """What was published and crawled from the first day to the end of the last (UTC)."""
    published = (col(ArticleRow.published) >= first, col(ArticleRow.published) <= last)
    is_read = col(ArticleRow.revision) != UNREAD
    is_about = and_(is_read, col(ArticleRow.relevance) != "none")
    counts = select(
        func.count().filter(is_read),
        func.count().filter(not_(is_read)),
        func.count().filter(is_about),
        func.count(func.distinct(ArticleRow.publisher)).filter(is_about),
    )
    articles, unread, relevant, outlets = session.exec(counts.select_from(ArticleRow).where(*published)).one()
    languages = session.exec(
        select(ArticleRow.language, func.count())
        .where(*published, is_about)
        .group_by(ArticleRow.language)
        .order_by(ArticleRow.language)
    )
    claims = session.exec(
        select(func.count())
        .select_from(ClaimRow)
        .join(ArticleRow, col(ArticleRow.key) == ClaimRow.article_key)
        .where(*published, col(ClaimRow.superseded_at).is_(None))
    ).one()
    tried = _last_outcomes(session, first, last)
    return Coverage(
        articles=articles,
        unread=unread,
        relevant=relevant,
        languages=tuple((language, count) for language, count in languages),
        outlets=outlets,
        claims=claims,
        crawled=len(tried),
        failed=tuple(sorted(key for key, outcome in tried if outcome not in (*GOOD_OUTCOMES, *_REFUSED))),
        blocked=tuple(sorted(key for key, outcome in tried if outcome in _REFUSED)),
    )


def _last_outcomes(session: Session, first: date, last: date) -> Sequence[tuple[str, str]]:
    """How each source went at its last try within these days."""
    begin = datetime.combine(first, time.min, UTC)
    end = datetime.combine(last + timedelta(days=1), time.min, UTC)
    rows = session.exec(
        select(RunSourceRow.source_key, RunSourceRow.outcome)
        .join(RunRow, col(RunRow.id) == RunSourceRow.run_id)
        .where(
            RunRow.started_at >= begin,
            RunRow.started_at < end,
            col(RunSourceRow.outcome).not_in((READ_ONLY, "skipped")),
        )
        .order_by(col(RunRow.id))
    )
    return list(dict(rows.all()).items())
