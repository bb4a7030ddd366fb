"""What is told otherwise than before: fields with another value, and outlets that took back what they had said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from db.model import StoredClaim
from db.nouns.facts import Fact
from reports.facts.evidence import chosen_text, outlets_of, shown_fields, value_text
from reports.wording.labels import label
from reports.wording.values import ReportLanguage, word_or_text

COMPARED = (
    *("amount", "event_date", "investment_type", "series_qualifier", "valuation_kind", "lead_investors"),
    *("acquirer", "exchange", "headcount", "percent", "person", "product", "plaintiff", "partner", "direction"),
)
"""What an issue of the brief is held to."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """An outlet that says the chosen value of a field now, and said another before."""

    field: str
    before: StoredClaim
    now: StoredClaim


def changed_fields(before: Fact, now: Fact) -> list[str]:
    """The fields that were stated before and have another value now; a date known better is no other date."""
    return [name for name in COMPARED if before.value(name) is not None and _differs(before, now, name)]


def _differs(before: Fact, now: Fact, name: str) -> bool:
    if name == "amount":
        return before.money != now.money
    if name == "event_date" and before.event_date and now.event_date:
        return not before.event_date.contains(now.event_date)
    return before.value(name) != now.value(name)


def change_text(before: Fact, now: Fact, name: str, language: ReportLanguage) -> str:
    """A field with both values: "date: 4 Jun 2024 → 5 Jun 2024"."""
    texts = (word_or_text(language, "fields", name), *(chosen_text(one, name, language) for one in (before, now)))
    return label(language, "brief", "field_change").format(*texts)


def taken_back(fact: Fact, first: date) -> Iterator[TakenBack]:
    """Who says a chosen value since `first` and had said one that lost, each outlet once a field; reprints say nothing.

    An outlet that still says the other value somewhere since then took nothing back.
    """
    claims = {stored.key: stored for stored in fact.claims if stored.original_publisher is None}
    for name in shown_fields(fact):
        field = fact.fields[name]
        now = _by_outlet([claims[key] for key in field.claim_keys if key in claims])
        lost = _by_outlet([claims[key] for each in field.losing for key in each.claim_keys if key in claims])
        for outlet in sorted(now.keys() & lost.keys()):
            right = [stored for stored in now[outlet] if _is_since(stored, first)]
            wrong = [stored for stored in lost[outlet] if _is_since(stored, first)]
            if right and not wrong and all(stored.published for stored in lost[outlet]):
                yield TakenBack(name, lost[outlet][-1], right[0])


def _by_outlet(claims: Sequence[StoredClaim]) -> dict[str, list[StoredClaim]]:
    found: defaultdict[str, list[StoredClaim]] = defaultdict(list)
    for stored in claims:
        if stored.publisher:
            found[stored.publisher].append(stored)
    return found


def _is_since(stored: StoredClaim, first: date) -> bool:
    return stored.published is not None and stored.published >= first


def taken_back_text(fact: Fact, told: TakenBack, language: ReportLanguage) -> str:
    """What an outlet says now and had said: "series: Reel now says Series C extension, after Series D"."""
    claims = {stored.key: stored for stored in fact.claims}
    value = told.before.claim.event_date.iso if told.field == "event_date" and told.before.claim.event_date else None
    losing = value if value is not None else told.before.claim.fields.get(told.field)
    (outlet,) = outlets_of([told.now], language)
    return label(language, "brief", "taken_back").format(
        word_or_text(language, "fields", told.field),
        outlet,
        chosen_text(fact, told.field, language),
        value_text(fact, told.field, losing, [told.before.key], claims, language),
    )
