"""What earlier issues of the brief told otherwise: by news since, which is a correction, or only re-read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from db.facts.changes import FactState
from db.model import ClaimType, Company, Status
from db.nouns.facts import Fact, FactField
from db.publishing.issues import ToldFact
from reports.facts.entries import display_name
from reports.facts.evidence import outlets_of
from reports.facts.field_changes import change_text, changed_fields
from reports.page_json import SHOWN
from reports.wording.facts import what_happened
from reports.wording.labels import label
from reports.wording.values import ReportLanguage, listed, status_text

_MONEY_FIELDS = {"amount": "amount", "amount_max": "amount_max", "currency": "currency", "amount_op": "operator"}
_DONE = frozenset({"confirmed", "reported"})
Cause = Literal["correction", "reread"]
WITHDRAWN = "withdrawn"
"""The status an issue keeps of a fact of which it told that nothing of it is held any more: that is told once."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A fact an issue told, what it is now, and who says so; `fact_id` is None where nothing of it is held any more."""

    issue: str
    company: str
    what: str
    change: str
    outlets: str
    fact_id: str | None
    state: FactState = field(repr=False, metadata={SHOWN: False})
    """What the issue told."""


def corrections(
    told: Sequence[ToldFact], now: Sequence[Fact], companies: Mapping[str, Company], language: ReportLanguage
) -> dict[Cause, tuple[Correction, ...]]:
    """The facts of earlier issues that are another today, in the order in which they were told.

    Where a claim that the issue did not know is part of the fact now, the difference is a correction; else our rules
    changed, or a person decided, and it is only read otherwise. That talk was done or a deal confirmed is news, and a
    date known better is no other date: neither stands here.
    """
    by_id = {fact.id: fact for fact in now}
    holder = {stored.key: fact.id for fact in now for stored in fact.claims}
    found: dict[Cause, list[Correction]] = {"correction": [], "reread": []}
    for each in told:
        held = Counter(holder[key] for key in each.state.claim_keys if key in holder)
        fact = by_id[held.most_common(1)[0][0]] if held else None
        changes = _changes(each.state, fact, language)
        if changes:
            fresh = [stored for stored in fact.claims if stored.key not in each.state.claim_keys] if fact else []
            cause: Cause = "correction" if fresh else "reread"
            found[cause].append(
                Correction(
                    issue=each.issue,
                    company=_name(each.state, companies, language),
                    what=what_happened(_as_fact(each.state), language),
                    change=" · ".join(changes),
                    outlets=listed(language, outlets_of(fresh, language)),
                    fact_id=fact.id if fact else None,
                    state=each.state,
                )
            )
    return {cause: tuple(each) for cause, each in found.items()}


def _changes(state: FactState, fact: Fact | None, language: ReportLanguage) -> list[str]:
    if state.values["status"] == WITHDRAWN:
        return []
    if fact is None:
        return [label(language, "brief", "withdrawn")]
    before, changes = _as_fact(state), []
    if before.status in _DONE and fact.status not in _DONE:
        changes.append(f"{status_text(before.status, language)} → {status_text(fact.status, language)}")
    changes += [change_text(before, fact, name, language) for name in changed_fields(before, fact)]
    return changes


def _as_fact(state: FactState) -> Fact:
    """A state for those who put facts into words; its claims are known by their keys only."""
    values: dict[str, Any] = {
        name: value for name, value in state.values.items() if name not in ("status", "company", "money")
    }
    money = state.values.get("money", {})
    values |= {name: money[part] for name, part in _MONEY_FIELDS.items() if part in money}
    status = cast(Status, state.values["status"])
    fields = {name: FactField(value, status, "only value", ()) for name, value in values.items()}
    return Fact(state.id, cast(ClaimType, state.type), state.company_key, status, fields, ())


def _name(state: FactState, companies: Mapping[str, Company], language: ReportLanguage) -> str:
    company = companies.get(state.company_key)
    return display_name(company, language) if company else state.company_key
