"""A company as claims name it, and the owners of the products a text names."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.names.find_names import Names


@dataclass(frozen=True, slots=True)
class CompanyName:
    """A company as a claim names it."""

    key: str
    name: str
    known: bool


def owners_of(names: Names) -> dict[str, CompanyName]:
    """The owners of the products a text names, by key."""
    from db.knowledge.curated import load_knowledge

    keys = {mention.owner_key for mention in (*names.in_title, *names.in_text) if mention.owner_key}
    return {
        company.key: CompanyName(company.key, company.name, True)
        for company in load_knowledge().companies
        if company.key in keys
    }
