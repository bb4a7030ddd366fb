"""What became of a claim that holds no more: every id ever printed keeps an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlmodel import Session, col

from db.claims.judgements import judged_wrong
from db.claims.stored_claim import select_claims, stored_claim
from db.model import StoredClaim
from db.schema.tables import ClaimRow

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
    query = select_claims().where(col(ClaimRow.key) == key).order_by(col(ClaimRow.id).desc()).limit(1)
    row = session.execute(query).first()
    if row is None:
        return None
    if row.superseded_at is None:
        wrong = judged_wrong(session, key)
        return FormerClaim(stored_claim(row), wrong, "judgement") if wrong is not None else None
    cause: Literal["revision", "rules"] = "revision" if row.article_revision > row.revision else "rules"
    return FormerClaim(stored_claim(row), row.superseded_at, cause)


def last_held(session: Session, keys: Sequence[str]) -> dict[str, StoredClaim]:
    """The claims of these keys as they are held, or were last held."""
    found: dict[str, StoredClaim] = {}
    wanted = sorted(set(keys))
    for start in range(0, len(wanted), _KEYS_PER_QUERY):
        query = select_claims().where(col(ClaimRow.key).in_(wanted[start : start + _KEYS_PER_QUERY]))
        rows = session.execute(query.order_by(col(ClaimRow.id)))  # of several readings the last one stays
        found.update((row.key, stored_claim(row)) for row in rows)
    return found
