"""An investor's rounds: which they led, whether the company was new to them, and with whom they invested."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from db.knowledge.curated import KnownCompany, KnownInvestor
from db.nouns.facts import Fact
from db.nouns.identity import fold
from db.nouns.round_kinds import DONE
from reports.sheets.company_line import happened
from reports.wording.facts import investors_of
from reports.wording.known_names import known_party

Relation = Literal["new", "follow_on", "undated"]
"""`new`: the investor's first round of this company that we know of; undated: nobody can say which came first."""


@dataclass(frozen=True, slots=True)
class Investment:
    """A round an investor took part in; `beside` are the others named in it."""

    fact: Fact
    lead: bool
    relation: Relation
    beside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InvestorLine:
    """One investor: what we know of it, its rounds (newest first), and who stood beside it how often (most first).

    `talk` are rounds it is only said to want to join, or that were denied; they count nowhere.
    """

    name: str
    party: KnownInvestor | KnownCompany | None
    investments: tuple[Investment, ...]
    co_investors: tuple[tuple[str, int], ...]
    talk: tuple[Fact, ...] = ()

    @property
    def led(self) -> int:
        """How many of its rounds it led, alone or with others."""
        return sum(each.lead for each in self.investments)

    @property
    def companies(self) -> int:
        """In how many companies it put money."""
        return len({each.fact.company_key for each in self.investments})

    def count(self, relation: Relation) -> int:
        """How many of its rounds were its first of the company, later ones, or undated."""
        return sum(each.relation == relation for each in self.investments)


def investor_lines(facts: Iterable[Fact], since: date | None = None) -> list[InvestorLine]:
    """A line for everybody named in a confirmed or reported round among these: most rounds first, then by name.

    With `since` only rounds that may have been on that day or later; what was new is still told by all of them.
    """
    rounds: defaultdict[str, list[Fact]] = defaultdict(list)
    talk: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.type == "funding_round":
            for name in _everyone(fact):
                (rounds if fact.status in DONE else talk)[name].append(fact)
    lines = [_line(name, found, talk[name], since) for name, found in rounds.items()]
    return sorted(
        (line for line in lines if line.investments), key=lambda line: (-len(line.investments), fold(line.name))
    )


def rounds_of(line: InvestorLine) -> tuple[Fact, ...]:
    """All rounds that name the investor, talk last."""
    return (*(each.fact for each in line.investments), *line.talk)


def investor_line(name: str, facts: Iterable[Fact]) -> InvestorLine:
    """One investor's line; without rounds where nobody names it."""
    named = [fact for fact in facts if fact.type == "funding_round" and name in _everyone(fact)]
    done = [fact for fact in named if fact.status in DONE]
    return _line(name, done, [fact for fact in named if fact.status not in DONE])


def _everyone(fact: Fact) -> list[str]:
    return list(dict.fromkeys([*investors_of(fact, "lead_investors"), *investors_of(fact)]))


def _line(name: str, rounds: Sequence[Fact], talk: Sequence[Fact], since: date | None = None) -> InvestorLine:
    begun: set[str] = set()
    investments = []
    for fact in sorted(rounds, key=happened):
        beside = tuple(other for other in _everyone(fact) if other != name)
        relation: Relation = "undated"
        if fact.event_date is not None:
            relation = "follow_on" if fact.company_key in begun else "new"
            begun.add(fact.company_key)
        investments.append(Investment(fact, name in investors_of(fact, "lead_investors"), relation, beside))
    if since is not None:
        investments = [each for each in investments if (when := each.fact.event_date) and when.last_day() >= since]
    met = Counter(other for each in investments for other in each.beside)
    return InvestorLine(
        name=name,
        party=known_party(name),
        investments=tuple(reversed(investments)),
        co_investors=tuple(sorted(met.items(), key=lambda pair: (-pair[1], fold(pair[0])))),
        talk=tuple(sorted(talk, key=happened, reverse=True)),
    )
