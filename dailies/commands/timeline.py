"""`timeline`: what happened to companies, in order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from dailies.commands.page_output import open_to_read, print_report
from dailies.facts_at import clock, facts_at
from dailies.naming import one_company
from db.engine import database_kind
from reports.timeline import timeline as compose
from reports.wording import ReportLanguage


def timeline(
    db: str | None,
    names: Sequence[str],
    language: ReportLanguage,
    format: str,
    *,
    as_of: datetime | None,
    known_at: datetime | None,
) -> None:
    """Print one timeline of all these companies. Raises UsageError where a name is nobody's."""
    engine = open_to_read(db)
    with Session(engine) as session:
        companies = {company.key: company for company in (one_company(session, name) for name in names)}
        facts = facts_at(session, clock(as_of, known_at), list(companies))
    sample = database_kind(engine) == "sample"
    print_report("timeline", compose(list(companies.values()), facts, language, sample=sample), format)
