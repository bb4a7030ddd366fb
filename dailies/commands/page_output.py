"""Where a timeline, a brief or another page goes: standard output, in UTF-8, folded to the terminal if there is one."""

from __future__ import annotations

import shutil
import sys
from typing import Any

from sqlalchemy import Engine

from dailies.commands.output import as_utf8
from dailies.facts.bundled import bring_up_to_date
from dailies.settings import settings_for
from db.connection.engine import open_database

_WIDEST = 110
"""Columns after which lines are hard to read, however wide the terminal."""


def open_to_read(db: str | None) -> Engine:
    """The database of `--db`, real or sample, up to date and with what is bundled in it.

    Raises db.errors.NoDatabase where there is none.
    """
    engine = open_database(settings_for(db).database_url, must_exist=True)
    bring_up_to_date(engine)
    return engine


def print_report(name: str, report: Any, format: str) -> None:
    """Print a report in a format of `dailies.command_line.options.PageFormat`; see `reports.rendering.write_report`."""
    from reports.rendering import write_report

    width = min(shutil.get_terminal_size().columns, _WIDEST) if sys.stdout.isatty() else None
    as_utf8(sys.stdout).write(write_report(name, report, format, width=width))
    sys.stdout.flush()
