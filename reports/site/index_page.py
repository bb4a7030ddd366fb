"""The first page of the site: the newest week with news, who raised most, which talk ended, and where all else lies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db.model import Company, Status
from db.values import PartialDate
from reports.brief.weekly import Brief
from reports.facts.denial import ENDINGS
from reports.facts.entries import display_name
from reports.facts.sum_marks import marked
from reports.facts.talk import Talk
from reports.site.links import SiteLinks
from reports.site.raised_ranking import Ranking
from reports.site.talk_grid import died_choice
from reports.wording.labels import label
from reports.wording.values import ReportLanguage, date_text

TALK_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page to go to: its name, its address, and for a company how many facts are told there."""

    name: str
    address: str
    facts: int = 0
    latest: PartialDate | None = None
    """The month of a company's latest news."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Headline:
    """A fact on the first page: whose, what, when, how sure, and the page that says why."""

    company: str
    company_address: str | None
    status: Status
    what: str
    address: str
    when: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Index:
    """The first page in one language. `brief` is None in a database that has read nothing."""

    language: ReportLanguage
    sample: bool
    brief: Brief | None
    brief_address: str
    briefs: tuple[Leaf, ...]
    """All that are written, the newest week first; one of a week of which no article was read says so, at the end."""
    empty_weeks: tuple[str, ...]
    """Whole weeks after the one that is shown, of which no article was read."""
    companies: tuple[Leaf, ...]
    raised: tuple[Ranking, ...]
    """Who raised most in the newest quarter with a round, and in its year."""
    ended: tuple[Headline, ...]
    """Talk that came to nothing, each way of it the last first."""
    ended_more: int
    """How much of it is not shown."""
    articles: int
    relevant: int
    facts: int
    newest: date | None
    undated_rounds: int
    """Rounds that are done and that no text dates, so that no ranking has them."""

    @property
    def ended_choice(self) -> str:
        """What the filter of the table of talk finds all of it by."""
        return died_choice(self.language)


def ended_talk(talks: Sequence[Talk], companies: Mapping[str, Company], links: SiteLinks) -> tuple[Headline, ...]:
    """Talk that came to nothing, as the first page tells it, in this order."""
    language = links.language
    return tuple(
        Headline(
            company=display_name(companies[talk.fact.company_key], language),
            company_address=links.company(talk.fact.company_key),
            status=talk.became.status,
            what=marked(talk.fact, language),
            address=links.fact(talk.fact.id),
            when=date_text(PartialDate(day.isoformat()), language) if (day := _ended_on(talk)) else "",
            note=label(language, "talk", talk.outcome),
        )
        for talk in talks
    )


def _ended_on(talk: Talk) -> date | None:
    """The day it was denied; of what nobody denied, the last on which something was told of it."""
    denials = [day for stored in talk.became.claims if stored.claim.status == "denied" and (day := stored.published)]
    return min(denials, default=talk.ended) if talk.outcome in ENDINGS else talk.ended
