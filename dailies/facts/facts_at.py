"""The facts of a moment: those stored today, or those formed from the claims that an earlier day could know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from sqlmodel import Session

from db.claims.judgements import article_judgements, claim_judgements
from db.claims.store import current_claims, kinds_told_later
from db.claims.stories import Seen, stories_around
from db.facts.findings import findings, in_dollars
from db.facts.store import fact_ids, load_facts
from db.model import StoredClaim
from db.nouns.facts import Fact, Finding
from pipeline import near_copies
from pipeline.facts.forming import form_facts
from pipeline.facts.held_against import hold_against


@dataclass(frozen=True, slots=True)
class Clock:
    """The state of knowledge a report tells: `as_of` the last day of publication, `known_at` the moment of recording.

    Both None: today's.
    """

    as_of: date | None = None
    known_at: datetime | None = None

    @property
    def is_today(self) -> bool:
        """Whether the stored facts are the ones."""
        return self.as_of is None and self.known_at is None


def clock(as_of: datetime | None, known_at: datetime | None) -> Clock:
    """The clock of the options `--as-of` and `--known-at`, which are in UTC."""
    return Clock(as_of.date() if as_of else None, known_at.replace(tzinfo=UTC) if known_at else None)


def facts_at(
    session: Session,
    moment: Clock,
    company_keys: Sequence[str] | None = None,
    types: Sequence[str] | None = None,
    *,
    begun: tuple[date, date] | None = None,
) -> list[Fact]:
    """The facts of some or all companies and types at that moment, sorted by (company, type, id).

    `begun` leaves out what is known to have begun on a day before or after these.
    """
    if moment.is_today:
        return load_facts(session, company_keys, types, begun=begun)
    if moment.known_at is not None or moment.as_of is None:
        claims = current_claims(session, company_keys, types=types, as_of=moment.as_of, known_at=moment.known_at)
        return _within(_formed(session, claims, moment), begun)
    later = kinds_told_later(session, moment.as_of, company_keys, types)
    facts = _within(formed_at(session, moment.as_of, later), begun)
    facts += load_facts(session, company_keys, types, begun=begun, without=later)
    return sorted(facts, key=lambda fact: (fact.company_key, fact.type, fact.id))


def formed_at(session: Session, as_of: date, kinds: Collection[tuple[str, str]]) -> list[Fact]:
    """The facts of these (company key, type) formed from what was published by the end of that day, in no order."""
    companies_of: defaultdict[str, list[str]] = defaultdict(list)
    for company, type_ in sorted(kinds):
        companies_of[type_].append(company)
    claims = [
        stored
        for type_, companies in companies_of.items()
        for stored in current_claims(session, companies, types=[type_], as_of=as_of)
    ]
    return formed_of(session, as_of, claims)


def formed_of(session: Session, as_of: date, claims: Sequence[StoredClaim]) -> list[Fact]:
    """The facts of these claims, all of their kinds that were published by the end of that day, in no order."""
    return _formed(session, claims, Clock(as_of=as_of))


def _formed(session: Session, claims: Sequence[StoredClaim], moment: Clock) -> list[Fact]:
    if not claims:
        return []
    return form_facts(_with_stories(session, claims, moment), claim_judgements(session, moment.known_at))


def _within(facts: list[Fact], begun: tuple[date, date] | None) -> list[Fact]:
    if begun is None:
        return facts
    first, last = begun
    return [fact for fact in facts if fact.event_date is None or first <= fact.event_date.first_day() <= last]


def _with_stories(session: Session, claims: Sequence[StoredClaim], moment: Clock) -> list[StoredClaim]:
    """The claims with the stories that their articles made at that moment."""
    judged = {key for each in article_judgements(session) for key in (each.claim, each.other) if key}
    articles = {each.article_key for each in claims if each.story is not None or each.article_key in judged}
    groups = stories_around(session, articles, near_copies, Seen(moment.as_of, moment.known_at)) if articles else []
    story = {key: group[0] for group in groups if len(group) > 1 for key in group}
    told = ((each, story.get(each.article_key)) for each in claims)
    return [each if each.story == of else replace(each, story=of) for each, of in told]


def findings_at(session: Session, moment: Clock, facts: Sequence[Fact], company_keys: Sequence[str]) -> list[Finding]:
    """What these companies' facts of that moment say about each other."""
    if moment.is_today:
        return findings(session, company_keys)
    told = {key: [fact for fact in facts if fact.company_key == key] for key in sorted(set(company_keys))}
    return [finding for of in told.values() for finding in hold_against(of, in_dollars)]


def claims_at(session: Session, moment: Clock, company_keys: Sequence[str] | None = None) -> list[StoredClaim]:
    """The claims that held at that moment, in order of their keys."""
    return current_claims(session, company_keys, as_of=moment.as_of, known_at=moment.known_at)


def fact_ids_at(session: Session, moment: Clock, company_keys: Sequence[str] | None = None) -> dict[str, str]:
    """The id of the fact that held each claim at that moment."""
    if moment.is_today:
        return fact_ids(session, company_keys)
    return {stored.key: fact.id for fact in facts_at(session, moment, company_keys) for stored in fact.claims}
