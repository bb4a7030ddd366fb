"""What happened to one company or several, in order: in one list, beyond fifteen facts by threads, or by months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db.model import ClaimType, Company
from db.nouns.facts import Fact, Finding
from reports.facts.entries import Entry, display_name, entries
from reports.facts.round_names import AmbiguousName, ambiguous_names
from reports.sheets.company_line import newest_article
from reports.timeline.by_date import PERHAPS, UNDATED, WHOLE, Span, YearRow, by_month, month_table, period_title
from reports.timeline.gaps import gaps
from reports.timeline.money_chart import Panel, money_panels
from reports.wording.findings import FindingLine, finding_lines
from reports.wording.labels import label
from reports.wording.values import ReportLanguage, listed

MOST_UNFOLDED = 15
"""Facts a reader takes in as one list; more are told thread by thread."""
THREADS: Mapping[ClaimType, str] = {
    "funding_round": "money",
    "valuation": "money",
    "total_funding": "money",
    "metric": "money",
    "acquisition": "control",
    "ipo": "control",
    "shutdown": "control",
    "founding": "people",
    "leadership_change": "people",
    "layoffs": "people",
    "product_launch": "products",
    "partnership": "products",
    "lawsuit": "courts",
    "controversy": "conduct",
}
THREAD_ORDER = tuple(dict.fromkeys(THREADS.values()))


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (empty for the one list of a short timeline) and its lines."""

    key: str
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """`told_by` is the day of the newest article in it. `sample`: the database holds samples, not news."""

    companies: tuple[Company, ...]
    language: ReportLanguage
    sample: bool
    told_by: date | None
    facts: int
    conflicts: int
    sections: tuple[Section, ...]
    gaps: tuple[str, ...]
    """What is missing, of one company; empty for several."""
    ambiguous: tuple[AmbiguousName, ...]
    """Names of series that more than one round goes by, with the rounds."""
    hidden: int
    """Facts of threads that were not asked for."""
    span: Span = WHOLE
    """The days that are told."""
    outside: int = 0
    """Facts, of the threads that are told, outside these days."""
    findings: tuple[FindingLine, ...] = ()
    """What these facts say about each other: told by nobody, in no sum."""

    @property
    def names(self) -> str:
        """The companies as a heading names them."""
        return listed(self.language, [display_name(company, self.language) for company in self.companies])

    @property
    def charts(self) -> tuple[Panel, ...]:
        """Price and money raised over time; of several companies none, since their lines would cross, nor of a span."""
        facts = [entry.fact for entry in self.entries if entry.fact is not None]
        return money_panels(facts, self.language) if len(self.companies) == 1 and self.span.open else ()

    @property
    def folded(self) -> bool:
        """Whether it is told by threads, or long: then a line in the terminal is short, so that one sees the whole."""
        threads = any(section.key in THREAD_ORDER for section in self.sections)
        return threads or len(self.entries) > MOST_UNFOLDED

    @property
    def months(self) -> tuple[YearRow, ...]:
        """The table of months of a timeline told by them."""
        return month_table({section.key: section.entries for section in self.sections}, self.language)

    @property
    def entries(self) -> list[Entry]:
        """All lines, section by section."""
        return [entry for section in self.sections for entry in section.entries]


def timeline(
    companies: Sequence[Company],
    facts: Sequence[Fact],
    language: ReportLanguage,
    *,
    threads: Sequence[str] | None = None,
    by_date: bool = False,
    span: Span = WHOLE,
    sample: bool = False,
    findings: Sequence[Finding] = (),
) -> Timeline:
    """The timeline of these companies from their facts. Undated facts stand in a section of their own, never placed.

    With `threads`, of `THREAD_ORDER`, only these are told, in this order. With `by_date`, or a span that does not hold
    every day, it is told by months, all threads together.
    """
    every_line = entries(facts, {company.key: company for company in companies}, language)
    lines = [line for line in every_line if threads is None or THREADS[line.type] in threads]
    if by_date or not span.open:
        parts = by_month(lines, span)
    else:
        dated = [line for line in lines if line.when is not None]
        parts = {"all": dated}
        if threads is not None or len(lines) > MOST_UNFOLDED:
            parts = {
                thread: [line for line in dated if THREADS[line.type] == thread] for thread in threads or THREAD_ORDER
            }
        parts[UNDATED] = [line for line in lines if line.when is None]
    told = [line for found in parts.values() for line in found]
    told_by = newest_article(facts)
    whole_of_one = len(companies) == 1 and span.open
    return Timeline(
        companies=tuple(companies),
        language=language,
        sample=sample,
        told_by=told_by,
        facts=len(told),
        conflicts=sum(len({conflict.name for conflict in line.open_conflicts}) for line in told),
        sections=tuple(Section(key, _title(key, language), tuple(found)) for key, found in parts.items() if found),
        gaps=gaps(facts, told_by, language) if whole_of_one else (),
        ambiguous=ambiguous_names(facts, language) if whole_of_one else (),
        hidden=len(every_line) - len(lines),
        span=span,
        outside=len(lines) - len(told),
        findings=finding_lines(findings if span.open and (threads is None or "money" in threads) else (), language),
    )


def _title(key: str, language: ReportLanguage) -> str:
    if key == PERHAPS:
        return label(language, "by_date", PERHAPS)
    return label(language, "threads", key) if key in (*THREAD_ORDER, "all", UNDATED) else period_title(key, language)
