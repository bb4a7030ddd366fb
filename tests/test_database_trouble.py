"""What can go wrong with a database: one line that says what, where and the remedy, and nothing lost or doubled."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic.command import upgrade
from alembic.config import Config
from sqlalchemy import event, make_url, text
from sqlmodel import Session, select
from typer.testing import CliRunner

from dailies.cli import app
from db.connection import engine as engine_module
from db.connection.engine import SCHEMA_VERSION, open_database, writing
from db.connection.errors import AlreadyRunning, DatabaseError, NoDatabase
from db.connection.run_lock import run_lock
from db.schema.run_tables import RunLockRow
from db.schema.tables import CompanyRow, DatabaseMark


def add_company(engine, key, name="Name"):
    with writing(engine) as session:
        session.add(CompanyRow(key=key, name=name))


def companies(engine):
    with Session(engine) as session:
        return list(session.exec(select(CompanyRow.key).order_by(CompanyRow.key)))


def test_a_full_disk_keeps_nothing_of_the_step_and_everything_before(tmp_path):
    url = f"sqlite:///{tmp_path}/full.db"
    engine = open_database(url)
    add_company(engine, "before")
    pages = sqlite3.connect(tmp_path / "full.db").execute("PRAGMA page_count").fetchone()[0]
    event.listen(engine, "connect", lambda connection, _: connection.execute(f"PRAGMA max_page_count={pages + 3}"))
    engine.dispose()

    with pytest.raises(DatabaseError, match=r"full\.db is full, or its disk is: .* make room and run again"):
        add_company(engine, "after", "x" * 1_000_000)

    assert companies(open_database(url)) == ["before"]


def test_a_read_only_database_can_be_read_and_says_that_it_cannot_be_written(tmp_path):
    add_company(open_database(f"sqlite:///{tmp_path}/kept.db"), "before")
    engine = open_database(f"sqlite:///file:{tmp_path}/kept.db?mode=ro&uri=true")

    with pytest.raises(DatabaseError, match=r"kept\.db.* is read-only: nothing was changed; give yourself the right"):
        add_company(engine, "after")

    assert companies(engine) == ["before"]


def test_a_database_that_is_none_is_named(tmp_path):
    (tmp_path / "letter.db").write_text("Dear reader, " * 1000)
    with pytest.raises(DatabaseError, match=r"letter\.db is no SQLite database, or damaged; choose another with --db"):
        open_database(f"sqlite:///{tmp_path}/letter.db")


def test_a_damaged_database_is_named(tmp_path):
    engine = open_database(f"sqlite:///{tmp_path}/torn.db")
    with writing(engine) as session:
        session.add_all(CompanyRow(key=f"{number:05}", name="x" * 200) for number in range(500))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    file = tmp_path / "torn.db"
    size = file.stat().st_size
    with file.open("r+b") as bytes_:
        bytes_.seek(size // 2)
        bytes_.write(b"\xa5" * (size // 2))

    with pytest.raises(DatabaseError, match=r"torn\.db is damaged; restore a backup"):
        companies(open_database(f"sqlite:///{file}"))


@pytest.mark.parametrize(
    "command", [["companies"], ["status"], ["why", "c0123456789abcdef"], ["process"], ["sources", "list"], ["backup"]]
)
def test_a_misspelt_database_is_not_made_by_those_who_only_read(tmp_path, command):
    """`dailies companies --db data/dmeo.db` made a database and answered from it with 109 companies."""
    done = CliRunner().invoke(app, [*command, "--db", str(tmp_path / "folder" / "dmeo.db")])

    assert isinstance(done.exception, NoDatabase)
    assert str(done.exception) == (
        f"no database at sqlite:///{tmp_path}/folder/dmeo.db; check --db, or let `dailies init` make one"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [["status"], ["process"]])
def test_a_misspelt_database_beside_others_is_made_but_not_silently(tmp_path, command):
    """Any command that needs a database makes it; `--db data/dmeo.db` must not look like the one that was meant."""
    done = CliRunner().invoke(app, [*command, "--db", str(tmp_path / "dmeo.db")])

    assert done.exit_code == 0
    assert done.stderr.startswith(
        f"no database at sqlite:///{tmp_path}/dmeo.db: made a new one, with the bundled history in it. "
        "If you meant another, check --db.\n"
    )


def test_an_empty_database_is_none_to_those_who_only_read(no_database_url):
    if no_database_url.startswith("sqlite"):
        Path(no_database_url.removeprefix("sqlite:///")).touch()
    with pytest.raises(NoDatabase, match="no database at"):
        open_database(no_database_url, must_exist=True)

    open_database(no_database_url).dispose()
    open_database(no_database_url, must_exist=True).dispose()


def test_sources_are_listed_before_there_is_a_database(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["sources", "list", "--format", "csv"])

    assert (done.exit_code, "techcrunch" in done.stdout, list(tmp_path.iterdir())) == (0, True, [])


def test_another_programs_database_is_left_alone(no_database_url):
    engine = engine_module._engine(make_url(no_database_url))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE songs (title VARCHAR)"))
    with pytest.raises(DatabaseError, match="holds another program's tables; choose another with --db"):
        open_database(no_database_url)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("dailies", "not a database's URL: 'dailies'; write sqlite:///path"),
        ("oracle+unheard://x/y", "not a database's URL"),
        ("mysql+pymysql://me:secret@host/name", r"mysql\+pymysql://me:\*\*\*@host/name: .* SQLite and PostgreSQL only"),
        (
            "postgresql://me:secret@/name?host=/nowhere",
            r"postgresql://me:\*\*\*@/name\S* cannot be reached; check",
        ),
        ("sqlite:////proc/none/some.db", "cannot make the folder of sqlite:////proc/none/some.db"),
    ],
)
def test_a_database_that_cannot_be_opened_is_one_line_without_the_password(url, message):
    with pytest.raises(DatabaseError, match=message) as caught:
        open_database(url)
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_database_missing_on_the_server_is_named(postgresql):
    url = make_url(postgresql).set(database="nobody_made_it").render_as_string(hide_password=False)
    with pytest.raises(DatabaseError, match=r'cannot be reached.*database "nobody_made_it" does not exist'):
        open_database(url)


def test_a_writer_waits_for_its_turn_and_then_gives_up_in_one_line(tmp_path, monkeypatch):
    monkeypatch.setattr(engine_module, "WAIT_FOR_WRITER_SECONDS", 0.2)
    url = f"sqlite:///{tmp_path}/busy.db"
    one, other = open_database(url), open_database(url)
    with (
        writing(one) as session,
        pytest.raises(DatabaseError, match=r"busy\.db is being written to by another process, and has been for too"),
    ):
        session.add(CompanyRow(key="one", name="One"))
        session.flush()
        add_company(other, "other")
    add_company(other, "other")
    assert companies(other) == ["one", "other"]


def test_a_reader_sees_one_state_of_the_database(no_database_url):
    engine = open_database(no_database_url)
    add_company(engine, "first")
    with Session(engine) as reading:
        before = list(reading.exec(select(CompanyRow.key)))
        add_company(engine, "second")
        after = list(reading.exec(select(CompanyRow.key)))
    assert (before, after) == (["first"], ["first"])
    assert companies(engine) == ["first", "second"]


COUNT_UP = """
import sys
from db.connection.engine import SCHEMA_VERSION, open_database, writing
from db.schema.tables import CompanyRow
engine = open_database(sys.argv[1], "real")
for number in range(50):
    with writing(engine) as session:
        company = session.get(CompanyRow, "counter", with_for_update=True)
        company.name = str(int(company.name) + 1)
"""


@pytest.mark.check
def test_two_processes_that_write_at_once_lose_nothing(no_database_url):
    engine = open_database(no_database_url, "real")
    add_company(engine, "counter", "0")
    writers = [subprocess.Popen([sys.executable, "-c", COUNT_UP, no_database_url]) for _ in range(2)]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    with Session(engine) as session:
        assert session.get_one(CompanyRow, "counter").name == "100"


OPEN = "import sys; from db.connection.engine import open_database; open_database(sys.argv[1], 'real')"


@pytest.mark.check
def test_processes_that_create_a_database_at_once_create_it_once(no_database_url):
    makers = [subprocess.Popen([sys.executable, "-c", OPEN, no_database_url]) for _ in range(4)]
    assert [maker.wait(60) for maker in makers] == [0, 0, 0, 0]
    with Session(open_database(no_database_url, "real")) as session:
        assert [mark.kind for mark in session.exec(select(DatabaseMark))] == ["real"]


def old_database(file):
    """A database as an earlier version left it."""
    engine = engine_module._engine(make_url(f"sqlite:///{file}"))
    config = Config()
    config.set_main_option("script_location", str(engine_module.MIGRATIONS))
    with writing(engine) as session:
        config.attributes["connection"] = session.connection()
        upgrade(config, "0003")
    engine.dispose()
    return f"sqlite:///{file}"


@pytest.mark.check
def test_processes_that_upgrade_a_database_at_once_back_it_up_once(tmp_path):
    url = old_database(tmp_path / "old.db")
    openers = [subprocess.Popen([sys.executable, "-c", OPEN, url]) for _ in range(4)]
    assert [opener.wait(100) for opener in openers] == [0, 0, 0, 0]
    assert [path.name for path in tmp_path.glob("old.before*")] == [f"old.before-{SCHEMA_VERSION}-from-0003.db"]


def test_a_backup_that_cannot_be_made_stops_the_upgrade_in_one_line(tmp_path):
    url = old_database(tmp_path / "old.db")
    (tmp_path / f"old.before-{SCHEMA_VERSION}-from-0003.db.unfinished").mkdir()
    with pytest.raises(DatabaseError, match=r"old\.db cannot be backed up before its upgrade .* make room beside it"):
        open_database(url)
    assert sqlite3.connect(tmp_path / "old.db").execute("SELECT * FROM alembic_version").fetchall() == [("0003",)]


DIE_BEFORE = """
import os, signal, sys
from sqlalchemy import Engine, event
from db.connection.engine import open_database

@event.listens_for(Engine, "before_cursor_execute")
def die(connection, cursor, statement, *_):
    if sys.argv[2] in statement:
        os.kill(os.getpid(), signal.SIGKILL)

open_database(sys.argv[1], "real")
"""


@pytest.mark.parametrize("statement", ["CREATE TABLE claim", "INTO alembic_version", "INTO database_mark"])
def test_a_kill_while_the_database_is_created_leaves_nothing_half_made(statement, no_database_url):
    killed = subprocess.run([sys.executable, "-c", DIE_BEFORE, no_database_url, statement], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert companies(open_database(no_database_url, "real")) == []


def test_a_backup_is_made_before_an_upgrade(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path}/old.db"
    engine = open_database(url)
    add_company(engine, "kept")
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    monkeypatch.setattr("alembic.command.upgrade", lambda *_: None)

    open_database(url)

    assert sorted(path.name for path in tmp_path.glob("old.before*")) == [f"old.before-{SCHEMA_VERSION}-from-0000.db"]
    backup = sqlite3.connect(tmp_path / f"old.before-{SCHEMA_VERSION}-from-0000.db")
    assert backup.execute("SELECT key FROM company").fetchall() == [("kept",)]


HOLD = """
import sys, time
from db.connection.engine import open_database
from db.connection.run_lock import run_lock
with run_lock(open_database(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_run_lock_is_held_by_one_process_and_stolen_from_a_dead_one(no_database_url):
    engine = open_database(no_database_url)
    holder = subprocess.Popen([sys.executable, "-c", HOLD, no_database_url], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"

    with pytest.raises(AlreadyRunning, match=f"process {holder.pid} on .* has been running"), run_lock(engine):
        pass
    holder.kill()
    holder.communicate()
    with run_lock(engine), Session(engine) as session:
        assert [row.process_id for row in session.exec(select(RunLockRow))] == [os.getpid()]
    with Session(engine) as session:
        assert list(session.exec(select(RunLockRow))) == []


RACE = """
import sys, time
from db.connection.engine import open_database
from db.connection.errors import AlreadyRunning
from db.connection.run_lock import run_lock
engine = open_database(sys.argv[1])
time.sleep(max(0, float(sys.argv[2]) - time.time()))
try:
    with run_lock(engine):
        print("held", flush=True)
        time.sleep(1.5)
except AlreadyRunning:
    print("refused", flush=True)
"""


@pytest.mark.check
def test_of_processes_that_start_in_the_same_moment_one_runs(no_database_url):
    open_database(no_database_url)
    start = str(time.time() + 1.5)
    racers = [
        subprocess.Popen([sys.executable, "-c", RACE, no_database_url, start], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    assert sorted(racer.communicate(timeout=60)[0] for racer in racers) == ["held\n", "refused\n", "refused\n"]


def set_owner(engine, **values):
    with engine.begin() as connection:
        names = ", ".join(f"{name} = :{name}" for name in values)
        connection.execute(text(f"UPDATE run_lock SET {names}"), values)


@pytest.mark.parametrize(("minutes", "believed"), [(2, True), (11, False)])
def test_a_lock_of_another_machine_is_stolen_when_its_heartbeat_is_stale(minutes, believed, tmp_path):
    engine = open_database(f"sqlite:///{tmp_path}/dailies.db")
    beat = f"{datetime.now(UTC) - timedelta(minutes=minutes):%Y-%m-%d %H:%M:%S.%f}"
    lost = threading.Event()
    with run_lock(engine, on_lost=lost.set):
        set_owner(engine, host="elsewhere", beat_at=beat)
        if believed:
            with pytest.raises(AlreadyRunning, match="on elsewhere"), run_lock(engine):
                pass
        else:
            with run_lock(engine), Session(engine) as session:
                assert session.exec(select(RunLockRow)).one().host != "elsewhere"


def test_whoever_loses_the_lock_is_told_and_leaves_the_new_owner_alone(tmp_path, monkeypatch):
    monkeypatch.setattr("db.connection.run_lock.SECONDS_BETWEEN_BEATS", 0.05)
    engine = open_database(f"sqlite:///{tmp_path}/dailies.db")
    lost = threading.Event()
    with run_lock(engine, on_lost=lost.set):
        set_owner(engine, token="somebody else's")
        assert lost.wait(10)
    with Session(engine) as session:
        assert session.exec(select(RunLockRow)).one().token == "somebody else's"


def test_whoever_loses_the_servers_connection_loses_the_lock(postgresql_url, monkeypatch):
    monkeypatch.setattr("db.connection.run_lock.SECONDS_BETWEEN_BEATS", 0.05)
    engine, other = open_database(postgresql_url), open_database(postgresql_url)
    lost = threading.Event()
    with run_lock(engine, on_lost=lost.set):
        with pytest.raises(AlreadyRunning), run_lock(other):
            pass
        with other.begin() as connection:
            holders = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
            connection.execute(text(holders))
        assert lost.wait(10)
        with run_lock(other):
            pass


def test_a_copied_database_can_be_opened_elsewhere(tmp_path: Path):
    engine = open_database(f"sqlite:///{tmp_path}/one.db")
    add_company(engine, "kept")
    engine.dispose()
    shutil.copy(tmp_path / "one.db", tmp_path / "two.db")
    assert companies(open_database(f"sqlite:///{tmp_path}/two.db")) == ["kept"]
