"""Valuations beside what belongs to them: the round they were told with, the one before, and the multiple."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from db.nouns.facts import Fact
from reports.facts.first_report import first_reported

_DONE = frozenset({"confirmed", "reported"})
_TWO = 2
"""Witnesses that do not repeat each other."""


@dataclass(frozen=True, slots=True)
class Move:
    """A valuation and the last one known before it; `multiple` to one decimal, None where currencies differ."""

    valuation: Fact
    earlier: Fact | None
    multiple: Decimal | None


def valuation_of(round_: Fact, facts: Sequence[Fact]) -> Fact | None:
    """The valuation told in one article with this round and not known to be of another time; of several the surest."""
    told_with = {stored.article_key for stored in round_.claims}
    found = [
        fact
        for fact in facts
        if fact.type == "valuation"
        and fact.company_key == round_.company_key
        and fact.status in _DONE
        and told_with & {stored.article_key for stored in fact.claims}
        and _one_time(round_, fact)
    ]
    return max(found, key=lambda fact: (fact.status == "confirmed", fact.witnesses, fact.id), default=None)


def _one_time(one: Fact, other: Fact) -> bool:
    if one.event_date is None or other.event_date is None:
        return False
    return one.event_date.contains(other.event_date) or other.event_date.contains(one.event_date)


def price_path(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """A company's dated prices in order: without talk that was never confirmed, and each price in a row once."""
    path: list[Fact] = []
    priced = (fact for fact in facts if fact.type == "valuation" and fact.status in _DONE and fact.money)
    for fact in sorted((fact for fact in priced if fact.event_date), key=lambda fact: (_when(fact), fact.id)):
        if not _was_talk(fact) and not (path and path[-1].money == fact.money):
            path.append(fact)
    return tuple(path)


def moved(valuation: Fact, facts: Sequence[Fact]) -> Move:
    """A valuation against the company's last one before it, among these facts."""
    earlier = max(
        (fact for fact in facts if _is_before(fact, valuation)),
        key=lambda fact: (_when(fact), fact.id),
        default=None,
    )
    return Move(valuation, earlier, _multiple(valuation, earlier) if earlier else None)


def _is_before(fact: Fact, valuation: Fact) -> bool:
    return (
        fact.type == "valuation"
        and fact.company_key == valuation.company_key
        and fact.status in _DONE
        and fact.id != valuation.id
        and not _was_talk(fact)
        and fact.event_date is not None
        and fact.event_date.last_day() < _when(valuation)
    )


def _was_talk(fact: Fact) -> bool:
    """A price that began as talk, and of which at most one says that it was paid: what was asked, not what was paid."""
    if fact.status == "confirmed" or all(stored.claim.status in _DONE for stored in fact.claims):
        return False
    return len({stored.witness for stored in fact.claims if stored.claim.status in _DONE}) < _TWO


def _when(fact: Fact) -> date:
    return fact.event_date.first_day() if fact.event_date else first_reported(fact) or date.max


def _multiple(new: Fact, old: Fact) -> Decimal | None:
    """How many times the old one; a bound ("over $1B") gives no number."""
    if new.money is None or old.money is None or new.money.currency != old.money.currency or not old.money.amount:
        return None
    if new.money.currency is None or {new.money.operator, old.money.operator} - {"=", "~"}:
        return None
    return (new.money.amount / old.money.amount).quantize(Decimal("0.1"), ROUND_HALF_UP)
