"""Which companies and investors the pages to be made are about: those that changed, and whoever names them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Set
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from dailies.site.state import Renewed
from dailies.site.store import SiteStore
from db.facts.rounds import companies_naming, rounds_naming
from db.facts.store import load_facts
from db.knowledge.name_key import name_key
from db.nouns.facts import Fact
from reports.sheets.investor_line import InvestorLine, investor_lines
from reports.wording.facts import investors_of

BESIDE = "//"
"""How the names of owners begin that are no companies' keys."""
INVESTOR = f"{BESIDE}investor/"
"""Before an investor's name key where owners of files are named."""
ROWS = f"{BESIDE}rows/"
"""Before the owner of a file with rows of tables."""
FORMER = f"{BESIDE}former/"
"""Before an id that names no fact any more."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What is made again. `companies` and `investors` (name keys) are all of them where `whole`.

    `facts` are those of the companies, sorted by (company, type, id); `lines` the investors that have pages now.
    """

    whole: bool
    companies: frozenset[str]
    investors: frozenset[str]
    facts: tuple[Fact, ...]
    lines: tuple[InvestorLine, ...]


def whole_scope(session: Session) -> Scope:
    """Everything."""
    facts = tuple(load_facts(session))
    lines = tuple(investor_lines(facts))
    named = frozenset(name_key(line.name) for line in lines)
    return Scope(True, frozenset(fact.company_key for fact in facts), named, facts, lines)


def changed_scope(
    session: Session, store: SiteStore, renewed: Renewed, newest: date | None, missing: Set[str]
) -> Scope:
    """What changed, what time alone changes, and owners of what somebody deleted; with whoever names these.

    An investor that has a page now and had none before, or the reverse, is a link less or more wherever it is named.
    """
    due = store.due_by(newest.toordinal()) if newest else set()
    missing = {owner.removeprefix(ROWS) for owner in missing}
    asked = {owner for owner in missing if owner and not owner.startswith(BESIDE)} | due | renewed.companies
    asked |= store.deciding({owner.removeprefix(FORMER) for owner in missing if owner.startswith(FORMER)})
    lost = {owner.removeprefix(INVESTOR) for owner in missing if owner.startswith(INVESTOR)}
    first = _of(session, store, asked, renewed.investors, lost)
    moved = {name_key(line.name) for line in first.lines} ^ (store.linked_investors() & first.investors)
    if not moved:
        return first
    names = {name for fact in first.facts for name in _named(fact) if name_key(name) in moved}
    names |= store.names_of(moved) | {name for name in renewed.investors if name_key(name) in moved}
    more = companies_naming(session, names) - asked
    second = _of(session, store, more, (), ())
    seen = {name_key(line.name) for line in first.lines}
    return replace(
        first,
        companies=first.companies | second.companies,
        investors=first.investors | second.investors,
        facts=tuple(sorted((*first.facts, *second.facts), key=lambda fact: (fact.company_key, fact.type, fact.id))),
        lines=(*first.lines, *(line for line in second.lines if name_key(line.name) not in seen)),
    )


def _of(
    session: Session, store: SiteStore, companies: Set[str], names: Collection[str], keys: Collection[str]
) -> Scope:
    """These companies, the investors named in their rounds, and those of these names or name keys."""
    facts = load_facts(session, sorted(companies))
    told = {name for fact in facts for name in _named(fact)} | set(names)
    investors = frozenset(name_key(name) for name in told) | frozenset(keys)
    rounds = rounds_naming(session, told | store.names_of(investors))
    lines = [line for line in investor_lines(rounds) if name_key(line.name) in investors]
    return Scope(False, frozenset(companies), investors, tuple(facts), tuple(lines))


def _named(fact: Fact) -> Iterable[str]:
    if fact.type != "funding_round":
        return ()
    return (*investors_of(fact, "lead_investors"), *investors_of(fact))
