"""Facts read back with the claims they rest on; `db.facts.forming` writes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from datetime import date
from typing import Any, cast

import sqlalchemy
from sqlalchemy import Row, Select, or_
from sqlmodel import Session, SQLModel, col, select

from db.claims.store import claims_of_facts
from db.connection.collecting import all_kept
from db.facts.rows import WHOLE
from db.model import FieldValue
from db.nouns.facts import Fact, FactField, Losing
from db.schema.tables import FactFieldRow, FactRow, SupportRow

_KEYS_PER_QUERY = 500
_FACT_COLUMNS, _FIELD_COLUMNS, _SUPPORT_COLUMNS = (
    SQLModel.metadata.tables[str(table.__tablename__)].c for table in (FactRow, FactFieldRow, SupportRow)
)
_FACTS: Select[Any] = sqlalchemy.select(*(_FACT_COLUMNS[name] for name in ("id", "type", "company_key", "status")))
_FIELDS: Select[Any] = sqlalchemy.select(*_FIELD_COLUMNS).order_by(_FIELD_COLUMNS.name)
_SUPPORT: Select[Any] = sqlalchemy.select(
    *(_SUPPORT_COLUMNS[name] for name in ("fact_id", "field", "claim_key"))
).order_by(_SUPPORT_COLUMNS.place)
_FOR = _SUPPORT.where(_SUPPORT_COLUMNS.side == "for")
_AGAINST = _SUPPORT.add_columns(_SUPPORT_COLUMNS.value).where(_SUPPORT_COLUMNS.side == "against")
"""Plain rows of columns: there are dozens a fact, and objects of tables cost six times as much."""


def load_facts(
    session: Session,
    company_keys: Sequence[str] | None = None,
    types: Sequence[str] | None = None,
    *,
    begun: tuple[date, date] | None = None,
    kinds: Set[tuple[str, str]] | None = None,
    without: Set[tuple[str, str]] = frozenset(),
) -> list[Fact]:
    """Stored facts, of all companies or some, of all types or some, sorted by (company, type, id).

    `begun` leaves out what is known to have begun on a day before or after these; `kinds` are the (company key, type)
    of which any are asked for, and `without` those of which none are.
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
    asked_for = [
        row for row in rows if (kind := (row.company_key, row.type)) not in without and (kinds is None or kind in kinds)
    ]
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


def companies_of_claims(session: Session, claim_keys: Sequence[str]) -> dict[str, str]:
    """The company whose fact holds each of these claims today, by claim; of a claim that no fact holds nothing."""
    found: dict[str, str] = {}
    for start in range(0, len(claim_keys), _KEYS_PER_QUERY):
        query = (
            select(SupportRow.claim_key, FactRow.company_key)
            .join(FactRow, col(FactRow.id) == SupportRow.fact_id)
            .where(
                col(SupportRow.claim_key).in_(claim_keys[start : start + _KEYS_PER_QUERY]), SupportRow.field == WHOLE
            )
        )
        found.update(session.exec(query).all())
    return found


def fact_ids(session: Session, company_keys: Sequence[str] | None = None) -> dict[str, str]:
    """Which fact holds each claim today, for all companies or some."""
    query = select(SupportRow.claim_key, SupportRow.fact_id).where(SupportRow.field == WHOLE)
    if company_keys is not None:
        query = query.join(FactRow, col(FactRow.id) == SupportRow.fact_id).where(
            col(FactRow.company_key).in_(company_keys)
        )
    return dict(session.exec(query).all())


@all_kept()
def _with_claims(session: Session, rows: Sequence[Row[Any]]) -> list[Fact]:
    """The facts of these rows, some hundreds at once: of all there are, what they are made of takes a sixth more."""
    return [
        fact
        for start in range(0, len(rows), _KEYS_PER_QUERY)
        for fact in _batch_with_claims(session, rows[start : start + _KEYS_PER_QUERY])
    ]


def _batch_with_claims(session: Session, rows: Sequence[Row[Any]]) -> list[Fact]:
    ids = [row.id for row in rows]
    fields: defaultdict[str, list[Row[Any]]] = defaultdict(list)
    supporting: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    against: defaultdict[tuple[str, str], list[tuple[str, FieldValue]]] = defaultdict(list)
    for field in session.execute(_FIELDS.where(_FIELDS.selected_columns.fact_id.in_(ids))).all():
        fields[field.fact_id].append(field)
    of_batch = _SUPPORT_COLUMNS.fact_id.in_(ids)
    for fact_id, name, claim_key in session.execute(_FOR.where(of_batch)).all():
        supporting[fact_id, name].append(claim_key)
    for fact_id, name, claim_key, value in session.execute(_AGAINST.where(of_batch)).all():
        against[fact_id, name].append((claim_key, value))
    claims = claims_of_facts(session, ids)
    return [
        Fact(
            id=row.id,
            type=cast(Any, row.type),
            company_key=row.company_key,
            status=cast(Any, row.status),
            fields={
                field.name: FactField(
                    value=field.value,
                    status=cast(Any, field.status),
                    rule=field.rule,
                    claim_keys=tuple(supporting[row.id, field.name]),
                    losing=_losing(against.get((row.id, field.name), ())),
                )
                for field in fields[row.id]
            },
            claims=tuple(claims[key] for key in supporting[row.id, WHOLE] if key in claims),
        )
        for row in rows
    ]


def _losing(against: Iterable[tuple[str, FieldValue]]) -> tuple[Losing, ...]:
    """Each value once, in the order of the first claim that says it; a list of names is a value too."""
    losing: list[tuple[FieldValue, list[str]]] = []
    for claim_key, value in against:
        known = next((keys for each, keys in losing if each == value), None)
        if known is None:
            losing.append((value, [claim_key]))
        else:
            known.append(claim_key)
    return tuple(Losing(value, tuple(keys)) for value, keys in losing)
