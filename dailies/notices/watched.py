"""Which companies a brief is about that is narrowed to the watchlist: those followed, and those of what is followed."""

from __future__ import annotations

from sqlmodel import Session

from dailies.failures import UsageError
from db.facts.store import load_facts
from db.knowledge.companies import load_companies
from db.publishing.notices import watchlist
from reports.sheets.investor_names import investors_named


def watched_companies(session: Session) -> set[str]:
    """The companies followed, those of a segment followed, and those an investor followed put money in.

    Raises UsageError for an empty watchlist.
    """
    watched = watchlist(session)
    if not watched:
        raise UsageError(
            "the watchlist is empty; `dailies watch add NAME` puts a company, an investor or a segment on it"
        )
    names = {kind: {each.name for each in watched if each.kind == kind} for kind in ("company", "segment", "investor")}
    found = set(names["company"])
    if names["segment"]:
        found |= {key for key, company in load_companies(session).items() if company.segment in names["segment"]}
    if names["investor"]:
        rounds = load_facts(session, types=("funding_round",))
        found |= {fact.company_key for fact in rounds if names["investor"] & investors_named([fact]).keys()}
    return found
