"""The company table of the site: one row a company, every number with its sentence and a link to its own page."""

from __future__ import annotations

from db.nouns.facts import Fact
from reports.escaping import file_name
from reports.facts.entries import display_name
from reports.facts.scope import scope_of
from reports.facts.sum_marks import marked, marked_amount
from reports.sheets.company_line import CompanyLine
from reports.sheets.total_raised import least_of
from reports.site.fact_cells import EMPTY, company_cell, dollars_key, fact_cell, when_key, when_text
from reports.site.grid import Grid, GridCell, GridColumn, GridRow
from reports.site.links import SiteLinks
from reports.wording.ages import told_age
from reports.wording.known_names import known_names
from reports.wording.labels import label, labels
from reports.wording.values import (
    ReportLanguage,
    date_text,
    listed,
    money_text,
    seen_mark,
    series_text,
    word_or_text,
)

_PRICES_SHOWN = 4


def company_grid(count: int, links: SiteLinks, *, sample: bool, table: str | None) -> Grid:
    """The table of so many companies; `table` is the path of the same as CSV, None where there is no such file."""
    language = links.language
    L = labels(language)["companies"]
    return Grid(
        stem="companies",
        language=language,
        sample=sample,
        title=L["title"],
        note=L["note"].format(count) + ("" if table else L["csv_by_command"]),
        columns=(
            GridColumn("company", L["company"]),
            GridColumn("country", L["country"], filtered=True),
            GridColumn("segment", L["segment"], filtered=True),
            GridColumn("founded", L["founded"], largest_first=True),
            GridColumn("status", L["status"], filtered=True),
            GridColumn("last_round", L["last_round"], largest_first=True),
            GridColumn("raised", L["raised"], largest_first=True),
            GridColumn("valuation", L["valuation"], largest_first=True),
            GridColumn("path", L["path"], largest_first=True),
            GridColumn("leads", L["leads"]),
            GridColumn("last_event", L["last_event"], largest_first=True),
            GridColumn("seen", L["seen"], number=True, largest_first=True),
            GridColumn("conflicts", L["conflicts"], number=True, largest_first=True, short="≠"),
        ),
        count=count,
        beside=((L["csv"], links.to(table)),) if table else (),
    )


def company_row(line: CompanyLine, links: SiteLinks) -> GridRow:
    """A company's row."""
    company, scope, language = line.company, scope_of(line.company), links.language
    name = display_name(company, language)
    other = (company.name_zh if name == company.name else company.name) or ""
    tag = "" if scope == "core" else label(language, "scope", scope)
    country = word_or_text(language, "country", company.country) if company.country else ""
    segment = word_or_text(language, "segment", company.segment) if company.segment else ""
    event = line.last_event
    return GridRow(
        file_name(company.key),
        (
            company_cell(company.key, name, links, tag, other if other != name else ""),
            GridCell(country or "–", country or None, facet=country),
            GridCell(segment or "–", segment or None, facet=segment),
            GridCell(date_text(line.founded, language), line.founded.first_day().isoformat())
            if line.founded
            else EMPTY,
            _status(line, language),
            fact_cell(line.last_round, _round_text(line.last_round, language), links, when_key(line.last_round)),
            _raised(line, links),
            _valuation(line, links),
            _path(line, language),
            _leads(line, links),
            fact_cell(event, marked(event, language) if event else "", links, when_key(event)),
            GridCell(seen_mark(line.witnesses, line.articles), line.witnesses),
            GridCell(str(line.conflicts or ""), line.conflicts),
        ),
        " ".join((company.key, *company.aliases, *company.products)),
    )


def _round_text(fact: Fact | None, language: ReportLanguage) -> str:
    if fact is None:
        return ""
    series = series_text(fact.value("investment_type"), fact.value("series_qualifier"), language)
    return listed(language, [series, marked_amount(fact, language)])


def _raised(line: CompanyLine, links: SiteLinks) -> GridCell:
    if not line.raised.rounds:
        return EMPTY
    language = links.language
    text = listed(language, [money_text(money, language) for money in line.raised.sums]) or "–"
    basis = label(language, "companies", "of_rounds").format(line.raised.counted, line.raised.rounds)
    least = None if line.raised_usd is None else least_of(line.raised_usd)
    return GridCell(text, least, href=links.company(line.company.key), small=basis, derived=True)


def _status(line: CompanyLine, language: ReportLanguage) -> GridCell:
    named = word_or_text(language, "company_status", line.status) if line.status else ""
    return GridCell(named, named, facet=named) if named else EMPTY


def _valuation(line: CompanyLine, links: SiteLinks) -> GridCell:
    """An old price says how old it is."""
    fact, language = line.valuation, links.language
    if fact is None:
        return EMPTY
    kind = word_or_text(language, "valuation_kind", fact.value("valuation_kind") or "unspecified")
    small = " · ".join(filter(None, (when_text(fact, language), kind, _age(line.valuation_age or 0, language))))
    return fact_cell(fact, money_text(fact.money, language), links, dollars_key(fact), small=small)


def _age(months: int, language: ReportLanguage) -> str:
    years, rest = told_age(months)
    if not years:
        return label(language, "companies", "months_old").format(rest) if rest else ""
    return label(language, "companies", "year_old" if years == 1 else "years_old").format(years)


def _path(line: CompanyLine, language: ReportLanguage) -> GridCell:
    """The last prices in order, and what the last is times the one before."""
    if len(line.prices) < 2:
        return EMPTY
    shown = [money_text(fact.money, language) for fact in line.prices[-_PRICES_SHOWN:]]
    text = " → ".join((["…"] if len(line.prices) > _PRICES_SHOWN else []) + shown)
    step_up = label(language, "brief", "multiple").format(line.step_up) if line.step_up else ""
    return GridCell(text, line.step_up, small=step_up)


def _leads(line: CompanyLine, links: SiteLinks) -> GridCell:
    names = known_names(line.lead_investors, links.language)
    if not names:
        return EMPTY
    found = {known_names([each], links.language)[0]: links.investor(each) for each in line.lead_investors}
    return GridCell(listed(links.language, names), links=tuple((name, found.get(name)) for name in names))
