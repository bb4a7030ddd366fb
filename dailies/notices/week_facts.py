"""What a week's brief looks at: the facts its articles told, what stands beside them, and no other."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence, Set
from datetime import date, timedelta

from sqlmodel import Session

from dailies.facts.facts_at import Clock, facts_at, formed_at, formed_of
from db.claims.store import Kind, companies_told_of_rounds, kinds_talked_of, kinds_told_later
from db.connection.collecting import all_kept
from db.facts.outlines import companies_with_rounds, fact_outlines, open_talk_kinds, rounds_of_undated_pages
from db.facts.store import load_facts
from db.knowledge.companies import load_companies
from db.nouns.facts import Fact
from db.publishing.issues import told_before
from db.publishing.news import companies_in_the_news, coverage
from db.values import PartialDate
from reports.brief.numbers import PRICES_NEAR
from reports.brief.week_facts import WeekFacts
from reports.brief.week_selection import OPEN_TALK
from reports.facts.talk import DEAL_TYPES

_PRICED = ("funding_round", "valuation")


@all_kept()
def week_facts(
    session: Session,
    week: PartialDate,
    *,
    hindsight: bool = False,
    only: Collection[str] | None = None,
    deals_of: Callable[[int], Sequence[Fact]] | None = None,
) -> WeekFacts:
    """What the brief of an ISO week (UTC) is made of; `only` narrows it to these companies.

    Who asks for several weeks gives `deals_of`, which is `year_deals` of a whole year and may remember its answers.
    """
    first, last = week.first_day(), week.last_day()
    news = _among(companies_in_the_news(session, first, last), only)
    told = kinds_told_later(session, first - timedelta(days=1), news)
    told_issues = [each for each in told_before(session, week.iso) if only is None or each.state.company_key in only]
    of_issues = sorted({each.state.company_key for each in told_issues})
    types_of_issues = sorted({each.state.type for each in told_issues})
    later = kinds_told_later(session, last)
    now = _facts_of(session, last, told | _beside(told) | _open_talk(session, first, later, only), later)
    year = _year(session, first, last, later, only, deals_of)
    year_undated = rounds_of_undated_pages(session, date(first.year, 1, 1), last)
    year_undated = [each for each in year_undated if only is None or each.company_key in only]
    companies = {*news, *of_issues, *(fact.company_key for fact in (*now, *year, *year_undated))}
    return WeekFacts(
        now=now,
        before=_before(session, first - timedelta(days=1), now, told),
        year=year,
        year_undated=year_undated,
        later=facts_at(session, Clock(), news) if hindsight else None,
        earlier_issues=told_issues,
        now_of_issues=facts_at(session, Clock(as_of=last), of_issues, types_of_issues) if told_issues else (),
        companies=load_companies(session, sorted(companies)),
        coverage=coverage(session, first, last),
    )


def _beside(told: Iterable[Kind]) -> set[Kind]:
    """A round is shown with its price and held against those before it, and a price against the last one."""
    return {(company, type_) for company, told_type in told if told_type in _PRICED for type_ in _PRICED}


def _facts_of(session: Session, as_of: date, kinds: Set[Kind], later: Set[Kind]) -> list[Fact]:
    """The facts of these kinds known at the end of that day, sorted by (company, type, id)."""
    companies, types = sorted({company for company, _ in kinds}), sorted({type_ for _, type_ in kinds})
    facts = formed_at(session, as_of, kinds & later)
    facts += load_facts(session, companies, types, kinds=kinds - later)
    return sorted(facts, key=lambda fact: (fact.company_key, fact.type, fact.id))


def _before(session: Session, as_of: date, now: Iterable[Fact], kinds: Collection[Kind]) -> list[Fact]:
    """The facts of these kinds at the end of an earlier day: formed of the claims of today's that were published."""
    claims = [
        stored
        for fact in now
        if (fact.company_key, fact.type) in kinds
        for stored in fact.claims
        if stored.published is not None and stored.published <= as_of
    ]
    return formed_of(session, as_of, claims)


def _open_talk(session: Session, first: date, later: Set[Kind], only: Collection[str] | None) -> set[Kind]:
    """The kinds of deals that were talked of in the half year before the week and of which nothing came by its end.

    Where something was told since, that is not known before they are formed: of those every kind talked of is one.
    """
    begun, before = first - OPEN_TALK, first - timedelta(days=1)
    talked = kinds_talked_of(session, {kind for kind in later if kind[1] in DEAL_TYPES}, begun, before)
    return {
        (company, type_)
        for company, type_ in open_talk_kinds(session, DEAL_TYPES, begun, before) | talked
        if only is None or company in only
    }


def year_deals(session: Session, year: int, last: date | None = None) -> list[Fact]:
    """The stored rounds that began in a year, by `last`, and the rounds and prices near them of the same companies.

    In outline. What began after a week's end is no part of that week's year: it may be there or not.
    """
    first, last = date(year, 1, 1), last or date(year, 12, 31)
    return _deals(session, companies_with_rounds(session, first, last), first, last)


def _deals(session: Session, companies: Collection[str], first: date, last: date) -> list[Fact]:
    return fact_outlines(session, sorted(companies), _PRICED, (first - PRICES_NEAR, last + PRICES_NEAR))


def _year(
    session: Session,
    first: date,
    last: date,
    later: Set[Kind],
    only: Collection[str] | None,
    deals_of: Callable[[int], Sequence[Fact]] | None,
) -> list[Fact]:
    """The rounds of the week's year and the prices near them, of companies with a round by the week's end."""
    new_year = date(first.year, 1, 1)
    stored = deals_of(first.year) if deals_of else year_deals(session, first.year, last)
    companies = held = {fact.company_key for fact in stored}
    if retold := {company for company, type_ in later if type_ in _PRICED}:
        companies = (held - retold) | companies_told_of_rounds(session, retold, first.year, last)
    asked = {*_among(sorted(companies), only)}
    formed = formed_at(session, last, {(company, type_) for company in asked for type_ in _PRICED} & later)
    stored = [*stored, *_deals(session, asked - held, new_year, last)]
    return [
        *formed,
        *(fact for fact in stored if fact.company_key in asked and (fact.company_key, fact.type) not in later),
    ]


def _among(keys: Sequence[str], only: Collection[str] | None) -> list[str]:
    return [key for key in keys if only is None or key in only]
