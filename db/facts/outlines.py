"""Facts in outline, for those who only count and add: type, status, date, sum and kind of round, and no claims."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import sqlalchemy
from sqlalchemy import Row, Select, func, or_
from sqlmodel import Session, col

from db.connection.collecting import all_kept
from db.model import FieldValue
from db.nouns.facts import Fact, FactField
from db.nouns.round_kinds import DONE
from db.schema.tables import FactRow, FundingRoundRow

_KEYS_PER_QUERY = 500
_FACT, _ROUND = FactRow.__table__.c, FundingRoundRow.__table__.c  # type: ignore[attr-defined]
_OUTLINES: Select[Any] = sqlalchemy.select(
    *(_FACT[name] for name in ("id", "type", "company_key", "status", "amount", "amount_max", "amount_op", "currency")),
    *(_FACT["event_date"], _ROUND["investment_type"], _ROUND["series_qualifier"]),
).outerjoin(FundingRoundRow, col(FundingRoundRow.fact_id) == FactRow.id)
_TALK = _FACT.status == sqlalchemy.literal_column("'rumored'")
"""Written out, as the index of talk states it: a bound value would not be known to be the same."""


@all_kept()
def fact_outlines(
    session: Session, company_keys: Sequence[str], types: Collection[str], begun: tuple[date, date]
) -> list[Fact]:
    """The stored facts of these companies and types that began within these days, or nobody knows when, in no order."""
    found: list[Fact] = []
    for start in range(0, len(company_keys), _KEYS_PER_QUERY):
        query = _OUTLINES.where(
            col(FactRow.company_key).in_(company_keys[start : start + _KEYS_PER_QUERY]),
            col(FactRow.type).in_(types),
            or_(col(FactRow.event_first_day).between(*begun), col(FactRow.event_first_day).is_(None)),
        )
        found.extend(_outline(row) for row in session.execute(query))
    return found


def rounds_of_undated_pages(session: Session, first: date, last: date) -> list[Fact]:
    """The stored rounds that began within these days and of which no dated article tells, sorted by id."""
    query = _OUTLINES.where(
        _FACT.type == "funding_round",
        _FACT.first_published.is_(None),
        _FACT.event_first_day.between(first, last),
    )
    return [_outline(row) for row in session.execute(query.order_by(_FACT.id))]


def undated_rounds(session: Session) -> int:
    """How many stored rounds are done, nobody says when: they stand in no period."""
    query = sqlalchemy.select(func.count()).where(
        _FACT.type == "funding_round", _FACT.status.in_(DONE), _FACT.event_first_day.is_(None)
    )
    return int(session.execute(query).scalar_one())


def _outline(row: Row[Any]) -> Fact:
    id_, type_, company, status, amount, upper, operator, currency, *others = tuple(row)
    values: dict[str, FieldValue] = dict(
        zip(("event_date", "investment_type", "series_qualifier"), others, strict=True)
    )
    if amount is not None:
        values |= {"amount": str(amount), "amount_max": None if upper is None else str(upper)}
        values |= {"currency": currency, "amount_op": operator}
    fields = {name: FactField(value, status, "", ()) for name, value in values.items() if value is not None}
    return Fact(id_, type_, company, status, fields, ())


def companies_with_rounds(session: Session, first: date, last: date) -> set[str]:
    """The companies of which a stored round began within these days."""
    rounds = sqlalchemy.select(_FACT.company_key).where(
        _FACT.type == "funding_round", _FACT.event_first_day.between(first, last)
    )
    return set(session.execute(rounds.distinct()).scalars())


def open_talk_kinds(session: Session, types: Collection[str], first: date, last: date) -> set[tuple[str, str]]:
    """Company and type of stored talk that was first told within these days, and of nothing settled since.

    Settled is what was done or denied: talk told after the last that was is open.
    """
    talk = sqlalchemy.select(_FACT.company_key, _FACT.type, func.max(_FACT.first_published)).where(
        _TALK, _FACT.first_published.between(first, last), _FACT.type.in_(types)
    )
    told = {(company, type_): day for company, type_, day in session.execute(talk.group_by(*talk.selected_columns[:2]))}
    companies, settled = sorted({company for company, _ in told}), {}
    for start in range(0, len(companies), _KEYS_PER_QUERY):
        done = sqlalchemy.select(_FACT.company_key, _FACT.type, func.max(_FACT.first_published)).where(
            _FACT.company_key.in_(companies[start : start + _KEYS_PER_QUERY]),
            _FACT.type.in_(types),
            _FACT.status != "rumored",
        )
        for company, type_, day in session.execute(done.group_by(*done.selected_columns[:2])):
            settled[company, type_] = day or date.min
    return {kind for kind, day in told.items() if settled.get(kind, date.min) < day}
