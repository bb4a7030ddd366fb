"""Whether an article is about AI video: core, adjacent or none, with the reasons."""

from __future__ import annotations

import re
from functools import cache

from db.knowledge import load_knowledge
from db.model import Language, Relevance
from pipeline.chinese.picture_trade import is_public_money, makes_pictures_chinese
from pipeline.led_pattern import LedPattern
from pipeline.lexicon_files import lexicon
from pipeline.names import Names
from pipeline.picture_trade import makes_pictures
from pipeline.word_patterns import chinese_words, whole_words

_BEGINNING = 600
"""Characters: what a text is about it says early."""


def judge_relevance(title: str, text: str, language: Language, names: Names) -> tuple[Relevance, tuple[str, ...]]:
    """Core: a core company with the field's words, or the field's words with a company or in the title.

    Adjacent: its companies in AI news, or a company of generative media in the title. The reasons name the companies
    and words that decided.
    """
    core_companies, other_companies = _companies(names)
    beginning = f"{title}\n{text[:_BEGINNING]}"
    words = sorted({match[0] for match in _words("core", language).finditer(f"{title}\n{text}")})
    early = {match[0] for match in _words("core", language).finditer(beginning)}
    if (
        not early
        and not (language == "en" and _other_field().search(beginning))
        and (phrase := _phrases(language).search(beginning))
    ):
        early, words = {phrase[0]}, [phrase[0], *words]
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
    if language == "zh" and not core_companies and not other_companies and is_public_money(title):
        return "none", reasons
    if language == "en" and not core_companies and not other_companies and _own_fund().search(title):
        return "none", reasons
    if early and (
        core_companies or other_companies or unknown or len(words) >= 2 or _business(language).search(beginning)
    ):
        return "core", reasons
    if ai and _words("core", language).search(title):
        return "core", reasons
    if trade := makes_pictures(title, text) if language == "en" else makes_pictures_chinese(title, text):
        return "core", (*reasons, *(f"word: {word}" for word in trade[:4]))
    if core_companies or (other_companies and ai and words) or _media_company_in(names, ai=ai):
        return "adjacent", reasons
    return "none", reasons


@cache
def _other_field() -> re.Pattern[str]:
    """The words of those who only look at video, or carry it."""
    return re.compile(rf"\b(?:{lexicon('pipeline.lexicon', 'relevance')['other_fields_en']})\b")


@cache
def _own_fund() -> re.Pattern[str]:
    """A title about the money of a fund itself, whatever it means to invest in."""
    return re.compile(
        r"\b(?:rais|clos|launch|announc|unveil|debut)\w*\b[^.;:]{0,50}\b(?:funds?|vehicle)\b|\bfund [IVX]+\b",
        re.IGNORECASE,
    )


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


_OPENING = 60
"""Characters: whom a text is about it often names first."""


def _media_company_in(names: Names, *, ai: bool) -> bool:
    """Whether the title names a company of generative media, or AI news begins with one: its news is the field's."""
    opening = [mention for mention in names.in_text if mention.start < _OPENING] if ai else []
    return any(mention.known and mention.key in _media_companies() for mention in (*names.in_title, *opening))


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


@cache
def _business(language: str) -> re.Pattern[str]:
    """The words of companies' business: with a word of the field, somebody of it is told of."""
    table = lexicon("pipeline.lexicon", "relevance")
    return re.compile(table["business_zh"] if language == "zh" else rf"\b(?:{table['business_en']})\b")


@cache
def _phrases(language: str) -> LedPattern:
    """Descriptions of the field no list of words can hold: "turns scripts into short films", "AI tools for ads"."""
    table = lexicon("pipeline.lexicon", "relevance")
    return LedPattern("|".join(table["core_phrases_zh" if language == "zh" else "core_phrases_en"]))


@cache
def _words(kind: str, language: str) -> LedPattern:
    table = lexicon("pipeline.lexicon", "relevance")
    english = whole_words(table[f"{kind}_en"])
    return LedPattern(f"{chinese_words(table[f'{kind}_zh'])}|{english}" if language == "zh" else english)
