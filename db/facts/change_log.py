"""The change log read back: what became of facts since a moment, and where a fact's id leads today."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlmodel import Session, col, select

from db.claims.history import last_held
from db.model import StoredClaim
from db.nouns.change import Change
from db.schema.tables import ChangeRow, FactRow

_LEADS_ON = ("renamed", "merged")
_IDS_PER_QUERY = 500


@dataclass(frozen=True, slots=True)
class LoggedChange:
    """An entry of the log, when it was written, and the claim that brought it as it was last held."""

    change: Change
    recorded_at: datetime
    told: StoredClaim | None


def changes_since(session: Session, since: datetime, company_keys: Sequence[str] | None = None) -> list[LoggedChange]:
    """What was logged at this moment or later, of all companies or some, in the order of the log."""
    query = (
        select(ChangeRow).where(ChangeRow.recorded_at >= since).order_by(col(ChangeRow.recorded_at), col(ChangeRow.id))
    )
    if company_keys is not None:
        query = query.where(col(ChangeRow.company_key).in_(company_keys))
    rows = session.exec(query).all()
    told = last_held(session, [row.claim_key for row in rows if row.claim_key is not None])
    return [LoggedChange(_change(row), row.recorded_at, told.get(row.claim_key or "")) for row in rows]


def heir_of(session: Session, fact_id: str) -> str | None:
    """The id under which a fact goes on that was renamed or merged; None where the log knows of none."""
    heir, seen = fact_id, {fact_id}
    while True:
        query = select(ChangeRow.new_value).where(ChangeRow.fact_id == heir, col(ChangeRow.kind).in_(_LEADS_ON))
        following = session.exec(query.order_by(col(ChangeRow.id).desc()).limit(1)).first()
        if following is None or following in seen:
            return heir if heir != fact_id else None
        heir = str(following)
        seen.add(heir)


def _change(row: ChangeRow) -> Change:
    return Change(
        company_key=row.company_key,
        fact_id=row.fact_id,
        fact_type=row.fact_type,
        kind=cast(Any, row.kind),
        field=row.field,
        old_value=row.old_value,
        new_value=row.new_value,
        cause=cast(Any, row.cause),
        claim_key=row.claim_key,
    )


def former_ids(session: Session, company_keys: Sequence[str] | None = None) -> list[str]:
    """Ids that once named a fact and name none today, merged, renamed and withdrawn ones alike, in order.

    Of all companies, or those of which the log tells them of one of these.
    """
    query = (
        select(ChangeRow.fact_id)
        .where(col(ChangeRow.kind).in_((*_LEADS_ON, "withdrawn")), col(ChangeRow.fact_id).not_in(select(FactRow.id)))
        .distinct()
        .order_by(ChangeRow.fact_id)
    )
    if company_keys is None:
        return list(session.exec(query))
    batches = (company_keys[start : start + _IDS_PER_QUERY] for start in range(0, len(company_keys), _IDS_PER_QUERY))
    found: set[str] = set()
    for batch in batches:
        found.update(session.exec(query.where(col(ChangeRow.company_key).in_(batch))))
    return sorted(found)


def without_fact(session: Session, ids: Collection[str]) -> set[str]:
    """Those of these ids that name no fact today."""
    asked, found = sorted(ids), set(ids)
    for start in range(0, len(asked), _IDS_PER_QUERY):
        batch = asked[start : start + _IDS_PER_QUERY]
        named = session.exec(select(FactRow.id).where(col(FactRow.id).in_(batch))).all()
        found.difference_update(named)
    return found


def companies_of_ids(session: Session, ids: Sequence[str]) -> dict[str, frozenset[str]]:
    """The companies of which the log tells each of these facts, by id."""
    found: dict[str, frozenset[str]] = dict.fromkeys(ids, frozenset())
    for start in range(0, len(ids), _IDS_PER_QUERY):
        query = select(ChangeRow.fact_id, ChangeRow.company_key).where(
            col(ChangeRow.fact_id).in_(ids[start : start + _IDS_PER_QUERY])
        )
        for id_, company in session.exec(query.distinct()):
            found[id_] |= {company}
    return found


def companies_logged(session: Session) -> list[str]:
    """The keys of all companies of which the log ever told something, in order."""
    return list(session.exec(select(ChangeRow.company_key).distinct().order_by(ChangeRow.company_key)))
