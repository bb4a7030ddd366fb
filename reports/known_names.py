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
        english, chinese = _curated().get(name_key(name), (name, name))
        found.setdefault(name_key(english), chinese if language == "zh" else english)
    return list(found.values())


def curated_investors() -> list[str]:
    """The English names of the investors we know; companies that invest as well are not among them."""
    return [investor.name for investor in load_knowledge().investors]


@cache
def _curated() -> dict[str, tuple[str, str]]:
    """Every strong name's English and Chinese form; an investor without a Chinese name keeps its own."""
    knowledge = load_knowledge()
    table: dict[str, tuple[str, str]] = {}
    parties: tuple[KnownCompany | KnownInvestor, ...] = (*knowledge.companies, *knowledge.investors)
    for party in parties:
        for name in party.strong_names:
            table.setdefault(name_key(name), (party.name, party.name_zh or party.name))
    return table
