"""Talk, denial and outcome of one deal as one strand, with the days between: what was said of it before it was done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from db.model import ClaimType, Status, StoredClaim
from db.nouns.facts import Fact
from reports.facts.first_report import first_reported
from reports.facts.sum_change import sum_change
from reports.wording.labels import label
from reports.wording.values import ReportLanguage

_DONE = frozenset({"confirmed", "reported"})
_HINDSIGHT = timedelta(days=31)
_ECHO = timedelta(days=3)
_UNSAID: frozenset[object] = frozenset({None, "series_unknown", "undisclosed"})
_STEP_ORDER: tuple[Status, ...] = ("rumored", "reported", "confirmed", "denied")
"""In which order what was said on one day is told."""
_LONGEST_STRAND_DAYS: Mapping[ClaimType, int] = {"funding_round": 270, "acquisition": 365, "ipo": 730}
"""Types of deals that are talked about before they are done or denied, and the days after which talk is new talk."""


@dataclass(frozen=True, slots=True)
class Step:
    """A deal's status as somebody put it on a day, and the days since it was first spoken of."""

    status: Status
    said_on: date
    days: int
    fact_id: str


def strands_of(facts: Sequence[Fact]) -> dict[str, tuple[Step, ...]]:
    """For every fact the changes of status of its deal, by its own claims and those of facts about the same deal."""
    groups: defaultdict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        groups[fact.company_key, fact.type].append(fact)
    strands: dict[str, tuple[Step, ...]] = {}
    for group in groups.values():
        for deal in _deals(group):
            steps = _steps(deal)
            told = len(steps) > 1 and any(step.status not in _DONE for step in steps)
            strands.update((fact.id, steps if told else ()) for fact in deal)
    return strands


def _deals(facts: Sequence[Fact]) -> list[list[Fact]]:
    """Facts of one company and type: each piece of talk with the next fact it may have become, the others alone."""
    days = _LONGEST_STRAND_DAYS.get(facts[0].type)
    if days is None:
        return [[fact] for fact in facts]
    deals: list[list[Fact]] = []
    open_talk: list[tuple[date, list[Fact]]] = []
    for told, fact in sorted(((first_reported(fact) or date.max, fact) for fact in facts), key=_by_day):
        # Begun in order, so that talk too old for this fact is too old for all that follow.
        open_talk = [
            (begun, deal)
            for begun, deal in open_talk
            if (told - begun).days <= days and not _is_talk_anew(deal[-1], fact, told)
        ]
        place = next((place for place, (_, deal) in enumerate(open_talk) if _became(deal[-1], fact)), None)
        if place is None:
            place = len(open_talk)
            deals.append([fact])
            open_talk.append((told, deals[-1]))
        else:
            deal = open_talk[place][1]
            deal.append(fact)
            open_talk[place] = (told, deal)
        if fact.status in _DONE:
            del open_talk[place]
    return deals


def _by_day(told: tuple[date, Fact]) -> tuple[date, str]:
    return told[0], told[1].id


def _steps(facts: Sequence[Fact]) -> tuple[Step, ...]:
    """Each status when it was first said, until it is said again after another one."""
    said = sorted(
        (_said_on(stored, stored.published), _STEP_ORDER.index(_said(stored)), fact.id)
        for fact in facts
        for stored in fact.claims
        if stored.published is not None
    )
    found: list[Step] = []
    for day, place, fact_id in said:
        step = Step(_STEP_ORDER[place], day, (day - (found[0].said_on if found else day)).days, fact_id)
        if found and (found[-1].status, step.status) == ("reported", "confirmed") and found[-1].said_on == day:
            found[-1] = step  # told and confirmed on one day: one step
        elif not found or _is_news(found[-1], step):
            found.append(step)
    return tuple(found)


def _said_on(stored: StoredClaim, published: date) -> date:
    """When it was said; of what is told the evening before it is done (a listing in another time zone), when it was."""
    when = stored.claim.event_date
    done = stored.claim.status in _DONE and when is not None and when.precision == "day"
    return max(published, when.first_day()) if done and when and when.first_day() - published <= _ECHO else published


def _said(stored: StoredClaim) -> Status:
    """What a claim makes of a deal: a headline or a link alone confirms nothing."""
    only_seen = stored.claim.status == "confirmed" and stored.evidence_class == "cited"
    return "reported" if only_seen else stored.claim.status


def _is_news(before: Step, now: Step) -> bool:
    """Whether this is news of a deal, or an echo.

    Once it is done, only its confirmation or denial is news. Days after a denial outlets still retell the talk it
    denied; later, or as another fact, it is talk again.
    """
    if before.status in _DONE:
        return now.status in ("confirmed", "denied") and now.status != before.status
    if now.status == "rumored":
        return now.said_on - before.said_on > _ECHO and (before.status == "denied" or before.fact_id != now.fact_id)
    return now.status != before.status


def _is_talk_anew(denied: Fact, fact: Fact, told: date) -> bool:
    """Whether this tells again what was denied, later than outlets retell what a denial is of: that is another deal."""
    if denied.status != "denied" or fact.status != "rumored" or not _became(denied, fact):
        return False
    days = [day for stored in denied.claims if stored.claim.status == "denied" and (day := stored.published)]
    return bool(days) and told - min(days) > _ECHO


def _became(talk: Fact, later: Fact) -> bool:
    """Whether a later fact may be what became of this talk: soon after it, and nothing stated speaks against it.

    They stay two facts: the sums differ, or nobody says that they are one. A line only points to the other.
    """
    days = _LONGEST_STRAND_DAYS.get(talk.type)
    begun, told = first_reported(talk), first_reported(later)
    if days is None or talk.status in _DONE or begun is None or told is None or not 0 < (told - begun).days <= days:
        return False
    if talk.event_date is not None and talk.event_date.last_day() < begun - _HINDSIGHT:
        return False  # the talk itself was told late: nobody says when it began
    if later.event_date is None or later.event_date.last_day() < begun:
        return False  # background, about something before the talk
    return all(
        _UNSAID & {talk.value(name), later.value(name)} or talk.value(name) == later.value(name)
        for name in ("investment_type", "acquirer", "exchange")
    )


def days_text(days: int, language: ReportLanguage) -> str:
    """How long it took: "188 days", "1 day", "the same day"."""
    key = {0: "same_day", 1: "one_day"}.get(days, "days")
    return label(language, "timeline", key).format(days)


def strand_note(strand: Sequence[Step], facts: Mapping[str, Fact], language: ReportLanguage) -> str:
    """The days from the first word to the last, and by how much the sum done is another than the one talked of."""
    if not strand:
        return ""
    note = days_text(strand[-1].days, language)
    talked = next((facts[step.fact_id] for step in strand if step.status == "rumored"), None)
    done = next((facts[step.fact_id] for step in reversed(strand) if step.status in _DONE), None)
    change = sum_change(talked, done, language) if talked and done and talked.id != done.id else ""
    return label(language, "timeline", "and").join(filter(None, (note, change)))
