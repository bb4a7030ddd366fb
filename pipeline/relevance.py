"""Whether an article is about AI video: core, adjacent or none, with the reasons."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from db.knowledge import load_knowledge
from db.model import Language, Relevance
from pipeline.found import NameMention
from pipeline.lexicon_files import lexicon
from pipeline.names import Names
from pipeline.topic import evidence_in, heaviest, least, sign, weigh

_MOST_REASONS = 4
_OPENING = 60
"""Characters: whom a text is about it often names first."""


def judge_relevance(title: str, text: str, language: Language, names: Names) -> tuple[Relevance, tuple[str, ...]]:
    """The weight of a folded text's words and companies against two thresholds. The reasons name what weighed most.

    A company of the field makes a text adjacent at least, as one of generative media does in a title: to miss an
    article is to miss every fact in it, where one too many costs only time.
    """
    evidence = evidence_in(title, text, language)
    named = core_companies([*names.in_title, *names.in_text])
    score = weigh(evidence, language)
    score += sign("core_text", language) * bool(named)
    score += sign("core_title", language) * bool(core_companies(names.in_title))
    reasons = (
        *(f"company: {name}" for name in named[:_MOST_REASONS]),
        *(f"word: {word}" for word in heaviest(evidence, language, _MOST_REASONS)),
    )
    if score >= least("core", language):
        return "core", reasons
    if score >= least("adjacent", language) or named:
        return "adjacent", reasons
    if media := _media_companies_told_of(names):
        return "adjacent", (*(f"company: {name}" for name in media), *reasons)[: 2 * _MOST_REASONS]
    return "none", reasons


def core_companies(mentions: Iterable[NameMention]) -> list[str]:
    """The names of the field's companies, and of its products that companies of much else make, as they appear."""
    scopes, products = _scopes(), _video_products()
    return list(
        dict.fromkeys(
            mention.name
            for mention in mentions
            if mention.known
            and mention.kind in ("company", "product")
            and (scopes.get(mention.owner_key or mention.key) == "core" or mention.key in products)
        )
    )


def _media_companies_told_of(names: Names) -> list[str]:
    """The companies of generative media in a title or at a text's very beginning: their news is the field's."""
    opening = (mention for mention in names.in_text if mention.start < _OPENING)
    told = (mention for mention in (*names.in_title, *opening) if mention.known and mention.key in _media_companies())
    return list(dict.fromkeys(mention.name for mention in told))


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
