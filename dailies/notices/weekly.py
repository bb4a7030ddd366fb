"""A week's brief from the database: the facts its articles could know, and those known before it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from sqlmodel import Session

from dailies.failures import UsageError
from dailies.notices.week_facts import week_facts
from db.values import PartialDate
from reports.brief.weekly import Brief, brief
from reports.escaping import terminal_text
from reports.wording.values import ReportLanguage


def weekly_brief(
    session: Session,
    week: PartialDate,
    language: ReportLanguage,
    *,
    sample: bool,
    hindsight: bool = False,
    only: Collection[str] | None = None,
    until: date | None = None,
) -> Brief:
    """The brief of an ISO week (UTC), as of its last day: the same rows give the same brief, whenever it is made.

    With `hindsight` it also says what became of it by today. `only` narrows it to these companies. A week
    that is not over says that it is told as known on the day `until`.
    """
    return brief(week, week_facts(session, week, hindsight=hindsight, only=only), language, sample=sample, until=until)


def week_named(name: str) -> PartialDate:
    """The week a person typed, such as 2024-W09. Raises UsageError where it is none."""
    try:
        week = PartialDate(name.strip().upper())
    except ValueError:
        week = None
    if week is None or week.precision != "week":
        raise UsageError(f"not an ISO week: {terminal_text(name)!r}; write it like 2024-W09")
    return week


def day_within(week: PartialDate, today: date) -> date | None:
    """Today (UTC) where the week is not over yet, None of a past one. Raises UsageError where it has not begun."""
    if today < week.first_day():
        raise UsageError(f"{week.iso} has not begun: it is {week_of(today).iso}")
    return today if today <= week.last_day() else None


def week_of(day: date) -> PartialDate:
    """The ISO week a day lies in."""
    year, week, _ = day.isocalendar()
    return PartialDate(f"{year:04}-W{week:02}")


def last_whole_week(today: date) -> PartialDate:
    """The week before this one."""
    return week_of(today - timedelta(days=7))
