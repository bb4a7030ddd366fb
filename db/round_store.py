"""Rounds asked for by who is named in them, or by the quarter they lie in, without reading any others."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

import sqlalchemy
from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from db.fact_store import facts_by_id
from db.facts import Fact
from db.tables import FactRow, FundingRoundRow, InvestmentRow

_KEYS_PER_QUERY = 500
_MONTHS_OF_QUARTER = 3


@dataclass(frozen=True, slots=True)
class QuarterRounds:
    """The rounds of a quarter: its first day, how many there are, how many of them in dollars, the largest of these."""

    first_day: date
    all: int
    sized: int
    largest: tuple[Fact, ...]


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


def newest_quarter(session: Session, by: date, without: Collection[str], most: int) -> QuarterRounds | None:
    """The quarter of `by`, or the last one before it in which a round surely lies that was done.

    `without` are kinds of rounds that count for nothing; `most` how many of the largest are read.
    """
    done = (
        col(FactRow.type) == "funding_round",
        col(FactRow.status).in_(("confirmed", "reported")),
        col(FundingRoundRow.investment_type).not_in(sorted(without)),
        col(FactRow.event_first_day) < _next_quarter(by),
    )
    dates = (col(FactRow.event_first_day), col(FactRow.event_last_day))
    columns = (col(FactRow.id), *dates, col(FactRow.amount_usd), col(FactRow.amount_op))
    rounds = sqlalchemy.select(*columns).join(FundingRoundRow, col(FundingRoundRow.fact_id) == FactRow.id)
    ordered = rounds.where(*done).order_by(col(FactRow.event_first_day).desc(), col(FactRow.id))
    quarter = next((_quarter(first) for _, first, last, *_ in session.execute(ordered) if _in_one(first, last)), None)
    if quarter is None:
        return None
    of_quarter = ordered.where(col(FactRow.event_first_day) >= quarter)
    found = [
        (0 if operator in ("<", "<=") and amount is not None else amount, id_)
        for id_, first, last, amount, operator in session.execute(of_quarter)
        if _in_one(first, last) and _quarter(first) == quarter
    ]
    sized = sorted(((amount, id_) for amount, id_ in found if amount is not None), key=lambda pair: (-pair[0], pair[1]))
    told = {fact.id: fact for fact in facts_by_id(session, [id_ for _, id_ in sized[:most]])}
    return QuarterRounds(quarter, len(found), len(sized), tuple(told[id_] for _, id_ in sized[:most]))


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
