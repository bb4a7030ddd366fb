"""Gathers what waits for a person: from the facts, names and judgements as they are now, so that nothing is stale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlmodel import Session

from db.claims.judgements import claim_judgements, companies_apart, company_homes
from db.claims.store import example_claims
from db.facts.findings import findings
from db.facts.store import facts_in_conflict, load_facts
from db.knowledge.companies import all_names, load_companies
from db.model import Company
from db.nouns.facts import Fact
from pipeline.facts.judged import judged
from pipeline.facts.proposals import PAIRED_TYPES, Named, look_alikes, unclear_pairs
from reports.facts.entries import display_name, what_is_told
from reports.listings.conflicts import conflict_lines
from reports.listings.review import ReviewItem
from reports.wording.findings import finding_text
from reports.wording.values import date_text, word_or_text

_BECAUSE = {
    "same_sum": "the same sum, not surely of one deal",
    "same_label": "the same label, not surely of one deal",
    "same_weeks": "told of the same weeks",
    "spelling": "the same letters",
    "suffix": "the same but for what kind of company it is",
    "typo": "one letter differs",
}


def review_items(session: Session, company_key: str | None = None) -> list[ReviewItem]:
    """Everything that waits, of one company or all: pairs of facts, of names, conflicts, candidates, new names."""
    keys = [company_key] if company_key is not None else None
    companies = load_companies(session)
    items = [*_fact_pairs(session, keys, companies), *_company_pairs(session, companies)]
    items += [*_conflicts(session, keys, companies), *_candidates(session, keys, companies)]
    paired = {item.subject for item in items if item.kind == "company_pair"}
    items += _new_names(session, companies, paired)
    return [item for item in items if company_key in (None, item.company_key, item.other)]


def _fact_pairs(session: Session, keys: Sequence[str] | None, companies: Mapping[str, Company]) -> Iterator[ReviewItem]:
    apart = judged(claim_judgements(session)).apart
    for pair in unclear_pairs(load_facts(session, keys, PAIRED_TYPES), apart):
        yield ReviewItem(
            kind="fact_pair",
            company_key=pair.one.company_key,
            company=_name(pair.one.company_key, companies),
            subject=pair.one.id,
            other=pair.other.id,
            field=None,
            question=f"{_told(pair.one)} / {_told(pair.other)}: one deal?",
            reason=_BECAUSE[pair.reason],
            one=pair.claim,
            two=pair.other_claim,
        )


def _told(fact: Fact) -> str:
    when = fact.event_date
    return f"{what_is_told(fact, 'en')} ({date_text(when, 'en')})" if when else what_is_told(fact, "en")


def _company_pairs(session: Session, companies: Mapping[str, Company]) -> Iterator[ReviewItem]:
    homes = company_homes(session)
    names = [Named(key, name, companies[key].candidate) for name, key in all_names(session) if key not in homes]
    found = look_alikes(names, companies_apart(session))
    examples = example_claims(session, [key for each in found for key in (each.key, each.other_key)])
    for each in found:
        if each.key in examples:  # nothing is held of it any more: nothing to decide
            yield ReviewItem(
                kind="company_pair",
                company_key=each.key,
                company=each.name,
                subject=each.key,
                other=each.other_key,
                field=None,
                question=f"{each.name} / {each.other_name}: one company?",
                reason=_BECAUSE[each.reason],
                one=examples[each.key],
                two=examples.get(each.other_key),
            )


def _conflicts(session: Session, keys: Sequence[str] | None, companies: Mapping[str, Company]) -> Iterator[ReviewItem]:
    for line in conflict_lines(facts_in_conflict(session, keys), (), companies):
        yield ReviewItem(
            kind="conflict",
            company_key=line.company_key,
            company=line.company,
            subject=line.fact_id,
            other=None,
            field=line.field,
            question=f"{line.what}: {word_or_text('en', 'fields', line.field)} {line.chosen} or {line.losing}?",
            reason=line.rule,
            one=line.supporter,
            two=line.opponent,
        )


def _candidates(session: Session, keys: Sequence[str] | None, companies: Mapping[str, Company]) -> Iterator[ReviewItem]:
    for each in findings(session, keys):
        if each.kind != "derived_price":
            yield ReviewItem(
                kind="candidate",
                company_key=each.company_key,
                company=_name(each.company_key, companies),
                subject=each.fact_id,
                other=None,
                field=None,
                question=finding_text(each, "en"),
                reason=each.kind.replace("_", " "),
            )


def _new_names(session: Session, companies: Mapping[str, Company], paired: set[str]) -> list[ReviewItem]:
    homes = company_homes(session)
    keys = [key for key, company in companies.items() if company.candidate and key not in homes and key not in paired]
    return [
        ReviewItem(
            kind="new_name",
            company_key=key,
            company=companies[key].name,
            subject=key,
            other=None,
            field=None,
            question=f"{companies[key].name}: a company to follow?",
            reason="found in the news, curated by nobody",
            one=stored,
        )
        for key, stored in sorted(example_claims(session, keys).items())
    ]


def _name(key: str, companies: Mapping[str, Company]) -> str:
    return display_name(companies[key], "en") if key in companies else key
