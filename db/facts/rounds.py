"""Rounds asked for by who is named in them, or by the quarter they lie in, without reading any others."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

import sqlalchemy
from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from db.facts.store import facts_by_id
from db.nouns.facts import Fact
from db.schema.tables import FactRow, InvestmentRow

_KEYS_PER_QUERY = 500
_MONTHS_OF_QUARTER = 3
_ROWS_AT_ONCE = 50
"""Of an answer whose first row or two are wanted."""


def rounds_naming(session: Session, investors: Collection[str]) -> list[Fact]:
    """The stored rounds, talk included, that name one of these, sorted by (company, type, id)."""
    ids = {
        id_
        for batch in _batches(investors)
        for id_ in session.exec(select(InvestmentRow.fact_id).where(col(InvestmentRow.investor_name).in_(batch)))
    }
    return facts_by_id(session, sorted(ids))


def companies_naming(session: Session, investors: Collection[str]) -> set[str]:
    """The companies of whose rounds one names one of these."""
    query = select(FactRow.company_key).join(InvestmentRow, col(InvestmentRow.fact_id) == FactRow.id)
    return {key for batch in _batches(investors) for key in session.exec(query.where(_named(batch)).distinct())}


def newest_quarter(session: Session, by: date) -> date | None:
    """The first day of the quarter of `by`, or of the last one before it in which a round surely lies that was done."""
    done = (
        col(FactRow.type) == "funding_round",
        col(FactRow.status).in_(("confirmed", "reported")),
        col(FactRow.event_first_day) < _next_quarter(by),
    )
    dates = sqlalchemy.select(col(FactRow.event_first_day), col(FactRow.event_last_day))
    newest_first = dates.where(*done).order_by(col(FactRow.event_first_day).desc())
    told = session.execute(newest_first.execution_options(yield_per=_ROWS_AT_ONCE))
    return next((_quarter(first) for first, last in told if _in_one(first, last)), None)


def _in_one(first: date | None, last: date | None) -> bool:
    return first is not None and last is not None and _quarter(first) == _quarter(last)


def _quarter(day: date | None) -> date:
    assert day is not None  # asked of rounds with a first day only
    return day.replace(month=(day.month - 1) // _MONTHS_OF_QUARTER * _MONTHS_OF_QUARTER + 1, day=1)


def _next_quarter(day: date) -> date:
    first = _quarter(day)
    month = first.month + _MONTHS_OF_QUARTER
    return first.replace(year=first.year + month // 13, month=month % 12)


def _named(names: Collection[str]) -> ColumnElement[bool]:
    return col(InvestmentRow.investor_name).in_(names)


def _batches(keys: Collection[str]) -> Iterator[list[str]]:
    asked = sorted(keys)
    for start in range(0, len(asked), _KEYS_PER_QUERY):
        yield asked[start : start + _KEYS_PER_QUERY]
