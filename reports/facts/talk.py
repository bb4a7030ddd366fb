"""Talk of deals and what became of it: how long each was talked of, and how it ended if it did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from db.model import ClaimType
from db.nouns.facts import Fact
from db.nouns.round_kinds import DONE
from reports.facts.denial import ENDINGS, Ending, ending_of
from reports.facts.first_report import first_reported
from reports.facts.strands import strands_of

DEAL_TYPES = ("funding_round", "valuation", "acquisition", "ipo", "shutdown")
"""What is talked about before it is done or denied."""
SETTLES: Mapping[ClaimType, tuple[ClaimType, ...]] = {"funding_round": ("funding_round", "valuation")}
"""A round done or denied settles the talk of its price too, whether or not a price is told with it."""
DIED = (*ENDINGS, "faded")
"""What was denied, taken back or given up was decided by somebody; what faded only stopped being told."""
SILENT = timedelta(days=365)
"""After a year without a word talk counts as faded: the longest strand of talk about a round is 270 days."""
Outcome = Ending | Literal["overtaken", "faded", "open", "done", "perhaps"]
"""Done, where articles tell the deal as the one talked of; perhaps, where one followed and nobody says that it is."""


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
    """The talk among these facts, the last told first; `newest` is the day of the newest article read.

    Where it is None, nothing has faded.
    """
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
        if outcome == "done" and last.id != ids[0]:
            outcome = "perhaps"
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
    return day if day is not None and (newest is None or day <= newest) else None


def _outcome(last: Fact, told: date | None, newest: date | None) -> Outcome:
    if last.status == "denied":
        return ending_of(last)
    if last.status in DONE:
        return "done"
    return "faded" if is_silent(told, newest) else "open"


def is_silent(told: date | None, newest: date | None) -> bool:
    """Whether talk that was told last on a day has faded by the newest article; what nobody dates never does."""
    return told is not None and newest is not None and newest - told > SILENT


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


def as_talked_of(fact: Fact) -> Fact:
    """A fact that talk became without another being told, as it was talked of: with what the talk itself supports."""
    told = tuple(stored for stored in fact.claims if stored.claim.status == "rumored")
    keys = {stored.key for stored in told}
    if fact.status not in DONE or not told:
        return fact
    fields = {name: field for name, field in fact.fields.items() if not keys.isdisjoint(field.claim_keys)}
    return replace(fact, status="rumored", claims=told, fields=fields)
