"""Writes the site of a database into a folder: pages one can open from the disk, written only where they changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from dailies.commands.output import UnwritableOutput, write_whole
from dailies.pages import index_path, pages
from dailies.site_contents import read_contents
from db.engine import database_kind

SITE = "site"
"""The site's folder in the folder of reports."""


@dataclass(frozen=True, slots=True)
class Published:
    """The first page, and the files that are new or changed, in order of their names."""

    index: Path
    written: list[Path]


def publish(engine: Engine, out: Path, today: date | None = None) -> Published:
    """Write the site of a database into the folder `site` in `out`.

    The same database gives the same bytes; `today` (UTC) only decides which week is the last whole one. A file is
    replaced in one step, so nobody ever reads half a page. Raises UnwritableOutput.
    """
    folder = out / SITE
    with Session(engine) as session:
        contents = read_contents(
            session, sample=database_kind(engine) == "sample", today=today or datetime.now(UTC).date()
        )
    written = [folder / name for name, text in sorted(pages(contents)) if _write(folder / name, text.encode())]
    return Published(folder / index_path(), written)


def _write(path: Path, content: bytes) -> bool:
    """Whether the file had to be written."""
    try:
        if path.is_file() and path.read_bytes() == content:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnwritableOutput(f"cannot write {path}: {error.strerror}; choose another folder with --out") from error
    write_whole(path, content)
    return True
