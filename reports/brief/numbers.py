"""A brief's first screen: one sentence, and the week's numbers each with what it is based on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from db.model import ClaimType, Company
from db.nouns.facts import Fact
from db.nouns.round_kinds import DONE, is_put_in
from db.nouns.round_parts import new_money
from db.nouns.witnesses import independent
from db.publishing.news import Coverage
from reports.brief.week_selection import Selection
from reports.facts.entries import display_name
from reports.facts.scope import is_core
from reports.sheets.total_raised import dollar_range, dollars_together, sure_dollars, total_raised
from reports.sheets.valuation_moves import valuation_of
from reports.wording.facts import amount_text, what_happened
from reports.wording.labels import label
from reports.wording.values import LANGUAGES, ReportLanguage, listed, money_text, series_text

_IN_HEADLINE = 3
_HEADLINE_ORDER: tuple[ClaimType, ...] = (
    "acquisition", "ipo", "shutdown", "layoffs", "lawsuit", "product_launch", "leadership_change", "valuation",
)  # fmt: skip
"""What else goes into the one sentence, in order of weight; rounds go before all of it."""
PRICES_NEAR = timedelta(days=366)
"""How far from a round a price may be and speak against the round's sum."""
_RAISES = {
    (True, True): "raises",
    (False, True): "raises_unknown_series",
    (True, False): "raises_no_sum",
    (False, False): "raises_nothing_stated",
}
"""How a round is told, by whether its series and its sum are stated."""


@dataclass(frozen=True, slots=True)
class Number:
    """One row of the first screen; `derived` is what we made of the value, empty for most."""

    label: str
    value: str
    based_on: str
    derived: str = ""
    is_derived: bool = False
    """The value itself is one we made."""
    section: str = ""
    """The brief's section that says more, as its anchor."""


def headline(chosen: Selection, now: Sequence[Fact], companies: Mapping[str, Company], language: ReportLanguage) -> str:
    """The week in one sentence: its rounds by size (of others only where AI video had none), its events by weight."""
    every_round = [fact for fact in chosen.news if fact.type == "funding_round"]
    rounds = [fact for fact in every_round if is_core(fact, companies)] or every_round
    others = [fact for fact in chosen.news if fact.type in _HEADLINE_ORDER and is_core(fact, companies)]
    rounds.sort(key=lambda fact: (-sure_dollars(fact), fact.id))
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
        "amount": amount_text(fact, language),
        "series": series_text(fact.value("investment_type"), fact.value("series_qualifier"), language),
    }
    named = fact.value("investment_type") not in (None, "series_unknown", "undisclosed")
    form = _RAISES[named, fact.money is not None]
    clause = label(language, "brief", form).format(**values)
    valuation = valuation_of(fact, now)
    if valuation is None:
        return clause
    return label(language, "brief", "at").format(clause, money_text(valuation.money, language))


def _clause(fact: Fact, companies: Mapping[str, Company], language: ReportLanguage) -> str:
    form = ("timeline", "of") if fact.type == "leadership_change" else ("brief", "clause")
    return label(language, *form).format(_name(fact, companies, language), what_happened(fact, language))


def _name(fact: Fact, companies: Mapping[str, Company], language: ReportLanguage) -> str:
    company = companies.get(fact.company_key)
    return display_name(company, language) if company else fact.claims[0].claim.company


def headline_numbers(
    chosen: Selection, now: Sequence[Fact], companies: Mapping[str, Company], language: ReportLanguage
) -> tuple[Number, ...]:
    """The week's counts and sums, of companies of AI video only, each with its denominator."""
    every_round = [fact for fact in chosen.news if fact.type == "funding_round"]
    rounds = [fact for fact in every_round if is_core(fact, companies)]
    paid_in = [fact for fact in new_money(rounds) if is_put_in(fact)]
    added = [fact for fact in paid_in if is_plausible(fact, now)]
    raised = total_raised(added)
    priced = sum(valuation_of(fact, now) is not None for fact in rounds)
    talk = sum(is_core(fact, companies) for fact in chosen.talk)
    events = [fact for fact in chosen.news if is_core(fact, companies)]

    def text(key: str) -> str:
        return label(language, "brief", key)

    def count(*types: ClaimType) -> str:
        return str(sum(fact.type in types for fact in events)) if any(fact.type in types for fact in events) else none

    def note(said: str, facts: Iterable[Fact], *types: ClaimType) -> str:
        """What is said of a count, and how many of its kind are of companies that do not count."""
        beside = sum(not is_core(fact, companies) for fact in facts if not types or fact.type in types)
        return text("notes").join(filter(None, (said, text("beside").format(beside) if beside else "")))

    def found(core: int, facts: Iterable[Fact], *types: ClaimType) -> str:
        """A count of AI video; where only others have any, that they do: the line above may be about one of them."""
        others = sum(not is_core(fact, companies) for fact in facts if not types or fact.type in types)
        return str(core) if core else text("only_beside").format(others) if others else none

    none = text("none_found")
    troubled: tuple[ClaimType, ...] = ("shutdown", "layoffs", "lawsuit")
    sums = listed(language, [money_text(each, language) for each in raised.sums])
    counts = [count(kind) for kind in troubled]
    troubles = (
        " · ".join("–" if each == none else each for each in counts)
        if set(counts) != {none}
        else found(0, chosen.news, *troubled)
    )
    launches = found(sum(fact.type == "product_launch" for fact in events), chosen.news, "product_launch")
    weak = text("zero_note") if none in counts else ""
    return (
        Number(text("rounds_told"), found(len(rounds), every_round), _basis(rounds, every_round, language)),
        Number(
            text("disclosed"),
            sums or "–",
            text("of_rounds").format(raised.counted, total_raised(paid_in).rounds),
            _together(added, language) if len(raised.sums) > 1 else "",
        ),
        Number(text("priced"), text("of_priced").format(priced, len(rounds)) if rounds else "–", text("priced_note")),
        Number(
            text("troubles_told"),
            troubles,
            note(weak, chosen.news, *troubled),
            section="coverage" if weak else "",
        ),
        Number(text("launches_told"), launches, note("", chosen.news, "product_launch")),
        Number(text("talk_told"), found(talk, chosen.talk), note(text("talk_note"), chosen.talk)),
    )


def year_number(
    facts: Sequence[Fact],
    undated: Sequence[Fact],
    companies: Mapping[str, Company],
    first: date,
    last: date,
    language: ReportLanguage,
) -> tuple[Number, ...]:
    """The rounds of the year up to the week's end, of companies of AI video, in US dollars; nothing where none is.

    A round dated only to the year may be of any day of it and is left out, as loans and what is only talked of are.
    Of those that only `undated` pages tell nobody knows whether they were told by then: they are counted, never added.
    """
    told = [fact for fact in new_money(facts) if _is_of_year(fact, companies, first, last)]
    if not told:
        return ()
    prices: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.type == "valuation":
            prices[fact.company_key].append(fact)
    known = [fact for fact in told if dollars(fact) and is_plausible(fact, prices[fact.company_key])]
    total = dollar_range(known) or dollars_together(known, whole=len(known) == len(told))
    value = money_text(total, language) if total else "–"
    form = "year_based_on" if len(known) < len(told) else "year_of_all" if len(told) > 1 else "year_of_one"
    based_on = label(language, "brief", form).format(len(known), len(told))
    beside = sum(_is_of_year(fact, companies, first, last) for fact in undated)
    if beside:
        based_on += label(language, "brief", "year_undated").format(beside)
    return (Number(label(language, "brief", "year").format(last.year), value, based_on, is_derived=True),)


def _is_of_year(fact: Fact, companies: Mapping[str, Company], first: date, last: date) -> bool:
    when = fact.event_date
    return (
        is_put_in(fact)
        and is_core(fact, companies)
        and when is not None
        and when.precision != "year"
        and first.year == when.first_day().year
        and when.first_day() <= last
    )


def is_plausible(round_: Fact, facts: Sequence[Fact]) -> bool:
    """Whether a round's sum may be added: one as large as a price told of the company around it is a price mistaken.

    Nobody buys a whole company in a funding round; the sentence stays where it is, with its sum.
    """
    sum_, when = dollars(round_), round_.event_date
    return not any(
        fact.type == "valuation" and fact.company_key == round_.company_key and 0 < dollars(fact) <= sum_
        for fact in facts
        if when is None or fact.event_date is None or abs(fact.event_date.first_day() - when.first_day()) < PRICES_NEAR
    )


def dollars(fact: Fact) -> Decimal:
    """The fact's sum in US dollars for ordering and adding; zero where there is no sum, or no rate for it."""
    return fact.dollars.amount if fact.dollars else Decimal(0)


def _together(rounds: Sequence[Fact], language: ReportLanguage) -> str:
    """Sums of several currencies as one, rounded to three digits; what has no rate is left out."""
    done = [fact for fact in rounds if fact.status in DONE and dollars(fact)]
    total = dollars_together(done, whole=True)
    return label(language, "brief", "together").format(money_text(total, language)) if total else ""


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
        silent = [name for name in LANGUAGES if name not in dict(coverage.languages)]
        read += "".join(text("no_language").format(label(language, "languages", name)) for name in silent)
    crawled = text("not_crawled")
    if coverage.crawled:
        failed, blocked = (
            text("failed").format(listed(language, keys)) if keys else ""
            for keys in (coverage.failed, coverage.blocked)
        )
        counts = (coverage.crawled, len(coverage.failed), failed, len(coverage.blocked), blocked)
        crawled = text("crawled").format(*counts)
    unread = text("unread").format(coverage.unread) if coverage.unread else ""
    return text("sentences").join(filter(None, (read, unread, crawled, text("zero"))))
