"""`brief`: the week's market brief."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from sqlmodel import Session

from dailies.commands.output import say
from dailies.commands.page_output import open_to_read, print_report
from dailies.weekly import last_whole_week, week_named, week_of, weekly_brief
from db.engine import database_kind
from db.news_store import newest_news_day
from reports.brief import Brief
from reports.brief_card import card
from reports.brief_mail import mail
from reports.wording import ReportLanguage


def brief(
    db: str | None,
    week: str | None,
    language: ReportLanguage,
    format: str,
    *,
    hindsight: bool = False,
) -> None:
    """Print a week's brief; without `week`, that of the last whole week. Raises UsageError for what is no ISO week."""
    chosen = week_named(week) if week else last_whole_week(datetime.now(UTC).date())
    engine = open_to_read(db)
    with Session(engine) as session:
        sample = database_kind(engine) == "sample"
        report = weekly_brief(session, chosen, language, sample=sample, hindsight=hindsight)
        newest = newest_news_day(session)
    if format in _OTHER_FORMS:
        sys.stdout.buffer.write(_OTHER_FORMS[format](report))
        sys.stdout.buffer.flush()
    else:
        print_report("brief", report, format)
    if not report.coverage.articles and newest is not None:
        say(f"No article of {chosen.iso} was read. The newest week with news is {week_of(newest).iso}.")


_OTHER_FORMS: Mapping[str, Callable[[Brief], bytes]] = {"email": mail, "card": lambda report: card(report).encode()}
