"""What the schedule does: its jobs by name, when each is due, and carrying one out."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from dailies.facts.naming import known_value
from dailies.schedule_settings import ScheduleSettings, schedule_settings
from dailies.settings import settings_for
from db.nouns.source import SourceFields

if TYPE_CHECKING:
    from apscheduler.triggers.base import BaseTrigger

DAILY = "daily"
WEEKLY = "weekly-brief"
_BETWEEN = "every-{}h"
_FROM = datetime(2000, 1, 1, tzinfo=UTC)
"""Jobs between the daily runs keep their hours, whenever the schedule was started."""


@dataclass(frozen=True, slots=True)
class Job:
    """One job. `when` says it to people, and whether its stored time still holds; `hours`: of sources between runs."""

    name: str
    when: str
    hours: int | None = None


def jobs_of(settings: ScheduleSettings, sources: Sequence[SourceFields]) -> list[Job]:
    """The jobs: the daily run, the weekly brief, and one for each number of hours that sources want to be read in."""
    hours = sorted({source.every_hours for source in sources if source.enabled and source.every_hours})
    return [
        Job(DAILY, f"every day at {settings.daily_at:%H:%M} {settings.zone}"),
        Job(WEEKLY, f"every Monday at {settings.weekly_at:%H:%M} {settings.zone}"),
        *(Job(_BETWEEN.format(each), f"every {each} hours", each) for each in hours),
    ]


def job_named(name: str, jobs: Sequence[Job]) -> Job:
    """The job of this name. Raises UsageError with suggestions."""
    known = {job.name: job for job in jobs}
    return known[known_value("job", name, known)]


def trigger_of(job: Job, settings: ScheduleSettings) -> BaseTrigger:
    """When it is due, as APScheduler has it."""
    from apscheduler.triggers.interval import IntervalTrigger

    from dailies.local_clock import LocalTime

    if job.hours is not None:
        return IntervalTrigger(hours=job.hours, start_date=_FROM, timezone=UTC)
    if job.name == WEEKLY:
        return LocalTime(settings.weekly_at, settings.zone, weekday=0)
    return LocalTime(settings.daily_at, settings.zone)


def carry_out(name: str, db: str | None, out: Path, readers: int) -> int:
    """Do a job now, in this process; the exit code of the command it amounts to. Raises UsageError for no such job."""
    from dailies.commands import intake
    from dailies.crawl.sources import all_sources

    settings, sources = schedule_settings(), all_sources(settings_for(db))
    job = job_named(name, jobs_of(settings, sources))
    if job.hours is not None:
        due = [source.key for source in sources if source.enabled and source.every_hours == job.hours]
        return intake.crawl(db, due, readers)
    if job.name == WEEKLY:
        return _write_brief(db, out, settings)
    return intake.run(db, out, readers)


def _write_brief(db: str | None, out: Path, settings: ScheduleSettings) -> int:
    """The pages of the week that ended where the user is: on a Monday morning, yesterday. Its card is sent as well."""
    from dailies.commands.page_output import open_to_read
    from dailies.notices.delivery import notice_settings, send_brief
    from dailies.notices.issues import make_issue
    from dailies.notices.weekly import last_whole_week
    from dailies.site.publish import publish

    notices, engine, today = notice_settings(), open_to_read(db), settings.today()
    issue = make_issue(engine, last_whole_week(today), datetime.now(UTC))
    published = publish(engine, out, today)
    print(f"This is issue {issue.name}.", file=sys.stderr)
    send_brief(engine, notices, issue.week)
    print(f"The brief is among the pages: {published.index}.", file=sys.stderr)
    return 0
