"""Whether a company counts: those of AI video do; neighbours and names nobody has curated are counted apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from db.model import Company
from db.nouns.facts import Fact

Scope = Literal["core", "adjacent", "candidate"]
_ADJACENT_SEGMENTS = frozenset({"adjacent", "incumbent", "foundation_model"})


def scope_of(company: Company | None) -> Scope:
    """Core (its business is AI video), adjacent (it has another one too), or a candidate nobody has looked at yet."""
    if company is None or company.candidate:
        return "candidate"
    return "adjacent" if company.segment in _ADJACENT_SEGMENTS else "core"


def is_core(fact: Fact, companies: Mapping[str, Company]) -> bool:
    """Whether a fact is about a company that counts."""
    return scope_of(companies.get(fact.company_key)) == "core"
