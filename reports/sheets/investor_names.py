"""Who put money into rounds, under the one name we know each by."""

from __future__ import annotations

from collections.abc import Iterable

from db.nouns.facts import Fact
from db.nouns.round_kinds import DONE
from reports.wording.facts import investors_of


def investors_named(facts: Iterable[Fact]) -> dict[str, bool]:
    """Everybody named in these confirmed and reported rounds, in order, and whether they ever led one."""
    found: dict[str, bool] = {}
    for fact in facts:
        if fact.type != "funding_round" or fact.status not in DONE:
            continue
        leads = investors_of(fact, "lead_investors")
        for name in dict.fromkeys([*leads, *investors_of(fact)]):
            found[name] = found.get(name, False) or name in leads
    return found
