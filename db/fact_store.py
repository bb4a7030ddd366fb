"""Facts: written company by company in one go, and read back with the claims they rest on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import delete
from sqlmodel import Session, col, select

from db.claim_store import claims_by_key
from db.model import Fact, FactField, FieldValue, Losing, StoredClaim
from db.tables import (
    FactFieldRow,
    FactRow,
    FundingRoundRow,
    InvestmentRow,
    StaleCompanyRow,
    SupportRow,
    ValuationRow,
)

WHOLE = ""
"""The `field` of a support row that ties a claim to the fact as a whole."""


def stale_companies(session: Session) -> list[str]:
    """The companies whose facts have to be formed again, in order."""
    return list(session.exec(select(StaleCompanyRow.company_key).order_by(StaleCompanyRow.company_key)))


def replace_facts(session: Session, company_key: str, facts: Sequence[Fact]) -> None:
    """Put these facts in the place of all the company had; it is stale no more. The caller commits."""
    session.execute(delete(FactRow).where(col(FactRow.company_key) == company_key))
    session.execute(delete(StaleCompanyRow).where(col(StaleCompanyRow.company_key) == company_key))
    for fact in facts:
        session.add(_fact_row(fact))
    session.flush()
    for fact in facts:
        session.add_all(_typed_rows(fact))
        session.flush()
        session.add_all(_investments(fact))
        session.add_all(
            FactFieldRow(fact_id=fact.id, name=name, value=field.value, status=field.status, rule=field.rule)
            for name, field in fact.fields.items()
        )
        session.add_all(_support_rows(fact))


def _fact_row(fact: Fact) -> FactRow:
    event_date = fact.event_date
    return FactRow(
        id=fact.id,
        type=fact.type,
        company_key=fact.company_key,
        status=fact.status,
        event_date=event_date.iso if event_date else None,
        event_date_precision=event_date.precision if event_date else None,
        amount=_number(fact.value("amount")),
        amount_max=_number(fact.value("amount_max")),
        currency=_text(fact.value("currency")),
        amount_op=_text(fact.value("amount_op")),
        witnesses=fact.witnesses,
        outlets=fact.outlets,
        first_published=min((stored.published for stored in fact.claims if stored.published), default=None),
    )


def _number(value: FieldValue) -> Decimal | None:
    return Decimal(value) if isinstance(value, str) else None


def _text(value: FieldValue) -> str | None:
    return value if isinstance(value, str) else None


def _typed_rows(fact: Fact) -> list[FundingRoundRow | ValuationRow]:
    amount, currency = _number(fact.value("amount")), _text(fact.value("currency"))
    if fact.type == "funding_round":
        return [
            FundingRoundRow(
                fact_id=fact.id,
                company_key=fact.company_key,
                investment_type=_text(fact.value("investment_type")) or "series_unknown",
                series_qualifier=_text(fact.value("series_qualifier")),
                announced_on=_text(fact.value("event_date")),
                money_raised=amount,
                money_raised_currency=currency,
                status=fact.status,
            )
        ]
    if fact.type == "valuation" and amount is not None:
        return [
            ValuationRow(
                fact_id=fact.id,
                company_key=fact.company_key,
                valuation_kind=_text(fact.value("valuation_kind")) or "unspecified",
                valued_on=_text(fact.value("event_date")),
                amount=amount,
                currency=currency,
                status=fact.status,
            )
        ]
    return []


def _investments(fact: Fact) -> list[InvestmentRow]:
    if fact.type != "funding_round":
        return []
    leads = _names(fact.value("lead_investors"))
    names = dict.fromkeys([*_names(fact.value("investors")), *leads])
    return [InvestmentRow(fact_id=fact.id, investor_name=name, is_lead_investor=name in leads) for name in names]


def _names(value: FieldValue) -> list[str]:
    return value if isinstance(value, list) else []


def _support_rows(fact: Fact) -> list[SupportRow]:
    rows = [
        SupportRow(fact_id=fact.id, field=WHOLE, claim_key=stored.key, place=place)
        for place, stored in enumerate(fact.claims)
    ]
    for name, field in fact.fields.items():
        placed: list[tuple[str, str, FieldValue]] = [(key, "for", None) for key in field.claim_keys]
        placed += [(key, "against", losing.value) for losing in field.losing for key in losing.claim_keys]
        rows.extend(
            SupportRow(fact_id=fact.id, field=name, claim_key=key, side=side, place=place, value=value)
            for place, (key, side, value) in enumerate(placed)
        )
    return rows


def load_facts(
    session: Session, company_keys: Sequence[str] | None = None, types: Sequence[str] | None = None
) -> list[Fact]:
    """Stored facts, of all companies or some, of all types or some, sorted by (company, type, id)."""
    query = select(FactRow).order_by(FactRow.company_key, FactRow.type, FactRow.id)
    if company_keys is not None:
        query = query.where(col(FactRow.company_key).in_(company_keys))
    if types is not None:
        query = query.where(col(FactRow.type).in_(types))
    return _with_claims(session, list(session.exec(query)))


def fact_of_claim(session: Session, claim_key: str) -> Fact | None:
    """The fact that holds this claim today."""
    query = (
        select(FactRow)
        .join(SupportRow, col(SupportRow.fact_id) == FactRow.id)
        .where(SupportRow.claim_key == claim_key, SupportRow.field == WHOLE)
    )
    found = _with_claims(session, list(session.exec(query)))
    return found[0] if found else None


def fact_ids(session: Session, company_keys: Sequence[str] | None = None) -> dict[str, str]:
    """Which fact holds each claim today, for all companies or some."""
    query = select(SupportRow.claim_key, SupportRow.fact_id).where(SupportRow.field == WHOLE)
    if company_keys is not None:
        query = query.join(FactRow, col(FactRow.id) == SupportRow.fact_id).where(
            col(FactRow.company_key).in_(company_keys)
        )
    return dict(session.exec(query).all())


def _with_claims(session: Session, rows: Sequence[FactRow]) -> list[Fact]:
    ids = [row.id for row in rows]
    fields: defaultdict[str, list[FactFieldRow]] = defaultdict(list)
    support: defaultdict[tuple[str, str], list[SupportRow]] = defaultdict(list)
    for start in range(0, len(ids), 500):
        batch = ids[start : start + 500]
        for field in session.exec(select(FactFieldRow).where(col(FactFieldRow.fact_id).in_(batch))):
            fields[field.fact_id].append(field)
        for row in session.exec(
            select(SupportRow).where(col(SupportRow.fact_id).in_(batch)).order_by(col(SupportRow.place))
        ):
            support[row.fact_id, row.field].append(row)
    whole = [entry.claim_key for (_, name), entries in support.items() if name == WHOLE for entry in entries]
    claims = claims_by_key(session, whole)
    return [_fact(row, fields[row.id], support, claims) for row in rows]


def _fact(
    row: FactRow,
    fields: Sequence[FactFieldRow],
    support: defaultdict[tuple[str, str], list[SupportRow]],
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


def _field(field: FactFieldRow, support: Sequence[SupportRow]) -> FactField:
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
