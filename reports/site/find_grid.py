"""Whom the box at the top finds: every company and investor with a page, by any name in either script, or a product."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from db.knowledge.curated import load_knowledge
from db.model import Company
from db.nouns.identity import fold
from reports.escaping import file_name
from reports.facts.entries import display_name
from reports.sheets.investor_line import InvestorLine
from reports.site.grid import Grid, GridCell, GridColumn, GridRow
from reports.site.links import SiteLinks, investor_stem
from reports.wording.known_names import known_names
from reports.wording.labels import label, labels
from reports.wording.values import ReportLanguage, listed, word_or_text

BETWEEN_NAMES = " | "
"""As the site's script takes the names of a row apart."""


def find_grid(count: int, links: SiteLinks, *, sample: bool) -> Grid:
    """The table of so many companies and investors, from A."""
    L = labels(links.language)["find"]
    return Grid(
        stem="find",
        language=links.language,
        sample=sample,
        title=L["title"],
        note=L["note"].format(count),
        columns=(
            GridColumn("name", L["name"]),
            GridColumn("kind", L["kind"], filtered=True),
            GridColumn("also", L["also"]),
            GridColumn("products", L["products"]),
            GridColumn("place", L["place"], filtered=True),
        ),
        count=count,
    )


def company_found(company: Company, companies: Mapping[str, Company], links: SiteLinks) -> GridRow:
    """A company's row; `companies` hold its parent."""
    language = links.language
    name = display_name(company, language)
    names = _others(name, (company.name, company.name_zh, company.legal_name, *company.aliases))
    parent = companies.get(company.parent_key or "")
    segment = word_or_text(language, "segment", company.segment) if company.segment else ""
    part_of = label(language, "find", "part_of").format(display_name(parent, language)) if parent else ""
    products = tuple(dict.fromkeys((*company.products, *_chinese_products().get(company.key, ()))))
    return GridRow(
        file_name(company.key),
        (
            GridCell(name, fold(name), href=links.company(company.key), small=part_of),
            _kind("company", language, segment),
            _also(names, language),
            GridCell(listed(language, products) or "–"),
            _place(company.country, language),
        ),
        " ".join((company.key, *((parent.name, parent.name_zh or "") if parent else ()))),
    )


def investor_found(line: InvestorLine, links: SiteLinks) -> GridRow:
    """An investor's row."""
    language, party = links.language, line.party
    name = known_names([line.name], language)[0]
    known = (party.name, party.name_zh, *party.aliases, *party.weak) if party else ()
    return GridRow(
        "investor-" + investor_stem(line.name).split("/")[1],
        (
            GridCell(name, fold(name), href=links.investor(line.name)),
            _kind("investor", language, ""),
            _also(_others(name, (line.name, *known)), language),
            GridCell("–"),
            _place(party.country if party else None, language),
        ),
    )


def _others(name: str, names: tuple[str | None, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for each in names if each and each != name))


def _kind(kind: str, language: ReportLanguage, small: str) -> GridCell:
    named = label(language, "find", kind)
    return GridCell(named, named, facet=named, small=small)


def _also(names: tuple[str, ...], language: ReportLanguage) -> GridCell:
    """The other names; the key tells each, so that asking for one very name leads to the page."""
    return GridCell(listed(language, names) or "–", BETWEEN_NAMES.join(map(fold, names)) or None)


def _place(country: str | None, language: ReportLanguage) -> GridCell:
    named = word_or_text(language, "country", country) if country else ""
    return GridCell(named or "–", named or None, facet=named)


@cache
def _chinese_products() -> dict[str, tuple[str, ...]]:
    """The Chinese names of the products of companies we have curated."""
    return {
        company.key: tuple(product.name_zh for product in company.products if product.name_zh)
        for company in load_knowledge().companies
    }
