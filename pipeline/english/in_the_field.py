"""Leaves out what is told of companies beside the field alone: Disney's layoffs, TikTok's users."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from db.knowledge.curated import load_knowledge
from db.model import Claim
from pipeline.lexicon_files import lexicon

TOLD_OF_OUTSIDERS = ("acquisition", "lawsuit")
"""Types in which an outsider may stand."""
_OURS = re.compile(r"\b(?:AI|[Gg]enerative|models?|avatars?|text-to-\w+|[Gg]enerators?)\b")
"""What an outsider brings out is ours where such a word stands beside it."""


def in_the_field(claims: list[Claim]) -> list[Claim]:
    """The claims of companies of the field; an agreement with one of them is that one's."""
    return [kept for claim in claims if (kept := _kept(claim)) is not None]


def _kept(claim: Claim) -> Claim | None:
    if claim.company not in _outsiders():
        return claim
    if claim.type == "partnership":
        partner = _of_the_field().get(str(claim.fields.get("partner")))
        if partner is None:
            return None
        fields = {**claim.fields, "partner": claim.company}
        return replace(claim, company=str(claim.fields["partner"]), company_key=partner, fields=fields)
    if claim.type == "product_launch":
        return claim if _OURS.search(claim.sentence) else None
    return claim if claim.type in TOLD_OF_OUTSIDERS else None


@cache
def _outsiders() -> frozenset[str]:
    return frozenset(lexicon("pipeline.lexicon", "outsiders")["outsiders"])


@cache
def _of_the_field() -> dict[str, str]:
    """The key of every company we know that is no outsider, by its name."""
    return {each.name: each.key for each in load_knowledge().companies if each.name not in _outsiders()}
