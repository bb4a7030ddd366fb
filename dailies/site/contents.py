"""What the pages to be made tell, read from a database at once, so that making them needs none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

from sqlmodel import Session

from dailies.facts.explained import explained, led_by
from dailies.notices.issues import document_name
from dailies.notices.week_facts import week_facts, year_deals
from dailies.notices.weekly import last_whole_week, week_of
from dailies.site.scope import Scope
from dailies.site.store import SiteStore
from db.crawl.source_record import last_visits
from db.facts.change_log import companies_logged, former_ids, without_fact
from db.facts.findings import findings
from db.facts.outlines import undated_rounds
from db.facts.rounds import newest_quarter
from db.knowledge.companies import load_companies
from db.knowledge.name_key import name_key
from db.model import Company
from db.nouns.facts import Fact, Finding
from db.publishing.issues import Issue, issue_document, issues
from db.publishing.news import ArticleCounts, article_counts, busiest_day, newest_news_day
from db.schema.crawl_tables import SourceRow
from db.values import PartialDate
from reports.brief.weekly import Brief, brief
from reports.escaping import shortened, terminal_text
from reports.facts.why import Tombstone, Why
from reports.sheets.company_line import latest_told
from reports.sheets.investor_line import rounds_of
from reports.site.coverage_page import SourceStand
from reports.site.links import SiteLinks
from reports.wording.values import LANGUAGES, ReportLanguage

_MOST_ISSUES = 52
_LONGEST_DETAIL = 160


@dataclass(frozen=True, slots=True)
class KeptIssue:
    """An issue as the feed tells it: its card, which is empty where a purge took it."""

    issue: Issue
    card: str


@dataclass(frozen=True)
class Contents:
    """The facts of the companies whose pages are made, everybody named in them, and what stands on the pages of all."""

    sample: bool
    scope: Scope
    facts: Mapping[str, Sequence[Fact]]
    """By company key, of the companies of the scope that have any; sorted by (type, id)."""
    companies: Mapping[str, Company]
    """Those of the facts, of investors' rounds and of the first page, their parents, and those that had facts once."""
    findings: Mapping[str, Sequence[Finding]]
    linked: tuple[frozenset[str], frozenset[str]]
    """The keys of all companies with facts, and the name keys of all investors with pages."""
    briefs: Mapping[ReportLanguage, Sequence[Brief]]
    issues: Mapping[ReportLanguage, Sequence[KeptIssue]]
    """Issues of the brief that were kept, whether their pages are still written or not."""
    former: Mapping[str, frozenset[str]]
    """Ids that name no fact today and are told anew, each with the companies that decide what they lead to."""
    tombs: Mapping[ReportLanguage, Sequence[Why | Tombstone]]
    """What these ids lead to."""
    gone: Sequence[str]
    """Keys of companies of the scope that once had facts and have none today."""
    articles: ArticleCounts
    quarter: date | None
    """The first day of the newest quarter with a round."""
    year: Sequence[Fact]
    """The rounds of that quarter's year and the prices near them, in outline; their companies are loaded."""
    undated_rounds: int
    """Rounds that are done and that no text dates, of all companies: they stand in no period."""
    sources: Sequence[SourceStand]
    newest: date | None

    def latest_of(self, key: str) -> date | None:
        """The first day of the month of the latest news of a company of the scope."""
        return latest_told(self.facts[key], self.newest)

    def links(self, stem: str, language: ReportLanguage) -> SiteLinks:
        """The links of one page."""
        return SiteLinks(stem, language, *self.linked)


def read_contents(session: Session, store: SiteStore, scope: Scope, *, sample: bool, today: date) -> Contents:
    """What the pages of a scope tell; `today` (UTC) only decides which week is over."""
    facts: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in scope.facts:
        facts[fact.company_key].append(fact)
    keys = None if scope.whole else sorted(scope.companies)
    newest, weeks = newest_news_day(session), _weeks(session, sample, today)
    deals_of = cache(partial(year_deals, session))
    told_weeks = {week: week_facts(session, week, deals_of=deals_of) for week in weeks}
    former = dict(led_by(session, _former(session, store, keys)))
    quarter = newest_quarter(session, newest) if newest else None
    year = deals_of(quarter.year) if quarter else []
    gone = [key for key in (companies_logged(session) if keys is None else keys) if key not in facts]
    named = {*facts, *gone, *(fact.company_key for line in scope.lines for fact in rounds_of(line))}
    named |= {fact.company_key for fact in year}
    companies = load_companies(session, sorted(named))
    parents = {company.parent_key for company in companies.values() if company.parent_key} - companies.keys()
    held: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings(session, keys):
        held[finding.company_key].append(finding)
    return Contents(
        sample=sample,
        scope=scope,
        facts=facts,
        companies={**companies, **load_companies(session, sorted(parents))},
        findings=held,
        linked=_linked(store, scope, facts.keys()),
        briefs={
            language: [
                brief(week, told, language, sample=sample, until=newest if today <= week.last_day() else None)
                for week, told in told_weeks.items()
            ]
            for language in LANGUAGES
        },
        issues={language: _kept(session, language) for language in LANGUAGES},
        former=former,
        tombs={language: _tombs(session, former, language, sample) for language in LANGUAGES},
        gone=[key for key in gone if key in companies],
        articles=article_counts(session, newest),
        quarter=quarter,
        year=year,
        undated_rounds=undated_rounds(session),
        sources=_sources(session),
        newest=newest,
    )


def _linked(store: SiteStore, scope: Scope, with_facts: Set[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Who has a page: those of before outside the scope, and those of now within it."""
    investors = frozenset(name_key(line.name) for line in scope.lines)
    if scope.whole:
        return frozenset(with_facts), investors
    return (
        (store.linked_companies() - scope.companies) | with_facts,
        (store.linked_investors() - scope.investors) | investors,
    )


def _former(session: Session, store: SiteStore, keys: Sequence[str] | None) -> list[str]:
    """The ids that name no fact to be told anew: of all companies, or those of some, and those that lead to these."""
    if keys is None:
        return former_ids(session)
    return sorted({*former_ids(session, keys), *without_fact(session, store.former_of(keys))})


def _tombs(session: Session, former: Iterable[str], language: ReportLanguage, sample: bool) -> list[Why | Tombstone]:
    told = (explained(session, id_, language, sample=sample) for id_ in former)
    return [each for each in told if each is not None]


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
