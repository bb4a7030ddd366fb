"""What changed since a moment, as those who publish need it: a day's pages follow the day's changes, not the total."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from db.claims.judgements import company_homes
from db.connection.bulk import insert_rows
from db.schema.renewal_tables import FactRenewalRow
from db.schema.tables import ArticleRow, ChangeRow, ClaimRow, InvestmentRow

_KEYS_PER_QUERY = 500
_INVESTOR_FIELDS = ("investors", "lead_investors")


@dataclass(frozen=True, slots=True)
class Changed:
    """Whose pages may tell something else than before; each sorted.

    `facts` are ids, also of facts that are no more; `companies` keys, also of companies a fact has left; `investors`
    names as texts write them, also of investors a round has lost; `weeks` ISO weeks such as 2024-W09, of which a brief
    as known at the week's end may differ.
    """

    facts: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    investors: tuple[str, ...] = ()
    weeks: tuple[str, ...] = ()


def note_renewals(session: Session, facts: Iterable[tuple[str, str]], first_day: date | None, moment: datetime) -> None:
    """Note that facts (company key, id) were renewed by what was published from `first_day` on. The caller commits."""
    rows = [
        {"renewed_at": moment, "company_key": company, "fact_id": id_, "first_day": first_day}
        for company, id_ in sorted(facts)
    ]
    if rows:
        insert_rows(session, FactRenewalRow, rows)


def changed_since(session: Session, moment: datetime) -> Changed:
    """What was written at this moment or later, whatever the reason: news, revisions, judgements, rules.

    Give the `started_at` of the run whose pages are there. What is not in facts (curated names, wordings, templates)
    changes with a new version only, and then all pages are to be made.
    """
    query = (
        select(FactRenewalRow.company_key, FactRenewalRow.fact_id, func.min(FactRenewalRow.first_day))
        .where(FactRenewalRow.renewed_at >= moment)
        .group_by(FactRenewalRow.company_key, FactRenewalRow.fact_id)
    )
    rows = session.exec(query).all()
    facts = sorted({fact_id for _, fact_id, _ in rows})
    first_days: dict[str, date] = {}
    for company, _, day in rows:
        if day is not None:
            first_days[company] = min(day, first_days.get(company, day))
    return Changed(
        facts=tuple(facts),
        companies=tuple(sorted({company for company, _, _ in rows})),
        investors=tuple(sorted(_investors(session, facts, moment))),
        weeks=tuple(sorted(_weeks(session, first_days))),
    )


@dataclass(frozen=True, slots=True)
class Renewal:
    """An entry of the list of renewals: which one it is, and that it is still the same one."""

    number: int
    fact_id: str


def last_renewal(session: Session) -> Renewal | None:
    """The newest entry; None where nothing was ever formed."""
    found = session.exec(select(FactRenewalRow).order_by(col(FactRenewalRow.id).desc()).limit(1)).first()
    return Renewal(found.id or 0, found.fact_id) if found is not None else None


def changed_after(session: Session, last: Renewal) -> Changed | None:
    """What was written after an entry, without the weeks; None where that entry is not in this database (any more).

    By number, not by the clock, which may be set back.
    """
    held = session.get(FactRenewalRow, last.number)
    if held is None or held.fact_id != last.fact_id:
        return None
    number = last.number
    if session.get_bind().dialect.name == "postgresql":
        number -= _NUMBERED_AHEAD
    query = select(FactRenewalRow.company_key, FactRenewalRow.fact_id, func.min(FactRenewalRow.renewed_at))
    rows = session.exec(
        query.where(col(FactRenewalRow.id) > number).group_by(FactRenewalRow.company_key, FactRenewalRow.fact_id)
    ).all()
    facts = sorted({fact_id for _, fact_id, _ in rows})
    return Changed(
        facts=tuple(facts),
        companies=tuple(sorted({company for company, _, _ in rows})),
        investors=tuple(sorted(_investors(session, facts, min(moment for *_, moment in rows)))) if rows else (),
    )


_NUMBERED_AHEAD = 1_000
"""PostgreSQL numbers entries before they are committed: one that is still to come may bear so much lower a number."""


def _investors(session: Session, facts: Sequence[str], moment: datetime) -> set[str]:
    """Who is named in these rounds, or was before what the log says since."""
    names: set[str] = set()
    for batch in _batches(facts):
        names.update(session.exec(select(InvestmentRow.investor_name).where(col(InvestmentRow.fact_id).in_(batch))))
        logged = select(ChangeRow.field, ChangeRow.old_value).where(
            ChangeRow.recorded_at >= moment,
            col(ChangeRow.fact_id).in_(batch),
            col(ChangeRow.field).in_((*_INVESTOR_FIELDS, "")),
        )
        for field, old in session.exec(logged):
            names.update(_names(old if field else [name for each in _INVESTOR_FIELDS for name in _whole(old, each)]))
    return names


def _whole(old: Any, field: str) -> list[str]:
    """A field of a fact that was withdrawn: its old value is all of it."""
    return _names(old.get(field)) if isinstance(old, dict) else []


def _names(value: Any) -> list[str]:
    return value if isinstance(value, list) else []


def _weeks(session: Session, first_days: Mapping[str, date]) -> set[str]:
    """The weeks from those days on in which an article tells of the company, or told of it before it was read again.

    A brief holds what was published by its week's end, so that earlier ones know nothing of the change.
    """
    homes = company_homes(session)
    from_day = {**first_days, **{part: first_days[home] for part, home in homes.items() if home in first_days}}
    weeks = {_week(day) for day in first_days.values()}
    for batch in _batches(sorted(from_day)):
        told = (
            select(ClaimRow.company_key, col(ArticleRow.published))
            .join(ArticleRow, col(ArticleRow.key) == ClaimRow.article_key)
            .where(col(ClaimRow.company_key).in_(batch), col(ArticleRow.published).is_not(None))
            .distinct()
        )
        weeks.update(_week(day) for company, day in session.exec(told) if day is not None and day >= from_day[company])
    return weeks


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def _batches(keys: Sequence[str]) -> Iterable[Collection[str]]:
    return [keys[start : start + _KEYS_PER_QUERY] for start in range(0, len(keys), _KEYS_PER_QUERY)]
