"""Outlines in the database: one a company, there as long as nothing changed that its facts rest on.

Whoever changes a claim, a judgement or the rules takes it away in the same transaction (`stale`); whoever forms the
company's facts puts the new one there in the same transaction as they. So one that is there is that of today's facts.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import text
from sqlmodel import Session, col, select

from db.schema.outline_tables import OutlineRow

_KEYS_PER_QUERY = 500
_KEEP = text(
    "INSERT INTO company_outline (company_key, made_by, outline) VALUES (:company_key, :made_by, :outline) "
    "ON CONFLICT (company_key) DO UPDATE SET made_by = excluded.made_by, outline = excluded.outline"
)


def keep_outline(session: Session, company_key: str, outline: str, made_by: str) -> None:
    """Keep a company's outline in the place of an older one, with the digest of what made it. The caller commits."""
    session.execute(_KEEP, {"company_key": company_key, "made_by": made_by, "outline": outline})


def kept_outlines(session: Session, company_keys: Sequence[str], made_by: str) -> dict[str, str]:
    """The outlines of these companies, by key; of those that have none, or one of another making, nothing."""
    found: dict[str, str] = {}
    for start in range(0, len(company_keys), _KEYS_PER_QUERY):
        query = select(OutlineRow.company_key, OutlineRow.outline).where(
            OutlineRow.made_by == made_by,
            col(OutlineRow.company_key).in_(company_keys[start : start + _KEYS_PER_QUERY]),
        )
        found.update(session.exec(query).all())
    return found
