"""The pages of the site's tables, from rows that are kept: the first 200, the index of all, and each owner's rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from dailies.site_contents import Contents
from dailies.site_rows import STEMS, TABLE, grid_of, row_file, table_heading
from dailies.site_store import SiteStore
from reports.grid import ROWS_ON_PAGE, grid_page, index_name, index_text, rows_text
from reports.labels import label
from reports.letter_page import LetterPage, letter_of
from reports.rendering import write_report
from reports.site_links import SiteLinks, company_stem
from reports.wording import LANGUAGES, ReportLanguage


def table_pages(contents: Contents, store: SiteStore) -> Iterator[tuple[str, str]]:
    """Every table's page, with the index of one that its page cannot hold, and the companies for machines."""
    for language in LANGUAGES:
        letters = _letters(store, language) if "companies" in _large(store) else {}
        for letter, companies in letters.items():
            links = contents.links(_letter_stem(letter), language)
            page = LetterPage(
                language, contents.sample, letter, tuple((name, links.page(stem)) for name, stem in companies)
            )
            yield links.path, write_report("letter", page, "html", site=links)
        for stem in STEMS:
            yield from _table(contents, store, contents.links(stem, language), letters)
    yield TABLE, table_heading(contents) + "".join(company.line for company in store.companies())


def large_tables(store: SiteStore) -> str:
    """The tables whose rows stand in files of their owners too, as text."""
    return " ".join(_large(store))


def row_files(store: SiteStore, owners: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """The file of each owner's rows of tables that are too large for their pages, as owner, path and text."""
    large = _large(store)
    for owner in owners:
        for language in LANGUAGES:
            rows = {stem: told for stem, told in store.rows_of(owner, language).items() if stem in large}
            if rows:
                yield owner, f"{row_file(owner)}.{language}.js", rows_text(row_file(owner), rows)


def _large(store: SiteStore) -> list[str]:
    return [stem for stem in STEMS if store.row_count(stem, "en") > ROWS_ON_PAGE]


def _table(
    contents: Contents, store: SiteStore, links: SiteLinks, letters: Collection[str]
) -> Iterator[tuple[str, str]]:
    language, stem = links.language, links.stem
    grid = grid_of(stem, store.row_count(stem, language), links, sample=contents.sample)
    entries = store.entries(stem, language)
    named = [(letter.upper(), links.page(_letter_stem(letter))) for letter in letters]
    if not named:
        named = [(label(language, "site", "companies"), links.page("companies"))]
    yield links.path, grid_page(grid, store.first_rows(stem, language, ROWS_ON_PAGE), entries, links, named)
    if grid.is_large:
        yield index_name(grid), index_text(entries)


def _letters(store: SiteStore, language: ReportLanguage) -> Mapping[str, list[tuple[str, str]]]:
    """Name and page of all companies, by letter and in the order of their keys."""
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for company in store.companies():
        found[letter_of(company.key)].append(
            (company.zh if language == "zh" else company.en, company_stem(company.key))
        )
    return dict(sorted(found.items()))


def _letter_stem(letter: str) -> str:
    return f"letters/{letter}"
