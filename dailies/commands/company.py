"""`company` and `factcheck`: one company on one sheet, and every sentence behind it on another."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from dailies.commands.output import emit
from dailies.commands.page_output import open_to_read, print_report
from dailies.facts.facts_at import clock, facts_at, findings_at
from dailies.facts.naming import one_company
from db.connection.engine import database_kind
from db.knowledge.companies import load_companies
from reports.facts.fact_check import fact_check
from reports.sheets.company_sheet import company_sheet
from reports.wording.values import ReportLanguage


def company(
    db: str | None,
    name: str,
    language: ReportLanguage,
    format: str,
    *,
    as_of: datetime | None,
    known_at: datetime | None,
) -> None:
    """Print a company's sheet. Raises UsageError where the name is nobody's, or several companies'."""
    engine = open_to_read(db)
    with Session(engine) as session:
        found = one_company(session, name)
        parents = load_companies(session, [found.parent_key]) if found.parent_key else {}
        moment = clock(as_of, known_at)
        facts = facts_at(session, moment, [found.key])
        held_against = findings_at(session, moment, facts, [found.key])
    sheet = company_sheet(
        found,
        facts,
        language,
        parent=next((parent.name for parent in parents.values()), None),
        sample=database_kind(engine) == "sample",
        findings=held_against,
    )
    print_report("sheet", sheet, format)


def factcheck(
    db: str | None,
    name: str,
    language: ReportLanguage,
    format: str,
    output: Path | None,
    *,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> None:
    """Print a company's fact-check sheet. Raises UsageError where the name is nobody's, or several companies'."""
    engine = open_to_read(db)
    with Session(engine) as session:
        found = one_company(session, name)
        facts = facts_at(session, clock(as_of, known_at), [found.key])
    emit(fact_check(found, facts, language, sample=database_kind(engine) == "sample"), format, output)
