"""Where a timeline, a brief or another page goes: standard output, in UTF-8, folded to the terminal if there is one."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, make_url

from dailies.commands.output import as_utf8
from dailies.facts.bundled import bring_up_to_date
from dailies.settings import Settings, settings_for
from db.connection.database_trouble import hidden
from db.connection.engine import open_database
from db.connection.errors import NoDatabase
from db.schema.tables import DatabaseKind

_WIDEST = 110
"""Columns after which lines are hard to read, however wide the terminal."""


def open_to_read(db: str | None) -> Engine:
    """The database of `--db`, real or sample, up to date and with what is bundled in it; see `open_or_make`."""
    engine = open_or_make(settings_for(db).database_url)
    bring_up_to_date(engine)
    return engine


def open_or_make(url: str, kind: DatabaseKind | None = None) -> Engine:
    """The database at an address. Where there is none, one is made, and standard error says so: it may be misspelt.

    Raises NoDatabase where not even its folder is there, and what `open_database` raises.
    """
    try:
        return open_database(url, kind, must_exist=True)
    except NoDatabase:
        location = make_url(url)
        if url != Settings().database_url and location.database and not Path(location.database).parent.is_dir():
            raise
        sys.stderr.write(
            f"no database at {hidden(location)}: made a new one, with the bundled history in it. "
            "If you meant another, check --db.\n"
        )
    return open_database(url, kind)


def print_report(name: str, report: Any, format: str) -> None:
    """Print a report in a format of `dailies.command_line.options.PageFormat`; see `reports.rendering.write_report`."""
    from reports.rendering import write_report

    width = min(shutil.get_terminal_size().columns, _WIDEST) if sys.stdout.isatty() else None
    as_utf8(sys.stdout).write(write_report(name, report, format, width=width))
    sys.stdout.flush()
