"""`why`: the claims behind any id ever printed."""

from __future__ import annotations

from sqlmodel import Session

from dailies.commands.page_output import open_to_read, print_report
from dailies.facts.explained import explained
from dailies.facts.naming import ID_REMEDY
from dailies.failures import UsageError
from db.connection.engine import database_kind
from reports.escaping import terminal_text
from reports.facts.why import Why
from reports.wording.values import ReportLanguage


def why(db: str | None, asked: str, language: ReportLanguage, format: str) -> None:
    """Print why a fact says what it says. Raises UsageError where the id never named anything here."""
    engine = open_to_read(db)
    with Session(engine) as session:
        report = explained(session, asked, language, sample=database_kind(engine) == "sample")
    if report is None:
        raise UsageError(f"nothing here was ever called {terminal_text(asked)}; {ID_REMEDY}")
    print_report("why" if isinstance(report, Why) else "tombstone", report, format)
