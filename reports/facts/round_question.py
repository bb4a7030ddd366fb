"""The answer to "Runway's D round": every round of this name, who calls it so, and what we call it and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from db.model import Company
from db.nouns.facts import Fact
from reports.facts.entries import Entry, display_name, entries
from reports.facts.round_names import Naming, SeriesName, chosen_by, namings
from reports.wording.values import ReportLanguage


@dataclass(frozen=True, slots=True)
class RoundAnswer:
    """One round. `certain`: the name asked for is the one we chose, not only what some outlet calls it."""

    entry: Entry
    namings: tuple[Naming, ...]
    rule: str
    certain: bool


@dataclass(frozen=True, slots=True)
class RoundQuestion:
    """A question in one language. `others` are the company's rounds where none goes by the name asked for."""

    company: Company
    names: str
    asked: str
    language: ReportLanguage
    sample: bool
    answers: tuple[RoundAnswer, ...]
    others: tuple[Entry, ...]


def round_question(
    company: Company,
    facts: Sequence[Fact],
    asked: str,
    wanted: SeriesName | str,
    language: ReportLanguage,
    *,
    sample: bool = False,
) -> RoundQuestion:
    """What a company's round of this series, or of this fact's id, is; the surest answers first."""
    lines = {line.id: line for line in entries(facts, {company.key: company}, language) if line.type == "funding_round"}
    answers = []
    for fact in facts:
        if fact.id not in lines:
            continue
        called = namings(fact, language)
        fitting = [each for each in called if _fits(fact, each, wanted)]
        if fitting:
            certain = any(each.chosen for each in fitting)
            answers.append(RoundAnswer(lines[fact.id], called, chosen_by(fact, language), certain))
    place = {line_id: number for number, line_id in enumerate(lines)}
    answers.sort(key=lambda answer: (not answer.certain, not answer.entry.done, place[answer.entry.id]))
    return RoundQuestion(
        company=company,
        names=display_name(company, language),
        asked=asked,
        language=language,
        sample=sample,
        answers=tuple(answers),
        others=() if answers else tuple(lines.values()),
    )


def _fits(fact: Fact, naming: Naming, wanted: SeriesName | str) -> bool:
    if isinstance(wanted, str):
        return fact.id == wanted
    return naming.series is not None and wanted.fits(naming.series)
