"""A week's brief from the database: the facts its articles could know, and those known before it."""

from __future__ import annotations

from datetime import date, timedelta

from sqlmodel import Session

from dailies.failures import UsageError
from db.claim_store import current_claims
from db.company_store import load_companies
from db.news_store import companies_in_the_news, coverage
from db.values import PartialDate
from pipeline.facts import form_facts
from reports.brief import Brief, brief
from reports.escaping import terminal_text
from reports.wording import ReportLanguage


def weekly_brief(session: Session, week: PartialDate, language: ReportLanguage, *, sample: bool) -> Brief:
    """The brief of an ISO week (UTC), as of its last day: the same rows give the same brief, whenever it is made."""
    first, last = week.first_day(), week.last_day()
    keys = companies_in_the_news(session, first, last)
    claims = current_claims(session, keys, as_of=last)
    return brief(
        week,
        form_facts(claims),
        form_facts(stored for stored in claims if stored.published is not None and stored.published < first),
        load_companies(session, keys),
        coverage(session, first, last),
        language,
        sample=sample,
    )


def week_named(name: str) -> PartialDate:
    """The week a person typed, such as 2024-W09. Raises UsageError where it is none."""
    try:
        week = PartialDate(name.strip().upper())
    except ValueError:
        week = None
    if week is None or week.precision != "week":
        raise UsageError(f"not an ISO week: {terminal_text(name)!r}; write it like 2024-W09")
    return week


def week_of(day: date) -> PartialDate:
    """The ISO week a day lies in."""
    year, week, _ = day.isocalendar()
    return PartialDate(f"{year:04}-W{week:02}")


def last_whole_week(today: date) -> PartialDate:
    """The week before this one."""
    return week_of(today - timedelta(days=7))
