"""`schedule`: start it, list its jobs, run one of them by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import Session, select

from dailies.commands.intake import open_ready
from dailies.commands.output import emit, say
from dailies.commands.page_output import open_to_read
from dailies.crawl.sources import all_sources
from dailies.schedule_jobs import carry_out, jobs_of
from dailies.schedule_settings import schedule_settings
from dailies.settings import settings_for
from db.connection.engine import database_kind
from db.connection.run_lock import holder
from db.schema.run_tables import ScheduleJobRow
from reports.listings.jobs import JobLine, job_listing


def start(db: str | None, out: Path, readers: int) -> None:
    """Stay and work until stopped. Raises AlreadyRunning where this database has one, UsageError for settings."""
    from dailies.schedule import Schedule  # only here: APScheduler is nobody else's business

    settings = settings_for(db, out, readers)
    Schedule(open_ready(settings), settings, schedule_settings(), all_sources(settings)).run()


def list_jobs(db: str | None, format: str) -> None:
    """Print the jobs and when each is due next."""
    schedule = schedule_settings()
    jobs = jobs_of(schedule, all_sources(settings_for(db)))
    engine = open_to_read(db)
    with Session(engine) as session:
        stored = {row.id: row.next_run_time for row in session.exec(select(ScheduleJobRow))}
        held = holder(session, "schedule")
    lines = [
        JobLine(job.name, job.when, datetime.fromtimestamp(when, UTC) if when is not None else None, schedule.zone)
        for job in jobs
        for when in [stored.get(job.name)]
    ]
    emit(job_listing(lines, sample=database_kind(engine) == "sample"), format, None)
    if held is None or not held[1]:
        say("No schedule is at work on this database; `dailies schedule` starts one.")
    else:
        say(f"At work: process {held[0].process_id} on {held[0].host}.")


def run_job(db: str | None, name: str, out: Path, readers: int) -> int:
    """Carry out one job now, in this process; its exit code. Raises UsageError for a job there is none of."""
    return carry_out(name, db, out, readers)
