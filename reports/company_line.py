"""What is known of a company last, and what all of it adds up to: the line behind the table, the page and the sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db.identity import fold
from db.model import Company, Fact
from db.values import PartialDate
from reports.entries import first_reported
from reports.fact_wording import investors_of
from reports.total_raised import DONE, TotalRaised, total_raised

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
class CompanyLine:
    """One company's line. `founded` and `status` are curated, or told by its facts; None: not known to us.

    `last_round`, `valuation`, `last_event` are the latest that happened (confirmed or reported, never rumours);
    `conflicts` counts fields with a value that lost.
    """

    company: Company
    founded: PartialDate | None
    status: str | None
    last_round: Fact | None
    raised: TotalRaised
    stated_total: Fact | None
    valuation: Fact | None
    lead_investors: tuple[str, ...]
    last_event: Fact | None
    witnesses: int
    articles: int
    conflicts: int


def company_lines(companies: Iterable[Company], facts: Iterable[Fact]) -> list[CompanyLine]:
    """A line for each of these companies from its facts, by name, ending in the key."""
    by_company: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_company[fact.company_key].append(fact)
    lines = [company_line(company, by_company[company.key]) for company in companies]
    return sorted(lines, key=lambda line: (fold(line.company.name), line.company.key))


def company_line(company: Company, facts: Sequence[Fact]) -> CompanyLine:
    """One company's line from its facts."""
    done = sorted((fact for fact in facts if fact.status in DONE), key=happened)
    rounds = [fact for fact in done if fact.type == "funding_round"]
    claims = [stored for fact in facts for stored in fact.claims]
    return CompanyLine(
        company=company,
        founded=_founded(company, done),
        status=_status(company, done),
        last_round=rounds[-1] if rounds else None,
        raised=total_raised(rounds),
        stated_total=_last(done, "total_funding"),
        valuation=_last(done, "valuation"),
        lead_investors=_leads(rounds),
        last_event=_last(done, *EVENT_TYPES),
        witnesses=len({stored.witness for stored in claims}),
        articles=len({stored.article_key for stored in claims}),
        conflicts=sum(conflict_count(fact) for fact in facts),
    )


def happened(fact: Fact) -> tuple[date, date, str]:
    """Facts in the order of their dates' first days; the undated first, for nobody says that they are recent.

    "2025" may be any day of it: only what is surely later than its beginning comes after it.
    """
    when = fact.event_date
    return (when.first_day() if when else date.min, first_reported(fact) or date.min, fact.id)


def conflict_count(fact: Fact) -> int:
    """In how many fields another value lost."""
    return sum(1 for field in fact.fields.values() if field.losing)


def _last(done: Sequence[Fact], *types: str) -> Fact | None:
    return next((fact for fact in reversed(done) if fact.type in types), None)


def _leads(rounds: Sequence[Fact]) -> tuple[str, ...]:
    """Everybody who ever led, the latest first, each once."""
    names: dict[str, str] = {}
    for fact in reversed(rounds):
        for name in investors_of(fact, "lead_investors"):
            names.setdefault(fold(name), name)
    return tuple(names.values())


def _founded(company: Company, done: Sequence[Fact]) -> PartialDate | None:
    if company.founded_on:
        return PartialDate(company.founded_on)
    founding = _last(done, "founding")
    return founding.event_date if founding else None


def _status(company: Company, done: Sequence[Fact]) -> str | None:
    """What curation says, unless a sure fact ended it; the closing of a product is none of the company's."""
    ends = {fact.type for fact in done if _is_sure(fact) and not (fact.type == "shutdown" and fact.value("product"))}
    ended = next((status for kind, status in _ENDED.items() if kind in ends), None)
    return ended or _FROM_OPERATING_STATUS.get(company.operating_status or "")


def _is_sure(fact: Fact) -> bool:
    """A party says so, or two who don't repeat each other: one outlet alone closes no company in this table."""
    return fact.status == "confirmed" or fact.witnesses > 1
