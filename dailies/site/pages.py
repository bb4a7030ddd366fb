"""The pages of the site but its tables: the week, and a page per company, investor and fact."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from dailies.site.brief_pages import brief_pages, brief_title
from dailies.site.contents import Contents
from dailies.site.scope import FORMER, INVESTOR
from db.knowledge.name_key import name_key
from db.model import Company
from db.nouns.facts import Fact
from db.values import PartialDate
from reports.brief.weekly import Brief
from reports.escaping import file_name
from reports.facts.entries import display_name
from reports.facts.talk import Talk
from reports.facts.why import Tombstone, Why, explain
from reports.rendering import write_report
from reports.sheets.investor_line import InvestorLine
from reports.sheets.investor_sheet import investor_sheet
from reports.site.atom import company_feed
from reports.site.coverage_page import FactCounts, coverage_page
from reports.site.index_page import Index, Leaf, ended_talk
from reports.site.links import SiteLinks, company_stem, dates_stem, fact_stem, investor_stem, page_path
from reports.site.method_page import method_page
from reports.site.profile import profile
from reports.site.raised_ranking import quarter_and_year, raised_ranking
from reports.timeline.timeline import MOST_UNFOLDED, timeline
from reports.wording.facts import investors_of
from reports.wording.known_names import known_names
from reports.wording.labels import label
from reports.wording.values import LANGUAGES, ReportLanguage

SHARED = ""
"""Owns the files that tell of all companies."""
COMPANIES_ON_FIRST_PAGE = 24


@dataclass(frozen=True, slots=True)
class Page:
    """A page's path below the site's folder, whose it is, and how its text is made, which takes most of the time."""

    path: str
    owner: str
    text: Callable[[], str]


def own_pages(contents: Contents) -> Iterator[Page]:
    """The pages of the companies, investors, facts and former ids that are told anew."""
    for language in LANGUAGES:
        for key in [*contents.facts, *contents.gone]:
            yield from _company(contents, key, language)
            for fact in contents.facts.get(key, ()):
                path = contents.links(fact_stem(fact.id), language).path
                yield Page(path, key, partial(_fact, contents, fact, language))
        for line in contents.scope.lines:
            links = contents.links(investor_stem(line.name), language)
            yield Page(links.path, INVESTOR + name_key(line.name), partial(_investor, contents, line, links))
        for told in contents.tombs[language]:
            links = contents.links(fact_stem(told.asked), language)
            yield Page(links.path, FORMER + told.asked, partial(_tomb, told, links))


def owners(contents: Contents) -> set[str]:
    """Whose pages those of `own_pages` are, with those who have none any more."""
    scope = contents.scope
    return {
        *scope.companies,
        *(INVESTOR + key for key in scope.investors),
        *(FORMER + id_ for id_ in contents.former),
    }


def shared_pages(contents: Contents, front: Front, language: ReportLanguage) -> Iterator[tuple[str, str]]:
    """The first page, what the numbers rest on, how they are made, and the briefs, as path and text."""
    yield _index(contents, front, language)
    yield from _notes(contents, front.counts, language)
    yield from brief_pages(contents, contents.links("index", language))


@dataclass(frozen=True, slots=True)
class Front:
    """Of what the first page tells: the companies of which most is known, with how many facts and when last.

    `ended` is the last talk that came to nothing, beside so much more; the companies of both are loaded.
    `counts` are all facts counted.
    """

    companies: Sequence[tuple[Company, int, PartialDate | None]]
    ended: Sequence[Talk]
    ended_more: int
    ended_of: Mapping[str, Company]
    counts: FactCounts


def _index(contents: Contents, front: Front, language: ReportLanguage) -> tuple[str, str]:
    links = contents.links("index", language)
    briefs = contents.briefs[language]
    page = Index(
        language=language,
        sample=contents.sample,
        brief=briefs[0] if briefs else None,
        brief_address=links.page(f"briefs/{briefs[0].week}") if briefs else "",
        briefs=tuple(_brief(brief, links) for brief in sorted(briefs, key=_newest_told, reverse=True)),
        empty_weeks=tuple(brief_title(brief.week, language) for brief in briefs[1:] if _is_empty_since(brief, briefs)),
        companies=tuple(
            Leaf(display_name(company, language), links.page(company_stem(company.key)), facts, latest)
            for company, facts, latest in front.companies
        ),
        raised=tuple(
            raised_ranking(contents.year, contents.companies, period, links)
            for period in (quarter_and_year(contents.quarter) if contents.quarter else ())
        ),
        ended=ended_talk(front.ended, front.ended_of, links),
        ended_more=front.ended_more,
        articles=contents.articles.read,
        relevant=contents.articles.relevant,
        facts=front.counts.facts,
        newest=contents.newest,
        undated_rounds=contents.undated_rounds,
    )
    beside = [(label(language, "index", "feed"), f"feeds/briefs.{language}.atom")]
    return links.path, write_report("index", page, "html", site=links, beside=beside)


def _newest_told(brief: Brief) -> tuple[bool, str]:
    return _has_news(brief), brief.week


def _has_news(brief: Brief) -> bool:
    """Whether an article of the week was read, or is known from a table."""
    return bool(brief.coverage.articles or brief.coverage.unread)


def _is_empty_since(brief: Brief, briefs: Sequence[Brief]) -> bool:
    return not _has_news(brief) and brief.week > briefs[0].week


def _brief(brief: Brief, links: SiteLinks) -> Leaf:
    language = links.language
    note = "" if _has_news(brief) else label(language, "index", "nothing_read")
    return Leaf(brief_title(brief.week, language), links.page(f"briefs/{brief.week}"), note=note)


def _notes(contents: Contents, counts: FactCounts, language: ReportLanguage) -> Iterator[tuple[str, str]]:
    """What the numbers rest on, and how they are made."""
    page = coverage_page(
        counts,
        language,
        sample=contents.sample,
        articles=contents.articles,
        newest=contents.newest,
        sources=contents.sources,
    )
    links = contents.links("coverage", language)
    yield links.path, write_report("coverage", page, "html", site=links)
    links = contents.links("method", language)
    method = method_page(language, sample=contents.sample)
    yield links.path, write_report("method", method, "html", site=links)


def _company(contents: Contents, key: str, language: ReportLanguage) -> Iterator[Page]:
    links, feed_name = contents.links(company_stem(key), language), f"{file_name(key)}.{language}.atom"
    yield Page(links.path, key, partial(_profile, contents, key, links, feed_name))
    yield Page(f"feeds/{feed_name}", key, partial(_feed, contents, key, links, feed_name))
    if len(contents.facts.get(key, ())) > MOST_UNFOLDED:
        by_date = contents.links(dates_stem(key), language)
        yield Page(by_date.path, key, partial(_dates, contents, key, by_date))


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


def _dates(contents: Contents, key: str, links: SiteLinks) -> str:
    company, told = contents.companies[key], contents.facts[key]
    page = timeline([company], told, links.language, by_date=True, sample=contents.sample)
    return write_report("dates", page, "html", site=links)


def _feed(contents: Contents, key: str, links: SiteLinks, feed_name: str) -> str:
    company, told, page = contents.companies[key], contents.facts.get(key, ()), f"../{links.path}"
    return company_feed(company, told, links.language, feed_name, page, sample=contents.sample)


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


def _tomb(told: Why | Tombstone, links: SiteLinks) -> str:
    return write_report("why" if isinstance(told, Why) else "tombstone", told, "html", site=links)


def index_path() -> str:
    """The first page's path."""
    return page_path("index", "en")
