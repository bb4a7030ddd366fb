"""A week's brief from the database: the facts its articles could know, and those known before it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from sqlmodel import Session

from dailies.facts_at import Clock, facts_at
from dailies.failures import UsageError
from db.company_store import load_companies
from db.issue_store import told_before
from db.news_store import companies_in_the_news, companies_with_rounds, coverage
from db.values import PartialDate
from reports.brief import Brief, brief
from reports.escaping import terminal_text
from reports.week_selection import OPEN_TALK
from reports.wording import ReportLanguage


def weekly_brief(
    session: Session,
    week: PartialDate,
    language: ReportLanguage,
    *,
    sample: bool,
    hindsight: bool = False,
    only: Collection[str] | None = None,
) -> Brief:
    """The brief of an ISO week (UTC), as of its last day: the same rows give the same brief, whenever it is made.

    With `hindsight` it also says what became of it by today. `only` narrows it to these companies.
    """
    first, last = week.first_day(), week.last_day()
    in_the_news = companies_in_the_news(session, first, last)
    talked_of = companies_in_the_news(session, first - OPEN_TALK, first, statuses=("rumored",))
    keys = [key for key in sorted({*in_the_news, *talked_of}) if only is None or key in only]
    told = [each for each in told_before(session, week.iso) if only is None or each.state.company_key in only]
    of_issues = sorted({each.state.company_key for each in told})
    year = companies_with_rounds(session, first.year, last)
    year_keys = [key for key in year if only is None or key in only]
    return brief(
        week,
        facts_at(session, Clock(as_of=last), keys),
        facts_at(session, Clock(as_of=first - timedelta(days=1)), keys),
        load_companies(session, sorted({*keys, *year_keys, *of_issues})),
        coverage(session, first, last),
        language,
        year_facts=facts_at(session, Clock(as_of=last), year_keys, ("funding_round", "valuation")),
        later=facts_at(session, Clock(), keys) if hindsight else None,
        earlier_issues=told,
        now_of_issues=facts_at(session, Clock(as_of=last), of_issues) if told else (),
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
