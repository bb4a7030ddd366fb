"""Who raised most in a quarter or a year: rounds added up by company, and what is left out, each kind counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from db.model import Company, Status
from db.nouns.facts import Fact
from db.nouns.round_kinds import is_done_round, is_lent, is_sale_of_old_shares
from db.nouns.round_parts import new_money
from db.values import PartialDate
from reports.brief.numbers import is_plausible
from reports.facts.entries import display_name
from reports.facts.scope import is_core
from reports.facts.sum_marks import marked, marked_amount
from reports.sheets.total_raised import dollars_together, sure_dollars
from reports.site.fact_cells import when_text
from reports.site.links import SiteLinks
from reports.wording.labels import label
from reports.wording.values import ReportLanguage, listed, money_text

RANKED = 10
_NAMED_BESIDE = 3
_LeftOut = Literal["beside", "unsized", "mistaken", "lent", "old_shares", "whole", "inexact", "talk"]
_LEFT_OUT: tuple[_LeftOut, ...] = ("beside", "unsized", "mistaken", "lent", "old_shares", "whole", "inexact", "talk")
"""In the order in which it is said."""


@dataclass(frozen=True, slots=True)
class RankedRound:
    """A round of a company that is ranked: its page, how sure it is, which it is with its sum as told, and its date."""

    address: str
    status: Status
    what: str
    when: str


@dataclass(frozen=True, slots=True)
class RankedCompany:
    """What a company raised in all, in US dollars; `derived` unless one round's sum as it was told is all of it."""

    name: str
    address: str | None
    dollars: str
    derived: bool
    rounds: tuple[RankedRound, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The companies that raised most in a period, `more` that raised less, and what counts for nothing, in words."""

    period: PartialDate
    companies: tuple[RankedCompany, ...]
    more: int
    rounds: int
    left_out: tuple[str, ...]


def raised_ranking(
    facts: Sequence[Fact], companies: Mapping[str, Company], period: PartialDate, links: SiteLinks
) -> Ranking:
    """The ranking of a period by the rounds and prices of its year.

    Confirmed and reported rounds surely of the period count, of companies of AI video, with a sum in dollars. Loans and
    old shares do not, nor what a round came to with an extension that counts by itself, nor a sum as large as the
    company's price, which is a price mistaken.
    """
    prices: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.type == "valuation":
            prices[fact.company_key].append(fact)
    raised: defaultdict[str, list[Fact]] = defaultdict(list)
    left_out: Counter[_LeftOut] = Counter()
    beside: list[Fact] = []
    apart = {fact.id for fact in new_money(facts)}
    for fact in facts:
        if fact.type != "funding_round" or not _touches(fact, period):
            continue
        reason = _left_out(fact, period, companies, prices[fact.company_key])
        if reason is None and fact.id not in apart:
            reason = "whole"
        if reason is None:
            raised[fact.company_key].append(fact)
        else:
            left_out[reason] += 1
        if reason == "beside":
            beside.append(fact)
    ranked = sorted(raised, key=lambda key: (-_dollars(raised[key]), key))
    return Ranking(
        period,
        tuple(_ranked(companies[key], raised[key], links) for key in ranked[:RANKED]),
        len(ranked[RANKED:]),
        sum(len(rounds) for rounds in raised.values()),
        tuple(
            label(links.language, "raised", reason).format(
                left_out[reason], _largest(beside, companies, links.language)
            )
            for reason in _LEFT_OUT
            if left_out[reason]
        ),
    )


def _touches(fact: Fact, period: PartialDate) -> bool:
    when = fact.event_date
    return when is not None and when.first_day() <= period.last_day() and period.first_day() <= when.last_day()


def _left_out(
    fact: Fact, period: PartialDate, companies: Mapping[str, Company], prices: Sequence[Fact]
) -> _LeftOut | None:
    """Why a round counts for nothing; None of one that counts."""
    when = fact.event_date
    if not is_done_round(fact):
        return "talk"
    if when is None or not period.contains(when):
        return "inexact"
    if is_sale_of_old_shares(fact):
        return "old_shares"
    if is_lent(fact):
        return "lent"
    if not is_core(fact, companies):
        return "beside"
    if not sure_dollars(fact):
        return "unsized"
    return None if is_plausible(fact, prices) else "mistaken"


def _ranked(company: Company, rounds: Iterable[Fact], links: SiteLinks) -> RankedCompany:
    language = links.language
    held = sorted(rounds, key=lambda fact: (-sure_dollars(fact), fact.id))
    as_told = len(held) == 1 and held[0].money is not None and held[0].money.currency == "USD"
    total = held[0].money if as_told else dollars_together(held, whole=True)
    return RankedCompany(
        display_name(company, language),
        links.company(company.key),
        money_text(total, language) if total else "",
        not as_told,
        tuple(
            RankedRound(
                links.fact(fact.id),
                fact.status,
                marked(fact, language),
                when_text(fact, language),
            )
            for fact in held
        ),
    )


def _dollars(rounds: Iterable[Fact]) -> Decimal:
    return sum((sure_dollars(fact) for fact in rounds), Decimal(0))


def _largest(rounds: Sequence[Fact], companies: Mapping[str, Company], language: ReportLanguage) -> str:
    """The largest of the rounds that stand beside, by name, so that nobody misses one that everybody has read of."""
    named = sorted((fact for fact in rounds if sure_dollars(fact)), key=lambda fact: (-sure_dollars(fact), fact.id))
    return listed(
        language,
        [
            f"{display_name(companies[fact.company_key], language)} {marked_amount(fact, language)}"
            for fact in named[:_NAMED_BESIDE]
            if fact.company_key in companies
        ],
    )


def quarter_and_year(quarter: date) -> tuple[PartialDate, PartialDate]:
    """The quarter that begins on a day, and its year."""
    return PartialDate(f"{quarter.year:04}-Q{quarter.month // 3 + 1}"), PartialDate(f"{quarter.year:04}")
