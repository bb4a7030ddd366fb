"""Crawl, take by hand, read: the command line of what comes in."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from dailies.command_line.options import Database, Out, Readers, day


def init(db: Database = None) -> None:
    """Create or upgrade the database and load the bundled companies."""
    from dailies.commands import intake

    intake.init(db)


def run(
    db: Database = None,
    out: Out = Path("out"),
    readers: Readers = 1,
) -> None:
    """One daily cycle: crawl, read, report."""
    from dailies.commands import intake

    raise typer.Exit(intake.run(db, out, readers))


def demo(
    db: Annotated[str, typer.Option("--db", metavar="URL", help="The demo's own database.")] = "sqlite:///data/demo.db",
    out: Annotated[Path, typer.Option(help="Where reports go.")] = Path("out/demo"),
    readers: Readers = 2,
) -> None:
    """The daily cycle against a bundled sample web on this machine; no network."""
    from dailies.commands import sample

    raise typer.Exit(sample.demo(db, out, readers))


def crawl(
    sources: Annotated[list[str] | None, typer.Argument(help="Keys of sources; default: all that are on.")] = None,
    db: Database = None,
    readers: Readers = 1,
) -> None:
    """Fetch and read what is new: conditional, polite, resumable."""
    from dailies.commands import intake

    raise typer.Exit(intake.crawl(db, sources or [], readers))


def ingest(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH|URL|-",
            help=".html, .txt, .mht, .jsonl of articles, .csv of rounds or events, .warc.gz, a folder, a URL, or -.",
        ),
    ],
    db: Database = None,
    published: Annotated[
        datetime | None, typer.Option(parser=day, metavar="YYYY-MM-DD", help="The day of publication.")
    ] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    url: Annotated[str | None, typer.Option(help="Where it is from.")] = None,
    readers: Readers = 1,
) -> None:
    """Take documents by hand."""
    from dailies.commands import intake

    on = published.date() if published else None
    raise typer.Exit(intake.ingest(db, paths, published=on, publisher=publisher, url=url, readers=readers))


def process(
    db: Database = None,
    all_: Annotated[bool, typer.Option("--all", help="Read every article again, by today's rules.")] = False,
    readers: Readers = 1,
) -> None:
    """Read what waits, and form the facts."""
    from dailies.commands import intake

    raise typer.Exit(intake.process(db, every_article=all_, readers=readers))


COMMANDS = (init, run, demo, crawl, ingest, process)
"""In the order in which help lists them."""
