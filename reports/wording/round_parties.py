"""Who is in a round, by part: leads, joins, was in before, arranged it (领投｜跟投｜老股东｜财务顾问)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from db.nouns.facts import Fact
from db.nouns.round_kinds import DONE
from reports.wording.facts import investors_of
from reports.wording.known_names import known_names, told_together
from reports.wording.labels import label
from reports.wording.values import ReportLanguage, listed

Part = Literal["lead", "other", "existing", "adviser"]


def parties(fact: Fact, facts: Sequence[Fact]) -> dict[Part, list[str]]:
    """Everybody named in the round by part, in English: a lead is one, new or not; others by the rounds before it.

    An adviser put nothing in.
    """
    leads = investors_of(fact, "lead_investors")
    others = [name for name in investors_of(fact) if name not in leads]
    before = _investors_before(fact, facts)
    return {
        "lead": leads,
        "other": [name for name in others if name not in before],
        "existing": [name for name in others if name in before],
        "adviser": investors_of(fact, "financial_advisers"),
    }


def _investors_before(fact: Fact, facts: Sequence[Fact]) -> set[str]:
    """Who is named in a round of the company that was done before this one; dates must tell."""
    when = fact.event_date
    if when is None:
        return set()
    return {
        name
        for other in facts
        if other.type == "funding_round" and other.company_key == fact.company_key and other.status in DONE
        if other.event_date is not None and other.event_date.last_day() < when.first_day()
        for name in (*investors_of(other), *investors_of(other, "lead_investors"))
    }


def round_parties(fact: Fact, facts: Sequence[Fact], language: ReportLanguage) -> str:
    """The parts in words: "Spark Capital leads · Greycroft · back again: Lightspeed"; empty where nobody is named."""
    shown, by_part = [], parties(fact, facts)
    together = told_together([name for names in by_part.values() for name in known_names(names, language)], language)
    for part, names in by_part.items():
        if names:
            form = label(language, "parties", "co_lead" if part == "lead" and len(names) > 1 else part)
            shown.append(form.format(listed(language, [together[name] for name in known_names(names, language)])))
    return label(language, "parties", "join").join(shown)
