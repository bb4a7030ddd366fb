"""The first page of the site: the newest week with news, who raised most, which talk ended, and where all else lies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db.facts import Fact
from db.model import Company, Status
from db.us_dollars import us_dollars
from db.values import PartialDate
from reports.brief import Brief
from reports.entries import display_name
from reports.fact_cells import when_text
from reports.fact_wording import investors_text, what_happened
from reports.labels import label
from reports.round_grid import amount_text, quarter_name, quarter_of
from reports.site_links import SiteLinks
from reports.talk_grid import Talk
from reports.total_raised import DONE, NOT_RAISED
from reports.wording import ReportLanguage, date_text, series_text

_ROUNDS_SHOWN = 8
_TALK_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page to go to: its name, its address, and for a company how many facts are told there and the newest's day."""

    name: str
    address: str
    facts: int = 0
    newest: date | None = None


@dataclass(frozen=True, slots=True)
class Headline:
    """A fact on the first page: whose, what, when, how sure, and the page that says why."""

    company: str
    company_address: str | None
    status: Status
    what: str
    address: str
    amount: str = ""
    when: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Quarter:
    """The rounds of a quarter with a sum, the largest first; `unsized` counts those of which nobody states one."""

    name: str
    rounds: tuple[Headline, ...]
    all: int
    unsized: int


@dataclass(frozen=True, slots=True)
class Index:
    """The first page in one language. `brief` is None in a database that has read nothing."""

    language: ReportLanguage
    sample: bool
    brief: Brief | None
    briefs: tuple[Leaf, ...]
    companies: tuple[Leaf, ...]
    quarter: Quarter | None
    ended: tuple[Headline, ...]
    """Talk that was denied or faded, the last first."""
    articles: int
    relevant: int
    facts: int
    newest: date | None


def quarter(
    facts: Sequence[Fact], companies: Mapping[str, Company], links: SiteLinks, newest: date | None
) -> Quarter | None:
    """The quarter of the newest article, or the last one before it with a round: talk, debt and old shares left out."""
    rounds = [
        fact
        for fact in facts
        if fact.type == "funding_round" and fact.status in DONE and fact.value("investment_type") not in NOT_RAISED
    ]
    dated = [(named, fact) for fact in rounds if (named := quarter_of(fact))]
    latest = quarter_name(newest) if newest else ""
    name = max((named for named, _ in dated if named <= latest), default=None)
    if name is None:
        return None
    found = [fact for named, fact in dated if named == name]
    sized = [(us_dollars(fact.money, fact.event_date).amount, fact) for fact in found if fact.money]
    known = sorted(((amount, fact) for amount, fact in sized if amount is not None), key=lambda pair: pair[1].id)
    largest = [fact for _, fact in sorted(known, key=lambda pair: pair[0], reverse=True)]
    shown = tuple(_round(fact, companies[fact.company_key], links) for fact in largest[:_ROUNDS_SHOWN])
    return Quarter(name, shown, len(found), len(found) - len(largest))


def _round(fact: Fact, company: Company, links: SiteLinks) -> Headline:
    language = links.language
    return Headline(
        company=display_name(company, language),
        company_address=links.company(company.key),
        status=fact.status,
        what=series_text(fact.value("investment_type"), fact.value("series_qualifier"), language),
        address=links.fact(fact.id),
        amount=amount_text(fact, language),
        when=when_text(fact, language),
        note=investors_text(fact, language),
    )


def ended_talk(talks: Sequence[Talk], companies: Mapping[str, Company], links: SiteLinks) -> tuple[Headline, ...]:
    """The last talk that came to nothing: what was denied, and what nobody spoke of again."""
    language = links.language
    dead = [talk for talk in talks if talk.outcome in ("denied", "faded")]
    # what was denied was decided by somebody; what faded only stopped being told
    dead.sort(key=lambda talk: talk.outcome != "denied")
    return tuple(
        Headline(
            company=display_name(companies[talk.fact.company_key], language),
            company_address=links.company(talk.fact.company_key),
            status=talk.became.status,
            what=what_happened(talk.fact, language),
            address=links.fact(talk.fact.id),
            when=date_text(PartialDate(talk.ended.isoformat()), language) if talk.ended else "",
            note=label(language, "talk", talk.outcome),
        )
        for talk in dead[:_TALK_SHOWN]
    )
