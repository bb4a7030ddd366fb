"""Which facts have to be formed again, and why: kept until it is done, so that a kill in between loses nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from sqlalchemy import delete, text
from sqlmodel import Session, col, select

from db.claims.judgements import company_homes
from db.nouns.change import Cause
from db.schema.outline_tables import OutlineRow
from db.schema.tables import DatabaseMark, StaleCompanyRow

WHOLE_COMPANY = ""
"""In the place of a claim's key: all of the company's facts, since the rules changed."""
_MARK = text(
    "INSERT INTO stale_company (company_key, claim_key, cause) VALUES (:company_key, :claim_key, :cause) "
    # The first cause holds: what was never formed is still news. Writing it again locks the row on PostgreSQL, so
    # that who takes it off the list meanwhile waits for our claims.
    "ON CONFLICT (company_key, claim_key) DO UPDATE SET cause = stale_company.cause"
)
_MARK_ALL = text(
    "INSERT INTO stale_company (company_key, claim_key, cause) "
    "SELECT key, '', 'rules' FROM company WHERE EXISTS (SELECT 1 FROM claim WHERE claim.company_key = company.key) "
    "ON CONFLICT (company_key, claim_key) DO NOTHING"
)


def mark_stale(session: Session, claims: Iterable[tuple[str, str]], cause: Cause) -> None:
    """Note (company key, claim key) of every claim that was added, superseded or judged. The caller commits.

    A company that was judged to be part of another makes that one stale as well. Outlines of what is stale are gone.
    """
    homes, told = company_homes(session), set(claims)
    told |= {(homes[company], claim) for company, claim in told if company in homes}
    rows = [{"company_key": company, "claim_key": claim, "cause": cause} for company, claim in sorted(told)]
    if rows:
        session.execute(_MARK, rows)
        session.execute(delete(OutlineRow).where(col(OutlineRow.company_key).in_({company for company, _ in told})))


def stale_companies(session: Session) -> list[str]:
    """The companies whose facts have to be formed again, in order."""
    return list(session.exec(select(StaleCompanyRow.company_key).distinct().order_by(StaleCompanyRow.company_key)))


def take_causes(session: Session, company_key: str) -> Mapping[str, Cause]:
    """Take a company off the list: the cause by claim. Before its claims are read, so that none slips in between."""
    rows = session.execute(
        delete(StaleCompanyRow)
        .where(col(StaleCompanyRow.company_key) == company_key)
        .returning(col(StaleCompanyRow.claim_key), col(StaleCompanyRow.cause))
    )
    return {str(claim_key): cast(Cause, cause) for claim_key, cause in rows.all()}


def rules_adopted(session: Session, digest: str) -> bool:
    """Whether all facts are formed by these rules, or about to be."""
    return session.get_one(DatabaseMark, 1).rules_digest == digest


def adopt_rules(session: Session, digest: str) -> None:
    """Have all facts formed again, by these rules. The caller commits."""
    mark = session.get_one(DatabaseMark, 1)
    mark.rules_digest = digest
    session.add(mark)
    session.execute(_MARK_ALL)
    session.execute(delete(OutlineRow))
