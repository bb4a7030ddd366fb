"""`companies`: the company table, filtered, sorted and cut to columns as asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

from sqlmodel import Session

from dailies.commands.output import emit, say
from dailies.commands.page_output import open_to_read
from dailies.facts.facts_at import clock
from dailies.facts.naming import known_investor, known_value
from dailies.facts.outlines import lines_at
from dailies.failures import UsageError
from db.connection.engine import database_kind
from db.knowledge.companies import companies_where, known_countries
from db.knowledge.curated import SEGMENTS
from db.model import Company, Status
from db.nouns.us_dollars import us_dollars
from db.values import PartialDate
from reports.escaping import terminal_text
from reports.sheets.company_line import CompanyLine
from reports.sheets.company_table import company_table
from reports.tables.choice import column_names, sorted_by, with_columns
from reports.tables.listing import Listing
from reports.wording.known_names import known_party
from reports.wording.values import LANGUAGES, ReportLanguage, words

_AMOUNT = re.compile(r"\$?(\d+(?:\.\d+)?(?:e\d{1,2})?) ?(k|m|mn|million|b|bn|billion|)")
_UNITS = {"": 1, "k": 1_000, "m": 1_000_000, "b": 1_000_000_000}
_COMPANY_STATUSES = ("operating", "was_acquired", "ipo", "closed")


@dataclass(frozen=True, slots=True)
class CompanyFilters:
    """What a person asks for, as typed; None: anything.

    `status` is a company's own (closed) or that of one of its deals (rumored).
    """

    country: str | None = None
    segment: str | None = None
    status: str | None = None
    investor: str | None = None
    funded_since: str | None = None
    min_valuation: str | None = None
    everything: bool = False


def companies(
    db: str | None,
    format: str,
    output: Path | None,
    filters: CompanyFilters,
    *,
    sort: str | None = None,
    columns: str | None = None,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
    language: ReportLanguage = "en",
) -> None:
    """The company table: who is in the news, or all. Raises UsageError for a value there is none of."""
    engine = open_to_read(db)
    moment = clock(as_of, known_at)
    with Session(engine) as session:
        filtered = bool(filters.country or filters.segment)
        every = lines_at(session, moment, _asked(session, filters))
    told = any(line.articles for line in every)
    lines = [line for line in every if filters.everything or line.articles]
    for keep in _conditions(filters, lines):
        lines = [line for line in lines if keep(line)]
    listing = company_table(lines, sample=database_kind(engine) == "sample", language=language)
    emit(chosen(listing, sort, columns), format, output)
    if not told and not filters.everything and not filtered:
        say("Nothing is known yet; `dailies run` fetches the news, `--all` shows the companies we look for.")


def chosen(listing: Listing[Any], sort: str | None, columns: str | None) -> Listing[Any]:
    """The listing as asked by `--sort` and `--columns`. Raises UsageError for a column there is none of."""
    known = column_names(listing)
    if sort:
        name = known_value("column", sort.strip().removeprefix("-"), known)
        listing = sorted_by(listing, name, turned=sort.strip().startswith("-"))
    if columns:
        names = [known_value("column", name, known) for name in columns.split(",") if name.strip()]
        listing = with_columns(listing, names)
    return listing


def _asked(session: Session, filters: CompanyFilters) -> Mapping[str, Company]:
    """The companies that fit by what they are."""
    country = country_code(filters.country, known_countries(session)) if filters.country else None
    segment = known_value("segment", filters.segment, SEGMENTS) if filters.segment else None
    return companies_where(session, country, segment)


def country_code(typed: str, codes: set[str]) -> str:
    """One of these ISO codes, typed as such or as a country's name in one of our languages. Raises UsageError."""
    names = {str(name).casefold(): code for language in LANGUAGES for code, name in words(language, "country").items()}
    return known_value("country", names.get(typed.strip().casefold(), typed), codes)


def _conditions(filters: CompanyFilters, lines: Sequence[CompanyLine]) -> list[Callable[[CompanyLine], bool]]:
    """The filters by what is known of a company; each value is read before a row is looked at."""
    conditions: list[Callable[[CompanyLine], bool]] = []
    if filters.status:
        status = known_value("status", filters.status, (*get_args(Status), "faded", *_COMPANY_STATUSES))
        conditions.append(lambda line: status in line.statuses)
    if filters.funded_since:
        since = since_date(filters.funded_since)
        conditions.append(lambda line: _funded_since(line, since))
    if filters.min_valuation:
        least = _amount(filters.min_valuation)
        conditions.append(lambda line: _worth(line) >= least)
    if filters.investor:
        party = known_party(filters.investor.strip())  # whoever we know may have put nothing into these companies
        named = [name for line in lines for name in line.investors]
        investor = party.name if party else known_investor(filters.investor, named)
        conditions.append(lambda line: investor in line.investors)
    return conditions


def since_date(typed: str) -> date:
    """The first day of a date typed at any precision. Raises UsageError for what is none."""
    try:
        return PartialDate(typed.strip()).first_day()
    except ValueError as error:
        raise UsageError(f"no date: {terminal_text(typed)!r}; write 2024, 2024-06 or 2024-06-30") from error


def _funded_since(line: CompanyLine, since: date) -> bool:
    """An undated round is not taken for a recent one."""
    when = line.last_round.event_date if line.last_round else None
    return when is not None and when.last_day() >= since


def _amount(typed: str) -> Decimal:
    written = _AMOUNT.fullmatch(typed.strip().replace(",", "").replace("_", "").casefold())
    if written is None:
        raise UsageError(f"no amount in US dollars: {terminal_text(typed)!r}; write 1bn, 1e9 or 1000000000")
    return Decimal(written[1]) * _UNITS[(written[2] or "")[:1]]


def _worth(line: CompanyLine) -> Decimal:
    """The last valuation in US dollars; a company without one is below every bound."""
    money = line.valuation.money if line.valuation else None
    dollars = us_dollars(money, line.valuation.event_date if line.valuation else None).amount if money else None
    return Decimal(-1) if dollars is None else dollars
