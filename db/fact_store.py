"""Facts read back with the claims they rest on; `db.fact_forming` writes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, cast

import sqlalchemy
from sqlalchemy import Row, Select, or_
from sqlmodel import Session, col, select

from db.claim_store import claims_by_key
from db.fact_rows import WHOLE
from db.model import Fact, FactField, FieldValue, Losing, StoredClaim
from db.tables import FactFieldRow, FactRow, SupportRow

_KEYS_PER_QUERY = 500
_FACTS: Select[Any] = sqlalchemy.select(*(getattr(FactRow, name) for name in ("id", "type", "company_key", "status")))
_FIELDS: Select[Any] = sqlalchemy.select(FactFieldRow.__table__)  # type: ignore[attr-defined]
_SUPPORT: Select[Any] = sqlalchemy.select(SupportRow.__table__)  # type: ignore[attr-defined]
"""Plain rows of columns: there are dozens a fact, and objects of tables cost six times as much."""


def load_facts(
    session: Session,
    company_keys: Sequence[str] | None = None,
    types: Sequence[str] | None = None,
    *,
    begun: tuple[date, date] | None = None,
    without: Collection[tuple[str, str]] = (),
) -> list[Fact]:
    """Stored facts, of all companies or some, of all types or some, sorted by (company, type, id).

    `begun` leaves out what is known to have begun on a day before or after these; `without` the facts of these
    (company key, type).
    """
    query = _FACTS
    if types is not None:
        query = query.where(col(FactRow.type).in_(types))
    if begun is not None:
        query = query.where(or_(col(FactRow.event_first_day).between(*begun), col(FactRow.event_first_day).is_(None)))
    if company_keys is None:
        rows = list(session.execute(query))
    else:
        asked = sorted(set(company_keys))
        batches = [asked[start : start + _KEYS_PER_QUERY] for start in range(0, len(asked), _KEYS_PER_QUERY)]
        rows = [row for batch in batches for row in session.execute(query.where(col(FactRow.company_key).in_(batch)))]
    asked_for = [row for row in rows if (row.company_key, row.type) not in without]
    return _with_claims(session, sorted(asked_for, key=lambda row: (row.company_key, row.type, row.id)))


def facts_by_id(session: Session, ids: Sequence[str]) -> list[Fact]:
    """The stored facts with these ids, sorted by (company, type, id)."""
    wanted = sorted(set(ids))
    batches = [wanted[start : start + _KEYS_PER_QUERY] for start in range(0, len(wanted), _KEYS_PER_QUERY)]
    rows = [row for batch in batches for row in session.execute(_FACTS.where(col(FactRow.id).in_(batch)))]
    return _with_claims(session, sorted(rows, key=lambda row: (row.company_key, row.type, row.id)))


def facts_in_conflict(session: Session, company_keys: Sequence[str] | None = None) -> list[Fact]:
    """The stored facts, of all companies or some, that another value was told of, sorted by (company, type, id)."""
    against = select(SupportRow.fact_id).where(SupportRow.side == "against").distinct()
    query = _FACTS.where(col(FactRow.id).in_(against))
    if company_keys is not None:
        query = query.where(col(FactRow.company_key).in_(company_keys))
    return _with_claims(session, list(session.execute(query.order_by(FactRow.company_key, FactRow.type, FactRow.id))))


def fact_of_claim(session: Session, claim_key: str) -> Fact | None:
    """The fact that holds this claim today."""
    query = _FACTS.join(SupportRow, col(SupportRow.fact_id) == FactRow.id).where(
        col(SupportRow.claim_key) == claim_key, col(SupportRow.field) == WHOLE
    )
    found = _with_claims(session, list(session.execute(query)))
    return found[0] if found else None


def fact_ids(session: Session, company_keys: Sequence[str] | None = None) -> dict[str, str]:
    """Which fact holds each claim today, for all companies or some."""
    query = select(SupportRow.claim_key, SupportRow.fact_id).where(SupportRow.field == WHOLE)
    if company_keys is not None:
        query = query.join(FactRow, col(FactRow.id) == SupportRow.fact_id).where(
            col(FactRow.company_key).in_(company_keys)
        )
    return dict(session.exec(query).all())


def _with_claims(session: Session, rows: Sequence[Row[Any]]) -> list[Fact]:
    ids = [row.id for row in rows]
    fields: defaultdict[str, list[Row[Any]]] = defaultdict(list)
    support: defaultdict[tuple[str, str], list[Row[Any]]] = defaultdict(list)
    for start in range(0, len(ids), _KEYS_PER_QUERY):
        batch = ids[start : start + _KEYS_PER_QUERY]
        for field in session.execute(_FIELDS.where(col(FactFieldRow.fact_id).in_(batch)).order_by(FactFieldRow.name)):
            fields[field.fact_id].append(field)
        for row in session.execute(_SUPPORT.where(col(SupportRow.fact_id).in_(batch)).order_by(col(SupportRow.place))):
            support[row.fact_id, row.field].append(row)
    whole = [entry.claim_key for (_, name), entries in support.items() if name == WHOLE for entry in entries]
    claims = claims_by_key(session, whole)
    return [_fact(row, fields[row.id], support, claims) for row in rows]


def _fact(
    row: Row[Any],
    fields: Sequence[Row[Any]],
    support: defaultdict[tuple[str, str], list[Row[Any]]],
    claims: dict[str, StoredClaim],
) -> Fact:
    return Fact(
        id=row.id,
        type=cast(Any, row.type),
        company_key=row.company_key,
        status=cast(Any, row.status),
        fields={field.name: _field(field, support[row.id, field.name]) for field in fields},
        claims=tuple(claims[entry.claim_key] for entry in support[row.id, WHOLE] if entry.claim_key in claims),
    )


def _field(field: Row[Any], support: Sequence[Row[Any]]) -> FactField:
    losing: list[tuple[FieldValue, list[str]]] = []
    for entry in support:
        if entry.side == "against":
            known = next((keys for value, keys in losing if value == entry.value), None)
            if known is None:
                losing.append((entry.value, [entry.claim_key]))
            else:
                known.append(entry.claim_key)
    return FactField(
        value=field.value,
        status=cast(Any, field.status),
        rule=field.rule,
        claim_keys=tuple(entry.claim_key for entry in support if entry.side == "for"),
        losing=tuple(Losing(value, tuple(keys)) for value, keys in losing),
    )
