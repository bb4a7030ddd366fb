"""Full text over titles, texts and the sentences of claims, in any script, by reading them through.

No index on purpose: one of three-letter pieces (SQLite's FTS5, PostgreSQL's pg_trgm) is twice as large as the texts, is
kept by every day's work, and cannot find the two characters most Chinese words have. Reading through half a gigabyte
(100,000 articles) takes two to three seconds. Upper and lower case of a to z are one, and so are traditional and
simplified characters; both databases find the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select

from db.claims.store import claims_by_key
from db.facts.rows import WHOLE
from db.model import StoredClaim
from db.schema.tables import ArticleRow, ClaimRow, RevisionRow, SupportRow

_OF_CLAIM: tuple[Any, ...] = (ClaimRow.sentence, ClaimRow.sentence_zh, ClaimRow.company)
_CLAIMS_A_FACT = 10
"""So many claims are looked at for each fact that is asked for: of one fact many may say the same."""


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article that has all the words, with its current text."""

    key: str
    url: str | None
    title: str
    publisher: str | None
    published: date | None
    text: str


def spellings(word: str) -> tuple[str, ...]:
    """A word as typed, in simplified and in traditional characters, each once."""
    if word.isascii():
        return (word,)
    try:
        return tuple(dict.fromkeys((word, *(_converter(to).convert(word) for to in ("t2s", "s2t")))))
    except UnicodeError:  # a lone surrogate from the command line: no text has one
        return ()


@cache
def _converter(to: str) -> Any:
    from opencc import OpenCC

    return OpenCC(to)


def search_articles(session: Session, words: Sequence[str], limit: int) -> list[FoundArticle]:
    """The newest articles whose title or text has every word, the undated last."""
    query = (
        select(ArticleRow, RevisionRow.text)
        .join(
            RevisionRow,
            (col(RevisionRow.article_key) == ArticleRow.key) & (col(RevisionRow.number) == ArticleRow.revision),
        )
        .where(_every_word(session, words, (col(RevisionRow.title), col(RevisionRow.text))))
        .order_by(col(ArticleRow.published).desc().nulls_last(), col(ArticleRow.key))
        .limit(limit)
    )
    return [
        FoundArticle(row.key, row.url, row.title, row.publisher, row.published, text)
        for row, text in session.exec(query)
    ]


def search_facts(session: Session, words: Mapping[str, Sequence[str]], limit: int) -> list[tuple[str, StoredClaim]]:
    """The ids of the facts of which a claim has every word in its sentence or its company's name, and that claim.

    A curated row has its note in both languages. `words` maps each to the companies it is a name of: their facts have
    it too, in whatever language they are told. The newest article first, the undated last.
    """
    query = (
        select(ClaimRow.key, SupportRow.fact_id)
        .join(ArticleRow, col(ArticleRow.key) == ClaimRow.article_key)
        .join(SupportRow, (col(SupportRow.claim_key) == ClaimRow.key) & (col(SupportRow.field) == WHOLE))
        .where(
            col(ClaimRow.superseded_at).is_(None),
            *(
                or_(
                    _every_word(session, [word], _OF_CLAIM),
                    col(ClaimRow.company_key).in_(keys),
                )
                for word, keys in words.items()
            ),
        )
        .order_by(col(ArticleRow.published).desc().nulls_last(), col(ArticleRow.key), col(ClaimRow.key))
        .limit(limit * _CLAIMS_A_FACT)
    )
    first: dict[str, str] = {}
    for claim_key, fact_id in session.exec(query):
        first.setdefault(fact_id, claim_key)
    kept = list(first.items())[:limit]
    claims = claims_by_key(session, [claim_key for _, claim_key in kept])
    return [(fact_id, claims[claim_key]) for fact_id, claim_key in kept if claim_key in claims]


def _every_word(session: Session, words: Sequence[str], columns: Sequence[Mapped[str]]) -> ColumnElement[bool]:
    postgresql = session.get_bind().dialect.name == "postgresql"

    def has(column: Mapped[str], spelling: str) -> ColumnElement[bool]:
        # SQLite's LIKE, and ILIKE where text is compared by code point, fold a to z and nothing else.
        return (column.ilike if postgresql else column.like)(f"%{_escaped(spelling)}%", escape="\\")

    return and_(*(or_(*(has(column, each) for column in columns for each in spellings(word))) for word in words))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_").replace("\0", "")
