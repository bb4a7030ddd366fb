"""The pages of the site's tables, from rows that are kept: the first 200, what all are found by, each owner's rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from dailies.site.contents import Contents
from dailies.site.pages import Page
from dailies.site.rows import COMPANIES_IN_TABLE, STEMS, TABLE, grid_of, row_file, table_heading
from dailies.site.scope import ROWS
from dailies.site.store import SiteStore
from dailies.site.table_store import Table
from reports.rendering import write_report
from reports.site.grid import grid_page, index_folder, rows_text, section_text
from reports.site.letter_page import LetterPage
from reports.site.links import SiteLinks, company_stem, page_path
from reports.wording.labels import label
from reports.wording.values import LANGUAGES, ReportLanguage

ROWS_ON_PAGE = 200
"""Rows of a table that its page holds; the others are found by an index and loaded owner by owner."""
INDEXES, LETTERS = "//indexes", "//letters"
"""Own the sections of the tables' indexes, and the lists of companies by letter."""


@dataclass(frozen=True, slots=True)
class Touched:
    """What a day touches of what lists everything: whose rows, which sections (table, name), which letters."""

    owners: Sequence[str]
    sections: Collection[tuple[Table, str]]
    letters: Collection[str]


def table_pages(contents: Contents, store: SiteStore) -> Iterator[tuple[str, str]]:
    """Every table's page, and the companies for machines while they are not too many for a day to write."""
    for language in LANGUAGES:
        for stem in STEMS:
            links = contents.links(stem, language)
            yield links.path, _table(contents, store, links)
    if store.tables.row_count(("companies", "en")) <= COMPANIES_IN_TABLE:
        yield TABLE, table_heading(contents) + "".join(store.company_lines())


def large_tables(store: SiteStore) -> frozenset[str]:
    """The tables that their pages cannot hold: they have an index, and files with the rows of each owner."""
    return frozenset(stem for stem in STEMS if store.tables.row_count((stem, "en")) > ROWS_ON_PAGE)


def all_touched(store: SiteStore, tables: Iterable[str] = STEMS) -> set[tuple[Table, str]]:
    """Every section of these tables."""
    asked = [(stem, language) for stem in tables for language in LANGUAGES]
    return {(table, name) for table in asked for name in store.tables.sections(table)}


def listing_paths(store: SiteStore) -> Iterator[tuple[str, str]]:
    """The files that list everything in parts, as path and owner."""
    large = large_tables(store)
    for language in LANGUAGES:
        for stem in sorted(large):
            for name in store.tables.sections((stem, language)):
                yield _file(f"{index_folder(stem)}/{name}", language), INDEXES
        for letter in store.letters() if "companies" in large else ():
            yield page_path(_letter_stem(letter), language), LETTERS


def listing_pages(contents: Contents, store: SiteStore, touched: Touched) -> Iterator[Page]:
    """Those of them that are touched, and the files with the owners' rows of large tables."""
    large = large_tables(store)
    for language in LANGUAGES:
        for owner in touched.owners:
            if large & store.tables.stems_of(owner):
                yield Page(
                    _file(row_file(owner), language), ROWS + owner, partial(_rows, store, owner, language, large)
                )
        for stem in sorted(large):
            table = stem, language
            for name in store.tables.sections(table):
                if (table, name) in touched.sections:
                    file = f"{index_folder(stem)}/{name}"
                    yield Page(_file(file, language), INDEXES, partial(_section, store, table, name, file))
        for letter in store.letters() if "companies" in large else ():
            if letter in touched.letters:
                links = contents.links(_letter_stem(letter), language)
                yield Page(links.path, LETTERS, partial(_letter, contents, store, letter, links))


def _table(contents: Contents, store: SiteStore, links: SiteLinks) -> str:
    table, large = (links.stem, links.language), large_tables(store)
    grid = grid_of(links.stem, store.tables.row_count(table), links, sample=contents.sample)
    filtered = [column.key for column in grid.columns if column.filtered]
    letters = [(each.upper(), links.page(_letter_stem(each))) for each in store.letters()]
    if "companies" not in large:
        letters = [(label(links.language, "site", "companies"), links.page("companies"))]
    return grid_page(
        grid,
        store.tables.first_rows(table, ROWS_ON_PAGE),
        {key: store.tables.facets(table, place) for place, key in enumerate(filtered)},
        links,
        letters,
        store.tables.sections(table) if links.stem in large else (),
    )


def _rows(store: SiteStore, owner: str, language: ReportLanguage, large: Collection[str]) -> str:
    rows = store.tables.rows_of(owner, language)
    return rows_text(row_file(owner), {stem: told for stem, told in rows.items() if stem in large})


def _section(store: SiteStore, table: Table, name: str, file: str) -> str:
    return section_text(file, store.tables.entries(table, name))


def _letter(contents: Contents, store: SiteStore, letter: str, links: SiteLinks) -> str:
    companies = [
        (zh if links.language == "zh" else en, links.page(company_stem(key))) for key, en, zh in store.listed(letter)
    ]
    page = LetterPage(links.language, contents.sample, letter, tuple(companies))
    return write_report("letter", page, "html", site=links)


def _file(name: str, language: ReportLanguage) -> str:
    return f"{name}.{language}.js"


def _letter_stem(letter: str) -> str:
    return f"letters/{letter}"
