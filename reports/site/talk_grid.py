"""What became of talk: every rumoured or denied deal, how long it was talked of, and how it ended if it did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal
from urllib.parse import urlencode

from db.nouns.facts import Fact
from db.nouns.model import Company
from db.nouns.round_kinds import DONE
from db.nouns.values import PartialDate
from reports.brief.week_selection import SETTLES
from reports.facts.denial import ENDINGS, Ending, ending_of
from reports.facts.entries import display_name
from reports.facts.first_report import first_reported
from reports.facts.strands import strands_of
from reports.facts.sum_marks import marked
from reports.sheets.company_line import DEAL_TYPES
from reports.site.facets import one_of
from reports.site.fact_cells import EMPTY, company_cell, fact_cell
from reports.site.grid import Grid, GridCell, GridColumn, GridRow
from reports.site.links import SiteLinks
from reports.wording.labels import label, labels
from reports.wording.values import ReportLanguage, date_text, word

DIED = (*ENDINGS, "faded")
"""What was denied, taken back or given up was decided by somebody; what faded only stopped being told."""
SILENT = timedelta(days=365)
"""After a year without a word talk counts as faded: the longest strand of talk about a round is 270 days."""
Outcome = Ending | Literal["overtaken", "faded", "open", "done"]


@dataclass(frozen=True, slots=True)
class Talk:
    """One deal that was talked of: the fact that tells it first, the one it became (or itself), and how it ended."""

    fact: Fact
    outcome: Outcome
    became: Fact
    began: date | None
    ended: date | None
    told: date | None
    """The day of the last article that tells it; where no article of it is dated, the last day it may have been of."""
    overtaken_by: Fact | None = None
    """The first deal of its kind that was done after the talk began, of talk whose outcome is that."""


def talk_of(facts: Sequence[Fact], newest: date | None) -> list[Talk]:
    """The talk among these facts, the last told first; `newest` is the day of the newest article read."""
    deals = [fact for fact in facts if fact.type in DEAL_TYPES]
    strands, by_id = strands_of(deals), {fact.id: fact for fact in deals}
    found: dict[str, Talk] = {}
    for fact in deals:
        steps = strands[fact.id]
        ids = [step.fact_id for step in steps] or [fact.id]
        statuses = {step.status for step in steps} | {fact.status}
        if ids[0] in found or not statuses & {"rumored", "denied"}:
            continue
        last = by_id[ids[-1]]
        days = [day for each in (fact, last) for stored in each.claims if (day := stored.published)]
        began = steps[0].said_on if steps else first_reported(fact)
        ended = steps[-1].said_on if steps else max(days, default=None)
        told = max(days, default=None) or _dated(last, newest)
        outcome = _outcome(last, told, newest)
        later = _later(last, began or told, deals) if outcome in ("faded", "open") else None
        if later is not None:
            outcome = "overtaken"
        denied = next((fact for id_ in reversed(ids) if (fact := by_id[id_]).status == "denied"), None)
        if outcome == "faded" and denied is not None:  # told again after the denial, and nothing came of it
            outcome, last = ending_of(denied), denied
        found[ids[0]] = Talk(by_id[ids[0]], outcome, last, began, ended, told, later)
    return sorted(found.values(), key=lambda talk: (talk.ended or date.min, talk.fact.id), reverse=True)


def _dated(talk: Fact, newest: date | None) -> date | None:
    """The last day of the month or year that talk is said to be of: what no dated article tells grows old as well."""
    day = talk.event_date.last_day() if talk.event_date else None
    return day if day is not None and newest is not None and day <= newest else None


def _outcome(last: Fact, told: date | None, newest: date | None) -> Outcome:
    if last.status == "denied":
        return ending_of(last)
    if last.status in DONE:
        return "done"
    return "faded" if told and newest and newest - told > SILENT else "open"


def _later(talk: Fact, began: date | None, deals: Sequence[Fact]) -> Fact | None:
    """The first deal of its kind that was done after the talk began: nobody says that it is the one talked of.

    A round done settles the talk of its price too; a price told with it goes before it.
    """
    if began is None:
        return None
    told = [
        (day, deal.type != talk.type, deal.id, deal)
        for deal in deals
        if deal.company_key == talk.company_key and deal.status in DONE
        if talk.type in SETTLES.get(deal.type, (deal.type,))
        if (day := first_reported(deal)) is not None and day >= began
    ]
    return min(told, key=lambda each: each[:3])[3] if told else None


def _as_talked_of(fact: Fact) -> Fact:
    """A fact that talk became without another being told, as it was talked of: with what the talk itself supports."""
    told = tuple(stored for stored in fact.claims if stored.claim.status == "rumored")
    keys = {stored.key for stored in told}
    if fact.status not in DONE or not told:
        return fact
    fields = {name: field for name, field in fact.fields.items() if not keys.isdisjoint(field.claim_keys)}
    return replace(fact, status="rumored", claims=told, fields=fields)


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
    outcome = label(language, "talk", talk.outcome)
    days = (talk.ended - talk.began).days if talk.began and talk.ended else None
    became, later, talked_of = talk.became, talk.overtaken_by, _as_talked_of(talk.fact)
    return GridRow(
        talk.fact.id,
        (
            company_cell(company.key, display_name(company, language), links),
            fact_cell(talked_of, marked(talked_of, language), links, None, small=""),
            GridCell(type_, type_, facet=type_),
            GridCell(outcome, outcome, href=links.fact(later.id) if later else None, facet=outcome),
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
