"""Under which numbers registers know a company: read off the addresses of their records that its facts rest on."""

from __future__ import annotations

import re
from collections.abc import Iterable

from db.nouns.facts import Fact

_SCHEMES = {
    "Wikidata": ("Wikidata", re.compile(r"https://www\.wikidata\.org/wiki/(Q\d+)")),
    "SEC EDGAR": ("CIK", re.compile(r"https://www\.sec\.gov/Archives/edgar/data/(\d+)/.+")),
    "Companies House": (
        "Companies House",
        re.compile(r"https://find-and-update\.company-information\.service\.gov\.uk/company/(\w+)/.+"),
    ),
}
"""By the register that published a record: what its numbers are called, and where they stand in its addresses."""


def identifiers(facts: Iterable[Fact]) -> list[str]:
    """The numbers as "Wikidata Q42", sorted. A record counts for the company that its register's reader found in it."""
    found = set()
    for fact in facts:
        for stored in fact.claims:
            name, pattern = _SCHEMES.get(stored.publisher or "", ("", None))
            match = pattern.fullmatch(stored.article_url or "") if pattern is not None else None
            if match is not None:
                found.add(f"{name} {match[1]}")
    return sorted(found)
