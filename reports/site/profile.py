"""A company's page on the site: who it is and what is known last, then everything that happened, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from db.model import Company
from db.nouns.facts import Fact, Finding
from reports.sheets.company_sheet import CompanySheet, company_sheet
from reports.timeline.by_date import WHOLE, YearRow, by_month, month_table
from reports.timeline.timeline import Timeline, timeline
from reports.wording.values import ReportLanguage


@dataclass(frozen=True, slots=True)
class Profile:
    """The sheet tells the summary and the disputes, the timeline the rest."""

    language: ReportLanguage
    sample: bool
    sheet: CompanySheet
    timeline: Timeline
    months: tuple[YearRow, ...]
    """Leads to the company's page by date; empty where it has none, since all its facts stand in one list."""


def profile(
    company: Company,
    facts: Sequence[Fact],
    language: ReportLanguage,
    *,
    parent: str | None,
    sample: bool,
    findings: Sequence[Finding],
) -> Profile:
    """The page of a company from all its facts. `parent` is its parent's name."""
    told = timeline([company], facts, language, sample=sample, findings=findings)
    return Profile(
        language,
        sample,
        company_sheet(company, facts, language, parent=parent, sample=sample, findings=findings),
        told,
        month_table(by_month(told.entries, WHOLE), language) if told.folded else (),
    )
