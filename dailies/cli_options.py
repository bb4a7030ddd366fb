"""The options that many commands share: which database, which format, where to, in which language."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Optional

import typer


class ListingFormat(StrEnum):
    """How a listing is written to standard output."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    csv_bom = "csv-bom"
    md = "md"


class ReportLanguage(StrEnum):
    """The language a report is composed in."""

    en = "en"
    zh = "zh"


Database = Annotated[
    Optional[str],  # noqa: UP045  (typer reads the annotation at run time)
    typer.Option("--db", metavar="URL", help="The database; default: DAILIES_DATABASE_URL, else ./data/dailies.db."),
]
Listing = Annotated[ListingFormat, typer.Option("--format", help="How to print it.")]
Output = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("-o", "--output", help="Write to this file instead; .xlsx and .parquet pick their format."),
]
Lang = Annotated[ReportLanguage, typer.Option("--lang", help="The report's language.")]
