"""Writes the site of a database into a folder: pages one can open from the disk, written only where they changed."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from dailies.commands.output import UnwritableOutput, write_whole
from dailies.pages import Page, former_pages, index_path, pages
from dailies.site_contents import Contents, read_contents
from dailies.site_state import Renewed, read_state, renewed_since, state_bytes, state_of
from db.engine import database_kind
from db.name_key import name_key
from reports.fact_wording import investors_of

SITE = "site"
"""The site's folder in the folder of reports."""


@dataclass(frozen=True, slots=True)
class Published:
    """The first page, and the files that are new or changed, in order of their names."""

    index: Path
    written: list[Path]


def publish(engine: Engine, out: Path, today: date | None = None) -> Published:
    """Write the site of a database into the folder `site` in `out`.

    The same database gives the same bytes; `today` (UTC) only decides which week is the last whole one. A page that
    the folder has of the last time, and of whose facts none changed since, is not made again: a day's pages follow the
    day's changes. A file is replaced in one step, so nobody ever reads half a page. A page written before that the site
    has no more (of an article that was withdrawn, say) is deleted. Raises UnwritableOutput.
    """
    folder, sample = out / SITE, database_kind(engine) == "sample"
    with Session(engine) as session:
        state = state_of(session)
        last = read_state(folder / _STATE)
        renewed = renewed_since(session, last, state)
        contents = read_contents(
            session,
            sample=sample,
            today=today or datetime.now(UTC).date(),
            renewed=None if renewed is None else renewed.companies,
        )
    made = {page.path: page for page in pages(contents)}
    names = made.keys() | former_pages(contents)
    before = _names_in(folder / _LIST)
    if renewed is not None and last is not None:
        renewed = _with_links(renewed, contents, last.linked)
    _write(folder / _LIST, _listed(before | names))  # a kill leaves no page that the next run does not know of
    written = [
        folder / path
        for path, page in sorted(made.items())
        if not _is_kept(page, renewed, folder) and _write(folder / path, page.text().encode())
    ]
    for name in sorted(before - names):
        (folder / name).unlink(missing_ok=True)
    _write(folder / _LIST, _listed(names))
    _write(folder / _STATE, state_bytes(replace(state, linked=contents.linked_investors)))
    return Published(folder / index_path(), written)


_LIST = ".written"
"""Names the files of the site, those of the last run that is not whole among them."""
_STATE = ".made"
"""Of what they were made, written when all of them are."""


def _is_kept(page: Page, renewed: Renewed | None, folder: Path) -> bool:
    """Whether the folder has this page as it would be made now."""
    if renewed is None or not page.companies or page.companies & renewed.companies:
        return False
    return page.investor not in renewed.investors and (folder / page.path).is_file()


def _with_links(renewed: Renewed, contents: Contents, before: Set[str]) -> Renewed:
    """Also the companies whose pages name an investor that has a page now and had none before, or the reverse."""
    moved = contents.linked_investors ^ before
    if not moved:
        return renewed
    naming = {
        fact.company_key
        for fact in contents.every_fact
        if fact.type == "funding_round"
        for name in (*investors_of(fact, "lead_investors"), *investors_of(fact))
        if name_key(name) in moved
    }
    return replace(renewed, companies=renewed.companies | naming)


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
