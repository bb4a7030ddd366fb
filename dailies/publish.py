"""Writes the site of a database into a folder: pages one can open from the disk, written only where they changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from dailies.commands.output import UnwritableOutput, write_whole
from dailies.pages import COMPANIES_ON_FIRST_PAGE, SHARED, Front, index_path, own_pages, owners, shared_pages
from dailies.site_contents import Contents, read_contents
from dailies.site_files import SiteFiles, site_files
from dailies.site_rows import stored_companies, stored_rows
from dailies.site_scope import INVESTOR, ROWS, Scope, changed_scope, whole_scope
from dailies.site_state import Renewed, renewed_since, state_of
from dailies.site_store import SiteStore, site_store
from dailies.table_pages import large_tables, row_files, table_pages
from db.company_store import load_companies
from db.engine import database_kind
from db.fact_store import load_facts
from db.name_key import name_key
from db.news_store import newest_news_day
from reports.company_line import DEAL_TYPES
from reports.index_page import ENDED, TALK_SHOWN
from reports.talk_grid import talk_of
from reports.wording import LANGUAGES

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
    with Session(engine) as session, site_files(folder) as files, site_store(folder) as store:
        state, last = state_of(session), store.state()
        contents = read_contents(
            session,
            store,
            _scope(session, store, files, renewed_since(session, last, state)),
            sample=sample,
            today=today or datetime.now(UTC).date(),
        )
        changed = _of_rows(store, contents)
        own = list(own_pages(contents))
        shared = _shared(session, store, contents)
        rows = list(row_files(store, changed))
        owned = {page.path: page.owner for page in own} | {path: ROWS + owner for owner, path, _ in rows}
        owned |= dict.fromkeys(shared, SHARED)
        before = files.of(
            None if contents.scope.whole else {SHARED, *owners(contents), *(ROWS + owner for owner in changed)}
        )
        files.add(owned.items())
        texts = chain(
            ((page.path, page.text()) for page in own), ((path, text) for _, path, text in rows), shared.items()
        )
        written = {folder / path for path, text in texts if _write(folder / path, text.encode())}
        files.delete(before - owned.keys())
        store.set_state(state)
    return Published(folder / index_path(), sorted(written))


def _scope(session: Session, store: SiteStore, files: SiteFiles, renewed: Renewed | None) -> Scope:
    if renewed is None:
        store.forget()
        return whole_scope(session)
    return changed_scope(session, store, renewed, newest_news_day(session), files.owners_of_missing())


def _of_rows(store: SiteStore, contents: Contents) -> list[str]:
    """Put what is told now into the store; whose rows' files may differ: of all where another table became large."""
    scope, large = contents.scope, large_tables(store)
    investors = sorted(INVESTOR + key for key in scope.investors)
    store.replace_companies(scope.companies, stored_companies(contents))
    store.replace_investors(scope.investors, ((line.name, name_key(line.name)) for line in scope.lines))
    store.replace_former(
        [*contents.former, *store.former_of(scope.companies)],
        [(id_, company) for id_, companies in contents.former.items() for company in sorted(companies)],
    )
    store.replace_rows([*scope.companies, *investors], stored_rows(contents))
    own = {*scope.companies, *investors}
    return sorted(own if large == large_tables(store) else own | set(store.row_owners()))


def _shared(session: Session, store: SiteStore, contents: Contents) -> dict[str, str]:
    """The pages that tell of all companies."""
    ranked = store.ranked(COMPANIES_ON_FIRST_PAGE)
    dead = store.owners_by_outcome(ENDED, TALK_SHOWN)
    companies = load_companies(session, [*(each.key for each in ranked), *(owner for owner, _ in dead)])
    talks = talk_of(load_facts(session, [owner for owner, _ in dead], DEAL_TYPES), contents.newest)
    of_id = {talk.fact.id: talk for talk in talks}
    front = Front(
        [(companies[each.key], each.facts, date.fromordinal(each.newest) if each.newest else None) for each in ranked],
        [of_id[id_] for _, id_ in dead],
        store.count_by_outcome(ENDED) - len(dead),
        companies,
    )
    pages = dict(table_pages(contents, store))
    for language in LANGUAGES:
        pages.update(shared_pages(contents, front, language))
    return pages


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
