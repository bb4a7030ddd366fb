"""The command line of what keeps a copy well."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dailies.command_line.options import Database, Listing, ListingFormat


def doctor(
    db: Database = None,
    format: Listing = ListingFormat.table,
    thorough: Annotated[bool, typer.Option("--thorough", help="Also read every record of the archive.")] = False,
) -> None:
    """What is broken, and the remedy."""
    from dailies.commands import upkeep

    raise typer.Exit(upkeep.doctor(db, format.value, thorough=thorough))


def backup(
    target: Annotated[
        Path | None,
        typer.Argument(metavar="[FOLDER]", help="Where backups go; default: backups beside the database."),
    ] = None,
    db: Database = None,
    archive: Annotated[bool, typer.Option("--archive", help="Copy the archive's files as well.")] = False,
) -> None:
    """Back up the database, checked, with a list of the archive's files; while others work on it."""
    from dailies.commands import upkeep

    upkeep.backup(db, target, with_archive=archive)


def restore(
    folder: Annotated[Path, typer.Argument(metavar="BACKUP", help="A folder that `dailies backup` made.")],
    db: Database = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the database that is there.")] = False,
) -> None:
    """Put a backup in the place of the database; what was there is kept beside it."""
    from dailies.commands import upkeep

    raise typer.Exit(upkeep.restore(db, folder, force=force))


def prune(
    db: Database = None,
    days: Annotated[int | None, typer.Option(min=1, help="Keep so many days of bytes.")] = None,
) -> None:
    """Delete archived bytes past keeping (DAILIES_ARCHIVE_DAYS); claims, texts and links stay."""
    from dailies.commands import upkeep

    upkeep.prune(db, days)


def purge(
    reason: Annotated[str, typer.Option("--reason", help="Why; kept with the article.")],
    articles: Annotated[list[str] | None, typer.Argument(metavar="KEY|URL", help="Articles.")] = None,
    publisher: Annotated[str | None, typer.Option(help="All articles of this publisher.")] = None,
    db: Database = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without, only say what would go.")] = False,
) -> None:
    """Withdraw articles: bytes, text and quotes go for good; key, hash, link and values stay."""
    from dailies.commands import upkeep

    upkeep.purge(db, articles or [], publisher, reason=reason, sure=yes)


COMMANDS = (doctor, backup, restore, prune, purge)
"""In the order in which help lists them."""
