"""Whether an article is about AI video: core, adjacent or none, with the reasons."""

from __future__ import annotations

import re
from functools import cache

from db.knowledge import load_knowledge
from db.model import Language, Relevance
from pipeline.lexicon_files import lexicon
from pipeline.names import Names

_BEGINNING = 600
"""Characters: what a text is about it says early."""


def judge_relevance(title: str, text: str, language: Language, names: Names) -> tuple[Relevance, tuple[str, ...]]:
    """Core: a core company with the field's words, or the field's words with a company. Adjacent: its companies in AI news.

    The reasons name the companies and words that decided.
    """
    core_companies, other_companies = _companies(names)
    beginning = f"{title}\n{text[:_BEGINNING]}"
    words = sorted({match[0] for match in _words("core", language).finditer(f"{title}\n{text}")})
    early = {match[0] for match in _words("core", language).finditer(beginning)}
    ai = bool(_words("ai", language).search(beginning))
    unknown = [
        mention.name for mention in (*names.in_title, *names.in_text) if mention.kind == "company" and not mention.known
    ]
    reasons = (
        *(f"company: {name}" for name in [*core_companies, *other_companies][:4]),
        *(f"word: {word}" for word in words[:4]),
    )
    if core_companies and (words or ai):
        return "core", reasons
    if early and (core_companies or other_companies or (unknown and ai) or len(words) >= 2):
        return "core", reasons
    if core_companies or (other_companies and ai and words):
        return "adjacent", reasons
    return "none", reasons


def _companies(names: Names) -> tuple[list[str], list[str]]:
    """The names of the core and of the other companies in a document, in order of appearance."""
    scopes = _scopes()
    core: dict[str, None] = {}
    other: dict[str, None] = {}
    for mention in (*names.in_title, *names.in_text):
        key = mention.owner_key or mention.key
        if mention.known and mention.kind in ("company", "product") and key in scopes:
            core_product = mention.kind == "product" and mention.key in _video_products()
            (core if scopes[key] == "core" or core_product else other)[mention.name] = None
    return list(core), list(other)


@cache
def _scopes() -> dict[str, str]:
    return {company.key: company.scope for company in load_knowledge().companies}


@cache
def _video_products() -> frozenset[str]:
    names = ("Sora", "Sora 2", "Veo", "Veo 3", "Imagen Video", "Phenaki", "VideoPoet", "Lumiere", "Movie Gen", "Make-A-Video", "Emu Video",
             "Seedance", "Jimeng", "Dreamina", "MagicVideo", "Boximator", "HunyuanVideo", "CogVideoX", "CogVideo", "Ying", "Wan", "Wan 2.1", "Wan 2.7",
             "Animate Anyone", "Step-Video", "SkyReels", "SkyReels-V1", "Nova Reel", "Firefly", "Google Vids", "CapCut")  # fmt: skip
    return frozenset(
        f"{company.key}/{product.name}"
        for company in load_knowledge().companies
        for product in company.products
        if product.name in names
    )


@cache
def _words(kind: str, language: str) -> re.Pattern[str]:
    table = lexicon("pipeline.lexicon", "relevance")
    english = "|".join(rf"\b{re.escape(word)}\b" for word in sorted(table[f"{kind}_en"], key=len, reverse=True))
    chinese = "|".join(re.escape(word) for word in sorted(table[f"{kind}_zh"], key=len, reverse=True))
    return re.compile(f"{chinese}|{english}" if language == "zh" else english)
