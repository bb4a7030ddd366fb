"""The company table as a page: one row a company, every number a link to the line of its timeline that holds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from db.model import Fact, Status
from db.values import Money
from reports.ages import OLD_PRICE_MONTHS
from reports.company_line import CompanyLine
from reports.entries import display_name
from reports.fact_wording import what_happened
from reports.known_names import known_names
from reports.labels import label
from reports.scope import scope_of
from reports.wording import (
    ReportLanguage,
    date_text,
    listed,
    money_text,
    not_stated,
    seen_mark,
    series_text,
    word_or_text,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A fact in a cell: how sure, what, when, and its id, which is its anchor on the company's timeline."""

    status: Status
    text: str
    when: str
    fact_id: str


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """One company; None in a cell: nothing we read says it."""

    key: str
    name: str
    other_name: str
    tag: str
    where: str
    segment: str
    last_round: Cell | None
    raised: str
    raised_basis: str
    valuation: Cell | None
    lead_investors: str
    last_event: Cell | None
    seen: str
    conflicts: int


@dataclass(frozen=True, slots=True)
class CompanyPage:
    """The table in one language. `pages` are the addresses of the companies' timelines, by key."""

    language: ReportLanguage
    sample: bool
    rows: tuple[CompanyRow, ...]
    pages: Mapping[str, str]


def company_page(
    lines: Sequence[CompanyLine], pages: Mapping[str, str], language: ReportLanguage, *, sample: bool
) -> CompanyPage:
    """The page of these companies, in their order."""
    return CompanyPage(language, sample, tuple(_row(line, language) for line in lines), pages)


def _row(line: CompanyLine, language: ReportLanguage) -> CompanyRow:
    company, scope = line.company, scope_of(line.company)
    name = display_name(company, language)
    other = company.name_zh if name == company.name else company.name
    return CompanyRow(
        key=company.key,
        name=name,
        other_name=other if other and other != name else "",
        tag="" if scope == "core" else label(language, "scope", scope),
        where=company.country or "–",
        segment=word_or_text(language, "segment", company.segment) if company.segment else "–",
        last_round=_cell(line.last_round, _round_text(line.last_round, language), language),
        raised=listed(language, [money_text(money, language) for money in line.raised.sums]) or "–",
        raised_basis=_basis(line, language),
        valuation=_aged(_cell(line.valuation, money_text(_money(line.valuation), language), language), line, language),
        lead_investors=listed(language, known_names(line.lead_investors, language)) or "–",
        last_event=_cell(
            line.last_event, what_happened(line.last_event, language) if line.last_event else "", language
        ),
        seen=seen_mark(line.witnesses, line.articles),
        conflicts=line.conflicts,
    )


def _cell(fact: Fact | None, text: str, language: ReportLanguage) -> Cell | None:
    if fact is None:
        return None
    when = date_text(fact.event_date, language) if fact.event_date else label(language, "timeline", "no_date")
    return Cell(fact.status, text, when, fact.id)


def _aged(cell: Cell | None, line: CompanyLine, language: ReportLanguage) -> Cell | None:
    """An old price says how old it is; beside it stands what it was times."""
    if cell is None:
        return None
    months = line.valuation_age or 0
    age = label(language, "companies", "months_old").format(months) if months >= OLD_PRICE_MONTHS else ""
    step_up = label(language, "brief", "multiple").format(line.step_up) if line.step_up else ""
    return replace(cell, when=" · ".join(filter(None, (cell.when, age, step_up))))


def _round_text(fact: Fact | None, language: ReportLanguage) -> str:
    if fact is None:
        return ""
    series = series_text(fact.value("investment_type"), fact.value("series_qualifier"), language)
    amount = money_text(fact.money, language) if fact.money else not_stated(language)
    return listed(language, [series, amount])


def _money(fact: Fact | None) -> Money | None:
    return fact.money if fact else None


def _basis(line: CompanyLine, language: ReportLanguage) -> str:
    if not line.raised.rounds:
        return ""
    return label(language, "companies", "of_rounds").format(line.raised.counted, line.raised.rounds)
