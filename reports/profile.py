"""A company's page on the site: who it is and what is known last, then everything that happened, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from db.facts import Fact, Finding
from db.model import Company
from reports.company_sheet import CompanySheet, company_sheet
from reports.timeline import Timeline, timeline
from reports.wording import ReportLanguage


@dataclass(frozen=True, slots=True)
class Profile:
    """The sheet tells the summary and the disputes, the timeline the rest."""

    language: ReportLanguage
    sample: bool
    sheet: CompanySheet
    timeline: Timeline


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
    return Profile(
        language,
        sample,
        company_sheet(company, facts, language, parent=parent, sample=sample, findings=findings),
        timeline([company], facts, language, sample=sample, findings=findings),
    )
