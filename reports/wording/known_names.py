"""Investors as articles name them, by the one name we know each under: 谷歌 and Google are one investor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from db.knowledge.curated import KnownCompany, KnownInvestor, load_knowledge
from db.knowledge.name_key import name_key
from reports.wording.values import ReportLanguage, word


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


def arm_of(party: KnownCompany | KnownInvestor | None, language: ReportLanguage) -> str:
    """The name of whose arm an investor is; empty of one that is none."""
    if not isinstance(party, KnownInvestor) or party.arm_of is None:
        return ""
    whole = _by_key()[party.arm_of]
    return (whole.name_zh or whole.name) if language == "zh" else whole.name


def told_together(names: Sequence[str], language: ReportLanguage) -> dict[str, str]:
    """Each name as it is shown among these: an arm beside whose it is says so, lest they look like strangers."""
    parties = {name: known_party(name) for name in names}
    keys = {party.key for party in parties.values() if party is not None}
    form = word(language, "events", "arm")
    return {
        name: form.format(name, arm_of(party, language))
        if isinstance(party, KnownInvestor) and party.arm_of in keys
        else name
        for name, party in parties.items()
    }


def arms_of(party: KnownCompany | KnownInvestor | None, language: ReportLanguage) -> list[str]:
    """The names of the arms that invest for it."""
    arms = [each for each in load_knowledge().investors if party is not None and each.arm_of == party.key]
    return [(arm.name_zh or arm.name) if language == "zh" else arm.name for arm in arms]


@cache
def _by_key() -> dict[str, KnownCompany | KnownInvestor]:
    knowledge = load_knowledge()
    parties: tuple[KnownCompany | KnownInvestor, ...] = (*knowledge.companies, *knowledge.investors)
    return {party.key: party for party in parties}


@cache
def _curated() -> dict[str, KnownCompany | KnownInvestor]:
    """Everybody by every strong name; an investor without a Chinese name keeps its own.

    And by a weak one that is one party's only: a list of investors is the second sign that it needs.
    """
    knowledge = load_knowledge()
    table: dict[str, KnownCompany | KnownInvestor] = {}
    parties: tuple[KnownCompany | KnownInvestor, ...] = (*knowledge.companies, *knowledge.investors)
    for party in parties:
        for name in party.strong_names:
            table.setdefault(name_key(name), party)
    for party in parties:  # its own name, even where a text would have to show a second sign of it
        table.setdefault(name_key(party.name), party)
    shared = Counter(name_key(name) for party in parties for name in {*party.strong_names, *party.weak})
    for investor in knowledge.investors:
        for name in investor.weak:
            if shared[name_key(name)] == 1:
                table.setdefault(name_key(name), investor)
    return table


def product_name(company_key: str, product: str, language: ReportLanguage) -> str:
    """A product as readers of the language know it: 清影 for Ying; one without a Chinese name keeps its own."""
    return _products().get((company_key, name_key(product)), product) if language == "zh" else product


@cache
def _products() -> dict[tuple[str, str], str]:
    return {
        (company.key, name_key(product.name)): product.name_zh
        for company in load_knowledge().companies
        for product in company.products
        if product.name_zh
    }
