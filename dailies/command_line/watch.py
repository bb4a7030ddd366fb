"""The command line of `dailies watch`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from dailies.command_line.options import Database, Listing, ListingFormat

watch = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Companies, investors and segments one follows; messages of them."
)


class Kind(StrEnum):
    """What can be followed."""

    company = "company"
    investor = "investor"
    segment = "segment"


_Names = Annotated[list[str], typer.Argument(metavar="NAME...", help="By any of their names, such as Runway.")]
_Kind = Annotated[Kind | None, typer.Option("--kind", help="Where a name is more than one of them.")]


@watch.command()
def add(names: _Names, kind: _Kind = None, db: Database = None) -> None:
    """Follow them from now on: what is new of them is sent once (docs/operations.md)."""
    from dailies.commands import watch as command

    command.add(db, names, kind.value if kind else None)


@watch.command("list")
def list_(db: Database = None, format: Listing = ListingFormat.table) -> None:
    """Whom one follows."""
    from dailies.commands import watch as command

    command.list_watched(db, format.value)


@watch.command()
def remove(names: _Names, kind: _Kind = None, db: Database = None) -> None:
    """Follow them no more."""
    from dailies.commands import watch as command

    command.remove(db, names, kind.value if kind else None)
