"""What is known of a company last, and what all of it adds up to: the line behind the table, the page and the sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from db.model import Company, Status
from db.nouns.facts import Fact
from db.nouns.identity import fold
from db.nouns.round_kinds import DONE, is_raised
from db.nouns.round_parts import counted_once
from db.nouns.witnesses import independent
from db.values import Money, PartialDate
from reports.facts.denial import ENDINGS
from reports.facts.evidence import conflict_count
from reports.facts.first_report import first_reported
from reports.facts.talk import DEAL_TYPES, Talk, is_silent, talk_of
from reports.sheets.investor_names import investors_named
from reports.sheets.total_raised import TotalRaised, least_of, sum_of, total_raised
from reports.sheets.valuation_moves import moved, price_path
from reports.wording.ages import months_between
from reports.wording.facts import investors_of

EVENT_TYPES = (
    "acquisition",
    "ipo",
    "shutdown",
    "layoffs",
    "leadership_change",
    "product_launch",
    "founding",
    "lawsuit",
    "partnership",
    "controversy",
)
_ENDED: Mapping[str, str] = {"shutdown": "closed", "acquisition": "was_acquired", "ipo": "ipo"}
"""Which event makes which of Crunchbase's `status`, the last word first."""
_FROM_OPERATING_STATUS = {"active": "operating", "closed": "closed"}


@dataclass(frozen=True, slots=True)
class CompanyOutline:
    """What a company's facts add up to, whatever is known of the company itself.

    `founding` is when they tell it was founded, `ended` which of Crunchbase's `status` a sure fact made of it.
    `last_round`, `valuation`, `last_event` are the latest that happened (confirmed or reported, never rumours), and
    `talk` what is talked of or was denied last, unless a deal of its kind was done since, and `talk_told` the last day
    on which it was told; `conflicts` counts disputed fields.
    `prices` is the path to `valuation`, `step_up` its last multiple. `investors` are all of its rounds, `deal_statuses`
    those of its deals, denials included; `rumored_until` is the last day on which open talk was told, None where there
    is none.
    """

    founding: PartialDate | None
    ended: str | None
    last_round: Fact | None
    listing: Fact | None
    raised: TotalRaised
    stated_total: Fact | None
    raised_usd: Money | None
    valuation: Fact | None
    prices: tuple[Fact, ...]
    step_up: Decimal | None
    lead_investors: tuple[str, ...]
    investors: tuple[str, ...]
    last_event: Fact | None
    talk: Fact | None
    talk_told: date | None
    deal_statuses: tuple[Status, ...]
    rumored_until: date | None
    witnesses: int
    articles: int
    conflicts: int


@dataclass(frozen=True, slots=True)
class CompanyLine(CompanyOutline):
    """One company's line. `founded` and `status` are curated, or told by its facts; None: not known to us.

    `valuation_age` is in months; `told_by` is the day of the newest article, to which ages are counted.
    """

    company: Company
    valuation_age: int | None
    told_by: date | None

    @property
    def founded(self) -> PartialDate | None:
        """As curated, else as told."""
        return PartialDate(self.company.founded_on) if self.company.founded_on else self.founding

    @property
    def status(self) -> str | None:
        """What curation says, unless a sure fact ended it."""
        return self.ended or _FROM_OPERATING_STATUS.get(self.company.operating_status or "")

    @property
    def statuses(self) -> frozenset[str]:
        """Those of its deals and of its talk, which may have faded, and the company's own."""
        talk = ("faded" if is_silent(self.rumored_until, self.told_by) else "rumored") if self.rumored_until else None
        return frozenset(filter(None, (*self.deal_statuses, talk, self.status)))

    @property
    def talk_faded(self) -> bool:
        """Whether its last talk was neither done nor denied, and no article read spoke of it for a year."""
        return self.talk is not None and self.talk.status == "rumored" and is_silent(self.talk_told, self.told_by)


def by_name(lines: Iterable[CompanyLine]) -> list[CompanyLine]:
    """In the order of the table: by name, ending in the key."""
    return sorted(lines, key=lambda line: (fold(line.company.name), line.company.key))


def newest_article(facts: Iterable[Fact]) -> date | None:
    """The day of the newest dated article that tells one of these."""
    return max((stored.published for fact in facts for stored in fact.claims if stored.published), default=None)


def latest_told(facts: Iterable[Fact], newest: date | None) -> date | None:
    """The month of the latest news of some facts, as its first day: of an article, or of what is done by then.

    What the newest article of all (`newest`) does not reach is still to come; of "2024" nobody knows the month.
    """
    days = {stored.published for fact in facts for stored in fact.claims if stored.published}
    for fact in facts:
        when = fact.event_date
        if fact.status in DONE and when is not None and when.precision in ("day", "week", "month"):
            days.add(when.first_day())
    return max((day.replace(day=1) for day in days if newest is None or day <= newest), default=None)


def newest_news(facts: Iterable[Fact]) -> date | None:
    """The day of the newest news: of an article, or of what an undated article tells as done by then."""
    facts = list(facts)
    undated = {
        each.event_date.first_day()
        for each in facts
        if each.status in DONE and each.event_date and any(stored.published is None for stored in each.claims)
    }
    return max({day for day in (newest_article(facts), *undated) if day is not None}, default=None)


def company_line(company: Company, facts: Sequence[Fact], told_by: date | None) -> CompanyLine:
    """One company's line from its facts."""
    return line_of(company, company_outline(facts), told_by)


def line_of(company: Company, outline: CompanyOutline, told_by: date | None) -> CompanyLine:
    """One company's line from what its facts add up to; ages are counted to `told_by`."""
    when = outline.valuation.event_date if outline.valuation else None
    age = months_between(when, told_by) if when and told_by else None
    told = {each.name: getattr(outline, each.name) for each in fields(CompanyOutline)}
    return CompanyLine(company=company, valuation_age=age, told_by=told_by, **told)


def company_outline(facts: Sequence[Fact]) -> CompanyOutline:
    """What a company's facts add up to."""
    done = sorted((fact for fact in facts if fact.status in DONE), key=happened)
    rounds = [fact for fact in done if fact.type == "funding_round"]
    valuation, founding = _last(done, "valuation"), _last(done, "founding")
    deals = [fact for fact in done if fact.type in DEAL_TYPES]
    talk = [each for each in talk_of(facts, None) if _is_unsettled(each, deals)]
    rumors = [each.told or date.max for each in talk if each.outcome == "open"]
    last_talk = max(talk, key=lambda each: (first_reported(each.became) or date.min, each.became.id), default=None)
    return CompanyOutline(
        founding=founding.event_date if founding else None,
        ended=_ended(done),
        last_round=rounds[-1] if rounds else None,
        listing=_last(done, "ipo"),
        raised=total_raised(rounds),
        stated_total=_last(done, "total_funding"),
        raised_usd=_dollars(rounds),
        valuation=valuation,
        prices=price_path(done),
        step_up=moved(valuation, done).multiple if valuation else None,
        lead_investors=_leads(rounds),
        investors=tuple(investors_named(facts)),
        last_event=_last_event(done),
        talk=last_talk.became if last_talk else None,
        talk_told=last_talk.told if last_talk else None,
        deal_statuses=tuple(sorted({fact.status for fact in deals} | {"denied" for each in talk if _is_denied(each)})),
        rumored_until=max(rumors, default=None),
        witnesses=len({name for fact in facts for name in independent(fact.claims)}),
        articles=len({stored.article_key for fact in facts for stored in fact.claims}),
        conflicts=sum(conflict_count(fact) for fact in facts),
    )


def _last_event(done: Sequence[Fact]) -> Fact | None:
    """The latest news: that a company was founded is none once anything else is known of it."""
    news = _last(done, *(type_ for type_ in EVENT_TYPES if type_ != "founding"))
    return news or (done[-1] if done and done[-1].type == "founding" else None)


def _is_unsettled(talk: Talk, deals: Sequence[Fact]) -> bool:
    """Whether this is talked of or was denied, and nothing of its type was done since a denial."""
    if not _is_denied(talk):
        return talk.outcome == "open"
    fact = talk.became
    told, later = first_reported(fact), [deal for deal in deals if deal.type == fact.type]
    return not later or (told is not None and all(_began(deal) < told for deal in later))


def _is_denied(talk: Talk) -> bool:
    return talk.outcome in ENDINGS


def _began(fact: Fact) -> date:
    return fact.event_date.first_day() if fact.event_date else first_reported(fact) or date.min


def _dollars(rounds: Sequence[Fact]) -> Money | None:
    """What `raised` sums up, in US dollars, with its range and operator: None where no round has a sum and a rate.

    Where a sum has no rate it is at least what the others come to.
    """
    paid = [fact for fact in counted_once(rounds) if is_raised(fact) and fact.money is not None]
    known = [fact.dollars for fact in paid if fact.dollars is not None]
    if not known:
        return None
    total = sum_of("USD", known)
    if len(known) == len(paid):
        return total
    return Money(least_of(total), "USD", "~" if total.operator == "~" else ">=")


def happened(fact: Fact) -> tuple[date, date, str]:
    """Facts in the order of their dates' first days; the undated first, for nobody says that they are recent.

    "2025" may be any day of it: only what is surely later than its beginning comes after it.
    """
    when = fact.event_date
    return (when.first_day() if when else date.min, first_reported(fact) or date.min, fact.id)


def _last(done: Sequence[Fact], *types: str) -> Fact | None:
    return next((fact for fact in reversed(done) if fact.type in types), None)


def _leads(rounds: Sequence[Fact]) -> tuple[str, ...]:
    """Everybody who ever led, the latest first, each once."""
    names: dict[str, str] = {}
    for fact in reversed(rounds):
        for name in investors_of(fact, "lead_investors"):
            names.setdefault(fold(name), name)
    return tuple(names.values())


def _ended(done: Sequence[Fact]) -> str | None:
    """How a sure fact ended it, if one did; the closing of a product is none of the company's."""
    ends = {fact.type for fact in done if _is_sure(fact) and not (fact.type == "shutdown" and fact.value("product"))}
    return next((status for kind, status in _ENDED.items() if kind in ends), None)


def _is_sure(fact: Fact) -> bool:
    """A party says so, or two who don't repeat each other: one outlet alone closes no company in this table."""
    return fact.status == "confirmed" or fact.witnesses > 1
