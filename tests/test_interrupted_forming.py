"""Storing and forming interrupted at any statement, by a kill or a full disk: the next run ends where none was."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import event, text

from db.connection.engine import open_database
from db.connection.errors import DatabaseError
from tests.claims import claim
from tests.database_rows import NEWS, json_rows
from tests.stored_news import store_article

ROOT = Path(__file__).parents[1]
BEFORE = {"key": "a1", "outlet": "Reel", "published": "2023-06-30"}
AFTER = {"key": "a2", "outlet": "Lens", "published": "2023-06-29"}


def tell_before(engine):
    store_article(engine, claim(amount=141_000_000, on="2023-06"), claim("layoffs"), **BEFORE)


def tell_after(engine):
    """What makes one round of another id of it, supersedes a claim and logs what changed."""
    store_article(
        engine, claim(amount=140_000_000, on="2023-06-29", fields={"investors": ["Google"]}), claim("layoffs"), **AFTER
    )
    store_article(engine, claim(amount=142_000_000, on="2023-06"), claim("valuation", amount=1_500_000_000), **BEFORE)


@pytest.fixture
def undisturbed(tmp_path):
    engine = open_database(f"sqlite:///{tmp_path}/undisturbed.db", "real")
    tell_before(engine)
    tell_after(engine)
    return json_rows(engine, NEWS)


DIE_BEFORE = """
import os, signal, sys
from sqlalchemy import Engine, event
from db.connection.engine import open_database
from tests.test_interrupted_forming import tell_after

engine = open_database(sys.argv[1], "real")

@event.listens_for(engine, "before_cursor_execute")
def die(connection, cursor, statement, *_):
    if sys.argv[2] in statement:
        os.kill(os.getpid(), signal.SIGKILL)

tell_after(engine)
"""
STATEMENTS = (
    "INSERT INTO article_revision", "INSERT INTO claim", "INSERT INTO stale_company", "UPDATE claim",
    "DELETE FROM stale_company", "DELETE FROM fact", "INSERT INTO fact_support", "INSERT INTO change",
    "INSERT INTO fact_renewal",
)  # fmt: skip


@pytest.mark.check
@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_kill_before_any_statement_loses_nothing_and_doubles_nothing(statement, undisturbed, database_url):
    engine = open_database(database_url, "real")
    tell_before(engine)
    command = [sys.executable, "-c", DIE_BEFORE, database_url, statement]

    killed = subprocess.run(command, cwd=ROOT, check=False)
    tell_after(engine)

    assert killed.returncode == -signal.SIGKILL
    assert without_numbers(json_rows(engine, NEWS)) == without_numbers(undisturbed)


def without_numbers(rows):
    """A number that was drawn and never kept leaves a gap on PostgreSQL."""
    return [row.partition('"id": ')[0] + row.partition('"id": ')[2].partition(",")[2] for row in rows]


def tell_much(engine):
    for number in range(3):
        long = claim(amount=141_000_000, on="2023-06-29", sentence=f"Long sentence {number}: " + "money " * 3000)
        store_article(engine, long, key=f"long-{number}", outlet=f"Outlet {number}", published="2023-06-30")


@pytest.mark.check
def test_a_disk_that_is_full_at_any_page_keeps_whole_steps_and_says_so(tmp_path):
    begun = tmp_path / "begun.db"
    engine = open_database(f"sqlite:///{begun}", "real")
    tell_before(engine)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    before = json_rows(engine, NEWS)
    engine.dispose()
    articles_kept, spare = [], 0
    while articles_kept.count(3) == 0:
        shutil.copy(begun, tmp_path / f"{spare}.db")
        engine = open_database(f"sqlite:///{tmp_path}/{spare}.db")
        limit = limit_pages(engine, pages + spare)
        message = ""
        try:
            tell_much(engine)
        except DatabaseError as error:
            message = str(error)
        kept = json_rows(engine, NEWS)
        articles_kept.append(sum("long-" in row and '"table": "article"' in row for row in kept))
        full = "is full, or its disk is: nothing of this step was kept; make room and run again" in message
        assert full == (articles_kept[-1] < 3)
        assert kept == before or articles_kept[-1] > 0
        limit.clear()
        engine.dispose()
        tell_much(engine)
        assert json_rows(engine, NEWS) == all_told(tmp_path)
        engine.dispose()
        spare += 5
    assert set(articles_kept) == {0, 1, 2, 3}


@cache
def all_told(folder):
    engine = open_database(f"sqlite:///{folder}/all.db", "real")
    tell_before(engine)
    tell_much(engine)
    return json_rows(engine, NEWS)


def limit_pages(engine, pages):
    """Connections from now on may use so many pages, until the list that comes back is emptied."""
    limit = [pages]

    def on_connect(connection, _record):
        if limit:
            connection.execute(f"PRAGMA max_page_count={limit[0]}")

    event.listen(engine, "connect", on_connect)
    engine.dispose()
    return limit


def test_a_server_that_takes_no_writes_says_so_and_can_be_read(postgresql_url):
    tell_before(open_database(postgresql_url, "real"))
    engine = open_database(f"{postgresql_url}&options=-c%20default_transaction_read_only%3Don")
    before = json_rows(engine, NEWS)

    with pytest.raises(
        DatabaseError, match=r"is read-only: nothing was changed; use an account, or a server, that may"
    ):
        tell_after(engine)

    assert json_rows(engine, NEWS) == before


@pytest.mark.check
@pytest.mark.parametrize("command", [["companies"], ["timeline", "Runway"]])
def test_a_read_only_file_can_be_read_by_every_listing(command, tmp_path):
    from typer.testing import CliRunner

    from dailies.cli import app
    from dailies.facts.bundled import bring_up_to_date

    engine = open_database(f"sqlite:///{tmp_path}/kept.db", "real")
    bring_up_to_date(engine)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM fact")).scalar()
    engine.dispose()
    url = f"sqlite:///file:{tmp_path}/kept.db?mode=ro&uri=true"

    done = CliRunner().invoke(app, [*command, "--db", url])

    assert (done.exit_code, "Runway" in done.stdout) == (0, True)
