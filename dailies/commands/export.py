"""`export`: everything the public views hold, in a folder that other programs read."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from dailies.commands.output import say
from dailies.commands.page_output import open_to_read
from dailies.upkeep.export import MANIFEST, write_export
from db.connection.engine import database_kind
from reports.tables.listing import SAMPLE_NOTE


def export(db: str | None, folder: Path) -> None:
    """Write the folder. Raises UnwritableOutput."""
    engine = open_to_read(db)
    if database_kind(engine) == "sample":
        say(SAMPLE_NOTE)
    files = write_export(engine, folder, datetime.now(UTC))
    rows = sum(file.rows or 0 for file in files if file.name.endswith(".parquet"))
    say(f"{folder / MANIFEST}: {len(files)} files, {rows:,} rows.")
