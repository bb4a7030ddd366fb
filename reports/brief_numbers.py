"""A brief's first screen: one sentence, and the week's numbers each with what it is based on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from db.model import ClaimType, Company, Fact
from db.news_store import Coverage
from db.us_dollars import us_dollars
from db.values import Money
from db.witnesses import independent
from reports.entries import display_name
from reports.fact_wording import what_happened
from reports.labels import label
from reports.scope import is_core
from reports.total_raised import DONE, total_raised
from reports.valuation_moves import valuation_of
from reports.week_selection import Selection
from reports.wording import ReportLanguage, listed, money_text, series_text

_IN_HEADLINE = 3
_HEADLINE_ORDER: tuple[ClaimType, ...] = (
    "acquisition", "ipo", "shutdown", "layoffs", "lawsuit", "product_launch", "leadership_change", "valuation",
)  # fmt: skip
"""What else goes into the one sentence, in order of weight; rounds go before all of it."""
_LENT = frozenset({"debt_financing"})


@dataclass(frozen=True, slots=True)
class Number:
    """One row of the first screen; `derived` is what we made of the value, empty for most."""

    label: str
    value: str
    based_on: str
    derived: str = ""


def headline(chosen: Selection, now: Sequence[Fact], companies: Mapping[str, Company], language: ReportLanguage) -> str:
    """The week in one sentence: its rounds by size (of others only where AI video had none), its events by weight."""
    every_round = [fact for fact in chosen.news if fact.type == "funding_round"]
    rounds = [fact for fact in every_round if is_core(fact, companies)] or every_round
    others = [fact for fact in chosen.news if fact.type in _HEADLINE_ORDER and is_core(fact, companies)]
    rounds.sort(key=lambda fact: (-dollars(fact), fact.id))
    others.sort(key=lambda fact: (_HEADLINE_ORDER.index(fact.type), -fact.witnesses, fact.id))
    clauses = [_raises(fact, now, companies, language) for fact in rounds[:2]]
    told = {fact.company_key for fact in rounds[:2]}
    for fact in others:
        if len(clauses) < _IN_HEADLINE and not (fact.type == "valuation" and fact.company_key in told):
            clauses.append(_clause(fact, companies, language))
    if not clauses:
        clauses.append(label(language, "brief", "quiet"))
        if chosen.late:
            clauses[0] += label(language, "brief", "quiet_late").format(len(chosen.late))
    return label(language, "brief", "join").join(clauses) + label(language, "brief", "stop")


def _raises(fact: Fact, now: Sequence[Fact], companies: Mapping[str, Company], language: ReportLanguage) -> str:
    values = {
        "company": _name(fact, companies, language),
        "amount": money_text(fact.money, language),
        "series": series_text(fact.value("investment_type"), fact.value("series_qualifier"), language),
    }
    form = "raises" if fact.value("investment_type") not in (None, "series_unknown") else "raises_unknown_series"
    clause = label(language, "brief", form if fact.money else "raises_undisclosed").format(**values)
    valuation = valuation_of(fact, now)
    if valuation is None:
        return clause
    return label(language, "brief", "at").format(clause, money_text(valuation.money, language))


def _clause(fact: Fact, companies: Mapping[str, Company], language: ReportLanguage) -> str:
    return label(language, "timeline", "of").format(_name(fact, companies, language), what_happened(fact, language))


def _name(fact: Fact, companies: Mapping[str, Company], language: ReportLanguage) -> str:
    company = companies.get(fact.company_key)
    return display_name(company, language) if company else fact.claims[0].claim.company


def headline_numbers(
    chosen: Selection, now: Sequence[Fact], companies: Mapping[str, Company], language: ReportLanguage
) -> tuple[Number, ...]:
    """The week's counts and sums, of companies of AI video only, each with its denominator."""
    every_round = [fact for fact in chosen.news if fact.type == "funding_round"]
    rounds = [fact for fact in every_round if is_core(fact, companies)]
    paid_in = [fact for fact in rounds if fact.value("investment_type") not in _LENT]
    raised = total_raised(paid_in)
    priced = sum(valuation_of(fact, now) is not None for fact in rounds)
    talk = sum(is_core(fact, companies) for fact in chosen.talk)
    events = [fact for fact in chosen.news if is_core(fact, companies)]

    def text(key: str) -> str:
        return label(language, "brief", key)

    def count(*types: ClaimType) -> str:
        return str(sum(fact.type in types for fact in events)) if any(fact.type in types for fact in events) else none

    none = text("none_found")
    sums = listed(language, [money_text(each, language) for each in raised.sums])
    counts = [count(kind) for kind in ("shutdown", "layoffs", "lawsuit")]
    troubles = " · ".join(counts) if set(counts) != {none} else none
    return (
        Number(text("rounds_told"), str(len(rounds)) if rounds else none, _basis(rounds, every_round, language)),
        Number(
            text("disclosed"),
            sums or "–",
            text("of_rounds").format(raised.counted, raised.rounds),
            _together(paid_in, language) if len(raised.sums) > 1 else "",
        ),
        Number(text("priced"), text("of_priced").format(priced, len(rounds)) if rounds else "–", text("priced_note")),
        Number(text("troubles_told"), troubles, text("zero_note") if none in troubles else ""),
        Number(text("launches_told"), count("product_launch"), ""),
        Number(text("talk_told"), str(talk) if talk else none, text("talk_note")),
    )


def dollars(fact: Fact) -> Decimal:
    """The fact's sum in US dollars for ordering and adding; zero where there is no sum, or no rate for it."""
    return (us_dollars(fact.money, fact.event_date).amount if fact.money else None) or Decimal(0)


def _together(rounds: Sequence[Fact], language: ReportLanguage) -> str:
    """Sums of several currencies as one, rounded to three digits; what has no rate is left out."""
    total = sum((dollars(fact) for fact in rounds if fact.status in DONE), Decimal(0))
    if not total:
        return ""
    rounded = total.quantize(Decimal(1).scaleb(total.adjusted() - 2), ROUND_HALF_UP)
    return label(language, "brief", "together").format(money_text(Money(rounded, "USD", "~"), language))


def _basis(rounds: Sequence[Fact], every_round: Sequence[Fact], language: ReportLanguage) -> str:
    claims = sum(len(fact.claims) for fact in rounds)
    origins = len({name for fact in rounds for name in independent(fact.claims)})
    beside = len(every_round) - len(rounds)
    form = "claims_origins_beside" if beside else "claims_origins"
    return label(language, "brief", form).format(claims, origins, beside)


def coverage_text(coverage: Coverage, language: ReportLanguage) -> str:
    """What the week's news rests on, so that "none found" means something."""

    def text(key: str) -> str:
        return label(language, "brief", key)

    read = text("read_none")
    if coverage.articles:
        languages = listed(
            language, [f"{label(language, 'languages', name)} {count}" for name, count in coverage.languages] or ["–"]
        )
        read = text("read").format(coverage.articles, coverage.relevant, languages, coverage.outlets, coverage.claims)
    crawled = text("not_crawled")
    if coverage.crawled:
        failed = text("failed").format(listed(language, coverage.failed)) if coverage.failed else ""
        crawled = text("crawled").format(coverage.crawled, len(coverage.failed), failed)
    unread = text("unread").format(coverage.unread) if coverage.unread else ""
    return text("sentences").join(filter(None, (read, unread, crawled, text("zero"))))
