"""What may be wrong with a copy of Dailies, each with its remedy: small checks that change nothing."""

from __future__ import annotations

import importlib.metadata
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from typing import Literal

from sqlalchemy import Engine, text
from sqlmodel import Session, col, func, select

from crawlers.bot import CONTACT_VARIABLE, PROJECT_PAGE, UnusableContact, checked_contact
from crawlers.catalogue import CatalogueError
from dailies.crawl.sources import all_sources
from dailies.failures import UsageError
from dailies.notices.alerts import DAYS_LOOKED_AT
from dailies.notices.delivery import notice_settings
from dailies.notices.source_rhythm import rhythm_of
from dailies.schedule_settings import schedule_settings
from dailies.settings import Settings
from dailies.upkeep.sizes import bytes_text, database_bytes, free_bytes
from db.connection.engine import SCHEMA_VERSION
from db.connection.run_lock import holder
from db.crawl import archive_files
from db.crawl.archive import Archive, ArchiveError, CapturePointer
from db.crawl.run_log import last_runs
from db.crawl.source_record import source_days
from db.publishing.notices import not_delivered
from db.schema.crawl_tables import CaptureRow
from db.schema.run_tables import RunRow, ScheduleJobRow

Verdict = Literal["good", "warning", "broken"]
_LEAST_FREE = 1_000_000_000
_SHOWN = 5
_LATE = timedelta(hours=36)
_AHEAD = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Finding:
    """One check's verdict, what it saw, and where something is wrong what to do."""

    check: str
    verdict: Verdict
    seen: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Patient:
    """What is looked at. `thorough`: every record of the archive is read, not only its files' sizes."""

    engine: Engine
    settings: Settings
    now: datetime
    thorough: bool = False


def examine(patient: Patient) -> Iterator[Finding]:
    """Every check's findings, in order."""
    for check in CHECKS:
        yield from check(patient)


def _database(patient: Patient) -> Iterator[Finding]:
    url = patient.engine.url.render_as_string()
    with patient.engine.connect() as connection:
        version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        if patient.engine.dialect.name != "sqlite":
            yield Finding("database", "good", f"{url}, version {version}")
            return
        said = [row[0] for row in connection.execute(text("PRAGMA integrity_check(5)"))]
        orphans = connection.execute(text("PRAGMA foreign_key_check")).all()
    if said != ["ok"]:
        yield Finding("database", "broken", f"{url} is damaged: {'; '.join(said)}", "`dailies restore` a backup")
    elif orphans:
        tables = ", ".join(sorted({str(row[0]) for row in orphans}))
        seen = f"{len(orphans)} rows of {tables} refer to rows that are not there"
        yield Finding("database", "broken", seen, "`dailies restore` a backup")
    else:
        yield Finding("database", "good", f"{url}, version {version} of {SCHEMA_VERSION}, whole")


def _disk(patient: Patient) -> Iterator[Finding]:
    free, size = free_bytes(patient.settings.archive), database_bytes(patient.engine)
    seen = f"{bytes_text(free)} free; the database takes {bytes_text(size)}"
    if free < max(_LEAST_FREE, 2 * size):
        remedy = (
            "make room: an upgrade and a backup need as much again as the database; `dailies prune` drops old bytes"
        )
        yield Finding("disk", "warning", seen, remedy)
    else:
        yield Finding("disk", "good", seen)


def _locks(patient: Patient) -> Iterator[Finding]:
    with Session(patient.engine) as session:
        held = [(name, holder(session, name)) for name in ("run", "schedule")]
    for name, owner in held:
        if owner is None:
            continue
        row, alive = owner
        seen = f"{name}: process {row.process_id} on {row.host}, since {row.taken_at:%Y-%m-%d %H:%M} UTC"
        if alive:
            yield Finding("lock", "good", seen)
        else:
            remedy = "none needed: the next one takes over, and goes on where it was killed"
            yield Finding("lock", "warning", f"{seen}, is gone", remedy)


def _archive(patient: Patient) -> Iterator[Finding]:
    folder = patient.settings.archive
    with Session(patient.engine) as session:
        missing = archive_files.troubles(session, folder)
        unused = archive_files.unused_files(session, folder)
    for trouble in missing[:_SHOWN]:
        remedy = "put the file back from a copy; text and claims are kept, but its pages cannot be read again"
        yield Finding(
            "archive", "broken", f"{folder / trouble.file} ({trouble.records} records) {trouble.problem}", remedy
        )
    if len(missing) > _SHOWN:
        yield Finding("archive", "broken", f"and {len(missing) - _SHOWN} more files", "as above")
    if unused:
        yield Finding(
            "archive", "warning", f"{len(unused)} files that nothing refers to", "`dailies prune` deletes them"
        )
    damaged = list(_damaged(patient)) if patient.thorough else []
    yield from damaged[:_SHOWN]
    if not (missing or unused or damaged):
        yield Finding("archive", "good", f"{len(archive_files.archive_files(folder))} files in {folder}")


def _damaged(patient: Patient) -> Iterator[Finding]:
    with Session(patient.engine) as session:
        pointers = session.exec(
            select(CaptureRow.archive_file, CaptureRow.archive_offset).where(col(CaptureRow.dropped_at).is_(None))
        ).all()
    with Archive(patient.settings.archive) as archive:
        for file, offset in pointers:
            try:
                archive.read(CapturePointer(file, offset))
            except ArchiveError as error:
                yield Finding("archive", "broken", str(error), "put the file back from a copy")


def _clock(patient: Patient) -> Iterator[Finding]:
    with Session(patient.engine) as session:
        newest = session.exec(select(func.max(RunRow.started_at))).one()
    try:
        zone = schedule_settings().zone
    except UsageError as error:
        yield Finding("clock", "broken", str(error), "set it, or unset it")
        return
    if newest is not None and newest - patient.now > _AHEAD:
        seen = f"it is {patient.now:%Y-%m-%d %H:%M} UTC, but a run began on {newest:%Y-%m-%d %H:%M}"
        yield Finding("clock", "broken", seen, "set the machine's clock; turn on its time service (NTP)")
    else:
        yield Finding("clock", "good", f"{patient.now.astimezone(zone):%Y-%m-%d %H:%M %Z}")


def _contact(patient: Patient) -> Iterator[Finding]:
    contact = os.environ.get(CONTACT_VARIABLE, "")
    try:
        usable = bool(contact) and bool(checked_contact(contact))
    except UnusableContact as error:
        yield Finding("contact", "broken", str(error), f"set {CONTACT_VARIABLE} to your e-mail address, or unset it")
        return
    if not usable:
        remedy = (
            f"set {CONTACT_VARIABLE} to your e-mail address: servers can then write to you instead of shutting you out"
        )
        yield Finding("contact", "warning", "no contact is set", remedy)
    elif "dailies.example" in PROJECT_PAGE:
        remedy = "put the address of your copy of docs/bot.md into crawlers/bot.py"
        yield Finding("contact", "warning", f"{contact}; the bot's page is a placeholder", remedy)
    else:
        yield Finding("contact", "good", contact)


def _runs(patient: Patient) -> Iterator[Finding]:
    with Session(patient.engine) as session:
        runs = last_runs(session, 1)
        working = holder(session, "run")
        due = session.exec(select(func.min(ScheduleJobRow.next_run_time))).one()
    if not runs:
        yield Finding("runs", "warning", "no run yet", "`dailies run` performs one")
        return
    last = runs[0]
    began = f"the last one began on {last.started_at:%Y-%m-%d %H:%M} UTC"
    if last.outcome is None and not (working and working[1]):
        yield Finding("runs", "warning", f"{began} and was killed", "`dailies run` goes on where it stopped")
    elif patient.now - last.started_at > _LATE:
        yield Finding("runs", "warning", began, "`dailies schedule` runs daily; see docs/operations.md")
    else:
        yield Finding("runs", "good", began)
    if due is not None and patient.now - datetime.fromtimestamp(due, UTC) > _LATE:
        yield Finding("schedule", "warning", "it is not at work, and late", "`dailies schedule` makes up for it")


def _sources(patient: Patient) -> Iterator[Finding]:
    try:
        on = {source.key for source in all_sources(patient.settings) if source.enabled}
    except UsageError as error:
        yield Finding("sources", "broken", str(error), "as it says")
        return
    except CatalogueError as error:
        yield Finding("sources", "broken", str(error), "mend the file")
        return
    with Session(patient.engine) as session:
        days = source_days(session, patient.now - timedelta(days=DAYS_LOOKED_AT))
    states = {key: rhythm_of(told) for key, told in days.items() if key in on and told}
    troubled = {key: rhythm for key, rhythm in states.items() if rhythm.state in ("failing", "silent")}
    for key, rhythm in list(troubled.items())[:_SHOWN]:
        remedy = f"`dailies sources test {key}` shows what it answers; mend its file, or say `enabled: false`"
        yield Finding(
            "sources", "warning", f"{key} is {rhythm.state} since {rhythm.since} {rhythm.outcome}".strip(), remedy
        )
    if len(troubled) > _SHOWN:
        yield Finding("sources", "warning", f"and {len(troubled) - _SHOWN} more", "`dailies status` lists them")
    never = [key for key, rhythm in states.items() if rhythm.state == "unverified"]
    told = f"{len(on)} are on" + (f"; never reached: {', '.join(never[:_SHOWN])}" if never else "")
    if not troubled:
        yield Finding("sources", "good", told)


def _messages(patient: Patient) -> Iterator[Finding]:
    try:
        addresses = len(notice_settings().addresses)
    except UsageError as error:
        if find_spec("apprise") is None:
            remedy = ".venv/bin/pip install -e '.[notify]', where Dailies was cloned to"
        else:
            remedy = "write the variable as docs/operations.md shows, or unset it"
        yield Finding("messages", "broken", str(error), remedy)
        return
    with Session(patient.engine) as session:
        failed = not_delivered(session)
    if failed:
        yield Finding(
            "messages", "warning", f"{len(failed)} not delivered: {failed[-1].detail}", "check DAILIES_NOTIFY"
        )
    else:
        yield Finding("messages", "good", f"to {addresses} addresses")


def _dependencies(patient: Patient) -> Iterator[Finding]:
    missing = []
    for requirement in importlib.metadata.requires("dailies") or ():
        name = re.split(r"[\s;\[<>=!~]", requirement)[0]
        if "extra ==" in requirement:
            continue
        try:
            importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        remedy = ".venv/bin/pip install -r requirements.lock"
        yield Finding("dependencies", "broken", f"missing: {', '.join(missing)}", remedy)
    else:
        yield Finding("dependencies", "good", "all there")


CHECKS: tuple[Callable[[Patient], Iterator[Finding]], ...] = (
    *(_database, _disk, _locks, _archive, _clock, _contact, _runs, _sources, _messages, _dependencies),
)
