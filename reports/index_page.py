"""The first page of the site: the newest week with news, who raised most, which talk ended, and where all else lies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from db.facts import Fact
from db.model import Company, Status
from db.round_store import QuarterRounds
from db.values import PartialDate
from reports.brief import Brief
from reports.entries import display_name
from reports.fact_cells import when_text
from reports.fact_wording import investors_text, what_happened
from reports.labels import label
from reports.round_grid import amount_text, quarter_name
from reports.site_links import SiteLinks
from reports.talk_grid import Talk
from reports.total_raised import dollars_together
from reports.wording import ReportLanguage, date_text, money_text, series_text

ROUNDS_SHOWN = 10
TALK_SHOWN = 6
ENDED = ("denied", "faded")
"""What was denied was decided by somebody; what faded only stopped being told."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page to go to: its name, its address, and for a company how many facts are told there and the newest's day."""

    name: str
    address: str
    facts: int = 0
    newest: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Headline:
    """A fact on the first page: whose, what, when, how sure, and the page that says why."""

    company: str
    company_address: str | None
    status: Status
    what: str
    address: str
    amount: str = ""
    dollars: str = ""
    """The amount in US dollars, where it is told in another currency: what the largest are ranked by."""
    when: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Quarter:
    """The rounds of a quarter with a sum, the largest first; `unsized` counts those of which nobody states one."""

    name: str
    rounds: tuple[Headline, ...]
    all: int
    unsized: int

    @property
    def more(self) -> int:
        """How many with a sum are not among the largest shown."""
        return self.all - self.unsized - len(self.rounds)


@dataclass(frozen=True, slots=True)
class Index:
    """The first page in one language. `brief` is None in a database that has read nothing."""

    language: ReportLanguage
    sample: bool
    brief: Brief | None
    brief_address: str
    briefs: tuple[Leaf, ...]
    """All that are written, the newest week first; one of a week of which no article was read says so."""
    companies: tuple[Leaf, ...]
    quarter: Quarter | None
    ended: tuple[Headline, ...]
    """Talk that was denied or faded, the last first."""
    ended_more: int
    """How much of it is not shown."""
    articles: int
    relevant: int
    facts: int
    newest: date | None


def quarter(found: QuarterRounds | None, companies: Mapping[str, Company], links: SiteLinks) -> Quarter | None:
    """The rounds of a quarter as the first page tells them."""
    if found is None:
        return None
    shown = tuple(_round(fact, companies[fact.company_key], links) for fact in found.largest)
    return Quarter(quarter_name(found.first_day), shown, found.all, found.all - found.sized)


def _round(fact: Fact, company: Company, links: SiteLinks) -> Headline:
    language = links.language
    return Headline(
        company=display_name(company, language),
        company_address=links.company(company.key),
        status=fact.status,
        what=series_text(fact.value("investment_type"), fact.value("series_qualifier"), language),
        address=links.fact(fact.id),
        amount=amount_text(fact, language),
        dollars=_in_dollars(fact, language),
        when=when_text(fact, language),
        note=investors_text(fact, language),
    )


def _in_dollars(fact: Fact, language: ReportLanguage) -> str:
    money = dollars_together([fact], whole=True)
    if money is None or fact.money is None or fact.money.currency == "USD":
        return ""
    return money_text(replace(money, operator="~") if money.operator == "=" else money, language)


def ended_talk(talks: Sequence[Talk], companies: Mapping[str, Company], links: SiteLinks) -> tuple[Headline, ...]:
    """Talk that came to nothing, as the first page tells it, in this order."""
    language = links.language
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
        for talk in talks
    )
