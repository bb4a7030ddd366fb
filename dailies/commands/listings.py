"""`rounds`, `valuations`, `metrics`, `events`, `articles`, `claims`, `conflicts`: what the database holds, listed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlmodel import Session

from dailies.commands.output import emit
from dailies.commands.page_output import open_to_read
from dailies.facts.facts_at import claims_at, clock, fact_ids_at, facts_at, findings_at
from dailies.facts.naming import known_value, one_company
from db.claims.articles import newest_articles
from db.connection.engine import database_kind
from db.facts.findings import findings
from db.facts.store import facts_in_conflict
from db.knowledge.companies import load_companies
from reports.listings.articles import article_listing
from reports.listings.claims import claim_lines, claim_listing
from reports.listings.conflicts import conflict_lines, conflict_listing
from reports.listings.facts import FactListing, fact_lines, fact_listing
from reports.sheets.company_line import EVENT_TYPES
from reports.wording.values import ReportLanguage

_TYPES: dict[FactListing, tuple[str, ...]] = {
    "rounds": ("funding_round",),
    "valuations": ("valuation",),
    "metrics": ("metric",),
    "events": EVENT_TYPES,
}
_ON_DEMAND = ("metric", "total_funding")
"""Types that are no events, and that `events --type` lists all the same."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What every listing of what is known is asked: from which database, how to print it, whose, and as of when."""

    db: str | None
    format: str
    output: Path | None = None
    company: str | None = None
    as_of: datetime | None = None
    known_at: datetime | None = None
    language: ReportLanguage = "en"


def facts(asked: Asked, name: FactListing, type_: str | None = None) -> None:
    """Rounds, valuations, metrics or events. Raises UsageError for a company or type there is none of."""
    wanted = [known_value("type", type_, [*_TYPES[name], *_ON_DEMAND])] if type_ else _TYPES[name]
    with _reading(asked.db) as (session, sample):
        found = facts_at(session, clock(asked.as_of, asked.known_at), _keys(session, asked.company), wanted)
        known = load_companies(session, [fact.company_key for fact in found])
        emit(
            fact_listing(name, fact_lines(found, known), sample=sample, language=asked.language),
            asked.format,
            asked.output,
        )


def conflicts(asked: Asked) -> None:
    """The open conflicts, of values and of whole facts. Raises UsageError for a company there is none of."""
    with _reading(asked.db) as (session, sample):
        moment, keys = clock(asked.as_of, asked.known_at), _keys(session, asked.company)
        found = facts_in_conflict(session, keys) if moment.is_today else facts_at(session, moment, keys)
        of = keys if keys is not None else sorted({fact.company_key for fact in found})
        told = findings(session, keys) if moment.is_today else findings_at(session, moment, found, of)
        named = [*(fact.company_key for fact in found), *(each.company_key for each in told)]
        known = load_companies(session, named)
        lines = conflict_lines(found, told, known, asked.language)
        emit(conflict_listing(lines, sample=sample, language=asked.language), asked.format, asked.output)


def claims(asked: Asked) -> None:
    """Claims with their sentences. Raises UsageError for a company there is none of."""
    with _reading(asked.db) as (session, sample):
        moment, keys = clock(asked.as_of, asked.known_at), _keys(session, asked.company)
        lines = claim_lines(claims_at(session, moment, keys), fact_ids_at(session, moment, keys))
        emit(claim_listing(lines, sample=sample, language=asked.language), asked.format, asked.output)


LISTINGS: Mapping[str, Callable[[Asked], None]] = {
    "rounds": partial(facts, name="rounds"),
    "valuations": partial(facts, name="valuations"),
    "metrics": partial(facts, name="metrics"),
    "claims": claims,
    "conflicts": conflicts,
}
"""Those that are asked nothing else."""


def articles(
    db: str | None,
    format: str,
    output: Path | None,
    *,
    relevant: bool,
    limit: int,
    language: ReportLanguage = "en",
) -> None:
    """The latest articles."""
    with _reading(db) as (session, sample):
        found = newest_articles(session, limit, relevant=relevant)
        emit(article_listing(found, sample=sample, language=language), format, output)


@contextmanager
def _reading(db: str | None) -> Iterator[tuple[Session, bool]]:
    """A session on the database of `--db`, and whether what it holds are samples."""
    engine = open_to_read(db)
    with Session(engine) as session:
        yield session, database_kind(engine) == "sample"


def _keys(session: Session, company: str | None) -> list[str] | None:
    return [one_company(session, company).key] if company else None
