"""Every open conflict as a table of the site: what was chosen, what was not, who says so, and the rule."""

from __future__ import annotations

from db.model import Company
from db.nouns.facts import Fact
from reports.facts.entries import best_first, display_name
from reports.facts.evidence import open_conflicts, quotes
from reports.facts.sum_marks import marked
from reports.site.fact_cells import company_cell, fact_cell
from reports.site.grid import Grid, GridCell, GridColumn, GridRow
from reports.site.links import SiteLinks
from reports.wording.labels import labels
from reports.wording.values import listed, word


def conflict_grid(count: int, links: SiteLinks, *, sample: bool) -> Grid:
    """The table of so many open conflicts; what a person decided is settled."""
    language = links.language
    L = labels(language)["conflicts"]
    return Grid(
        stem="conflicts",
        language=language,
        sample=sample,
        title=L["title"],
        note=L["note"].format(count),
        columns=(
            GridColumn("company", L["company"]),
            GridColumn("fact", L["fact"]),
            GridColumn("type", L["type"], filtered=True),
            GridColumn("field", L["field"], filtered=True),
            GridColumn("chosen", L["chosen"]),
            GridColumn("losing", L["losing"]),
            GridColumn("says", L["says"]),
            GridColumn("rule", L["rule"], filtered=True),
        ),
        count=count,
    )


def conflict_rows(fact: Fact, company: Company, links: SiteLinks) -> list[GridRow]:
    """A row for each value of a fact that lost."""
    language = links.language
    claims = {stored.key: stored for stored in fact.claims}
    type_ = word(language, "fact_type", fact.type)
    rows = []
    for number, each in enumerate(open_conflicts(fact, language), start=1):
        against = [stored for stored in best_first(fact) if stored.key in each.claim_keys and stored.key in claims]
        rows.append(
            GridRow(
                f"{fact.id}-{number}",
                (
                    company_cell(company.key, display_name(company, language), links),
                    fact_cell(fact, marked(fact, language), links, None),
                    GridCell(type_, type_, facet=type_),
                    GridCell(each.field, each.field, facet=each.field),
                    GridCell(each.chosen),
                    GridCell(f"≠ {each.losing}", quote=next(iter(quotes(against, language)), None)),
                    GridCell(listed(language, list(each.outlets)) or "–"),
                    GridCell(each.rule, each.rule, facet=each.rule),
                ),
                company.key,
            )
        )
    return rows
