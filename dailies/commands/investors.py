"""`investors` and `investor`: who puts money into AI video, and one of them on a sheet."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from dailies.commands.companies import chosen, country_code, since_date
from dailies.commands.output import emit
from dailies.commands.page_output import open_to_read, print_report
from dailies.facts.facts_at import clock, facts_at
from dailies.facts.naming import known_investor, one_company
from db.connection.engine import database_kind
from db.knowledge.companies import load_companies
from reports.sheets.investor_line import investor_line, investor_lines
from reports.sheets.investor_names import investors_named
from reports.sheets.investor_sheet import investor_sheet
from reports.sheets.investor_table import investor_table
from reports.wording.known_names import countries_of_investors
from reports.wording.values import ReportLanguage

_ROUNDS = ("funding_round",)


def investors(
    db: str | None,
    format: str,
    output: Path | None,
    *,
    company: str | None = None,
    country: str | None = None,
    since: str | None = None,
    leads: bool = False,
    sort: str | None = None,
    columns: str | None = None,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
    language: ReportLanguage = "en",
) -> None:
    """The investor table. Raises UsageError for a company, country or column there is none of, or what is no date."""
    engine = open_to_read(db)
    first = since_date(since) if since else None
    with Session(engine) as session:
        keys = [one_company(session, company).key] if company else None
        facts = facts_at(session, clock(as_of, known_at), keys, _ROUNDS)
        companies = load_companies(session, [fact.company_key for fact in facts])
    lines = [line for line in investor_lines(facts, first) if line.led or not leads]
    if country:
        code = country_code(country, countries_of_investors())
        lines = [line for line in lines if line.party and line.party.country == code]
    listing = investor_table(lines, companies, sample=database_kind(engine) == "sample", language=language)
    emit(chosen(listing, sort, columns), format, output)


def investor(
    db: str | None,
    name: str,
    language: ReportLanguage,
    format: str,
    *,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> None:
    """Print an investor's sheet. Raises UsageError where nobody we know or read of goes by this name."""
    engine = open_to_read(db)
    with Session(engine) as session:
        facts = facts_at(session, clock(as_of, known_at), None, _ROUNDS)
        companies = load_companies(session, [fact.company_key for fact in facts])
    line = investor_line(known_investor(name, investors_named(facts)), facts)
    print_report(
        "investor", investor_sheet(line, companies, language, sample=database_kind(engine) == "sample"), format
    )
