"""The investor table of the site: who leads, who comes back, who invests with whom; each name leads to its page."""

from __future__ import annotations

from collections.abc import Mapping

from db.knowledge.curated import KnownInvestor
from db.model import Company
from reports.facts.entries import display_name
from reports.facts.sum_marks import marked
from reports.sheets.company_line import happened
from reports.sheets.investor_line import InvestorLine
from reports.site.fact_cells import fact_cell, when_key
from reports.site.grid import Grid, GridCell, GridColumn, GridRow
from reports.site.links import SiteLinks, investor_stem
from reports.wording.known_names import arm_of, arms_of, known_names
from reports.wording.labels import label, labels
from reports.wording.values import ReportLanguage, listed, word_or_text

_BESIDE = 4


def investor_grid(count: int, links: SiteLinks, *, sample: bool) -> Grid:
    """The table of so many investors."""
    language = links.language
    L = labels(language)["investors"]
    return Grid(
        stem="investors",
        language=language,
        sample=sample,
        title=L["title"],
        note=L["note"].format(count),
        columns=(
            GridColumn("investor", L["investor"]),
            GridColumn("type", L["type"], filtered=True),
            GridColumn("country", L["country"], filtered=True),
            GridColumn("rounds", L["rounds"], number=True, largest_first=True),
            GridColumn("led", L["led"], number=True, largest_first=True),
            GridColumn("new", L["new"], number=True, largest_first=True),
            GridColumn("follow_on", L["follow_on"], number=True, largest_first=True),
            GridColumn("companies", L["companies"]),
            GridColumn("last_round", L["last_round"], largest_first=True),
            GridColumn("beside", L["beside"]),
        ),
        count=count,
    )


def investor_row(line: InvestorLine, companies: Mapping[str, Company], links: SiteLinks) -> GridRow:
    """An investor's row."""
    language, party = links.language, line.party
    name = known_names([line.name], language)[0]
    other = (party.name_zh or "" if name == line.name else line.name) if party else ""
    below = label(language, "investors", "join").join(
        filter(None, (other if other != name else "", _relation(line, language)))
    )
    kind = (party.kind if isinstance(party, KnownInvestor) else "corporate") if party else None
    type_ = word_or_text(language, "investor_type", kind) if kind else ""
    country = word_or_text(language, "country", party.country) if party and party.country else ""
    last = max((each.fact for each in line.investments), key=happened)
    told = label(language, "timeline", "of").format(
        display_name(companies[last.company_key], language), marked(last, language)
    )
    held = dict.fromkeys(each.fact.company_key for each in line.investments)
    met = [(known_names([each], language)[0], links.investor(each)) for each, _ in line.co_investors[:_BESIDE]]
    return GridRow(
        investor_stem(line.name).split("/")[1],
        (
            GridCell(name, name.casefold(), href=links.investor(line.name), small=below),
            GridCell(type_ or "–", type_ or None, facet=type_),
            GridCell(country or "–", country or None, facet=country),
            *(
                GridCell(str(number or ""), number)
                for number in (len(line.investments), line.led, line.count("new"), line.count("follow_on"))
            ),
            GridCell(
                "", len(held), links=tuple((display_name(companies[key], language), links.company(key)) for key in held)
            ),
            fact_cell(last, told, links, when_key(last)),
            GridCell("" if met else "–", links=tuple(met)),
        ),
        line.name,
    )


def _relation(line: InvestorLine, language: ReportLanguage) -> str:
    """Whose arm an investor is, or which arms it has: each is counted by itself."""
    whole, arms = arm_of(line.party, language), arms_of(line.party, language)
    if whole:
        return label(language, "investors", "arm_of").format(whole)
    return label(language, "investors", "arms").format(listed(language, arms)) if arms else ""
