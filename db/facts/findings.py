"""Findings in the database: what a company's facts say about each other, formed again whenever its facts are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import delete
from sqlmodel import Session, col, select

from db.connection.bulk import insert_rows
from db.facts.store import load_facts
from db.nouns.facts import Fact, Finding
from db.nouns.us_dollars import us_dollars
from db.schema.finding_tables import FindingRow
from db.schema.tables import FactRow, ValuationRow
from db.values import Money, PartialDate

MONEY_TYPES = ("funding_round", "valuation", "total_funding")
_KEYS_PER_QUERY = 500
FindingRule = Callable[[Sequence[Fact], Callable[[Money, PartialDate | None], Money | None]], Sequence[Finding]]


def renew_findings(session: Session, company_key: str, rule: FindingRule) -> None:
    """Put what `rule` finds in the company's facts of today in the place of its findings. The caller commits."""
    found: Sequence[Finding] = ()
    if _has_what_to_hold(session, company_key):
        found = rule(load_facts(session, [company_key], MONEY_TYPES), in_dollars)
    fresh = [_row(each) for each in found]
    own = select(FindingRow).where(FindingRow.company_key == company_key)
    stored = [row.model_dump() for row in session.exec(own.order_by(FindingRow.kind, FindingRow.fact_id))]
    if stored == fresh:
        return
    session.execute(delete(FindingRow).where(col(FindingRow.company_key) == company_key))
    if fresh:
        insert_rows(session, FindingRow, fresh)


def in_dollars(money: Money, on: PartialDate | None) -> Money | None:
    """A sum in US dollars by the rate of its day; None where there is none."""
    dollars = us_dollars(money, on)
    return None if dollars.amount is None else Money(dollars.amount, "USD", money.operator, dollars.amount_max)


def findings(session: Session, company_keys: Sequence[str] | None = None) -> list[Finding]:
    """The findings of all companies or some, sorted by (company, kind, fact)."""
    query = select(FindingRow).order_by(FindingRow.company_key, FindingRow.kind, FindingRow.fact_id)
    if company_keys is None:
        return [_finding(row) for row in session.exec(query)]
    keys = sorted(set(company_keys))
    batches = [keys[start : start + _KEYS_PER_QUERY] for start in range(0, len(keys), _KEYS_PER_QUERY)]
    return [
        _finding(row) for batch in batches for row in session.exec(query.where(col(FindingRow.company_key).in_(batch)))
    ]


def _has_what_to_hold(session: Session, company_key: str) -> bool:
    """Whether there is a total, or a price before or after the money: nearly no company has either."""
    own = select(FactRow.id).where(FactRow.company_key == company_key)
    total = own.where(FactRow.type == "total_funding").limit(1)
    if session.exec(total).first() is not None:
        return True
    priced = own.where(FactRow.type == "valuation").join(ValuationRow, col(ValuationRow.fact_id) == FactRow.id)
    return session.exec(priced.where(ValuationRow.valuation_kind != "unspecified").limit(1)).first() is not None


def _row(finding: Finding) -> dict[str, Any]:
    return {
        "kind": finding.kind,
        "fact_id": finding.fact_id,
        "company_key": finding.company_key,
        "others": list(finding.others),
        "event_date": finding.on.iso if finding.on else None,
        "money": [_plain(money) for money in finding.values],
        "unsized": finding.unsized,
        "derived": finding.derived,
    }


def _plain(money: Money) -> list[str | None]:
    upper = None if money.amount_max is None else format(money.amount_max, "f")
    return [format(money.amount, "f"), money.currency, money.operator, upper]


def _finding(row: FindingRow) -> Finding:
    return Finding(
        kind=cast(Any, row.kind),
        company_key=row.company_key,
        fact_id=row.fact_id,
        others=tuple(row.others),
        on=PartialDate(row.event_date) if row.event_date else None,
        values=tuple(_money(each) for each in row.money),
        unsized=row.unsized,
        derived=row.derived,
    )


def _money(stored: Sequence[Any]) -> Money:
    amount, currency, operator, upper = stored
    return Money(Decimal(amount), currency, operator, None if upper is None else Decimal(upper))
