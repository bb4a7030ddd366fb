"""What became of talk: every rumoured or denied deal, how long it was talked of, and how it ended if it did."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from db.model import Company
from db.values import PartialDate
from reports.facts.entries import display_name
from reports.facts.sum_change import sum_change
from reports.facts.sum_marks import marked
from reports.facts.talk import DIED, Talk, as_talked_of
from reports.site.facets import one_of
from reports.site.fact_cells import EMPTY, company_cell, fact_cell
from reports.site.grid import Grid, GridCell, GridColumn, GridRow
from reports.site.links import SiteLinks
from reports.wording.labels import label, labels
from reports.wording.values import ReportLanguage, date_text, word


def talk_grid(count: int, links: SiteLinks, *, sample: bool) -> Grid:
    """The table of so many deals that were talked of."""
    language = links.language
    L = labels(language)["talk"]
    died = died_choice(language)
    return Grid(
        stem="talk",
        language=language,
        sample=sample,
        title=L["title"],
        note=L["note"],
        columns=(
            GridColumn("company", L["company"]),
            GridColumn("what", L["what"]),
            GridColumn("type", L["type"], filtered=True),
            GridColumn("outcome", L["outcome"], filtered=True, choices=((died, L["died"]),)),
            GridColumn("became", L["became"]),
            GridColumn("began", L["began"], largest_first=True),
            GridColumn("ended", L["ended"], largest_first=True),
            GridColumn("days", L["days"], number=True, largest_first=True),
        ),
        count=count,
        beside=((L["died"], f"?{urlencode({'outcome': died})}"),),
    )


def died_choice(language: ReportLanguage) -> str:
    """What its filter finds all talk by that came to nothing."""
    return one_of(label(language, "talk", each) for each in DIED)


def talk_row(talk: Talk, company: Company, links: SiteLinks) -> GridRow:
    """The row of a deal that was talked of."""
    language = links.language
    type_ = word(language, "fact_type", talk.fact.type)
    outcome, became = label(language, "talk", talk.outcome), talk.became
    change = sum_change(talk.fact, became, language) if talk.outcome == "perhaps" else ""
    how = label(language, "timeline", "and").join(filter(None, (outcome, change)))
    days = (talk.ended - talk.began).days if talk.began and talk.ended else None
    later, talked_of = talk.overtaken_by, as_talked_of(talk.fact)
    return GridRow(
        talk.fact.id,
        (
            company_cell(company.key, display_name(company, language), links),
            fact_cell(talked_of, marked(talked_of, language), links, None, small=""),
            GridCell(type_, type_, facet=type_),
            GridCell(how, outcome, href=links.fact(later.id) if later else None, facet=outcome),
            fact_cell(became, marked(became, language), links, None, small="")
            if became is not talk.fact or talk.outcome == "done"
            else EMPTY,
            *(_day(day, language) for day in (talk.began, talk.ended)),
            GridCell("–" if days is None else str(days), days),
        ),
        company.key,
    )


def _day(day: date | None, language: ReportLanguage) -> GridCell:
    return EMPTY if day is None else GridCell(date_text(PartialDate(day.isoformat()), language), day.isoformat())
