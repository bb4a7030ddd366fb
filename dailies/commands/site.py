"""`site`: the pages of a database in a folder."""

from __future__ import annotations

from pathlib import Path

from dailies.commands.output import say
from dailies.commands.page_output import open_to_read
from dailies.publish import publish
from db.engine import database_kind
from reports.listing import SAMPLE_NOTE


def site(db: str | None, out: Path) -> None:
    """Write the site into the folder `site` of `out`. Raises UnwritableOutput."""
    engine = open_to_read(db)
    if database_kind(engine) == "sample":
        say(SAMPLE_NOTE)
    published = publish(engine, out)
    say(f"{published.index}: {len(published.written)} files written, the others are as they were.")
