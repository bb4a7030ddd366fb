"""Writes the site of a database into a folder: pages one can open from the disk, written only where they changed."""

from __future__ import annotations

from collections.abc import Set
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
    replaced in one step, so nobody ever reads half a page. A page written before that the site has no more (of an
    article that was withdrawn, say) is deleted. Raises UnwritableOutput.
    """
    folder = out / SITE
    with Session(engine) as session:
        contents = read_contents(
            session, sample=database_kind(engine) == "sample", today=today or datetime.now(UTC).date()
        )
    made = sorted(pages(contents))
    names = {name for name, _ in made}
    before = _names_in(folder / _LIST)
    _write(folder / _LIST, _listed(before | names))  # a kill leaves no page that the next run does not know of
    written = [folder / name for name, text in made if _write(folder / name, text.encode())]
    for name in sorted(before - names):
        (folder / name).unlink(missing_ok=True)
    _write(folder / _LIST, _listed(names))
    return Published(folder / index_path(), written)


_LIST = ".written"
"""Names the files of the site, those of the last run that is not whole among them."""


def _listed(names: Set[str]) -> bytes:
    return "".join(f"{name}\n" for name in sorted(names)).encode()


def _names_in(path: Path) -> set[str]:
    """The files listed, none of them outside the folder."""
    if not path.is_file():
        return set()
    names = path.read_text("utf-8", errors="replace").split("\n")
    return {name for name in names if name and not name.startswith("/") and ".." not in name.split("/")}


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
