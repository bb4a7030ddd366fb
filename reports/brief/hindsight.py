"""What became of a week's facts by a later day: confirmed, denied, corrected, done; only told where somebody asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from db.nouns.facts import Fact
from db.values import PartialDate
from reports.brief.week_selection import Change
from reports.facts.strands import Step, strands_of
from reports.facts.sum_marks import marked
from reports.wording.labels import label
from reports.wording.values import MARKS, ReportLanguage, date_text, money_text, status_text


def successors(told: Sequence[Fact], later: Sequence[Fact]) -> list[Change]:
    """For each fact the later one that holds most of its claims, in order; what nobody holds any more is left out."""
    facts = {fact.id: fact for fact in later}
    holder = {stored.key: fact.id for fact in later for stored in fact.claims}
    found = []
    for fact in told:
        held = Counter(holder[stored.key] for stored in fact.claims if stored.key in holder)
        if held:
            found.append(Change(facts[held.most_common(1)[0][0]], fact))
    return found


def became(
    told: Sequence[Fact], later: Sequence[Fact], last: date, language: ReportLanguage
) -> list[tuple[Change, str]]:
    """The facts of which anything became after `last`, each once, and what, in words."""
    strands, facts = strands_of(later), {fact.id: fact for fact in later}
    found: dict[str, tuple[Change, str]] = {}
    for change in successors(told, later):
        steps = [step for step in strands[change.fact.id] if step.said_on > last]
        parts = [_step(step, change.fact, facts, language) for step in steps]
        if not steps and change.fact.status != change.before.status:
            parts.append(f"{status_text(change.before.status, language)} → {status_text(change.fact.status, language)}")
        if _sum(change.before) not in (None, _sum(change.fact)):
            form = label(language, "brief", "amount_change")
            parts.append(
                form.format(money_text(change.before.money, language), money_text(change.fact.money, language))
            )
        if parts:
            found.setdefault(change.fact.id, (change, " · ".join(parts)))
    return list(found.values())


def _step(step: Step, fact: Fact, facts: Mapping[str, Fact], language: ReportLanguage) -> str:
    """A later status with its day; of another fact that came of this one also what it is."""
    text = f"{MARKS[step.status]} {date_text(PartialDate(step.said_on.isoformat()), language)}"
    return text if step.fact_id == fact.id else f"{text} {marked(facts[step.fact_id], language)}"


def _sum(fact: Fact) -> object:
    return (fact.money.amount, fact.money.currency) if fact.money else None
