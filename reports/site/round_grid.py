"""Every funding round as a table of the site, the newest first: who raised how much from whom, and who says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

from db.model import Company
from db.nouns.facts import Fact
from db.values import PartialDate
from reports.facts.entries import display_name
from reports.sheets.total_raised import dollars_together
from reports.site.facets import one_of
from reports.site.fact_cells import EMPTY, company_cell, dollars_key, fact_cell, status_cell, when_cell
from reports.site.grid import Grid, GridCell, GridColumn, GridRow
from reports.site.links import SiteLinks
from reports.tables.listing import ROUND_ORDER
from reports.wording.facts import amount_text, investors_text
from reports.wording.labels import labels
from reports.wording.values import ReportLanguage, date_text, money_text, seen_mark, series_text, word


def round_grid(count: int, links: SiteLinks, *, sample: bool) -> Grid:
    """The table of so many rounds, talk and denials included: their status says so."""
    language = links.language
    L = labels(language)["rounds"]
    return Grid(
        stem="rounds",
        language=language,
        sample=sample,
        title=L["title"],
        note=L["note"].format(count),
        columns=(
            GridColumn("company", L["company"]),
            GridColumn("date", L["date"], largest_first=True, filtered=True, asked=L["year"], whole=True),
            GridColumn("quarter", L["quarter"], largest_first=True, filtered=True, whole=True, is_quarter=True),
            GridColumn("series", L["series"], filtered=True),
            GridColumn("amount", L["amount"], largest_first=True, whole=True),
            GridColumn("dollars", L["dollars"], largest_first=True, whole=True),
            GridColumn("investors", L["investors"]),
            GridColumn("status", L["status"], filtered=True, choices=((_done(language), _done(language)),)),
            GridColumn("seen", L["seen"], number=True, largest_first=True),
        ),
        count=count,
        beside=(
            (L["largest"], f"?{urlencode({'status': _done(language), 'sort': 'dollars'})}"),
            (labels(language)["raised"]["title"], links.page("index") + "#raised"),
        ),
    )


def _done(language: ReportLanguage) -> str:
    return one_of(word(language, "status", status) for status in ("confirmed", "reported"))


def round_row(fact: Fact, company: Company, links: SiteLinks) -> GridRow:
    """A round's row."""
    language = links.language
    series = series_text(fact.value("investment_type"), fact.value("series_qualifier"), language)
    kind = str(fact.value("investment_type"))
    quarter = quarter_of(fact)
    return GridRow(
        fact.id,
        (
            company_cell(company.key, display_name(company, language), links),
            when_cell(fact, language),
            GridCell(date_text(PartialDate(quarter), language) if quarter else "–", quarter or None, facet=quarter),
            GridCell(series, ROUND_ORDER.index(kind) if kind in ROUND_ORDER else None, facet=_facet(fact, language)),
            _amount(fact, links),
            _dollars(fact, language),
            GridCell(investors_text(fact, language) or "–"),
            status_cell(fact, language),
            GridCell(seen_mark(fact.witnesses, fact.outlets), fact.witnesses),
        ),
        f"{company.key} {quarter}".strip(),
    )


def _amount(fact: Fact, links: SiteLinks) -> GridCell:
    """A round's sum with its own mark, which may be weaker than the round's."""
    cell = fact_cell(fact, amount_text(fact, links.language), links, dollars_key(fact), small="")
    amount = fact.fields.get("amount")
    return replace(cell, status=amount.status) if amount else cell


def _dollars(fact: Fact, language: ReportLanguage) -> GridCell:
    """A round's sum in US dollars, as rounds are ranked by; converted at the rate of its day it is ours."""
    key = dollars_key(fact)
    if fact.money is None or key is None:
        return EMPTY
    if fact.money.currency == "USD":
        return GridCell(money_text(fact.money, language), key, repeats=True)
    money = dollars_together([fact], whole=True)
    return (
        GridCell(
            money_text(replace(money, operator="~") if money.operator == "=" else money, language), key, derived=True
        )
        if money
        else EMPTY
    )


def _facet(fact: Fact, language: ReportLanguage) -> str:
    """The series without extension and number: a C extension is found among the C rounds."""
    return series_text(fact.value("investment_type"), None, language)


def quarter_of(fact: Fact) -> str:
    """The quarter a fact surely lies in, such as 2024-Q2; "" where its date is less precise."""
    when = fact.event_date
    if when is None:
        return ""
    first, last = quarter_name(when.first_day()), quarter_name(when.last_day())
    return first if first == last else ""


def quarter_name(day: date) -> str:
    """The quarter a day lies in."""
    return f"{day.year:04}-Q{(day.month - 1) // 3 + 1}"
