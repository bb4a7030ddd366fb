"""Articles read, as a listing."""

from __future__ import annotations

from collections.abc import Sequence

from db.claims.articles import ListedArticle
from reports.escaping import shortened
from reports.tables.listing import NOT_LOOKED, Column, Listing, Shown, ShownColumn
from reports.wording.labels import labels
from reports.wording.values import ReportLanguage, listed, word_or_text

_LONGEST_TITLE = 80


def article_listing(
    articles: Sequence[ListedArticle], *, sample: bool, language: ReportLanguage = "en"
) -> Listing[ListedArticle]:
    """The articles in the order given."""
    return Listing("articles", _COLUMNS, _shown(language), articles, sample, language=language)


def _story(article: ListedArticle, language: ReportLanguage) -> str:
    """How many copies of its text we know, and how many articles tell its event."""
    L = labels(language)["listing"]
    parts = [L["copy" if article.copies == 1 else "copies"].format(article.copies)] if article.copies else []
    parts += [L["tell_it"].format(article.event_articles)] if article.event_articles > 1 else []
    return listed(language, parts)


_COLUMNS: tuple[Column[ListedArticle], ...] = (
    Column("key", "text", lambda article: article.key),
    Column("published_on", "day", lambda article: article.published),
    Column("publisher", "text", lambda article: article.publisher),
    Column("original_publisher", "text", lambda article: article.original_publisher),
    Column("title", "text", lambda article: article.title),
    Column("language", "text", lambda article: article.language),
    Column("relevance", "text", lambda article: article.relevance),
    Column("reasons", "texts", lambda article: article.reasons),
    Column("claims", "count", lambda article: article.claims),
    Column("story", "text", lambda article: article.story_key),
    Column("copies", "count", lambda article: article.copies),
    Column("event", "text", lambda article: article.event_id),
    Column("event_articles", "count", lambda article: article.event_articles),
    Column("access", "text", lambda article: article.access),
    Column("source", "text", lambda article: article.source_key),
    Column("revision", "count", lambda article: article.revision),
    Column("first_recorded_at", "moment", lambda article: article.first_recorded_at),
    Column("source_url", "link", lambda article: article.url),
)


def _shown(language: ReportLanguage) -> list[ShownColumn[ListedArticle]]:
    return [
        ShownColumn("published", lambda article: article.published.isoformat() if article.published else NOT_LOOKED),
        ShownColumn("publisher", lambda article: article.publisher or NOT_LOOKED),
        ShownColumn("title", lambda article: Shown(shortened(article.title, _LONGEST_TITLE), url=article.url)),
        ShownColumn("about AI video", lambda article: word_or_text(language, "relevance", article.relevance)),
        ShownColumn("claims", lambda article: str(article.claims), right=True),
        ShownColumn("story", lambda article: _story(article, language)),
        ShownColumn("event", lambda article: article.event_id or "", wide=True),
        ShownColumn("address", lambda article: article.url or NOT_LOOKED, wide=True),
        ShownColumn("key", lambda article: article.key, wide=True),
    ]
