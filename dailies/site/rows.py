"""The rows of the site's tables, by company and by investor: what a day changes of them is replaced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from dailies.site.contents import Contents
from dailies.site.scope import INVESTOR
from dailies.site.store import StoredCompany
from dailies.site.table_store import Rank, StoredRow, section_begun_by
from db.knowledge.name_key import name_key
from db.nouns.facts import Fact
from db.nouns.identity import fold
from reports.escaping import file_name
from reports.facts.entries import display_name
from reports.facts.talk import SILENT, talk_of
from reports.sheets.company_line import CompanyLine, company_line, happened
from reports.sheets.company_table import company_table
from reports.site.company_grid import company_grid, company_row
from reports.site.conflict_grid import conflict_grid, conflict_rows
from reports.site.find_grid import company_found, find_grid, investor_found
from reports.site.grid import Grid, GridRow, row_entry, row_html
from reports.site.investor_grid import investor_grid, investor_row
from reports.site.letter_page import letter_of
from reports.site.links import SiteLinks
from reports.site.round_grid import round_grid, round_row
from reports.site.talk_grid import talk_grid, talk_row
from reports.tables.data import csv_lines
from reports.tables.listing import Listing
from reports.wording.ages import next_told_age
from reports.wording.values import LANGUAGES, ReportLanguage

TABLE = "companies.csv"
COMPANIES_IN_TABLE = 2_000
"""Up to so many companies (some 700 KB) all stand in one file for machines, which every day writes anew."""
STEMS = ("companies", "rounds", "investors", "talk", "conflicts", "find")


def grid_of(stem: str, count: int, links: SiteLinks, *, sample: bool) -> Grid:
    """One of the site's tables, with so many rows."""
    if stem == "companies":
        return company_grid(count, links, sample=sample, table=TABLE if count <= COMPANIES_IN_TABLE else None)
    made = {
        "rounds": round_grid,
        "investors": investor_grid,
        "talk": talk_grid,
        "conflicts": conflict_grid,
        "find": find_grid,
    }
    return made[stem](count, links, sample=sample)


def stored_companies(contents: Contents) -> Iterator[StoredCompany]:
    """The companies of the scope that have facts."""
    for key, facts in contents.facts.items():
        company, latest = contents.companies[key], contents.latest_of(key)
        line = company_line(company, facts, contents.newest)
        yield StoredCompany(
            key=key,
            candidate=company.candidate,
            facts=len(facts),
            latest=latest.toordinal() if latest else 0,
            due=_due(line, facts, contents.newest),
            line=list(csv_lines(_table([line], contents.sample)))[1],
            letter=letter_of(key),
            en=display_name(company, "en"),
            zh=display_name(company, "zh"),
        )


def table_heading(contents: Contents) -> str:
    """The first line of the table for machines."""
    return "".join(csv_lines(_table((), contents.sample)))


def stored_rows(contents: Contents) -> Iterator[StoredRow]:
    """The rows of the companies and investors of the scope, in both languages."""
    for language in LANGUAGES:
        links = {stem: contents.links(stem, language) for stem in STEMS}
        grids = {stem: grid_of(stem, 0, links[stem], sample=contents.sample) for stem in STEMS}
        for key, facts in contents.facts.items():
            yield from _of_company(contents, key, facts, grids, language)
        for line in contents.scope.lines:
            row = investor_row(line, contents.companies, links["investors"])
            rank = -len(line.investments), fold(line.name), line.name
            owner = INVESTOR + name_key(line.name)
            yield _stored(grids["investors"], owner, row, links["investors"], rank)
            row = investor_found(line, links["find"])
            yield _stored(grids["find"], owner, row, links["find"], (str(row.cells[0].key), 1, row.id))


def row_file(owner: str) -> str:
    """Where the rows of a company or an investor lie, without language and suffix."""
    name = owner.removeprefix(INVESTOR)
    return f"rows/{'companies' if name == owner else 'investors'}/{file_name(name)}"


def _table(lines: Sequence[CompanyLine], sample: bool) -> Listing[CompanyLine]:
    """The table for machines without what time alone changes: an age follows from the date beside it."""
    table = company_table(lines, sample=sample)
    return replace(table, columns=[column for column in table.columns if column.name != "valuation_age_months"])


def _due(line: CompanyLine, facts: Sequence[Fact], newest: date | None) -> int | None:
    """The day of an article from which on a company is told otherwise though nothing was told of it."""
    if newest is None:
        return None
    open_talk = [talk.told for talk in talk_of(facts, newest) if talk.outcome == "open" and talk.told]
    days = [told + SILENT + timedelta(days=1) for told in open_talk]
    days += [day for fact in facts if (day := happened(fact)[0]) > newest]  # still to come: the latest news then
    if line.valuation is not None and line.valuation.event_date is not None:
        days.append(next_told_age(line.valuation.event_date, newest))
    return min((day.toordinal() for day in days), default=None)


def _of_company(
    contents: Contents, key: str, facts: Sequence[Fact], grids: dict[str, Grid], language: ReportLanguage
) -> Iterator[StoredRow]:
    company, latest = contents.companies[key], contents.latest_of(key)
    line = company_line(company, facts, contents.newest)
    place: Rank = f"{int(company.candidate)} {10**9 - len(facts)}", -latest.toordinal() if latest else 0, key
    links = contents.links("companies", language)
    yield _stored(grids["companies"], key, company_row(line, links), links, place)
    links = contents.links("find", language)
    row = company_found(company, contents.companies, links)
    yield _stored(grids["find"], key, row, links, (str(row.cells[0].key), 0, key))
    links = contents.links("rounds", language)
    for fact in facts:
        if fact.type == "funding_round":
            first, told, id_ = happened(fact)
            yield _stored(
                grids["rounds"],
                key,
                round_row(fact, company, links),
                links,
                (-first.toordinal(), -told.toordinal(), id_),
            )
    links = contents.links("talk", language)
    for talk in talk_of(facts, contents.newest):
        ended = -talk.ended.toordinal() if talk.ended else 0
        yield _stored(
            grids["talk"], key, talk_row(talk, company, links), links, (ended, talk.fact.id, ""), talk.outcome
        )
    links = contents.links("conflicts", language)
    for fact in facts:
        for number, row in enumerate(conflict_rows(fact, company, links)):
            yield _stored(grids["conflicts"], key, row, links, (f"{key} {fact.type}", fact.id, number))


def _stored(grid: Grid, owner: str, row: GridRow, links: SiteLinks, rank: Rank, outcome: str = "") -> StoredRow:
    entry = row_entry(grid, row, row_file(owner))
    begins = section_begun_by(row.id)
    return StoredRow(grid.stem, grid.language, row.id, owner, *rank, outcome, row_html(grid, row, links), entry, begins)
