"""The pages of the site: the week, the tables, and a page per company, investor and fact."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from dailies.brief_pages import brief_pages, brief_title
from dailies.site_contents import Contents
from db.facts import Fact
from db.name_key import name_key
from reports.atom import company_feed
from reports.company_grid import company_grid
from reports.company_line import company_lines
from reports.company_table import company_table
from reports.conflict_grid import conflict_grid
from reports.coverage_page import coverage_page
from reports.entries import display_name
from reports.escaping import file_name
from reports.fact_wording import investors_of
from reports.grid import grid_pages
from reports.index_page import Index, Leaf, ended_talk, quarter
from reports.investor_grid import investor_grid
from reports.investor_line import InvestorLine
from reports.investor_sheet import investor_sheet
from reports.known_names import known_names
from reports.labels import label
from reports.listing_data import csv_lines
from reports.method_page import method_page
from reports.profile import profile
from reports.rendering import write_report
from reports.round_grid import round_grid
from reports.site_links import SiteLinks, company_stem, fact_stem, investor_stem, page_path
from reports.talk_grid import talk_grid, talk_of
from reports.why import Why, explain
from reports.wording import LANGUAGES, ReportLanguage

TABLE = "companies.csv"
_COMPANIES_ON_FIRST_PAGE = 24


@dataclass(frozen=True, slots=True)
class Page:
    """A page's path below the site's folder, and how its text is made, which takes most of a site's time.

    `companies` are those whose facts it tells and `investor` the name key of whom it is about: while nothing of them
    changes it stays as it is. Without companies it tells of all of them.
    """

    path: str
    text: Callable[[], str]
    companies: frozenset[str] = frozenset()
    investor: str | None = None


def pages(contents: Contents) -> Iterator[Page]:
    """Every page, those of which `contents` knows that they are as they were left out (`former_pages`)."""
    for language in LANGUAGES:
        yield from (_ready(page) for page in _of_all(contents, language))
        for key in [*contents.ranked, *contents.gone]:
            yield from _company(contents, key, language)
        yield from _investors(contents, language)
        for fact in contents.every_fact:
            path = contents.links(fact_stem(fact.id), language).path
            yield Page(path, partial(_fact, contents, fact, language), frozenset({fact.company_key}))
        yield from (_ready(page) for page in _former(contents, language))
    lines = company_lines([contents.companies[key] for key in sorted(contents.facts)], contents.every_fact)
    yield _ready((TABLE, "".join(csv_lines(company_table(lines, sample=contents.sample)))))


def former_pages(contents: Contents) -> set[str]:
    """The paths of pages about what is gone that are not made again."""
    return {page_path(fact_stem(id_), language) for id_ in contents.former_kept for language in LANGUAGES}


def _ready(page: tuple[str, str]) -> Page:
    path, text = page
    return Page(path, lambda: text)


def _of_all(contents: Contents, language: ReportLanguage) -> Iterator[tuple[str, str]]:
    yield _index(contents, language)
    yield from _tables(contents, language)
    yield from _notes(contents, language)
    yield from brief_pages(contents, contents.links("index", language))


def _index(contents: Contents, language: ReportLanguage) -> tuple[str, str]:
    links = contents.links("index", language)
    briefs = contents.briefs[language]
    page = Index(
        language=language,
        sample=contents.sample,
        brief=briefs[0] if briefs else None,
        briefs=tuple(Leaf(brief_title(brief.week, language), links.page(f"briefs/{brief.week}")) for brief in briefs),
        companies=tuple(
            Leaf(
                display_name(contents.companies[key], language),
                links.page(company_stem(key)),
                len(contents.facts[key]),
                contents.newest_of(key),
            )
            for key in contents.ranked[:_COMPANIES_ON_FIRST_PAGE]
        ),
        quarter=quarter(contents.every_fact, contents.companies, links, contents.newest),
        ended=ended_talk(talk_of(contents.every_fact, contents.newest), contents.companies, links),
        articles=contents.articles_read[0],
        relevant=contents.articles_read[1],
        facts=len(contents.every_fact),
        newest=contents.newest,
    )
    beside = [(label(language, "index", "feed"), f"feeds/briefs.{language}.atom")]
    return links.path, write_report("index", page, "html", site=links, beside=beside)


def _tables(contents: Contents, language: ReportLanguage) -> Iterator[tuple[str, str]]:
    links, facts, companies, sample = (
        contents.links("companies", language),
        contents.every_fact,
        contents.companies,
        contents.sample,
    )
    by_key = {line.company.key: line for line in company_lines([companies[key] for key in contents.ranked], facts)}
    lines = [by_key[key] for key in contents.ranked]
    for grid in (
        company_grid(lines, links, sample=sample, table=TABLE),
        round_grid(facts, companies, links, sample=sample),
        investor_grid(contents.investors, companies, links, sample=sample),
        talk_grid(talk_of(facts, contents.newest), companies, links, sample=sample),
        conflict_grid(facts, companies, links, sample=sample),
    ):
        yield from grid_pages(grid, links)


def _notes(contents: Contents, language: ReportLanguage) -> Iterator[tuple[str, str]]:
    """What the numbers rest on, and how they are made."""
    page = coverage_page(
        contents.every_fact,
        language,
        sample=contents.sample,
        articles=contents.articles_read,
        newest=contents.newest,
        languages=contents.languages,
        sources=contents.sources,
    )
    links = contents.links("coverage", language)
    yield links.path, write_report("coverage", page, "html", site=links)
    links = contents.links("method", language)
    method = method_page(language, sample=contents.sample)
    yield links.path, write_report("method", method, "html", site=links)


def _company(contents: Contents, key: str, language: ReportLanguage) -> Iterator[Page]:
    links, feed_name = contents.links(company_stem(key), language), f"{file_name(key)}.{language}.atom"
    own = frozenset({key})
    yield Page(links.path, partial(_profile, contents, key, links, feed_name), own)
    yield Page(f"feeds/{feed_name}", partial(_feed, contents, key, links, feed_name), own)


def _profile(contents: Contents, key: str, links: SiteLinks, feed_name: str) -> str:
    company, told, language = contents.companies[key], contents.facts.get(key, ()), links.language
    parent = contents.companies.get(company.parent_key or "")
    page = profile(
        company,
        told,
        language,
        parent=display_name(parent, language) if parent else None,
        sample=contents.sample,
        findings=contents.findings.get(key, ()),
    )
    beside = [(label(language, "index", "feed"), links.to(f"feeds/{feed_name}"))]
    return write_report("profile", page, "html", site=links, beside=beside)


def _feed(contents: Contents, key: str, links: SiteLinks, feed_name: str) -> str:
    company, told, page = contents.companies[key], contents.facts.get(key, ()), f"../{links.path}"
    return company_feed(company, told, links.language, feed_name, page, sample=contents.sample)


def _investors(contents: Contents, language: ReportLanguage) -> Iterator[Page]:
    for line in contents.investors:
        links = contents.links(investor_stem(line.name), language)
        told = frozenset(fact.company_key for fact in (*(each.fact for each in line.investments), *line.talk))
        yield Page(links.path, partial(_investor, contents, line, links), told, name_key(line.name))


def _investor(contents: Contents, line: InvestorLine, links: SiteLinks) -> str:
    sheet = investor_sheet(line, contents.companies, links.language, sample=contents.sample)
    return write_report("investor", sheet, "html", site=links)


def _fact(contents: Contents, fact: Fact, language: ReportLanguage) -> str:
    links = contents.links(fact_stem(fact.id), language)
    held = contents.findings.get(fact.company_key, ())
    page = explain(fact, contents.companies, language, asked=fact.id, sample=contents.sample, findings=held)
    named = dict.fromkeys([*investors_of(fact, "lead_investors"), *investors_of(fact)])
    beside = [(known_names([name], language)[0], links.investor(name) or "") for name in named]
    return write_report("why", page, "html", site=links, beside=beside)


def _former(contents: Contents, language: ReportLanguage) -> Iterator[tuple[str, str]]:
    for told in contents.former[language]:
        links = contents.links(fact_stem(told.asked), language)
        yield links.path, write_report("why" if isinstance(told, Why) else "tombstone", told, "html", site=links)


def index_path() -> str:
    """The first page's path."""
    return page_path("index", "en")
