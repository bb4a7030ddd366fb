"""A week's brief from the database: the facts its articles could know, and those known before it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from sqlmodel import Session

from dailies.facts_at import Clock, facts_at
from dailies.failures import UsageError
from db.company_store import load_companies
from db.issue_store import told_before
from db.model import Fact
from db.news_store import companies_in_the_news, companies_with_rounds, coverage
from db.values import PartialDate
from reports.brief import Brief, brief
from reports.brief_numbers import PRICES_NEAR
from reports.company_line import DEAL_TYPES
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
    keys = _among(companies_in_the_news(session, first, last), only)
    talk = _open_talk(session, first, last, keys, only)
    told = [each for each in told_before(session, week.iso) if only is None or each.state.company_key in only]
    of_issues = sorted({each.state.company_key for each in told})
    year_keys = _among(companies_with_rounds(session, first.year, last), only)
    year = date(first.year, 1, 1) - PRICES_NEAR, last + PRICES_NEAR
    return brief(
        week,
        [*facts_at(session, Clock(as_of=last), keys), *talk],
        facts_at(session, Clock(as_of=first - timedelta(days=1)), keys),
        load_companies(session, sorted({*keys, *year_keys, *of_issues, *(fact.company_key for fact in talk)})),
        coverage(session, first, last),
        language,
        year_facts=facts_at(session, Clock(as_of=last), year_keys, ("funding_round", "valuation"), begun=year),
        later=facts_at(session, Clock(), keys) if hindsight else None,
        earlier_issues=told,
        now_of_issues=facts_at(session, Clock(as_of=last), of_issues) if told else (),
        sample=sample,
    )


def _open_talk(
    session: Session, first: date, last: date, news: Sequence[str], only: Collection[str] | None
) -> list[Fact]:
    """What was told, by the week's end, of deals talked of in the half year before it: of companies not in its news.

    Type by type, since nothing else of those companies has a place in the brief.
    """
    facts: list[Fact] = []
    for deal in DEAL_TYPES:
        companies = companies_in_the_news(session, first - OPEN_TALK, first, statuses=("rumored",), types=(deal,))
        facts += facts_at(session, Clock(as_of=last), _among(sorted({*companies} - {*news}), only), (deal,))
    return facts


def _among(keys: Sequence[str], only: Collection[str] | None) -> list[str]:
    return [key for key in keys if only is None or key in only]


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
