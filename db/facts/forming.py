"""Forms a company's facts anew in one transaction: what differs is replaced and logged, what is equal stays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy
from sqlalchemy import Row, delete
from sqlmodel import Session, SQLModel, col, select

from db.claims.judgements import claim_judgements
from db.claims.store import current_claims, types_and_days
from db.connection.bulk import insert_rows
from db.facts.changes import FactState, compare_facts, fact_state
from db.facts.rows import WHOLE, FactRows, fact_rows
from db.facts.stale import WHOLE_COMPANY, take_causes
from db.model import StoredClaim
from db.nouns.facts import Fact, Judgement
from db.publishing.renewals import note_renewals
from db.schema.tables import ChangeRow, CompanyRow, FactFieldRow, FactRow, SupportRow

_IDS_PER_QUERY = 500
_FACT, _FIELD, _SUPPORT = (
    SQLModel.metadata.tables[str(table.__tablename__)].c for table in (FactRow, FactFieldRow, SupportRow)
)
_STORED = sqlalchemy.select(*(_FACT[name] for name in ("id", "type", "company_key", "status", "first_published")))
_VALUES = sqlalchemy.select(_FIELD.fact_id, _FIELD.name, _FIELD.value)
_TOLD = sqlalchemy.select(_SUPPORT.fact_id, _SUPPORT.field, _SUPPORT.claim_key).order_by(_SUPPORT.place)


@dataclass(frozen=True, slots=True)
class Formed:
    """A company's facts of the types that were formed anew (None: of all types)."""

    facts: Sequence[Fact]
    types: frozenset[str] | None


def renew_facts(
    session: Session,
    company_key: str,
    form: Callable[[Sequence[StoredClaim], Sequence[Judgement]], Sequence[Fact]],
    moment: datetime,
) -> Formed:
    """Put what `form` makes of the company's current claims and of all judgements in the place of its facts.

    Only facts of the types of the claims that made it stale: those of other types rest on other claims. What changed,
    and why, goes into the change log; the company is stale no more. Equal facts write nothing, but it is noted
    that their claims were touched. The caller commits.
    """
    # One at a time: whoever forms the same company waits here (SQLite's writers do anyway), who adds claims does not.
    session.execute(select(CompanyRow.key).where(CompanyRow.key == company_key).with_for_update(key_share=True))
    causes = take_causes(session, company_key)
    by_rules = WHOLE_COMPANY in causes
    types, days = types_and_days(session, causes)
    of_types = types if causes and not by_rules else None
    facts = form(current_claims(session, [company_key], types=of_types), claim_judgements(session))
    formed = {fact.id: fact_rows(fact) for fact in facts}
    stored = _stored_digests(session, company_key, of_types, list(formed))
    gone = sorted(id_ for id_, digest in stored.items() if id_ not in formed or formed[id_].digest != digest)
    fresh = [rows for id_, rows in formed.items() if stored.get(id_) != rows.digest]
    renewed = {(company_key, fact.id) for fact in facts if any(told.key in causes for told in fact.claims)}
    if gone or fresh:
        before = _stored_rows(session, gone)
        changes = compare_facts(_states(session, before), [rows.state for rows in fresh], causes)
        for batch in _batches(gone):
            session.execute(delete(FactRow).where(col(FactRow.id).in_(batch)))
        _insert(session, fresh)
        if changes:
            insert_rows(session, ChangeRow, [{**asdict(change), "recorded_at": moment} for change in changes])
        renewed |= {(row.company_key, row.id) for row in before} | {(company_key, rows.state.id) for rows in fresh}
        days |= _days_of_others(before, fresh, by_rules=by_rules)
    note_renewals(session, renewed, min(days, default=None), moment)
    return Formed(facts, None if of_types is None else frozenset(of_types))


def _days_of_others(before: Sequence[Row[Any]], fresh: Sequence[FactRows], *, by_rules: bool) -> set[date]:
    """The days of first reports that were others before; by new rules, of all that changed."""
    old = {row.id: row.first_published for row in before}
    new = {rows.state.id: rows.tables[FactRow][0]["first_published"] for rows in fresh}
    kept = old.keys() & new.keys()
    moved = old.keys() | new.keys() if by_rules else {id_ for id_ in kept if old[id_] != new[id_]}
    return {day for days in (old, new) for id_, day in days.items() if id_ in moved and day is not None}


def _stored_digests(
    session: Session, company_key: str, types: Collection[str] | None, formed: Sequence[str]
) -> dict[str, str]:
    """The digests by id of the company's facts of these types, and of other companies' facts that are now its own."""
    digests = select(FactRow.id, FactRow.digest)
    own = digests.where(FactRow.company_key == company_key)
    stored = dict(session.exec(own if types is None else own.where(col(FactRow.type).in_(types))).all())
    for batch in _batches([id_ for id_ in formed if id_ not in stored]):
        stored.update(session.exec(digests.where(col(FactRow.id).in_(batch))).all())
    return stored


def _stored_rows(session: Session, ids: Sequence[str]) -> list[Row[Any]]:
    rows = [row for batch in _batches(ids) for row in session.execute(_STORED.where(_FACT.id.in_(batch))).all()]
    return sorted(rows, key=lambda row: row.id)


def _states(session: Session, facts: Sequence[Row[Any]]) -> list[FactState]:
    """Stored facts as the log compares them."""
    fields: defaultdict[str, dict[str, object]] = defaultdict(dict)
    support: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for batch in _batches([fact.id for fact in facts]):
        for fact_id, name, value in session.execute(_VALUES.where(_FIELD.fact_id.in_(batch))).all():
            fields[fact_id][name] = value
        for fact_id, name, key in session.execute(_TOLD.where(_SUPPORT.fact_id.in_(batch))).all():
            support[fact_id].append((name, key))
    return [
        fact_state(fact.id, fact.type, fact.company_key, fact.status, fields[fact.id], support[fact.id], WHOLE)
        for fact in facts
    ]


def _insert(session: Session, facts: Iterable[FactRows]) -> None:
    rows: defaultdict[type[SQLModel], list[dict[str, Any]]] = defaultdict(list)
    for fact in facts:
        for table, of_fact in fact.tables.items():
            rows[table].extend(of_fact)
    for table, of_table in rows.items():
        if of_table:
            insert_rows(session, table, of_table)


def _batches(ids: Sequence[str]) -> list[Sequence[str]]:
    return [ids[start : start + _IDS_PER_QUERY] for start in range(0, len(ids), _IDS_PER_QUERY)]
