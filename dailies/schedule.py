"""The schedule at work: APScheduler over a job store in the database, each job a process, one at a time."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType
from typing import Any

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import Engine

from dailies.schedule_child import start_job
from dailies.schedule_jobs import Job, jobs_of, trigger_of
from dailies.schedule_settings import ScheduleSettings
from dailies.settings import Settings
from db.connection.run_lock import run_lock
from db.nouns.source import SourceFields
from db.schema.run_tables import ScheduleJobRow

SECONDS_BETWEEN_LOOKS = 30.0
"""A machine that was suspended finds out so late, at most: its timers stood still, its clock did not."""
LOG = "schedule.log"
_DONE = frozenset({0, 3})
_at_work: Schedule | None = None
"""The one schedule of this process: what the job store keeps of a job is its name only."""


class Schedule:
    """Every job of one database. What was missed while nobody ran is done once; no two jobs run at the same time."""

    def __init__(
        self, engine: Engine, settings: Settings, schedule: ScheduleSettings, sources: Sequence[SourceFields]
    ) -> None:
        self._engine = engine
        self._settings = settings
        self._schedule = schedule
        self._jobs = jobs_of(schedule, sources)
        self._stop = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        """Work until SIGTERM or Ctrl-C; a job under way then saves what it has, and is waited for.

        Raises AlreadyRunning where the database already has a schedule.
        """
        global _at_work
        with run_lock(self._engine, "schedule", on_lost=self.stop):
            _at_work = self
            before = {number: signal.signal(number, self._receive) for number in (signal.SIGINT, signal.SIGTERM)}
            scheduler = self._scheduler()
            try:
                while not self._stop.wait(SECONDS_BETWEEN_LOOKS):
                    scheduler.wakeup()
            finally:
                scheduler.shutdown(wait=True)
                for number, handler in before.items():
                    signal.signal(number, handler)
                _at_work = None

    def stop(self) -> None:
        """Ask for the end: no further job; the one under way is asked to stop as well."""
        self._stop.set()
        self._signal_child(signal.SIGTERM)

    def perform(self, name: str) -> None:
        """Carry out one job in a process of its own, and say how it went."""
        if self._stop.is_set():
            return
        began = time.monotonic()
        log = self._settings.logs / LOG
        try:
            with start_job(
                name, self._settings.database_url, self._settings.out, self._settings.readers, log
            ) as self._child:
                _say(f"{name}: started")
                if self._stop.is_set():  # asked in the very moment it started
                    self._signal_child(signal.SIGTERM)
                code = self._child.wait()
        except OSError as error:
            _say(f"{name}: could not start: {error}")
            return
        finally:
            self._child = None
        took = f"{(time.monotonic() - began) / 60:.1f} min"
        how = f"done in {took}" if code in _DONE else f"failed after {took} with code {code}"
        _say(f"{name}: {'stopped' if self._stop.is_set() else how}; its words are in {log}")

    def _scheduler(self) -> BackgroundScheduler:
        """A running scheduler whose store holds exactly today's jobs; jobs that did not change keep their next time."""
        scheduler = BackgroundScheduler(
            jobstores={
                "default": SQLAlchemyJobStore(engine=self._engine, tablename=ScheduleJobRow.__tablename__),
            },
            executors={"default": ThreadPoolExecutor(1)},
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
            timezone=self._schedule.zone,
        )
        scheduler.start(paused=True)
        stored = {job.id: job for job in scheduler.get_jobs()}
        for job in self._jobs:
            if job.name not in stored or stored[job.name].name != job.when:
                self._enter(scheduler, job)
        for name in stored.keys() - {job.name for job in self._jobs}:
            scheduler.remove_job(name)
        for kept in scheduler.get_jobs():
            _say(f"{kept.id}: {kept.name}, next on {kept.next_run_time:%Y-%m-%d %H:%M %Z}")
        scheduler.resume()
        return scheduler

    def _enter(self, scheduler: BackgroundScheduler, job: Job) -> None:
        scheduler.add_job(
            perform_job,
            trigger_of(job, self._schedule),
            args=[job.name],
            id=job.name,
            name=job.when,
            replace_existing=True,
        )

    def _receive(self, _number: int, _frame: FrameType | None) -> None:
        if self._stop.is_set():
            self._signal_child(signal.SIGKILL)
        self.stop()

    def _signal_child(self, number: int) -> None:
        child: Any = self._child
        if child is not None:
            with suppress(ProcessLookupError):
                child.send_signal(number)


def perform_job(name: str) -> None:
    """What the job store calls by its dotted name."""
    if _at_work is not None:
        _at_work.perform(name)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
