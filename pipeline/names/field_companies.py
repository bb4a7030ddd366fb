"""Which of the companies a text names are of the field: those alone make it one about AI video, or near it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from db.knowledge.curated import load_knowledge
from pipeline.lexicon_files import lexicon
from pipeline.values.found import NameMention

OPENING = 60
"""Characters of a text: whom it is about it often names first."""


def core_mentions(mentions: Iterable[NameMention]) -> list[NameMention]:
    """The mentions of the field's companies, and of its products that companies of much else make."""
    scopes, products = _scopes(), _video_products()
    return [
        mention
        for mention in mentions
        if mention.known
        and mention.kind in ("company", "product")
        and (scopes.get(mention.owner_key or mention.key) == "core" or mention.key in products)
    ]


def core_companies(mentions: Iterable[NameMention]) -> list[str]:
    """The names of the field's companies, and of its products that companies of much else make, as they appear."""
    return list(dict.fromkeys(mention.name for mention in core_mentions(mentions)))


def media_companies(mentions: Iterable[NameMention]) -> list[str]:
    """The names of the companies of generative media, of whatever kind, as they appear."""
    keys = _media_companies()
    return list(dict.fromkeys(mention.name for mention in mentions if mention.known and mention.key in keys))


@cache
def _media_companies() -> frozenset[str]:
    apart = ("incumbent", "adjacent", "foundation_model")
    return frozenset(company.key for company in load_knowledge().companies if company.segment not in apart)


@cache
def _scopes() -> dict[str, str]:
    return {company.key: company.scope for company in load_knowledge().companies}


@cache
def _video_products() -> frozenset[str]:
    names = set(lexicon("pipeline.lexicon", "relevance")["video_products"])
    return frozenset(
        f"{company.key}/{product.name}"
        for company in load_knowledge().companies
        for product in company.products
        if product.name in names
    )
