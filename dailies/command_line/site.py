"""The command line of what is published."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dailies.command_line.options import Database

Out = Annotated[Path, typer.Option(help="Where reports go; the site is the folder `site` in it.")]


def site(db: Database = None, out: Out = Path("out")) -> None:
    """Write the site: the week, tables, a page per company, investor and fact; only what changed is written."""
    from dailies.commands import site as command

    command.site(db, out)


def serve(
    db: Database = None,
    out: Out = Path("out"),
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 8000,
) -> None:
    """Write the site and show it on loopback, to this machine alone, until Ctrl-C."""
    from dailies.commands import site as command

    command.serve(db, out, port)


def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder; files of an earlier export are replaced.")],
    db: Database = None,
) -> None:
    """Everything as CSV and Parquet, with the data dictionary and a manifest of hashes."""
    from dailies.commands import export as command

    command.export(db, folder)


COMMANDS = (site, serve, export)
"""In the order in which help lists them."""
