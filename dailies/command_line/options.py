"""The options that many commands share: which database, as of when, which format, where to, in which language."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class ListingFormat(StrEnum):
    """How a listing is written to standard output."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    csv_bom = "csv-bom"
    md = "md"


class PageFormat(StrEnum):
    """How a sheet, a timeline or a brief is written."""

    table = "table"
    md = "md"
    html = "html"
    json = "json"


class ReportLanguage(StrEnum):
    """The language a report is composed in."""

    en = "en"
    zh = "zh"


def day(typed: str) -> datetime:
    """The day that was typed. Raises typer.BadParameter, which says how a day is written."""
    return _at(typed, ("%Y-%m-%d",), "no day")


def moment(typed: str) -> datetime:
    """The day or minute that was typed. Raises typer.BadParameter, which says how they are written."""
    return _at(typed, ("%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"), "no day or minute")


def _at(typed: str, forms: Sequence[str], what: str) -> datetime:
    for form in forms:
        with suppress(ValueError):
            return datetime.strptime(typed.strip(), form)
    written = " or ".join(f"{datetime(2026, 3, 31, 6, 30):{form}}" for form in forms[:2])
    raise typer.BadParameter(f"{typed!r} is {what}; write it like {written}")


Database = Annotated[
    str | None,
    typer.Option("--db", metavar="URL", help="The database; default: DAILIES_DATABASE_URL, else ./data/dailies.db."),
]
Listing = Annotated[ListingFormat, typer.Option("--format", help="How to print it.")]
Output = Annotated[
    Path | None,
    typer.Option("-o", "--output", help="Write to this file instead; .xlsx and .parquet pick their format."),
]
Lang = Annotated[ReportLanguage, typer.Option("--lang", help="The report's language.")]
Shown = Annotated[PageFormat, typer.Option("--format", help="How to print it.")]
Day = Annotated[
    datetime | None,
    typer.Option(
        "--as-of", parser=day, metavar="YYYY-MM-DD", help="As told by articles published by the end of this day."
    ),
]
Moment = Annotated[
    datetime | None,
    typer.Option(
        "--known-at",
        parser=moment,
        metavar="YYYY-MM-DD[THH:MM]",
        help="As recorded here by this moment (UTC).",
    ),
]
Sort = Annotated[
    str | None,
    typer.Option(help="A column: numbers and dates from the largest, names from A; with a minus in front turned."),
]
Columns = Annotated[
    str | None,
    typer.Option(help="Only these, in this order, with commas between: names of a heading or of the CSV's columns."),
]
Company = Annotated[str | None, typer.Option(help="Only this company's.")]
Author = Annotated[str | None, typer.Option(help="Who decides; default: who is logged in.")]
Readers = Annotated[int, typer.Option("--readers", min=1, max=8, help="How many processes read pages.")]
Out = Annotated[Path, typer.Option(help="Where reports go.")]
