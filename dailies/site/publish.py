"""Writes the site of a database into a folder: pages one can open from the disk, written only where they changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from dailies.commands.output import UnwritableOutput, write_whole
from dailies.site.contents import Contents, read_contents
from dailies.site.files import SiteFiles, site_files
from dailies.site.pages import COMPANIES_ON_FIRST_PAGE, SHARED, Front, Page, index_path, own_pages, owners, shared_pages
from dailies.site.rows import stored_companies, stored_rows
from dailies.site.scope import INVESTOR, ROWS, Scope, changed_scope, whole_scope
from dailies.site.state import Renewed, renewed_since, state_of
from dailies.site.store import SiteStore, site_store
from dailies.site.table_pages import (
    INDEXES,
    LETTERS,
    Touched,
    all_touched,
    large_tables,
    listing_pages,
    listing_paths,
    table_pages,
)
from dailies.site.table_store import Table
from db.connection.engine import database_kind
from db.facts.store import load_facts
from db.knowledge.companies import load_companies
from db.knowledge.name_key import name_key
from db.publishing.news import newest_news_day
from db.values import PartialDate
from reports.facts.talk import DEAL_TYPES, DIED, talk_of
from reports.site.coverage_page import OUTLETS_SHOWN
from reports.site.index_page import TALK_SHOWN
from reports.wording.values import LANGUAGES

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
    _make(folder)
    with Session(engine) as session, site_files(folder) as files:
        with site_store(folder) as store:
            state = state_of(session)
            renewed = renewed_since(session, store.state(), state)
            missing = set() if renewed is None else _missing(files)
            contents = read_contents(
                session,
                store,
                _scope(session, store, missing, renewed),
                sample=sample,
                today=today or datetime.now(UTC).date(),
            )
            touched = _keep(store, contents, missing)
            written = _written(folder, files, _pages(session, store, contents, touched))
            store.set_state(state)
        files.end()
    return Published(folder / index_path(), sorted(written))


@dataclass(frozen=True, slots=True)
class _Pages:
    """The pages to be made, other files that there are, and whose files all these are."""

    made: Sequence[Page]
    beside: dict[str, str]
    """Path and owner."""
    owners: Set[str] | None
    """None where everybody's."""


def _missing(files: SiteFiles) -> set[str]:
    """Whose files are to be made again though nothing changed: some are gone, or may not be what was last said."""
    return files.owners_of_missing() | ({INDEXES, LETTERS} if files.cut_short else set())


def _scope(session: Session, store: SiteStore, missing: Set[str], renewed: Renewed | None) -> Scope:
    if renewed is None:
        store.forget()
        return whole_scope(session)
    return changed_scope(session, store, renewed, newest_news_day(session), missing - {INDEXES, LETTERS})


def _keep(store: SiteStore, contents: Contents, missing: Set[str]) -> Touched:
    """Put what is told now into the store; what that touches: all of a table that became large."""
    scope, before = contents.scope, large_tables(store)
    owners = {*scope.companies, *(INVESTOR + key for key in scope.investors)}
    letters = store.replace_companies(scope.companies, stored_companies(contents))
    store.replace_investors(scope.investors, ((line.name, name_key(line.name)) for line in scope.lines))
    store.replace_former(
        [*contents.former, *store.former_of(scope.companies)],
        [(id_, company) for id_, companies in contents.former.items() for company in sorted(companies)],
    )
    store.tallies.replace(scope.companies, contents.facts)
    if scope.whole:
        store.tables.fill(stored_rows(contents))
        sections: set[tuple[Table, str]] = set()
    else:
        sections = store.tables.replace(owners, stored_rows(contents))
    large = large_tables(store)
    sections |= all_touched(store, large if scope.whole or INDEXES in missing else large - before)
    if LETTERS in missing or "companies" in large - before:
        letters = set(store.letters())
    return Touched(sorted(owners if large == before else {*owners, *store.tables.owners()}), sections, letters)


def _pages(session: Session, store: SiteStore, contents: Contents, touched: Touched) -> _Pages:
    shared = [Page(path, SHARED, partial(str, text)) for path, text in _shared(session, store, contents)]
    everybody = {SHARED, INDEXES, LETTERS, *owners(contents), *(ROWS + owner for owner in touched.owners)}
    return _Pages(
        [*own_pages(contents), *listing_pages(contents, store, touched), *shared],
        dict(listing_paths(store)),
        None if contents.scope.whole else everybody,
    )


def _written(folder: Path, files: SiteFiles, pages: _Pages) -> list[Path]:
    """Write the pages and delete what their owners have no more; the files that had to be written."""
    made, before = {page.path: page.owner for page in pages.made}, files.of(pages.owners)
    owned = pages.beside | made
    files.add((path, owner) for path, owner in owned.items() if path in made or path not in before)
    written = {folder / page.path for page in pages.made if _write(folder / page.path, page.text().encode())}
    files.delete(before - owned.keys())
    return sorted(written)


def _month(ordinal: int) -> PartialDate | None:
    return PartialDate(f"{date.fromordinal(ordinal):%Y-%m}") if ordinal else None


def _shared(session: Session, store: SiteStore, contents: Contents) -> Iterator[tuple[str, str]]:
    """The pages that tell of all companies."""
    ranked = store.ranked(COMPANIES_ON_FIRST_PAGE)
    dead = store.tables.owners_by_outcome(DIED, TALK_SHOWN)
    companies = load_companies(session, [*(each.key for each in ranked), *(owner for owner, _ in dead)])
    talks = talk_of(load_facts(session, [owner for owner, _ in dead], DEAL_TYPES), contents.newest)
    of_id = {talk.fact.id: talk for talk in talks}
    front = Front(
        [(companies[each.key], each.facts, _month(each.latest)) for each in ranked],
        [of_id[id_] for _, id_ in dead],
        store.tables.count_by_outcome(DIED) - len(dead),
        companies,
        store.tallies.counts(OUTLETS_SHOWN),
    )
    yield from table_pages(contents, store)
    for language in LANGUAGES:
        yield from shared_pages(contents, front, language)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from error


def _unwritable(path: Path, error: OSError) -> UnwritableOutput:
    return UnwritableOutput(f"cannot write {path}: {error.strerror}; choose another folder with --out")


def _write(path: Path, content: bytes) -> bool:
    """Whether the file had to be written."""
    try:
        if path.is_file() and path.read_bytes() == content:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(path, error) from error
    write_whole(path, content)
    return True
