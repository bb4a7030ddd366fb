"""The schedule: each day once by the user's clock, what was missed once, one job at a time, and a stop that saves."""

from __future__ import annotations

import itertools
import json
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, select

from dailies import schedule as schedule_module
from dailies.failures import UsageError
from dailies.local_clock import LocalTime
from dailies.schedule import Schedule
from dailies.schedule_jobs import job_named, jobs_of
from dailies.schedule_settings import ScheduleSettings, schedule_settings
from dailies.settings import settings_for
from db.connection.engine import open_database
from db.connection.errors import AlreadyRunning
from db.connection.run_lock import run_lock
from db.nouns.source import SourceFields
from db.schema.run_tables import ScheduleJobRow
from tests.new_databases import new_sqlite

BERLIN = ScheduleSettings(ZoneInfo("Europe/Berlin"), clock(6, 30), clock(8, 30))
SOURCES = [
    SourceFields(key="reel", title="Reel", kind="rss", url="https://reel.example/feed", language="en"),
    SourceFields(key="wire", title="Wire", kind="rss", url="https://wire.example/", language="en", every_hours=3),
]
WORKER = """
import sys, time
from pathlib import Path
Path(sys.argv[1]).open("a").write(f"{sys.argv[2]} {time.time()} ")
time.sleep(float(sys.argv[3]))
Path(sys.argv[1]).open("a").write(f"{time.time()}\\n")
"""


@pytest.fixture
def engine(tmp_path):
    return open_database(new_sqlite(tmp_path / "dailies.db"), "real")


@pytest.fixture
def work(tmp_path, monkeypatch):
    """Jobs that only note when they began and ended; how long each takes can be set."""
    seconds = {"daily": 0.05}

    def start(name, database_url, out, readers, log):
        arguments = [str(tmp_path / "done"), name, str(seconds.get(name, 0.05))]
        return subprocess.Popen([sys.executable, "-c", WORKER, *arguments])

    monkeypatch.setattr(schedule_module, "start_job", start)
    monkeypatch.setattr(schedule_module, "SECONDS_BETWEEN_LOOKS", 0.1)
    return seconds


@contextmanager
def running(engine, settings=BERLIN, sources=SOURCES):
    """A schedule at work in this process."""
    made = Schedule(engine, settings_for(str(engine.url)), settings, sources)
    # signals belong to the main thread, and pytest is in it
    thread = threading.Thread(target=run_without_signals, args=(made,))
    thread.start()
    try:
        yield made
    finally:
        made.stop()
        thread.join(20)
    assert not thread.is_alive()


def run_without_signals(made):
    before = schedule_module.signal.signal
    schedule_module.signal.signal = lambda *_: signal.SIG_DFL
    try:
        made.run()
    finally:
        schedule_module.signal.signal = before


def done(tmp_path):
    """The jobs done so far: name, begin, end."""
    file = tmp_path / "done"
    return [line.split() for line in file.read_text().splitlines()] if file.exists() else []


def wait_for(condition, seconds=15):
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert condition()


def stored(engine):
    with Session(engine) as session:
        return {row.id: row.next_run_time for row in session.exec(select(ScheduleJobRow))}


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe", "UTC"])
@pytest.mark.parametrize("at", [clock(0, 0), clock(1, 30), clock(2, 0), clock(2, 30), clock(6, 30), clock(23, 59)])
def test_every_day_of_the_year_once_by_the_local_clock(zone, at):
    place = ZoneInfo(zone)
    trigger = LocalTime(at, place)

    moments, moment = [], None
    for _ in range(365):
        moment = trigger.get_next_fire_time(moment, datetime(2026, 1, 1, tzinfo=place))
        moments.append(moment)

    days = [each.date() for each in moments]
    assert days == [datetime(2026, 1, 1).date() + timedelta(days=number) for number in range(365)]
    assert moments == sorted(moments, key=lambda each: each.astimezone(UTC))
    assert Counter((each.hour, each.minute) for each in moments)[at.hour, at.minute] >= 364


def test_the_brief_is_due_on_mondays_by_the_users_clock():
    trigger = LocalTime(clock(8, 30), ZoneInfo("Asia/Shanghai"), weekday=0)
    first = trigger.get_next_fire_time(None, datetime(2026, 3, 27, tzinfo=UTC))
    assert first.isoformat() == "2026-03-30T08:30:00+08:00"
    assert trigger.get_next_fire_time(first, first).isoformat() == "2026-04-06T08:30:00+08:00"


def test_jobs_follow_the_settings_and_the_sources():
    assert [(job.name, job.when) for job in jobs_of(BERLIN, SOURCES)] == [
        ("daily", "every day at 06:30 Europe/Berlin"),
        ("weekly-brief", "every Monday at 08:30 Europe/Berlin"),
        ("every-3h", "every 3 hours"),
    ]
    with pytest.raises(UsageError, match="no such job: 'dayly'; did you mean daily"):
        job_named("dayly", jobs_of(BERLIN, SOURCES))


@pytest.mark.parametrize(
    ("variable", "value", "message"),
    [
        (
            "DAILIES_TIME_ZONE",
            "Europe/Berln",
            "DAILIES_TIME_ZONE is 'Europe/Berln', which is no time zone; did you mean Eur",
        ),
        ("DAILIES_TIME_ZONE", "Shanghai", "did you mean Asia/Shanghai"),
        ("DAILIES_TIME_ZONE", "../../etc/passwd", "which is no time zone"),
        ("DAILIES_DAILY_AT", "half six", "DAILIES_DAILY_AT is 'half six'; write a time such as 06:30"),
        ("DAILIES_WEEKLY_AT", "25:00", "DAILIES_WEEKLY_AT is '25:00'"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(variable, value, message):
    with pytest.raises(UsageError, match=message):
        schedule_settings({variable: value})


def test_a_schedule_that_slept_through_three_days_runs_once(engine, work, tmp_path):
    with running(engine):
        wait_for(lambda: "daily" in stored(engine))
    assert done(tmp_path) == []
    slept(engine, "daily", days=3)

    with running(engine):
        wait_for(lambda: len(done(tmp_path)) == 1)
        time.sleep(0.5)

    assert [name for name, *_ in done(tmp_path)] == ["daily"]
    assert stored(engine)["daily"] > time.time()


def slept(engine, name, **ago):
    """Set a stored job back, in both places where APScheduler keeps its moment."""
    with Session(engine) as session, session.begin():
        row = session.get_one(ScheduleJobRow, name)
        state = pickle.loads(row.job_state)
        state["next_run_time"] -= timedelta(**ago)
        row.job_state, row.next_run_time = pickle.dumps(state), state["next_run_time"].timestamp()


def test_jobs_due_at_the_same_moment_run_one_after_the_other(engine, work, tmp_path):
    work.update({"daily": 0.4, "every-3h": 0.4, "weekly-brief": 0.4})
    with running(engine):
        wait_for(lambda: len(stored(engine)) == 3)
    for name in list(stored(engine)):
        slept(engine, name, days=8)

    with running(engine):
        wait_for(lambda: len(done(tmp_path)) == 3 and all(len(line) == 3 for line in done(tmp_path)))

    times = sorted((float(began), float(ended)) for _, began, ended in done(tmp_path))
    assert [later >= end for (_, end), (later, _) in itertools.pairwise(times)] == [True, True]


def test_a_job_whose_time_did_not_change_keeps_its_moment_and_one_that_is_gone_leaves(engine, work):
    with running(engine):
        wait_for(lambda: len(stored(engine)) == 3)
    before = stored(engine)
    later = ScheduleSettings(BERLIN.zone, clock(7, 45), BERLIN.weekly_at)
    with running(engine, later, SOURCES[:1]):
        wait_for(lambda: len(stored(engine)) == 2 and stored(engine)["daily"] != before["daily"])
    after = stored(engine)
    assert after["weekly-brief"] == before["weekly-brief"]
    assert datetime.fromtimestamp(after["daily"], BERLIN.zone).time() == clock(7, 45)


@pytest.mark.check
def test_start_it_twice_at_once_and_the_second_is_refused(database_url, work):
    engine = open_database(database_url, "real")
    with running(engine):
        wait_for(lambda: len(stored(engine)) == 3)
        other = subprocess.run(
            [sys.executable, "-m", "dailies.cli", "schedule", "--db", database_url],
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert other.returncode == 1
    assert f"process {os.getpid()} on " in other.stderr
    assert "a second one would do everything twice: stop one" in other.stderr


def test_a_stop_asks_the_job_under_way_and_waits_for_it(engine, tmp_path, monkeypatch):
    graceful = (
        "import signal, sys, time; from pathlib import Path; signal.signal(signal.SIGTERM, lambda *_: sys.exit(0));"
        "\ntry:\n Path(sys.argv[1]).touch(); time.sleep(60)\nfinally:\n time.sleep(0.3); Path(sys.argv[1]).write_text('saved')"
    )
    monkeypatch.setattr(
        schedule_module,
        "start_job",
        lambda *_: subprocess.Popen([sys.executable, "-c", graceful, str(tmp_path / "state")]),
    )
    with running(engine):
        wait_for(lambda: len(stored(engine)) == 3)
    slept(engine, "daily", days=1)
    with running(engine):
        wait_for((tmp_path / "state").exists)
    assert (tmp_path / "state").read_text() == "saved"


@pytest.mark.check
def test_the_command_stops_on_sigterm_and_lists_its_jobs(tmp_path):
    url = f"sqlite:///{tmp_path}/dailies.db"
    environment = {**os.environ, "DAILIES_TIME_ZONE": "Asia/Shanghai", "DAILIES_DAILY_AT": "07:00"}
    command = [sys.executable, "-m", "dailies.cli", "schedule"]
    at_work = subprocess.Popen([*command, "--db", url], env=environment, stderr=subprocess.PIPE, text=True)
    try:
        said = [at_work.stderr.readline() for _ in range(2)]
        listed = subprocess.run(
            [*command, "list", "--db", url, "--format", "json"], env=environment, capture_output=True, text=True
        )
    finally:
        at_work.send_signal(signal.SIGTERM)
        assert at_work.wait(20) == 0
    assert any(line.startswith("daily: every day at 07:00 Asia/Shanghai, next on ") for line in said)
    jobs = json.loads(listed.stdout)["rows"]
    assert [job["job"] for job in jobs] == ["daily", "weekly-brief"]
    assert {job["next_at"][11:16] for job in jobs} == {"23:00", "00:30"}
    assert f"At work: process {at_work.pid} on " in listed.stderr


def test_a_run_on_a_locked_database_is_refused(engine, tmp_path):
    with run_lock(engine), pytest.raises(AlreadyRunning, match="wait for it, or stop it"), run_lock(engine):
        pass
