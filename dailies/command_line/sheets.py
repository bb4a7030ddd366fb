"""The command line of what is known about one company, investor or fact."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Literal

import typer

from dailies.command_line.options import (
    Database,
    Day,
    Lang,
    Listing,
    ListingFormat,
    Moment,
    Output,
    PageFormat,
    ReportLanguage,
    Shown,
)


class TimelineFormat(StrEnum):
    """How a timeline is written; svg is its charts."""

    table = "table"
    md = "md"
    html = "html"
    json = "json"
    csv = "csv"
    svg = "svg"


Name = Annotated[str, typer.Argument(help="By any of its names.")]


def _sheet_of(whom: Literal["company", "investor"], told: str) -> Callable[..., None]:
    """The command that shows one of them on a sheet; `told` is its help."""

    def sheet(
        name: Name,
        db: Database = None,
        lang: Lang = ReportLanguage.en,
        format: Shown = PageFormat.table,
        as_of: Day = None,
        known_at: Moment = None,
    ) -> None:
        from dailies.commands import company, investors

        shown = company.company if whom == "company" else investors.investor
        shown(db, name, lang.value, format.value, as_of=as_of, known_at=known_at)

    sheet.__name__, sheet.__doc__ = whom, told
    return sheet


company = _sheet_of("company", "One company's sheet.")
investor = _sheet_of(
    "investor",
    "One investor's sheet: its rounds with amounts and sentences, led or not, new or follow-on, and with whom.",
)


def factcheck(
    name: Name,
    db: Database = None,
    lang: Lang = ReportLanguage.en,
    format: Listing = ListingFormat.table,
    output: Output = None,
    as_of: Day = None,
    known_at: Moment = None,
) -> None:
    """A company's sheet to check facts by: for each value the sentence, outlet, date and link, for and against."""
    from dailies.commands.company import factcheck as command

    command(db, name, lang.value, format.value, output, as_of=as_of, known_at=known_at)


def timeline(
    names: Annotated[list[str], typer.Argument(help="One or more companies.")],
    db: Database = None,
    lang: Lang = ReportLanguage.en,
    format: Annotated[TimelineFormat, typer.Option("--format", help="How to print it.")] = TimelineFormat.table,
    threads: Annotated[
        str | None,
        typer.Option(help="Only these: money,control,people,products,courts,conduct."),
    ] = None,
    round_: Annotated[
        str | None,
        typer.Option("--round", help='Which round a name means: D, "C extension", seed, D轮, or an id.'),
    ] = None,
    by_date: Annotated[bool, typer.Option("--by-date", help="Month by month, all threads together.")] = False,
    since: Annotated[
        str | None, typer.Option(help="Only from this day, month or year on, month by month: 2023-11.")
    ] = None,
    until: Annotated[str | None, typer.Option(help="Only to the end of this day, month or year.")] = None,
    as_of: Day = None,
    known_at: Moment = None,
) -> None:
    """What happened to a company, in order, each line with its status, sources and sentence."""
    from dailies.commands.timeline import timeline

    timeline(
        db,
        names,
        lang.value,
        format.value,
        threads=threads,
        round_=round_,
        by_date=by_date,
        since=since,
        until=until,
        as_of=as_of,
        known_at=known_at,
    )


def why(
    id_: Annotated[str, typer.Argument(metavar="ID", help="The id of a fact or a claim.")],
    db: Database = None,
    lang: Lang = ReportLanguage.en,
    format: Shown = PageFormat.table,
) -> None:
    """The claims behind a fact, for and against, with their sentences and the rule that chose."""
    from dailies.commands.why import why

    why(db, id_, lang.value, format.value)


COMMANDS = (company, investor, factcheck, timeline, why)
"""In the order in which help lists them."""
