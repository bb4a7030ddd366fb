"""The command line of the daily schedule, and how it went."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dailies.command_line.options import Database, Listing, ListingFormat, Out, Readers


class ScheduleAction(StrEnum):
    """What can be done with the schedule."""

    start = "start"
    list = "list"
    run = "run"


def schedule(
    action: Annotated[
        ScheduleAction, typer.Argument(help="start and stay, list its jobs, or run JOB now.")
    ] = ScheduleAction.start,
    job: Annotated[str | None, typer.Argument(metavar="[JOB]", help="Such as daily or weekly-brief.")] = None,
    db: Database = None,
    out: Out = Path("out"),
    readers: Readers = 1,
    format: Listing = ListingFormat.table,
) -> None:
    """Run daily, and write the brief on Mondays, until stopped (SIGTERM); docs/operations.md."""
    from dailies.commands import schedule as command

    if action is ScheduleAction.list:
        command.list_jobs(db, format.value)
    elif action is ScheduleAction.run:
        raise typer.Exit(command.run_job(db, job or "", out, readers))
    else:
        command.start(db, out, readers)


def status(db: Database = None, format: Listing = ListingFormat.table) -> None:
    """The last runs, how each source went and whether that is its own rhythm, and how everything grows."""
    from dailies.commands.status import status

    status(db, format.value)


COMMANDS = (schedule, status)
"""In the order in which help lists them."""
