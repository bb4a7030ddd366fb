"""What any id ever printed leads to: the fact that holds its claim today, the one it became, or why there is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from dailies.facts.naming import claim_key_of
from db.claims.history import former_claim
from db.facts.change_log import companies_of_ids, heir_of
from db.facts.findings import findings
from db.facts.store import companies_of_claims, fact_of_claim
from db.knowledge.companies import load_companies
from db.nouns.facts import Fact
from reports.facts.why import Tombstone, Why, bury, explain
from reports.wording.values import ReportLanguage


def explained(session: Session, asked: str, language: ReportLanguage, *, sample: bool) -> Why | Tombstone | None:
    """The claims behind the id of a fact or a claim; None where the id never named anything here."""
    key = claim_key_of(asked)
    fact = fact_of_claim(session, key) or _successor(session, asked)
    if fact is not None:
        companies = load_companies(session, [fact.company_key])
        told = findings(session, [fact.company_key])
        return explain(fact, companies, language, asked=asked.strip(), sample=sample, findings=told)
    former = former_claim(session, key)
    if former is None:
        return None
    companies = load_companies(session, [former.claim.claim.company_key])
    return bury(
        former.claim,
        companies.get(former.claim.claim.company_key),
        language,
        asked=asked.strip(),
        dropped_on=former.dropped_at.date(),
        cause=former.cause,
        sample=sample,
    )


def led_by(session: Session, former: Sequence[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Ids that name no fact today, each with the companies that decide what `explained` makes of it.

    The one whose fact it leads to, or else those of which the log tells it, and of its heir's.
    """
    own = companies_of_claims(session, [claim_key_of(id_) for id_ in former])
    logged = companies_of_ids(session, former)
    for id_ in former:
        key = claim_key_of(id_)
        if key in own:
            yield id_, frozenset({own[key]}) | logged[id_]
            continue
        heir = heir_of(session, id_)
        led_to = companies_of_claims(session, [claim_key_of(heir)]).values() if heir is not None else ()
        yield id_, logged[id_].union(led_to)


def _successor(session: Session, asked: str) -> Fact | None:
    """The fact that goes on under another id, where the claim this one was named after is held no more."""
    heir = heir_of(session, asked.strip().lower())
    return fact_of_claim(session, claim_key_of(heir)) if heir is not None else None
