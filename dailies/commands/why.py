"""`why`: the claims behind any id ever printed."""

from __future__ import annotations

from sqlmodel import Session

from dailies.commands.page_output import open_to_read, print_report
from dailies.failures import UsageError
from dailies.naming import ID_REMEDY, claim_key_of
from db.change_log import heir_of
from db.claim_history import former_claim
from db.company_store import load_companies
from db.engine import database_kind
from db.fact_store import fact_of_claim
from db.finding_store import findings
from db.model import Fact
from reports.escaping import terminal_text
from reports.why import bury, explain
from reports.wording import ReportLanguage


def why(db: str | None, asked: str, language: ReportLanguage, format: str) -> None:
    """Print why a fact says what it says. Raises UsageError where the id never named anything here."""
    engine = open_to_read(db)
    sample = database_kind(engine) == "sample"
    key = claim_key_of(asked)
    with Session(engine) as session:
        fact = fact_of_claim(session, key) or _successor(session, asked)
        if fact is not None:
            companies = load_companies(session, [fact.company_key])
            told = findings(session, [fact.company_key])
            report = explain(fact, companies, language, asked=asked.strip(), sample=sample, findings=told)
            print_report("why", report, format)
            return
        former = former_claim(session, key)
        if former is None:
            raise UsageError(f"nothing here was ever called {terminal_text(asked)}; {ID_REMEDY}")
        companies = load_companies(session, [former.claim.claim.company_key])
    tombstone = bury(
        former.claim,
        companies.get(former.claim.claim.company_key),
        language,
        asked=asked.strip(),
        dropped_on=former.dropped_at.date(),
        cause=former.cause,
        sample=sample,
    )
    print_report("tombstone", tombstone, format)


def _successor(session: Session, asked: str) -> Fact | None:
    """The fact that goes on under another id, where the claim this one was named after is held no more."""
    heir = heir_of(session, asked.strip().lower())
    return fact_of_claim(session, claim_key_of(heir)) if heir is not None else None
