"""`site` and `serve`: the pages of a database in a folder, and that folder on loopback."""

from __future__ import annotations

from pathlib import Path
from threading import Event

from dailies.commands.output import say
from dailies.commands.page_output import open_to_read
from dailies.site.publish import Published, publish
from dailies.site.server import serving
from db.connection.engine import database_kind
from reports.tables.listing import SAMPLE_NOTE


def site(db: str | None, out: Path) -> None:
    """Write the site into the folder `site` of `out`. Raises UnwritableOutput."""
    published = _published(db, out)
    say(f"{published.index}: {len(published.written)} files written, the others are as they were.")


def serve(db: str | None, out: Path, port: int) -> None:
    """Write the site and show it until Ctrl-C. Raises UnwritableOutput, and UsageError for a port that is taken."""
    published = _published(db, out)
    with serving(published.index.parent, port) as address:
        say(f"The site is shown on {address} to this machine alone; Ctrl-C ends it.")
        try:
            Event().wait()
        except KeyboardInterrupt:
            say("Ended.")


def _published(db: str | None, out: Path) -> Published:
    engine = open_to_read(db)
    if database_kind(engine) == "sample":
        say(SAMPLE_NOTE)
    return publish(engine, out)
