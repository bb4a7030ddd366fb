"""What became of a claim that holds no more: every id ever printed keeps an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlmodel import Session, col, select

from db.claim_store import stored_claim
from db.judgement_store import judged_wrong
from db.model import StoredClaim
from db.tables import ArticleRow, ClaimRow

_KEYS_PER_QUERY = 500


@dataclass(frozen=True, slots=True)
class FormerClaim:
    """A claim as it was last held, when it was dropped, and why.

    The article changed, our reading of it did, or a person judged the claim wrong.
    """

    claim: StoredClaim
    dropped_at: datetime
    cause: Literal["revision", "rules", "judgement"]


def former_claim(session: Session, key: str) -> FormerClaim | None:
    """The claim of this key as it was last held; None where it is held today, or never was."""
    query = (
        select(ClaimRow, ArticleRow)
        .join(ArticleRow, col(ArticleRow.key) == ClaimRow.article_key)
        .where(ClaimRow.key == key)
        .order_by(col(ClaimRow.id).desc())
        .limit(1)
    )
    found = session.exec(query).first()
    if found is None:
        return None
    row, article = found
    if row.superseded_at is None:
        wrong = judged_wrong(session, key)
        return FormerClaim(stored_claim(row, article), wrong, "judgement") if wrong is not None else None
    cause: Literal["revision", "rules"] = "revision" if article.revision > row.revision else "rules"
    return FormerClaim(stored_claim(row, article), row.superseded_at, cause)


def last_held(session: Session, keys: Sequence[str]) -> dict[str, StoredClaim]:
    """The claims of these keys as they are held, or were last held."""
    found: dict[str, StoredClaim] = {}
    wanted = sorted(set(keys))
    for start in range(0, len(wanted), _KEYS_PER_QUERY):
        query = (
            select(ClaimRow, ArticleRow)
            .join(ArticleRow, col(ArticleRow.key) == ClaimRow.article_key)
            .where(col(ClaimRow.key).in_(wanted[start : start + _KEYS_PER_QUERY]))
            .order_by(col(ClaimRow.id))  # of several readings the last one stays
        )
        found.update((row.key, stored_claim(row, article)) for row, article in session.exec(query))
    return found
