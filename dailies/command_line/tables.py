"""The command line of the tables: companies, investors, every kind of fact, articles, claims, conflicts, changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

import typer

from dailies.command_line.options import (
    Columns,
    Company,
    Database,
    Day,
    Lang,
    Listing,
    ListingFormat,
    Moment,
    Output,
    ReportLanguage,
    Sort,
    moment,
)


def companies(
    db: Database = None,
    lang: Lang = ReportLanguage.en,
    format: Listing = ListingFormat.table,
    output: Output = None,
    country: Annotated[str | None, typer.Option(help="ISO code or name, such as CN.")] = None,
    segment: Annotated[str | None, typer.Option(help="Such as video_generation or avatar.")] = None,
    status: Annotated[
        str | None,
        typer.Option(help="Of a deal (confirmed, reported, rumored, faded, denied) or company (closed, was_acquired)."),
    ] = None,
    investor: Annotated[str | None, typer.Option(help="Who put money in, by any name.")] = None,
    funded_since: Annotated[
        str | None,
        typer.Option(help="The last round's date or later: 2024, 2024-06, 2024-06-30."),
    ] = None,
    min_valuation: Annotated[str | None, typer.Option(help="In US dollars, such as 1e9.")] = None,
    sort: Sort = None,
    columns: Columns = None,
    everything: Annotated[bool, typer.Option("--all", help="Also companies of which nothing is known yet.")] = False,
    as_of: Day = None,
    known_at: Moment = None,
) -> None:
    """The company table."""
    from dailies.commands import companies as command

    filters = command.CompanyFilters(country, segment, status, investor, funded_since, min_valuation, everything)
    command.companies(
        db,
        format.value,
        output,
        filters,
        sort=sort,
        columns=columns,
        as_of=as_of,
        known_at=known_at,
        language=lang.value,
    )


def investors(
    db: Database = None,
    lang: Lang = ReportLanguage.en,
    format: Listing = ListingFormat.table,
    output: Output = None,
    company: Annotated[str | None, typer.Option(help="Only who invested in this company.")] = None,
    country: Annotated[str | None, typer.Option(help="ISO code, such as CN.")] = None,
    since: Annotated[str | None, typer.Option(help="Only rounds since 2024, 2024-06 or 2024-06-30.")] = None,
    leads: Annotated[bool, typer.Option("--leads", help="Only who led a round.")] = False,
    sort: Sort = None,
    columns: Columns = None,
    as_of: Day = None,
    known_at: Moment = None,
) -> None:
    """Who puts money in: who leads, who comes back, who invests with whom."""
    from dailies.commands import investors as command

    command.investors(
        db,
        format.value,
        output,
        company=company,
        country=country,
        since=since,
        leads=leads,
        sort=sort,
        columns=columns,
        as_of=as_of,
        known_at=known_at,
        language=lang.value,
    )


def _listing_of(name: str, told: str) -> Callable[..., None]:
    """The command that lists all of one kind, or a company's; `told` is its help."""

    def listing(
        db: Database = None,
        lang: Lang = ReportLanguage.en,
        format: Listing = ListingFormat.table,
        output: Output = None,
        company: Company = None,
        as_of: Day = None,
        known_at: Moment = None,
    ) -> None:
        from dailies.commands import listings

        listings.LISTINGS[name](listings.Asked(db, format.value, output, company, as_of, known_at, lang.value))

    listing.__name__, listing.__doc__ = name, told
    return listing


rounds = _listing_of("rounds", "Funding rounds.")
valuations = _listing_of("valuations", "Valuations.")
metrics = _listing_of("metrics", "Revenue, ARR, burn, cash, users, paying users and headcount, as told.")
claims = _listing_of("claims", "Claims, each with its sentence, its source and the fact it belongs to.")
conflicts = _listing_of(
    "conflicts", "Every open conflict: the fact, the field, the chosen and the losing value, and the rule."
)


def events(
    db: Database = None,
    lang: Lang = ReportLanguage.en,
    format: Listing = ListingFormat.table,
    output: Output = None,
    company: Company = None,
    type_: Annotated[str | None, typer.Option("--type", help="Only this type, such as shutdown.")] = None,
    as_of: Day = None,
    known_at: Moment = None,
) -> None:
    """Launches, shutdowns, acquisitions, layoffs, leadership changes and the rest."""
    from dailies.commands import listings

    listings.facts(listings.Asked(db, format.value, output, company, as_of, known_at, lang.value), "events", type_)


def articles(
    db: Database = None,
    lang: Lang = ReportLanguage.en,
    format: Listing = ListingFormat.table,
    output: Output = None,
    relevant: Annotated[bool, typer.Option("--relevant", help="Only those about AI video.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="At most this many, newest first.")] = 100,
) -> None:
    """Articles read, newest first."""
    from dailies.commands import listings

    listings.articles(db, format.value, output, relevant=relevant, limit=limit, language=lang.value)


def search(
    text: Annotated[list[str], typer.Argument(help='Words that must all be there; "a phrase" in quotes is one.')],
    db: Database = None,
    lang: Lang = ReportLanguage.en,
    format: Listing = ListingFormat.table,
    output: Output = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many of each kind.")] = 20,
) -> None:
    """Full text over companies, facts and articles, in English and Chinese, the newest first."""
    from dailies.commands import search as command

    command.search(db, " ".join(text), format.value, output, limit=limit, language=lang.value)


def changes(
    since: Annotated[
        datetime, typer.Option(parser=moment, metavar="YYYY-MM-DD[THH:MM]", help="The first day or minute (UTC).")
    ],
    db: Database = None,
    lang: Lang = ReportLanguage.en,
    format: Listing = ListingFormat.table,
    output: Output = None,
    company: Company = None,
    cause: Annotated[
        str | None,
        typer.Option(help="Only for this cause: news, revision, judgement, rules, purge or history."),
    ] = None,
) -> None:
    """Facts added, corrected, withdrawn, confirmed, denied, merged, each with the cause."""
    from dailies.commands import changes as command

    command.changes(db, format.value, output, since=since, company=company, cause=cause, language=lang.value)


COMMANDS = (companies, investors, rounds, valuations, metrics, events, articles, claims, search, conflicts, changes)
"""In the order in which help lists them."""
