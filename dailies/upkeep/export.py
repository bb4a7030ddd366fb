"""Writes the public views into a folder: CSV and Parquet, what their columns mean, and a manifest that vouches for all.

A folder is whole when it has a manifest whose hashes are those of its files: the manifest of the export before goes
first, and the new one comes last.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine

from dailies.commands.output import UnwritableOutput
from db.connection.engine import SCHEMA_VERSION, database_kind
from db.publishing.public_views import View, public_views, view_rows
from db.schema.data_dictionary import view_sections
from db.schema.meanings import Meanings
from reports.tables.listing import SAMPLE_NOTE
from reports.tables.view_files import write_view

MANIFEST = "manifest.json"
README = "README.md"
_UNFINISHED = ".export-"
_HEAD = """\
# Dailies: an export
{sample}Each view is a file of CSV and one of Parquet, with the same rows in the same order. `manifest.json` has their
hashes, the version of the schema and the moment of the export (UTC); a folder without it is not whole.

```python
import pandas as pd
rounds = pd.read_parquet("funding_rounds.parquet")
rounds = pd.read_csv("funding_rounds.csv", keep_default_na=False, na_values=[""], dtype=str)
```

- In CSV an empty cell is unknown, never 0. Text that a spreadsheet would calculate stands behind an apostrophe, and on
  one line. Excel shows Chinese names where the file is imported as UTF-8 (Data > From Text/CSV).
- Amounts are exact decimals; dates are as exact as the text they come from, with their first and last possible day.
- Sums of several currencies are added up in US dollars alone; rows whose `usd_basis` gives none are counted beside.
- Quotes are at most 300 characters, each with the link to its article. No article's text is here.

"""


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file of the folder; `rows` is None for what holds none."""

    name: str
    rows: int | None
    bytes: int
    sha256: str


def write_export(engine: Engine, folder: Path, now: datetime) -> list[ExportedFile]:
    """All views as of one moment of the database; the files without the manifest, by name. Raises UnwritableOutput.

    The same database gives the same files; only the manifest says when.
    """
    sample = database_kind(engine) == "sample"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob(f"{_UNFINISHED}*"):  # by an export that was killed
            shutil.rmtree(left)
        with tempfile.TemporaryDirectory(prefix=_UNFINISHED, dir=folder) as made:
            with engine.connect() as connection:
                files = sorted(_files(connection, Path(made), sample), key=lambda file: file.name)
            _write_manifest(Path(made) / MANIFEST, files, sample, now)
            (folder / MANIFEST).unlink(missing_ok=True)
            for name in (*(file.name for file in files), MANIFEST):
                (Path(made) / name).replace(folder / name)
    except OSError as error:
        raise UnwritableOutput(f"cannot write into {folder}: {error.strerror}; choose another folder") from error
    return files


def _files(connection: Connection, folder: Path, sample: bool) -> Iterator[ExportedFile]:
    views = public_views(connection, Meanings())
    yield _described(_write_readme(folder / README, views, sample), None)
    for view in views:
        names = folder / f"{view.name}.csv", folder / f"{view.name}.parquet"
        rows = write_view(view, view_rows(connection, view), *names)
        for name in names:
            yield _described(name, rows)


def _write_readme(path: Path, views: list[View], sample: bool) -> Path:
    head = _HEAD.format(sample=f"**{SAMPLE_NOTE}**\n\n" if sample else "")
    path.write_text(head + "\n".join(view_sections(views)), "utf-8", newline="\n")
    return path


def _described(path: Path, rows: int | None) -> ExportedFile:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return ExportedFile(path.name, rows, path.stat().st_size, digest)


def _write_manifest(path: Path, files: list[ExportedFile], sample: bool, now: datetime) -> None:
    told = {
        "schema_version": SCHEMA_VERSION,
        "exported_at": now.astimezone(UTC).isoformat(timespec="seconds"),
        "sample": SAMPLE_NOTE if sample else None,
        "files": [asdict(file) for file in files],
    }
    path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", "utf-8", newline="\n")
