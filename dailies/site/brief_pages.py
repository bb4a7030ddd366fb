"""The briefs among the site's pages, and the feed of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from dailies.site.contents import Contents
from reports.brief.card import card
from reports.brief.weekly import Brief
from reports.rendering import write_report
from reports.site.atom import FeedEntry, feed
from reports.site.links import SiteLinks, page_path
from reports.wording.labels import label
from reports.wording.values import ReportLanguage


def brief_pages(contents: Contents, links: SiteLinks) -> Iterator[tuple[str, str]]:
    """Every brief as a page and as Markdown, and the feed."""
    language = links.language
    for brief in contents.briefs[language]:
        here = contents.links(f"briefs/{brief.week}", language)
        beside = [
            (label(language, "index", "markdown"), f"{brief.week}.{language}.md"),
            (label(language, "index", "feed"), here.to(f"feeds/briefs.{language}.atom")),
        ]
        yield here.path, write_report("brief", brief, "html", site=here, beside=beside)
        yield f"briefs/{brief.week}.{language}.md", write_report("brief", brief, "md")
    yield _feed(contents, language)


def brief_title(iso_week: str, language: ReportLanguage) -> str:
    """What the brief of a week is called."""
    year, week = iso_week.split("-W")
    return label(language, "brief", "title").format(year=year, week=int(week))


def _feed(contents: Contents, language: ReportLanguage) -> tuple[str, str]:
    """The issues that were kept; of a week of which none was, the brief as its page tells it."""
    written = {brief.week: f"../{page_path(f'briefs/{brief.week}', language)}" for brief in contents.briefs[language]}
    told = {kept.issue.week for kept in contents.issues[language]}
    found = [
        FeedEntry(
            key=f"brief/{kept.issue.name}/{language}",
            title=brief_title(kept.issue.week, language),
            text=kept.card,
            updated=kept.issue.made_at,
            address=written.get(kept.issue.week, f"../{page_path('index', language)}"),
        )
        for kept in contents.issues[language]
    ]
    found += [_entry(brief, written[brief.week]) for brief in contents.briefs[language] if brief.week not in told]
    name = f"briefs.{language}.atom"
    title = label(language, "index", "briefs")
    return f"feeds/{name}", feed(f"briefs/{language}", title, name, found, language, sample=contents.sample)


def _entry(brief: Brief, address: str) -> FeedEntry:
    return FeedEntry(
        key=f"brief/{brief.week}/{brief.language}",
        title=brief_title(brief.week, brief.language),
        text=card(brief),
        updated=datetime.combine(brief.last + timedelta(days=1), time.min, UTC),
        address=address,
    )
