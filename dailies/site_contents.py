"""Everything the site tells, read from a database at once, so that making its pages needs none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlmodel import Session

from dailies.explained import explained, led_by
from dailies.issues import document_name
from dailies.week_facts import week_facts
from dailies.weekly import last_whole_week, told_week, week_of
from db.change_log import companies_logged, former_ids
from db.company_store import load_companies
from db.crawl_tables import SourceRow
from db.fact_store import load_facts
from db.facts import Fact, Finding
from db.finding_store import findings
from db.issue_store import Issue, issue_document, issues
from db.model import Company
from db.name_key import name_key
from db.news_store import articles_read, busiest_day, coverage, newest_news_day
from db.source_record import last_visits
from db.values import PartialDate
from reports.brief import Brief
from reports.coverage_page import SourceStand
from reports.escaping import shortened, terminal_text
from reports.investor_line import InvestorLine, investor_lines
from reports.site_links import SiteLinks
from reports.why import Tombstone, Why
from reports.wording import LANGUAGES, ReportLanguage

_MOST_ISSUES = 52
_LONGEST_DETAIL = 160


@dataclass(frozen=True, slots=True)
class KeptIssue:
    """An issue as the feed tells it: its card, which is empty where a purge took it."""

    issue: Issue
    card: str


@dataclass(frozen=True)
class Contents:
    """All facts by company, everybody named in them, and what stands beside."""

    sample: bool
    facts: Mapping[str, Sequence[Fact]]
    """By company key, of companies that have any; sorted by (type, id)."""
    companies: Mapping[str, Company]
    """Those of the facts, their parents, and those that once had facts."""
    findings: Mapping[str, Sequence[Finding]]
    briefs: Mapping[ReportLanguage, Sequence[Brief]]
    issues: Mapping[ReportLanguage, Sequence[KeptIssue]]
    """Issues of the brief that were kept, whether their pages are still written or not."""
    former: Mapping[ReportLanguage, Sequence[Why | Tombstone]]
    """What ids that name no fact today lead to; only of those to be told anew."""
    former_kept: Sequence[str]
    """Ids of which that was told before and is what it was."""
    gone: Sequence[str]
    """Keys of companies that once had facts and have none today."""
    articles_read: tuple[int, int]
    """All, and those about the industry."""
    languages: Sequence[tuple[str, int]]
    sources: Sequence[SourceStand]
    newest: date | None

    @cached_property
    def every_fact(self) -> list[Fact]:
        """The facts of all companies, by (company, type, id)."""
        return [fact for key in sorted(self.facts) for fact in self.facts[key]]

    @cached_property
    def ranked(self) -> list[str]:
        """The companies with facts: the curated first, then by how much is known, then who was last in the news."""

        def place(key: str) -> tuple[bool, int, int, str]:
            told = self.newest_of(key)
            return self.companies[key].candidate, -len(self.facts[key]), -told.toordinal() if told else 0, key

        return sorted(self.facts, key=place)

    @cached_property
    def investors(self) -> list[InvestorLine]:
        """Everybody named in a round that happened."""
        return investor_lines(self.every_fact)

    def newest_of(self, key: str) -> date | None:
        """The day on which an article last told something of a company."""
        return max((told.published for fact in self.facts[key] for told in fact.claims if told.published), default=None)

    @cached_property
    def linked_investors(self) -> frozenset[str]:
        """The name keys of those who have a page."""
        return frozenset(name_key(line.name) for line in self.investors)

    @cached_property
    def _linked(self) -> tuple[frozenset[str], frozenset[str]]:
        return frozenset(self.facts), self.linked_investors

    def links(self, stem: str, language: ReportLanguage) -> SiteLinks:
        """The links of one page."""
        return SiteLinks(stem, language, *self._linked)


def read_contents(session: Session, *, sample: bool, today: date, renewed: Set[str] | None = None) -> Contents:
    """What the site tells of a database; `today` (UTC) only decides which week is the last whole one.

    `renewed` are the companies of which anything changed; None: all. Of others no former id is followed again.
    """
    facts: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in load_facts(session):
        facts[fact.company_key].append(fact)
    gone = [key for key in companies_logged(session) if key not in facts]
    companies = load_companies(session, [*facts, *gone])
    parents = {company.parent_key for company in companies.values() if company.parent_key} - companies.keys()
    held: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings(session):
        held[finding.company_key].append(finding)
    weeks, newest, former = _weeks(session, sample, today), newest_news_day(session), former_ids(session)
    kept = frozenset() if renewed is None else {id_ for id_, keys in led_by(session, former) if not keys & renewed}
    told_weeks = {week: week_facts(session, week) for week in weeks}
    return Contents(
        sample=sample,
        facts=facts,
        companies={**companies, **load_companies(session, sorted(parents))},
        findings=held,
        briefs={
            language: [told_week(facts, week, language, sample=sample) for week, facts in told_weeks.items()]
            for language in LANGUAGES
        },
        issues={language: _kept(session, language) for language in LANGUAGES},
        former={
            language: [
                told
                for id_ in former
                if id_ not in kept and (told := explained(session, id_, language, sample=sample)) is not None
            ]
            for language in LANGUAGES
        },
        former_kept=sorted(kept),
        gone=[key for key in gone if key in companies],
        articles_read=articles_read(session),
        languages=coverage(session, date(1, 1, 1), newest).languages if newest else (),
        sources=_sources(session),
        newest=newest,
    )


def _kept(session: Session, language: ReportLanguage) -> list[KeptIssue]:
    """The last issues that were kept: a year of them."""
    name = document_name(language, "card")
    return [
        KeptIssue(issue, (issue_document(session, issue.week, issue.number, name) or b"").decode())
        for issue in issues(session)[-_MOST_ISSUES:]
    ]


def _weeks(session: Session, sample: bool, today: date) -> list[PartialDate]:
    """The newest week with news; then the last whole one, or of samples, which are old, the one with most news."""
    days = [newest_news_day(session), busiest_day(session) if sample else None]
    weeks = [week_of(day) for day in days if day is not None]
    if not sample:
        weeks.append(last_whole_week(today))
    return list(dict.fromkeys(weeks))


def _sources(session: Session) -> list[SourceStand]:
    found = []
    for visit in last_visits(session):
        source = session.get(SourceRow, visit.row.source_key)
        title = source.title if source is not None else visit.row.source_key
        detail = shortened(terminal_text(visit.row.detail), _LONGEST_DETAIL)
        found.append(SourceStand(visit.row.source_key, title, visit.row.outcome, visit.at.date(), detail))
    return found
