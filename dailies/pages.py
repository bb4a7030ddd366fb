"""The pages of a database as path and text: index, company table, briefs, timelines and feeds, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from db.issue_store import Issue
from db.model import Company, Fact
from db.news_store import Standing
from reports.atom import FeedEntry, company_feed, feed
from reports.brief import Brief
from reports.brief_card import card
from reports.company_line import company_lines
from reports.company_page import company_page
from reports.company_table import company_table
from reports.entries import display_name
from reports.escaping import file_name
from reports.index_page import Index, Leaf
from reports.labels import label
from reports.listing_data import csv_lines
from reports.rendering import Link, write_report
from reports.timeline import timeline
from reports.wording import LANGUAGES, ReportLanguage

TABLE = "companies.csv"


@dataclass(frozen=True, slots=True)
class KeptIssue:
    """An issue as the feed tells it: its card, which is empty where a purge took it."""

    issue: Issue
    card: str


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything the pages tell: all facts, the companies they are about, and of these the ones with a timeline."""

    sample: bool
    standings: Sequence[Standing]
    facts: Sequence[Fact]
    companies: Mapping[str, Company]
    briefs: Mapping[ReportLanguage, Sequence[Brief]]
    issues: Mapping[ReportLanguage, Sequence[KeptIssue]]
    """Issues of the brief that were kept, whether their pages are still written or not."""
    articles_read: tuple[int, int]
    """All, and those about the industry."""
    newest: date | None


def pages(contents: Contents) -> Iterator[tuple[str, str]]:
    """Every page's path below the output folder, and its text."""
    for language in LANGUAGES:
        yield _index(contents, language)
        yield _companies(contents, language)
        yield from _briefs(contents, language)
        yield from _timelines(contents, language)
        yield _brief_feed(contents, language)
    lines = company_lines(contents.companies.values(), contents.facts)
    yield TABLE, "".join(csv_lines(company_table(lines, sample=contents.sample)))


def index_name(language: ReportLanguage) -> str:
    """The first page's name: English is what a browser finds by itself."""
    return "index.html" if language == "en" else f"index.{language}.html"


def _index(contents: Contents, language: ReportLanguage) -> tuple[str, str]:
    briefs = [Leaf(_title(brief), f"briefs/{brief.week}.{language}.html") for brief in contents.briefs[language]]
    page = Index(
        language=language,
        sample=contents.sample,
        brief=contents.briefs[language][0] if briefs else None,
        briefs=tuple(briefs),
        timelines=tuple(
            Leaf(
                display_name(contents.companies[each.company_key], language),
                _timeline_address(each.company_key, language),
                each.facts,
                each.newest,
            )
            for each in contents.standings
        ),
        articles=contents.articles_read[0],
        relevant=contents.articles_read[1],
        facts=len(contents.facts),
        newest=contents.newest,
    )
    beside = [(_other_name(language), index_name(_other(language)))]
    return index_name(language), write_report("index", page, "html", nav=_nav(language), beside=beside)


def _companies(contents: Contents, language: ReportLanguage) -> tuple[str, str]:
    addresses = {each.company_key: _timeline_address(each.company_key, language) for each in contents.standings}
    lines = company_lines([contents.companies[key] for key in addresses], contents.facts)
    page = company_page(lines, addresses, language, sample=contents.sample)
    beside = [
        (_other_name(language), f"companies.{_other(language)}.html"),
        (label(language, "companies", "csv"), TABLE),
    ]
    html = write_report("companies", page, "html", nav=_nav(language), beside=beside)
    return f"companies.{language}.html", html


def _briefs(contents: Contents, language: ReportLanguage) -> Iterator[tuple[str, str]]:
    for brief in contents.briefs[language]:
        name = f"{brief.week}.{language}"
        beside = [
            (_other_name(language), f"{brief.week}.{_other(language)}.html"),
            (label(language, "index", "markdown"), f"{name}.md"),
            (label(language, "index", "feed"), f"../feeds/briefs.{language}.atom"),
        ]
        yield f"briefs/{name}.html", write_report("brief", brief, "html", nav=_nav(language, "../"), beside=beside)
        yield f"briefs/{name}.md", write_report("brief", brief, "md")


def _timelines(contents: Contents, language: ReportLanguage) -> Iterator[tuple[str, str]]:
    for key in (standing.company_key for standing in contents.standings):
        told = [fact for fact in contents.facts if fact.company_key == key]
        page = timeline([contents.companies[key]], told, language, sample=contents.sample)
        feed_name = f"{file_name(key)}.{language}.atom"
        beside = [
            (_other_name(language), f"{file_name(key)}.{_other(language)}.html"),
            (label(language, "index", "feed"), f"../feeds/{feed_name}"),
        ]
        html = write_report("timeline", page, "html", nav=_nav(language, "../"), beside=beside)
        yield _timeline_address(key, language), html
        company, timeline_page = contents.companies[key], f"../{_timeline_address(key, language)}"
        yield (
            f"feeds/{feed_name}",
            company_feed(company, told, language, feed_name, timeline_page, sample=contents.sample),
        )


def _brief_feed(contents: Contents, language: ReportLanguage) -> tuple[str, str]:
    """The issues that were kept; of a week of which none was, the brief as its page tells it."""
    written = {brief.week: f"../briefs/{brief.week}.{language}.html" for brief in contents.briefs[language]}
    found = [
        FeedEntry(
            key=f"brief/{kept.issue.name}/{language}",
            title=_title_of(kept.issue.week, language),
            text=kept.card,
            updated=kept.issue.made_at,
            address=written.get(kept.issue.week, f"../{index_name(language)}"),
        )
        for kept in contents.issues[language]
    ]
    told = {kept.issue.week for kept in contents.issues[language]}
    found += [
        FeedEntry(
            key=f"brief/{brief.week}/{language}",
            title=_title(brief),
            text=card(brief),
            updated=datetime.combine(brief.last + timedelta(days=1), time.min, UTC),
            address=written[brief.week],
        )
        for brief in contents.briefs[language]
        if brief.week not in told
    ]
    name = f"briefs.{language}.atom"
    title = label(language, "index", "briefs")
    return f"feeds/{name}", feed(f"briefs/{language}", title, name, found, language, sample=contents.sample)


def _timeline_address(key: str, language: ReportLanguage) -> str:
    return f"timelines/{file_name(key)}.{language}.html"


def _title(brief: Brief) -> str:
    return _title_of(brief.week, brief.language)


def _title_of(iso_week: str, language: ReportLanguage) -> str:
    year, week = iso_week.split("-W")
    return label(language, "brief", "title").format(year=year, week=int(week))


def _nav(language: ReportLanguage, up: str = "") -> list[Link]:
    return [
        ("", up + index_name(language)),
        (label(language, "index", "brief"), up + index_name(language)),
        (label(language, "index", "companies"), f"{up}companies.{language}.html"),
    ]


def _other(language: ReportLanguage) -> ReportLanguage:
    return "zh" if language == "en" else "en"


def _other_name(language: ReportLanguage) -> str:
    return label(_other(language), "index", "own_language")
