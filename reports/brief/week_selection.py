"""Which facts a week's brief tells, and where: news, talk, loosely dated, learned late, changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from db.nouns.facts import Fact
from reports.facts.field_changes import TakenBack, changed_fields, taken_back
from reports.facts.first_report import first_reported
from reports.facts.talk import DEAL_TYPES, SETTLES

STALE_AFTER = timedelta(days=14)
"""What happened longer before the week than this, and is only told in it, was learned late: background, not news."""
OPEN_TALK = timedelta(days=182)
"""How long talk of before the week is told again while nothing came of it: half a year."""
_TALK = frozenset({"rumored", "denied"})
_TOLD_APART = frozenset({"amount", "lead_investors"})
"""The sum is told with its currency; leads are a list, which grows with every article."""
_LONGEST_SURE = timedelta(days=6)
"""A date known to the day or the week; one known to the month is not put into a week."""


@dataclass(frozen=True, slots=True)
class Change:
    """A fact told before the week, and by its end otherwise: another value, or an outlet that took its own back."""

    fact: Fact
    before: Fact
    taken_back: tuple[TakenBack, ...] = ()

    @property
    def fields(self) -> list[str]:
        """The fields of one value that have another one now, but for the sum."""
        return [name for name in changed_fields(self.before, self.fact) if name not in _TOLD_APART]

    @property
    def is_one(self) -> bool:
        """Whether anything is told otherwise. That a sum is stated at last is none: it stands with the fact."""
        return bool(
            self.before.status != self.fact.status
            or _amount(self.before) not in (None, _amount(self.fact))
            or self.fields
            or self.taken_back
        )


@dataclass(frozen=True, slots=True)
class Selection:
    """The week's facts; nothing stands in two places. `talk` is what is rumoured or denied."""

    news: tuple[Fact, ...]
    talk: tuple[Fact, ...]
    loose: tuple[Fact, ...]
    late: tuple[Fact, ...]
    changed: tuple[Change, ...]


def select(now: Sequence[Fact], before: Sequence[Fact], first: date, last: date) -> Selection:
    """Sort the facts known by the end of the week (`now`) and by its beginning (`before`), which are by the same rules.

    What was first reported from `first` to `last`, or before only as talk and now as done, is news unless it happened
    long before; what else was told before is in `changed` where something of it is told otherwise now.
    """
    places: dict[str, list[Fact]] = {"news": [], "talk": [], "loose": [], "late": []}
    changed: list[Change] = []
    earlier = _earlier_forms(now, before)
    for fact in now:
        reported, old = first_reported(fact), earlier.get(fact.id)
        if reported is None or reported > last:
            continue
        if reported >= first or (old is not None and old.status in _TALK and fact.status not in _TALK):
            places[_place(fact, first)].append(fact)
        elif old is not None:
            changed.append(Change(fact, old, tuple(taken_back(fact, first))))
    told = {place: tuple(facts) for place, facts in places.items()}
    return Selection(**told, changed=tuple(each for each in changed if each.is_one))


def open_talk(now: Sequence[Fact], first: date) -> tuple[Fact, ...]:
    """What was talked of in the half year before the week and is neither done nor denied at its end, newest first."""
    settled: dict[tuple[str, str], date] = {}
    """By company and type the last day on which one was first told as done or denied."""
    for fact in now:
        if fact.type in DEAL_TYPES and fact.status != "rumored":
            day = first_reported(fact) or date.min
            for type_ in SETTLES.get(fact.type, (fact.type,)):
                settled[fact.company_key, type_] = max(day, settled.get((fact.company_key, type_), day))
    found = []
    for fact in now:
        told = first_reported(fact)
        if fact.status != "rumored" or fact.type not in DEAL_TYPES or not told or not first - OPEN_TALK <= told < first:
            continue
        if settled.get((fact.company_key, fact.type), date.min) < told:
            found.append((told, fact))
    return tuple(fact for _, fact in sorted(found, key=lambda pair: (-pair[0].toordinal(), pair[1].id)))


def _place(fact: Fact, first: date) -> str:
    when = fact.event_date
    if when is not None and when.last_day() < first - STALE_AFTER:
        return "late"
    if fact.status in _TALK:
        return "talk"
    sure = when is not None and when.last_day() - when.first_day() <= _LONGEST_SURE
    return "news" if sure else "loose"


def _earlier_forms(now: Sequence[Fact], before: Sequence[Fact]) -> dict[str, Fact]:
    """For each fact, by id, the earlier one that holds most of its claims."""
    facts = {fact.id: fact for fact in before}
    holder = {stored.key: fact.id for fact in before for stored in fact.claims}
    forms: dict[str, Fact] = {}
    for fact in now:
        held = Counter(holder[stored.key] for stored in fact.claims if stored.key in holder)
        if held:
            forms[fact.id] = facts[held.most_common(1)[0][0]]
    return forms


def _amount(fact: Fact) -> Decimal | None:
    return fact.money.amount if fact.money else None
