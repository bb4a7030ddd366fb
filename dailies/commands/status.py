"""`status`: the last runs, each source's last visit held against its own rhythm, and how everything grows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from dailies.commands.output import emit, say
from dailies.commands.page_output import open_to_read
from dailies.notices.alerts import DAYS_LOOKED_AT
from dailies.notices.source_rhythm import Rhythm, rhythm_of
from dailies.settings import settings_for
from dailies.upkeep.sizes import bytes_text, database_bytes, folder_bytes, free_bytes
from db.connection.engine import database_kind
from db.crawl.run_log import issues, last_runs
from db.crawl.source_record import SourceVisit, last_visits, source_days
from db.schema.crawl_tables import SourceRow
from db.schema.run_tables import RunRow
from reports.listings.runs import RunLine, run_line, run_listing, unreadable_line

_GROWTH_OVER = timedelta(days=90)
_RUNS_SHOWN = 5
_MANY_RUNS = 1000


def status(db: str | None, format: str) -> None:
    """The last runs, every source's last visit, sizes and growth, and what could not be read in the last run."""
    settings, engine = settings_for(db), open_to_read(db)
    with Session(engine) as session:
        runs = last_runs(session, _RUNS_SHOWN)
        lines = [run_line(run) for run in runs]
        lines += _sources(session)
        lines += _sizes(session, engine, settings.archive)
        lines += [unreadable_line(runs[0].id or 0, issue) for issue in issues(session, runs[0].id or 0)] if runs else []
    emit(run_listing(lines, sample=database_kind(engine) == "sample"), format, None)
    if not runs:
        say("No run yet; `dailies run` performs one.")


def _sources(session: Session) -> Iterator[RunLine]:
    days = source_days(session, datetime.now(UTC) - timedelta(days=DAYS_LOOKED_AT))
    for visit in last_visits(session):
        key = visit.row.source_key
        yield _source_line(visit, rhythm_of(days.get(key, ())), session.get(SourceRow, key))


def _source_line(visit: SourceVisit, rhythm: Rhythm, source: SourceRow | None) -> RunLine:
    row = visit.row
    expected = rhythm.articles_a_day
    if expected is None and source is not None:
        expected = source.expected_yield
    trouble = f"{rhythm.state} since {rhythm.since:%Y-%m-%d}" if rhythm.since else ""
    return RunLine(
        run=row.run_id,
        kind="source",
        name=row.source_key,
        outcome=row.outcome,
        detail="; ".join(filter(None, (trouble, row.detail))),
        started_at=visit.at,
        state=rhythm.state,
        articles_a_day=expected,
        visit=row,
    )


def _sizes(session: Session, engine: Engine, archive: Path) -> Iterator[RunLine]:
    """What database and archive take, and by how much they grew a day in the time looked at."""
    measured = [run for run in last_runs(session, _MANY_RUNS) if run.database_bytes is not None]
    now = datetime.now(UTC)
    recent = [run for run in measured if now - run.started_at < _GROWTH_OVER]
    sizes = {"database": database_bytes(engine), "archive": folder_bytes(archive)}
    for name, size in sizes.items():
        yield RunLine(0, "size", name, bytes_text(size), _growth(recent, f"{name}_bytes", size, now), bytes=size)
    free = free_bytes(archive)
    yield RunLine(0, "size", "free", bytes_text(free), "left on the archive's disk", bytes=free)


def _growth(runs: list[RunRow], name: str, size: int, now: datetime) -> str:
    """By the first run of the time looked at that is at least a day old."""
    first = runs[-1] if runs else None
    before = getattr(first, name) if first is not None else None
    if first is None or before is None or now - first.started_at < timedelta(days=1):
        return ""
    days = (now - first.started_at) / timedelta(days=1)
    return f"{bytes_text((size - before) / days)} a day since {first.started_at:%Y-%m-%d}"
