"""The command line of `dailies sources`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dailies.command_line.options import Database, Lang, Listing, ListingFormat, Output, ReportLanguage

sources = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The catalogue of sources; OPML in and out.")
_Key = Annotated[str, typer.Argument(metavar="SOURCE", help="A source's key: the name of its file.")]


@sources.command("list")
def list_(db: Database = None, format: Listing = ListingFormat.table, output: Output = None) -> None:
    """Every source with its format, its state and how it went last."""
    from dailies.commands import sources as command

    command.list_sources(db, format.value, output)


@sources.command()
def show(key: _Key, db: Database = None, format: Listing = ListingFormat.table) -> None:
    """One source: its file, and how it went last."""
    from dailies.commands import sources as command

    command.show(db, key, format.value)


@sources.command()
def test(
    asked: Annotated[str, typer.Argument(metavar="URL|SOURCE", help="Any feed or page, or a source's key.")],
    db: Database = None,
) -> None:
    """Ask a feed, a page (for the feeds it names) or a source, politely, and say what it would yield."""
    from dailies.commands import sources as command

    raise typer.Exit(command.test(db, asked))


@sources.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An OPML file, as feed readers export it.")],
    db: Database = None,
    lang: Lang = ReportLanguage.en,
) -> None:
    """Take the feeds of an OPML file into your own catalogue, each once; --lang is of those that say none."""
    from dailies.commands import sources as command

    raise typer.Exit(command.import_(db, file, lang.value))


@sources.command()
def export(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="Default: standard output.")] = None,
    db: Database = None,
    everything: Annotated[bool, typer.Option("--all", help="Also sources that are off.")] = False,
) -> None:
    """Write the feeds that are on as OPML 2.0, in folders."""
    from dailies.commands import sources as command

    command.export(db, file, everything=everything)
