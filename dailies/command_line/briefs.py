"""The command line of the weekly brief and its kept issues."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from dailies.command_line.options import Database, Lang, Listing, ListingFormat, Output, ReportLanguage


class BriefFormat(StrEnum):
    """How a brief is written; card is a short text for a chat."""

    table = "table"
    md = "md"
    html = "html"
    json = "json"
    email = "email"
    card = "card"


def brief(
    week: Annotated[str | None, typer.Option(help="ISO week, such as 2024-W09; default: the last whole one.")] = None,
    db: Database = None,
    lang: Lang = ReportLanguage.en,
    format: Annotated[BriefFormat, typer.Option("--format", help="How to print it.")] = BriefFormat.table,
    hindsight: Annotated[bool, typer.Option("--hindsight", help="Add what became of it by today.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Only of whom one follows (dailies watch).")] = False,
    issue: Annotated[
        str | None,
        typer.Option(help="The number of an issue that was kept, byte for byte; new keeps the next one."),
    ] = None,
) -> None:
    """The weekly market brief."""
    from dailies.commands.brief import brief

    brief(db, week, lang.value, format.value, hindsight=hindsight, watch=watch, issue=issue)


def issues(db: Database = None, format: Listing = ListingFormat.table, output: Output = None) -> None:
    """Issues of the brief that were kept."""
    from dailies.commands.brief import list_issues

    list_issues(db, format.value, output)


COMMANDS = (brief, issues)
"""In the order in which help lists them."""
