"""`brief`: the week's market brief."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from dailies.commands.output import emit, say
from dailies.commands.page_output import open_to_read, print_report
from dailies.failures import UsageError
from dailies.notices.issues import FORMS, document_name, make_issue
from dailies.notices.watched import watched_companies
from dailies.notices.weekly import day_within, last_whole_week, week_named, week_of, weekly_brief
from db.connection.engine import database_kind
from db.publishing.issues import issue_document, issues
from db.publishing.news import newest_news_day
from db.values import PartialDate
from reports.escaping import terminal_text
from reports.listings.issues import issue_listing
from reports.wording.labels import label
from reports.wording.values import ReportLanguage


def brief(
    db: str | None,
    week: str | None,
    language: ReportLanguage,
    format: str,
    *,
    hindsight: bool = False,
    watch: bool = False,
    issue: str | None = None,
) -> None:
    """Print a week's brief; without `week`, that of the last whole week. `issue` is the number of a kept one, or "new".

    Raises UsageError for what is no ISO week or has not begun, an issue that was not kept or is of a week that goes on,
    or an empty watchlist.
    """
    today = datetime.now(UTC).date()
    chosen = week_named(week) if week else last_whole_week(today)
    until = day_within(chosen, today)
    if issue and (hindsight or watch):
        raise UsageError("an issue is kept whole and as it was known; leave --hindsight and --watch out")
    engine = open_to_read(db)
    if issue:
        if until and issue.strip() == "new":
            raise UsageError(f"{chosen.iso} is not over yet, and an issue is kept of a whole week; leave --issue out")
        _write(_issue(engine, chosen, issue.strip(), document_name(language, format)))
        return
    with Session(engine) as session:
        only = watched_companies(session) if watch else None
        sample = database_kind(engine) == "sample"
        report = weekly_brief(session, chosen, language, sample=sample, hindsight=hindsight, only=only, until=until)
        newest = newest_news_day(session)
    if format in ("email", "card"):
        _write(FORMS[format](report))
    else:
        print_report("brief", report, format)
    if not report.coverage.articles and not report.coverage.unread and newest is not None:
        say(label(language, "brief", "newest_week").format(chosen.iso, week_of(newest).iso))


def _issue(engine: Engine, week: PartialDate, asked: str, name: str) -> bytes:
    """A document of a kept issue; "new" keeps one first. Raises UsageError where there is none."""
    if asked == "new":
        made = make_issue(engine, week, datetime.now(UTC))
        say(f"This is issue {made.name}; `dailies issues` lists all that were kept.")
        asked = str(made.number)
    with Session(engine) as session:
        document = issue_document(session, week.iso, int(asked), name) if asked.isdigit() else None
        kept = [str(each.number) for each in issues(session, week.iso)]
    if document is not None:
        return document
    if asked in kept:
        raise UsageError(f"issue {week.iso}/{asked} quotes what was purged; leave --issue out to tell the week anew")
    known = ", ".join(kept) or "none yet"
    raise UsageError(f"no issue {terminal_text(asked)!r} of {week.iso} was kept; kept: {known}; --issue new keeps one")


def _write(document: bytes) -> None:
    sys.stdout.buffer.write(document)
    sys.stdout.buffer.flush()


def list_issues(db: str | None, format: str, output: Path | None) -> None:
    """Print the issues that were kept."""
    engine = open_to_read(db)
    with Session(engine) as session:
        emit(issue_listing(issues(session), sample=database_kind(engine) == "sample"), format, output)
