"""Investors as articles name them, by the one name we know each under: 谷歌 and Google are one investor."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from db.knowledge import KnownCompany, KnownInvestor, load_knowledge
from db.name_key import name_key
from reports.wording import ReportLanguage


def known_names(names: Iterable[str], language: ReportLanguage) -> list[str]:
    """The names in the report's language, each investor once; one nobody has curated keeps its name as written."""
    found: dict[str, str] = {}
    for name in names:
        party = known_party(name)
        english, chinese = (party.name, party.name_zh or party.name) if party else (name, name)
        found.setdefault(name_key(english), chinese if language == "zh" else english)
    return list(found.values())


def curated_investors() -> list[str]:
    """The English names of the investors we know; companies that invest as well are not among them."""
    return [investor.name for investor in load_knowledge().investors]


def countries_of_investors() -> set[str]:
    """The ISO codes of the countries of everybody we know who may invest."""
    return {party.country for party in _curated().values() if party.country}


def known_party(name: str) -> KnownCompany | KnownInvestor | None:
    """Whom a name is of, a company or an investor we have curated."""
    return _curated().get(name_key(name))


@cache
def _curated() -> dict[str, KnownCompany | KnownInvestor]:
    """Everybody by every strong name; an investor without a Chinese name keeps its own."""
    knowledge = load_knowledge()
    table: dict[str, KnownCompany | KnownInvestor] = {}
    parties: tuple[KnownCompany | KnownInvestor, ...] = (*knowledge.companies, *knowledge.investors)
    for party in parties:
        for name in party.strong_names:
            table.setdefault(name_key(name), party)
    for party in parties:  # its own name, even where a text would have to show a second sign of it
        table.setdefault(name_key(party.name), party)
    return table
