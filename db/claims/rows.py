"""Claims as rows: written once, superseded by what differs, never edited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from db.connection.bulk import insert_rows
from db.facts.stale import mark_stale
from db.model import Claim
from db.nouns.change import Cause
from db.schema.tables import ClaimRow, CompanyRow

_KEYS_PER_QUERY = 500
NewClaim = dict[str, Any]
"""The columns of a claim that is about to be written: plain, since a thousand of them are written at once."""
_KNOWN = select(CompanyRow.key).where(col(CompanyRow.key).in_(bindparam("keys", expanding=True)))
_COMPARED = (
    *("type", "company_key", "company", "company_known", "status", "said_by", "origin", "where", "start", "end"),
    *("evidence", "sentence", "sentence_zh", "event_date", "amount", "amount_max", "currency", "amount_op", "fields"),
    "evidence_class",
)


def claim_columns(claim: Claim) -> dict[str, Any]:
    """What a claim's row holds of the claim itself."""
    money, event_date = claim.money, claim.event_date
    return {
        "type": claim.type,
        "company_key": claim.company_key,
        "company": claim.company,
        "company_known": claim.company_known,
        "status": claim.status,
        "said_by": claim.said_by,
        "origin": claim.origin,
        "where": claim.where,
        "start": claim.start,
        "end": claim.end,
        "evidence": claim.evidence,
        "sentence": claim.sentence,
        "sentence_zh": claim.sentence_zh,
        "event_date": event_date.iso if event_date else None,
        "event_date_precision": event_date.precision if event_date else None,
        "amount": money.amount if money else None,
        "amount_max": money.amount_max if money else None,
        "currency": money.currency if money else None,
        "amount_op": money.operator if money else None,
        "fields": dict(claim.fields),
    }


def replace_claims(
    session: Session, current: Mapping[str, ClaimRow], fresh: Mapping[str, NewClaim], moment: datetime, cause: Cause
) -> int:
    """Put `fresh` in the place of `current`, both by key: add what is new, supersede what differs or is gone.

    Marks the companies whose facts are stale, for this cause; answers how many claims were added. The caller commits.
    """
    changed = [row for key, row in fresh.items() if key not in current or _differs(current[key], row)]
    gone = [row for key, row in current.items() if key not in fresh or _differs(row, fresh[key])]
    for row in gone:
        row.superseded_at = moment
        session.add(row)
    if gone:
        session.flush()  # the old row must have left the index of current claims before its successor enters
    _ensure_companies(session, changed)
    if changed:
        insert_rows(session, ClaimRow, changed)
    touched = [(row["company_key"], row["key"]) for row in changed] + [(row.company_key, row.key) for row in gone]
    mark_stale(session, touched, cause)
    return len(changed)


def _differs(stored: ClaimRow, fresh: NewClaim) -> bool:
    return any(getattr(stored, name) != fresh[name] for name in _COMPARED)


def _ensure_companies(session: Session, rows: Iterable[NewClaim]) -> None:
    """A name nobody has curated becomes a candidate company, visible and marked."""
    names = {row["company_key"]: row["company"] for row in sorted(rows, key=lambda row: row["key"], reverse=True)}
    keys = sorted(names)
    for start in range(0, len(keys), _KEYS_PER_QUERY):
        batch = keys[start : start + _KEYS_PER_QUERY]
        known = set(session.execute(_KNOWN, {"keys": batch}).scalars())
        session.add_all(CompanyRow(key=key, name=names[key], candidate=True) for key in batch if key not in known)
    session.flush()
